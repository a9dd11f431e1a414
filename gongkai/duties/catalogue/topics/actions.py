"""专题的办理. Compose, submit, review, sign, close, archive, withdraw: one function a verb.

The editor only keeps drafts. What leaves is the version that was submitted, reviewed by a second person and signed by a
third, as long as what the editor holds still has the hash that was reviewed (PUB-01, PUB-02, ACL-04).
"""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page

from gongkai.agencies.access import Refusal, require
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.powers import Power
from gongkai.audit.record import record
from gongkai.duties.catalogue.models import SpecialTopic
from gongkai.duties.catalogue.topics import cleaned, release
from gongkai.duties.catalogue.topics.lifecycle import STEPS, Stage, State, require_stage, require_state
from gongkai.duties.catalogue.topics.models import Topic, TopicFile, TopicPage, TopicsIndex, TopicVersion
from gongkai.duties.catalogue.topics.queries import version_under_way
from gongkai.duties.catalogue.topics.rendering import Rendering, latest
from gongkai.duties.catalogue.topics.screened import require_clean
from gongkai.gateways.files import FileDamaged, FileMissing, desk_files
from gongkai.portal.payloads import FileReference
from gongkai.virus_checks.actions import look_at, note
from gongkai.virus_checks.queries import require_scanned

_Row = TypeVar("_Row", Topic, TopicVersion)
_SAME_PERSON = (
    "不能{}：起草、保密审查、签发须由三个人分别办理，您已经办过其中一步。请由另一位有此职权的人办理。"
)


def open_index(*, by: Person) -> TopicsIndex:
    """本机关的专题目录, made with the first topic."""
    require(by, Power.DRAFT_ITEMS, by.agency, on=timezone.localdate())
    with transaction.atomic():
        Agency.objects.select_for_update().get(pk=by.agency_id)
        if index := TopicsIndex.objects.filter(agency=by.agency).first():
            found: TopicsIndex = index
            return found
        Locale.objects.get_or_create(language_code="zh-hans")
        root = Page.get_first_root_node() or Page.add_root(instance=Page(title="全部", slug="root"))
        index = TopicsIndex(
            title=f"{by.agency.name}的专题",
            slug=f"topics-{by.agency.public_id}",
            agency=by.agency,
            live=False,
        )
        root.add_child(instance=index)
        record("topics.index_opened", by=by, subject=by.agency)
        return index


def read_upload(kind: str, upload: "UploadedFile[Any]", *, by: Person | None = None) -> cleaned.Cleaned:
    """清理上传的文件 before anything of it is kept."""
    if upload.size is None or upload.size > cleaned.LARGEST:
        raise Refusal("文件超过20 MB，没有保存。请压缩或者拆分后再上传。")
    content = upload.read()
    look_at(content, name=upload.name or "", by=by)
    try:
        return cleaned.clean(kind, content)
    except cleaned.CannotClean as reason:
        raise Refusal(str(reason)) from None


def keep_file(file: cleaned.Cleaned, *, title: str, by: Person) -> TopicFile:
    """保存素材."""
    require(by, Power.DRAFT_ITEMS, by.agency, on=timezone.localdate())
    if not title.strip():
        raise Refusal("没有填写名称或者替代文字，没有保存。请用一句话说明内容。")
    picture = file.media_type.startswith("image/")
    scanned = look_at(file.data, name=title, by=by)
    with transaction.atomic():
        kept = TopicFile.objects.create(
            agency=by.agency,
            kind=TopicFile.Kind.PICTURE if picture else TopicFile.Kind.DOCUMENT,
            title=title.strip(),
            sha256=desk_files().put(file.data),
            media_type=file.media_type,
            size=len(file.data),
            width=file.width,
            height=file.height,
            added_by=by,
        )
        note(kept.sha256, scanned, kept_by="topics")
        record("topics.file_added", by=by, subject=kept, detail={"sha256": kept.sha256})
    return kept


def submit(page: TopicPage, *, by: Person, change_note: str = "") -> TopicVersion:
    """送审: the state last saved, with each of its files, is fixed by its hash."""
    _require(by, "submit", page)
    with transaction.atomic():
        topic, _ = Topic.objects.get_or_create(page=page, defaults={"agency": by.agency})
        topic = _lock(topic)
        require_state(topic, "submit")
        if under_way := version_under_way(page):
            raise Refusal(f"不能送审：{under_way}还在办理（{under_way.get_stage_display()}）。请先撤回它。")
        rendering = latest(page, by.agency)
        _require_files(rendering)
        _require_scanned(rendering)
        require_clean(rendering, change_note=change_note, agency=by.agency)
        published = topic.versions.filter(stage=Stage.PUBLISHED).exists()
        if published and not change_note.strip():
            raise Refusal("不能送审：已经发布过，读者需要知道改了什么。请填写更新说明。")
        version = TopicVersion.objects.create(
            agency=by.agency,
            topic=topic,
            number=topic.versions.count() + 1,
            content_hash=rendering.digest(),
            change_note=change_note.strip() if published else "",
            author=by,
            **_columns(rendering),
        )
        record("topics.submitted", by=by, subject=version, detail={"content_hash": version.content_hash})
    return version


def take_back(version: TopicVersion, *, by: Person) -> None:
    """撤回送审."""
    with transaction.atomic():
        version = _begin(version, "take_back", by=by)
        _void(version, by=by)


def void_if_changed(page: TopicPage, *, by: Person) -> bool:
    """送审后有改动: whatever was changed after submission, the reviews are void (PUB-02)."""
    with transaction.atomic():
        version = version_under_way(page)
        if version is None or version.stage not in TopicVersion.OPEN or _is_unchanged(version):
            return False
        _void(_lock(version), by=by)
    return True


def pass_review(version: TopicVersion, *, by: Person) -> None:
    """保密审查通过, for exactly this text and these files, by somebody else than the author."""
    with transaction.atomic():
        unchanged = _sound(version, "pass", by=by)
        if unchanged:
            unchanged.stage, unchanged.reviewer = Stage.SIGN_OFF, by
            unchanged.save(update_fields=["stage", "reviewer"])
            record("topics.passed", by=by, subject=unchanged, detail={"content_hash": unchanged.content_hash})
    _refuse_changed(unchanged, "pass")


def return_for_changes(version: TopicVersion, *, by: Person, opinion: str) -> None:
    """退回修改, by the reviewer."""
    _return(version, "return", by=by, opinion=opinion)


def decline(version: TopicVersion, *, by: Person, opinion: str) -> None:
    """不予签发, by whoever was to sign."""
    _return(version, "decline", by=by, opinion=opinion)


def _return(version: TopicVersion, name: str, *, by: Person, opinion: str) -> None:
    if not opinion.strip():
        raise Refusal("不能退回：没有写理由，起草人不知道改什么。请填写理由。")
    with transaction.atomic():
        version = _begin(version, name, by=by)
        _require_another(version, name, by)
        version.stage, version.opinion = Stage.RETURNED, opinion.strip()
        if name == "return":
            version.reviewer = by
        else:
            version.signatory = by
        version.save(update_fields=["stage", "reviewer", "signatory", "opinion"])
        record("topics.returned", by=by, subject=version, reason=version.opinion)


def sign(version: TopicVersion, *, by: Person) -> None:
    """签发并发布: by a third person; the worker carries it to the public side."""
    with transaction.atomic():
        unchanged = _sound(version, "sign", by=by)
        if unchanged:
            _require_scanned(kept(unchanged))
            unchanged.stage, unchanged.signatory = Stage.RELEASING, by
            unchanged.save(update_fields=["stage", "signatory"])
            entry = record(
                "topics.signed", by=by, subject=unchanged, detail={"content_hash": unchanged.content_hash}
            )
            release.send(unchanged.topic, unchanged, sequence=entry.sequence)
    _refuse_changed(unchanged, "sign")


def close(topic: Topic, *, by: Person) -> None:
    """结束: a notice stands above the text, which stays as it was reviewed."""
    _change_state(topic, "close", State.CLOSED, by=by)


def archive(topic: Topic, *, by: Person) -> None:
    """归档: off the home page, readable among the archived topics."""
    _change_state(topic, "archive", State.ARCHIVED, by=by)


def withdraw(topic: Topic, *, by: Person, note: str) -> None:
    """撤回: first in the worker's queue (PUB-06)."""
    if not note.strip():
        raise Refusal("不能撤回：没有填写公开的说明，读者在原网址会看到它。请填写。")
    _require(by, "withdraw", topic.page)
    with transaction.atomic():
        topic = _lock(topic)
        require_state(topic, "withdraw")
        topic.state = State.WITHDRAWN
        topic.save(update_fields=["state"])
        entry = record("topics.withdrawn", by=by, subject=topic, reason=note.strip())
        release.take_down(topic, note=note.strip(), sequence=entry.sequence)


def confirm(payload: Mapping[str, Any], receipt: Mapping[str, Any] | None) -> None:
    """回执: what the public side now shows is published; the register counts the topic without being typed again."""
    topic = _lock(Topic.objects.get(public_id=payload["topic"]))
    topic.receipt = dict(receipt or {})
    topic.save(update_fields=["receipt"])
    version = TopicVersion.objects.get(public_id=payload["version"])
    if version.stage != Stage.RELEASING:
        return
    if topic.receipt.get("withdrawn"):  # withdrawn after this version had been sent, and stays so
        version.stage, version.opinion = Stage.RETURNED, "发布时专题已经撤回，没有公开。"
        version.save(update_fields=["stage", "opinion"])
        record("topics.returned", by=None, subject=version, reason=version.opinion)
        return
    topic.versions.filter(stage=Stage.PUBLISHED).update(stage=Stage.SUPERSEDED)
    version.stage = Stage.PUBLISHED
    version.save(update_fields=["stage"])
    if topic.state in (State.DRAFT, State.WITHDRAWN):
        topic.state = State.OPEN
    topic.register = topic.register or _register(topic, version, topic.receipt)
    topic.save(update_fields=["state", "register"])
    record("topics.published", by=None, subject=version, detail={"topic": topic.public_id})


def _register(topic: Topic, version: TopicVersion, receipt: Mapping[str, Any]) -> SpecialTopic:
    """专题台账 holds it once: a row that was typed before for the same topic is taken as it is."""
    typed = SpecialTopic.objects.standing().filter(agency=topic.agency, title=version.title[:100]).first()
    if typed:
        return typed
    entry = SpecialTopic(
        agency=topic.agency,
        title=version.title[:100],
        opened_on=timezone.localdate(),
        address=receipt.get("url", ""),
        section=version.author.section,
        recorded_by=version.signatory,
    )
    entry.save(force_insert=True)
    record("catalogue.specialtopic.entered", by=version.signatory, subject=entry)
    return entry


def _change_state(topic: Topic, name: str, state: Topic.State, *, by: Person) -> None:
    _require(by, name, topic.page)
    with transaction.atomic():
        topic = _lock(topic)
        require_state(topic, name)
        version = topic.versions.filter(stage=Stage.PUBLISHED).first()
        if version is None or topic.versions.filter(stage=Stage.RELEASING).exists():
            raise Refusal(f"不能{STEPS[name].label}：新的版本正在发布，请等发布完成后再办。")
        today = timezone.localdate()
        topic.state = state
        topic.closed_on = topic.closed_on or today
        topic.save(update_fields=["state", "closed_on"])
        if state == State.ARCHIVED and topic.register and topic.register.closed_on is None:
            SpecialTopic.objects.filter(pk=topic.register.pk).update(closed_on=today)
        entry = record(f"topics.{state.value}", by=by, subject=topic)
        release.send(topic, version, sequence=entry.sequence)


def _sound(version: TopicVersion, name: str, *, by: Person) -> TopicVersion | None:
    """The version, locked and still what was submitted; None when it was changed, and then its reviews are void."""
    version = _begin(version, name, by=by)
    _require_another(version, name, by)
    if not _is_unchanged(version):
        _void(version, by=by)
        return None
    return version


def _refuse_changed(version: TopicVersion | None, name: str) -> None:
    if version is None:
        raise Refusal(
            f"不能{STEPS[name].label}：送审以后内容或者文件有改动，原来的审查已经作废。请起草人核对后重新送审。"
        )


def _is_unchanged(version: TopicVersion) -> bool:
    """Both what the editor holds now and what was kept at submission have the hash that was reviewed."""
    try:
        now = latest(version.topic.page, version.agency)
        _require_files(now)
    except Refusal:
        return False
    return now.digest() == version.content_hash == kept(version).digest()


def kept(version: TopicVersion) -> Rendering:
    """What was submitted."""
    files = tuple(FileReference(**file) for file in version.files)
    return Rendering(version.title, version.html, version.description, version.keywords, files)


def _columns(rendering: Rendering) -> dict[str, Any]:
    return {
        "title": rendering.title,
        "html": rendering.html,
        "description": rendering.description,
        "keywords": rendering.keywords,
        "files": [
            {"sha256": file.sha256, "name": file.name, "media_type": file.media_type}
            for file in rendering.files
        ],
    }


def _require_files(rendering: Rendering) -> None:
    for file in rendering.files:
        try:
            desk_files().check(file.sha256)
        except (FileMissing, FileDamaged):
            raise Refusal(f"“{file.name}”的文件不完整，请在编辑器里重新上传。") from None


def _require_scanned(rendering: Rendering) -> None:
    for file in rendering.files:
        require_scanned(file.sha256, what=f"“{file.name}”")


def _begin(version: TopicVersion, name: str, *, by: Person) -> TopicVersion:
    _require(by, name, version.topic.page)
    version = _lock(version)
    require_stage(version, name)
    return version


def _require(by: Person, name: str, page: TopicPage) -> None:
    index = TopicsIndex.objects.filter(agency=by.agency).first()
    if index is None or not page.is_descendant_of(index):
        raise Refusal("这是其他机关的专题，本账号无权办理。")
    require(by, STEPS[name].power, by.agency, on=timezone.localdate())


def _require_another(version: TopicVersion, name: str, by: Person) -> None:
    done = {version.author_id} if name in ("pass", "return") else {version.author_id, version.reviewer_id}
    if by.pk in done:
        raise Refusal(_SAME_PERSON.format(STEPS[name].label))


def _void(version: TopicVersion, *, by: Person) -> None:
    version.stage = Stage.VOID
    version.save(update_fields=["stage"])
    record("topics.voided", by=by, subject=version, detail={"content_hash": version.content_hash})


def _lock(row: _Row) -> _Row:
    locked: _Row = type(row).objects.select_for_update().get(pk=row.pk)  # type: ignore[attr-defined]
    return locked

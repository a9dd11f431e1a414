"""起草. Begin an item or a further version of it, write, attach, submit, take back, abandon."""

import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal, require
from gongkai.agencies.models import Agency, Person, Section
from gongkai.agencies.powers import Power
from gongkai.audit.record import record
from gongkai.duties.catalogue import editing, lifecycle, release_gate
from gongkai.duties.catalogue.concerns import concerns
from gongkai.duties.catalogue.content import FIELDS, attachments, hash_of
from gongkai.duties.catalogue.guide import content as guide
from gongkai.duties.catalogue.index_numbers import next_index_number
from gongkai.duties.catalogue.interpretation import content as interpretation
from gongkai.duties.catalogue.leaders import content as leaders
from gongkai.duties.catalogue.links import queries as links
from gongkai.duties.catalogue.links.actions import ask_about
from gongkai.duties.catalogue.models import Answer, Attachment, Column, InformationItem, Version
from gongkai.duties.catalogue.normative import content as normative
from gongkai.duties.catalogue.routes import route_of
from gongkai.gateways.files import desk_files
from gongkai.portal.cleaning import clean
from gongkai.rules.catalogue_metadata.subjects import fault_of
from gongkai.screening import files
from gongkai.screening.found import Level
from gongkai.screening.inspection import CannotInspect, Inspection
from gongkai.virus_checks.actions import look_at, note
from gongkai.virus_checks.queries import require_scanned

LARGEST_FILE = 20 * 1024 * 1024  # bytes (FIL-02)
MOST_FILES = 30
MOST_TEXT = 2_000_000  # characters of an attachment's text that are screened and searched
LONGEST_BODY = 400_000  # characters
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ofd": "application/ofd",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "wps": "application/vnd.ms-works",
    "et": "application/vnd.ms-excel",
}
_COPIED = (
    "sha256",
    "name",
    "media_type",
    "size",
    "position",
    "original",
    "address",
    "text",
    "hidden",
    "for_a_person",
)
_BRACKETED_YEAR = re.compile(r"\s*[\[(（【［﹝](\d{4})[\])）】］﹞]\s*")
_NARROW = str.maketrans("０１２３４５６７８９", "0123456789")
WRITTEN = (*FIELDS, "main_column", "change_note")


def begin(
    *, by: Person, title: str, kind: str, main_column: Column, section: Section | None = None
) -> Version:
    """起草一条信息: the item and its first version."""
    section = section or by.section
    require_drafter(by, by.agency, section)
    title = _title(title)
    with transaction.atomic():
        item = InformationItem.objects.create(
            agency=by.agency,
            state=InformationItem.State.DRAFT,
            title=title,
            kind=kind,
            main_column=main_column,
            section=section,
            recorded_by=by,
        )
        version = Version(
            agency=by.agency,
            item=item,
            title=title,
            kind=kind,
            main_column=main_column,
            issued_by=by.agency.name,
            section=section,
            author=by,
            editing_by=by,
            editing_since=timezone.now(),
        )
        _require_sound(version)
        version.save()
        record("catalogue.version.begun", by=by, subject=version, detail={"item": item.public_id})
    return version


def revise(item: InformationItem, *, by: Person) -> Version:
    """起草新版本 of a published item: a copy of what is public; that stays until the new one is released."""
    require_drafter(by, item.agency, item.section)
    with transaction.atomic():
        item = InformationItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
        last = item.versions.order_by("-number").first()
        if last is None or item.state == InformationItem.State.REGISTERED:
            raise Refusal("不能起草新版本：这条信息是从别处登记来的，请新起草一条。")
        if last.stage not in Version.CLOSED:
            raise Refusal(f"不能起草新版本：{last}还在办理（{last.get_stage_display()}），请先办完或者放弃。")
        before = item.versions.exclude(stage=Version.Stage.ABANDONED).order_by("-number").first() or last
        copied = {name: getattr(before, name) for name in (*FIELDS, "main_column")}
        version = Version.objects.create(
            agency=item.agency, item=item, number=last.number + 1, section=item.section, author=by, **copied
        )
        version.other_columns.set(before.other_columns.all())
        Attachment.objects.bulk_create(
            Attachment(
                agency=item.agency,
                version=version,
                **{name: getattr(file, name) for name in _COPIED},
            )
            for file in attachments(before)
        )
        Answer.objects.bulk_create(  # the same words may stand for the same reason; the reviewers see it again
            Answer(
                agency=item.agency,
                version=version,
                **{name: getattr(given, name) for name in ("fingerprint", "shown", "reason", "by")},
            )
            for given in before.answers.all()
        )
        interpretation.copy(before, version)
        normative.copy(before, version)
        leaders.copy(before, version)
        guide.copy(before, version)
        record("catalogue.version.begun", by=by, subject=version, detail={"item": item.public_id})
    return version


def take_up(version: Version, *, by: Person, over: bool = False) -> Version:
    """开始编辑: others see who is at it, until the text is saved or half an hour has passed. ``over`` takes it from them."""
    with transaction.atomic():
        version = locked(version, "write", by=by)
        held, before = editing.held(version, by=by), version.editing_by
        if held and not over:
            raise Refusal(f"{held}请等他保存，或者在编辑页接手编辑。")
        version.editing_by, version.editing_since = by, timezone.now()
        version.save(update_fields=["editing_by", "editing_since"])
        detail = {"from": before.public_id} if held and before else {}
        record("catalogue.version.taken_up", by=by, subject=version, detail=detail)
    return version


def write(
    version: Version,
    *,
    values: Mapping[str, Any],
    other_columns: tuple[Column, ...] | None = None,
    edits: int,
    by: Person,
) -> Version:
    """保存. ``edits`` is the count the editor opened with: what somebody else saved meanwhile is not overwritten."""
    with transaction.atomic():
        version = locked(version, "write", by=by)
        if held := editing.held(version, by=by):
            raise Refusal(f"不能保存：{held}您的改动还在这一页，确实要由您来改的，点“接手编辑并保存”。")
        if edits != version.edits:
            raise Refusal("不能保存：别人刚刚保存过这份草稿。请复制您的改动，刷新后再合并保存。")
        for name in WRITTEN:
            if name in values:
                setattr(version, name, values[name])
        version.title = _title(version.title)
        version.document_number = with_year_bracketed(version.document_number)
        if len(version.body) > LONGEST_BODY:
            raise Refusal(f"正文最多{LONGEST_BODY // 10_000}万字，请把长文放在附件里。草稿没有丢失。")
        version.body = clean(version.body)
        version.edits += 1
        version.editing_by = version.editing_since = None
        _require_sound(version)
        version.save()
        if other_columns is not None:
            version.other_columns.set(
                column for column in other_columns if column.pk != version.main_column_id
            )
        _mirror(version)
        ask_about(links.outside_links(version), agency=version.agency)
        record("catalogue.version.written", by=by, subject=version, detail={"edits": version.edits})
    return version


def attach(version: Version, *, name: str, content: bytes, by: Person) -> Attachment:
    """上传附件. What it is and what it hides is found by its content in a process of its own (FIL-01, FIL-06, FIL-09)."""
    name = file_name(name)
    media_type = MEDIA_TYPES.get(name.rpartition(".")[2].lower())
    if media_type is None:
        raise Refusal(f"不能上传“{name}”：只接受{'、'.join(sorted(MEDIA_TYPES))}。请另存为其中一种再上传。")
    if len(content) > LARGEST_FILE:
        raise Refusal(
            f"不能上传“{name}”：每个附件最大{LARGEST_FILE // 1024 // 1024}MB，请压缩图片或者拆分后上传。"
        )
    require_drafter(by, version.agency, version.section)
    scanned = look_at(content, name=name, by=by)
    inspected = files.inspect(name, content)
    if inspected.refusal:
        raise Refusal(f"不能上传“{name}”：{inspected.refusal}")
    sha256 = desk_files().put(content)
    with transaction.atomic():
        version = locked(version, "write", by=by)
        if version.attachments.count() >= MOST_FILES:
            raise Refusal(f"不能上传：一条信息最多{MOST_FILES}个附件。")
        last = version.attachments.order_by("-position").first()
        try:
            with transaction.atomic():
                file = Attachment.objects.create(
                    agency=version.agency,
                    version=version,
                    sha256=sha256,
                    name=name,
                    media_type=media_type,
                    size=len(content),
                    position=last.position + 1 if last else 0,
                    **told_of(inspected),
                )
        except IntegrityError:
            raise Refusal(f"不能上传“{name}”：已有同名或者内容相同的附件。要替换，请先删除原来的。") from None
        note(sha256, scanned, kept_by="catalogue")
        record("catalogue.attachment.added", by=by, subject=version, detail={"file": sha256})
    return file


def clean_attachment(version: Version, *, sha256: str, by: Person) -> Attachment:
    """清理附件: the visible content stays, what it hides goes; the original is kept by its hash."""
    require_drafter(by, version.agency, version.section)
    file = version.attachments.filter(sha256=sha256).first()
    if file is None:
        raise Refusal("这个附件已经不在，请刷新页面。")
    require_scanned(sha256, what=f"附件“{file.name}”")
    try:
        cleaned = files.clean(file.name, desk_files().read(sha256))
    except CannotInspect as refusal:
        raise Refusal(f"不能清理“{file.name}”：{refusal}") from None
    inspected = files.inspect(file.name, cleaned.data)
    scanned = look_at(cleaned.data, name=file.name, by=by)
    with transaction.atomic():
        version = locked(version, "write", by=by)
        file = version.attachments.select_for_update().filter(sha256=sha256).first()
        if file is None:
            raise Refusal("这个附件已经不在，请刷新页面。")
        kept = desk_files().put(cleaned.data)
        note(kept, scanned, kept_by="catalogue")
        if same := version.attachments.filter(sha256=kept).exclude(pk=file.pk).first():
            raise Refusal(f"“{file.name}”清理后与附件“{same.name}”完全相同，请删除其中一个。")
        file.original, file.sha256 = file.original or sha256, kept
        file.size = len(cleaned.data)
        for name, value in told_of(inspected).items():
            setattr(file, name, value)
        file.save()
        detail = {"file": sha256, "cleaned": file.sha256, "removed": len(cleaned.removed)}
        record("catalogue.attachment.cleaned", by=by, subject=version, detail=detail)
    return file


def answer(version: Version, *, fingerprint: str, reason: str, by: Person) -> Answer:
    """处理一处发现: why it may stand. What may never go out cannot be answered away."""
    reason = " ".join(reason.split())
    if not reason:
        raise Refusal("请写明为什么可以公开；不应公开的，请在正文或者附件中删去。")
    if len(reason) > 200:
        raise Refusal(f"理由最多200字，现在{len(reason)}字，请缩短。")
    with transaction.atomic():
        version = locked(version, "write", by=by)
        concern = next((each for each in concerns(version) if each.fingerprint == fingerprint), None)
        if concern is None:
            raise Refusal("这处内容已经不在，请刷新页面。")
        if concern.found.level is Level.REFUSE:
            raise Refusal(f"不能这样处理：{concern.found.advice}")
        given, _ = Answer.objects.update_or_create(
            version=version,
            fingerprint=fingerprint,
            defaults={
                "agency": version.agency,
                "shown": f"{concern.where}：{concern.found.what} {concern.found.shown}"[:200],
                "reason": reason,
                "by": by,
            },
        )
        record("catalogue.concern.answered", by=by, subject=version, reason=reason)
    return given


def detach(version: Version, *, sha256: str, by: Person) -> None:
    """删除附件."""
    with transaction.atomic():
        version = locked(version, "write", by=by)
        removed, _ = version.attachments.filter(sha256=sha256).delete()
        if not removed:
            raise Refusal("这个附件已经不在，请刷新页面。")
        record("catalogue.attachment.removed", by=by, subject=version, detail={"file": sha256})


def submit(version: Version, *, by: Person) -> Version:
    """送审: the content is fixed by its hash; the first review of the route is due."""
    with transaction.atomic():
        version = locked(version, "submit", by=by)
        objections = release_gate.objections(release_gate.before_review(version))
        if objections:
            raise Refusal(
                f"不能送审：{objections[0]}" + (f"还有{len(objections) - 1}处。" if objections[1:] else "")
            )
        if not version.item.index_number:
            version.item.index_number = next_index_number(version.agency, year=timezone.localdate().year)
            version.item.save(update_fields=["index_number"])
        version.author = by  # who answers for this text; no reviewer and no signatory may be the same
        version.reviewer = version.signatory = None
        version.content_hash = hash_of(version)
        version.submitted_at = timezone.now()
        version.stage = route_of(version)[0]
        version.save()
        record("catalogue.version.submitted", by=by, subject=version, detail={"hash": version.content_hash})
    return version


def take_back(version: Version, *, by: Person) -> Version:
    """撤回修改: every review given so far is void."""
    with transaction.atomic():
        version = locked(version, "take_back", by=by)
        to_drafting(version)
        record("catalogue.version.taken_back", by=by, subject=version)
    return version


def abandon(version: Version, *, by: Person) -> Version:
    """放弃 a draft. It stays readable on the desk; the item itself goes back to what is public, if anything is."""
    with transaction.atomic():
        version = locked(version, "abandon", by=by)
        version.stage = Version.Stage.ABANDONED
        version.save(update_fields=["stage"])
        record("catalogue.version.abandoned", by=by, subject=version)
    return version


def to_drafting(version: Version) -> None:
    version.stage = Version.Stage.DRAFTING
    version.content_hash, version.submitted_at, version.scheduled_for = "", None, None
    version.reviewer = version.signatory = None
    version.save()


def locked(version: Version, step: str, *, by: Person) -> Version:
    """The version as it stands now, kept from others, if this person may take this step."""
    fresh = (
        Version.objects.select_for_update(of=("self",))
        .select_related("item", "agency", "section", "main_column", "editing_by")
        .get(pk=version.pk)
    )
    power = lifecycle.STEPS[step].power
    if power is Power.DRAFT_ITEMS:
        require_drafter(by, fresh.agency, fresh.section)
    elif power is not None:
        require(by, power, fresh.agency, on=timezone.localdate())
    lifecycle.require(fresh, step)
    return fresh


def require_drafter(by: Person, agency: Agency, section: Section | None) -> None:
    """起草信息的职权, in one's own section; a person of no section drafts for the whole agency."""
    require(by, Power.DRAFT_ITEMS, agency, on=timezone.localdate())
    if by.section_id and section and section.pk != by.section_id:
        raise Refusal(f"这是{section.name}起草的信息，请由{section.name}办理。")


def told_of(inspected: Inspection) -> dict[str, Any]:
    """What an inspection leaves on the attachment."""
    return {
        "text": inspected.text[:MOST_TEXT],
        "hidden": [asdict(hidden) for hidden in inspected.hidden],
        "for_a_person": list(inspected.for_a_person),
    }


def _mirror(version: Version) -> None:
    """An item that was never public shows its draft's title and column in the desk's lists."""
    item = version.item
    if item.state == InformationItem.State.DRAFT:
        item.title, item.kind, item.main_column = version.title, version.kind, version.main_column
        item.save(update_fields=["title", "kind", "main_column"])


def _require_sound(version: Version) -> None:
    if version.dated_on and version.dated_on > timezone.localdate():
        raise Refusal("成文日期不能晚于今天，请核对。")
    if version.main_column and version.main_column.agency_id != version.agency_id:
        raise Refusal("没有这个栏目，请从列表中选择。")
    if fault := fault_of(version.subject, version.subject_detail):
        raise Refusal(f"不能保存：{fault}")
    try:
        version.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        labels = {field.name: str(field.verbose_name) for field in Version._meta.fields}
        wrong = "；".join(
            f"{labels.get(name, '')}：{messages[0].rstrip('。')}"
            for name, messages in error.message_dict.items()
        )
        raise Refusal(f"不能保存：{wrong}。草稿没有丢失。") from None


def with_year_bracketed(number: str) -> str:
    """文号的年份用六角括号 (GB/T 9704—2012, 7.2.5), however it was typed.

    >>> with_year_bracketed("示防[2026] 9号"), with_year_bracketed("示防（2026）9号")
    ('示防〔2026〕9号', '示防〔2026〕9号')
    >>> with_year_bracketed("示防（２０２６）９号")
    '示防〔2026〕9号'
    """
    return _BRACKETED_YEAR.sub(r"〔\1〕", number.translate(_NARROW))


def _title(title: str) -> str:
    title = " ".join("".join(c if c.isprintable() else " " for c in title).split())
    if not title:
        raise Refusal("请填写标题。")
    if len(title) > 200:
        raise Refusal(f"标题最多200字，现在{len(title)}字，请缩短。")
    return title


def file_name(name: str) -> str:
    """The last part of the name, without control and direction marks (a file may call itself 通知\\u202Efdp.exe)."""
    name = "".join(c for c in name.replace("\\", "/").rpartition("/")[2] if c.isprintable()).strip()
    if not name or name.startswith("."):
        raise Refusal("附件没有文件名，请改名后上传。")
    stem, dot, extension = name.rpartition(".")
    return f"{stem[:180]}{dot}{extension}" if dot else name[:190]

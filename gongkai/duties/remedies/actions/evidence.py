"""证据目录. Rows drawn from the application or uploaded, put in order by hand; files are sealed before they are stored."""

import hashlib
from collections.abc import Collection
from pathlib import PurePath

from django.db import transaction
from django.utils import timezone

from gongkai.agencies import sealed_files
from gongkai.agencies.access import Refusal, may
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.audit.record import record
from gongkai.duties.applications.archive.gathering import Paper
from gongkai.duties.remedies.actions.steps import lock, require_file_keeper, require_short
from gongkai.duties.remedies.candidates import candidates
from gongkai.duties.remedies.models import CaseFile, Evidence
from gongkai.duties.remedies.models.evidence import KINDS
from gongkai.registers.actions import require_keeper, require_reason
from gongkai.virus_checks.actions import State, look_at, note
from gongkai.virus_checks.queries import require_scanned

LARGEST = 50 * 1024 * 1024
MOST_ROWS = 500
_UP, _DOWN = "up", "down"


def add_evidence(
    file: CaseFile,
    *,
    title: str,
    by: Person,
    purpose: str = "",
    pages: int | None = None,
    source: str = Evidence.Source.UPLOAD,
    source_note: str = "",
    file_name: str = "",
    content: bytes | None = None,
) -> Evidence:
    """列入一份证据, with its file or without (an original on paper)."""
    scanned = _scanned(content, file_name, by)
    with transaction.atomic():
        file = lock(file)
        require_file_keeper(file, by=by)
        evidence = Evidence(
            agency=file.agency,
            file=file,
            position=_next(file),
            source=source,
            source_note=source_note.strip(),
            by=by,
        )
        _describe(evidence, title=title, purpose=purpose, pages=pages)
        if content is not None:
            _keep(evidence, file_name, content, scanned)
        evidence.save(force_insert=True)
        record("remedies.evidence.added", by=by, subject=evidence, detail={"file": evidence.digest})
    return evidence


def draw_from_application(file: CaseFile, keys: Collection[str], *, by: Person) -> list[Evidence]:
    """从申请列入: its events, searches and documents, in their order; what is listed already is passed over."""
    require_file_keeper(file, by=by)
    drawn = {each.key: each.paper for each in candidates(file) if each.paper and each.key in keys}
    files = {key: _opened(paper) for key, paper in drawn.items()}
    scanned = {key: _scanned(content, drawn[key].title, by) for key, content in files.items()}
    with transaction.atomic():
        file = lock(file)
        require_file_keeper(file, by=by)
        known = {each.key: each for each in candidates(file)}
        if not set(keys) <= set(known):
            raise Refusal("不能列入：所选的材料不属于本案所涉的申请。请重新选择。")
        new = [each for key, each in known.items() if key in keys and not each.is_listed]
        if not new:
            raise Refusal("没有列入：所选的材料都已经在目录里，或者没有选择。")
        found = []
        for position, each in enumerate(new, start=_next(file, adding=len(new))):
            evidence = Evidence(
                agency=file.agency,
                file=file,
                position=position,
                source=each.source,
                source_note=each.note,
                drawn_from=each.key,
                title=each.title,
                purpose=each.purpose,
                pages=each.pages,
                by=by,
            )
            if each.paper and each.key in files:
                name = f"{each.title}.{each.paper.ending}"
                _keep(evidence, name, files[each.key], scanned[each.key])
            evidence.save(force_insert=True)
            detail = {"from": each.key, "file": evidence.digest}
            record("remedies.evidence.added", by=by, subject=evidence, detail=detail)
            found.append(evidence)
    return found


def change_evidence(
    evidence: Evidence,
    *,
    title: str,
    purpose: str,
    pages: int | None,
    by: Person,
    file_name: str = "",
    content: bytes | None = None,
) -> Evidence:
    """修改名称、证明目的、页数, or give the row its file. A file once given is replaced only by taking the row out."""
    scanned = _scanned(content, file_name, by)
    with transaction.atomic():
        lock(evidence.file)
        evidence = _fresh(evidence, by=by)
        _describe(evidence, title=title, purpose=purpose, pages=pages)
        if content is not None:
            if evidence.stored_as:
                raise Refusal("不能更换文件：这份证据已经有文件。请移出这一份，再列入新的。")
            _keep(evidence, file_name, content, scanned)
        evidence.save()
        record("remedies.evidence.changed", by=by, subject=evidence, detail={"file": evidence.digest})
    return evidence


def move_evidence(evidence: Evidence, direction: str, *, by: Person) -> None:
    """上移、下移: changes places with its neighbour."""
    with transaction.atomic():
        file = lock(evidence.file)
        evidence = _fresh(evidence, by=by)
        rows = list(file.evidence.filter(taken_out_at__isnull=True))
        place = next(number for number, each in enumerate(rows) if each.pk == evidence.pk)
        other = place + {_UP: -1, _DOWN: 1}.get(direction, 0)
        if other == place or not 0 <= other < len(rows):
            raise Refusal("不能移动：已经在目录的一端。")
        rows[place], rows[other] = rows[other], rows[place]
        for position, each in enumerate(rows, start=1):
            each.position = position
        Evidence.objects.bulk_update(rows, ["position"])
        record("remedies.evidence.moved", by=by, subject=evidence, detail={"to": other + 1})


def take_out_evidence(evidence: Evidence, *, reason: str, by: Person) -> Evidence:
    """移出目录; what was handed in before stays as it was handed in."""
    reason = require_reason(reason, of="移出证据")
    with transaction.atomic():
        lock(evidence.file)
        evidence = _fresh(evidence, by=by)
        evidence.taken_out_at, evidence.taken_out_reason = timezone.now(), reason
        evidence.save(update_fields=["taken_out_at", "taken_out_reason"])
        record("remedies.evidence.taken_out", by=by, subject=evidence, reason=reason)
    return evidence


def read_evidence(evidence: Evidence, *, by: Person) -> bytes:
    """打开证据文件: who opened which is kept, or the bytes are not given."""
    _require_reader(evidence, by=by)
    if not evidence.stored_as:
        raise Refusal("没有文件：这份证据没有上传文件，请查阅纸质原件。")
    require_scanned(evidence.stored_as, what="这份证据")
    try:
        with transaction.atomic():
            record("remedies.evidence.read", by=by, subject=evidence)
            return unsealed(evidence)
    except sealed_files.UNREADABLE:
        raise Refusal(
            "打不开这份文件：密钥不符，或者保存的文件被改动、丢失。请系统管理员核查，必要时从备份恢复。"
        ) from None


def unsealed(evidence: Evidence) -> bytes:
    """The bytes for the machinery; nobody is shown them here."""
    return sealed_files.read(evidence.key_version, evidence.stored_as, bound_to=evidence.cell)


def _require_reader(evidence: Evidence, *, by: Person) -> None:
    """登记本科室台账的人，或者有职权查看申请人信息的人."""
    if not may(by, Power.READ_APPLICANTS, evidence.agency, on=timezone.localdate()):
        require_keeper(by, evidence.agency, evidence.file.entry.section)


def _describe(evidence: Evidence, *, title: str, purpose: str, pages: int | None) -> None:
    evidence.title, evidence.purpose, evidence.pages = title.strip(), purpose.strip(), pages
    if not evidence.title:
        raise Refusal("请填写证据名称。")
    require_short(evidence, "title", "purpose", "source_note")
    if pages is not None and not 0 < pages < 10_000:
        raise Refusal("页数应当是1至9999，请核对。")


def _scanned(content: bytes | None, file_name: str, by: Person) -> State | None:
    return None if content is None else look_at(content, name=file_name, by=by)


def _opened(paper: Paper) -> bytes:
    """The file itself, as it left or was kept: nobody uploads it again."""
    try:
        return paper.content
    except sealed_files.UNREADABLE:
        raise Refusal(
            f"不能列入：“{paper.title}”的文件打不开，密钥不符或者文件被改动、丢失。请系统管理员核查。"
        ) from None


def _keep(evidence: Evidence, file_name: str, content: bytes, scanned: State | None) -> None:
    name = PurePath(file_name.replace("\\", "/")).name[-150:]
    if not name.lower().endswith(KINDS):
        raise Refusal(f"不能上传：证据文件应当是{'、'.join(kind[1:] for kind in KINDS)}之一。")
    if not content or len(content) > LARGEST:
        raise Refusal(f"不能上传：文件应当有内容，且不超过{LARGEST // 1024 // 1024}MB。")
    evidence.file_name, evidence.size = name, len(content)
    evidence.digest = hashlib.sha256(content).hexdigest()
    evidence.key_version, evidence.stored_as = sealed_files.put(content, bound_to=evidence.cell)
    note(evidence.stored_as, scanned, kept_by="remedies")


def _next(file: CaseFile, *, adding: int = 1) -> int:
    rows = file.evidence.filter(taken_out_at__isnull=True)
    if rows.count() + adding > MOST_ROWS:
        raise Refusal(f"不能列入：一件案卷的证据最多{MOST_ROWS}份。请合并后再列入。")
    last = rows.order_by("-position").values_list("position", flat=True).first()
    return (last or 0) + 1


def _fresh(evidence: Evidence, *, by: Person) -> Evidence:
    fresh = (
        Evidence.objects.select_for_update(of=("self",))
        .select_related("file__agency", "file__reconsideration__section", "file__litigation__section")
        .get(pk=evidence.pk)
    )
    require_file_keeper(fresh.file, by=by)
    if fresh.taken_out_at:
        raise Refusal("不能办理：这份证据已经移出目录。")
    return fresh

"""扫描件的登记、打开、撤出. Who opened one and why is kept, or it is not given."""

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal, require
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.audit.record import record
from gongkai.duties.applications.archive.models import Disposal
from gongkai.duties.applications.counter.models import ReceivedPaper
from gongkai.duties.applications.letters.keeping import keep, kept, sha256
from gongkai.duties.applications.models import Application
from gongkai.registers import actions as registers
from gongkai.screening.inspection import CannotInspect, Kind
from gongkai.screening.kinds import kind_of
from gongkai.virus_checks.actions import look_at
from gongkai.virus_checks.actions import note as note_check
from gongkai.virus_checks.queries import require_scanned

MEGABYTE = 1024 * 1024
LARGEST = 20 * MEGABYTE
MOST = 50  # scans of one case
_MEDIA = {Kind.PDF: "application/pdf", Kind.JPEG: "image/jpeg", Kind.PNG: "image/png"}


def add_paper(
    application: Application, *, kind: str, name: str, data: bytes, by: Person, note: str = ""
) -> ReceivedPaper:
    """登记一份扫描件: proved to be what its name says, sealed before it reaches the disk."""
    if kind not in ReceivedPaper.Kind.values:
        raise Refusal("请选择是哪一种材料。")
    media_type = _media_type(name, data)
    scanned = look_at(data, name=name, by=by)
    with transaction.atomic():
        case = registers.lock(application)
        registers.require_standing(case, by=by, to_do="登记材料")
        if case.papers.count() >= MOST:
            raise Refusal(f"不能登记：一件申请最多{MOST}份扫描件，请合并以后再传。")
        digest = sha256(data)
        if case.papers.filter(digest=digest, taken_out_at__isnull=True).exists():
            raise Refusal("不能登记：同样的扫描件已经登记在这件申请里。")
        paper = ReceivedPaper(
            agency=case.agency,
            application=case,
            kind=kind,
            media_type=media_type,
            size=len(data),
            digest=digest,
            note=note.strip(),
            by=by,
        )
        paper.seal("name", name[-100:])
        paper.file = keep(paper, "file", data)
        note_check(paper.stored_as, scanned, kept_by="counter")
        paper.save(force_insert=True)
        record(
            "application_counter.paper_added",
            by=by,
            subject=paper,
            detail={"application": case.public_id, "kind": kind, "digest": digest},
        )
    return paper


def open_paper(paper: ReceivedPaper, *, reason: str, by: Person) -> tuple[str, bytes]:
    """打开: its name and its bytes."""
    reason = registers.require_reason(reason, of="查看收到的材料")
    require(by, Power.READ_APPLICANTS, paper.agency, on=timezone.localdate())
    if Disposal.objects.filter(stored_as=paper.stored_as).exists():
        raise Refusal("不能查看：这份材料已经到期销毁，销毁记录在归档一栏。")
    require_scanned(paper.stored_as)
    with transaction.atomic():
        record("application_counter.paper_opened", by=by, subject=paper, reason=reason)
        return paper.unseal("name"), kept(paper, "file")


def take_out(paper: ReceivedPaper, *, reason: str, by: Person) -> ReceivedPaper:
    """撤出: what does not belong to this case. The scan stays sealed in the record and leaves the file of the case."""
    reason = registers.require_reason(reason, of="撤出材料")
    with transaction.atomic():
        paper = (
            ReceivedPaper.objects.select_for_update(of=("self",))
            .select_related("application__agency", "application__section")
            .get(pk=paper.pk)
        )
        registers.require_standing(paper.application, by=by, to_do="撤出材料")
        if paper.taken_out_at:
            raise Refusal("不能撤出：这份材料已经撤出。")
        paper.taken_out_at, paper.taken_out_by, paper.taken_out_because = timezone.now(), by, reason
        paper.save(update_fields=["taken_out_at", "taken_out_by", "taken_out_because"])
        record("application_counter.paper_taken_out", by=by, subject=paper, reason=reason)
    return paper


def print_oral_record(application: Application, *, by: Person) -> dict[str, str | list[str]]:
    """打印口头申请笔录: what was taken down, to be read back and signed (条例第二十九条)."""
    require(by, Power.READ_APPLICANTS, application.agency, on=timezone.localdate())
    if application.channel != "oral":
        raise Refusal("不能打印笔录：只有口头提出、代为填写的申请才有笔录。")
    with transaction.atomic():
        record("application_counter.oral_record_printed", by=by, subject=application)
        asked = [matter.unseal("text") for matter in application.matters.filter(struck_at__isnull=True)]
        return {
            "name": application.unseal("applicant_name"),
            "contact": application.unseal("applicant_contact"),
            "asked": asked or application.unseal("description").splitlines(),
        }


def _media_type(name: str, data: bytes) -> str:
    if len(data) > LARGEST:
        raise Refusal(f"扫描件超过{LARGEST // MEGABYTE}MB，请降低分辨率或者分成几份。")
    try:
        kind = kind_of(name, data)
    except CannotInspect as error:
        raise Refusal(f"不能登记这个文件：{error}") from None
    if kind not in _MEDIA:
        raise Refusal("扫描件应当是PDF、JPG或者PNG，请重新扫描或者拍照。")
    return _MEDIA[kind]

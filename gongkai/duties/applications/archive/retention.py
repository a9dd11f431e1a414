"""保留和销毁. Proofs of identity go when they are no longer needed, unless a hold stands; what went is written down."""

from datetime import date
from functools import partial

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Agency, Person
from gongkai.audit.record import record
from gongkai.duties.applications.archive.models import Disposal, Hold
from gongkai.duties.applications.counter.models import ReceivedPaper
from gongkai.duties.applications.intake.models import ApplicationFile
from gongkai.duties.applications.models import Application
from gongkai.gateways.files import desk_files
from gongkai.registers.actions import lock, require_keeper, require_reason
from gongkai.rules.personal_information.retention import IDENTITY_PROOF, last_day_kept


def hold(application: Application, *, reason: str, by: Person) -> Hold:
    """暂缓销毁: the case is disputed, or somebody asks for its file."""
    reason = require_reason(reason, of="暂缓销毁")
    with transaction.atomic():
        case = lock(application)
        require_keeper(by, case.agency, case.section)
        if case.holds.filter(lifted_at__isnull=True, source="").exists():
            raise Refusal("这件申请已经暂缓销毁，不用再办。")
        made = Hold.objects.create(agency=case.agency, application=case, reason=reason, by=by)
        record("application_archive.held", by=by, subject=made, reason=reason)
    return made


def lift(standing: Hold, *, reason: str, by: Person) -> Hold:
    """解除暂缓销毁."""
    reason = require_reason(reason, of="解除暂缓销毁")
    with transaction.atomic():
        standing = (
            Hold.objects.select_for_update(of=("self",)).select_related("application").get(pk=standing.pk)
        )
        require_keeper(by, standing.agency, standing.application.section)
        if standing.lifted_at:
            raise Refusal("不能解除：已经解除。")
        if standing.source:
            raise Refusal("不能解除：复议、诉讼还没有终结。案卷结案以后自动解除。")
        _lift(standing, reason=reason, by=by)
    return standing


def hold_for(source: str, application: Application | None, *, reason: str, by: Person) -> None:
    """由别的案卷暂缓销毁, in the caller's transaction: its hold stands on this application and on no other."""
    held = Hold.objects.filter(source=source, lifted_at__isnull=True).select_related("application")
    for standing in held.exclude(application=application):
        _lift(standing, reason="案卷改为关联别的申请" if application else "案卷不再关联申请", by=by)
    if application is None or held.filter(application=application).exists():
        return
    case = lock(application)
    made = Hold.objects.create(agency=case.agency, application=case, reason=reason, source=source, by=by)
    record("application_archive.held", by=by, subject=made, reason=reason)


def lift_for(source: str, *, reason: str, by: Person) -> None:
    """由别的案卷解除, in the caller's transaction."""
    for standing in Hold.objects.filter(source=source, lifted_at__isnull=True).select_related("application"):
        _lift(standing, reason=reason, by=by)


def _lift(standing: Hold, *, reason: str, by: Person) -> None:
    standing.lifted_at, standing.lifted_by, standing.lift_reason = timezone.now(), by, reason
    standing.save(update_fields=["lifted_at", "lifted_by", "lift_reason"])
    record("application_archive.lifted", by=by, subject=standing, reason=reason)


def dispose(agency: Agency, *, today: date) -> int:
    """销毁到期的身份证明, handed in or scanned: the file goes, its digest stays in the record. How many went."""
    return sum(
        _dispose(agency, case, what=what, stored_as=stored_as)
        for case, what, stored_as in _due(agency, today=today)
    )


def _due(agency: Agency, *, today: date) -> list[tuple[Application, str, str]]:
    """Case, words and stored name of each proof of identity that is past its time."""
    held = Hold.objects.filter(application=OuterRef("application"), lifted_at__isnull=True)
    past = {
        "agency": agency,
        "application__status": Application.Status.CLOSED,
        "application__closed_on__lt": last_day_kept(today),
    }
    gone = frozenset(Disposal.objects.filter(agency=agency).values_list("stored_as", flat=True))
    handed_in = ApplicationFile.objects.filter(role=ApplicationFile.Role.IDENTITY, **past)
    scanned = ReceivedPaper.objects.filter(kind=ReceivedPaper.Kind.IDENTITY, **past)
    found = [
        (file.application, f"申请人的身份证明（第{file.position + 1}个文件）", file.sha256)
        for file in handed_in.exclude(Exists(held)).select_related("application").order_by("pk")
    ] + [
        (paper.application, "申请人身份证明的扫描件", paper.stored_as)
        for paper in scanned.exclude(Exists(held)).select_related("application").order_by("pk")
    ]
    return [each for each in found if each[2] not in gone]


def _dispose(agency: Agency, application: Application, *, what: str, stored_as: str) -> bool:
    with transaction.atomic():
        case = lock(application)
        if case.status != Application.Status.CLOSED or case.holds.filter(lifted_at__isnull=True).exists():
            return False
        disposal = Disposal.objects.create(
            agency=agency, application=case, what=what, stored_as=stored_as, rule=str(IDENTITY_PROOF)
        )
        record("application_archive.disposed", by=None, subject=disposal)
        # Twice does no harm: the store says nothing of a file that is gone.
        transaction.on_commit(partial(desk_files().remove, stored_as))
    return True


def replay() -> int:
    """恢复备份以后，以及每天夜里: what had been disposed of before goes again. How many files were there again."""
    back = [name for name in Disposal.objects.values_list("stored_as", flat=True) if desk_files().has(name)]
    for name in back:
        desk_files().remove(name)
    return len(back)

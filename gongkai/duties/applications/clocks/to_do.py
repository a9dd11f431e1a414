"""期限的待办. Cases that will be late or are, receipts to confirm, corrections and recounts that wait for agreement."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse

from gongkai.agencies.access import powers_of
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.agencies.to_do import ToDo
from gongkai.duties.applications.clocks.models import Recount, Rectification
from gongkai.duties.applications.clocks.recounting import may_agree
from gongkai.duties.applications.models import Application

_AHEAD = timedelta(days=21)
_AT_MOST = 20  # of one kind on the home page; the list behind it has them all
_STATUS = Application.Status
_WHY = {
    _STATUS.AWAITING_CONFIRMATION: "还没有与申请人确认收到（条例第三十一条）",
    _STATUS.AWAITING_CORRECTION: "等申请人补正，到期可以视为放弃（条例第三十条）",
    _STATUS.AWAITING_PAYMENT: "等申请人缴费，到期可以视为放弃",
    _STATUS.HANDLING: "应当答复（条例第三十三条）",
}


def waiting(person: Person, today: date) -> Iterator[ToDo]:
    """等我办的: what handling does not list of this person's cases: receipts to confirm, applicants who let their time
    pass; and what waits for a second person."""
    yield from _recounts(person)
    if Power.KEEP_REGISTERS not in powers_of(person, on=today):
        return
    mine = Q(handler=person) | Q(handler__isnull=True, section=person.section_id)
    if person.section_id is None:
        mine = Q(handler=person) | Q(handler__isnull=True)
    stopped = Q(status=_STATUS.AWAITING_CONFIRMATION) | Q(waiting_until__lt=today)
    yield from _cases(person, mine & stopped)
    for proposal in _proposals(person):
        case = proposal.event.application
        yield ToDo(
            "申请",
            f"{case.register_number}　更正经过，待同意",
            reverse("applications:rectification", args=[proposal.public_id]),
            why=f"{proposal.by.name}提出，要由另一人同意",
        )


def _recounts(person: Person) -> Iterator[ToDo]:
    if not may_agree(person.agency, by=person):
        return
    for made in Recount.objects.filter(agency=person.agency_id, state=Recount.State.WAITING):
        yield ToDo(
            "申请",
            f"{made.counted}件申请的期限重新计算，待同意",
            reverse("applications:recount", args=[made.public_id]),
            why="放假安排有变化，同意后才改动",
        )


def coming(person: Person, today: date) -> Iterator[ToDo]:
    """快到期的: of the whole office."""
    if powers_of(person, on=today) & {Power.KEEP_REGISTERS, Power.READ_REGISTERS}:
        soon = Q(due_on__lte=today + _AHEAD) | Q(status=_STATUS.AWAITING_CONFIRMATION)
        yield from _cases(person, soon | Q(waiting_until__lt=today))


def _cases(person: Person, which: Q) -> Iterator[ToDo]:
    found = Application.objects.standing().filter(which, agency=person.agency_id, closed_on__isnull=True)
    for case in found.order_by("due_on", "pk")[:_AT_MOST]:
        yield ToDo(
            "申请",
            f"{case.register_number}　{case.get_status_display()}",
            reverse("applications:case", args=[case.public_id]),
            due_on=case.due_on or case.waiting_until,
            why=_WHY[_STATUS(case.status)] + ("；期限为暂算" if case.due_is_provisional else ""),
            in_working_days=True,
        )


def _proposals(person: Person) -> Iterator[Rectification]:
    found = Rectification.objects.filter(agency=person.agency_id, state=Rectification.State.WAITING)
    if person.section_id:
        found = found.filter(
            Q(event__application__section=person.section_id) | Q(event__application__section__isnull=True)
        )
    yield from found.exclude(by=person).select_related("event__application", "by").order_by("pk")[:_AT_MOST]

"""收费的待办. What waits for a decision, a notice, a payment."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from gongkai.agencies.models import Person
from gongkai.agencies.to_do import ToDo
from gongkai.duties.applications.fees.models import FeeProposal

_SHOWN = 20
State = FeeProposal.State


def to_decide(person: Person) -> Iterator[ToDo]:
    """待决定的, for whoever decides."""
    found = _open(person).filter(state=State.PROPOSED).exclude(by=person)
    yield from (_row(each, "收费待决定", each.application.due_on) for each in found[:_SHOWN])


def waiting(person: Person, today: date) -> Iterator[ToDo]:
    """等我办的: to notice, and what was not paid in time."""
    own = _open(person).filter(by=person) | _open(person).filter(application__handler=person)
    for each in own.exclude(state=State.PROPOSED)[:_SHOWN]:
        case = each.application
        if each.state == State.DECIDED:
            yield _row(each, "收费已决定，待通知申请人", case.due_on)
        elif case.waiting_until and today > case.waiting_until:
            yield _row(each, "逾期未缴费，待登记", case.waiting_until)


def coming(person: Person) -> Iterator[ToDo]:
    """全办等候缴费的."""
    for each in _open(person).filter(state=State.NOTICED).order_by("application__waiting_until")[:_SHOWN]:
        yield _row(each, "等候缴费", each.application.waiting_until)


def _open(person: Person) -> QuerySet[FeeProposal]:
    return FeeProposal.objects.filter(
        agency=person.agency_id,
        state__in=FeeProposal.UNDERWAY,
        application__closed_on__isnull=True,
        application__voided_at__isnull=True,
    ).select_related("application")


def _row(each: FeeProposal, words: str, due_on: date | None) -> ToDo:
    case = each.application
    return ToDo(
        "申请",
        f"{case.register_number}　{words}",
        reverse("fees:case", args=[case.public_id]),
        due_on=due_on,
        in_working_days=True,
    )

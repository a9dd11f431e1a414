"""查阅公示. What a person may see of the decisions on their way to the public, and which wait for whom."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from gongkai.agencies.access import powers_of
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.agencies.working_days import calendar
from gongkai.duties.administrative_acts.clock import WAITING, clock_of
from gongkai.duties.administrative_acts.models import (
    Licence,
    Penalty,
    PublicDecision,
    PublicityStep,
    PublicState,
)
from gongkai.rules.enforcement_publicity_2019.periods import overdue_when_decided_by
from gongkai.rules.working_days import Calendar

MODELS: Mapping[str, type[PublicDecision]] = {"licences": Licence, "penalties": Penalty}
SEEN_BY = (
    Power.READ_REGISTERS,
    Power.KEEP_REGISTERS,
    Power.REVIEW_CONFIDENTIALITY,
    Power.SIGN_ITEMS,
    Power.WITHDRAW_ITEMS,
)
_COUNTED = 999  # what waits is counted up to here; the list has them all


@dataclass(frozen=True, slots=True)
class ToDo:
    """一项待办, for the home page: what, where its list is, and how the most urgent one stands."""

    kind: str
    text: str
    address: tuple[str, tuple[str, ...], str]  # name, arguments, query
    due: str
    due_on: date | None
    is_late: bool


def decisions(kind: str, *, visible_to: Person) -> QuerySet[Any]:
    """本机关的决定 of this kind that stand."""
    found = MODELS[kind].objects.filter(agency=visible_to.agency, voided_at__isnull=True)
    return found.select_related("agency", "section")


def waiting(model: type[PublicDecision]) -> Q:
    """法律要求公示、还没有公示的."""
    obliged = Q(revoked_on__isnull=True, published_on__isnull=True, is_public=False)
    if model is Penalty:
        obliged &= Q(has_social_influence=True)
    return obliged


def to_be_reviewed(model: type[PublicDecision]) -> Q:
    return waiting(model) & Q(public_state=PublicState.NOT_YET)


def late(model: type[PublicDecision], *, today: date, days: Calendar) -> Q:
    """已超期 and still not public."""
    last = overdue_when_decided_by(model.ACT, today, days)
    return waiting(model) & Q(public_state__in=WAITING, decided_on__lte=last)


def out_of_date() -> Q:
    """公众看到的和台账不一致, or the decision was revoked: called back or released anew within the period."""
    return Q(is_public=True) & (~Q(public_state=PublicState.LIVE) | Q(revoked_on__isnull=False))


def steps(decision: PublicDecision) -> QuerySet[PublicityStep]:
    """办理经过, newest first."""
    found = PublicityStep.objects.filter(
        agency=decision.agency,
        record_kind=decision._meta.label_lower,
        record_id=decision.public_id,
    )
    return found.select_related("by").order_by("-pk")


def to_dos(person: Person, today: date) -> tuple[ToDo, ...]:
    """等这个人办的公示: what to review, what to release, what to put right, what to call back."""
    powers = powers_of(person, on=today)
    days = calendar()
    return tuple(
        todo
        for kind, model in MODELS.items()
        for todo in _of_kind(kind, model, person, powers, days=days, today=today)
    )


def _of_kind(
    kind: str,
    model: type[PublicDecision],
    person: Person,
    powers: frozenset[Power],
    *,
    days: Calendar,
    today: date,
) -> Iterator[ToDo]:
    for power, show, words, condition in (
        (Power.REVIEW_CONFIDENTIALITY, "waiting", "待审查公示", to_be_reviewed(model)),
        (Power.SIGN_ITEMS, "reviewed", "待发布公示", Q(public_state=PublicState.REVIEWED)),
        (Power.KEEP_REGISTERS, "returned", "退回更正", Q(public_state=PublicState.RETURNED)),
        (Power.WITHDRAW_ITEMS, "changed", "公示后有变动，要撤回或者重新公示", out_of_date()),
    ):
        if power not in powers:
            continue
        found = decisions(kind, visible_to=person).filter(condition)
        if power is not Power.KEEP_REGISTERS:
            found = found.exclude(recorded_by=person) if power is not Power.WITHDRAW_ITEMS else found
        elif person.section_id:
            found = found.filter(section=person.section_id)
        first = found.order_by("decided_on", "pk").first()
        if first is None:
            continue
        count = found.order_by()[:_COUNTED].count()
        clock = clock_of(first, days, today=today)
        yield ToDo(
            kind=model.ACT.label.removeprefix("行政"),
            text=f"{count}件{words}",
            address=("publicity:list", (kind,), f"?show={show}"),
            due=clock.words if clock.due else "",
            due_on=clock.due.day if clock.due else None,
            is_late=clock.is_late,
        )

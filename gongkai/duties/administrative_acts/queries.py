"""查阅公示. What a person may see of the decisions on their way to the public, and which wait for whom."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from gongkai.agencies.access import powers_of
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.agencies.to_do import ToDo
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
from gongkai.rules.enforcement_publicity_2019.public_fields import CalledBack
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


def decisions(kind: str, *, visible_to: Person) -> QuerySet[Any]:
    """本机关的决定 of this kind that stand."""
    found = MODELS[kind].objects.filter(agency=visible_to.agency, voided_at__isnull=True)
    return found.select_related("agency", "section")


def obliged(model: type[PublicDecision]) -> Q:
    """法律要求公示、还没有公示的."""
    found = Q(revoked_on__isnull=True, published_on__isnull=True, is_public=False)
    if model is Penalty:
        found &= Q(has_social_influence=True)
    return found


def to_be_reviewed(model: type[PublicDecision]) -> Q:
    """待审查: for the first time, after it was called back and put right, or because what is public has changed."""
    again = Q(receipt__isnull=False) | Q(public_state=PublicState.CHANGED)
    return Q(public_state__in=(PublicState.NOT_YET, PublicState.CHANGED)) & (
        obliged(model) | again & Q(revoked_on__isnull=True)
    )


def to_be_put_right() -> Q:
    """待更正: sent back, or called back because the published text was wrong and not put right yet."""
    wrong = Q(called_back_because=CalledBack.WRONGLY_PUBLISHED, revoked_on__isnull=True)
    return Q(public_state__in=(PublicState.RETURNED, PublicState.WITHDRAWN)) & (
        Q(public_state=PublicState.RETURNED) | wrong
    )


def late(model: type[PublicDecision], *, today: date, days: Calendar) -> Q:
    """已超期 and still not public."""
    last = overdue_when_decided_by(model.ACT, today, days)
    return obliged(model) & Q(public_state__in=WAITING, decided_on__lte=last)


def out_of_date() -> Q:
    """公众看到的和台账不一致, or the decision was revoked: called back or released anew within the period."""
    return Q(is_public=True) & (~Q(public_state=PublicState.LIVE) | Q(revoked_on__isnull=False))


def revoked_elsewhere() -> Q:
    """在其他渠道公示过、已经撤销或者变更，台账里还没有撤回日期的."""
    return Q(
        is_public=False,
        receipt__isnull=True,
        published_on__isnull=False,
        revoked_on__isnull=False,
        withdrawn_on__isnull=True,
    )


def steps(decision: PublicDecision) -> QuerySet[PublicityStep]:
    """办理经过, newest first."""
    found = PublicityStep.objects.filter(
        agency=decision.agency,
        record_kind=decision._meta.label_lower,
        record_id=decision.public_id,
    )
    return found.select_related("by").order_by("-pk")


def waiting(person: Person, today: date) -> Iterator[ToDo]:
    """等这个人办的公示: what to review, what to release, what to put right, what to call back."""
    powers = powers_of(person, on=today)
    days = calendar()
    for kind, model in MODELS.items():
        mine = decisions(kind, visible_to=person)
        others = mine.exclude(recorded_by=person)
        own_section = mine.filter(section=person.section_id) if person.section_id else mine
        for power, show, words, found in (
            (Power.REVIEW_CONFIDENTIALITY, "waiting", "待审查公示", others.filter(to_be_reviewed(model))),
            (
                Power.SIGN_ITEMS,
                "reviewed",
                "待发布公示",
                others.filter(public_state=PublicState.REVIEWED).exclude(reviewer=person),
            ),
            (
                Power.KEEP_REGISTERS,
                "returned",
                "退回更正",
                own_section.filter(to_be_put_right()),
            ),
            (
                Power.WITHDRAW_ITEMS,
                "changed",
                "公示后有变动，要撤回或者重新公示",
                mine.filter(out_of_date()),
            ),
            (
                Power.KEEP_REGISTERS,
                "elsewhere",
                "在其他渠道公示的已撤销或者变更，要撤回",
                own_section.filter(revoked_elsewhere()),
            ),
        ):
            if power in powers:
                yield from _to_do(kind, show, words, found, days=days, today=today)


def coming(person: Person, today: date) -> Iterator[ToDo]:
    """全办快到期的: decisions that must be public, by the day of the most urgent one."""
    if not powers_of(person, on=today) & set(SEEN_BY):
        return
    days = calendar()
    for kind, model in MODELS.items():
        due = obliged(model) & Q(public_state__in=WAITING)
        found = decisions(kind, visible_to=person).filter(due)
        yield from _to_do(kind, "", "待公示", found, days=days, today=today)


def _to_do(
    kind: str, show: str, words: str, found: QuerySet[Any], *, days: Calendar, today: date
) -> Iterator[ToDo]:
    """One line for all of a kind, with the day of the oldest; the list behind it has them one by one."""
    first = found.order_by("decided_on", "pk").first()
    if first is None:
        return
    count = found.order_by()[: _COUNTED + 1].count()
    clock = clock_of(first, days, today=today)
    yield ToDo(
        MODELS[kind].ACT.label.removeprefix("行政"),
        f"{f'{_COUNTED}件以上' if count > _COUNTED else f'{count}件'}{words}",
        reverse("publicity:list", args=[kind]) + (f"?show={show}" if show else ""),
        due_on=clock.due.day if clock.due else None,
        in_working_days=True,
    )

"""承办的待办, with those of the rooms beside it, so that powers are asked for once. Cases and commissions that are this person's, what waits for the head, what the office will be late with."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse

from gongkai.agencies.access import powers_of
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.agencies.to_do import ToDo
from gongkai.agencies.working_days import calendar
from gongkai.duties.applications.consultation import to_do as consultation
from gongkai.duties.applications.fees import to_do as fees
from gongkai.duties.applications.frequent import to_do as frequent
from gongkai.duties.applications.handling import queries
from gongkai.duties.applications.handling.models import Commission, Extension
from gongkai.duties.applications.matters.queries import answered
from gongkai.duties.applications.models import Application
from gongkai.rules.regulations_2019.internal_periods import Stage

_SHOWN = 20  # of one kind
_KIND = "申请"
_SOON = timedelta(days=7)


def waiting(person: Person, today: date) -> Iterator[ToDo]:
    """等我办的."""
    powers = powers_of(person, on=today)
    if Power.KEEP_REGISTERS in powers:
        yield from _own_cases(person)
        yield from (_of_commission(each) for each in queries.owed_by(person)[:_SHOWN])
        yield from _unassigned(person)
        yield from _to_tell(person)
        yield from consultation.waiting(person, today)
        yield from fees.waiting(person, today)
        yield from frequent.waiting(person, today)
    if Power.EXTEND_REPLY in powers:
        yield from _to_agree(person)
    if Power.DECIDE_FEE in powers:
        yield from fees.to_decide(person)


def coming(person: Person, today: date) -> Iterator[ToDo]:
    """快到期的，全办: commissions of everybody."""
    if Power.READ_REGISTERS in powers_of(person, on=today):
        due = queries.open_commissions(person.agency, until=today + _SOON)
        yield from (_of_commission(each) for each in due[:_SHOWN])
        yield from consultation.coming(person, today)
        yield from fees.coming(person)


def _own_cases(person: Person) -> Iterator[ToDo]:
    """承办意见 while a matter is undecided; then review and signature, until the reply."""
    cases = list(queries.cases_of(person)[:_SHOWN])
    if not cases:
        return
    days, before = calendar(), queries.days_before(person.agency)
    for case in cases:
        dues = {each.stage: each for each in queries.internal_dues(case, days, before)}
        if not dues:
            continue
        undecided = answered(case).undecided
        stage = Stage.OPINION if undecided else Stage.LEGALITY
        words = f"{len(undecided)}项待提出承办意见" if undecided else "待审核、签发和答复"
        legal = f"{case.due_on:%Y-%m-%d}" + ("（暂算）" if case.due_is_provisional else "")
        yield ToDo(
            _KIND,
            f"{case.register_number}　{words}",
            address(case),
            due_on=dues[stage].day,
            why=f"内部期限，先于答复期限{legal}",
            in_working_days=True,
        )


def _of_commission(given: Commission) -> ToDo:
    return ToDo(
        "交办",
        f"{given.application.register_number}　{given.get_kind_display()[:2]}{given.to}",
        reverse("handling:commission", args=[given.public_id]),
        due_on=given.answer_by,
        why=f"联系人：{given.person.name}",
        in_working_days=True,
    )


def _unassigned(person: Person) -> Iterator[ToDo]:
    """One line for all of them, which leads to the one due first."""
    found = queries.unassigned(person)
    first, number = found.first(), found.count()
    if first:
        words = f"{first.register_number}　待分办" if number == 1 else f"{number}件申请待分办"
        yield ToDo(_KIND, words, address(first), due_on=first.due_on, in_working_days=True)


def _to_agree(person: Person) -> Iterator[ToDo]:
    found = Extension.objects.filter(agency=person.agency_id, state=Extension.State.PROPOSED).exclude(
        by=person
    )
    for each in found.select_related("application")[:_SHOWN]:
        yield _of_extension(each, "延期待同意")


def _to_tell(person: Person) -> Iterator[ToDo]:
    found = Extension.objects.filter(
        agency=person.agency_id, state=Extension.State.AGREED, application__closed_on__isnull=True
    )
    mine = found.filter(by=person) | found.filter(application__handler=person)
    for each in mine.select_related("application")[:_SHOWN]:
        yield _of_extension(each, "延期已同意，待告知申请人")


def _of_extension(each: Extension, words: str) -> ToDo:
    case = each.application
    why = "在答复期限届满前告知申请人才延长（条例第三十三条第二款）"
    return ToDo(
        _KIND,
        f"{case.register_number}　{words}",
        address(case),
        due_on=case.due_on,
        why=why,
        in_working_days=True,
    )


def address(case: Application) -> str:
    """承办 of a case."""
    return reverse("handling:case", args=[case.public_id])

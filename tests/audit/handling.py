"""承办、征求意见、收费、高频申请人的审计动作: who does each, and the act made ready. acts.py takes them in."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.utils import timezone

from gongkai.agencies.powers import Power
from gongkai.duties.applications import actions
from gongkai.duties.applications.handling import actions as handling
from gongkai.rules.regulations_2019.internal_periods import Stage
from tests.duties.applications.handling.office import Office
from tests.factories.agencies import holding

Do = Callable[..., Any]
_LATER = date(2098, 1, 1)


def _in(make: Callable[[Office], Do]) -> Callable[[Any], Do]:
    return lambda house: make(house.applications)


def _assigning(office: Office) -> Do:
    return partial(handling.assign, office.case(), handler=office.clerk)


def _given(office: Office) -> Any:
    return handling.commission(
        _closable(office),
        section=office.archive,
        person=office.archivist,
        asked="请查",
        answer_by=_LATER,
        by=office.clerk,
    )


def _closable(office: Office) -> Any:
    """A case that waits for a correction: no reply day, so that any day for a commission is early enough."""
    case = office.case()
    return actions.ask_for_correction(case, on=date(2026, 3, 3), by=office.clerk)


def _commissioning(office: Office) -> Do:
    return partial(
        handling.commission,
        _closable(office),
        section=office.archive,
        person=office.archivist,
        asked="请查",
        answer_by=_LATER,
    )


def _open_case(office: Office) -> Any:
    """A case received today: its period runs whenever the test does."""
    return office.case(received_on=timezone.localdate())


def _proposal(office: Office) -> Any:
    return handling.propose(_open_case(office), working_days=5, reason="卷宗较多", by=office.clerk)


def _agreed(office: Office) -> Any:
    return handling.agree(_proposal(office), by=office.head)


def _telling(office: Office) -> Do:
    return partial(handling.tell_applicant, _agreed(office), on=timezone.localdate())


def _setting(office: Office) -> Do:
    holding(office.head, Power.MANAGE_COLUMNS)
    return partial(handling.set_internal_periods, {Stage.OPINION: 8})


ROWS: dict[str, tuple[str, Callable[[Any], Do]]] = {
    "handling.assigned": ("clerk", _in(_assigning)),
    "handling.commissioned": ("clerk", _in(_commissioning)),
    "handling.commission_answered": (
        "archivist",
        _in(lambda o: partial(handling.answer, _given(o), answer="查到")),
    ),
    "handling.commission_called_back": (
        "clerk",
        _in(lambda o: partial(handling.call_back, _given(o), reason="不需要")),
    ),
    "handling.extension_proposed": (
        "clerk",
        _in(lambda o: partial(handling.propose, _open_case(o), working_days=5, reason="卷宗较多")),
    ),
    "handling.extension_agreed": ("head", _in(lambda o: partial(handling.agree, _proposal(o)))),
    "handling.extension_declined": (
        "head",
        _in(lambda o: partial(handling.decline, _proposal(o), opinion="不必")),
    ),
    "handling.extension_withdrawn": ("clerk", _in(lambda o: partial(handling.withdraw, _proposal(o)))),
    "handling.extension_told": ("clerk", _in(_telling)),
    "handling.internal_periods_set": ("head", _in(_setting)),
}

"""复议诉讼的审计动作. One row an event type: who does it and the act, still without the person."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from gongkai.agencies.models import Person
from gongkai.duties.applications import actions as applications
from gongkai.duties.applications.handled_again import handle_again
from gongkai.duties.applications.models import Application
from gongkai.duties.remedies import actions
from gongkai.duties.remedies.models import CaseFile, Evidence, Lesson, ProposedCorrection
from gongkai.registers import actions as registers
from gongkai.rules.remedy_cases.events import Kind
from tests.factories import registers as factories
from tests.factories.agencies import keeper

House = Any
Do = Callable[..., Any]
ACCEPTED, DECIDED = date(2024, 3, 4), date(2024, 4, 12)


def _file(house: House, **values: Any) -> CaseFile:
    return actions.open_reconsideration(
        by=house.keeper, **{"case_number": "示复〔2024〕901号", "accepted_on": ACCEPTED, **values}
    )


def _answered_application(house: House) -> Application:
    return applications.reply(house.case(), on=date(2023, 6, 9), by=house.keeper, outcome="granted")


def _overturned(house: House) -> CaseFile:
    file = _file(house, application=_answered_application(house))
    return actions.enter_step(file, Kind.DECIDED, on=DECIDED, by=house.keeper, decision="revoked_anew")


def _proposal(house: House) -> ProposedCorrection:
    event = _file(house).events.get(kind="accepted")
    other: Person = keeper(agency=house.agency)
    return actions.propose(event, happened_on=date(2024, 3, 1), reason="笔误", by=other)


def _evidence(house: House, **values: Any) -> Evidence:
    return actions.add_evidence(_file(house), title="答复书", by=house.keeper, **values)


def _moved(house: House) -> Do:
    first = _evidence(house)
    actions.add_evidence(first.file, title="登记表", by=house.keeper)
    return partial(actions.move_evidence, first, "down")


def _lesson(house: House) -> Lesson:
    return actions.add_lesson(_file(house), category="search", text="检索要留痕", by=house.keeper)


def _entry(house: House) -> Any:
    return factories.ReconsiderationFactory(agency=house.agency, accepted_on=ACCEPTED)


ROWS: dict[str, Callable[[House], Do]] = {
    "remedies.case_file.opened": lambda h: partial(
        actions.open_reconsideration, case_number="示复〔2024〕902号", accepted_on=ACCEPTED
    ),
    "remedies.case_file.taken_over": lambda h: partial(actions.take_over, _entry(h)),
    "remedies.case_file.step_entered": lambda h: partial(
        actions.enter_step, _file(h), Kind.SERVED, on=date(2024, 3, 6)
    ),
    "remedies.case_file.assigned": lambda h: partial(actions.assign, _file(h), to=h.keeper),
    "remedies.case_file.correction_proposed": lambda h: partial(
        actions.propose,
        _file(h).events.get(kind="accepted"),
        happened_on=date(2024, 3, 1),
        reason="笔误",
    ),
    "remedies.case_file.correction_agreed": lambda h: partial(actions.agree, _proposal(h)),
    "remedies.case_file.correction_declined": lambda h: partial(
        actions.decline, _proposal(h), opinion="原件如此"
    ),
    "remedies.case_file.handled_again": lambda h: partial(actions.handle_again, _overturned(h)),
    "remedies.casefile.revealed": lambda h: partial(
        registers.reveal, _file(h, party="张示例"), "party", reason="制作答复书"
    ),
    "remedies.evidence.added": lambda h: partial(actions.add_evidence, _file(h), title="答复书"),
    "remedies.evidence.changed": lambda h: partial(
        actions.change_evidence, _evidence(h), title="告知书", purpose="", pages=1
    ),
    "remedies.evidence.moved": _moved,
    "remedies.evidence.taken_out": lambda h: partial(
        actions.take_out_evidence, _evidence(h), reason="列错了"
    ),
    "remedies.evidence.read": lambda h: partial(
        actions.read_evidence, _evidence(h, file_name="答复书.pdf", content=b"%PDF-1.7")
    ),
    "remedies.lesson.added": lambda h: partial(
        actions.add_lesson, _file(h), category="search", text="检索要留痕"
    ),
    "remedies.lesson.taken_back": lambda h: partial(
        actions.take_back_lesson, _lesson(h), reason="写错了案卷"
    ),
    "applications.application.handled_again": lambda h: partial(
        handle_again, _answered_application(h), ordered_on=date(2024, 4, 12), basis="示复〔2024〕901号"
    ),
}

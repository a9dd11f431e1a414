"""承办、征求意见、收费、高频申请人的审计动作: who does each, and the act made ready. acts.py takes them in."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from django.utils import timezone

from gongkai.agencies.powers import Power
from gongkai.duties.applications import actions
from gongkai.duties.applications.consultation import actions as consultation
from gongkai.duties.applications.fees import actions as fees
from gongkai.duties.applications.frequent import actions as frequent
from gongkai.duties.applications.handling import actions as handling
from gongkai.registers import actions as registers
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


def _preparing(office: Office) -> Do:
    return partial(
        consultation.prepare,
        office.case(),
        consulted="third_party",
        name="示例置业有限公司",
        address="示例路1号",
        asked="是否同意公开",
        matters=[],
    )


def _draft(office: Office) -> Any:
    return _preparing(office)(by=office.clerk)


_SENT, _DELIVERED = (
    date(2026, 3, 9),
    date(2026, 3, 10),
)  # long ago: the answering period is over whenever this runs


def _sent(office: Office) -> Any:
    return consultation.send(_draft(office), on=_SENT, by=office.clerk)


def _delivered(office: Office) -> Any:
    return consultation.deliver(_sent(office), on=_DELIVERED, by=office.clerk)


def _answering(office: Office) -> Do:
    return partial(
        consultation.receive_answer,
        _delivered(office),
        on=_DELIVERED,
        opinion="refuses",
        words="涉及工艺",
        reasonable=True,
    )


def _refused(office: Office) -> Any:
    return _answering(office)(by=office.clerk).consultation


def _deciding(office: Office) -> Do:
    return partial(
        consultation.decide_in_public_interest, _refused(office), content="结论", reason="公共安全"
    )


def _informing(office: Office) -> Do:
    decision = _deciding(office)(by=office.clerk)
    return partial(
        consultation.tell_third_party, decision.consultation, on=timezone.localdate(), means="post"
    )


def _charging(office: Office) -> Do:
    case = _open_case(office)
    return partial(fees.propose, case, way="by_page", units=101)


def _charged(office: Office) -> Any:
    return _charging(office)(by=office.clerk)


def _decided(office: Office) -> Any:
    return fees.decide(_charged(office), amount=Decimal(720), by=office.head)


def _noticed(office: Office) -> Any:
    return fees.notice(_decided(office), on=timezone.localdate(), by=office.clerk)


def _unpaid(office: Office) -> Do:
    """The notice is moved back by the database, so that its period is over whenever this runs."""
    proposal = _noticed(office)
    case = proposal.application
    case.events.update(happened_on=date(2026, 3, 2))
    type(case).objects.filter(pk=case.pk).update(
        received_on=date(2026, 3, 2), waiting_until=date(2026, 3, 30)
    )
    return partial(fees.end_unpaid, proposal)


def _named(office: Office) -> Any:
    return office.case(applicant_name="张示例", received_on=timezone.localdate())


def _looking(office: Office) -> Do:
    return partial(frequent.look, _named(office), finding="excessive", reason="反复申请")


def _asking(office: Office) -> Do:
    case = _looking(office)(by=office.clerk).application
    return partial(frequent.ask_for_reasons, case, on=timezone.localdate())


def _asked(office: Office) -> Any:
    return _asking(office)(by=office.clerk)


def _explaining(office: Office) -> Do:
    asked = _asked(office)
    return partial(frequent.receive_reasons, asked, on=timezone.localdate(), explanation="研究需要")


def _judging(office: Office) -> Do:
    asked = _explaining(office)(by=office.clerk)
    return partial(frequent.judge_reasons, asked, accepted=True, can_reply_in_time=False, judgement="数量大")


def _deferring(office: Office) -> Do:
    asked = _judging(office)(by=office.clerk)
    return partial(frequent.defer, asked, on=timezone.localdate(), until=_LATER)


def _marking(office: Office) -> Do:
    holding(office.head, Power.MANAGE_COLUMNS)
    return partial(frequent.set_marks, month=5, year=20)


def _topic(office: Office) -> Any:
    return frequent.begin_topic(_named(office), title="验收材料", by=office.clerk)


def _member(office: Office) -> Any:
    return frequent.put_in(_topic(office), _named(office), by=office.clerk)


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
    "consultation.prepared": ("clerk", _in(_preparing)),
    "consultation.sent": ("clerk", _in(lambda o: partial(consultation.send, _draft(o), on=_SENT))),
    "consultation.delivered": (
        "clerk",
        _in(lambda o: partial(consultation.deliver, _sent(o), on=_DELIVERED)),
    ),
    "consultation.answered": ("clerk", _in(_answering)),
    "consultation.silent": ("clerk", _in(lambda o: partial(consultation.note_silence, _delivered(o)))),
    "consultation.withdrawn": (
        "clerk",
        _in(lambda o: partial(consultation.withdraw, _draft(o), reason="不涉及")),
    ),
    "consultation.public_interest": ("clerk", _in(_deciding)),
    "consultation.third_party_told": ("clerk", _in(_informing)),
    "consultation.consultation.revealed": (
        "clerk",
        _in(lambda o: partial(registers.reveal, _draft(o), "name", reason="寄送")),
    ),
    "fees.practice_set": (
        "head",
        _in(lambda o: partial(fees.set_practice, way="by_page", free_items=10, free_pages=50)),
    ),
    "fees.proposed": ("clerk", _in(_charging)),
    "fees.decided": ("head", _in(lambda o: partial(fees.decide, _charged(o), amount=Decimal(720)))),
    "fees.withdrawn": ("clerk", _in(lambda o: partial(fees.withdraw, _charged(o), reason="不收"))),
    "fees.noticed": ("clerk", _in(lambda o: partial(fees.notice, _decided(o), on=timezone.localdate()))),
    "fees.paid": (
        "clerk",
        _in(lambda o: partial(fees.pay, _noticed(o), on=timezone.localdate(), voucher="示财票1")),
    ),
    "fees.unpaid": ("clerk", _in(_unpaid)),
    "frequent.marks_set": ("head", _in(_marking)),
    "frequent.looked": ("clerk", _in(_looking)),
    "frequent.reasons_asked": ("clerk", _in(_asking)),
    "frequent.reasons_received": ("clerk", _in(_explaining)),
    "frequent.reasonsasked.revealed": (
        "clerk",
        _in(lambda o: partial(registers.reveal, _explaining(o)(by=o.clerk), "explanation", reason="核对")),
    ),
    "frequent.reasons_judged": ("clerk", _in(_judging)),
    "frequent.deferred": ("clerk", _in(_deferring)),
    "frequent.compared": ("clerk", _in(lambda o: partial(frequent.compare, _named(o), reason="核对"))),
    "frequent.topic_begun": (
        "clerk",
        _in(lambda o: partial(frequent.begin_topic, _named(o), title="验收材料")),
    ),
    "frequent.put_in_topic": ("clerk", _in(lambda o: partial(frequent.put_in, _topic(o), _named(o)))),
    "frequent.taken_out_of_topic": (
        "clerk",
        _in(lambda o: partial(frequent.take_out, _member(o), reason="误归")),
    ),
}

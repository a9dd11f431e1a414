"""收费栏. What the page of a case shows of its fee: both ways computed, each proposal, the steps open to this person."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.access import Refusal, powers_of
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.agencies.working_days import calendar
from gongkai.duties.applications.fees.computing import Computed, computed, fee_of
from gongkai.duties.applications.fees.models import FeeProposal
from gongkai.duties.applications.handling.panel import Link
from gongkai.duties.applications.letters.desk.of_record import CaseLetters, Papers
from gongkai.duties.applications.models import Application
from gongkai.duties.applications.opening import require_open
from gongkai.rules.explanation import Explanation
from gongkai.rules.processing_fee_2020.payment import pay_by
from gongkai.rules.working_days import DueDay

TEMPLATE = "fees/_panel.html"
State = FeeProposal.State


@dataclass(frozen=True, slots=True)
class Row:
    """一项收费."""

    proposal: FeeProposal
    explanation: Explanation
    relief: str
    pay_by: DueDay | None
    papers: Papers
    steps: tuple[Link, ...]
    is_late: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """收费栏的内容. ``computed`` only while a fee can be proposed."""

    case: Application
    rows: tuple[Row, ...]
    computed: Computed | None
    steps: tuple[Link, ...]
    closed_because: str


def panel(case: Application, person: Person) -> Panel:
    """收费栏, for the tab of a case's page."""
    closed_because = ""
    try:
        require_open(case, by=person)
    except Refusal as refusal:
        closed_because = str(refusal)
    proposals = list(case.fee_proposals.select_related("by", "decided_by", "notice", "end"))
    decides = Power.DECIDE_FEE in powers_of(person, on=timezone.localdate())
    can_propose = (
        not closed_because
        and case.status == Application.Status.HANDLING
        and not any(each.state in FeeProposal.UNDERWAY for each in proposals)
    )
    letters = CaseLetters(case, person, "收费")
    begin = Link("提出收费", reverse("fees:propose", args=[case.public_id]))
    return Panel(
        case,
        tuple(
            _row(
                each,
                case,
                person,
                letters.of(each.public_id),
                is_open=not closed_because,
                decides=decides,
            )
            for each in proposals
        ),
        computed(case) if can_propose else None,
        (begin,) if can_propose else (),
        closed_because,
    )


def _row(
    each: FeeProposal, case: Application, person: Person, papers: Papers, *, is_open: bool, decides: bool
) -> Row:
    today = timezone.localdate()
    late = each.state == State.NOTICED and bool(case.waiting_until and today > case.waiting_until)
    names: list[tuple[str, str]] = []
    if each.state == State.PROPOSED and decides and each.by_id != person.pk and not case.closed_on:
        names.append(("decide", "决定"))
    if is_open:
        if each.state == State.DECIDED and not papers.have:
            names.append(("notice", "登记收费通知"))
        if each.state in (State.PROPOSED, State.DECIDED):
            names.append(("withdraw", "撤回"))
        if each.state == State.NOTICED:
            names.append(("pay", "登记缴费"))
        if late:
            names.append(("unpaid", "登记逾期未缴费"))
    return Row(
        proposal=each,
        explanation=fee_of(each).explanation,
        relief=each.unseal("relief"),
        papers=papers,
        pay_by=pay_by(each.notice.happened_on, calendar()) if each.notice else None,
        steps=tuple(
            Link(label, reverse("fees:step", args=[each.public_id, name]), name == "unpaid")
            for name, label in names
        ),
        is_late=late,
    )

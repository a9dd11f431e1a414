"""承办栏. What the page of a case shows of its handling, and which steps are open to this person."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.access import Refusal, powers_of
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.agencies.working_days import calendar
from gongkai.duties.applications.handling import queries
from gongkai.duties.applications.handling.models import Assignment, Commission, Extension
from gongkai.duties.applications.letters.desk.of_record import CaseLetters, Papers
from gongkai.duties.applications.models import Application
from gongkai.duties.applications.opening import require_open
from gongkai.rules.regulations_2019.internal_periods import InternalDue
from gongkai.rules.working_days import Calendar

TEMPLATE = "handling/_panel.html"


@dataclass(frozen=True, slots=True)
class Link:
    """一步: where it is taken and what it is called."""

    label: str
    address: str
    danger: bool = False


@dataclass(frozen=True, slots=True)
class CommissionRow:
    """一件交办 and how it stands."""

    commission: Commission
    address: str
    words: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class ExtensionRow:
    extension: Extension
    reason: str
    papers: Papers
    steps: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """承办栏的内容. ``closed_because`` says why nothing can be done now."""

    case: Application
    standing: Assignment | None
    history: tuple[Assignment, ...]
    internal: tuple[InternalDue, ...]
    commissions: tuple[CommissionRow, ...]
    extensions: tuple[ExtensionRow, ...]
    steps: tuple[Link, ...]
    closed_because: str


def panel(case: Application, person: Person) -> Panel:
    """承办栏, for the tab of a case's page."""
    closed_because = ""
    try:
        require_open(case, by=person)
    except Refusal as refusal:
        closed_because = str(refusal)
    history = tuple(queries.assignments(case))
    extensions, days = tuple(queries.extensions(case)), calendar()
    letters = CaseLetters(case, person, "承办")
    agrees = Power.EXTEND_REPLY in powers_of(person, on=timezone.localdate())
    return Panel(
        case=case,
        standing=history[0] if history else None,
        history=history,
        internal=queries.internal_dues(case, days, queries.days_before(case.agency)),
        commissions=tuple(_row(each, days) for each in queries.commissions(case)),
        extensions=tuple(
            _extension(each, person, letters.of(each.public_id), agrees=agrees, is_open=not closed_because)
            for each in extensions
        ),
        steps=() if closed_because else _steps(case, bool(history), extensions),
        closed_because=closed_because,
    )


def words_of(given: Commission, days: Calendar) -> str:
    """一件交办到了哪里."""
    if given.called_back_at:
        return f"已收回：{given.call_back_reason}"
    if given.answered_on:
        late = days.working_days_between(given.answer_by, given.answered_on)
        return "已答复" if given.answered_on <= given.answer_by else f"已答复，迟{late}个工作日"
    today = timezone.localdate()
    if today > given.answer_by:
        return f"已超期{days.working_days_between(given.answer_by, today)}个工作日"
    left = days.working_days_between(today, given.answer_by)
    return f"还剩{left}个工作日" if today < given.answer_by else "今天到期"


def _row(given: Commission, days: Calendar) -> CommissionRow:
    late = given.is_open and timezone.localdate() > given.answer_by
    return CommissionRow(
        given, reverse("handling:commission", args=[given.public_id]), words_of(given, days), late
    )


def _steps(case: Application, assigned: bool, extensions: tuple[Extension, ...]) -> tuple[Link, ...]:
    names = [("hand_over", "移交"), ("give_back", "退回")] if assigned else [("assign", "分办")]
    names.append(("commission", "交办、协办"))
    underway = (Extension.State.PROPOSED, Extension.State.AGREED)
    if case.status == Application.Status.HANDLING and not any(each.state in underway for each in extensions):
        names.append(("extend", "提出延期"))
    return tuple(Link(label, reverse("handling:step", args=[case.public_id, name])) for name, label in names)


def _extension(
    each: Extension, person: Person, papers: Papers, *, agrees: bool, is_open: bool
) -> ExtensionRow:
    names: list[tuple[str, str, bool]] = []
    if each.state == Extension.State.PROPOSED and agrees and each.by_id != person.pk:
        names += [("agree", "同意", False), ("decline", "不同意", True)]
    if each.state == Extension.State.AGREED and is_open and not papers.have:
        names.append(("tell", "登记告知申请人", False))
    if each.state in (Extension.State.PROPOSED, Extension.State.AGREED) and is_open:
        names.append(("withdraw", "撤回", False))
    steps = tuple(
        Link(label, reverse("handling:extension", args=[each.public_id, name]), danger)
        for name, label, danger in names
    )
    return ExtensionRow(each, each.unseal("reason"), papers, steps)

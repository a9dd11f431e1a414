"""征求意见栏. What the page of a case shows of its consultations, with the steps open for each."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Person
from gongkai.agencies.working_days import calendar
from gongkai.duties.applications.consultation import queries
from gongkai.duties.applications.consultation.standing import Standing, State
from gongkai.duties.applications.handling.panel import Link
from gongkai.duties.applications.letters.desk.of_record import CaseLetters, Papers
from gongkai.duties.applications.models import Application
from gongkai.duties.applications.opening import require_open
from gongkai.rules.working_days import Calendar

TEMPLATE = "consultation/_panel.html"
_STEPS: dict[State, tuple[tuple[str, str], ...]] = {
    State.DRAFT: (("send", "登记发出"), ("withdraw", "取消")),
    State.SENT: (("deliver", "登记送达"), ("answer", "登记意见")),
    State.WAITING: (("answer", "登记意见"),),
    State.OVERDUE: (("silence", "确认逾期未提出意见"), ("answer", "登记迟到的意见")),
    State.SILENT: (("answer", "登记迟到的意见"),),
    State.ANSWERED: (),
    State.WITHDRAWN: (),
}


@dataclass(frozen=True, slots=True)
class Row:
    """一次征求意见."""

    standing: Standing
    name: str
    about: str
    lines: tuple[str, ...]
    papers: Papers
    steps: tuple[Link, ...]
    is_late: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """征求意见栏的内容."""

    case: Application
    rows: tuple[Row, ...]
    steps: tuple[Link, ...]
    closed_because: str


def panel(case: Application, person: Person) -> Panel:
    """征求意见栏, for the tab of a case's page."""
    closed_because = ""
    try:
        require_open(case, by=person)
    except Refusal as refusal:
        closed_because = str(refusal)
    found = queries.standings(case, today=timezone.localdate())
    begin = Link("征求意见", reverse("consultation:prepare", args=[case.public_id]))
    days, letters = calendar(), CaseLetters(case, person, "征求意见")
    return Panel(
        case,
        tuple(
            _row(each, days, letters.of(each.consultation.public_id), is_open=not closed_because)
            for each in found
        ),
        () if closed_because else (begin,),
        closed_because,
    )


def _row(each: Standing, days: Calendar, papers: Papers, *, is_open: bool) -> Row:
    consultation = each.consultation
    about = [str(matter) for matter in consultation.matters.all()]
    about += [f"《{document.title}》" for document in consultation.documents.all()]
    return Row(
        standing=each,
        name=queries.shown_name(consultation),
        about="、".join(about),
        lines=each.lines(days),
        papers=papers,
        steps=_links(each, papers) if is_open else (),
        is_late=each.state is State.OVERDUE,
    )


def _links(each: Standing, papers: Papers) -> tuple[Link, ...]:
    names = list(_STEPS[each.state])
    decision = getattr(each.consultation, "public_interest", None)
    if each.may_overrule:
        why = "理由不合理，决定公开" if each.refused_without_reason else "公共利益需要，决定公开"
        names.append(("public_interest", why))
    if decision and decision.told_on is None:
        names.append(("tell", "登记书面告知第三方"))
    # What a letter's issue and delivery enter is not entered beside it.
    by_letter = {"tell"} if "third_party_notice" in papers.have else set()
    if papers.have - {"third_party_notice"}:
        by_letter |= {"send", "deliver"}
    return tuple(
        Link(
            label,
            reverse("consultation:step", args=[each.consultation.public_id, name]),
            danger=name in ("withdraw", "public_interest"),
        )
        for name, label in names
        if name not in by_letter
    )

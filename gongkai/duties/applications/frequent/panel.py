"""申请频次栏. What the page of a case shows of how often its applicant applies, of reasons asked, and of same requests."""

from dataclasses import dataclass

from django.urls import reverse

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Person
from gongkai.duties.applications.frequent import queries
from gongkai.duties.applications.frequent.models import Look, ReasonsAsked, Topic
from gongkai.duties.applications.frequent.queries import Frequency
from gongkai.duties.applications.handling.panel import Link
from gongkai.duties.applications.letters.desk.of_record import CaseLetters, Papers
from gongkai.duties.applications.models import Application
from gongkai.duties.applications.opening import require_open
from gongkai.rules.regulations_2019.excessive import ExcessiveHandling

TEMPLATE = "frequent/_panel.html"
_OTHERS = 30
_NEXT = {
    ExcessiveHandling.NOT_PROCESSED: "在逐项办理中按“大量、反复申请，说明的理由不合理”决定，并告知申请人。",
    ExcessiveHandling.REPLY: "按期答复，与其他申请一样。",
    ExcessiveHandling.DEFER: "确定延迟答复的合理期限，在答复期限届满前告知申请人，再登记告知。",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """一次要求说明理由."""

    asked: ReasonsAsked
    what_next: str
    papers: Papers
    steps: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """申请频次栏的内容."""

    case: Application
    frequency: Frequency | None
    looks: tuple[Look, ...]
    asked: tuple[Asked, ...]
    papers: Papers  # of the finding that stands: reasons asked because of it
    others: tuple[Application, ...]
    topics: tuple[Topic, ...]
    steps: tuple[Link, ...]
    closed_because: str


def panel(case: Application, person: Person) -> Panel:
    """申请频次栏, for the tab of a case's page."""
    closed_because = ""
    try:
        require_open(case, by=person)
    except Refusal as refusal:
        closed_because = str(refusal)
    looks = tuple(queries.looks(case)[:_OTHERS])
    letters = CaseLetters(case, person, "申请频次")
    papers = letters.of(looks[0].public_id) if looks else Papers()
    asked = tuple(case.reasons_asked.select_related("by", "judged_by", "event"))
    return Panel(
        case=case,
        frequency=queries.frequency(case),
        looks=looks,
        asked=tuple(_asked(each, letters.of(each.public_id), is_open=not closed_because) for each in asked),
        papers=papers,
        others=tuple(queries.others_of_applicant(case)[:_OTHERS]),
        topics=tuple(queries.topics_of(case)),
        steps=_steps(case, looks, asked, papers, is_open=not closed_because),
        closed_because=closed_because,
    )


def _steps(
    case: Application,
    looks: tuple[Look, ...],
    asked: tuple[ReasonsAsked, ...],
    papers: Papers,
    *,
    is_open: bool,
) -> tuple[Link, ...]:
    names = []
    if is_open and case.applicant_name_index:
        names.append(("look", "登记判断"))
        excessive = looks and looks[0].finding == Look.Finding.EXCESSIVE
        if excessive and not papers.have and all(each.handling for each in asked):
            names.append(("ask", "登记要求说明理由"))
    links = [Link(label, reverse("frequent:step", args=[case.public_id, name])) for name, label in names]
    links.append(Link("归入多人申请的内容", reverse("frequent:put_in", args=[case.public_id])))
    return tuple(links)


def _asked(each: ReasonsAsked, papers: Papers, *, is_open: bool) -> Asked:
    names: list[tuple[str, str]] = []
    if is_open and not each.handling:
        if not each.explained_on:
            names.append(("explain", "登记申请人的说明"))
        names.append(("judge", "判断理由"))
    if is_open and each.handling == ExcessiveHandling.DEFER and not each.event_id and not papers.have:
        names.append(("defer", "登记告知延迟答复"))
    steps = tuple(
        Link(label, reverse("frequent:asked", args=[each.public_id, name])) for name, label in names
    )
    handling = ExcessiveHandling(each.handling) if each.handling else None
    return Asked(each, _NEXT[handling] if handling else "答复期限照常计算。", papers, steps)

"""案件页上的“逐项办理”: each matter with what was searched, found and decided, and the result that follows."""

from dataclasses import dataclass

from gongkai.duties.applications.matters.models import Decision, FoundDocument, Matter, Search
from gongkai.duties.applications.matters.needs import undecided_pages
from gongkai.duties.applications.matters.queries import Answered, answered, matters
from gongkai.duties.applications.models import Application
from gongkai.rules.regulations_2019.outcome import SITUATION_BY_KEY
from gongkai.rules.regulations_2019.withholding import GROUND_BY_KEY
from gongkai.sealing.suite import CannotOpen

_HIDDEN = "已加密保存，由有“查看申请人信息”职权的人查看"


@dataclass(frozen=True, slots=True)
class Document:
    record: FoundDocument
    undecided: str


@dataclass(frozen=True, slots=True)
class Line:
    """一项."""

    matter: Matter
    text: str
    decision: Decision | None
    situation: str
    basis: str
    ground: str
    reasons: str
    earlier: int  # decisions before the one that stands
    searches: tuple[Search, ...]
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    lines: tuple[Line, ...]
    searches: tuple[Search, ...]  # for the whole application
    answered: Answered
    reads: bool


def panel(case: Application, *, reads: bool) -> Panel:
    """``reads``: may see what the applicant wrote."""
    found = matters(case)
    whole = Search.objects.filter(application=case, matter__isnull=True, struck_at__isnull=True)
    return Panel(
        lines=tuple(_line(matter, reads=reads) for matter in found),
        searches=tuple(whole.select_related("by")),
        answered=answered(case),
        reads=reads,
    )


def _line(matter: Matter, *, reads: bool) -> Line:
    decisions = list(matter.decisions.all())
    decision = decisions[0] if decisions else None
    situation = SITUATION_BY_KEY[decision.situation] if decision else None
    ground = ""
    if decision and decision.ground:
        ground = GROUND_BY_KEY[decision.ground].name
        ground += f"（{decision.ground_kind}）" if decision.ground_kind else ""
    return Line(
        matter=matter,
        text=_opened(matter, "text") if reads else _HIDDEN,
        decision=decision,
        situation=situation.label if situation else "",
        basis=str(situation.basis) if situation else "",
        ground=ground,
        reasons=(_opened(decision, "reasons") if reads else _HIDDEN) if decision and decision.reasons else "",
        earlier=max(len(decisions) - 1, 0),
        searches=tuple(matter.searches.all()),
        documents=tuple(Document(each, undecided_pages(each)) for each in matter.documents.all()),
    )


def _opened(record: Matter | Decision, name: str) -> str:
    try:
        return record.unseal(name)
    except CannotOpen:
        return "打不开：密钥不符，或者保存的内容被改动过，请系统管理员核查"

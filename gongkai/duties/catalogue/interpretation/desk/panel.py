"""“解读”一栏 of an item's page: the plan, what is linked and how far it is, what is missing and what to do next."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.access import may
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.agencies.working_days import calendar
from gongkai.duties.catalogue.interpretation import gate
from gongkai.duties.catalogue.interpretation.content import plan_of
from gongkai.duties.catalogue.interpretation.models import InterpretationPlan
from gongkai.duties.catalogue.interpretation.queries import (
    INTERPRETED,
    explained,
    is_public,
    latest_version,
    planned,
    practice_of,
)
from gongkai.duties.catalogue.models import InformationItem, ItemKind, Version
from gongkai.rules.interpretation_2016.plan import interpret_by

Stage = Version.Stage
DECIDED = (*Version.CLOSED, Stage.RELEASING)  # what is on its way was let go already


@dataclass(frozen=True, slots=True)
class Line:
    """一条解读，或者一个所解读的文件."""

    item: InformationItem
    stage: str
    url: str  # "" where this person cannot open it
    is_public: bool
    next_step: str


@dataclass(frozen=True, slots=True)
class Panel:
    """这一栏. ``of_document`` tells the two sides apart."""

    of_document: bool
    facts: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    missing: tuple[str, ...]
    may_write: bool
    may_begin: bool
    empty: str


def panel(version: Version, person: Person) -> Panel | None:
    """None for an item that neither is interpreted nor interprets."""
    drafts = bool(may(person, Power.DRAFT_ITEMS, version.agency, on=timezone.localdate()))
    if version.kind in INTERPRETED:
        return _of_document(version, drafts=drafts)
    if version.kind == ItemKind.INTERPRETATION:
        return _of_interpretation(version, drafts=drafts)
    return None


def _of_document(version: Version, *, drafts: bool) -> Panel:
    plan, is_draft = plan_of(version), version.stage == Stage.DRAFTING
    items = planned(version)
    explaining = InformationItem.objects.filter(versions__interprets__document=version.item)
    later = explaining.exclude(pk__in=[item.pk for item in items])
    exempt = bool(plan and plan.is_exempt)
    return Panel(
        of_document=True,
        facts=tuple(_facts(version, plan)),
        lines=tuple(_line(item, together=True) for item in (*items, *later.distinct().order_by("pk"))),
        missing=() if version.stage in DECIDED else tuple(_missing(version)),
        may_write=drafts and is_draft,
        may_begin=drafts and not exempt and (is_draft or version.stage == Stage.PUBLISHED),
        empty="写明了不解读，理由随文件一并审查。"
        if exempt
        else "还没有解读。点“起草解读”，写好后和文件一起送审、一起发布。",
    )


def _of_interpretation(version: Version, *, drafts: bool) -> Panel:
    return Panel(
        of_document=False,
        facts=(),
        lines=tuple(_line(item, together=False) for item in explained(version)),
        missing=() if version.stage in DECIDED else tuple(_missing(version)),
        may_write=drafts and version.stage == Stage.DRAFTING,
        may_begin=False,
        empty="没有标明所解读的文件。解读本机关文件的，在这里标明，公众侧两边互相链接；解读上级文件的，可以不标。",
    )


def _facts(version: Version, plan: InterpretationPlan | None) -> list[tuple[str, str]]:
    if plan is None:
        return []
    if plan.is_exempt:
        return [("不解读的理由", plan.exempt_because)]
    found = [
        ("解读提纲", plan.outline),
        ("解读形式", plan.worded_forms),
        ("解读渠道", plan.channel),
        ("解读时间", f"{plan.get_timing_display()}{_until(version, plan)}"),
        ("解读责任人", plan.responsible),
    ]
    return [(label, value) for label, value in found if value]


def _until(version: Version, plan: InterpretationPlan) -> str:
    """By when an interpretation that follows is due: the day itself once the document is public."""
    if plan.timing != InterpretationPlan.Timing.FOLLOWING:
        return ""
    days = practice_of(version.agency).within_days
    if version.released_at is None:
        return f"，{days}个工作日以内"
    released_on = timezone.localtime(version.released_at).date()
    return f"，最迟{interpret_by(released_on, calendar(), working_days=days)}"


def _missing(version: Version) -> list[str]:
    asked = (*gate.before_review(version), *gate.before_release(version))
    return [requirement.objection for requirement in asked if not requirement.is_met]


def _line(item: InformationItem, *, together: bool) -> Line:
    version = latest_version(item)
    public = is_public(item)
    url = reverse("catalogue:version", args=[version.public_id]) if version else ""
    stage = "已公开" if public else version.get_stage_display() if version else item.get_state_display()
    if item.state == InformationItem.State.WITHDRAWN:
        stage = item.get_state_display()
    return Line(item, str(stage), url, public, _next_step(version, public=public) if together else "")


def _next_step(version: Version | None, *, public: bool) -> str:
    if public or version is None:
        return ""
    return {
        Stage.DRAFTING: "写好后送审",
        Stage.SIGNED: "随文件一起发布",
        Stage.RELEASING: "正在发布",
        Stage.ABANDONED: "已放弃，请去掉或者另外起草",
    }.get(Stage(version.stage), "审查、签发以后随文件一起发布")

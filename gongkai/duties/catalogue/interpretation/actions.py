"""解读的办理. Plan, begin an interpretation of a document, link the two, set what the office allows: one function a verb."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal, require
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.audit.record import record
from gongkai.duties.catalogue.actions import drafting
from gongkai.duties.catalogue.interpretation.content import PLANNED, plan_of
from gongkai.duties.catalogue.interpretation.models import (
    InterpretationPlan,
    InterpretationPractice,
    Interprets,
)
from gongkai.duties.catalogue.interpretation.queries import INTERPRETED, is_public, latest_version
from gongkai.duties.catalogue.models import Column, InformationItem, ItemKind, Version
from gongkai.rules.interpretation_2016.plan import FOLLOW_BASIS, FOLLOW_WORKING_DAYS, InterpretationForm
from gongkai.rules.site_indicators_2019.update_periods import ColumnClass

_LONGEST = {"outline": 1000, "channel": 100, "responsible": 50, "exempt_because": 300}
_LABELS = {
    name: str(InterpretationPlan._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    for name in PLANNED
}
_SUFFIX = "政策解读"


def seen(plan: InterpretationPlan | None) -> str:
    """What a plan says, as a digest: whoever saves over it must have seen it (an optimistic check)."""
    values = [getattr(plan, name) for name in PLANNED] if plan else []
    return hashlib.sha256(json.dumps(values, ensure_ascii=False).encode()).hexdigest()


def save_plan(version: Version, *, values: Mapping[str, Any], having_seen: str, by: Person) -> Version:
    """填写解读方案, or the reason for none. While the version is a draft only: what is under review stays as it is."""
    with transaction.atomic():
        version = drafting.locked(version, "write", by=by)
        _require_document(version)
        plan = plan_of(version) or InterpretationPlan(agency=version.agency, version=version)
        if having_seen != seen(plan if plan.pk else None):
            raise Refusal("不能保存：别人刚刚改过解读方案。请复制您的改动，刷新后再填写。")
        for name, value in _cleaned(values).items():
            setattr(plan, name, value)
        if plan.is_exempt and plan.pk and plan.interpretations.exists():
            raise Refusal("不能写明不解读：已经起草了解读。请先去掉解读，或者改为填写解读方案。")
        plan.save()
        record(
            "interpretation.plan.saved",
            by=by,
            subject=version,
            reason=plan.exempt_because,
            detail={"exempt": plan.is_exempt, "timing": plan.timing},
        )
    return version


def begin(version: Version, *, by: Person) -> Version:
    """起草解读 of a document: an interpretation of its own, linked to the document and part of its plan."""
    with transaction.atomic():
        _require_document(version)
        column = _column(version)
        if column is None:
            raise Refusal("不能起草解读：文件还没有选栏目，请先编辑文件、选好栏目。")
        longest = 200 - len(_SUFFIX) - 2
        begun = drafting.begin(
            by=by,
            title=f"《{version.title[:longest]}》{_SUFFIX}",
            kind=ItemKind.INTERPRETATION,
            main_column=column,
            section=version.section,
        )
        link(begun, document=version.item, by=by)
    return begun


def link(interpretation: Version, *, document: InformationItem, by: Person) -> Version:
    """标明解读的文件, on both sides: the interpretation says what it explains, the document's plan names it."""
    with transaction.atomic():
        interpretation = drafting.locked(interpretation, "write", by=by)
        if interpretation.kind != ItemKind.INTERPRETATION:
            raise Refusal("不能标明：只有种类为“政策解读”的信息可以标明所解读的文件。请先改正信息种类。")
        if document.agency_id != interpretation.agency_id or document.kind not in INTERPRETED:
            raise Refusal("不能标明：只能选择本机关的政策文件、行政规范性文件。")
        if Interprets.objects.filter(version=interpretation, document=document).exists():
            raise Refusal(f"已经标明解读《{document.title}》，不需要再标。")
        if plan := _open_plan(document, by=by):
            plan.interpretations.add(interpretation.item)
        Interprets.objects.create(version=interpretation, document=document)
        record(
            "interpretation.linked", by=by, subject=interpretation, detail={"document": document.public_id}
        )
    return interpretation


def unlink(interpretation: InformationItem, *, document: InformationItem, by: Person) -> None:
    """去掉解读关系, on both sides. An interpretation that was given up leaves the plan without further ado."""
    with transaction.atomic():
        version = latest_version(interpretation)
        if version is None or not Interprets.objects.filter(version=version, document=document).exists():
            raise Refusal("已经没有这个解读关系，请刷新页面。")
        if version.stage == Version.Stage.ABANDONED:
            drafting.require_drafter(by, version.agency, version.section)
        else:
            drafting.locked(version, "write", by=by)
        if plan := _open_plan(document, by=by):
            plan.interpretations.remove(interpretation)
        Interprets.objects.filter(version=version, document=document).delete()
        record("interpretation.unlinked", by=by, subject=version, detail={"document": document.public_id})


def set_practice(*, may_follow: bool, within_days: int, by: Person) -> InterpretationPractice:
    """设定解读要求. Stricter than the rule if the office likes, never looser."""
    require(by, Power.MANAGE_COLUMNS, by.agency, on=timezone.localdate())
    if not 1 <= within_days <= FOLLOW_WORKING_DAYS:
        raise Refusal(
            f"不能设为{within_days}个工作日：解读最迟在文件公布后{FOLLOW_WORKING_DAYS}个工作日内公布"
            f"（{FOLLOW_BASIS}），可以更短，不能更长。"
        )
    with transaction.atomic():
        practice, _ = InterpretationPractice.objects.update_or_create(
            agency=by.agency, defaults={"may_follow": may_follow, "within_days": within_days}
        )
        detail = {"may_follow": may_follow, "within_days": within_days}
        record("interpretation.practice.set", by=by, subject=practice, detail=detail)
    return practice


def _open_plan(document: InformationItem, *, by: Person) -> InterpretationPlan | None:
    """The plan of the document's draft, made if there is none; None where the document is public and no draft is open."""
    version = latest_version(document)
    if version is None or version.stage in Version.CLOSED:
        if not is_public(document):
            raise Refusal(f"《{document.title}》没有公开，也没有在起草，不能标明解读关系。")
        return None
    if version.stage != Version.Stage.DRAFTING:
        raise Refusal(
            f"不能改动解读关系：《{document.title}》现在是“{version.get_stage_display()}”，"
            "改了以后原来的审查就不算数了。请先把它撤回修改。"
        )
    version = drafting.locked(version, "write", by=by)
    plan = plan_of(version)
    if plan and plan.is_exempt:
        raise Refusal(f"《{document.title}》写明了不解读。请先改为填写解读方案，再起草解读。")
    return plan or InterpretationPlan.objects.create(agency=version.agency, version=version)


def _column(version: Version) -> Column | None:
    """Where an interpretation stands: the office's column of interpretations if there is one, else beside its document."""
    own = Column.objects.filter(
        agency=version.agency, column_class=ColumnClass.INTERPRETATIONS, closed_on__isnull=True
    )
    return own.order_by("position", "pk").first() or version.main_column


def _require_document(version: Version) -> None:
    if version.kind not in INTERPRETED:
        raise Refusal("只有政策文件、行政规范性文件需要解读方案。信息种类选错的，请先编辑改正。")


def _cleaned(values: Mapping[str, Any]) -> dict[str, Any]:
    """Either a plan or an exemption; texts within their lengths."""
    cleaned: dict[str, Any] = {name: str(values.get(name, "")).strip() for name in _LONGEST}
    for name, longest in _LONGEST.items():
        if len(cleaned[name]) > longest:
            raise Refusal(f"“{_LABELS[name]}”最多{longest}字，现在{len(cleaned[name])}字，请缩短。")
    known = {form.value for form in InterpretationForm}
    cleaned["forms"] = [form for form in InterpretationForm if form in set(values.get("forms", ())) & known]
    cleaned["timing"] = values.get("timing") or InterpretationPlan.Timing.TOGETHER
    planned = any(cleaned[name] for name in ("outline", "channel", "responsible", "forms"))
    if cleaned["exempt_because"] and planned:
        raise Refusal("解读方案和不解读的理由只能填写一项，请删去另一项。")
    if cleaned["exempt_because"]:
        cleaned["timing"] = InterpretationPlan.Timing.TOGETHER
    if not planned and not cleaned["exempt_because"]:
        raise Refusal("请填写解读方案；不需要解读的，写明理由。")
    return cleaned

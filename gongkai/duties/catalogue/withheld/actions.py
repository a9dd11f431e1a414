"""不公开的信息的办理. Determine that a draft is not disclosed; assess it again; the office's own period."""

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal, require
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.audit.record import record
from gongkai.duties.catalogue.actions import drafting
from gongkai.duties.catalogue.content import hash_of
from gongkai.duties.catalogue.models import Attribute, InformationItem, Version
from gongkai.duties.catalogue.withheld.models import Assessment, AssessmentPractice, Withholding
from gongkai.duties.catalogue.withheld.queries import due_after, is_disclosing
from gongkai.rules.regulations_2019.withholding import REVIEW_BASIS, REVIEW_MONTHS

_LONGEST = 300
Outcome = Assessment.Outcome


def determine(version: Version, *, having_seen: int, by: Person) -> Withholding:
    """确定不公开, by the head of the section and not by the author: the draft is closed and kept, the next assessment is
    set. ``having_seen`` is the count of savings of the text that was read."""
    with transaction.atomic():
        version = _locked(version)
        _require_head(version, by)
        if version.stage != Version.Stage.DRAFTING:
            raise Refusal(f"不能确定不公开：{version}现在是“{version.get_stage_display()}”。")
        if version.edits != having_seen:
            raise Refusal("不能确定不公开：草稿刚刚改过，请刷新后看清再确定。")
        if version.attribute == Attribute.PROACTIVE:
            raise Refusal("这条信息的公开属性是“主动公开”，请送审；不公开的，先在编辑页改属性，写明依据。")
        if not version.attribute_ground:
            raise Refusal("没有写属性依据。不公开的，请先在编辑页写明依据哪一条、什么理由。")
        if version.item.state == InformationItem.State.PUBLISHED:
            raise Refusal("这条信息现在是公开的。不应公开的，请先撤回，再确定。")
        today = timezone.localdate()
        kept, _ = Withholding.objects.update_or_create(
            item=version.item,
            defaults={
                "agency": version.agency,
                "version": version,
                "section": version.section,
                "attribute": version.attribute,
                "ground": version.attribute_ground,
                "content_hash": hash_of(version),
                "determined_on": today,
                "determined_by": by,
                "due_on": due_after(version.agency, today).day,
            },
        )
        version.stage = Version.Stage.ABANDONED
        version.editing_by = version.editing_since = None
        version.save(update_fields=["stage", "editing_by", "editing_since"])
        InformationItem.objects.filter(pk=version.item_id).update(
            attribute=version.attribute, attribute_ground=version.attribute_ground
        )
        record(
            "withheld.item.determined",
            by=by,
            subject=version.item,
            reason=version.attribute_ground,
            detail={"attribute": version.attribute, "hash": kept.content_hash},
        )
    return kept


def assess(withholding: Withholding, *, outcome: str, reason: str, by: Person) -> Assessment:
    """评估审查. Kept, the next day is set; to be disclosed, a draft with the attribute changed is opened, and goes the
    way of every draft: nothing is public by this alone."""
    reason = " ".join("".join(c if c.isprintable() else " " for c in reason).split())
    if not reason:
        raise Refusal("请写明理由：继续不公开的，现在还有什么理由；转为公开的，情况有什么变化。")
    if len(reason) > _LONGEST:
        raise Refusal(f"理由最多{_LONGEST}字，现在{len(reason)}字，请缩短。")
    with transaction.atomic():
        withholding = (
            Withholding.objects.select_for_update(of=("self",))
            .select_related("item__agency", "agency", "section")
            .get(pk=withholding.pk)
        )
        _require_owner(withholding, by)
        if is_disclosing(withholding):
            raise Refusal("已经转为主动公开，新的草稿在“信息发布”里办理。")
        today = timezone.localdate()
        was_due_on, next_on = withholding.due_on, None
        if outcome == Outcome.DISCLOSE:
            _open_draft(withholding, by=by)
        else:
            next_on = withholding.due_on = due_after(withholding.agency, today).day
            withholding.save(update_fields=["due_on"])
        made = Assessment.objects.create(
            agency=withholding.agency,
            withholding=withholding,
            assessed_on=today,
            was_due_on=was_due_on,
            outcome=outcome,
            reason=reason,
            next_on=next_on,
            by=by,
        )
        record(
            f"withheld.assessment.{outcome}",
            by=by,
            subject=withholding.item,
            reason=reason,
            detail={"next_on": next_on.isoformat() if next_on else ""},
        )
    return made


def set_practice(*, by: Person, months: int) -> AssessmentPractice:
    """设定评估周期: as often as is proposed, or more often."""
    require(by, Power.MANAGE_COLUMNS, by.agency, on=timezone.localdate())
    if not 1 <= months <= REVIEW_MONTHS:
        raise Refusal(f"评估周期是1到{REVIEW_MONTHS}个月（{REVIEW_BASIS}），请核对。")
    with transaction.atomic():
        practice, _ = AssessmentPractice.objects.update_or_create(
            agency=by.agency, defaults={"months": months}
        )
        record("withheld.practice.set", by=by, subject=by.agency, detail={"months": months})
    return practice


def _open_draft(withholding: Withholding, *, by: Person) -> Version:
    """新的草稿, as the text was when it was determined, with the attribute changed."""
    version = drafting.revise(withholding.item, by=by)
    values = {
        "attribute": Attribute.PROACTIVE.value,
        "attribute_ground": "",
        "change_note": "定期评估后转为主动公开",
    }
    return drafting.write(version, values=values, edits=version.edits, by=by)


def _locked(version: Version) -> Version:
    return (
        Version.objects.select_for_update(of=("self",))
        .select_related("item", "agency", "section")
        .get(pk=version.pk)
    )


def _require_head(version: Version, by: Person) -> None:
    require(by, Power.REVIEW_SECTION, version.agency, on=timezone.localdate())
    if by.section_id and by.section_id != version.section_id:
        raise Refusal(f"不能确定：这是{version.section}起草的信息，由{version.section}的负责人确定。")
    if by.pk == version.author_id:
        raise Refusal("不能确定：起草人不能确定自己起草的信息不公开。请由科室其他负责人办理。")


def _require_owner(withholding: Withholding, by: Person) -> None:
    require(by, Power.DRAFT_ITEMS, withholding.agency, on=timezone.localdate())
    if by.section_id and withholding.section_id and by.section_id != withholding.section_id:
        raise Refusal(f"不能评估：这是{withholding.section}的信息，由{withholding.section}评估。")

"""公开职责和栏目更新的办理. Hand down a duty, take it back, change a column, record a notice: one function a verb."""

from collections.abc import Mapping
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal, require
from gongkai.agencies.models import Person, Section
from gongkai.agencies.powers import Power
from gongkai.audit.record import record
from gongkai.duties.catalogue.models import Column, InformationItem
from gongkai.duties.catalogue.statutory import duties
from gongkai.duties.catalogue.upkeep.models import Assignment, Notice
from gongkai.outbox.actions import enqueue
from gongkai.rules.regulations_2019.proactive import numbered
from gongkai.rules.site_indicators_2019.update_periods import ColumnClass, fault_of_own_period

LONGEST_PERIOD = 366  # 本系统口径: once a year at least, as the report is written once a year
_REASON = 200  # characters
_MEANWHILE = "不能保存：这期间有人改过。请重新打开这一页，看清现在的内容后再办。"


def hand_down(
    duty: str,
    *,
    section: Section,
    owner: Person,
    reviewer: Person,
    period_days: int,
    column: Column | None = None,
    standing: str = "",
    by: Person,
) -> Assignment:
    """落实到科室 and two people, with a period; one that stood before ends. ``standing`` is what the person saw."""
    _require_duty(duty, by=by)
    _require_people(section, owner, reviewer, by=by)
    _require_period(period_days, column)
    if column and column.agency_id != by.agency_id:
        raise Refusal("这是其他机关的栏目，不能选。请选本机关的栏目。")
    assignment = Assignment(
        agency=by.agency,
        duty=duty,
        section=section,
        owner=owner,
        reviewer=reviewer,
        period_days=period_days,
        column=column,
        by=by,
    )
    with transaction.atomic():
        _follow(assignment, standing=standing, reason="另行落实")
        record("upkeep.duty.handed_down", by=by, subject=assignment, detail={"duty": duty})
    return assignment


def leave_out(duty: str, *, reason: str, standing: str = "", by: Person) -> Assignment:
    """记为不涉及: the agency has no such matters; said with a reason, not left as a gap."""
    _require_duty(duty, by=by)
    assignment = Assignment(agency=by.agency, duty=duty, not_concerned_because=_reasoned(reason), by=by)
    with transaction.atomic():
        _follow(assignment, standing=standing, reason="记为不涉及")
        record(
            "upkeep.duty.left_out", by=by, subject=assignment, reason=reason.strip(), detail={"duty": duty}
        )
    return assignment


def take_back(assignment: Assignment, *, reason: str, by: Person) -> Assignment:
    """收回: the duty is nobody's again, and shows as a gap."""
    require(by, Power.MANAGE_COLUMNS, assignment.agency, on=timezone.localdate())
    reason = _reasoned(reason)
    with transaction.atomic():
        assignment = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
        if assignment.ended_at:
            raise Refusal("不能收回：这一项已经由别人收回或者另行落实。请重新打开公开职责。")
        _end(assignment, reason=reason, by=by)
        record(
            "upkeep.duty.taken_back",
            by=by,
            subject=assignment,
            reason=reason,
            detail={"duty": assignment.duty},
        )
    return assignment


def change_column(
    column: Column,
    *,
    name: str,
    parent: Column | None,
    position: int,
    column_class: str,
    owner_section: Section | None,
    owner: Person | None,
    update_days: int | None,
    closed_on: date | None,
    version: int,
    by: Person,
) -> Column:
    """修改栏目: its class, owner, period and place. What the public sees of it follows by the worker."""
    require(by, Power.MANAGE_COLUMNS, column.agency, on=timezone.localdate())
    values = {
        "name": name.strip(),
        "parent": parent,
        "position": position,
        "column_class": column_class,
        "owner_section": owner_section,
        "owner": owner,
        "update_days": update_days,
        "closed_on": closed_on,
    }
    _require_sound_column(column, values)
    try:
        with transaction.atomic():
            column = Column.objects.select_for_update(of=("self",)).get(pk=column.pk)
            if column.version != version:
                raise Refusal(_MEANWHILE)
            changed = [field for field, value in values.items() if getattr(column, field) != value]
            if not changed:
                raise Refusal("没有改动，没有保存。")
            for field in changed:
                setattr(column, field, values[field])
            column.version += 1
            column.save()
            record("catalogue.column.changed", by=by, subject=column, detail={"fields": changed})
            if _is_public(column):
                enqueue("catalogue.put_column", {"column": column.public_id})
    except IntegrityError:
        raise Refusal(f"不能保存：已有栏目“{values['name']}”，或者关闭日期早于开设日期。请核对。") from None
    return column


def note_notice(*, kind: str, noticed_on: date, title: str, by: Person) -> Notice:
    """登记检查通知. What is published in a burst after it will be shown as such."""
    require(by, Power.MANAGE_COLUMNS, by.agency, on=timezone.localdate())
    if noticed_on > timezone.localdate():
        raise Refusal("通知的日期晚于今天。请填写收到通知的日期。")
    notice = Notice(agency=by.agency, kind=kind, noticed_on=noticed_on, title=title.strip(), by=by)
    if not notice.title:
        raise Refusal("请填写通知的标题或者文号。")
    try:
        with transaction.atomic():
            notice.save(force_insert=True)
            record("upkeep.notice.noted", by=by, subject=notice)
    except IntegrityError:
        raise Refusal("这一天的这个通知已经登记过，不用再登记。") from None
    return notice


def void_notice(notice: Notice, *, reason: str, by: Person) -> Notice:
    """作废登记错的通知."""
    require(by, Power.MANAGE_COLUMNS, notice.agency, on=timezone.localdate())
    reason = _reasoned(reason)
    with transaction.atomic():
        notice = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
        if notice.voided_at:
            raise Refusal("不能作废：这个通知已经作废。")
        notice.voided_at, notice.void_reason = timezone.now(), reason
        notice.save(update_fields=["voided_at", "void_reason"])
        record("upkeep.notice.voided", by=by, subject=notice, reason=reason)
    return notice


def _follow(assignment: Assignment, *, standing: str, reason: str) -> None:
    """Put the assignment in the place of the one the person saw; of two people who save at once, one is refused."""
    before = Assignment.objects.select_for_update(of=("self",)).filter(
        agency=assignment.agency, duty=assignment.duty, ended_at__isnull=True
    )
    found = before.first()
    if (found.public_id if found else "") != standing:
        raise Refusal(_MEANWHILE)
    if found:
        _end(found, reason=reason, by=assignment.by)
    try:
        with transaction.atomic():
            assignment.save(force_insert=True)
    except IntegrityError:
        raise Refusal(_MEANWHILE) from None


def _end(assignment: Assignment, *, reason: str, by: Person) -> None:
    assignment.ended_at, assignment.ended_by, assignment.end_reason = timezone.now(), by, reason
    assignment.save(update_fields=["ended_at", "ended_by", "end_reason"])


def _require_duty(duty: str, *, by: Person) -> None:
    require(by, Power.MANAGE_COLUMNS, by.agency, on=timezone.localdate())
    if duty not in {each.key for each in duties(by.agency)}:
        named = next((numbered(each) for each in duties(by.agency) if each.key == duty), "这一项")
        raise Refusal(f"不能落实：{named}不是本机关的法定公开内容（条例第二十条、第二十一条）。")


def _require_people(section: Section, owner: Person, reviewer: Person, *, by: Person) -> None:
    if any(each.agency_id != by.agency_id for each in (section, owner, reviewer)):
        raise Refusal("不能落实到其他机关的科室和人员。请选本机关的。")
    for person in (owner, reviewer):
        if not person.is_active or person.administrator:
            raise Refusal(f"不能落实到{person.name}：账号已停用，或者是管理员。请另选一人。")
    if owner.section_id != section.pk:
        raise Refusal(f"不能落实：{owner.name}不是{section.name}的人。责任人应当在责任科室。")
    if owner.pk == reviewer.pk:
        raise Refusal("责任人和审核人应当是两个人。请另选审核人。")


def _require_period(days: int, column: Column | None) -> None:
    if not 1 <= days <= LONGEST_PERIOD:
        raise Refusal(f"更新周期应在1至{LONGEST_PERIOD}天之间：每项公开内容每年至少更新或者核对一次。")
    kind = ColumnClass(column.column_class) if column and column.column_class else None
    if fault := fault_of_own_period(kind, days):
        raise Refusal(f"不能用这个周期：{fault}。请改短。")


def _require_sound_column(column: Column, values: Mapping[str, object]) -> None:
    if not values["name"]:
        raise Refusal("请填写栏目名称。")
    parent, owner, section = values["parent"], values["owner"], values["owner_section"]
    agencies = {each.agency_id for each in (parent, owner, section) if each}  # type: ignore[attr-defined]
    if agencies - {column.agency_id}:
        raise Refusal("不能选其他机关的栏目、科室和人员。请选本机关的。")
    above = parent
    while isinstance(above, Column):
        if above.pk == column.pk:
            raise Refusal(f"不能把“{column.name}”放在它自己下面。请另选上级栏目。")
        above = above.parent
    if isinstance(owner, Person) and (not owner.is_active or owner.administrator):
        raise Refusal(f"责任人不能是{owner.name}：账号已停用，或者是管理员。请另选一人。")
    if isinstance(owner, Person) and isinstance(section, Section) and owner.section_id != section.pk:
        raise Refusal(f"{owner.name}不是{section.name}的人。责任人应当在责任科室。")
    if values["update_days"] is not None:
        _require_column_period(values["update_days"], str(values["column_class"]))


def _require_column_period(days: object, column_class: str) -> None:
    assert isinstance(days, int)  # noqa: S101 — the form's and the model's kind
    if not 1 <= days <= LONGEST_PERIOD:
        raise Refusal(f"更新周期应在1至{LONGEST_PERIOD}天之间。")
    if fault := fault_of_own_period(ColumnClass(column_class) if column_class else None, days):
        raise Refusal(f"不能用这个周期：{fault}。请改短，或者不填。")


def _is_public(column: Column) -> bool:
    """Whether the public side knows the column: something public stands in it or in one below it."""
    below = [column.pk]
    parents = list(Column.objects.filter(agency=column.agency_id).values_list("pk", "parent"))
    for pk in below:
        below.extend(child for child, parent in parents if parent == pk)
    live = InformationItem.objects.filter(live=True, agency=column.agency_id)
    return live.filter(main_column__in=below).exists() or live.filter(other_columns__in=below).exists()


def _reasoned(reason: str) -> str:
    reason = " ".join(reason.split())
    if not reason:
        raise Refusal("请写明理由：公开职责和通知的变动都要留下理由。")
    if len(reason) > _REASON:
        raise Refusal(f"理由最多{_REASON}字，请写得简短一些。")
    return reason

"""科室、岗位、任职、授权的办理. Who may do what, and from when to when."""

from collections.abc import Collection
from datetime import date
from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal, may, require
from gongkai.agencies.models import Delegation, Person, Post, PostPower, Section, Tenure
from gongkai.agencies.powers import Power, held_by_post
from gongkai.audit.record import record

Owned = TypeVar("Owned", Section, Post, Section | None, Post | None)


@transaction.atomic
def save_section(section: Section | None, *, name: str, duties: str, position: int, by: Person) -> Section:
    """新增或修改科室."""
    _require(by)
    section = _own(section, by) or Section(agency=by.agency)
    if Section.objects.filter(agency=by.agency, name=name).exclude(pk=section.pk).exists():
        raise Refusal(f"已经有“{name}”，请另取一个名称。")
    section.name, section.duties, section.position = name, duties, position
    section.save()
    record("section.saved", by=by, subject=section)
    return section


@transaction.atomic
def save_post(
    post: Post | None, *, name: str, section: Section | None, powers: Collection[Power], by: Person
) -> Post:
    """新增或修改岗位. The powers given are all it has afterwards; holders feel it at their next request."""
    _require(by)
    post = _own(post, by) or Post(agency=by.agency)
    section = _own(section, by)
    if Post.objects.filter(agency=by.agency, name=name).exclude(pk=post.pk).exists():
        raise Refusal(f"已经有“{name}”岗位，请另取一个名称。")
    if not set(powers) <= set(held_by_post()):
        raise Refusal("系统管理、安全管理、安全审计只随管理员身份，不能配给岗位。")
    post.name, post.section = name, section
    post.save()
    before = set(post.powers.values_list("power", flat=True))
    wanted = {power.value for power in powers}
    post.powers.filter(power__in=before - wanted).delete()
    PostPower.objects.bulk_create([PostPower(post=post, power=power) for power in sorted(wanted - before)])
    detail = {"given": sorted(wanted - before), "taken": sorted(before - wanted)}
    record("post.saved", by=by, subject=post, detail=detail)
    return post


@transaction.atomic
def appoint(person: Person, *, post: Post, from_on: date, to_on: date | None, by: Person) -> Tenure:
    """任职. An administrator holds no post: who watches the system handles no case (ACL-03)."""
    _require(by)
    if person.agency_id != by.agency_id or post.agency_id != by.agency_id:
        raise Refusal("人员和岗位必须都是本机关的，请重新选择。")
    if person.administrator:
        raise Refusal(f"{person.name}是{person.get_administrator_display()}，不能任办件岗位。请另派人员。")
    if to_on and to_on < from_on:
        raise Refusal("任职的止日早于起日，请改正。")
    tenure = Tenure.objects.create(person=person, post=post, from_on=from_on, to_on=to_on)
    detail = {"post": post.public_id, "from_on": from_on, "to_on": to_on}
    record("tenure.began", by=by, subject=person, detail=detail)
    return tenure


@transaction.atomic
def end_tenure(tenure: Tenure, *, to_on: date, by: Person) -> Tenure:
    """免去任职. The last day is named; what the person did until then stays his."""
    _require(by)
    if tenure.post.agency_id != by.agency_id:
        raise Refusal("这是其他机关的任职，不能办理。")
    if to_on < tenure.from_on:
        raise Refusal("任职的止日早于起日，请改正。")
    tenure.to_on = to_on
    tenure.save(update_fields=["to_on"])
    record(
        "tenure.ended", by=by, subject=tenure.person, detail={"post": tenure.post.public_id, "to_on": to_on}
    )
    return tenure


@transaction.atomic
def delegate(
    power: Power, *, holder: Person, delegate: Person, from_on: date, to_on: date, reason: str, by: Person
) -> Delegation:
    """授权. Only what the holder's own post gives him on the first day; each later day is judged when it comes."""
    _require(by)
    if holder.agency_id != by.agency_id or delegate.agency_id != by.agency_id:
        raise Refusal("授权人和被授权人必须都是本机关的，请重新选择。")
    if holder.pk == delegate.pk:
        raise Refusal("不能授权给自己，请选另一名人员。")
    if delegate.administrator:
        raise Refusal(
            f"{delegate.name}是{delegate.get_administrator_display()}，不能接受办件授权。请另选人员。"
        )
    if to_on < from_on:
        raise Refusal("授权的止日早于起日，请改正。")
    held = may(holder, power, holder.agency, on=from_on)
    if not held or getattr(held, "basis", "") != "岗位职权":
        raise Refusal(f"{holder.name}在{from_on}没有“{power.label}”的岗位职权，不能授权给别人。")
    made = Delegation.objects.create(
        power=power, holder=holder, delegate=delegate, from_on=from_on, to_on=to_on, reason=reason
    )
    detail = {"power": power, "delegate": delegate.public_id, "from_on": from_on, "to_on": to_on}
    record("delegation.made", by=by, subject=holder, reason=reason, detail=detail)
    return made


@transaction.atomic
def end_delegation(delegation: Delegation, *, to_on: date, by: Person) -> Delegation:
    """提前结束授权."""
    _require(by)
    if delegation.holder.agency_id != by.agency_id:
        raise Refusal("这是其他机关的授权，不能办理。")
    if not delegation.from_on <= to_on <= delegation.to_on:
        raise Refusal("结束日必须在授权的起止日之间，请改正。")
    delegation.to_on = to_on
    delegation.save(update_fields=["to_on"])
    record("delegation.ended", by=by, subject=delegation.holder, detail={"to_on": to_on})
    return delegation


def _require(by: Person) -> None:
    require(by, Power.MANAGE_SECURITY, by.agency, on=timezone.localdate())


def _own(found: Owned, by: Person) -> Owned:
    if found and found.agency_id != by.agency_id:
        raise Refusal("这是其他机关的科室或者岗位，不能办理。请选本机关的。")
    return found

"""领导信息的办理. Fill in what stands beside the CV; register that a leader leaves; take down whoever has left."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal, require
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.audit.record import record
from gongkai.duties.catalogue.actions import drafting
from gongkai.duties.catalogue.actions.releasing import call_back
from gongkai.duties.catalogue.content import attachments
from gongkai.duties.catalogue.leaders.content import WRITTEN, since_review
from gongkai.duties.catalogue.leaders.gate import PICTURES
from gongkai.duties.catalogue.leaders.models import LAST, Departure, Placement, Profile
from gongkai.duties.catalogue.leaders.queries import over, shown
from gongkai.duties.catalogue.models import InformationItem, ItemKind, Version
from gongkai.duties.catalogue.sheets import require_sound
from gongkai.outbox.actions import enqueue

_LONGEST = 300
_OVER = "任职期满，自{}起不再公开"


def save_profile(version: Version, *, values: Mapping[str, Any], by: Person) -> Profile:
    """填写任职信息."""
    with transaction.atomic():
        version = drafting.locked(version, "write", by=by)
        if version.kind != ItemKind.LEADER:
            raise Refusal("只有种类为“领导信息”的信息填写任职信息。种类选错的，请先编辑改正。")
        profile = Profile.objects.filter(version=version).first()
        profile = profile or Profile(agency=version.agency, version=version)
        for name in WRITTEN:
            if name in values:
                setattr(profile, name, values[name])
        profile.name = "".join(profile.name.split())
        if profile.in_office_until and profile.in_office_until < profile.in_office_from:
            raise Refusal("“任职至”早于任职日期，请核对。")
        pictures = {file.sha256 for file in attachments(version) if file.media_type in PICTURES}
        if profile.photo and profile.photo not in pictures:
            raise Refusal("没有这张照片，请先上传图片附件，再从中选择。")
        require_sound(profile)
        profile.save()
        if not version.article_20_duty:  # 条例第二十条第二项: 负责人姓名
            version.article_20_duty = "organisation"
            version.save(update_fields=["article_20_duty"])
        record("leaders.profile.saved", by=by, subject=version)
    return profile


def leave(version: Version, *, last_day: date, reason: str, by: Person) -> Departure:
    """登记离任. From the day after the last one the page is shown no more; what was released is kept."""
    require(by, Power.WITHDRAW_ITEMS, version.agency, on=timezone.localdate())
    reason = " ".join("".join(c if c.isprintable() else " " for c in reason).split())
    if not reason:
        raise Refusal("请写明依据，例如任免文件的文号。")
    if len(reason) > _LONGEST:
        raise Refusal(f"“依据”最多{_LONGEST}字，现在{len(reason)}字，请缩短。")
    with transaction.atomic():
        version = (
            Version.objects.select_for_update(of=("self",))
            .select_related("item", "agency")
            .get(pk=version.pk)
        )
        profile = Profile.objects.filter(version=version).first()
        is_listed = version.stage == Version.Stage.PUBLISHED and version.item.live
        if profile is None or version.kind != ItemKind.LEADER or not is_listed:
            raise Refusal("不能登记离任：公众侧没有列出这位领导。请刷新页面。")
        if last_day < profile.in_office_from:
            raise Refusal("“任职至”早于任职日期，请核对。")
        left = Departure.objects.create(
            agency=version.agency, version=version, last_day=last_day, reason=reason, by=by
        )
        record(
            "leaders.departure.registered",
            by=by,
            subject=version.item,
            reason=reason,
            detail={"last_day": last_day.isoformat()},
        )
        if last_day < timezone.localdate():
            call_back(version.item, reason=_OVER.format(timezone.localdate()), by=by)
    return left


def reorder(positions: Mapping[str, int], *, by: Person) -> int:
    """调整排序 of those whom the public side lists, all in one step; ``positions`` by the item. How many moved.

    The order is no part of what was reviewed of a person, so nobody's page is reviewed again for it.
    """
    require(by, Power.MANAGE_COLUMNS, by.agency, on=timezone.localdate())
    with transaction.atomic():
        listed = {
            each.version.item.public_id: each for each in shown(by.agency).select_for_update(of=("self",))
        }
        if not positions.keys() <= listed.keys():
            raise Refusal("名单已经变化，没有保存。请刷新页面，看过现在列出的再调整。")
        if not all(1 <= position <= LAST for position in positions.values()):
            raise Refusal(f"排序填1到{LAST}的整数，小的排在前面。")
        now = since_review(list(listed.values()))
        moved = {
            key: position for key, position in positions.items() if position != now[listed[key].pk].position
        }
        for key, position in moved.items():
            item = listed[key].version.item
            Placement.objects.create(agency=by.agency, item=item, position=position, by=by)
        if moved:
            sequence = record("leaders.order.changed", by=by, subject=by.agency, detail=moved).sequence
            enqueue("portal.order_leaders", {"positions": moved, "version": sequence})
    return len(moved)


def take_down(*, today: date) -> int:
    """撤下任期届满的: everybody whose last day has passed. How many; run again, it finds none."""
    taken = 0
    for profile in over(today):
        with transaction.atomic():
            item = InformationItem.objects.select_for_update(of=("self",)).get(pk=profile.version.item_id)
            if item.live:
                call_back(item, reason=_OVER.format(today), by=None)
                taken += 1
    return taken

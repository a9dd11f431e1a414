"""公开指南的办理. Fill in its elements; enter it in the register when it is public; go over it again."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Agency, Person
from gongkai.audit.record import record
from gongkai.duties.catalogue.actions import drafting
from gongkai.duties.catalogue.guide.content import WRITTEN, copy
from gongkai.duties.catalogue.guide.models import GuideSheet, Recheck
from gongkai.duties.catalogue.guide.queries import current, under_way
from gongkai.duties.catalogue.models import ItemKind, Version
from gongkai.duties.catalogue.sheets import require_sound
from gongkai.outbox.actions import enqueue

_LONGEST = 300


def save_sheet(version: Version, *, values: Mapping[str, Any], by: Person) -> GuideSheet:
    """填写指南要素. What is still missing may be filled in later; the gate asks for all of it."""
    with transaction.atomic():
        version = drafting.locked(version, "write", by=by)
        if version.kind != ItemKind.GUIDE:
            raise Refusal("只有种类为“公开指南”的信息填写指南要素。种类选错的，请先编辑改正。")
        sheet = GuideSheet.objects.filter(version=version).first()
        sheet = sheet or GuideSheet(agency=version.agency, version=version)
        for name in WRITTEN:
            if name in values:
                setattr(sheet, name, values[name])
        if sheet.review_by <= sheet.in_force_from:
            raise Refusal("复核日期应当晚于施行日期，请核对。")
        require_sound(sheet)
        sheet.save()
        record("guide.sheet.saved", by=by, subject=version)
    return sheet


def new_edition(agency: Agency, *, by: Person) -> Version:
    """起草新的一版: an item of its own, beginning with what the edition in force says; that one stays readable."""
    with transaction.atomic():
        sheet = current(agency)
        if sheet is None:
            raise Refusal("还没有公开的指南。请在“信息发布”里起草，种类选“公开指南”。")
        before = sheet.version
        if under_way(agency):
            raise Refusal("不能起草：新的一版已经在办理，请在“公开指南”里点“继续办理新的一版”。")
        if before.main_column is None:
            raise Refusal("现行版没有栏目，不能起草新的一版。")
        version = drafting.begin(
            by=by,
            title=before.title,
            kind=ItemKind.GUIDE,
            main_column=before.main_column,
            section=before.section,
        )
        version = drafting.write(version, values={"body": before.body}, edits=version.edits, by=by)
        copy(before, version)
        GuideSheet.objects.filter(version=version).update(edition="")
    return version


def recheck(agency: Agency, *, outcome: str, reason: str, next_on: date | None = None, by: Person) -> Recheck:
    """复核现行版. Unchanged, its next day is set and shown to the public; otherwise a new version of it is drafted."""
    reason = " ".join("".join(c if c.isprintable() else " " for c in reason).split())
    if not reason:
        raise Refusal("请写明核对了什么，或者哪里需要修改。")
    if len(reason) > _LONGEST:
        raise Refusal(f"“说明”最多{_LONGEST}字，现在{len(reason)}字，请缩短。")
    today = timezone.localdate()
    with transaction.atomic():
        sheet = current(agency)
        if sheet is None:
            raise Refusal("还没有公开的指南，不能复核。请先起草并发布公开指南。")
        item = sheet.version.item
        drafting.require_drafter(by, agency, sheet.version.section)
        unchanged = outcome == Recheck.Outcome.UNCHANGED
        if unchanged and (next_on is None or next_on <= today):
            raise Refusal("请写明下次复核日期，应当晚于今天。")
        if not unchanged:
            new_edition(agency, by=by)
        made = Recheck.objects.create(
            agency=agency,
            item=item,
            outcome=outcome,
            checked_on=today,
            next_on=next_on if unchanged else None,
            reason=reason,
            by=by,
        )
        sequence = record(
            f"guide.recheck.{outcome}",
            by=by,
            subject=item,
            reason=reason,
            detail={"next_on": next_on.isoformat() if unchanged and next_on else ""},
        ).sequence
        if unchanged and next_on:
            enqueue(
                "portal.mark_guide",
                {
                    "key": item.public_id,
                    "version": sequence,
                    "reviewed_on": today.isoformat(),
                    "review_by": next_on.isoformat(),
                },
            )
    return made

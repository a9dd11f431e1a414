"""“任职信息”一栏 of an item's page."""

from dataclasses import dataclass

from django.utils import timezone

from gongkai.agencies.access import may
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.duties.catalogue.leaders import gate
from gongkai.duties.catalogue.leaders.content import profile_of, since
from gongkai.duties.catalogue.models import ItemKind, Version


@dataclass(frozen=True, slots=True)
class Panel:
    facts: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    may_write: bool
    may_end: bool


def panel(version: Version, person: Person) -> Panel | None:
    """None for an item that is no leader's page."""
    if version.kind != ItemKind.LEADER:
        return None
    today = timezone.localdate()
    asked = () if version.stage in Version.CLOSED else tuple(gate.before_review(version))
    shown = version.stage == Version.Stage.PUBLISHED and version.item.live
    return Panel(
        facts=_facts(version),
        missing=tuple(requirement.objection for requirement in asked if not requirement.is_met),
        may_write=version.stage == Version.Stage.DRAFTING
        and bool(may(person, Power.DRAFT_ITEMS, version.agency, on=today)),
        may_end=shown and bool(may(person, Power.WITHDRAW_ITEMS, version.agency, on=today)),
    )


def _facts(version: Version) -> tuple[tuple[str, str], ...]:
    profile = profile_of(version)
    if profile is None:
        return ()
    last = since(profile).last_day
    return (
        ("姓名", profile.name),
        ("职务", profile.post),
        ("分工", profile.work),
        ("排序", str(profile.position)),
        ("任职日期", str(profile.in_office_from)),
        ("任职至", str(last) if last else "没有定"),
        ("照片", "有" if profile.photo else "没有"),
    )

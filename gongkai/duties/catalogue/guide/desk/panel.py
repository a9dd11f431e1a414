"""“指南要素”一栏 of an item's page."""

from dataclasses import dataclass

from django.utils import timezone

from gongkai.agencies.access import may
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.duties.catalogue.guide import gate
from gongkai.duties.catalogue.guide.content import sheet_of
from gongkai.duties.catalogue.models import ItemKind, Version


@dataclass(frozen=True, slots=True)
class Panel:
    facts: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    may_write: bool


def panel(version: Version, person: Person) -> Panel | None:
    """None for an item that is no edition of the guide."""
    if version.kind != ItemKind.GUIDE:
        return None
    asked = () if version.stage in Version.CLOSED else tuple(gate.before_review(version))
    sheet = sheet_of(version)
    return Panel(
        facts=(
            ("版次", sheet.edition or "没有填"),
            ("施行日期", str(sheet.in_force_from)),
            ("复核日期", str(sheet.review_by)),
        )
        if sheet
        else (),
        missing=tuple(requirement.objection for requirement in asked if not requirement.is_met),
        may_write=version.stage == Version.Stage.DRAFTING
        and bool(may(person, Power.DRAFT_ITEMS, version.agency, on=timezone.localdate())),
    )

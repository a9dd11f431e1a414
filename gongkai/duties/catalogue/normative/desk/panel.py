"""“文件要素”一栏 of an item's page: the document's days, what it does to others, what is missing."""

from dataclasses import dataclass

from django.utils import timezone

from gongkai.agencies.access import may
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.duties.catalogue.models import ItemKind, NormativeDocument, Version
from gongkai.duties.catalogue.normative import gate
from gongkai.duties.catalogue.normative.content import intended, sheet_of
from gongkai.duties.catalogue.normative.models import IntendedChange, Sheet


@dataclass(frozen=True, slots=True)
class Panel:
    facts: tuple[tuple[str, str], ...]
    changes: tuple[IntendedChange, ...]
    missing: tuple[str, ...]
    may_write: bool
    record: NormativeDocument | None  # in the library, once it is public


def panel(version: Version, person: Person) -> Panel | None:
    """None for an item that is no normative document."""
    if version.kind != ItemKind.NORMATIVE:
        return None
    asked = () if version.stage in Version.CLOSED else tuple(gate.before_review(version))
    drafts = bool(may(person, Power.DRAFT_ITEMS, version.agency, on=timezone.localdate()))
    return Panel(
        facts=tuple(_facts(sheet_of(version))),
        changes=tuple(intended(version)),
        missing=tuple(requirement.objection for requirement in asked if not requirement.is_met),
        may_write=drafts and version.stage == Version.Stage.DRAFTING,
        record=NormativeDocument.objects.standing().filter(item=version.item).first(),
    )


def _facts(sheet: Sheet | None) -> list[tuple[str, str]]:
    if sheet is None:
        return []
    found = [
        ("种类", str(sheet.get_kind_display())),
        ("施行日期", str(sheet.in_force_from)),
        ("有效期至", str(sheet.lapses_on or "不定有效期")),
        ("另定有效期的理由", sheet.term_reason),
        ("统一登记号", sheet.registered_number),
    ]
    return [(label, value) for label, value in found if value]

"""公开指南的关口. What an edition must say before anybody reviews it, and from which day it may be public."""

from collections.abc import Iterator
from datetime import date

from gongkai.duties.catalogue.guide.content import elements_of, sheet_of
from gongkai.duties.catalogue.guide.models import GuideSheet
from gongkai.duties.catalogue.guide.queries import editions
from gongkai.duties.catalogue.models import ItemKind, Version
from gongkai.duties.catalogue.requirement import Requirement
from gongkai.rules.regulations_2019.guide import GUIDE_BASIS, missing

PLACE = "guide"


def before_review(version: Version) -> Iterator[Requirement]:
    """Every element of article 12, and an edition that no other guide bears."""
    if version.kind == ItemKind.GUIDE:
        yield Requirement("指南要素", _sheet(version, sheet_of(version)), PLACE)


def before_release(version: Version, on: date) -> Iterator[Requirement]:
    """What the column shows is in force."""
    sheet = sheet_of(version)
    if sheet:
        early = on < sheet.in_force_from
        yield Requirement(
            "施行日期",
            f"本版自{sheet.in_force_from}起施行，这一天以前不能公开。请定时在{sheet.in_force_from}发布。"
            if early
            else "",
            PLACE,
        )


def _sheet(version: Version, sheet: GuideSheet | None) -> str:
    if sheet is None:
        return f"还没有填写指南要素（{GUIDE_BASIS}）。"
    if left := missing(elements_of(sheet)):
        labels = "、".join(element.label for element in left)
        return f"没有填写{labels}（{GUIDE_BASIS}）。没有的，写明“无”。"
    if not sheet.edition:
        return "没有填写版次，例如“2026年版”。"
    if other := _same_edition(version, sheet):
        return f"版次“{sheet.edition}”已经用过（{other.version.title}），请改一个。"
    if other := _same_title(version):
        plain = version.title.removesuffix(f"（{other.edition}）")
        return (
            f"标题和已公开的“{other.edition}”一样，公众分不清是哪一版。"
            f"请编辑标题，写明版次，例如“{plain}（{sheet.edition}）”。"
        )
    if (before := _edition_before(version)) and before.edition != sheet.edition:
        return f"已公开的是“{before.edition}”，更正不改版次，请改回。新的一版请在“公开指南”里起草，以前的各版继续可以查阅。"
    return ""


def _edition_before(version: Version) -> GuideSheet | None:
    """The sheet of this item that the public reads now."""
    public = (Version.Stage.PUBLISHED, Version.Stage.SUPERSEDED)
    found = GuideSheet.objects.filter(version__item=version.item_id, version__stage__in=public)
    return found.exclude(version=version).order_by("-version__number").first()


def _same_title(version: Version) -> GuideSheet | None:
    """Another edition that readers find under this title: in lists and search only the title tells them apart."""
    others = editions(version.agency).filter(version__title=version.title)
    return others.exclude(version__item=version.item_id).first()


def _same_edition(version: Version, sheet: GuideSheet) -> GuideSheet | None:
    others = GuideSheet.objects.filter(agency=version.agency_id, edition=sheet.edition)
    others = others.exclude(version__item=version.item_id).exclude(version__stage=Version.Stage.ABANDONED)
    return others.select_related("version").first()

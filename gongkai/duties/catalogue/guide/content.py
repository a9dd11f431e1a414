"""随稿审查的指南要素, and the text that the public reads of an edition."""

from html import escape
from typing import Any

from gongkai.duties.catalogue.guide.models import GuideSheet
from gongkai.duties.catalogue.models import ItemKind, Version
from gongkai.portal.payloads import GuideReference
from gongkai.rules.regulations_2019.guide import ELEMENTS, Element

OF_THE_EDITION = ("edition", "in_force_from", "review_by")
WRITTEN = (*OF_THE_EDITION, *(element.key for element in ELEMENTS))


def sheet_of(version: Version) -> GuideSheet | None:
    if version.kind != ItemKind.GUIDE:
        return None
    return GuideSheet.objects.filter(version=version).first()


def elements_of(sheet: GuideSheet) -> dict[str, str]:
    return {element.key: getattr(sheet, element.key) for element in ELEMENTS}


def manifest(version: Version) -> dict[str, Any]:
    """The sheet of a version; nothing for a version without one."""
    sheet = sheet_of(version)
    if sheet is None:
        return {}
    return {"guide": {name: str(getattr(sheet, name) or "") for name in WRITTEN}}


def copy(before: Version, version: Version) -> None:
    """A further version begins with the sheet of the one before."""
    if sheet := sheet_of(before):
        values = {name: getattr(sheet, name) for name in WRITTEN}
        GuideSheet.objects.create(agency=version.agency, version=version, **values)


def words(version: Version) -> list[tuple[str, str]]:
    """What of it is screened as the text is."""
    sheet = sheet_of(version)
    return [(element.label, getattr(sheet, element.key)) for element in ELEMENTS] if sheet else []


def public_text(version: Version) -> str | None:
    """公众看到的正文: the elements in the order of the article, then what the office adds; None without a sheet."""
    sheet = sheet_of(version)
    if sheet is None:
        return None
    edition = f"{escape(sheet.edition)}，" if sheet.edition else ""  # a draft of the next one has no name yet
    days = f"<p>{edition}自{sheet.in_force_from:%Y-%m-%d}起施行。</p>"  # 复核日期 stands beside the text
    long = "".join(_paragraphs(sheet, element) for element in ELEMENTS if element.is_long)
    rows = "".join(_row(sheet, element) for element in ELEMENTS if not element.is_long)
    return f"{days}{long}<h2>政府信息公开工作机构</h2><table><tbody>{rows}</tbody></table>" + (
        f"<h2>其他事项</h2>{version.body}" if version.body else ""
    )


def reference(version: Version) -> GuideReference | None:
    """What the disclosure column says of the edition."""
    sheet = sheet_of(version)
    if sheet is None:
        return None
    return GuideReference(
        edition=sheet.edition,
        in_force_from=sheet.in_force_from.isoformat(),
        review_by=sheet.review_by.isoformat(),
    )


def _paragraphs(sheet: GuideSheet, element: Element) -> str:
    lines = [line for line in getattr(sheet, element.key).splitlines() if line.strip()]
    return f"<h2>{element.label}</h2>" + "".join(f"<p>{escape(line)}</p>" for line in lines)


def _row(sheet: GuideSheet, element: Element) -> str:
    value = getattr(sheet, element.key)
    return f'<tr><th scope="row">{element.label}</th><td>{escape(value)}</td></tr>' if value else ""

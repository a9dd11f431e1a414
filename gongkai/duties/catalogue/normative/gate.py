"""规范性文件的关口. What a normative document must say of itself before anybody reviews it."""

from collections.abc import Iterator

from gongkai.duties.catalogue.models import ItemKind, Version
from gongkai.duties.catalogue.normative.content import intended, sheet_of
from gongkai.duties.catalogue.normative.models import ENDING, Sheet
from gongkai.duties.catalogue.requirement import Requirement
from gongkai.rules.normative_documents_2018.term import usual_term

PLACE = "normative"


def before_review(version: Version) -> Iterator[Requirement]:
    """Its days, a reason for a term that is not the usual one, and that what it changes can still be changed."""
    if version.kind != ItemKind.NORMATIVE:
        return
    sheet = sheet_of(version)
    yield Requirement("文件要素", _sheet(version, sheet), PLACE)
    if sheet and (ended := _already_ended(version)):
        yield Requirement("修改、废止的文件", ended, PLACE)


def reason_missing(title: str, sheet: Sheet) -> str:
    """Why a term of the office's own choice needs a reason; "" for the usual one or where the reason is given."""
    usual = usual_term(title, sheet.in_force_from)
    if sheet.lapses_on == usual.last_day or sheet.term_reason:
        return ""
    chosen = f"定到{sheet.lapses_on}" if sheet.lapses_on else "没有定有效期"
    return f"有效期{chosen}，与通常的不同（{usual.explanation}）。请写明另定有效期的理由。"


def _sheet(version: Version, sheet: Sheet | None) -> str:
    if sheet is None:
        return "还没有填写施行日期、有效期等文件要素。"
    if version.dated_on and sheet.in_force_from < version.dated_on:
        return "施行日期早于成文日期，请核对。"
    return reason_missing(version.title, sheet)


def _already_ended(version: Version) -> str:
    ended = [
        change.document.title
        for change in intended(version)
        if change.document.changes.filter(kind__in=ENDING).exists()
    ]
    return (
        f"{'、'.join(f'《{title}》' for title in ended)}已经不再施行，请从“修改、废止的文件”中去掉。"
        if ended
        else ""
    )

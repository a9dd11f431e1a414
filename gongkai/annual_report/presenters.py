"""年报怎样显示. Words, marks and addresses for the screens; no rules."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from gongkai.annual_report.cells import cell_key, cell_label
from gongkai.annual_report.checking import Examined, Judged
from gongkai.annual_report.lifecycle import STEPS
from gongkai.annual_report.models import Edition
from gongkai.annual_report.writing import Piece, pieces
from gongkai.registers.figures import Number
from gongkai.report.grid import Grid, grids
from gongkai.report.model import Place, Report
from gongkai.report.render.html import table
from gongkai.rules.annual_report_2021.tables import SECTIONS

_LEVELS = {"E": ("差错", "wrong"), "W": ("警示", "warn"), "I": ("提示", "plain")}


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """一个问题."""

    level: str
    look: str
    rule: str
    where: str
    message: str
    formula: str
    link: str
    fingerprint: str
    explanation: str
    may_explain: bool


@dataclass(frozen=True, slots=True)
class ShownPart:
    """报告的一个部分: its heading, mark, paragraphs in pieces and its table."""

    key: str
    heading: str
    mark: str
    paragraphs: tuple[tuple[Piece, ...], ...]
    table: SafeString | str


def findings(edition: Edition, examined: Examined) -> tuple[ShownFinding, ...]:
    """Errors first, then warnings that nobody has explained, then the rest."""
    order = {"E": 0, "W": 1, "I": 3}
    ranked = sorted(examined.judged, key=lambda each: order[each.finding.level] + bool(each.verdict))
    return tuple(_finding(edition, each) for each in ranked)


def parts(
    edition: Edition, report: Report, values: Mapping[str, Number], examined: Examined | None
) -> tuple[ShownPart, ...]:
    """The six parts. Figures in the text and cells of the tables open the records behind them."""
    by_table: dict[str, Grid] = {grid.table: grid for grid in grids(report)}
    troubled = {_part_of(each.finding.place) for each in examined.open} if examined else set()
    link = _cell_links(edition)
    return tuple(
        ShownPart(
            key=part.key,
            heading=part.heading,
            mark="" if examined is None else "有问题" if part.key in troubled else "已核对",
            paragraphs=tuple(_paragraphs(edition, part.key, values)),
            # Escaped by the report tool's own templates.
            table=mark_safe(table(by_table[part.key], cell_link=link)) if part.key in by_table else "",  # noqa: S308
        )
        for part in SECTIONS
    )


@dataclass(frozen=True, slots=True)
class ShownStep:
    """经过的一步."""

    at: datetime
    label: str
    by: str
    words: str


def history(edition: Edition) -> list[ShownStep]:
    """经过, oldest first."""
    return [
        ShownStep(
            taken.recorded_at, step_label(taken.step), taken.by.name if taken.by else "系统", taken.words
        )
        for taken in edition.steps.select_related("by")
    ]


def step_label(name: str) -> str:
    """What a step is called: those of the table, and the two that begin an edition."""
    begun = {"start": "汇总并起草", "correct": "起草更正"}
    return begun.get(name) or STEPS[name].label


def records_address(edition: Edition, key: str) -> str:
    return reverse("annual_report:records", args=[edition.public_id]) + "?" + urlencode({"figure": key})


def where(place: Place) -> str:
    """位置, in words."""
    if place.table and place.row and place.column:
        return cell_label((place.table, place.row, place.column))
    titles = {part.key: part.title for part in SECTIONS}
    if place.table:
        return titles.get(place.table, "")
    quoted = f"“{place.quote[:30]}”" if place.quote else ""
    return f"{titles.get(place.section, '')}{quoted}"


def _finding(edition: Edition, judged: Judged) -> ShownFinding:
    finding = judged.finding
    level, look = _LEVELS[finding.level]
    place = finding.place
    is_cell = place.table and place.row and place.column
    return ShownFinding(
        level=level,
        look=look,
        rule=finding.rule,
        where=where(place),
        message=finding.message,
        formula=finding.formula,
        link=records_address(edition, cell_key((place.table, place.row, place.column))) if is_cell else "",
        fingerprint=judged.fingerprint,
        explanation=judged.verdict.explanation if judged.verdict else "",
        may_explain=finding.level == "W" and edition.status == Edition.Status.DRAFTING,
    )


def _paragraphs(edition: Edition, part: str, values: Mapping[str, Number]) -> Iterator[tuple[Piece, ...]]:
    for line in edition.narrative.get(part, "").splitlines():
        yield tuple(pieces(line, values))


def _cell_links(edition: Edition) -> Callable[[str, str, str], str]:
    def link(table: str, row: str, column: str) -> str:
        return records_address(edition, cell_key((table, row, column)))

    return link


def _part_of(place: Place) -> str:
    return place.table or place.section

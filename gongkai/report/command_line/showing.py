"""gongkai report show. What was read: the text, and the three tables as a person can compare them with the paper."""

import argparse
import sys
from collections.abc import Iterator, Sequence

from gongkai.command_line import exit_codes
from gongkai.command_line.terminal import padded, width, without_controls
from gongkai.report.command_line.sources import find, read
from gongkai.report.grid import Grid, GridCell, GridRow
from gongkai.report.model import Report
from gongkai.report.places import FORMS, describe
from gongkai.report.read import CannotRead
from gongkai.report.render.parts import layout

_GAP = "  "


def run(chosen: argparse.Namespace) -> int:
    """显示."""
    code = exit_codes.NOTHING_WRONG
    sources = find(chosen.sources)
    for source in sources:
        if len(sources) > 1:
            sys.stdout.write(f"\n==== {without_controls(source.name)}\n")
        try:
            text = "\n".join(lines(read(source)))
        except CannotRead as refusal:
            sys.stderr.write(f"“{source.name}”读不出：{refusal}\n")
            code = exit_codes.CANNOT_READ
        else:
            sys.stdout.write(without_controls(text) + "\n")
    return code


def lines(report: Report) -> Iterator[str]:
    """The report as plain text."""
    whole = layout(report)
    yield whole.title
    known = (
        report.agency or "单位名称不明",
        f"{report.year}年" if report.year else "年份不明",
        FORMS[report.form],
    )
    yield "　".join(known)
    yield from ("", *whole.preamble) if whole.preamble else ()
    for part in whole.parts:
        yield ""
        yield from (part.heading,) if part.heading else ()
        yield from part.paragraphs
        if part.grid:
            yield ""
            yield from table(part.grid)
    if report.unreadable:
        yield ""
        yield f"没有读出的地方（{len(report.unreadable)}）"
        for each in report.unreadable:
            place = describe(each.place, report.form)
            yield f"  · {place}：{each.why}" if place else f"  · {each.why}"


def table(grid: Grid) -> Iterator[str]:
    """A line for each row of figures: its label, then the figures under short heads."""
    yield f"{grid.number}　{grid.caption}"
    if grid.table == "remedies":
        yield from _remedies(grid)
        return
    for body in _blocks(grid):
        yield from _aligned(body)


def _blocks(grid: Grid) -> Iterator[list[tuple[str, list[str]]]]:
    """(label, texts) of the rows that share their heads, the heads first."""
    if grid.head:
        heads = [cell for row in grid.head for cell in row if cell.scope == "col"]
        by_name = {cell.name: cell.text for cell in heads}
        rows = _labelled([row for body in grid.bodies for row in body])
        figures = [cell for cell in grid.bodies[0][0] if cell.key]
        yield [("", [by_name[cell.headers[-1]] for cell in figures]), *rows]
        return
    for body in grid.bodies:
        title, heads_row, *figures_rows = body
        names = [cell.text for cell in heads_row if cell.scope == "col"][1:]
        yield [(title[0].text, names), *_labelled(figures_rows)]


def _labelled(rows: Sequence[GridRow]) -> Iterator[tuple[str, list[str]]]:
    """Each row's own label; the labels over it on lines of their own, once."""
    for row in rows:
        *above, label = (cell for cell in row if cell.is_head)
        for each in above:
            yield _GAP * len(each.headers) + each.text, []
        yield _GAP * len(label.headers) + label.text, [cell.text for cell in row if cell.key]


def _remedies(grid: Grid) -> Iterator[str]:
    names = {cell.name: cell.text for row in grid.head for cell in row}
    groups: dict[str, list[GridCell]] = {}
    for cell in grid.bodies[0][0]:
        groups.setdefault(cell.headers[-2], []).append(cell)
    first = next(iter(groups.values()))
    heads = [names[cell.headers[-1]] for cell in first]
    yield from _aligned(
        [("", heads), *((names[group], [cell.text for cell in cells]) for group, cells in groups.items())]
    )


def _aligned(rows: list[tuple[str, list[str]]]) -> Iterator[str]:
    label = max(width(text) for text, _ in rows)
    count = max(len(texts) for _, texts in rows)
    columns = [max(width(texts[i]) for _, texts in rows if i < len(texts)) for i in range(count)]
    for text, texts in rows:
        figures = (padded(each, columns[i], right=True) for i, each in enumerate(texts))
        yield (_GAP + padded(text, label) + _GAP + _GAP.join(figures)).rstrip()

"""XLSX. The workbook that gongkai writes, or any workbook whose sheets hold the tables of the form."""

import io
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from gongkai.report.read.document import Block, Box, CannotRead, Document, Paragraph, Table
from gongkai.report.read.figures import looks_like_value

TEXT_SHEET = "文字"  # as the workbook's writer names it: a line is an item and its text
_TABLE = "表"
_LINES = frozenset({"题目", "前言", "标题", "正文"})
MOST_SHEETS = 50
MOST_CELLS = 200_000


def read_xlsx(data: bytes) -> Document:
    """The text and the tables in the order of print."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        if len(book.sheet_names) > MOST_SHEETS:
            raise CannotRead(
                f"Excel文件中有{len(book.sheet_names)}张工作表，超过上限{MOST_SHEETS}张，不像一份年度报告，未读取。"
            )
        sheets = {name: _table(book.get_sheet_by_name(name)) for name in book.sheet_names}
    except CalamineError:
        raise CannotRead("Excel文件不完整或者已损坏，无法打开，请重新取得完整的文件。") from None
    return Document(tuple(_blocks(sheets)), "xlsx")


def _blocks(sheets: dict[str, Table]) -> Iterator[Block]:
    """Text first, each table where the text names it, and the sheets it does not name behind."""
    waiting = dict(sheets)
    text = waiting.pop(TEXT_SHEET, None)
    for item, line in _lines(text):
        if item == _TABLE and line in waiting:
            yield _with_last_row(waiting.pop(line))
        elif item in _LINES:
            yield Paragraph(line)
    yield from map(_with_last_row, waiting.values())


def _lines(text: Table | None) -> list[tuple[str, str]]:
    """(item, text) of each line; a line without an item goes on the one above."""
    lines: list[tuple[str, str]] = []
    for row in text.rows if text else ():
        item, line = (*(box.text for box in row), "", "")[:2]
        if not item and lines:
            lines[-1] = (lines[-1][0], lines[-1][1] + line)
        else:
            lines.append((item, line))
    return lines


def _table(sheet: Any) -> Table:
    height, width = sheet.total_height or 0, sheet.total_width or 0
    if height * width > MOST_CELLS:
        raise CannotRead(f"工作表“{sheet.name}”有{height}行{width}列，不像一份年度报告，未读取。")
    spans, covered = _merged(sheet.merged_cell_ranges or ())
    rows = []
    for r, values in enumerate(sheet.to_python(skip_empty_area=False)):
        boxes = []
        for c, value in enumerate(values):
            if (r, c) not in covered:
                rowspan, colspan = spans.get((r, c), (1, 1))
                boxes.append(Box(_text(value), colspan, rowspan, c))
        rows.append(tuple(boxes))
    return Table(tuple(rows))


def _with_last_row(table: Table) -> Table:
    """A workbook keeps no empty last row: a form with nothing filled in ends with its heads."""
    last = table.rows[-1] if table.rows else ()
    if len(last) > 1 and all(box.text and not looks_like_value(box.text) for box in last):
        width = max(box.left + box.colspan for row in table.rows for box in row)
        return Table((*table.rows, tuple(Box("", left=column) for column in range(width))))
    return table


def _merged(
    ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]],
) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """(rows, columns) by upper left corner, and the places they cover."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for (top, left), (bottom, right) in ranges:
        if (bottom - top + 1) * (right - left + 1) > MOST_CELLS:
            raise CannotRead("Excel文件中有过大的合并单元格，未读取。")
        spans[top, left] = (bottom - top + 1, right - left + 1)
        covered |= {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)} - {(top, left)}
    return spans, covered


def _text(value: object) -> str:
    """What the cell shows; a number without the point that a workbook adds."""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        exact = Decimal(repr(value))
        if not exact.is_finite():
            return str(value)
        return format(exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact, "f")
    return str(value)

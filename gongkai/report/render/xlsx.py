"""XLSX. A sheet of text and one for each table, figures as numbers.

What people typed never becomes a formula: every text is stored as text and marked so (FIL-05), also when it begins
with "=". The sheet 文字 names in its first column what a line is; "表" stands where a table comes.
"""

import io
import unicodedata
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.report.grid import Grid, GridCell
from gongkai.report.model import CellState, Report
from gongkai.report.render.parts import layout

TEXT_SHEET = "文字"
TEXT_HEADS = ("项目", "内容")
TITLE, PREAMBLE, HEADING, PARAGRAPH, TABLE = "题目", "前言", "标题", "正文", "表"
_LONGEST = 32_000  # characters in a cell: Excel takes 32,767
_EXACT_DIGITS = 15  # of a number in Excel
_LINE = Side(style="thin", color="000000")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD_FILL = PatternFill("solid", fgColor="F3F5F8")
_FACE = "宋体"


def render(report: Report) -> bytes:
    """The report as XLSX."""
    book = Workbook()
    whole = layout(report)
    for sheet in book.worksheets:
        book.remove(sheet)
    text = book.create_sheet(TEXT_SHEET)
    _write_line(text, TEXT_HEADS)
    _write_line(text, (TITLE, whole.title))
    for paragraph in whole.preamble:
        _write_long(text, PREAMBLE, paragraph)
    for part in whole.parts:
        if part.heading:
            _write_line(text, (HEADING, part.heading))
        for paragraph in part.paragraphs:
            _write_long(text, PARAGRAPH, paragraph)
        if part.grid:
            _write_line(text, (TABLE, part.grid.number))
            _write_grid(book.create_sheet(part.grid.number), part.grid)
    text.column_dimensions["A"].width = 10
    text.column_dimensions["B"].width = 100
    book.properties.title = whole.title
    book.properties.creator = report.agency
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def _write_long(sheet: Worksheet, item: str, text: str) -> None:
    """A paragraph longer than a cell goes on in the next line, which has no item of its own."""
    for start in range(0, len(text), _LONGEST):
        _write_line(sheet, (item if start == 0 else "", text[start : start + _LONGEST]))


def _write_line(sheet: Worksheet, texts: tuple[str, str]) -> None:
    row = sheet.max_row + 1 if sheet["A1"].value is not None else 1
    for column, text in enumerate(texts, start=1):
        cell = sheet.cell(row, column)
        _put_text(cell, text)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font = Font(name=_FACE, bold=texts[0] in (TITLE, HEADING) or row == 1)


def _write_grid(sheet: Worksheet, grid: Grid) -> None:
    for row, column, each in grid.placed():
        cell = sheet.cell(row + 1, column + 1)
        _put_figure(cell, each) if each.key else _put_text(cell, each.text)
        for below in range(row, row + each.rowspan):
            for right in range(column, column + each.colspan):
                sheet.cell(below + 1, right + 1).border = _BORDER
        cell.alignment = Alignment(
            horizontal="left" if each.is_left else "center", vertical="center", wrap_text=True
        )
        cell.font = Font(name=_FACE)
        if each.is_head:
            cell.fill = _HEAD_FILL
        if each.colspan > 1 or each.rowspan > 1:
            sheet.merge_cells(
                start_row=row + 1,
                start_column=column + 1,
                end_row=row + each.rowspan,
                end_column=column + each.colspan,
            )
    for index, width in enumerate(grid.widths, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = max(8, width / 2)
    _set_page(sheet, grid)


def _set_page(sheet: Worksheet, grid: Grid) -> None:
    """One page of A4 when printed, the heads on each."""
    sheet.page_setup.paperSize = "9"
    sheet.page_setup.fitToHeight = 1
    sheet.page_setup.fitToWidth = 1
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.oddHeader = HeaderFooterItem(center=_HeaderFooterPart(f"{grid.number}　{grid.caption}"))
    if grid.head:
        sheet.print_title_rows = f"1:{len(grid.head)}"


def _put_figure(cell: Any, each: GridCell) -> None:
    value = each.cell.value if each.cell and each.state is CellState.NUMBER else None
    if value is None or len(value.as_tuple().digits) > _EXACT_DIGITS:
        _put_text(cell, each.text)
    else:
        cell.value = int(value) if value == value.to_integral_value() else Decimal(each.text)
        cell.number_format = _number_format(value)


def _number_format(value: Decimal) -> str:
    places = -int(value.as_tuple().exponent)
    return "0" if places <= 0 else "0." + "0" * places


def _put_text(cell: Any, text: str) -> None:
    """Text stays text, whatever it begins with."""
    if not text:
        return
    cell.value = text
    cell.data_type = "s"
    if not unicodedata.category(text[0]).startswith(("L", "N")):
        cell.quotePrefix = True

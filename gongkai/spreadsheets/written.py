"""写表格文件. Exports that no spreadsheet takes for formulas (INP-03), and templates with notes and choices."""

import csv
import datetime as dt
import io
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from gongkai.spreadsheets.fields import Field, Kind
from gongkai.spreadsheets.sheet import NOTE_MARK

_RISKY = tuple("=+-@\t\r\n\x00")
_LAST_ROW = 20_000
_LONGEST_LIST = 255  # a spreadsheet's own limit for choices written into a rule
_ILLEGAL = {code: None for code in range(32) if code not in (9, 10, 13)}
_TEXTS = (Kind.TEXT, Kind.WEB_ADDRESS)


def harmless(value: Any) -> Any:
    """不会被当作公式的值. Text that begins like a formula, also in full width, gets an apostrophe in front."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if not isinstance(value, str):
        return value
    text = value.translate(_ILLEGAL)
    start = unicodedata.normalize("NFKC", text.lstrip(" \u3000\ufeff\u200b"))[:1]
    risky = value[:1] in _RISKY or start in _RISKY
    return f"'{text}" if text and risky else text


def as_xlsx(title: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """导出为xlsx: numbers and dates stay numbers and dates, all text stays text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    bold = []
    for heading in headings:
        cell = WriteOnlyCell(sheet, harmless(heading))
        cell.font = Font(bold=True)
        bold.append(cell)
    sheet.append(bold)
    for row in rows:
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, _spreadsheet_value(value))
            if isinstance(value, str):
                cell.data_type = "s"
                cell.number_format = "@"
            cells.append(cell)
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_csv(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """导出为csv, with a mark at its start so that Excel and WPS see UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([harmless(heading) for heading in headings])
    writer.writerows([_csv_value(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def template(title: str, fields: Sequence[Field]) -> bytes:
    """导入模板: headings, one row of notes, choices to pick from, dates and text as such."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 — a new workbook has a sheet
    sheet.title = title[:31]
    lists = book.create_sheet("可选项")
    lists.sheet_state = "hidden"
    for number, field in enumerate(fields, 1):
        letter = get_column_letter(number)
        head = sheet.cell(1, number, _heading(field))
        head.font = Font(bold=True)
        if field.required:
            head.fill = PatternFill("solid", fgColor="FFF2CC")
        note = sheet.cell(2, number, _note(field, first=number == 1))
        note.alignment = Alignment(wrap_text=True, vertical="top")
        note.font = Font(color="666666")
        sheet.column_dimensions[letter].width = 18
        _format(sheet, letter, field)
        if field.choices:
            sheet.add_data_validation(_choices_rule(lists, number, letter, list(field.choices)))
    sheet.freeze_panes = "A3"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _heading(field: Field) -> str:
    unit = "（元）" if field.kind is Kind.YUAN else ""
    return f"{field.label}{unit}" + ("*" if field.required else "")


def _note(field: Field, *, first: bool) -> str:
    said = [field.note] if field.note else []
    if field.required:
        said.append("必填")
    if field.kind is Kind.DATE:
        said.append("如2023-03-02")
    if field.kind is Kind.FLAG:
        said.append("是或者否")
    if field.longest and field.kind in _TEXTS:
        said.append(f"最多{field.longest}字")
    text = "；".join(said) or "选填"
    return f"{NOTE_MARK}：{text}" if first else text


def _format(sheet: Any, letter: str, field: Field) -> None:
    if field.kind in _TEXTS:
        for row in range(3, 103):
            sheet[f"{letter}{row}"].number_format = "@"
    if field.kind is Kind.DATE:
        for row in range(3, 103):
            sheet[f"{letter}{row}"].number_format = "yyyy-mm-dd"


def _choices_rule(lists: Any, number: int, letter: str, choices: list[str]) -> DataValidation:
    quoted = ",".join(choices)
    if len(quoted) <= _LONGEST_LIST and not any("," in choice for choice in choices):
        formula = f'"{quoted}"'
    else:
        for row, choice in enumerate(choices, 1):
            lists.cell(row, number, choice)
        formula = f"可选项!${letter}$1:${letter}${len(choices)}"
    rule = DataValidation("list", formula1=formula, allow_blank=True)
    rule.error, rule.errorTitle = "请从列表中选择", "没有这一项"
    rule.add(f"{letter}3:{letter}{_LAST_ROW}")
    return rule


def _spreadsheet_value(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=None)
    return harmless(value)


def _csv_value(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, dt.date | Decimal):
        return str(value)
    return harmless(value)

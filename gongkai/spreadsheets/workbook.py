"""读表格文件. XLSX, XLS, ET, ODS and CSV into rows of cells, within limits (FIL-01 to FIL-04)."""

import csv
import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from gongkai.report.read.archive import require_safe
from gongkai.report.read.document import CannotRead
from gongkai.report.read.encoding import decoded

LARGEST = 20 * 1024 * 1024
MOST_ROWS = 50_000
MOST_COLUMNS = 200
SPREADSHEETS = frozenset({".xlsx", ".xls", ".et", ".ods", ".xlsm"})
TEXTS = frozenset({".csv", ".txt"})
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_ERROR_CELL = re.compile(rb'<c r="([A-Z]+[0-9]+)"[^<>]*? t="e"')
# A formula whose result was never stored: made by a program that does not calculate. An empty text (t="str") is a result.
_UNCOUNTED_CELL = re.compile(
    rb'<c r="([A-Z]+[0-9]+)"(?![^<>]* t="str")[^<>]*>\s*<f[^<>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class CannotImport(ValueError):
    """不能导入这个文件; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Grid:
    """一张表. Row ``n`` of the list is row ``n + 1`` of the sheet as the person sees it."""

    rows: list[list[Any]]
    notes: tuple[str, ...] = ()


def parse(name: str, data: bytes) -> Grid:
    """文件的第一张有内容的表, read in this very process: ``child.read_grid`` is the way in. Raises CannotImport."""
    if not data:
        raise CannotImport("文件是空的，请选择有内容的表格。")
    if len(data) > LARGEST:
        raise CannotImport(f"文件超过{LARGEST // 1024 // 1024}MB，请分成几个文件导入。")
    ending = PurePath(name).suffix.lower()
    if ending in TEXTS:
        return _limited(_text_rows(data))
    if ending not in SPREADSHEETS:
        raise CannotImport("只能导入xlsx、xls、et、ods或者csv文件，请另存为其中一种。")
    if not data.startswith((_ZIP, _OLE)):
        raise CannotImport("文件内容不是电子表格，可能只改了扩展名，请用WPS或者Excel另存一次。")
    try:
        if data.startswith(_ZIP):
            _require_no_broken_formula(data, require_safe(data))
        return _sheet(data)
    except CannotImport:
        raise
    except CannotRead as error:
        raise CannotImport(str(error)) from None
    except PasswordError:
        raise CannotImport("表格已加密，请取消密码后重新导入。") from None
    except (
        CalamineError,
        OSError,
        EOFError,
        ValueError,
        IndexError,
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
    ):
        raise CannotImport("表格不完整或者已经损坏，请用WPS或者Excel打开后另存一次。") from None


def _require_no_broken_formula(data: bytes, names: tuple[str, ...]) -> None:
    """Calamine reads a cell in error or never calculated as empty; an amount that vanishes so must not go unnoticed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in filter(_SHEET.fullmatch, names):
            sheet = archive.read(name)
            if uncounted := _UNCOUNTED_CELL.search(sheet):
                cell = uncounted.group(1).decode()
                raise CannotImport(
                    f"单元格{cell}是公式，没有保存计算结果，没有读取这个文件。请用WPS或者Excel打开后保存一次再导入。"
                )
            broken = _ERROR_CELL.search(sheet)
            if broken:
                cell = broken.group(1).decode()
                raise CannotImport(f"单元格{cell}的公式有错，没有读取这个文件。请在表格中改正后重新保存。")


def _sheet(data: bytes) -> Grid:
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
        names = [
            sheet.name for sheet in workbook.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible
        ]
        used: str | None = None
        rows: list[list[Any]] = []
        others: list[str] = []
        for name in names:
            if used is not None:
                others.append(name)
                continue
            found = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=MOST_ROWS + 1)
            if any(cell not in ("", None) for row in found for cell in row):
                used, rows = name, found
    if used is None:
        raise CannotImport("表格里没有内容，请选择有内容的表格。")
    notes = (f"只读取工作表“{used}”，其余{len(others)}张没有读取。",) if others else ()
    return _limited(rows, notes)


def _text_rows(data: bytes) -> list[list[Any]]:
    try:
        text = decoded(data)
    except CannotRead as error:
        raise CannotImport(str(error)) from None
    if "\x00" in text:
        raise CannotImport("文件内容不是文字，请用WPS或者Excel另存为csv或者xlsx。")
    first = text[: text.find("\n")] if "\n" in text else text
    separator = "\t" if first.count("\t") > first.count(",") else ","
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        raise CannotImport("csv文件有一格过长或者引号不成对，请核对后重新导入。") from None


def _limited(rows: list[list[Any]], notes: tuple[str, ...] = ()) -> Grid:
    if len(rows) > MOST_ROWS:
        raise CannotImport(f"表格超过{MOST_ROWS}行，请分成几个文件导入。")
    if rows and max(map(len, rows)) > MOST_COLUMNS:
        raise CannotImport(f"表格超过{MOST_COLUMNS}栏，请删去无关的栏后重新导入。")
    return Grid(rows, notes)

"""Excel文件. Figures are numbers, text is never a formula."""

import io
from dataclasses import replace
from decimal import Decimal
from zipfile import ZipFile

from openpyxl import load_workbook

from gongkai.report.model import Cell
from gongkai.report.render import Format, render
from tests.report.samples import report_2021, with_cells


def test_a_sheet_of_text_and_one_for_each_table() -> None:
    book = load_workbook(io.BytesIO(render(report_2021(), to=Format.XLSX)))

    assert book.sheetnames == ["文字", "表二", "表三", "表四"]


def test_figures_are_numbers() -> None:
    book = load_workbook(io.BytesIO(render(report_2021(), to=Format.XLSX)))

    assert book["表三"]["J4"].value == 4
    assert book["表三"]["J4"].data_type == "n"
    assert Decimal(str(book["表二"]["B14"].value)) == Decimal("35.6")


def test_blank_and_mark_are_neither_nought_nor_number() -> None:
    cells = {
        ("applications", "received", "total"): Cell.blank(),
        ("applications", "received", "company"): Cell.mark("-"),
    }
    sheet = load_workbook(io.BytesIO(render(with_cells(report_2021(), cells), to=Format.XLSX)))["表三"]

    assert sheet["J4"].value is None
    assert (sheet["E4"].value, sheet["E4"].data_type) == ("-", "s")


def test_what_people_wrote_never_becomes_a_formula() -> None:
    """FIL-05."""
    written = ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0"]
    sections = {**report_2021().sections, "other": "\n".join(written)}
    mark = {("applications", "received", "company"): Cell.mark("=2+3")}

    data = render(replace(with_cells(report_2021(), mark), sections=sections), to=Format.XLSX)

    with ZipFile(io.BytesIO(data)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
    assert not any(b"<f>" in sheet for sheet in sheets)
    book = load_workbook(io.BytesIO(data))
    lines = {row[1].value: row[1] for row in book["文字"].iter_rows()}
    assert all(lines[text].data_type == "s" and lines[text].quotePrefix for text in written)
    assert book["表三"]["E4"].data_type == "s"

"""写表格. What leaves as a spreadsheet opens as text, and a template reads back empty."""

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from gongkai.duties.administrative_acts.registers import LICENCES
from gongkai.duties.applications.registers import APPLICATIONS
from gongkai.spreadsheets.child import read_grid
from gongkai.spreadsheets.sheet import read_sheet
from gongkai.spreadsheets.workbook import CannotImport
from gongkai.spreadsheets.written import as_csv, as_xlsx, harmless, template

RISKY = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\x00=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠A",
    " =1",
    "\u3000=cmd",
]


@pytest.mark.parametrize("value", RISKY)
def test_inp_03_text_that_begins_like_a_formula_is_written_as_text(value):
    sheet = load_workbook(io.BytesIO(as_xlsx("台账", ["内容"], [[value]]))).active
    lines = list(csv.reader(io.StringIO(as_csv(["内容"], [[value]]).decode("utf-8-sig"), newline="")))

    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].value.startswith("'")
    assert lines[1][0].startswith("'")


def test_ordinary_values_are_written_as_they_are():
    values = ["示许〔2023〕1号", date(2023, 3, 2), Decimal("12.50"), 3, None]
    sheet = load_workbook(io.BytesIO(as_xlsx("台账", list("甲乙丙丁戊"), [values]))).active

    assert next(cell.value for cell in sheet[2]) == "示许〔2023〕1号"
    assert sheet["B2"].value.date() == date(2023, 3, 2)
    assert (sheet["C2"].value, sheet["D2"].value) == (12.5, 3)


def test_inp_03_a_number_of_eighteen_digits_stays_text():
    sheet = load_workbook(io.BytesIO(as_xlsx("台账", ["代码"], [["110101199003070001"]]))).active

    assert (sheet["A2"].value, sheet["A2"].data_type) == ("110101199003070001", "s")


def test_flags_are_written_in_chinese():
    assert [harmless(value) for value in (True, False)] == ["是", "否"]


@pytest.mark.parametrize("register", [LICENCES, APPLICATIONS], ids=lambda register: register.key)
def test_a_template_reads_back_as_an_empty_sheet_of_its_register(register):
    grid = read_grid("模板.xlsx", template(register.title, register.fields))

    sheet = read_sheet(grid, register.fields, today=date(2026, 1, 1))

    assert (sheet.rows, sheet.problems) == ((), ())


def test_fil_03_a_workbook_that_unpacks_too_far_is_refused():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (30 * 1024 * 1024))

    with pytest.raises(CannotImport, match="压缩"):
        read_grid("台账.xlsx", bomb.getvalue())


def test_fil_02_a_file_over_the_limit_is_refused():
    with pytest.raises(CannotImport, match="超过20MB"):
        read_grid("台账.csv", b"x" * (20 * 1024 * 1024 + 1))

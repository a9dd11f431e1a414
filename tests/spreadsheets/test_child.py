"""FIL-09: a table of somebody else's is opened in a process of its own, and only cells come back."""

import io
from datetime import date, datetime, time

import pytest
from openpyxl import Workbook

from gongkai.spreadsheets import child, workbook
from gongkai.spreadsheets.child import read_grid
from gongkai.spreadsheets.workbook import CannotImport


def xlsx(*rows) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_every_kind_of_cell_comes_back_as_it_was():
    data = xlsx(
        ["编号", "日期", "时间"],
        [1, date(2023, 3, 2), datetime(2023, 3, 2, 9, 30)],  # noqa: DTZ001 - a sheet knows no zone
        [1.5, time(8, 0), None],
        [True, "〔2023〕1号", ""],
    )

    assert read_grid("台账.xlsx", data) == workbook.parse("台账.xlsx", data)


def test_a_refusal_of_the_child_is_told_in_its_own_words():
    with pytest.raises(CannotImport, match="文件内容不是电子表格"):
        read_grid("台账.xlsx", b"not a workbook")


def test_a_child_that_dies_is_a_sentence_not_a_crash(monkeypatch):
    monkeypatch.setattr(child.sys, "executable", "/bin/false")

    with pytest.raises(CannotImport, match="没有读取"):
        read_grid("台账.csv", "编号\n1\n".encode())


def test_a_child_that_hangs_is_ended(monkeypatch):
    monkeypatch.setattr(child, "_PATIENCE", 0.001)

    with pytest.raises(CannotImport, match="没有读取"):
        read_grid("台账.csv", "编号\n1\n".encode())


def test_a_strange_name_does_no_harm():
    with pytest.raises(CannotImport):
        read_grid("台账\x00.xlsx", b"x")


@pytest.mark.parametrize(
    "answer",
    [
        '{"rows": [[["a", "list"]]], "notes": []}',
        '{"rows": [[{"unknown": 1}]], "notes": []}',
        '{"rows": [[{"date": "2023-02-30"}]], "notes": []}',
        '{"rows": [[{"date": 5}]], "notes": []}',
        '{"rows": [{"date": "2023-03-02"}], "notes": []}',
        '{"rows": 5, "notes": []}',
        '{"notes": []}',
        "[]",
        "",
    ],
)
def test_fil_09_an_answer_that_is_not_cells_is_a_sentence_not_a_crash(monkeypatch, answer):
    def answered(*args, **kwargs):
        return child.subprocess.CompletedProcess(args, 0, answer.encode(), b"")

    monkeypatch.setattr(child.subprocess, "run", answered)

    with pytest.raises(CannotImport, match="没有读取"):
        read_grid("台账.csv", "编号\n1\n".encode())

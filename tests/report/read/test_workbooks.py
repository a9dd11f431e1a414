"""电子表格. Workbooks of other programs than ours, known by what they hold whatever their name."""

import io
import zipfile
from html import escape

import pytest

from gongkai.report.model import CellState
from gongkai.report.read import CannotRead, parse, read
from gongkai.report.read.kinds import Kind, kind_of
from tests.report.read.printing import ROWS, expanded
from tests.report.samples import report_2021

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
REPORT = report_2021()


def zipped(**parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return buffer.getvalue()


def sheet(name: str, rows: list[list[str]]) -> str:
    lines = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'
            for text in row
        )
        + "</table:table-row>"
        for row in rows
    )
    return f'<table:table table:name="{name}">{lines}</table:table>'


def ods() -> bytes:
    """The three tables as an office of its own fills them in."""
    sheets = "".join(sheet(key, expanded(make(REPORT), repeat=False)) for key, make in ROWS.items())
    spaces = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text")
    )
    content = (
        f"<office:document-content{spaces}><office:body><office:spreadsheet>{sheets}</office:spreadsheet>"
        "</office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS}"/></manifest:manifest>'
    )
    return zipped(mimetype=ODS, content_xml=content, **{"META-INF__manifest_xml": manifest})


def test_an_opendocument_spreadsheet_is_read_like_a_workbook() -> None:
    report = parse(ods())

    for table, row, column, cell in REPORT.cells():
        assert report.cell(table, row, column).state is CellState.NUMBER
        assert report.cell(table, row, column).value == cell.value


def test_an_older_workbook_is_known_by_its_content() -> None:
    """XLS of Excel and ET of WPS are the same kind of file."""
    data = COMPOUND + bytes(504) + "Workbook".encode("utf-16-le") + bytes(1024)

    assert kind_of(data) is Kind.XLSX
    with pytest.raises(CannotRead, match="Excel文件不完整或者已损坏"):
        read(data, name="年报.et")


def test_slides_are_refused_by_name() -> None:
    with pytest.raises(CannotRead, match="文件是PPT演示文稿，不是报告"):
        kind_of(zipped(ppt__presentation_xml="<p/>"))

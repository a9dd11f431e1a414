"""格子里不只是数字. Notes, struck text, pictures and fields: such a cell is "cannot judge", never another figure or a blank."""

import io
import re
import zipfile
from collections.abc import Callable

import pytest
import weasyprint

from gongkai.report.check.engine import check
from gongkai.report.model import CellState, Report
from gongkai.report.read import CannotRead, parse
from gongkai.report.read.figures import read_cell
from tests.report.check.office import sound_report
from tests.report.read.printing import (
    Printed,
    Rows,
    docx_document,
    docx_of,
    expanded,
    html_page,
    html_table,
    one_a_line,
    tabbed,
    text_document,
)
from tests.report.read.test_layouts import wrong_cells

REPORT = sound_report()
IN_HTML = {
    "raised note": "{}<sup>1</sup>",
    "note with link": '{}<sup><a href="#n2">[2]</a></sup>',
    "struck out": "<del>5</del>{}",
    "struck by style": '<span style="text-decoration:line-through">5</span>{}',
    "too small to see": '<span style="font-size:0">9</span>{}',
    "reading aid": "<ruby>{}<rt>1</rt></ruby>",
    "field": '<input value="{}">',
    "choice": "<select><option>1</option><option selected>{}</option></select>",
    "script": "<script>document.write({})</script>",
    "picture": '<img src="{}.png" width="20">',
    "drawing": "<svg><text>{}</text></svg>",
    "style sheet": '<i class="n" data-v="{}"></i>',
}
IN_DOCX = {
    "raised note": "<w:r><w:t>{}</w:t></w:r><w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>1</w:t></w:r>",
    "struck out": "<w:r><w:rPr><w:strike/></w:rPr><w:t>5</w:t></w:r><w:r><w:t>{}</w:t></w:r>",
    "picture": "<w:r><w:drawing/></w:r>",
    "symbol": "<w:r><w:sym w:font='Wingdings' w:char='F0FC'/></w:r>",
}


def table(change: Callable[[str], str]) -> Callable[[Rows], str]:
    """A table in which each figure is changed."""

    def made(rows: Rows) -> str:
        lines = []
        for row in rows:
            cells = [
                f'<td colspan="{c.colspan}" rowspan="{c.rowspan}">{c.text if c.label else change(c.text)}</td>'
                for c in row
            ]
            lines.append(f"<tr>{''.join(cells)}</tr>")
        return f"<table>{''.join(lines)}</table>"

    return made


def read_page(change: Callable[[str], str]) -> Report:
    return parse(html_page(REPORT, table=table(change)).encode())


@pytest.mark.parametrize("cell", IN_HTML.values(), ids=IN_HTML.keys())
def test_a_cell_of_a_page_that_is_not_plain_text_cannot_be_judged(cell: str) -> None:
    report = read_page(cell.format)

    assert {each.state for *_, each in report.cells()} == {CellState.UNREADABLE}
    assert len(list(report.cells())) == 200


@pytest.mark.parametrize("run", IN_DOCX.values(), ids=IN_DOCX.keys())
def test_a_cell_of_a_word_file_that_is_not_plain_text_cannot_be_judged(run: str) -> None:
    body = body_of(docx_document(REPORT))
    changed = re.sub(r"<w:r><w:t>([\d.]+)</w:t></w:r>", lambda found: run.format(found[1]), body)

    report = parse(docx_of(changed))

    assert {each.state for *_, each in report.cells()} == {CellState.UNREADABLE}


def body_of(data: bytes) -> str:
    """What stands in a Word file, to be changed and packed again."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        text = archive.read("word/document.xml").decode()
    found = re.search(r"<w:body>(.*)</w:body>", text, re.DOTALL)
    assert found
    return found[1]


@pytest.mark.parametrize("printed", ["3①", "3²", "①", "3[1]", "3（注1）", "3*", "~~5~~3", "3<sup>1</sup>"])
def test_a_figure_with_the_mark_of_a_note_is_not_another_figure(printed: str) -> None:
    assert read_cell(printed).cell.state is CellState.UNREADABLE


@pytest.mark.parametrize("printed", ["１２３", "1,234", "１，２３４", "3件", "0"])
def test_a_plain_figure_stays_a_figure(printed: str) -> None:
    assert read_cell(printed).cell.state is CellState.NUMBER


STYLE = """@page { size: A4; margin: 20mm } body { font: 10pt "Noto Serif CJK SC" } nav { display: none }
table { border-collapse: collapse; width: 100% } td { border: 0.5pt solid #000; font-size: 8pt }"""


def printed(change: Callable[[str], str], style: str = "") -> bytes:
    """The page as a PDF."""
    page = html_page(REPORT, table=table(change))
    sheets = [weasyprint.CSS(string=STYLE), weasyprint.CSS(string=style)]
    return bytes(weasyprint.HTML(string=page).write_pdf(stylesheets=sheets))


@pytest.mark.parametrize("cell", ["{}<sup>1</sup>", "<del>5</del>{}"], ids=["raised note", "struck out"])
def test_a_cell_of_a_pdf_with_small_or_struck_digits_cannot_be_judged(cell: str) -> None:
    report = parse(printed(cell.format))

    assert {each.state for *_, each in report.cells()} == {CellState.UNREADABLE}


def test_figures_broken_over_lines_and_pages_are_put_together_or_cannot_be_judged() -> None:
    report = parse(printed(lambda text: "<br>".join(text.zfill(3)) if text.isdigit() else text))

    assert wrong_cells(REPORT, report) == []


def test_rows_without_lines_between_shaded_ones_are_not_called_missing() -> None:
    shaded = "td { border: none } tr:nth-child(odd) td { background: #eee }"

    report = parse(printed(str, shaded))

    assert wrong_cells(REPORT, report) == []
    assert check(report).findings == ()


def test_a_report_of_which_no_table_was_read_does_not_pass() -> None:
    result = check(read_page("{}<sup>1</sup>".format))

    assert result.findings == ()
    assert result.unread_tables == ("proactive", "applications", "remedies")
    assert result.is_open
    assert not result.passes


def test_a_picture_that_only_keeps_a_cell_open_leaves_it_blank() -> None:
    report = read_page(lambda text: '<img src="spacer.gif" width="1" height="1">')

    assert {each.state for *_, each in report.cells()} == {CellState.BLANK}


def test_a_page_that_lost_its_merged_cells_is_read_by_the_order_of_its_heads() -> None:
    def unmerged(rows: Rows) -> str:
        return html_table([[Printed(cell.text, label=cell.label) for cell in row] for row in rows])

    report = parse(html_page(REPORT, table=unmerged).encode())

    assert wrong_cells(REPORT, report) == []
    assert all(each.state is CellState.NUMBER for *_, each in report.cells())
    assert check(report).findings == ()


def test_the_empty_row_that_word_ends_a_table_with_does_not_touch_the_figures() -> None:
    def with_end(rows: Rows) -> str:
        columns = max(sum(cell.colspan for cell in row) for row in rows)
        end = f"<tr height=0>{'<td></td>' * columns}</tr></table>"
        return html_table(rows).replace("</table>", end)

    report = parse(html_page(REPORT, table=with_end).encode())

    assert all(each.state is CellState.NUMBER for *_, each in report.cells())


def test_text_with_tabs_inside_a_page_is_read_as_a_table() -> None:
    report = parse(html_page(REPORT, table=lambda rows: f"<pre>{tabbed(rows)}</pre>").encode())

    assert wrong_cells(REPORT, report) == []
    assert all(each.state is CellState.NUMBER for *_, each in report.cells())


def test_a_table_whose_cells_ran_together_is_not_called_missing() -> None:
    def commas(rows: Rows) -> str:
        return "\n".join(",".join(row) for row in expanded(rows, repeat=False))

    result = check(parse(text_document(REPORT, commas).encode()))

    assert result.findings == ()
    assert {"T2-06", "T4-04"} <= {each.rule for each in result.cannot_judge}


def test_a_table_whose_rows_and_columns_changed_places_cannot_be_judged() -> None:
    def turned(rows: Rows) -> str:
        columns = zip(*expanded(rows, repeat=False), strict=True)
        return "\n".join(cell for column in columns for cell in column if cell)

    report = parse(text_document(REPORT, turned).encode())

    assert wrong_cells(REPORT, report) == []
    assert check(report).findings == ()


def test_a_table_in_a_frame_of_another_page_cannot_be_judged() -> None:
    result = check(parse(html_page(REPORT, table=lambda rows: '<iframe src="table.htm"></iframe>').encode()))

    assert {finding.rule for finding in result.findings} == {"F-12"}


def test_two_reports_in_one_file_are_refused() -> None:
    both = text_document(sound_report(2022), one_a_line) + "\n" + text_document(REPORT, one_a_line)

    with pytest.raises(CannotRead, match="两份"):
        parse(both.encode())

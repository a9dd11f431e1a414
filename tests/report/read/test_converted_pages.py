"""网页转成的文字和各种排法的表. What converters and editors make of the three tables; what they lose is never guessed."""

import io
import re
import zipfile
from collections.abc import Callable
from decimal import Decimal

import pytest

from gongkai.report.check.engine import check
from gongkai.report.model import CellState, Report
from gongkai.report.read import parse
from gongkai.report.read.broken_heads import with_heads_joined
from gongkai.rules.annual_report_2021 import tables as form
from tests.report.read.printing import (
    Printed,
    Rows,
    application_rows,
    docx_document,
    docx_of,
    html_page,
    html_table,
    one_a_line,
    pipe_lines,
    remedy_rows,
    text,
    text_document,
)
from tests.report.read.test_layouts import wrong_cells
from tests.report.read.test_variants import page, with_figure
from tests.report.samples import report_2021

REPORT = report_2021()
RESULTS = [Printed(column.label) for column in form.REMEDY_COLUMNS]


def unread(report: Report) -> set[tuple[str, str]]:
    return {
        (table, row)
        for table, row, column, _ in REPORT.cells()
        if report.cell(table, row, column).state in (CellState.UNREADABLE, CellState.ABSENT)
    }


def figures(*groups: str) -> list[Printed]:
    return [
        Printed(text(REPORT, "remedies", group, column.key), label=False)
        for group in groups
        for column in form.REMEDY_COLUMNS
    ]


def with_table(chosen: Callable[[Rows], bool], made: Callable[[Rows], str]) -> Callable[[Rows], str]:
    return lambda rows: made(rows) if chosen(rows) else html_table(rows)


def is_applications(rows: Rows) -> bool:
    return rows == application_rows(REPORT)


def is_remedies(rows: Rows) -> bool:
    return rows == remedy_rows(REPORT)


# 多出来的列 --------------------------------------------------------------------------------


def with_a_column_behind(rows: Rows) -> str:
    """Editors leave an empty cell at the end of each row."""
    return html_table([*rows[:3], *([*row, Printed("", label=False)] for row in rows[3:])])


def test_an_empty_column_behind_the_table_moves_no_figure() -> None:
    whole = html_page(REPORT, table=with_table(is_applications, with_a_column_behind))

    report = parse(whole.encode())

    assert wrong_cells(REPORT, report) == []
    assert unread(report) == set()


def test_an_empty_first_cell_before_an_empty_column_is_not_taken_for_a_label() -> None:
    def without_first_figure(rows: Rows) -> str:
        lines = [*rows[:3], *([*row, Printed("", label=False)] for row in rows[3:])]
        lines[-1] = [Printed("四、结转下年度继续办理", 2), Printed("", label=False), *lines[-1][2:]]
        return html_table(lines)

    report = parse(html_page(REPORT, table=with_table(is_applications, without_first_figure)).encode())

    read = [report.cell("applications", "carried_out", c.key) for c in form.APPLICANT_COLUMNS]
    assert all(cell.state is CellState.UNREADABLE for cell in read)


# 数字的单位 --------------------------------------------------------------------------------


@pytest.mark.parametrize("unit", ["件", "宗", "例", "起", "份", "家", "次", "人次", "件次"])
def test_a_unit_behind_a_figure_does_not_hide_it(unit: str) -> None:
    report = parse(with_figure(page(), "company", f"<td>37{unit}</td>").encode())

    assert report.cell("applications", "received", "company").value == Decimal(37)


def test_an_amount_in_yuan_is_not_taken_for_one_in_ten_thousand_yuan() -> None:
    fee = text(REPORT, "proactive", "charges", "amount_10k_yuan")
    before, _, after = page().partition("行政事业性收费</span>")
    changed = (
        before + "行政事业性收费</span>" + after.replace(f"<span>{fee}</span>", "<span>251000元</span>", 1)
    )

    report = parse(changed.encode())

    assert report.cell("proactive", "charges", "amount_10k_yuan").state is CellState.UNREADABLE
    assert "“251000元”以元为单位，格式的单位是万元" in [each.why for each in report.unreadable]


# 表四的排法 --------------------------------------------------------------------------------


def a_line_for_each_group(rows: Rows) -> Rows:
    return [
        [Printed(""), *RESULTS],
        *([Printed(group.label), *figures(group.key)] for group in form.REMEDY_GROUPS),
    ]


def for_reconsideration(rows: Rows) -> Rows:
    return [[Printed("行政复议", 5)], RESULTS, figures("reconsideration")]


def for_suits(rows: Rows) -> Rows:
    heads = [Printed("未经复议直接起诉", 5), Printed("复议后起诉", 5)]
    return [
        [Printed("行政诉讼", 10)],
        heads,
        RESULTS + RESULTS,
        figures("direct_suit", "suit_after_reconsideration"),
    ]


@pytest.mark.parametrize(
    "made",
    [
        lambda rows: html_table(a_line_for_each_group(rows)),
        lambda rows: html_table(for_reconsideration(rows)) + "<p></p>" + html_table(for_suits(rows)),
    ],
    ids=["a line for each group", "two tables"],
)
def test_remedies_laid_out_otherwise_are_read(made: Callable[[Rows], str]) -> None:
    report = parse(html_page(REPORT, table=with_table(is_remedies, made)).encode())

    assert wrong_cells(REPORT, report) == []
    assert unread(report) == set()


@pytest.mark.parametrize("made", [one_a_line, pipe_lines])
@pytest.mark.parametrize(
    "split",
    [lambda rows: [a_line_for_each_group(rows)], lambda rows: [for_reconsideration(rows), for_suits(rows)]],
    ids=["a line for each group", "two tables"],
)
def test_remedies_laid_out_otherwise_are_read_from_text(
    split: Callable[[Rows], list[Rows]], made: Callable[[Rows], str]
) -> None:
    def tables(rows: Rows) -> str:
        if not is_remedies(rows):
            return made(rows)
        return "\n".join(made([row for row in part if row]) for part in split(rows)).lstrip()

    report = parse(text_document(REPORT, tables).encode())

    assert wrong_cells(REPORT, report) == []
    assert unread(report) == set()


def test_remedies_with_fewer_figures_than_heads_are_refused_and_not_guessed() -> None:
    def one_short(rows: Rows) -> str:
        return html_table([*rows[:-1], rows[-1][:9]])

    report = parse(html_page(REPORT, table=with_table(is_remedies, one_short)).encode())

    assert {row for table, row in unread(report) if table == "remedies"} == {
        group.key for group in form.REMEDY_GROUPS
    }


# 双重分隔符 --------------------------------------------------------------------------------


def doubled(rows: Rows) -> str:
    """A mark before and after each cell; empty cells are left out."""
    return "\n".join(
        "|" + "||".join(cell.text for cell in row if cell.text) + "|"
        for row in rows
        if any(cell.text for cell in row)
    )


def doubled_on_lines(rows: Rows) -> str:
    return "\n".join(f"|\n{cell.text}\n|" for row in rows for cell in row if cell.text)


@pytest.mark.parametrize("made", [doubled, doubled_on_lines])
def test_marks_before_and_behind_each_cell_are_not_empty_cells(made: Callable[[Rows], str]) -> None:
    report = parse(text_document(REPORT, made).encode())

    assert wrong_cells(REPORT, report) == []
    assert unread(report) == set()


@pytest.mark.parametrize("made", [doubled, doubled_on_lines])
def test_a_row_that_has_lost_an_empty_cell_between_doubled_marks_is_not_read(
    made: Callable[[Rows], str],
) -> None:
    def without_one(rows: Rows) -> str:
        if not is_applications(rows):
            return made(rows)
        return made([*rows[:3], [rows[3][0], *rows[3][2:]], *rows[4:]])

    report = parse(text_document(REPORT, without_one).encode())

    assert unread(report) == {("applications", "received")}
    assert wrong_cells(REPORT, report) == []


# 断开的字、重复的字 --------------------------------------------------------------------------


def test_a_head_broken_over_two_lines_still_counts_as_a_column() -> None:
    whole = text_document(REPORT, one_a_line).replace("现行有效件数", "现行\n有效件数")

    report = parse(whole.encode())

    assert wrong_cells(REPORT, report) == []
    assert unread(report) == set()


def test_heads_of_table_four_cut_after_two_characters_are_known_by_their_order() -> None:
    whole = text_document(REPORT, one_a_line)
    for column in form.REMEDY_COLUMNS:
        whole = re.sub(f"(?<=\n){column.label}(?=\n)", column.label[:2], whole)

    report = parse(whole.encode())

    assert wrong_cells(REPORT, report) == []
    assert unread(report) == set()


def test_a_label_printed_twice_is_one_row() -> None:
    whole = text_document(REPORT, one_a_line).replace("（一）予以公开", "（一）予以公开\n（一）予以公开")

    report = parse(whole.encode())

    assert wrong_cells(REPORT, report) == []
    assert unread(report) == set()


def test_a_table_of_remedies_is_found_where_the_text_has_lost_its_heading() -> None:
    whole = text_document(REPORT, one_a_line).replace("四、政府信息公开行政复议、行政诉讼情况\n", "")

    report = parse(whole.encode())

    assert {row for table, row in unread(report) if table == "remedies"} == set()


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("自然人|商业\n企业|科研\n机构|社会公益组织|法律服务\n机构|其他|总计", ""),
        ("自然人\t商业\n企业\t科研\n机构\t社会公益组织\t法律服务机构\t其他\t总计", ""),
        ("自然人|商业|科研|社会公益组织|法律服务机构|其他|总计", "|企业|机构|"),
    ],
)
def test_heads_broken_in_the_middle_of_a_row_are_one_row(above: str, below: str) -> None:
    lines = [line for line in f"{above}\n{below}".split("\n") if line]

    joined = with_heads_joined(lines)

    assert re.split(r"[|\t]", joined[0]) == [column.label for column in form.APPLICANT_COLUMNS]
    assert len(joined) == 1


# 丢了的标题 --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "instead"),
    [
        ("\n二、主动公开政府信息情况\n", "\n二、主动公开政府信息情况"),
        ("\n\n六、其他需要报告的事项\n", "六、其他需要报告的事项\n"),
    ],
    ids=["before a table", "behind prose"],
)
def test_a_title_without_a_line_of_its_own_is_still_a_title(printed: str, instead: str) -> None:
    whole = text_document(REPORT, one_a_line)
    assert printed in whole

    report = parse(whole.replace(printed, instead).encode())

    assert [heading.printed for heading in report.headings] == [h.printed for h in REPORT.headings]
    assert wrong_cells(REPORT, report) == []
    assert unread(report) == set()


def test_titles_that_a_conversion_has_lost_are_not_called_missing() -> None:
    whole = text_document(REPORT, one_a_line)
    for title in ("三、收到和处理政府信息公开申请情况\n", "四、政府信息公开行政复议、行政诉讼情况\n"):
        whole = whole.replace(title, "")

    result = check(parse(whole.encode()))

    assert [finding for finding in result.findings if finding.rule == "F-01"] == []
    whys = [each.why for each in result.cannot_judge if each.rule == "F-01"]
    assert len(whys) == 1
    assert "转成文字时可能丢了标题" in whys[0]


def test_a_title_and_its_table_that_are_both_gone_are_missing() -> None:
    whole = html_page(REPORT, table=html_table)
    start = whole.index("<p><b>四、")
    end = whole.index("<p><b>五、")

    result = check(parse((whole[:start] + whole[end:]).encode()))

    assert [finding.place.section for finding in result.findings if finding.rule == "F-01"] == ["remedies"]


# Word的文本框和修订 -------------------------------------------------------------------------


def in_a_text_box(content: str) -> str:
    """As Word writes it, with the copy for older programs."""
    shape = (
        '<w:drawing><wps:txbx xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"<w:txbxContent>{content}</w:txbxContent></wps:txbx></w:drawing>"
    )
    older = f"<w:pict><w:txbxContent>{content}</w:txbxContent></w:pict>"
    return (
        '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice>{shape}</mc:Choice><mc:Fallback>{older}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


def body_of_docx() -> str:
    with zipfile.ZipFile(io.BytesIO(docx_document(REPORT))) as archive:
        whole = archive.read("word/document.xml").decode()
    return whole[whole.index("<w:body>") + len("<w:body>") : whole.index("</w:body>")]


@pytest.mark.parametrize("pattern", ["(<w:tbl>.*?</w:tbl>)", "^(.*)$"], ids=["each table", "everything"])
def test_what_stands_in_a_text_box_is_read_once(pattern: str) -> None:
    body = re.sub(pattern, lambda found: in_a_text_box(found[1]), body_of_docx(), flags=re.DOTALL)

    report = parse(docx_of(body))

    assert wrong_cells(REPORT, report) == []
    assert unread(report) == set()


def test_a_figure_in_a_text_box_of_a_cell_is_not_read_three_times() -> None:
    figure = "<w:p><w:r><w:t>2</w:t></w:r></w:p>"
    body = body_of_docx().replace(figure, in_a_text_box(figure), 1)
    assert "txbxContent" in body

    report = parse(docx_of(body))

    assert wrong_cells(REPORT, report) == []


def test_a_row_deleted_as_a_tracked_change_is_not_read() -> None:
    body = body_of_docx()
    end = body.index("</w:tr>", body.index("（一）予以公开")) + len("</w:tr>")
    start = body.rindex("<w:tr>", 0, end)
    row = body[start:end]
    deleted = row.replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>").replace(
        "<w:t>0</w:t>", "<w:t>55</w:t>"
    )

    report = parse(docx_of(body[:start] + deleted + row + body[end:]))

    assert wrong_cells(REPORT, report) == []
    assert unread(report) == set()

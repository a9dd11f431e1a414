"""真实报告里的各种写法和差错. What is plain is read whatever its wording; what is doubtful is named and never guessed."""

import re
from collections.abc import Callable
from decimal import Decimal

import opencc
import pytest

from gongkai.report.model import Cell, CellState, Form, NoteKind, Place, Report
from gongkai.report.read import parse
from tests.report.read.printing import html_page, html_table, one_a_line, spaced, text_document
from tests.report.read.test_layouts import wrong_cells
from tests.report.samples import report_2021

REPORT = report_2021()
RECEIVED = "一、本年新收政府信息公开申请数量"
COLUMNS = (
    "natural_person",
    "company",
    "research",
    "social_welfare",
    "legal_service",
    "other_organisation",
    "total",
)
traditional = opencc.OpenCC("s2t").convert


def page() -> str:
    return html_page(REPORT, table=html_table)


def lines() -> str:
    return text_document(REPORT, one_a_line)


def spaces() -> str:
    return text_document(REPORT, spaced)


def on_row(document: str, label: str, change: Callable[[str], str]) -> str:
    """The page with the table row that holds ``label`` changed."""
    place = document.index(label)
    start, end = document.rindex("<tr>", 0, place), document.index("</tr>", place) + len("</tr>")
    return document[:start] + change(document[start:end]) + document[end:]


def with_figure(document: str, column: str, cell: str) -> str:
    """The page with one cell of the first row printed otherwise."""

    def change(row: str) -> str:
        cells = list(re.finditer(r"<td[^>]*>.*?</td>", row))[-len(COLUMNS) :]
        found = cells[COLUMNS.index(column)]
        return row[: found.start()] + cell + row[found.end() :]

    return on_row(document, RECEIVED, change)


def unread(report: Report) -> int:
    return sum(
        report.cell(t, r, c).state in (CellState.UNREADABLE, CellState.ABSENT)
        for t, r, c, _ in REPORT.cells()
    )


def reasons(report: Report) -> list[tuple[Place, str]]:
    return [(each.place, each.why) for each in report.unreadable]


SAME_FIGURES: dict[str, Callable[[], str]] = {
    "traditional text": lambda: traditional(lines()),
    "traditional page": lambda: traditional(page()),
    "社会组织": lambda: page().replace("社会公益组织", "社会组织"),
    "row numbers lost": lambda: re.sub(r">(\d\.|（[一二三四五六七]）)(?=\D)", ">", page()),
    "half-width brackets": lambda: lines().replace("（", "(").replace("）", ")"),
    "half a bracket": lambda: re.sub(r"（([一二三四五六七])）", r"\1）", lines()),
    "quotation marks lost": lambda: page().replace("“三安全一稳定”", "三安全一稳定"),
    "行政执法案卷信息": lambda: page().replace("属于行政执法案卷", "属于行政执法案卷信息"),
    "本年制作件数": lambda: page().replace("本年制发件数", "本年制作件数"),
    "历史累计": lambda: page().replace("现行有效件数", "现行有效件数（历史累计）"),
    "a misprinted label": lambda: page().replace("其他法律行政法规禁止公开", "其他法律行政止公开"),
    "a renamed row in its place": lambda: page().replace("其他法律行政法规禁止公开", "依法不能公开的"),
    "labels broken over lines": lambda: (
        lines().replace("商业企业", "商业\n企业").replace("（三）不予公开", "（三）\n不予公开")
    ),
    "labels broken beside figures": lambda: spaces().replace(
        "没有现成信息需要另行制作", "没有现成信息需\n要另行制作"
    ),
    "spaces in labels": lambda: lines().replace("自然人", "自 然 人").replace("总计", "总 计"),
    "breaks in cells": lambda: (
        page().replace("商业企业", "商业<br>企业").replace("结果维持", "结果<br/>维持")
    ),
    "full-width figures": lambda: page().replace(">0<", ">０<"),
    "page numbers between": lambda: lines().replace("三、收到", "- 2 -\n三、收到"),
    "contents in front": lambda: lines().replace(
        "\n\n一、总体",
        "\n目录\n一、总体情况\n二、主动公开政府信息情况\n六、其他需要报告的事项\n\n一、总体",
        1,
    ),
    "part numbers lost": lambda: re.sub(
        r"[一二三四五六]、(?=总体|主动|收到|政府信息公开行政|存在|其他需要)", "", page()
    ),
    "headings lost": lambda: re.sub(r"<p><b>.*?</b></p>", "", page()),
    "headings lost in text": lambda: re.sub(
        r"\n[一二三四五六]、(总体|主动|收到和|政府信息公开行政|存在|其他需要).*\n", "\n", lines()
    ),
    "all on one line": lambda: re.sub(r"\n+", " ", lines()),
    "a table in two": lambda: on_row(page(), RECEIVED, lambda row: f"{row}</table><p></p><table>"),
    "a row printed twice alike": lambda: on_row(page(), RECEIVED, lambda row: row + row),
    "heads lost": lambda: on_row(page(), "商业企业", lambda _: ""),
}


@pytest.mark.parametrize("variant", SAME_FIGURES)
def test_other_wordings_and_layouts_give_the_same_figures(variant: str) -> None:
    read_back = parse(SAME_FIGURES[variant]().encode())

    assert wrong_cells(REPORT, read_back) == []
    assert unread(read_back) == 0
    assert read_back.form is Form.FORM_2021


def test_the_labels_are_kept_as_printed() -> None:
    read_back = parse(page().replace("其他法律行政法规禁止公开", "其他法律行政止公开").encode())

    printed = {row.row: row.label for row in read_back.printed_rows if row.table == "applications"}
    assert printed["withheld_by_law"] == "2.其他法律行政止公开"
    assert printed["withheld_state_secret"] == "1.属于国家秘密"


@pytest.mark.parametrize(
    ("printed", "cell", "notes"),
    [
        ("12 9", Cell(CellState.NUMBER, Decimal(129), "12 9"), [NoteKind.DIGITS_JOINED]),
        ("12<br>9", Cell(CellState.NUMBER, Decimal(129), "12 9"), [NoteKind.DIGITS_JOINED]),
        ("１２", Cell(CellState.NUMBER, Decimal(12), "１２"), [NoteKind.FULL_WIDTH_DIGITS]),
        ("1,234", Cell(CellState.NUMBER, Decimal(1234), "1,234"), []),
        ("5件", Cell(CellState.NUMBER, Decimal(5), "5件"), []),
        ("-5", Cell(CellState.NUMBER, Decimal(-5), "-5"), []),
        ("1.5", Cell(CellState.NUMBER, Decimal("1.5"), "1.5"), []),
        ("／", Cell.mark("／"), []),
        ("—", Cell.mark("—"), []),
        ("不适用", Cell.mark("不适用"), []),
        ("三", Cell.mark("三"), []),
        ("约5", Cell.mark("约5"), []),
        ("O", Cell.mark("O"), []),
        ("&nbsp;", Cell.blank(), []),
        ("　\u200b", Cell.blank(), []),
    ],
)
def test_a_cell_is_what_is_printed_in_it(printed: str, cell: Cell, notes: list[NoteKind]) -> None:
    read_back = parse(with_figure(page(), "total", f"<td>{printed}</td>").encode())

    assert read_back.cell("applications", "received", "total") == cell
    assert [note.kind for note in read_back.notes] == notes


@pytest.mark.parametrize("printed", ["0 0", "12,9", "5.", "1" * 30])
def test_a_figure_that_may_be_several_is_left_open_with_its_place(printed: str) -> None:
    read_back = parse(with_figure(page(), "total", f"<td>{printed}</td>").encode())

    assert read_back.cell("applications", "received", "total").state is CellState.UNREADABLE
    assert [place for place, _ in reasons(read_back)] == [Place("applications", "received", "total")]


@pytest.mark.parametrize("cell", ["", "<td>0</td><td>0</td>"], ids=["one too few", "one too many"])
def test_a_row_with_a_cell_too_few_or_too_many_is_not_guessed(cell: str) -> None:
    read_back = parse(with_figure(page(), "social_welfare", cell).encode())

    row = read_back.tables["applications"]["received"]
    assert {each.state for each in row.values()} == {CellState.UNREADABLE}
    assert [place for place, _ in reasons(read_back)] == [Place("applications", "received")]
    assert unread(read_back) == 7


def test_a_figure_lost_from_a_line_leaves_its_row_open_and_no_other() -> None:
    whole = lines()
    start = whole.index(RECEIVED) + len(RECEIVED) + 1
    lost = whole[:start] + whole[whole.index("\n", start) + 1 :]

    read_back = parse(lost.encode())

    assert wrong_cells(REPORT, read_back) == []
    assert reasons(read_back) == [
        (Place("applications", "received"), "这一行读到6个数，应为7个，不能确定哪一格对应哪一列")
    ]


def test_a_label_lost_from_a_line_leaves_the_row_above_open() -> None:
    read_back = parse(lines().replace("二、上年结转政府信息公开申请数量\n", "").encode())

    assert wrong_cells(REPORT, read_back) == []
    assert {place.row for place, _ in reasons(read_back)} == {"received"}
    assert "carried_in" not in read_back.tables["applications"]


def test_the_number_of_the_next_label_is_not_taken_for_a_lost_figure() -> None:
    whole = lines()
    row = "2.其他法律行政法规禁止公开"
    before = whole.index(row)
    figures = whole[:before].rstrip("\n").rsplit("\n", 1)[0]
    planted = f"{figures}\n2\n" + whole[before:].replace(row, row[2:], 1)

    read_back = parse(planted.encode())

    assert wrong_cells(REPORT, read_back) == []
    assert Place("applications", "withheld_state_secret") in [place for place, _ in reasons(read_back)]


def test_a_row_printed_twice_with_different_figures_is_not_guessed() -> None:
    twice = on_row(page(), RECEIVED, lambda row: row + row.replace("<span>", "<span>7", 2))

    read_back = parse(twice.encode())

    assert read_back.cell("applications", "received", "natural_person").state is CellState.UNREADABLE


@pytest.mark.parametrize("blank_first", [True, False])
def test_a_row_without_label_beside_an_empty_row_is_not_taken_for_it(blank_first: bool) -> None:
    def lost(row: str) -> str:
        emptied = re.sub(r"<span>\d+</span>", "<span></span>", row)
        unlabelled = row.replace(RECEIVED, "")
        return emptied + unlabelled if blank_first else unlabelled + emptied

    read_back = parse(on_row(page(), RECEIVED, lost).encode())

    assert {cell.state for cell in read_back.tables["applications"]["received"].values()} == {CellState.BLANK}
    assert [why for _, why in reasons(read_back)] == ["有一行数字前面没有标签，不能确定是哪一行"]


def test_columns_are_read_under_the_heads_that_are_printed() -> None:
    swapped = page().replace("商业企业", "#").replace("科研机构", "商业企业").replace("#", "科研机构")

    read_back = parse(swapped.encode())

    for row, cells in REPORT.tables["applications"].items():
        assert read_back.cell("applications", row, "research") == cells["company"]
        assert read_back.cell("applications", row, "company") == cells["research"]
    assert read_back.printed_columns["applications"][1:3] == ("科研机构", "商业企业")


def test_a_single_row_of_other_results_is_read_as_it_stands() -> None:
    without = on_row(on_row(page(), "1.申请人无正当", lambda _: ""), "2.申请人逾期", lambda _: "")
    one = on_row(
        without, "3.其他", lambda _: '<tr><td colspan="2">（六）其他处理</td>' + "<td>5</td>" * 7 + "</tr>"
    )

    read_back = parse(one.encode())

    assert read_back.cell("applications", "other", "total") == Cell.number(5)
    assert "other_remaining" not in read_back.tables["applications"]
    assert read_back.form is Form.FORM_2021


def test_a_row_left_out_is_absent() -> None:
    read_back = parse(on_row(page(), "2.重复申请", lambda _: "").encode())

    assert read_back.cell("applications", "not_processed_repeat", "total").state is CellState.ABSENT
    assert unread(read_back) == 7


def test_a_row_of_another_name_between_others_is_reported_and_not_taken_for_any() -> None:
    added = on_row(page(), RECEIVED, lambda row: row + row.replace(RECEIVED, "另收政府热线来电数量"))

    read_back = parse(added.encode())

    assert wrong_cells(REPORT, read_back) == []
    assert [row.label for row in read_back.printed_rows if not row.row] == ["另收政府热线来电数量"]
    assert [place.quote for place, _ in reasons(read_back)] == ["另收政府热线来电数量"]


def test_what_is_behind_a_cut_is_absent_and_the_cut_is_noted() -> None:
    whole = lines()

    read_back = parse(whole[: whole.index("（五）不予处理")].encode())

    assert wrong_cells(REPORT, read_back) == []
    assert read_back.unreadable == ()
    assert [(note.kind, note.place.section) for note in read_back.notes] == [
        (NoteKind.DOCUMENT_CUT, "applications")
    ]
    assert read_back.cell("applications", "not_processed_repeat", "total").state is CellState.ABSENT


@pytest.mark.parametrize(
    ("instead", "kind"),
    [
        ('<p><img src="table.png"></p>', NoteKind.TABLE_IS_PICTURE),
        ('<div id="table1"></div><script>draw()</script>', NoteKind.TABLE_BY_SCRIPT),
    ],
)
def test_a_picture_or_a_script_instead_of_a_table_is_noted_at_its_place(instead: str, kind: NoteKind) -> None:
    read_back = parse(re.sub(r"<table.*?</table>", instead, page()).encode())

    assert [(note.kind, note.place.table) for note in read_back.notes] == [
        (kind, "proactive"),
        (kind, "applications"),
        (kind, "remedies"),
    ]
    assert read_back.tables == {}
    assert read_back.form is Form.FORM_2021


def test_traditional_characters_are_noted() -> None:
    read_back = parse(traditional(page()).encode())

    assert NoteKind.TRADITIONAL_CHARACTERS in [note.kind for note in read_back.notes]


def test_the_other_reading_of_the_form_is_kept_apart_from_the_prose() -> None:
    read_back = parse(lines().encode())

    for key in ("proactive", "applications", "remedies"):
        assert re.sub(r"\s", "", read_back.sections[key]) == re.sub(r"\s", "", REPORT.sections.get(key, ""))


def test_headings_keep_their_order_and_stray_characters() -> None:
    planted = page().replace("六、其他需要", "l六、其他需要").replace("五、存在", "六、存在")

    read_back = parse(planted.encode())

    assert [(h.section, h.ordinal) for h in read_back.headings][-2:] == [("problems", 6), ("other", 6)]
    assert read_back.headings[-1].printed.startswith("l六、")

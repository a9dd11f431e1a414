"""认出是什么文件. The form, the agency, the year and the parts, or that it is no report at all."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.report_cells import score
from gongkai.report.model import CellState, Form, Heading, NoteKind, Report
from gongkai.report.read import CannotRead, identity, legacy, parse, read
from gongkai.report.read.headings import find_heading
from gongkai.report.render import render
from tests.report.documents import essence
from tests.report.read.printing import docx_document, html_page, html_table, one_a_line, tabbed, text_document
from tests.report.samples import report_2019, report_2021

EMPTY = Report(
    form=Form.BLANK, title="政府信息公开工作年度报告格式模板", headings=report_2021().headings, sections={}
)
NOTICE = """示例省人民政府办公厅关于印发政府信息公开工作年度报告格式的通知

各市、县人民政府，省政府各部门：
现将年度报告格式印发给你们，请认真贯彻执行。
"""
OLD = """示例市人民政府2017年政府信息公开工作年度报告

根据《中华人民共和国政府信息公开条例》，现公布2017年政府信息公开工作年度报告，统计期限自2017年1月1日起至12月31日止。
一、主要工作概述
全年主动公开政府信息3021条，受理依申请公开26件。
二、存在的不足和下一步打算
政策解读有待加强。
"""
SOUP = """红烧豆腐的做法
一、材料
豆腐一块，酱油两勺。
二、做法
先煎后烧。
"""


def blank_form() -> str:
    return text_document(EMPTY, tabbed)


FORMS: dict[str, tuple[Callable[[], str | bytes], Form]] = {
    "2021": (lambda: html_page(report_2021(), table=html_table), Form.FORM_2021),
    "2019 as html": (lambda: render(report_2019(), to="html"), Form.FORM_2019),
    "2019 as docx": (lambda: render(report_2019(), to="docx"), Form.FORM_2019),
    "blank as text": (blank_form, Form.BLANK),
    "blank as docx": (lambda: docx_document(EMPTY), Form.BLANK),
    "blank as html": (lambda: html_page(EMPTY, table=html_table), Form.BLANK),
    "before 2019": (lambda: OLD, Form.FREE),
    "a notice": (lambda: NOTICE, Form.NOT_A_REPORT),
    "a notice with the form": (lambda: NOTICE + blank_form(), Form.NOT_A_REPORT),
    "something else": (lambda: SOUP, Form.NOT_A_REPORT),
}


@pytest.mark.parametrize("name", FORMS)
def test_the_form_is_told_by_the_content(name: str) -> None:
    make, form = FORMS[name]
    made = make()

    assert parse(made if isinstance(made, bytes) else made.encode()).form is form


def test_the_cells_of_a_blank_form_are_blank_and_not_0() -> None:
    report = parse(blank_form().encode())

    states = {cell.state for _, _, _, cell in report.cells()}
    assert states == {CellState.BLANK}
    assert sum(1 for _ in report.cells()) == 200
    assert (report.agency, report.year) == ("", None)


def test_a_report_of_before_the_forms_keeps_its_prose() -> None:
    report = parse(OLD.encode())

    assert (report.agency, report.year) == ("示例市人民政府", 2017)
    assert "全年主动公开政府信息3021条" in report.sections["overview"]
    assert report.tables == {}


def test_a_report_of_before_the_forms_that_was_cut_says_so() -> None:
    report = parse(OLD[: OLD.index("有待加强")].encode())

    assert [note.kind for note in report.notes] == [NoteKind.DOCUMENT_CUT]


def test_the_form_of_2019_read_cell_by_cell() -> None:
    original = report_2019()

    report = parse(render(original, to="docx"))

    assert {key[:3]: key[3].value for key in report.cells()} == {
        key[:3]: key[3].value for key in original.cells()
    }
    assert report.cell("proactive", "procurement", "projects").state is CellState.NUMBER
    assert set(report.tables["applications"]) >= {"other", "total"}


@pytest.mark.parametrize(
    ("title", "agency", "year"),
    [
        ("示例市水利局2023年政府信息公开工作年度报告", "示例市水利局", 2023),
        ("示例市水利局关于2023年度政府信息公开工作的年度报告", "示例市水利局", 2023),
        ("2022年示例县人民政府政府信息公开工作年度报告", "示例县人民政府", 2022),
        ("示例镇人民政府二〇二一年政府信息公开工作年度报告", "示例镇人民政府", 2021),
        ("《示例区发展和改革委员会 ２０２４ 年政府信息公开年报》", "示例区发展和改革委员会", 2024),
        ("我局2023年政府信息公开工作年度报告", "", 2023),
        ("政府信息公开工作年度报告", "", None),
    ],
)
def test_agency_and_year_come_from_the_title(title: str, agency: str, year: int | None) -> None:
    assert (identity.find_agency(title, (), ()), identity.find_year(title, ())) == (agency, year)


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("本报告由示例市人民政府办公室根据《中华人民共和国政府信息公开条例》编制。", "示例市人民政府办公室"),
        ("现公布示例市人民政府2023年政府信息公开工作年度报告。", "示例市人民政府"),
        ("现将我办2022年度政府信息公开情况报告如下：", ""),
        ("如有疑问，请与示例市人民政府办公室联系。", ""),
    ],
)
def test_a_preamble_may_name_the_agency(line: str, agency: str) -> None:
    assert identity.find_agency("", [line], ()) == agency


def test_a_signature_over_a_date_names_the_agency() -> None:
    assert identity.find_agency("", (), ["特此报告。", "示例市水利局", "2024年1月19日"]) == "示例市水利局"


def test_a_title_in_two_lines_is_one_title() -> None:
    text = text_document(report_2021(), one_a_line).replace("年政府信息公开", "年\n政府信息公开", 1)

    assert parse(text.encode()).title == report_2021().title


@pytest.mark.parametrize(
    ("line", "section", "ordinal"),
    [
        ("一、总体情况", "overview", 1),
        ("l六、其他需要报告的事项", "other", 6),
        ("五、问题和改进", "problems", 5),
        ("5．存在的主要问题及改进情况", "problems", 5),
        ("第三部分 收到和处理政府信息公开申请情况", "applications", 3),
        ("四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", "remedies", 4),
        ("主动公开政府信息情况", "proactive", None),
        ("七、附表", "", 7),
    ],
)
def test_a_heading_is_known_by_its_words(line: str, section: str, ordinal: int | None) -> None:
    found = find_heading(line)

    assert found is not None
    assert found.heading == Heading(line, section, ordinal)


@pytest.mark.parametrize(
    "line",
    [
        "一、本年新收政府信息公开申请数量",
        "三、本年度办",
        "四、结转下年度继续办理",
        "1.属于国家秘密",
        "（一）予以公开",
        "规章 0 0 0",
        "一是加强学习，二是完善制度。",
        "全年共收到申请3件。",
    ],
)
def test_rows_of_tables_and_prose_are_no_headings(line: str) -> None:
    assert find_heading(line) is None


def test_prose_on_the_line_of_its_heading_is_kept_apart() -> None:
    found = find_heading("一、总体情况。2023年，本局主动公开信息20条，全部按时。")

    assert found is not None
    assert (found.heading.printed, found.rest) == ("一、总体情况", "2023年，本局主动公开信息20条，全部按时。")


def rich_text(words: str) -> bytes:
    """An RTF file of one paragraph."""
    return (r"{\rtf1\ansi\uc0 " + "".join(f"\\u{ord(character)} " for character in words) + "}").encode(
        "ascii"
    )


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_an_old_word_file_is_read_through_libreoffice() -> None:
    report = read(rich_text("示例市水利局2018年政府信息公开工作年度报告"))

    assert report.title == "示例市水利局2018年政府信息公开工作年度报告"
    assert report.source_format == "legacy"


def test_without_libreoffice_one_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)

    with pytest.raises(CannotRead) as refusal:
        read(rich_text("年度报告"))

    assert str(refusal.value) == legacy.NOT_INSTALLED


def test_a_report_printed_as_pdf_is_read_whole() -> None:
    assert essence(parse(render(report_2021(), to="pdf"))) == essence(report_2021())


def published() -> list[Path]:
    """The published reports with expected values, where they are."""
    folder = Path(
        os.environ.get("GONGKAI_REPORTS", Path(__file__).resolve().parents[4] / "shared" / "reports")
    )
    return sorted(folder.glob("*.expected.json"))


@pytest.mark.skipif(not published(), reason="no published reports with expected values beside the repository")
@pytest.mark.parametrize("expected", published(), ids=lambda path: path.name)
def test_published_reports_are_read_without_a_wrong_cell(expected: Path) -> None:

    source = next(
        f for f in expected.parent.glob(expected.name.replace("expected.json", "*")) if f != expected
    )

    counts, wrong = score(read(source), json.loads(expected.read_text(encoding="utf-8")))

    assert wrong == []
    assert counts["cannot judge"] == 0
    assert counts["right"] > 0

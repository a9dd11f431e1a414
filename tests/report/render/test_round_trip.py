"""往返. What is printed can be read again without loss: cells, states and headings exactly, prose but for white space."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.report.model import ABSENT, Cell, CellState, Form, Heading, Report
from gongkai.report.read import parse
from gongkai.report.render import Format, render
from gongkai.rules.annual_report_2021.tables import cell_keys
from tests.report.documents import essence, reports
from tests.report.samples import report_2019, report_2021, with_cells

QUICK = (Format.JSON, Format.HTML, Format.DOCX, Format.XLSX)

LOST_CELLS = st.dictionaries(
    st.sampled_from(cell_keys()), st.sampled_from((Cell.unreadable("12 9"), ABSENT)), max_size=8
)


def unhurried(examples: int) -> settings:
    """A report takes longer to draw than hypothesis thinks healthy."""
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    return settings(max_examples=examples, deadline=None, suppress_health_check=slow)


def figures(report: Report) -> dict[tuple[str, str, str], Decimal | None]:
    return {(table, row, column): cell.value for table, row, column, cell in report.cells()}


def states(report: Report) -> dict[tuple[str, str, str], CellState]:
    return {key: report.cell(*key).state for key in cell_keys()}


@pytest.mark.parametrize("target", QUICK)
@unhurried(8)
@given(report=reports())
def test_what_is_printed_is_read_again(target: Format, report: Report) -> None:
    assert essence(parse(render(report, to=target))) == essence(report)


@unhurried(3)
@given(report=reports())
def test_what_is_printed_as_pdf_is_read_again(report: Report) -> None:
    assert essence(parse(render(report, to=Format.PDF))) == essence(report)


@pytest.mark.prove
@pytest.mark.parametrize("target", Format)
@unhurried(200)
@given(report=reports())
def test_many_reports_are_read_again(target: Format, report: Report) -> None:
    assert essence(parse(render(report, to=target))) == essence(report)


@pytest.mark.parametrize("target", QUICK)
@unhurried(10)
@given(lost=LOST_CELLS)
def test_unreadable_and_absent_cells_stay_what_they_are(
    target: Format, lost: dict[tuple[str, str, str], Cell]
) -> None:
    report = with_cells(report_2021(), lost)

    assert states(parse(render(report, to=target))) == states(report)


@pytest.mark.parametrize("target", [*QUICK, Format.PDF])
def test_the_form_of_2019_is_read_again(target: Format) -> None:
    report = report_2019()

    again = parse(render(report, to=target))

    assert (again.form, again.year) == (report.form, report.year)
    assert figures(again) == figures(report)


@pytest.mark.parametrize("target", [*QUICK, Format.PDF])
def test_figures_too_wide_for_their_column_stay_one_figure(target: Format) -> None:
    large = {
        ("applications", "received", "total"): Cell.number(123_456_789_012),
        ("remedies", "reconsideration", "total"): Cell.number(98_765_432),
    }

    again = parse(render(with_cells(report_2021(), large), to=target))

    assert {key: again.cell(*key).value for key in large} == {key: cell.value for key, cell in large.items()}


@pytest.mark.parametrize("target", QUICK)
def test_text_that_looks_like_markup_or_a_formula_is_only_text(target: Format) -> None:
    """WEB-03, FIL-05."""
    written = '=HYPERLINK("http://example.org")\n<script>alert(1)</script>&amp;]]>\n+1-1@SUM(A1)'
    sections = {**report_2021().sections, "problems": written}

    again = parse(render(replace(report_2021(), sections=sections), to=target))

    assert again.sections["problems"].split() == written.split()


@pytest.mark.parametrize("target", QUICK)
def test_a_report_in_free_form_gets_no_official_headings(target: Format) -> None:
    words = "一、主要工作概述\n2015年，示例县水利局主动公开政府信息50条，依申请公开3件，接受申请均按政府信息公开条例答复。"
    report = Report(
        form=Form.FREE,
        agency="示例县水利局",
        year=2015,
        title="示例县水利局2015年政府信息公开工作年度报告",
        headings=(Heading("一、主要工作概述", "", 1),),
        sections={"overview": words},
    )

    again = parse(render(report, to=target))

    assert (again.form, again.year, again.agency) == (Form.FREE, 2015, "示例县水利局")
    assert again.headings == report.headings


@pytest.mark.parametrize("target", QUICK)
def test_a_form_with_nothing_filled_in_stays_blank(target: Format) -> None:
    blank = with_cells(report_2021(), {key: Cell.blank() for key in cell_keys()})
    report = replace(blank, form=Form.BLANK, sections={}, preamble="")

    assert set(states(parse(render(report, to=target))).values()) == {CellState.BLANK}


@pytest.mark.parametrize("mark", ["无", "不适用", "/", "—"])
def test_marks_in_words_and_signs_are_read_again_from_pdf(mark: str) -> None:
    marked = {
        ("applications", "withheld_state_secret", "total"): Cell.mark(mark),
        ("remedies", "direct_suit", "pending"): Cell.mark(mark),
    }

    again = parse(render(with_cells(report_2021(), marked), to=Format.PDF))

    assert {key: again.cell(*key) for key in marked} == marked

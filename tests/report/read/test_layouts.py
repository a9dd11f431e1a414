"""各种版式. The same report, however it is laid out, gives the same cells; none is ever wrong."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from gongkai.report.model import Cell, CellState, Report
from gongkai.report.read import parse
from gongkai.rules.annual_report_2021.tables import cell_keys
from tests.report.documents import essence, reports
from tests.report.read.printing import WITH_BORDERS, WITHOUT_BORDERS
from tests.report.samples import report_2021, with_cells

EXAMPLES = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.generate],
)


def wrong_cells(original: Report, read_back: Report) -> list[str]:
    """Cells that were read as something else than what was printed."""
    wrong = []
    for table, row, column, cell in original.cells():
        found = read_back.cell(table, row, column)
        if found.state in (CellState.UNREADABLE, CellState.ABSENT):
            continue
        if (found.state, found.value) != (cell.state, cell.value):
            wrong.append(f"{table}/{row}/{column}: {cell.text!r} → {found.text!r}")
    return wrong


@pytest.mark.parametrize("layout", [make for _, make in WITH_BORDERS], ids=[name for name, _ in WITH_BORDERS])
@given(report=reports())
@EXAMPLES
def test_a_report_whose_cells_have_borders_is_read_whole(layout, report: Report) -> None:  # type: ignore[no-untyped-def]
    read_back = parse(layout(report))

    assert essence(read_back) == essence(report)


@pytest.mark.parametrize(
    "layout", [make for _, make in WITHOUT_BORDERS], ids=[name for name, _ in WITHOUT_BORDERS]
)
@given(report=reports(faulty_cells=False))
@EXAMPLES
def test_a_complete_report_without_borders_is_read_whole(layout, report: Report) -> None:  # type: ignore[no-untyped-def]
    read_back = parse(layout(report))

    assert essence(read_back) == essence(report)


@pytest.mark.parametrize(
    "layout", [make for _, make in WITHOUT_BORDERS], ids=[name for name, _ in WITHOUT_BORDERS]
)
@given(report=reports())
@EXAMPLES
def test_cells_lost_without_borders_are_never_guessed(layout, report: Report) -> None:  # type: ignore[no-untyped-def]
    read_back = parse(layout(report))

    assert wrong_cells(report, read_back) == []
    blank = {(t, r) for t, r, _, cell in report.cells() if cell.state is CellState.BLANK}
    unread = {(each.place.table, each.place.row) for each in read_back.unreadable}
    assert {(table, row) for table, row in blank if table == "applications"} <= unread


@pytest.mark.parametrize("layout", [make for _, make in WITH_BORDERS], ids=[name for name, _ in WITH_BORDERS])
@pytest.mark.parametrize(
    "key", [cell_keys()[0], cell_keys()[6], cell_keys()[9], cell_keys()[184], *cell_keys()[-15::7]]
)
def test_an_empty_cell_with_borders_is_blank_wherever_it_stands(layout, key: tuple[str, str, str]) -> None:  # type: ignore[no-untyped-def]
    report = with_cells(report_2021(), {key: Cell.blank()})

    assert essence(parse(layout(report))) == essence(report)

"""网格. Every table of the form tiles, and knows the place of each figure."""

from dataclasses import replace

import pytest

from gongkai.report.grid import DoesNotTile, GridCell, grids, tiled
from gongkai.report.model import ABSENT, Cell, Form, Report
from gongkai.rules.annual_report_2019 import tables as form_2019
from gongkai.rules.annual_report_2021 import tables as form_2021
from tests.report.samples import report_2019, report_2021, with_cells


def keys(report: Report) -> list[tuple[str, str, str]]:
    return [cell.key for grid in grids(report) for _, _, cell in grid.placed() if cell.key]


def labels(report: Report, table: str) -> list[str]:
    return [
        cell.text
        for grid in grids(report)
        if grid.table == table
        for _, _, cell in grid.placed()
        if cell.is_head
    ]


def test_the_form_of_2021_has_its_200_figures_once_each_and_in_order() -> None:
    assert tuple(keys(report_2021())) == form_2021.cell_keys()


def test_the_form_of_2019_has_its_198_figures_once_each() -> None:
    found = keys(report_2019())

    assert len(found) == len(set(found)) == form_2019.cell_count() == 198


def test_table_three_is_28_rows_of_10_columns() -> None:
    _, applications, remedies = grids(report_2021())

    assert (len(applications.rows), applications.column_count) == (28, 10)
    assert (len(remedies.rows), remedies.column_count) == (4, 15)


def test_the_widths_fill_the_type_area_of_an_official_page() -> None:
    assert [round(sum(grid.widths), 6) for grid in grids(report_2021())] == [156.0, 156.0, 156.0]


def test_every_figure_names_heads_that_exist() -> None:
    for report in (report_2021(), report_2019()):
        for grid in grids(report):
            cells = [cell for _, _, cell in grid.placed()]
            names = [cell.name for cell in cells if cell.is_head]
            assert len(names) == len(set(names))
            assert {name for cell in cells for name in cell.headers} <= set(names)
            assert all(cell.headers for cell in cells if cell.key)


def test_other_handling_in_one_row_is_drawn_as_one_row() -> None:
    one_row = {row.key: {"total": Cell.number(1)} for row in form_2019.APPLICATION_ROWS}
    report = replace(report_2021(), tables={"applications": one_row})

    assert [key for key in keys(report) if key[1].startswith("other")] == [
        ("applications", "other", column.key) for column in form_2021.APPLICANT_COLUMNS
    ]
    assert "（六）其他处理" in labels(report, "applications")


def test_a_row_that_the_document_leaves_out_is_left_out() -> None:
    lost = {
        ("applications", "withheld_state_secret", column.key): ABSENT
        for column in form_2021.APPLICANT_COLUMNS
    }
    report = with_cells(report_2021(), lost)

    assert len(keys(report)) == 193
    assert "1.属于国家秘密" not in labels(report, "applications")
    assert "（三）不予公开" in labels(report, "applications")


def test_a_report_without_tables_has_no_grids() -> None:
    assert grids(Report(form=Form.FREE, title="2015年政府信息公开工作年度报告")) == ()


def test_cells_that_overlap_are_refused() -> None:
    rows = [(GridCell("甲"), GridCell("乙", rowspan=2)), (GridCell("丙", colspan=2),)]

    with pytest.raises(DoesNotTile, match="丙"):
        list(tiled(rows, columns=2))


def test_a_hole_is_refused() -> None:
    with pytest.raises(DoesNotTile, match="空洞"):
        list(tiled([(GridCell("甲"),)], columns=2))

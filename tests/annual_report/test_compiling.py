"""Every number is the count of its records, in all 200 cells and in the text."""

from datetime import date
from decimal import Decimal

import pytest

from gongkai.annual_report.cells import CELL_BY_KEY, CELL_BY_LABEL
from gongkai.annual_report.compiling import Compiled
from gongkai.annual_report.document import compose
from gongkai.duties.applications import actions as applications
from tests.annual_report.office import YEAR

pytestmark = pytest.mark.django_db(databases=["default", "public"])


def test_the_two_hundred_cells_are_named_apart():
    assert len(CELL_BY_KEY) == len(CELL_BY_LABEL) == 200


def test_the_cells_count_the_records(office):
    compiled = Compiled(office.agency, YEAR)

    assert compiled.cells["applications", "received", "natural_person"] == 1
    assert compiled.cells["applications", "granted", "total"] == 1
    assert compiled.cells["proactive", "licence", "decisions"] == 1
    assert compiled.cells["proactive", "charges", "amount_10k_yuan"] == Decimal("1.61388")
    assert sum(1 for value in compiled.cells.values() if value) == 8


def test_every_cell_but_the_amount_is_the_count_of_its_list(office):
    compiled = Compiled(office.agency, YEAR)

    for key, cell in CELL_BY_KEY.items():
        if not key.endswith("amount_10k_yuan"):
            assert compiled.records_behind(key).count() == compiled.cells[cell], key


def test_every_figure_of_the_text_is_the_count_or_sum_of_its_list(office):
    compiled = Compiled(office.agency, YEAR)

    for label, figure in compiled.figures.items():
        if not figure.amount:
            assert compiled.records_behind(label).count() == compiled.value_of(label), label
    assert compiled.value_of("主动公开：工作动态") == 3


def test_another_year_and_another_agency_count_nothing_of_it(office):
    from tests.factories.people import an_agency

    other = Compiled(an_agency(name="示例市另一局"), YEAR)

    assert not any(Compiled(office.agency, YEAR - 1).cells.values())
    assert not any(other.cells.values())


def test_a_case_open_at_the_years_end_is_carried_into_the_next(office):
    applications.register_application(
        by=office.clerk, applicant_kind="company", channel="registered_post", received_on=date(YEAR, 12, 20)
    )

    assert Compiled(office.agency, YEAR).cells["applications", "carried_out", "company"] == 1
    assert Compiled(office.agency, YEAR + 1).cells["applications", "carried_in", "company"] == 1


def test_compiling_takes_a_bounded_number_of_queries(office, django_assert_max_num_queries):
    compiled = Compiled(office.agency, YEAR)

    with django_assert_max_num_queries(55):
        assert compiled.cells
        assert compiled.values


def test_text_and_tables_agree_because_the_text_has_no_numbers_of_its_own(office):
    edition = office.draft()
    applications.void_application(office.application, reason="误登", by=office.clerk)

    report = compose(Compiled(office.agency, YEAR), edition.narrative)

    assert "新收政府信息公开申请0件" in report.sections["overview"]
    assert report.cell("applications", "received", "total").value == 0


def test_the_records_frozen_with_a_cell_are_those_of_its_list(office):
    applications.register_application(
        by=office.clerk, applicant_kind="company", channel="registered_post", received_on=date(YEAR, 12, 20)
    )
    compiled = Compiled(office.agency, YEAR)

    for key, cell in CELL_BY_KEY.items():
        assert set(compiled.keys(cell)) == set(compiled.records(cell).values_list("pk", flat=True)), key
    assert len(compiled.keys(("applications", "received", "total"))) == 2

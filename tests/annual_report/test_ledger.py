"""台账核对: what only the records can show, told before anybody signs."""

from dataclasses import replace
from datetime import date

import pytest

from gongkai.annual_report import checking
from gongkai.annual_report.compiling import Compiled
from gongkai.annual_report.document import compose
from gongkai.annual_report.ledger import ledger_of
from gongkai.duties.applications import actions as applications
from gongkai.report.model import Cell
from tests.annual_report.office import YEAR
from tests.report.samples import report_2021, with_cells

pytestmark = pytest.mark.django_db(databases=["default", "public"])


def received(office, on: date):
    return applications.register_application(
        by=office.clerk, applicant_kind="company", channel="registered_post", received_on=on
    )


def rules_of(office) -> list[str]:
    edition = office.draft()
    compiled = Compiled(office.agency, YEAR)
    return [
        each.finding.rule
        for each in checking.examine(edition, compiled, compose(compiled, edition.narrative)).open
    ]


@pytest.mark.parametrize(("on", "expected"), [(date(YEAR, 10, 9), 1), (date(YEAR, 11, 15), 0)])
def test_a_case_carried_out_past_its_longest_period_is_counted(office, on, expected):
    received(office, on)

    assert ledger_of(Compiled(office.agency, YEAR), last_year=None).carried_out_past_limit == expected


def test_a_hanging_case_must_be_explained(office):
    received(office, date(YEAR, 3, 1))

    assert rules_of(office) == ["T3-10"]


def test_an_unpaid_fee_without_a_notice_is_a_warning(office):
    case = received(office, date(YEAR, 3, 1))
    applications.close(case, on=date(YEAR, 3, 20), by=office.clerk, outcome="other_fee_unpaid")

    assert "T3-14" in rules_of(office)


def test_a_case_pending_in_last_year_s_report_and_unknown_to_the_register_is_lost(office):
    earlier = replace(report_2021(), year=YEAR - 1)
    earlier = with_cells(
        earlier,
        {
            ("remedies", group, "pending"): Cell.number(2 if group == "reconsideration" else 0)
            for group in ("reconsideration", "direct_suit", "suit_after_reconsideration")
        },
    )

    assert ledger_of(Compiled(office.agency, YEAR), last_year=earlier).pending_last_year_lost == 2


def test_without_last_year_s_report_nothing_is_said_of_its_pending_cases(office):
    assert ledger_of(Compiled(office.agency, YEAR), last_year=None).pending_last_year_lost is None

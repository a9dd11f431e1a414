"""每条规则都有正反两例. No rule of the list is without a report that it finds fault with, and one that it leaves alone."""

import pytest

from gongkai.report.check.catalogue import CATALOGUE, RULES
from gongkai.report.check.findings import Level
from tests.report.check import cases_prose, cases_tables
from tests.report.check.case import Case
from tests.report.check.office import sound_report

CASES = {**cases_tables.CASES, **cases_prose.CASES}
JUDGED = [rule.id for rule in CATALOGUE if not rule.where]


def test_every_rule_that_is_judged_here_has_a_case_on_each_side() -> None:
    assert sorted(CASES) == sorted(JUDGED)


def test_a_rule_that_is_not_judged_here_says_where_it_is() -> None:
    elsewhere = {rule.id: rule.where for rule in CATALOGUE if rule.where}

    assert {"L-01", "L-08", "X-10", "TX-11", "TX-17", "F-10", "F-18", "F-19", "F-20"} <= set(elsewhere)
    assert all(elsewhere.values())


@pytest.mark.parametrize("rule", JUDGED)
def test_the_rule_finds_the_fault(rule: str) -> None:
    found = [finding for finding in CASES[rule][0].checked().findings if finding.rule == rule]

    assert found
    assert all(finding.formula == RULES[rule].formula for finding in found)
    assert all(finding.message.endswith(("。", "？")) for finding in found)
    assert all(
        finding.place.table or finding.place.section or finding.place.quote or rule == "X-05"
        for finding in found
    )


@pytest.mark.parametrize("rule", JUDGED)
def test_the_rule_leaves_the_near_miss_alone(rule: str) -> None:
    result = CASES[rule][1].checked()

    # A misprint or a converted comma is told as information; that is no fault.
    told = RULES[rule].level is Level.INFORMATION
    wrong = [f for f in result.findings if f.rule == rule and (told or f.level is not Level.INFORMATION)]
    assert wrong == []


def test_a_sound_report_has_no_finding_at_all() -> None:
    assert Case(sound_report()).checked().findings == ()


def test_a_sound_report_beside_a_sound_last_year_has_no_finding_at_all() -> None:
    assert Case(sound_report(), cases_tables.LAST_YEAR).checked().findings == ()

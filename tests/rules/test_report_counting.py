"""统计口径和文字要求, and the tables of the two forms."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.rules.annual_report_2019 import tables as form_2019
from gongkai.rules.annual_report_2021 import tables as form_2021
from gongkai.rules.annual_report_2021.counting import (
    COUNTING_RULES,
    RemedyResult,
    application_rows,
    decision_counts,
    document_columns,
    in_10k_yuan,
    remedy_columns,
)
from gongkai.rules.annual_report_2021.cross_checks import Evidence, Finding, judge_all
from gongkai.rules.annual_report_2021.narrative import reported_period, title, topics_of
from gongkai.rules.regulations_2019.reply import RESULTS
from tests.rules.figures import Sheet, proactive, remedies, together

YEAR = 2023
days = st.dates(date(2021, 1, 1), date(2025, 12, 31))


def places(counted: object) -> list[str]:
    return [each.place for each in counted]  # type: ignore[attr-defined]


# 表三 --------------------------------------------------------------------------------------

a_case = st.tuples(
    days,
    st.one_of(st.none(), st.integers(0, 400)),
    st.sampled_from(RESULTS),
    st.sampled_from([column.key for column in form_2021.APPLICANT_COLUMNS[:-1]]),
)


def compile_table_three(year: int, cases: list[tuple[date, int | None, object, str]]) -> Sheet:
    counts = {(row.key, c.key): 0 for row in form_2021.APPLICATION_ROWS for c in form_2021.APPLICANT_COLUMNS}
    for received_on, days_open, result, kind in cases:
        closed_on = None if days_open is None else received_on + timedelta(days=days_open)
        key = "" if closed_on is None else result.key  # type: ignore[attr-defined]
        for each in application_rows(year, received_on=received_on, closed_on=closed_on, result=key):
            counts[each.place, kind] += 1
            counts[each.place, "total"] += 1
    sheet = Sheet()
    for (row, column), value in counts.items():
        sheet.put("applications", row, column, value)
    return sheet


@given(st.lists(a_case, max_size=12))
def test_tables_compiled_by_the_counting_rules_pass_every_check_year_after_year(
    cases: list[tuple[date, int | None, object, str]],
) -> None:
    years = [together(proactive(), compile_table_three(year, cases), remedies()) for year in (YEAR - 1, YEAR)]

    judgements = judge_all(Evidence(years[1], year=YEAR, last_year=years[0]))

    # More open than received, and the same table twice, are warnings about the office, not about the counting.
    rules = {j.rule for j in judgements if isinstance(j, Finding)} - {"T3-11", "T3-17"}
    assert rules == set()


@pytest.mark.parametrize(
    ("closed_on", "result"),
    [(date(2023, 3, 9), ""), (None, "granted"), (date(2023, 3, 9), "refused"), (date(2023, 3, 1), "granted")],
)
def test_a_case_is_closed_with_a_day_and_one_of_the_results_or_not_at_all(
    closed_on: date | None, result: str
) -> None:
    with pytest.raises(ValueError, match=r"办结"):
        application_rows(YEAR, received_on=date(2023, 3, 2), closed_on=closed_on, result=result)


def test_a_case_received_on_the_last_day_is_carried_over() -> None:
    assert places(application_rows(YEAR, received_on=date(2023, 12, 31))) == ["received", "carried_out"]
    assert places(application_rows(YEAR + 1, received_on=date(2023, 12, 31))) == ["carried_in", "carried_out"]


# 表四 --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("result", "column"),
    [
        (RemedyResult.UPHELD, "upheld"),
        (RemedyResult.RECTIFIED, "rectified"),
        (RemedyResult.NOT_ACCEPTED, "other"),
        (RemedyResult.DISMISSED, "other"),
        (RemedyResult.TERMINATED, "other"),
        (RemedyResult.WITHDRAWN, "other"),
    ],
)
def test_a_remedy_counts_in_the_year_of_its_decision(result: RemedyResult, column: str) -> None:
    accepted_on, decided_on = date(2022, 12, 1), date(2023, 1, 20)

    def counted(year: int) -> list[str]:
        return places(remedy_columns(year, accepted_on=accepted_on, decided_on=decided_on, result=result))

    assert [counted(year) for year in (2021, 2022, 2023, 2024)] == [
        [],
        ["pending", "total"],
        [column, "total"],
        [],
    ]
    assert result.label


def test_the_reconsideration_body_does_not_count_a_case_in_which_it_is_only_a_co_defendant() -> None:
    case = {"accepted_on": date(2023, 3, 1), "decided_on": date(2023, 8, 1), "result": RemedyResult.UPHELD}

    assert places(remedy_columns(YEAR, **case)) == ["upheld", "total"]  # type: ignore[arg-type]
    assert remedy_columns(YEAR, **case, only_as_reconsideration_body=True) == ()  # type: ignore[arg-type]


def test_a_remedy_has_both_a_day_and_a_result_or_neither() -> None:
    with pytest.raises(ValueError, match="审结"):
        remedy_columns(YEAR, accepted_on=date(2023, 3, 1), decided_on=date(2023, 8, 1))


# 表二 --------------------------------------------------------------------------------------


@given(st.lists(st.tuples(days, st.one_of(st.none(), st.integers(0, 900))), max_size=20))
def test_documents_in_force_are_last_years_and_the_new_less_the_repealed(
    documents: list[tuple[date, int | None]],
) -> None:
    def count(year: int, column: str) -> int:
        return sum(
            column
            in places(
                document_columns(
                    year,
                    issued_on=issued,
                    ceased_on=None if lasts is None else issued + timedelta(days=lasts),
                )
            )
            for issued, lasts in documents
        )

    expected = count(YEAR - 1, "in_force") + count(YEAR, "issued") - count(YEAR, "repealed")

    assert count(YEAR, "in_force") == expected


def test_decisions_count_in_the_year_they_were_made() -> None:
    assert decision_counts(YEAR, decided_on=date(2023, 12, 31))
    assert not decision_counts(YEAR, decided_on=date(2024, 1, 1))


@pytest.mark.parametrize(
    ("yuan", "amount"),
    [("16138800", "1613.88"), ("10000", "1"), ("100000000", "10000"), ("0.01", "0.000001")],
)
def test_charges_are_given_in_ten_thousand_yuan_exactly(yuan: str, amount: str) -> None:
    assert f"{in_10k_yuan(Decimal(yuan)):f}" == amount


def test_every_counting_rule_is_said_with_its_source() -> None:
    assert len({rule.key for rule in COUNTING_RULES}) == len(COUNTING_RULES) == 18
    assert [rule.key for rule in COUNTING_RULES if not rule.basis.certainty.mark] == [
        "counted_once",
        "co_defendant",
    ]
    assert str(COUNTING_RULES[0]) == "统计期为1月1日至12月31日（《年度报告格式（2021）》（待核））"


# 两种格式的表 --------------------------------------------------------------------------------


def test_the_form_of_2021_asks_for_two_hundred_figures() -> None:
    keys = form_2021.cell_keys()

    assert len(keys) == len(set(keys)) == 200
    assert form_2021.SECTIONS[0].heading == "一、总体情况"
    assert len(form_2021.OUTCOME_ROWS) == 21


def test_the_form_of_2019_has_one_row_for_other_results_and_its_own_table_two() -> None:
    assert form_2019.cell_count() == 198
    assert [row.key for row in form_2019.APPLICATION_ROWS][-4:] == [
        "not_processed_reconfirm",
        "other",
        "total",
        "carried_out",
    ]
    assert [row.key for row in form_2019.OUTCOME_ROWS][-1] == "other"
    assert [column.label for column in form_2019.PROACTIVE_ROWS[2].columns] == [
        "上一年项目数量",
        "本年增/减",
        "处理决定数量",
    ]


# 文字部分 ----------------------------------------------------------------------------------


def test_the_title_and_the_period_name_the_year() -> None:
    assert title("示例市人民政府", YEAR) == "示例市人民政府2023年政府信息公开工作年度报告"
    assert reported_period(YEAR) == (date(2023, 1, 1), date(2023, 12, 31))


def test_the_overview_covers_five_topics_and_a_government_also_its_supervision() -> None:
    assert len(topics_of("overview", is_government=False)) == 5
    assert [topic.key for topic in topics_of("overview", is_government=True)][5:] == ["appraisal"]


def test_part_six_says_whether_a_processing_fee_was_charged() -> None:
    (topic,) = topics_of("other", is_government=False)

    assert (topic.label, topic.basis.certainty.mark) == ("收取信息处理费情况", "待核")

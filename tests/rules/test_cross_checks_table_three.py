"""表三的勾稽."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.rules.annual_report_2021.cross_checks import (
    CHECK_BY_ID,
    Agrees,
    CannotJudge,
    CellPlace,
    Evidence,
    Finding,
    FormYear,
    Judgement,
    Ledger,
    Level,
)
from tests.rules.figures import BLANK, COLUMNS, Sheet, applications, mark, number, unreadable

CASES = {
    "carried_in": (2, 0, 0, 0, 0, 0),
    "granted": (50, 3, 0, 0, 1, 0),
    "granted_in_part": (9, 0, 1, 0, 0, 0),
    "unavailable_not_held": (31, 0, 0, 2, 0, 0),
    "other_remaining": (4, 1, 0, 0, 0, 1),
}


def judge(rule: str, sheet: Sheet, **more: object) -> tuple[Judgement, ...]:
    return CHECK_BY_ID[rule].judge(Evidence(sheet, **more))  # type: ignore[arg-type]


def findings(rule: str, sheet: Sheet, **more: object) -> list[Finding]:
    return [judgement for judgement in judge(rule, sheet, **more) if isinstance(judgement, Finding)]


def unjudged(rule: str, sheet: Sheet, **more: object) -> list[CannotJudge]:
    return [judgement for judgement in judge(rule, sheet, **more) if isinstance(judgement, CannotJudge)]


def at(row: str = "", column: str = "") -> CellPlace:
    return CellPlace("applications", row, column)


@pytest.mark.parametrize(
    ("rule", "tests"), [("T3-01", 7), ("T3-02", 7), ("T3-03", 25), ("T3-05", 1), ("T3-07", 175), ("T3-11", 1)]
)
def test_a_balanced_table_agrees_everywhere(rule: str, tests: int) -> None:
    judgements = judge(rule, applications(CASES, carried_out=(3, 0, 0, 0, 0, 0)))

    assert [type(judgement) for judgement in judgements] == [Agrees] * tests


@given(
    st.dictionaries(
        st.sampled_from(
            ["granted", "granted_in_part", "withheld_by_law", "not_processed_repeat", "other_remaining"]
        ),
        st.tuples(*[st.integers(0, 10_000)] * 6),
    )
)
def test_every_balanced_table_passes_and_one_wrong_cell_never_does(cases: dict[str, tuple[int, ...]]) -> None:
    sheet = applications(cases)
    rules = ("T3-01", "T3-02", "T3-03")
    assert [finding for rule in rules for finding in findings(rule, sheet)] == []

    wrong = sheet.cell("applications", "granted", "natural_person").value or Decimal(0)
    sheet.put("applications", "granted", "natural_person", int(wrong) + 1)

    assert len(findings("T3-02", sheet)) == len(findings("T3-03", sheet)) == 1


def test_cases_received_and_handled_must_agree_in_each_column() -> None:
    sheet = applications(CASES).put("applications", "carried_out", "company", 2)

    (found,) = findings("T3-01", sheet)

    assert found == Finding(
        "T3-01",
        Level.ERROR,
        at("total", "company"),
        "表三商业企业列不符合“新收 + 上年结转 = 总计（七） + 结转下年度”："
        "新收4 + 上年结转0 = 4，总计（七）4 + 结转下年度2 = 6，两边相差2。",
        Decimal(4),
        Decimal(6),
    )
    assert found.difference == -2


def test_the_results_must_add_up_to_the_total() -> None:
    sheet = applications(CASES).put("applications", "granted", "natural_person", 51)

    (found,) = findings("T3-02", sheet)

    assert (found.place, found.left, found.right) == (at("total", "natural_person"), 94, 95)
    assert (
        "总计（七）94，予以公开51 + 部分公开9 + 本机关不掌握相关政府信息31 + 其他处理·其他4 = 95"
        in found.message
    )


def test_the_kinds_of_applicant_must_add_up_in_each_row() -> None:
    sheet = applications(CASES).put("applications", "received", "total", 99)

    (found,) = findings("T3-03", sheet)

    assert (found.place, found.left, found.right) == (at("received", "total"), 101, 99)
    assert found.message.startswith("表三新收行不符合“自然人 + 商业企业")


def test_the_single_row_of_the_2019_form_is_summed() -> None:
    sheet = applications({"granted": (1, 0, 0, 0, 0, 0), "other": (2, 0, 0, 0, 0, 0)}, form="2019")

    assert len(judge("T3-02", sheet, form=FormYear.FORM_2019)) == 7
    assert findings("T3-02", sheet, form=FormYear.FORM_2019) == []
    assert findings("T3-02", sheet) == []  # a report of 2021 that keeps the single row

    sheet.put("applications", "other", "total", 1)

    assert [found.place for found in findings("T3-02", sheet)] == [at("total", "total")]


@pytest.mark.parametrize("spoilt", [BLANK, mark("/"), unreadable("8？")])
def test_a_cell_without_a_number_is_never_taken_for_nothing(spoilt: object) -> None:
    sheet = applications().put("applications", "granted", "company", spoilt)  # type: ignore[arg-type]

    across, down = unjudged("T3-03", sheet), unjudged("T3-02", sheet)

    assert [judgement.place for judgement in (*across, *down)] == [at("granted", "company")] * 2
    assert "不按0计算" in across[0].why
    assert findings("T3-02", sheet) == findings("T3-03", sheet) == []


def test_a_table_that_is_not_there_is_said_to_be_missing_once() -> None:
    assert judge("T3-03", Sheet()) == (CannotJudge("T3-03", at(), "文件中没有表三，不能判断。"),)


def test_rows_lost_from_a_document_leave_the_rest_judged() -> None:
    sheet = applications()
    sheet.cells = {
        place: cell for place, cell in sheet.cells.items() if place[1] in {"received", "carried_in"}
    }

    judgements = judge("T3-03", sheet)

    assert [type(judgement) for judgement in judgements[:2]] == [Agrees, Agrees]
    assert len(unjudged("T3-03", sheet)) == 23
    assert unjudged("T3-01", sheet)[0].why.startswith("表三“总计（七）”行“自然人”列文件中没有等2格")


def test_blanks_and_marks_are_counted_apart_from_nothing() -> None:
    sheet = applications().put("applications", "granted", "company", BLANK)
    sheet.put("applications", "total", "research", mark("/"))

    (found,) = findings("T3-05", sheet)

    assert (found.place, found.further) == (at("granted", "company"), (at("total", "research"),))
    assert found.message == "表三有2格空白或者填了符号（表三“予以公开”行“商业企业”列空白等），没有的应填0。"
    assert (found.left, found.right) == (2, 0)
    assert findings("T3-07", sheet) == []
    assert judge("T3-05", Sheet()) == ()


def test_a_blank_that_the_sums_show_not_to_be_nothing_is_told() -> None:
    sheet = applications(CASES).put("applications", "granted", "natural_person", BLANK)
    sheet.put("applications", "withheld_by_law", "company", mark("—"))

    (found,) = findings("T3-06", sheet)

    assert (found.place, found.right) == (at("granted", "natural_person"), 50)
    assert found.message == "表三“予以公开”行“自然人”列未填数字，按勾稽关系推算应为50，不是0。"


def test_a_blank_total_is_worked_out_from_its_parts() -> None:
    sheet = applications(CASES).put("applications", "received", "total", BLANK)

    assert [found.right for found in findings("T3-06", sheet)] == [101]


def test_a_blank_that_would_have_to_be_less_than_nothing_is_not_worked_out() -> None:
    sheet = applications(CASES).put("applications", "granted", "total", 10)
    for row in ("granted", "withheld_by_law"):
        sheet.put("applications", row, "company", BLANK)

    assert findings("T3-06", sheet) == []


def test_a_blank_beside_another_unknown_is_not_worked_out() -> None:
    sheet = applications(CASES)
    for row in ("granted", "granted_in_part"):
        for column in ("natural_person", "company"):
            sheet.put("applications", row, column, BLANK)

    assert findings("T3-06", sheet) == []


@pytest.mark.parametrize(
    ("printed", "message"),
    [
        (number(-1), "填了-1，不应为负数。"),
        (number("2.5"), "填了2.5，件数应为整数。"),
        (mark("若干"), "填了“若干”，应填数字。"),
    ],
)
def test_what_is_not_a_count_is_an_error(printed: object, message: str) -> None:
    sheet = applications().put("applications", "granted", "company", printed)  # type: ignore[arg-type]

    (found,) = findings("T3-07", sheet)

    assert found.level is Level.ERROR
    assert found.message == f"表三“予以公开”行“商业企业”列{message}"


def test_full_width_digits_are_noted_but_not_an_error() -> None:
    sheet = applications().put("applications", "granted", "company", number(0, "０"))

    assert [(found.level, found.place) for found in findings("T3-07", sheet)] == [
        (Level.INFORMATION, at("granted", "company"))
    ]


def test_what_was_not_read_cannot_be_called_a_number() -> None:
    sheet = applications().put("applications", "granted", "company", unreadable("8?"))

    assert [judgement.why for judgement in unjudged("T3-07", sheet)] == [
        "表三“予以公开”行“商业企业”列未能读出“8?”，不能判断是否为数字。"
    ]


def test_more_open_cases_than_new_ones_ask_for_a_reason() -> None:
    sheet = applications({"carried_in": (9, 0, 0, 0, 0, 0)}, carried_out=(10, 0, 0, 0, 0, 0))

    (found,) = findings("T3-11", sheet)
    assert (found.left, found.right, found.level) == (10, 1, Level.WARNING)

    sheet.put("applications", "received", "total", BLANK)
    assert [judgement.place for judgement in unjudged("T3-11", sheet)] == [at("received", "total")]


def test_cases_cannot_come_from_a_year_that_closed_all() -> None:
    sheet, last_year = applications({"carried_in": (2, 0, 0, 0, 0, 0)}), applications()

    assert [found.place for found in findings("T3-12", sheet, last_year=last_year)] == [
        at("carried_in", "total")
    ]
    assert findings("T3-12", applications(), last_year=last_year) == []
    assert [j.why for j in unjudged("T3-12", sheet)] == ["没有上一年度报告，不能判断。"]
    assert [j.why for j in unjudged("T3-12", sheet, last_year=Sheet())] == [
        "上一年度报告的结转下年度总计没有读到数字，不能判断。"
    ]
    assert unjudged("T3-12", Sheet(), last_year=last_year)[0].why.startswith("本年上年结转")


def test_a_table_copied_from_last_year_is_pointed_out_but_two_empty_years_are_not() -> None:
    sheet = applications(CASES)

    assert [found.place for found in findings("T3-17", sheet, last_year=applications(CASES))] == [at()]
    assert findings("T3-17", applications(), last_year=applications()) == []
    assert findings("T3-17", sheet, last_year=applications()) == []
    assert len(unjudged("T3-17", sheet, last_year=Sheet())) == 1


# 错列、断字 --------------------------------------------------------------------------------


def test_a_table_shifted_by_one_column_is_recognised() -> None:
    sheet = applications(CASES)
    for row in {place[1] for place in sheet.cells}:
        values = [sheet.cell("applications", row, column).value for column in COLUMNS]
        sheet.put_row(row, [int(v) for v in (*values[1:], values[0]) if v is not None])

    (found,) = findings("T3-18", sheet)

    assert found.level is Level.INFORMATION
    assert (
        found.message
        == "表三疑似错列：整表各列右移一列；或者整表“其他组织”列与“总计”列互换后，各项合计都成立。请对照原件。"
    )


def test_one_row_with_two_columns_exchanged_is_recognised() -> None:
    sheet = applications({"granted": (5, 2, 0, 0, 0, 0)}).put_row("granted", [7, 2, 0, 0, 0, 0, 5])

    (found,) = findings("T3-18", sheet)

    assert (
        found.message == "表三疑似错列：“予以公开”行“自然人”列与“总计”列互换后，各项合计都成立。请对照原件。"
    )


def test_sums_that_no_exchange_repairs_are_not_called_an_exchange() -> None:
    assert findings("T3-18", applications(CASES)) == []
    assert findings("T3-18", applications(CASES).put("applications", "granted", "company", 77)) == []
    assert findings("T3-18", applications().put("applications", "granted", "company", BLANK)) == []


def test_digits_torn_apart_are_joined_when_every_sum_then_holds() -> None:
    cases = {"granted": (129, 3, 0, 0, 0, 0)}
    sheet = applications(cases).put("applications", "granted", "natural_person", unreadable("12 9"))

    (found,) = findings("T3-19", sheet)

    assert (found.place, found.left, found.right) == (at("granted", "natural_person"), None, 129)
    assert found.message == (
        "表三“予以公开”行“自然人”列印作“12 9”，断开的数字相连，读作129时各项合计都成立。请对照原件。"
    )


def test_neighbouring_digits_the_other_way_round_are_proposed() -> None:
    cases = {"granted": (129, 3, 0, 0, 0, 0)}
    sheet = applications(cases).put("applications", "granted", "natural_person", 192)

    assert [(found.left, found.right) for found in findings("T3-19", sheet)] == [(192, 129)]


@pytest.mark.parametrize("printed", [unreadable("12 8"), unreadable("若干"), number(7), number(111)])
def test_no_reading_is_proposed_that_leaves_a_sum_wrong(printed: object) -> None:
    sheet = applications({"granted": (129, 3, 0, 0, 0, 0)})
    sheet.put("applications", "granted", "natural_person", printed)  # type: ignore[arg-type]

    assert findings("T3-19", sheet) == []


# 与台账比 ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "row", "ledger", "good"),
    [
        ("T3-10", "carried_out", Ledger(carried_out_past_limit=1), Ledger(carried_out_past_limit=0)),
        ("T3-13", "granted_in_part", Ledger(counted_twice=2), Ledger(counted_twice=0)),
        ("T3-14", "other_fee_unpaid", Ledger(fee_notices=2), Ledger(fee_notices=3)),
        ("T3-16", "unavailable_still_unclear", Ledger(correction_notices=5), Ledger(correction_notices=6)),
    ],
)
def test_the_table_is_compared_with_the_ledger(rule: str, row: str, ledger: Ledger, good: Ledger) -> None:
    kinds = (3, 0, 0, 0, 0, 0)
    rows = ("granted_in_part", "other_fee_unpaid", "unavailable_still_unclear", "other_not_corrected")
    sheet = applications(dict.fromkeys(rows, kinds), carried_out=kinds)

    (found,) = findings(rule, sheet, ledger=ledger)
    assert found.place == at(row, "total")
    assert judge(rule, sheet, ledger=good) == (Agrees(rule, at(row, "total")),)

    assert [j.why for j in unjudged(rule, sheet)] == ["没有本机关台账，不能判断。"]
    assert unjudged(rule, sheet, ledger=Ledger())[0].why.startswith("台账没有相应记录")
    sheet.put("applications", row, "total", BLANK)
    assert [j.place for j in unjudged(rule, sheet, ledger=ledger)] == [at(row, "total")]

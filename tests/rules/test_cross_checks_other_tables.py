"""表二、表四和跨年的勾稽."""

from decimal import Decimal

import pytest

from gongkai.rules.annual_report_2021.cross_checks import (
    CHECK_BY_ID,
    CHECKS,
    Agrees,
    CannotJudge,
    CellPlace,
    Evidence,
    Finding,
    FormYear,
    Judgement,
    Ledger,
    Level,
    Need,
    judge_all,
)
from gongkai.rules.annual_report_2021.cross_checks.rule_making import may_make_rules
from gongkai.rules.annual_report_2021.cross_checks.wording import addition, row_name
from tests.rules.figures import (
    BLANK,
    COLUMNS,
    Printed,
    Sheet,
    applications,
    mark,
    number,
    proactive,
    remedies,
    together,
    unreadable,
)

COUNTS_OF_LAST_YEAR = {("normative_documents", "in_force"): 15}
COUNTS = {
    ("normative_documents", "issued"): 5,
    ("normative_documents", "repealed"): 12,
    ("normative_documents", "in_force"): 8,
}


def judge(rule: str, sheet: Sheet, **more: object) -> tuple[Judgement, ...]:
    return CHECK_BY_ID[rule].judge(Evidence(sheet, **more))  # type: ignore[arg-type]


def findings(rule: str, sheet: Sheet, **more: object) -> list[Finding]:
    return [judgement for judgement in judge(rule, sheet, **more) if isinstance(judgement, Finding)]


def unjudged(rule: str, sheet: Sheet, **more: object) -> list[CannotJudge]:
    return [judgement for judgement in judge(rule, sheet, **more) if isinstance(judgement, CannotJudge)]


# 规则清单 ----------------------------------------------------------------------------------


def test_every_rule_has_its_own_id_a_formula_and_a_source() -> None:
    assert len({check.id for check in CHECKS}) == len(CHECKS) == 42
    assert all(check.title and check.formula and check.basis and check.table for check in CHECKS)
    assert all(Need.FILE in check.needs for check in CHECKS)
    assert {level.label for level in Level} == {"差错", "警示", "提示"}
    assert {need.label for need in Need} == {
        "报告文件",
        "上一年度报告",
        "下级单位报告",
        "本机关台账",
        "网站抓取记录",
    }


def test_a_sound_report_with_last_year_at_hand_has_no_finding() -> None:
    sheet = together(
        proactive(COUNTS),
        applications({"granted": (3, 0, 0, 0, 0, 0)}),
        remedies(reconsideration=(1, 0, 0, 0)),
    )
    last_year = together(proactive(COUNTS_OF_LAST_YEAR), applications(), remedies())

    judgements = judge_all(Evidence(sheet, year=2023, last_year=last_year))

    assert [judgement for judgement in judgements if isinstance(judgement, Finding)] == []
    waiting = {judgement.rule for judgement in judgements if isinstance(judgement, CannotJudge)}
    assert waiting == {check.id for check in CHECKS if Need.LEDGER in check.needs}


def test_nothing_is_judged_of_a_document_without_tables() -> None:
    judgements = judge_all(Evidence(Sheet()))

    assert {type(judgement) for judgement in judgements} == {CannotJudge}


# 表二 --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "place", "printed", "level"),
    [
        ("T2-01", ("licence", "decisions"), number(-5), Level.ERROR),
        ("T2-02", ("licence", "decisions"), number("1.5"), Level.WARNING),
        ("T2-03", ("licence", "decisions"), mark("若干件"), Level.WARNING),
        ("T2-04", ("charges", "amount_10k_yuan"), number("-0.5"), Level.ERROR),
        ("T2-05", ("rules", "in_force"), BLANK, Level.WARNING),
        ("T2-05", ("rules", "in_force"), mark("不适用"), Level.WARNING),
    ],
)
def test_each_cell_of_table_two_holds_a_number_that_belongs_there(
    rule: str, place: tuple[str, str], printed: Printed, level: Level
) -> None:
    (found,) = findings(rule, proactive({place: printed}))

    assert (found.place, found.level) == (CellPlace("proactive", *place), level)
    assert findings(rule, proactive({("charges", "amount_10k_yuan"): number("1613.88")})) == []


def test_the_change_column_of_the_2019_form_may_fall_below_nothing() -> None:
    sheet = proactive(
        {("licence", "change"): -2, ("procurement", "amount_10k_yuan"): number("12.5")}, form="2019"
    )

    assert findings("T2-01", sheet, form=FormYear.FORM_2019) == []
    assert findings("T2-02", sheet, form=FormYear.FORM_2019) == []


def test_documents_in_force_follow_from_last_year() -> None:
    last_year = proactive(COUNTS_OF_LAST_YEAR)
    assert findings("T2-07", proactive(COUNTS), last_year=last_year) == []

    (found,) = findings(
        "T2-07", proactive({**COUNTS, ("normative_documents", "in_force"): 9}), last_year=last_year
    )

    assert (found.left, found.right, found.difference) == (9, 8, 1)
    assert found.message == (
        "行政规范性文件现行有效9件，而上年有效15 + 制发5 - 废止12 = 8，相差1件，请说明（如清理、划转）。"
    )


def test_documents_in_force_are_not_compared_with_the_2019_form() -> None:
    old = proactive(form="2019")

    waiting = unjudged("T2-07", proactive(COUNTS), last_year=old, last_year_form=FormYear.FORM_2019)
    assert [j.why for j in waiting] == ["上一年度报告用2019年格式，没有现行有效件数，不能与上年比较。"] * 2
    assert judge("T2-07", old, last_year=old, form=FormYear.FORM_2019) == ()
    assert judge("T2-08", old, last_year=old, form=FormYear.FORM_2019) == ()
    assert CHECK_BY_ID["T2-09"].judge(Evidence(old, form=FormYear.FORM_2019, ledger=Ledger())) == ()


def test_no_more_documents_are_repealed_than_there_were() -> None:
    last_year = proactive({("normative_documents", "in_force"): 6})

    (found,) = findings("T2-08", proactive(COUNTS), last_year=last_year)

    assert (found.left, found.right) == (12, 11)
    assert findings("T2-08", proactive(COUNTS), last_year=proactive(COUNTS_OF_LAST_YEAR)) == []
    assert [j.place.row for j in unjudged("T2-08", proactive(COUNTS), last_year=Sheet())] == [
        "rules",
        "normative_documents",
    ]


def test_table_two_equals_the_registers() -> None:
    ledger = Ledger(
        in_force={"rules": 0, "normative_documents": 9},
        issued={"rules": 0, "normative_documents": 5},
        issued_and_interpreted={"rules": 0, "normative_documents": 4},
        decisions={"licence": 105, "penalty": 2},
    )
    sheet = proactive({**COUNTS, ("licence", "decisions"): 105, ("penalty", "decisions"): 3})

    in_force, issued, decisions = (
        findings(rule, sheet, ledger=ledger) for rule in ("T2-09", "T2-10", "T2-12")
    )

    assert [found.message for found in in_force] == [
        "表二“行政规范性文件”行“现行有效件数”列填了8件，文件库12月31日有效9件，相差1件。"
    ]
    assert [found.message for found in issued] == ["行政规范性文件本年制发5件，其中已公开并解读的只有4件。"]
    assert [(found.left, found.right) for found in decisions] == [(3, 2)]
    assert [j.place.row for j in unjudged("T2-12", sheet, ledger=ledger)] == ["compulsion"]
    assert len(unjudged("T2-10", sheet)) == 1


@pytest.mark.parametrize(
    ("agency", "may"),
    [
        ("示例省人民政府", True),
        ("示例壮族自治区人民政府", True),
        ("示例族自治州人民政府", True),
        ("上海市人民政府", True),
        ("国家示例委员会", True),
        ("审计署", True),
        ("国家示例局", None),
        ("中华人民共和国示例部", True),
        ("示例市人民政府", None),
        ("示例集团有限公司", None),
        ("示例省示例市人民政府", None),
        ("示例市示例市人民政府", False),
        ("示例县人民政府", False),
        ("示例市示例区人民政府", False),
        ("示例县某镇人民政府", False),
        ("示例街道办事处", False),
        ("示例市人民政府办公室", False),
        ("国家税务总局示例市税务局", False),
        ("示例省教育厅", False),
    ],
)
def test_the_power_to_make_rules_is_told_by_the_name(agency: str, may: bool | None) -> None:
    assert may_make_rules(agency) is may


def test_an_office_without_rule_making_power_reports_no_rules() -> None:
    sheet = proactive({("rules", "in_force"): 6})

    (found,) = findings("T2-11", sheet, agency="示例县某镇人民政府")

    assert found.message == "示例县某镇人民政府没有规章制定权，表二“规章”行“现行有效件数”列却填了6件。"
    assert findings("T2-11", sheet, agency="示例省人民政府") == []
    assert [j.place.column for j in unjudged("T2-11", sheet, agency="示例市人民政府")] == ["in_force"]
    assert unjudged("T2-11", proactive(), agency="示例市人民政府") == []
    blank = proactive({("rules", "in_force"): BLANK})
    assert [j.place.column for j in unjudged("T2-11", blank, agency="示例县人民政府")] == ["in_force"]


@pytest.mark.parametrize(
    ("this_year", "last_year", "in_yuan", "is_wrong"),
    [
        ("1613.88", "1500", None, False),
        ("16138800", "1500", None, True),
        ("1.5", "1500", None, True),
        ("1500000", "1500", None, True),
        ("0", "1500", None, False),
        ("1500", "0", None, False),
        ("16138800", None, "16138800", True),
        ("1613.88", None, "16138800", False),
    ],
)
def test_charges_printed_in_yuan_are_noticed(
    this_year: str, last_year: str | None, in_yuan: str | None, is_wrong: bool
) -> None:
    def sheet(amount: str) -> Sheet:
        return proactive({("charges", "amount_10k_yuan"): number(amount)})

    evidence = Evidence(
        sheet(this_year),
        last_year=None if last_year is None else sheet(last_year),
        ledger=None if in_yuan is None else Ledger(charges_yuan=Decimal(in_yuan)),
    )

    (judgement,) = CHECK_BY_ID["T2-13"].judge(evidence)

    assert isinstance(judgement, Finding if is_wrong else Agrees)


def test_charges_without_anything_to_compare_with_are_not_judged() -> None:
    assert len(unjudged("T2-13", proactive())) == 1


@pytest.mark.parametrize(
    ("form", "year", "expected"),
    [("2019", 2020, Agrees), ("2019", 2021, Finding), ("2021", 2023, Agrees), ("2019", None, CannotJudge)],
)
def test_reports_from_2021_use_the_form_of_2021(form: str, year: int | None, expected: type) -> None:
    (judgement,) = judge("T2-14", proactive(form=form), form=FormYear(form), year=year)

    assert isinstance(judgement, expected)


# 表四 --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "group"),
    [("T4-01", "reconsideration"), ("T4-02", "direct_suit"), ("T4-03", "suit_after_reconsideration")],
)
def test_the_results_of_each_remedy_add_up(rule: str, group: str) -> None:
    sheet = remedies(**{group: (376, 97, 196, 121)})
    assert len(judge(rule, sheet)) == 1
    assert findings(rule, sheet) == []

    sheet.put("remedies", group, "total", 789)

    (found,) = findings(rule, sheet)
    assert (found.place, found.left, found.right) == (CellPlace("remedies", group, "total"), 790, 789)
    assert found.message == (
        f"表四{row_name('remedies', group)}行不符合“结果维持 + 结果纠正 + 其他结果 + 尚未审结 = 总计”："
        "结果维持376 + 结果纠正97 + 其他结果196 + 尚未审结121 = 790，总计789，两边相差1。"
    )


def test_cells_of_table_four_are_counts() -> None:
    sheet = remedies().put("remedies", "direct_suit", "other", BLANK)
    sheet.put("remedies", "direct_suit", "pending", number("0.5")).put(
        "remedies", "direct_suit", "upheld", mark("见附件")
    )

    assert [found.place.column for found in findings("T4-05", sheet)] == ["other"]
    assert [found.place.column for found in findings("T4-06", sheet)] == ["pending", "upheld"]


def test_suits_after_review_come_from_reviews_that_were_decided() -> None:
    last_year = remedies(reconsideration=(1, 0, 0, 5))
    sheet = remedies(reconsideration=(1, 0, 0, 0), suit_after_reconsideration=(3, 0, 0, 0))

    (found,) = findings("T4-08", sheet, last_year=last_year)

    assert (found.left, found.right) == (3, 2)
    assert findings("T4-08", remedies(), last_year=last_year) == []
    assert len(unjudged("T4-08", sheet, last_year=Sheet())) == 1


def test_disputes_without_any_application_in_two_years_are_questioned() -> None:
    sheet = together(applications(), remedies(reconsideration=(1, 0, 0, 0)))

    (found,) = findings("T4-09", sheet, last_year=applications())

    assert found.message == "表四共1件，而本年和上年都没有收到申请，请核对。"
    assert findings("T4-09", sheet, last_year=applications({"granted": (1, 0, 0, 0, 0, 0)})) == []
    assert len(unjudged("T4-09", sheet, last_year=Sheet())) == 1


def test_a_share_of_rectified_cases_that_moves_by_more_than_thirty_points_is_mentioned() -> None:
    last_year = remedies(reconsideration=(9, 1, 0, 0), direct_suit=(1, 1, 0, 0))

    (found,) = findings(
        "T4-10", remedies(reconsideration=(7, 4, 1, 3), direct_suit=(5, 1, 0, 0)), last_year=last_year
    )

    assert found.level is Level.INFORMATION
    assert found.place == CellPlace("remedies", "direct_suit", "rectified")
    assert "由上年的50%变为16.7%" in found.message
    assert judge("T4-10", remedies(), last_year=last_year) == ()
    unread = remedies(reconsideration=(6, 5, 1, 3)).put(
        "remedies", "reconsideration", "rectified", unreadable()
    )
    assert [j.place.row for j in unjudged("T4-10", unread, last_year=last_year)] == ["reconsideration"]


def test_cases_in_the_ledger_stand_in_table_four() -> None:
    assert len(findings("T4-11", remedies(), ledger=Ledger(remedy_cases=2))) == 1
    assert findings("T4-11", remedies(direct_suit=(1, 0, 0, 0)), ledger=Ledger(remedy_cases=2)) == []
    assert unjudged("T4-11", remedies(), ledger=Ledger())[0].why == "台账没有复议、诉讼记录，不能判断。"
    assert (
        unjudged("T4-11", Sheet(), ledger=Ledger(remedy_cases=2))[0].why
        == "表四总计没有全部读到数字，不能判断。"
    )


def test_cases_pending_last_year_have_not_vanished() -> None:
    assert [
        found.left for found in findings("T4-07", remedies(), ledger=Ledger(pending_last_year_lost=1))
    ] == [1]
    assert findings("T4-07", remedies(), ledger=Ledger(pending_last_year_lost=0)) == []
    assert len(unjudged("T4-07", remedies(), ledger=Ledger())) == 1


# 跨年 --------------------------------------------------------------------------------------


def opening(*six: int) -> Sheet:
    return applications({"carried_in": six})


def closing(*six: int) -> Sheet:
    return applications(carried_out=six)


def test_the_opening_equals_last_years_closing_in_all_seven_columns() -> None:
    sheet, last_year = opening(2, 1, 0, 0, 0, 0), closing(2, 1, 0, 0, 0, 0)

    assert [
        type(j)
        for j in (*judge("X-01", sheet, last_year=last_year), *judge("X-02", sheet, last_year=last_year))
    ] == [Agrees] * 7
    assert judge("X-03", sheet, last_year=last_year) == judge("X-04", sheet, last_year=last_year) == ()


def test_a_case_lost_between_the_years_is_found_in_its_column_and_the_total() -> None:
    sheet, last_year = opening(2, 0, 0, 0, 0, 0), closing(2, 1, 0, 0, 0, 0)

    found = [*findings("X-01", sheet, last_year=last_year), *findings("X-02", sheet, last_year=last_year)]

    assert [finding.place.column for finding in found] == ["total", "company"]
    assert found[0].message == "总计列：本年报告上年结转2件，上一年度报告结转下年度3件，相差1件。"


def test_after_a_reorganisation_a_difference_asks_for_a_note() -> None:
    sheet, last_year = opening(2, 0, 0, 0, 0, 0), closing(1, 0, 0, 0, 0, 0)

    found = findings("X-03", sheet, last_year=last_year, reorganised=True)

    assert [(finding.place.column, finding.level) for finding in found] == [
        ("natural_person", Level.WARNING),
        ("total", Level.WARNING),
    ]
    assert judge("X-01", sheet, last_year=last_year, reorganised=True) == ()
    assert judge("X-02", sheet, last_year=last_year, reorganised=True) == ()


def test_an_opening_taken_from_the_uncorrected_edition_is_named() -> None:
    sheet, first, corrected = opening(2, 0, 0, 0, 0, 0), closing(2, 0, 0, 0, 0, 0), closing(1, 0, 0, 0, 0, 0)

    found = findings("X-04", sheet, last_year=corrected, last_year_first_edition=first)

    assert [finding.place.column for finding in found] == ["natural_person", "total"]
    assert "与上一年度报告的原版相同" in found[0].message
    (total,) = findings("X-01", sheet, last_year=corrected, last_year_first_edition=first)
    assert "上一年度报告（更正版）结转下年度1件" in total.message
    assert [
        j.place.column for j in unjudged("X-04", sheet, last_year=corrected, last_year_first_edition=Sheet())
    ] == COLUMNS


def test_an_opening_or_closing_that_was_not_read_is_not_judged() -> None:
    sheet = opening(0, 0, 0, 0, 0, 0)

    assert unjudged("X-01", sheet, last_year=Sheet())[0].why.startswith(
        "上一年度报告的结转下年度总计列没有读到数字"
    )
    assert unjudged("X-01", Sheet(), last_year=sheet)[0].why.startswith(
        "本年报告的上年结转总计列没有读到数字"
    )


def test_a_sum_of_many_noughts_is_shown_by_its_first_term() -> None:
    assert addition((name, Decimal(0)) for name in "甲乙丙丁戊") == "甲0 = 0"

"""办理结果. The officers' cases, and the 21 results as a whole."""

from datetime import date

import pytest

from gongkai.rules.annual_report_2021.counting import application_rows
from gongkai.rules.annual_report_2021.tables import OUTCOME_ROWS
from gongkai.rules.citation import Certainty
from gongkai.rules.editions import NoEdition
from gongkai.rules.regulations_2019.consultation import Heard, Opinion, objection_to_deciding
from gongkai.rules.regulations_2019.outcome import SITUATIONS, NotAResult, outcome_of, outcome_of_matters
from gongkai.rules.regulations_2019.remedy_notice import Refusing, Route, remedy_notice
from gongkai.rules.regulations_2019.reply import (
    RESULT_BY_KEY,
    RESULTS,
    Group,
    missing_elements,
    refusing_of,
)
from tests.rules.case_tables import Row, cases

DOCUMENT = "答复结果案例.md"
SITUATION_BY_LABEL = {situation.label: situation for situation in SITUATIONS}
KEY_BY_NAME = {result.name: result.key for result in RESULTS}


@pytest.mark.parametrize("case", cases(DOCUMENT, "一种情形"))
def test_a_situation_leads_to_the_row_of_the_case(case: Row) -> None:
    outcome = outcome_of(SITUATION_BY_LABEL[case["情形"]].key)

    assert str(outcome.explanation).endswith(f"计入“{case['计入']}”")
    assert str(outcome.explanation.steps[0].basis) == case["依据"]


def test_every_situation_is_in_the_officers_cases() -> None:
    told = {case.values[0]["情形"] for case in cases(DOCUMENT, "一种情形")}  # type: ignore[index,call-overload]

    assert told == set(SITUATION_BY_LABEL)


@pytest.mark.parametrize("case", cases(DOCUMENT, "多项内容"))
def test_several_matters_become_one_result(case: Row) -> None:
    keys = [KEY_BY_NAME[name] for name in case["各项结果"].split("；")]

    outcome = outcome_of_matters(keys, main_ground=KEY_BY_NAME.get(case["主要理由"], ""))

    assert outcome.result is not None
    assert outcome.result.name == case["计入"]
    assert outcome.is_proposal is (case["是否建议"] == "是")


@pytest.mark.parametrize("case", cases(DOCUMENT, "救济途径"))
def test_the_road_to_a_remedy_follows_the_result_and_the_day(case: Row) -> None:
    result = RESULT_BY_KEY[KEY_BY_NAME[case["结果"]]]
    decided_on = date.fromisoformat(case["决定日期"])

    notice = remedy_notice(result.refusing, decided_on=decided_on, body="示例市人民政府")

    assert notice.route.label == case["救济途径"]
    assert ("应当自收到本告知书之日起60日内" in notice.text) is (notice.route is not Route.FREE_CHOICE)
    assert ("6个月内向人民法院提起行政诉讼" in notice.text) is (
        notice.route is not Route.RECONSIDERATION_FIRST
    )


@pytest.mark.parametrize("case", cases(DOCUMENT, "多项内容的救济途径"))
def test_what_is_refused_goes_to_reconsideration_first_whatever_else_is_decided(case: Row) -> None:
    refusing = refusing_of([KEY_BY_NAME[name] for name in case["各项结果"].split("；")])

    notice = remedy_notice(refusing, decided_on=date.fromisoformat(case["决定日期"]), body="示例市人民政府")

    assert notice.route.label == case["救济途径"]


@pytest.mark.parametrize("case", cases(DOCUMENT, "计入哪一年"))
def test_a_case_counts_in_the_rows_of_its_years(case: Row) -> None:
    counted = application_rows(
        int(case["年度"]),
        received_on=date.fromisoformat(case["收到"]),
        closed_on=date.fromisoformat(case["办结"]) if case["办结"] else None,
        result=KEY_BY_NAME.get(case["结果"], ""),
    )

    assert "；".join(each.place for each in counted) == case["计入各行"]


# 21种结果 ----------------------------------------------------------------------------------


def test_there_are_21_results_one_for_each_row_in_the_order_of_the_table() -> None:
    assert [result.key for result in RESULTS] == [row.key for row in OUTCOME_ROWS]
    sizes = [sum(result.group is group for result in RESULTS) for group in Group]
    assert sizes == [1, 1, 8, 3, 5, 3]
    assert sum(sizes) == 21


def test_each_result_stands_in_the_group_that_the_table_prints() -> None:
    for result in RESULTS:
        printed = result.row.group or result.row.label
        assert result.group.label in printed


def test_every_result_names_a_basis_and_unread_ones_are_marked() -> None:
    marked = {r.key for r in RESULTS for c in r.basis if c.certainty is not Certainty.CONFIRMED}

    assert all(result.basis for result in RESULTS)
    assert marked == {"granted", "unavailable_not_held", "not_processed_reconfirm", "other_remaining"}


def test_only_the_refusals_of_articles_14_to_16_go_to_reconsideration_first() -> None:
    wholly = [result.key for result in RESULTS if result.refusing is Refusing.WHOLLY]

    assert len(wholly) == 7
    assert wholly == [row.key for row in OUTCOME_ROWS[2:9]]
    assert [result.key for result in RESULTS if result.refusing is Refusing.PARTLY] == ["granted_in_part"]


def test_a_refusal_gives_reasons_and_every_letter_the_remedy() -> None:
    for result in RESULTS:
        keys = [element.key for element in result.letter]
        assert keys[:4] == ["applicant", "application", "subject", "basis"]
        assert keys[-2:] == ["remedy", "signature"]
        assert len(keys) == len(set(keys))
        assert len(keys) > len(["applicant", "application", "subject", "basis", "remedy", "signature"])
        assert ("reasons" in keys) is (result.refusing is Refusing.WHOLLY)


def test_a_letter_that_says_everything_lacks_nothing() -> None:
    result = RESULT_BY_KEY["withheld_third_party"]
    everything = frozenset(element.key for element in result.letter)

    assert missing_elements(result, everything) == ()
    assert [e.key for e in missing_elements(result, everything - {"third_party_opinion"})] == [
        "third_party_opinion"
    ]


def test_only_the_endings_without_a_decision_may_do_without_a_letter() -> None:
    assert [r.key for r in RESULTS if not r.letter_is_required] == [
        "other_not_corrected",
        "other_fee_unpaid",
        "other_remaining",
    ]


@pytest.mark.parametrize(
    ("results", "main_ground", "says"),
    [
        ([], "", "（空）"),
        (["refused"], "", "没有这样的办理结果：refused"),
        (["withheld_by_law"], "refused", "没有这样的办理结果：refused"),
        (["withheld_by_law", "not_processed_repeat"], "not_processed_petition", "不在各项结果之中"),
    ],
)
def test_what_is_not_a_result_is_refused(results: list[str], main_ground: str, says: str) -> None:
    with pytest.raises(NotAResult, match=says):
        outcome_of_matters(results, main_ground=main_ground)


def test_a_refusal_in_part_tells_both_roads() -> None:
    notice = remedy_notice(
        Refusing.PARTLY, decided_on=date(2025, 3, 3), body="示例市人民政府", court="示例市人民法院"
    )

    assert notice.text == (
        "对其中不予公开的部分不服的，应当自收到本告知书之日起60日内向示例市人民政府申请行政复议；"
        "对行政复议决定不服的，自收到行政复议决定书之日起15日内向示例市人民法院提起行政诉讼。"
        "未经行政复议，不能直接提起行政诉讼。对其他部分不服的，可以自收到本告知书之日起60日内向示例市人民政府"
        "申请行政复议，或者自收到本告知书之日起6个月内向示例市人民法院提起行政诉讼。"
    )
    assert "《行政复议法》第二十三条第一款第四项" in str(notice.explanation)


def test_no_remedy_text_is_given_for_a_day_before_the_regulations() -> None:
    with pytest.raises(NoEdition):
        remedy_notice(Refusing.WHOLLY, decided_on=date(2019, 5, 14), body="示例市人民政府")


OPINIONS = {
    "同意": Opinion.AGREES,
    "不同意且有合理理由": Opinion.REFUSES_WITH_REASON,
    "不同意但没有合理理由": Opinion.REFUSES_WITHOUT_REASON,
    "逾期未提出": Opinion.SILENT,
}


@pytest.mark.parametrize("case", cases(DOCUMENT, "决定与第三方意见"))
def test_a_decision_does_not_contradict_the_third_party(case: Row) -> None:
    situation = SITUATION_BY_LABEL[case["决定"]]
    objection = objection_to_deciding(
        discloses=RESULT_BY_KEY[situation.result].group is Group.GRANTED,
        situation=situation.key,
        heard=[
            Heard(OPINIONS[each.removesuffix("（决定公开）")], overruled=each.endswith("（决定公开）"))
            for each in case["第三方意见"].split("；")
            if each
        ],
        reasons=case["说明"],
    )

    assert (objection == "") is (case["能不能"] == "能")

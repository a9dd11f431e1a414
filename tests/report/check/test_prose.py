"""文字检查. What contradicts the tables is found; what is true, vague or about something else is left alone."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.report.check.across import similarity
from gongkai.report.check.engine import check
from gongkai.report.check.findings import Level
from gongkai.report.check.narrative.quantities import quantities
from gongkai.report.check.personal_data import is_id_number
from tests.report.check.cases_prose import saying
from tests.report.check.cases_tables import LAST_YEAR
from tests.report.check.office import OVERVIEW, sound_report
from tests.report.check.sentences import RIGHT, RIGHT_FOR_A_GOVERNMENT, WRONG


@pytest.mark.parametrize(("rule", "words"), WRONG)
def test_a_wrong_sentence_is_found_by_its_rule(rule: str, words: str) -> None:
    assert rule in [finding.rule for finding in saying(words).checked().findings]


@pytest.mark.parametrize("words", RIGHT)
def test_a_right_sentence_is_left_alone(words: str) -> None:
    faults = [f for f in saying(words).checked().findings if f.level is not Level.INFORMATION]

    assert faults == []


@pytest.mark.parametrize("words", RIGHT_FOR_A_GOVERNMENT)
def test_a_governments_sentence_about_one_of_its_bodies_is_left_alone(words: str) -> None:
    report = replace(
        saying(words).report, agency="示例市人民政府", title="示例市人民政府2023年政府信息公开工作年度报告"
    )

    assert check(report).findings == ()


@pytest.mark.parametrize(
    ("text", "value", "unit", "vague"),
    [
        ("公开１，４７１条", "1471", "条", False),
        ("公开1,471条", "1471", "条", False),
        ("受理一百二十三件", "123", "件", False),
        ("受理两件", "2", "件", False),
        ("收取1613.88万元", "16138800", "元", False),
        ("发布300余条", "300", "条", True),
        ("发布近百条", "100", "条", True),
        ("浏览3.2万次", "32000", "次", True),
        ("占比33.3%", "33.3", "%", False),
        ("占比３３．３％", "33.3", "%", False),
    ],
)
def test_a_number_is_read_as_written(text: str, value: str, unit: str, vague: bool) -> None:
    """TX-18: full-width digits and 中文数字 are read, and 余, 近, 多 make a number vague."""
    text = text.replace("，", ",")

    (found,) = quantities(text)

    assert (found.value, found.unit, found.vague) == (Decimal(value), unit, vague)


@pytest.mark.parametrize(
    "text", ["第二十条", "2023年", "国办函〔2020〕109号", "20个工作日", "每一件", "同一件", "一是"]
)
def test_what_is_no_count_is_not_read_as_one(text: str) -> None:
    assert quantities(text) == ()


def test_the_parts_in_brackets_are_told_with_their_sum() -> None:
    findings = (
        saying("公开信息1471条（工作动态57条，热点关注1180条，通知公告17条，其他信息218条）。")
        .checked()
        .findings
    )

    (finding,) = [f for f in findings if f.rule == "TX-10"]
    assert (finding.left, finding.right, finding.difference) == (Decimal(1472), Decimal(1471), Decimal(1))
    assert "57 + 1180 + 17 + 218 = 1472" in finding.message


def test_parts_of_different_kinds_are_not_added_together() -> None:
    words = "收到政府信息公开申请8件，其中自然人6件、企业2件，网上申请7件、信函申请1件。"

    assert saying(words).checked().findings == ()


def test_parts_may_follow_in_the_next_sentence() -> None:
    words = "共收到8份政府信息公开申请。其中，自然人申请6件，商业企业申请3件。"

    assert "TX-10" in [f.rule for f in saying(words).checked().findings]


def test_the_change_is_measured_against_last_years_text_where_the_tables_have_no_such_figure() -> None:
    last = replace(LAST_YEAR, sections={**LAST_YEAR.sections, "overview": "全年主动公开政府信息100条。"})
    grew = OVERVIEW.replace("主动公开政府信息120条", "主动公开政府信息120条，同比增长20%，")
    wrong = OVERVIEW.replace("主动公开政府信息120条（", "主动公开政府信息120条，同比增长30%（")

    right_rules = [f.rule for f in check(sound_report(overview=grew), last).findings]
    wrong_rules = [f.rule for f in check(sound_report(overview=wrong), last).findings]

    assert "TX-12" not in right_rules
    assert "TX-12" in wrong_rules


def test_a_number_that_cannot_be_compared_is_said_to_be_so() -> None:
    result = saying("2023年收到政府信息公开申请8件，同比增长20%。").checked()

    assert "TX-13" in [entry.rule for entry in result.cannot_judge]
    assert "TX-13" not in [finding.rule for finding in result.findings]


@pytest.mark.parametrize(("percentage", "rules"), [("20%", []), ("30%", ["TX-12"])])
def test_a_change_told_twice_is_checked_twice(percentage: str, rules: list[str]) -> None:
    words = f"2023年，新收政府信息公开申请8件，较上年减少2件，下降{percentage}。"

    result = check(saying(words).report, LAST_YEAR)

    assert [f.rule for f in result.findings] == rules


def test_a_change_of_something_else_is_not_laid_to_the_number_before_it() -> None:
    words = "2023年收到政府信息公开申请8件，办理质量较上年提高，答复率同比提升。"

    result = check(saying(words).report, LAST_YEAR)

    assert [f.rule for f in result.findings if f.rule in {"TX-12", "TX-13"}] == []


def test_an_id_number_is_known_by_its_check_character() -> None:
    """F-16: an index number of eighteen digits is no ID number."""
    assert is_id_number("11010519491231002X")
    assert is_id_number("11010519491231002x")
    assert not is_id_number("110105194912310029")


def test_a_finding_about_personal_data_does_not_repeat_it() -> None:
    result = saying("申请材料载有11010519491231002X。").checked()

    (finding,) = [f for f in result.findings if f.rule == "F-16"]
    assert "11010519491231002X" not in finding.message + finding.place.quote


def test_texts_are_compared_without_their_digits() -> None:
    assert similarity("公开信息5条，解读3件", "公开信息9条，解读7件") == Decimal(1)
    assert similarity("公开信息", "") == Decimal(0)


_PIECES = (
    "2023年", "政府信息公开申请", "收到", "新收", "答复", "结转", "下年度", "上年", "8件", "近百件", "其中", "（", "）", "，", "。", "；",
    "：", "、", "行政复议", "行政诉讼", "未发生", "均", "同比", "增长", "占", "20%", "分别为", "包括", "共计", "57+20", "《", "“", "申请人",
    "王小明", "元", "的的", "\n", "（一）", "１", "亿", "第", "3.14", ",", "本级", "1月1日",
)  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=80).map("".join), st.sampled_from(["overview", "other"]))
@settings(max_examples=80, deadline=None)
def test_no_prose_makes_the_check_fail(words: str, section: str) -> None:
    result = check(sound_report(**{section: words}), LAST_YEAR)

    assert result.judged
    assert all(finding.message for finding in result.findings)


# TX-11, TX-17: 台账 ------------------------------------------------------------------------

REGISTERS = {"微信公众号发布": 150, "微博发布": 40, "意见征集": 6, "收到来信": 80, "公开的规范性文件": 2}


@pytest.mark.parametrize(
    ("words", "rule", "left", "right"),
    [
        ("微信公众号推送信息160条。", "TX-11", 160, 150),
        ("通过政务微博发布信息45条，微信公众号发布150条。", "TX-11", 45, 40),
        ("开展意见征集7次。", "TX-17", 7, 6),
        ("全年收到市长信箱来信81件。", "TX-17", 81, 80),
        ("主动公开规范性文件3件。", "TX-17", 3, 2),
    ],
)
def test_a_typed_figure_that_the_registers_do_not_bear_out_is_told(
    words: str, rule: str, left: int, right: int
) -> None:
    result = check(saying(words).report, registers=REGISTERS)

    told = [(f.rule, f.left, f.right) for f in result.findings if f.rule in ("TX-11", "TX-17")]
    assert told == [(rule, Decimal(left), Decimal(right))]


@pytest.mark.parametrize(
    "words",
    [
        "微信公众号推送信息150条，微博发布40条。",
        "微信公众号上半年推送信息70条。",
        "2022年微信公众号推送信息120条。",
        "微信公众号关注用户3000人。",
        "开展意见征集6次，收到来信80件。",
    ],
)
def test_a_typed_figure_that_agrees_or_speaks_of_something_narrower_is_not_told(words: str) -> None:
    result = check(saying(words).report, registers=REGISTERS)

    assert [f for f in result.findings if f.rule in ("TX-11", "TX-17")] == []


def test_without_registers_typed_figures_of_channels_and_letters_cannot_be_judged() -> None:
    result = check(saying("微信公众号推送信息160条，收到来信81件。").report)

    whys = {each.rule: each.why for each in result.cannot_judge}
    assert whys["TX-11"] == "没有本机关台账，不能核对文字中各渠道的发布数。"
    assert whys["TX-17"] == "没有本机关台账，不能核对文字中文件、解读、征集、信箱的件数。"

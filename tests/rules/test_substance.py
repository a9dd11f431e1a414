"""条例的实体规定. Grounds for withholding, duties to disclose, reporting days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.rules.annual_report_2021.tables import OUTCOME_ROWS
from gongkai.rules.citation import Certainty
from gongkai.rules.regulations_2019.proactive import (
    CATALOGUE_CONTENTS,
    DUTIES_OF_ARTICLE_20,
    DUTIES_OF_ARTICLE_21,
    GUIDE_CONTENTS,
    AgencyTier,
    duties_of,
    missing,
    numbered,
    publish_by,
)
from gongkai.rules.regulations_2019.reply import RESULT_BY_KEY
from gongkai.rules.regulations_2019.reporting import DEADLINES, Reporter, contents_for, report_by
from gongkai.rules.regulations_2019.withholding import GROUND_BY_KEY, GROUNDS, Force, next_review
from gongkai.rules.working_days import Calendar

CALENDAR = Calendar()

# 不予公开的理由 ------------------------------------------------------------------------------


def test_seven_grounds_stand_in_the_order_of_their_rows() -> None:
    assert [ground.result for ground in GROUNDS] == [row.key for row in OUTCOME_ROWS[2:9]]
    assert all(RESULT_BY_KEY[ground.result].basis[0] == ground.basis for ground in GROUNDS)


def test_article_14_forbids_article_15_has_exceptions_article_16_leaves_a_choice() -> None:
    by_article = {ground.basis.article: ground.force for ground in GROUNDS}

    assert by_article == {14: Force.MUST, 15: Force.UNLESS, 16: Force.MAY}
    assert [ground.key for ground in GROUNDS if ground.force.is_discretionary] == [
        "INTERNAL_AFFAIRS",
        "DELIBERATIVE",
        "ENFORCEMENT_FILE",
    ]
    assert [force.label for force in Force] == ["不予公开", "不得公开，法定例外除外", "可以不予公开"]


def test_each_ground_names_the_evidence_the_file_must_hold() -> None:
    assert all(ground.evidence for ground in GROUNDS)
    assert "征求意见书及其送达记录" in GROUND_BY_KEY["THIRD_PARTY"].evidence


def test_the_heads_under_a_ground_are_those_of_the_law() -> None:
    assert GROUND_BY_KEY["SECURITY_OR_STABILITY"].kinds == ("国家安全", "公共安全", "经济安全", "社会稳定")
    assert GROUND_BY_KEY["INTERNAL_AFFAIRS"].kinds == ("人事管理", "后勤管理", "内部工作流程")
    assert GROUND_BY_KEY["DELIBERATIVE"].kinds == ("讨论记录", "过程稿", "磋商信函", "请示报告")


def test_consent_and_public_interest_lift_the_protection_of_a_third_party() -> None:
    texts = [exception.text for exception in GROUND_BY_KEY["THIRD_PARTY"].exceptions]

    assert texts[0] == "第三方同意公开"
    assert "公共利益" in texts[1]
    assert GROUND_BY_KEY["STATE_SECRET"].exceptions == ()


def test_withheld_information_is_reviewed_after_the_agencys_own_interval() -> None:
    review = next_review(date(2024, 2, 29), CALENDAR, months=6)

    assert review.day == date(2024, 8, 29)
    assert "每6个月评估审查一次（《条例》第十八条（待核））" in str(review.explanation)


# 主动公开 ----------------------------------------------------------------------------------


def test_article_20_has_fifteen_items_each_with_its_number() -> None:
    assert [duty.basis.item for duty in DUTIES_OF_ARTICLE_20] == list(range(1, 16))
    assert numbered(DUTIES_OF_ARTICLE_20[0]) == "（一）行政法规、规章和规范性文件"
    assert numbered(DUTIES_OF_ARTICLE_20[14]).startswith("（十五）法律、法规、规章和国家有关规定")


def test_article_21_adds_to_the_duties_of_cities_counties_and_townships() -> None:
    assert len({duty.key for duty in (*DUTIES_OF_ARTICLE_20, *DUTIES_OF_ARTICLE_21)}) == 30
    assert [duty.label for duty in duties_of(AgencyTier.CITY_OR_COUNTY)[15:17]] == ["市政建设", "公共服务"]
    assert [duty.label for duty in duties_of(AgencyTier.TOWNSHIP)[15:17]] == [
        "贯彻落实农业农村政策",
        "农田水利工程建设运营",
    ]
    assert [tier.label for tier in AgencyTier] == [
        "各级行政机关",
        "设区的市级、县级人民政府及其部门",
        "乡（镇）人民政府",
    ]


@given(st.dates(date(2019, 5, 15), date(2026, 11, 1)))
def test_information_is_published_on_a_working_day_within_twenty_of_them(day: date) -> None:
    due = publish_by(day, CALENDAR)

    assert CALENDAR.is_working_day(due.day)
    assert CALENDAR.working_days_between(day, due.day) == 20


def test_the_guide_and_the_catalogue_contain_what_article_12_asks_for() -> None:
    assert [content.label for content in CATALOGUE_CONTENTS] == ["索引", "名称", "内容概述", "生成日期"]
    assert len(GUIDE_CONTENTS) == 9
    everything = frozenset(content.key for content in GUIDE_CONTENTS)
    assert missing(GUIDE_CONTENTS, everything) == ()
    assert [c.label for c in missing(GUIDE_CONTENTS, everything - {"fax"})] == ["传真号码"]


# 年度报告 ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reporter", "day"),
    [
        (Reporter.DEPARTMENT, date(2024, 1, 31)),
        (Reporter.GOVERNMENT, date(2024, 3, 31)),
        (Reporter.TOWNSHIP, date(2024, 1, 31)),
    ],
)
def test_the_day_by_which_a_year_is_reported(reporter: Reporter, day: date) -> None:
    assert report_by(2023, reporter).day == day
    assert "2023年度报告" in str(report_by(2023, reporter).explanation)


def test_the_day_for_townships_is_marked_as_our_reading() -> None:
    assert DEADLINES[Reporter.TOWNSHIP].basis.certainty is Certainty.INFERENCE
    assert "待核" in str(report_by(2023, Reporter.TOWNSHIP).explanation)
    assert "待核" not in str(report_by(2023, Reporter.DEPARTMENT).explanation)


def test_governments_also_report_appraisal_evaluation_and_accountability() -> None:
    extra = {c.key for c in contents_for(Reporter.GOVERNMENT)} - {
        c.key for c in contents_for(Reporter.DEPARTMENT)
    }

    assert extra == {"supervision"}

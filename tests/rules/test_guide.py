"""公开指南 (条例第十二条): what it must say, and when it is gone over again."""

from datetime import date

import pytest

from gongkai.rules.regulations_2019.guide import ELEMENTS, missing, recheck_on
from gongkai.rules.working_days import Calendar

COMPLETE = {element.key: "有" for element in ELEMENTS}
BY_LAW = (
    "政府信息的分类",
    "编排体系",
    "获取方式",
    "政府信息公开工作机构的名称",
    "办公地址",
    "办公时间",
    "联系电话",
    "传真号码",
    "互联网联系方式",
)


def test_the_elements_are_those_of_the_article_in_its_order():
    assert tuple(element.label for element in ELEMENTS if element.required)[: len(BY_LAW)] == BY_LAW


def test_a_complete_guide_lacks_nothing():
    assert missing(COMPLETE) == ()


@pytest.mark.parametrize("element", [each for each in ELEMENTS if each.required], ids=lambda each: each.key)
@pytest.mark.parametrize("nothing", ["", "  "])
def test_each_required_element_is_missed(element, nothing):
    assert missing({**COMPLETE, element.key: nothing}) == (element,)


def test_what_is_not_required_is_not_missed():
    assert missing({**COMPLETE, "postcode": ""}) == ()


def test_nothing_filled_in_everything_required_is_missing():
    assert missing({}) == tuple(each for each in ELEMENTS if each.required)


def test_it_is_gone_over_a_year_later_or_sooner():
    assert recheck_on(date(2026, 3, 2), Calendar()) == date(2027, 3, 2)
    assert recheck_on(date(2026, 3, 2), Calendar(), months=6) == date(2026, 9, 2)

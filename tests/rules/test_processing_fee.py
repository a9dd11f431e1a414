"""信息处理费. The officers' cases, and what must hold for any number of items or pages."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.rules.processing_fee_2020.fee import (
    ItemsReceived,
    Way,
    fee_by_page,
    fee_for_items,
    items_in_month,
    monthly_fee_by_item,
    refuse_way,
)
from gongkai.rules.processing_fee_2020.payment import ALSO_ADVISED, NOTICE_CONTENTS, pay_by
from gongkai.rules.processing_fee_2020.tiers import PAGE_TIERS
from gongkai.rules.working_days import Calendar
from tests.rules.case_tables import Row, cases

DOCUMENT = "信息处理费案例.md"
WAYS = {way.label: way for way in Way}


@pytest.mark.parametrize("case", cases(DOCUMENT, "按件计收"))
def test_items_of_a_month_cost_what_the_case_says(case: Row) -> None:
    assert monthly_fee_by_item(int(case["累计件数"])).yuan == int(case["应计（元）"])


@pytest.mark.parametrize("case", cases(DOCUMENT, "本次应收"))
def test_an_application_costs_what_it_adds_to_the_month(case: Row) -> None:
    fee = fee_for_items(int(case["本月已有"]), int(case["本次"]))

    assert (fee.yuan, fee.units) == (int(case["应收（元）"]), int(case["本次"]))
    assert fee.explanation.conclusion == f"本次{case['本次']}件，应收{case['应收（元）']}元"


@pytest.mark.parametrize("case", cases(DOCUMENT, "按量计收"))
def test_pages_cost_what_the_case_says(case: Row) -> None:
    assert fee_by_page(int(case["页数"])).yuan == int(case["应计（元）"])


@pytest.mark.parametrize("case", cases(DOCUMENT, "自然月"))
def test_items_add_up_within_one_calendar_month_of_one_applicant(case: Row) -> None:
    received = [
        ItemsReceived(who, date.fromisoformat(day), int(items))
        for who, day, items in re.findall(r"(\w)(\d{4}-\d\d-\d\d)×(\d+)", case["收到情况"])
    ]
    month_of = date.fromisoformat(case["月份"] + "-15")

    assert items_in_month(received, applicant=case["申请人"], month_of=month_of) == int(case["累计件数"])


@pytest.mark.parametrize("case", cases(DOCUMENT, "缴费期限"))
def test_the_fee_is_due_twenty_working_days_after_the_notice(case: Row) -> None:
    due = pay_by(date.fromisoformat(case["收到通知"]), Calendar())

    assert due.day == date.fromisoformat(case["应缴于"])
    assert "《信息处理费管理办法》第六条" in str(due.explanation)


@pytest.mark.parametrize("case", cases(DOCUMENT, "计收方式"))
def test_one_way_of_charging_is_chosen_never_both(case: Row) -> None:
    refusal = refuse_way(
        WAYS[case["拟用方式"]],
        already=WAYS.get(case["已用方式"]),
        only_tells_where=case["只告知途径"] == "是",
    )

    assert (refusal is None) is (case["是否可以"] == "可以")


@given(st.integers(0, 3000))
def test_one_more_item_never_costs_less_and_the_price_rises_only_at_a_tier(items: int) -> None:
    prices = [monthly_fee_by_item(items + n + 1).yuan - monthly_fee_by_item(items + n).yuan for n in range(2)]

    assert 0 <= prices[0] <= prices[1]
    if prices[0] != prices[1]:
        assert (items + 2) % 10 == 1
        assert prices[1] - prices[0] == 100


@given(st.integers(0, 3000))
def test_one_more_page_never_costs_less_and_the_price_rises_only_at_a_tier(pages: int) -> None:
    prices = [fee_by_page(pages + n + 1).yuan - fee_by_page(pages + n).yuan for n in range(2)]

    assert 0 <= prices[0] <= prices[1]
    if prices[0] != prices[1]:
        assert pages + 2 in {tier.first for tier in PAGE_TIERS}


@given(st.integers(0, 200), st.lists(st.integers(0, 60), max_size=4))
def test_applications_of_a_month_together_cost_the_months_fee(first: int, further: list[int]) -> None:
    total, had = fee_for_items(0, first).yuan, first
    for items in further:
        total, had = total + fee_for_items(had, items).yuan, had + items

    assert total == monthly_fee_by_item(had).yuan


@given(st.integers(0, 2000))
def test_the_tiers_shown_add_up_to_the_fee(units: int) -> None:
    for fee in (monthly_fee_by_item(units), fee_by_page(units)):
        shown = [int(yuan) for step in fee.explanation.steps for yuan in re.findall(r"计(\d+)元", step.text)]
        assert sum(shown) == fee.yuan
        assert fee.explanation.conclusion == f"共{fee.yuan}元"


def test_only_the_tiers_beyond_the_thirtieth_item_are_marked_unconfirmed() -> None:
    marked = ["待核" in str(step) for step in monthly_fee_by_item(45).explanation.steps]

    assert marked == [False, False, True, True]
    assert "待核" not in str(fee_by_page(500).explanation)


@pytest.mark.parametrize("compute", [monthly_fee_by_item, fee_by_page, lambda n: fee_for_items(0, n)])
def test_a_count_below_nothing_is_refused(compute: object) -> None:
    with pytest.raises(ValueError, match="不能是负数"):
        compute(-1)  # type: ignore[operator]


def test_the_notice_states_ground_standard_amount_and_how_to_pay() -> None:
    assert [element.label for element in NOTICE_CONTENTS] == ["收费依据", "收费标准", "收费数额", "缴纳方式"]
    assert [element.label for element in ALSO_ADVISED] == ["缴纳期限和逾期的后果"]

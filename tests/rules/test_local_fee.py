"""本机关的收费做法: in the applicant's favour only, and by itself the measures' own figures."""

import pytest

from gongkai.rules.processing_fee_2020.fee import Way, fee_by_page, fee_for_items
from gongkai.rules.processing_fee_2020.local import (
    FREE_ITEMS,
    FREE_PAGES,
    Practice,
    local_fee,
    refuse_practice,
)


def test_what_the_measures_leave_free_is_the_least():
    assert (FREE_ITEMS, FREE_PAGES) == (10, 30)
    assert refuse_practice(Practice()) is None
    assert refuse_practice(Practice(free_items=15, free_pages=50)) is None
    assert "不能少于10件" in str(refuse_practice(Practice(free_items=9)))
    assert "不能少于30页" in str(refuse_practice(Practice(free_pages=29)))


@pytest.mark.parametrize("pages", [0, 30, 31, 100, 101, 250])
def test_without_a_choice_pages_cost_what_the_measures_say(pages):
    assert local_fee(Way.BY_PAGE, pages, Practice()).yuan == fee_by_page(pages).yuan


@pytest.mark.parametrize("earlier", [0, 9, 10, 25, 30, 45])
@pytest.mark.parametrize("items", [0, 1, 5, 20])
def test_items_of_a_month_add_up_however_they_come(earlier, items):
    """The sum of two applications is that of one: nothing is free twice."""
    for free in (10, 15, 40):
        practice = Practice(free_items=free)
        together = local_fee(Way.BY_ITEM, earlier + items, practice).yuan
        first = local_fee(Way.BY_ITEM, earlier, practice).yuan
        then = local_fee(Way.BY_ITEM, items, practice, earlier_this_month=earlier).yuan

        assert first + then == together
        assert 0 <= then <= fee_for_items(earlier, items).yuan


def test_items_left_free_are_named_in_the_explanation():
    fee = local_fee(Way.BY_ITEM, 20, Practice(free_items=15))

    assert (fee.yuan, fee.units, fee.way) == (500, 20, Way.BY_ITEM)
    assert fee.explanation.conclusion == "本次应收500元"
    assert "前15件免收，减500元" in str(fee.explanation)

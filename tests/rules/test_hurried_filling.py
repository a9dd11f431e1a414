"""突击发布的迹象, 自己的更新周期, 机关的层级."""

from datetime import UTC, date, datetime, timedelta

import pytest

from gongkai.rules.regulations_2019.proactive import AgencyTier, tier_of
from gongkai.rules.site_indicators_2019 import hurried_filling
from gongkai.rules.site_indicators_2019.hurried_filling import Sign, after_a_notice, dated_before, one_date
from gongkai.rules.site_indicators_2019.update_periods import (
    UPDATE_PERIODS,
    ColumnClass,
    fault_of_own_period,
    update_by,
)

NOTICE = datetime(2026, 3, 2, 8, tzinfo=UTC)


def minutes(*after: int, day: int = 0) -> list[datetime]:
    return [NOTICE + timedelta(days=day, minutes=minute) for minute in after]


def test_five_items_within_sixty_minutes_are_a_sign_and_in_sixty_one_are_not() -> None:
    assert [each.count for each in after_a_notice(minutes(0, 1, 2, 3, 60), [NOTICE])] == [5]
    assert after_a_notice(minutes(0, 1, 2, 3, 61), [NOTICE]) == ()
    assert after_a_notice(minutes(0, 1, 2, 3), [NOTICE]) == ()


def test_a_burst_before_the_notice_or_eight_days_after_it_is_none() -> None:
    assert after_a_notice(minutes(-10, -9, -8, -7, -6), [NOTICE]) == ()
    assert after_a_notice(minutes(0, 1, 2, 3, 4, day=8), [NOTICE]) == ()
    assert len(after_a_notice(minutes(0, 1, 2, 3, 4, day=6), [NOTICE])) == 1


def test_a_day_bears_one_sign_with_the_most_items_of_an_hour() -> None:
    later = NOTICE + timedelta(minutes=30)

    (sign,) = after_a_notice(minutes(0, 1, 2, 3, 40, 41, 42, 50, 55), [later, NOTICE])

    assert (sign.sign, sign.on, sign.count) == (Sign.AFTER_NOTICE, date(2026, 3, 2), 9)


def test_half_of_twelve_months_on_one_day_is_a_sign_and_less_is_not() -> None:
    day = date(2026, 11, 3)

    spread = {date(2026, 2, 1): 3, date(2026, 3, 1): 2}

    assert [each.on for each in one_date({day: 5, **spread})] == [day]
    assert one_date({day: 5, **spread, date(2026, 4, 1): 1}) == ()
    assert one_date({day: 4}) == ()
    assert day in [each.on for each in one_date({day: 5, date(2025, 11, 3): 50})]  # a year ago and more


def test_a_column_in_its_first_thirty_days_may_be_filled_at_once() -> None:
    day = date(2026, 11, 3)

    assert one_date({day: 9}, opened_on=day - timedelta(days=30)) == ()
    assert len(one_date({day: 9}, opened_on=day - timedelta(days=31))) == 1


@pytest.mark.parametrize(
    ("late", "after", "many", "found"), [(31, 31, 5, 1), (30, 31, 5, 0), (31, 30, 5, 0), (31, 31, 4, 0)]
)
def test_many_items_dated_long_before_their_entry_are_a_sign_once_the_column_is_taken_over(
    late: int, after: int, many: int, found: int
) -> None:
    entered_on = date(2026, 11, 3)
    dated = entered_on - timedelta(days=late)

    signs = dated_before([(dated, entered_on)] * many, taken_over_from=entered_on - timedelta(days=after))

    assert [(each.on, each.count, set(each.claimed)) for each in signs] == [(entered_on, 5, {dated})] * found


def test_each_sign_has_its_word_and_the_numbers_say_that_they_are_our_own() -> None:
    assert [each.label for each in Sign] == ["通知后集中发布", "日期相同", "日期早于入库"]
    assert str(hurried_filling.NUMBERS_BASIS) == "国办秘函〔2019〕19号（待核）"
    assert hurried_filling.FORGED_DATES.basis.certainty.mark == ""


def test_ones_own_period_counts_where_it_ends_first_and_alone_where_there_is_no_class() -> None:
    own = update_by(None, date(2026, 3, 2), own_days=30, name="其他信息")

    assert own is not None
    assert (
        str(own.explanation) == "其他信息上次更新于2026年3月2日，本机关规定每30天更新；最迟2026年4月1日更新"
    )
    assert update_by(ColumnClass.NEWS, date(2026, 3, 2), own_days=30).day == date(2026, 3, 16)  # type: ignore[union-attr]


def test_no_period_of_ones_own_is_looser_than_the_indicators() -> None:
    for column, period in UPDATE_PERIODS.items():
        assert fault_of_own_period(column, period.fewest_days) == ""
        assert fault_of_own_period(column, period.fewest_days + 1).endswith(f"不能超过{period.fewest_days}天")
    assert fault_of_own_period(None, 366) == ""


@pytest.mark.parametrize(
    ("name", "is_township", "tier"),
    [
        ("示例市国防动员办公室", False, AgencyTier.CITY_OR_COUNTY),
        ("示例县人民政府", False, AgencyTier.CITY_OR_COUNTY),
        ("示例省示例市教育局", False, AgencyTier.CITY_OR_COUNTY),
        ("示例自治区示例自治州民政局", False, AgencyTier.CITY_OR_COUNTY),
        ("示例省人民政府", False, AgencyTier.EVERY_AGENCY),
        ("示例省市场监督管理局", False, AgencyTier.EVERY_AGENCY),
        ("北京市示例局", False, AgencyTier.EVERY_AGENCY),
        ("北京市示例区示例局", False, AgencyTier.CITY_OR_COUNTY),
        ("国家示例局", False, AgencyTier.EVERY_AGENCY),
        ("示例镇人民政府", True, AgencyTier.TOWNSHIP),
        ("示例区示例街道办事处", True, AgencyTier.CITY_OR_COUNTY),
    ],
)
def test_the_tier_of_an_agency_is_read_from_its_name(name: str, is_township: bool, tier: AgencyTier) -> None:
    assert tier_of(name, is_township=is_township) is tier

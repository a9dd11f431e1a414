"""The calendar: reasons, marks, operators' years, bounds."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.rules.citation import Certainty
from gongkai.rules.regulations_2019.receipt import BEIJING
from gongkai.rules.working_days import (
    BadYear,
    Calendar,
    DayKind,
    Holiday,
    OutOfCalendar,
    Span,
    YearDays,
    read_year,
    shipped_year,
    years_in,
)

CALENDAR = Calendar()
NOTICE_2027 = YearDays(
    2027,
    (
        Holiday("元旦", date(2027, 1, 1), date(2027, 1, 3)),
        Holiday("春节", date(2027, 2, 5), date(2027, 2, 11), made_up=(date(2027, 1, 30), date(2027, 2, 20))),
    ),
    notice="示例明电〔2026〕1号",
    certainty=Certainty.CONFIRMED,
)
known_days = st.dates(date(2005, 3, 1), date(2025, 11, 30))


@pytest.mark.parametrize(
    ("day", "kind", "holiday"),
    [
        (date(2026, 3, 2), DayKind.WORKDAY, ""),
        (date(2026, 3, 7), DayKind.WEEKEND, ""),
        (date(2026, 2, 14), DayKind.MADE_UP, "春节"),
        (date(2026, 10, 1), DayKind.HOLIDAY, "国庆节"),
    ],
)
def test_a_day_says_its_kind_and_holiday(day: date, kind: DayKind, holiday: str) -> None:
    answer = CALENDAR.is_working_day(day)

    assert (answer.kind, answer.holiday) == (kind, holiday)


def test_a_moment_is_refused_lest_a_holiday_be_missed() -> None:
    with pytest.raises(TypeError, match="只接受日期"):
        CALENDAR.is_working_day(datetime(2026, 10, 1, 9, tzinfo=BEIJING))
    with pytest.raises(TypeError, match="只接受日期"):
        CALENDAR.add_working_days(datetime(2026, 10, 1, 9, tzinfo=BEIJING), 20)


@given(
    start=known_days,
    count=st.integers(1, 45),
    spans=st.lists(st.tuples(st.integers(-10, 60), st.integers(0, 30)), max_size=4),
)
def test_numbering_a_year_once_gives_the_day_that_walking_gives(
    start: date, count: int, spans: list[tuple[int, int]]
) -> None:
    firsts = [(start + timedelta(days=offset), length) for offset, length in spans]
    not_counted = [Span(first, first + timedelta(days=length)) for first, length in firsts]
    walked, left = start, count
    while left:
        walked += timedelta(days=1)
        if not any(walked in span for span in not_counted):
            left -= bool(CALENDAR.is_working_day(walked))

    assert CALENDAR.add_working_days(start, count, not_counted=not_counted).day == walked


@pytest.mark.parametrize("year", [2003, 2061])
def test_a_year_that_cannot_be_computed_is_refused(year: int) -> None:
    with pytest.raises(OutOfCalendar, match=f"{year}年没有放假数据"):
        CALENDAR.is_working_day(date(year, 6, 1))


@pytest.mark.parametrize(
    "count_nothing",
    [
        lambda: CALENDAR.add_working_days(date(2026, 3, 2), 0),
        lambda: CALENDAR.add_calendar_days(date(2026, 3, 2), 0),
        lambda: CALENDAR.add_months(date(2026, 3, 2), 0),
    ],
    ids=["工作日", "自然日", "月"],
)
def test_a_period_of_nothing_is_refused(count_nothing: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match="应为正整数"):
        count_nothing()


def test_the_explanation_names_each_holiday_and_each_made_up_day() -> None:
    due = CALENDAR.add_working_days(date(2026, 9, 16), 20)

    assert due.explanation.lines == (
        "9月16日（周三）为第0日，自9月17日起算20个工作日；中秋节9月25日至27日不计；国庆节10月1日至7日不计；"
        "9月20日（周日）调休上班，计入；10月10日（周六）调休上班，计入（《民法典》第二百〇一条第一款（待核））",
        "截止2026年10月20日（周二）",
    )


def test_a_provisional_day_says_why_wherever_it_is_printed() -> None:
    due = CALENDAR.add_working_days(date(2026, 12, 16), 20)

    assert str(due) == "2027年1月14日（周四）（暂算）"
    assert due.explanation.lines[1:] == (
        "2027年放假安排尚未公布，按周末和可推算的法定节日暂算（《放假办法》第二条）",
        "截止2027年1月14日（周四）（暂算）",
    )
    assert str(CALENDAR.year(2027)) == "2027年放假安排尚未公布，按周末和可推算的法定节日暂算"


def test_a_rolled_period_says_why_it_moved() -> None:
    assert CALENDAR.add_calendar_days(date(2026, 9, 16), 15).explanation.lines == (
        "9月16日为第0日，15日届满，至10月1日（《民法典》第二百〇一条第一款（待核））",
        "10月1日（国庆节）休息，顺延至下一工作日（《民法典》第二百〇三条第一款）",
        "截止2026年10月8日（周四）",
    )


@pytest.mark.parametrize(
    ("start", "law"),
    [
        (date(2017, 9, 30), "《民法通则》第一百五十四条"),
        (date(2017, 10, 1), "《民法总则》第二百〇"),
        (date(2020, 12, 31), "《民法总则》第二百〇"),
        (date(2021, 1, 1), "《民法典》第二百〇"),
    ],
)
def test_a_period_cites_the_general_rule_in_force_when_it_began(start: date, law: str) -> None:
    for due in (
        CALENDAR.add_working_days(start, 7),
        CALENDAR.add_calendar_days(start, 15),
        CALENDAR.add_months(start, 1),
    ):
        assert str(due.explanation.steps[0].basis).startswith(law)


def test_a_supplied_year_takes_the_provisional_mark_away() -> None:
    """TIM-04: the notice is loaded and the same period is counted again."""
    before = CALENDAR.add_working_days(date(2027, 1, 20), 15)
    after = Calendar([NOTICE_2027]).add_working_days(date(2027, 1, 20), 15)

    assert (before.day, before.provisional) == (date(2027, 2, 12), True)
    assert (after.day, after.provisional) == (date(2027, 2, 16), False)


def test_a_supplied_year_wins_over_the_shipped_one() -> None:
    """TIM-03: a notice changed within the year."""
    changed = YearDays(2026, (Holiday("临时放假", date(2026, 3, 3), date(2026, 3, 3)),))

    assert Calendar([changed]).is_working_day(date(2026, 3, 3)).reason == "临时放假"
    assert CALENDAR.is_working_day(date(2026, 3, 3)).reason == "周二"


def test_a_notice_that_begins_in_december_changes_the_year_before() -> None:
    notice = YearDays(
        2027, (Holiday("元旦", date(2026, 12, 31), date(2027, 1, 2), made_up=(date(2026, 12, 27),)),)
    )
    calendar = Calendar([notice])

    assert calendar.is_working_day(date(2026, 12, 31)).reason == "元旦"
    assert calendar.is_working_day(date(2026, 12, 27)).reason == "调休上班"
    assert CALENDAR.is_working_day(date(2026, 12, 31)).reason == "周四"


def test_a_pause_over_a_year_without_notice_is_provisional_too() -> None:
    pause = Span(date(2026, 12, 30), date(2027, 1, 3))

    assert CALENDAR.add_working_days(date(2026, 12, 28), 2, not_counted=[pause]).provisional


def test_a_pause_prints_its_days() -> None:
    assert str(Span(date(2026, 3, 30), date(2026, 4, 2))) == "2026年3月30日至4月2日"


@given(start=known_days, count=st.integers(1, 60))
def test_a_due_day_is_a_working_day_after_the_start(start: date, count: int) -> None:
    due = CALENDAR.add_working_days(start, count)

    assert CALENDAR.is_working_day(due.day)
    assert due.day > start
    assert CALENDAR.working_days_between(start, due.day) == count


@given(start=known_days, count=st.integers(1, 60), more=st.integers(1, 20))
def test_a_longer_period_ends_later(start: date, count: int, more: int) -> None:
    assert CALENDAR.add_working_days(start, count).day < CALENDAR.add_working_days(start, count + more).day


@given(starts=st.tuples(known_days, known_days).map(sorted), count=st.integers(1, 60))
def test_a_later_start_never_ends_earlier(starts: list[date], count: int) -> None:
    earlier, later = starts

    assert CALENDAR.add_working_days(earlier, count).day <= CALENDAR.add_working_days(later, count).day


@given(start=known_days, first=st.integers(1, 30), second=st.integers(1, 30))
def test_counting_in_two_steps_is_counting_in_one(start: date, first: int, second: int) -> None:
    halfway = CALENDAR.add_working_days(start, first).day

    assert (
        CALENDAR.add_working_days(halfway, second).day == CALENDAR.add_working_days(start, first + second).day
    )


@given(start=known_days, count=st.integers(1, 400))
def test_a_period_in_calendar_days_moves_only_forward_and_to_a_working_day(start: date, count: int) -> None:
    due = CALENDAR.add_calendar_days(start, count)

    assert CALENDAR.is_working_day(due.day)
    assert 0 <= (due.day - start).days - count <= 11


@given(one=known_days, apart=st.integers(-400, 400))
def test_the_working_days_between_two_days_change_sign_with_their_order(one: date, apart: int) -> None:
    two = one + timedelta(days=apart)

    assert CALENDAR.working_days_between(one, two) == -CALENDAR.working_days_between(two, one)


# 年度文件 --------------------------------------------------------------------------------

GOOD = """year = 2027
notice = "示例明电〔2026〕1号"
certainty = "confirmed"
[[holiday]]
name = "元旦"
first = 2027-01-01
last = 2027-01-03
made_up = [2027-01-09]
"""


def test_a_folder_of_dropped_in_years_is_read(tmp_path: Path) -> None:
    (tmp_path / "2027.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "说明.txt").write_text("不是年度文件", encoding="utf-8")

    (year,) = years_in(tmp_path)

    assert year.holidays == (
        Holiday("元旦", date(2027, 1, 1), date(2027, 1, 3), made_up=(date(2027, 1, 9),)),
    )
    assert str(year) == "2027年放假安排，示例明电〔2026〕1号"
    assert Calendar([year]).is_working_day(date(2027, 1, 9)).reason == "调休上班"


def test_two_files_of_one_year_are_refused(tmp_path: Path) -> None:
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")

    with pytest.raises(BadYear, match="两个2027年的文件"):
        years_in(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("year = 2027", "year = ", "2027.toml读不出来"),
        ("year = 2027", "", "缺少year"),
        ("[[holiday]]", "[holiday]", "缺少year或者"),
        ('name = "元旦"', "", "没有name"),
        ('certainty = "confirmed"', 'certainty = "sure"', "certainty只能是"),
        ("first = 2027-01-01", 'first = "1月1日"', "缺少日期或者写错"),
        ("first = 2027-01-01", "first = 2027-01-01T08:00:00", "缺少日期或者写错"),
        ("made_up = [2027-01-09]", "made_up = 2027-01-09", "应为日期列表"),
        ("made_up = [2027-01-09]", "made_up = [2027-01-08]", "2027年1月8日不是周末"),
        ("made_up = [2027-01-09]", "made_up = [2027-01-02]", "出现了两次"),
        ("made_up = [2027-01-09]", "made_up = [2028-01-09]", "里有2028年1月9日"),
        ("last = 2027-01-03", "", "缺少日期或者写错"),
        ("last = 2027-01-03", "last = 2026-12-31", "首日晚于末日"),
        ("first = 2027-01-01", "first = 2026-11-30", "里有2026年11月30日"),
    ],
)
def test_a_bad_year_file_is_refused_in_one_sentence(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = tmp_path / "2027.toml"
    path.write_text(GOOD.replace(old, new), encoding="utf-8")

    with pytest.raises(BadYear, match=said) as refused:
        read_year(path)

    assert str(refused.value).startswith("2027.toml")
    assert "\n" not in str(refused.value)


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "2027.toml"
    path.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(BadYear, match="读不出来"):
        read_year(path)


def test_a_year_not_shipped_is_none() -> None:
    assert shipped_year(2027) is None


# 启动 ------------------------------------------------------------------------------------


def test_importing_the_calendar_reads_no_year() -> None:
    code = (
        "from gongkai.rules.working_days import Calendar, shipped_year; import datetime as d; "
        "c = Calendar(); before = shipped_year.cache_info().currsize; "
        "c.is_working_day(d.date(2026, 3, 2)); print(before, shipped_year.cache_info().currsize)"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["0", "2"]  # the year asked for, and the next one for its days in December


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Shanghai"])
def test_the_time_zone_of_the_host_changes_no_day(zone: str) -> None:
    """TIM-03."""
    code = (
        "from datetime import datetime, timezone, date\n"
        "from gongkai.rules.regulations_2019.receipt import day_in_beijing\n"
        "from gongkai.rules.working_days import Calendar\n"
        "moments = [datetime(2025, 12, 31, 15, 59, 59, tzinfo=timezone.utc),"
        " datetime(2025, 12, 31, 16, tzinfo=timezone.utc)]\n"
        "print(*[day_in_beijing(moment) for moment in moments], Calendar().add_working_days(date(2026, 2, 14), 20).day)"
    )

    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"TZ": zone},
    )

    assert done.stdout.split() == ["2025-12-31", "2026-01-01", "2026-03-20"]


def test_the_example_of_the_operators_page_is_a_year_file(tmp_path: Path) -> None:
    page = Path(__file__).parents[2] / "docs" / "operators" / "放假安排.md"
    example = page.read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0]
    (tmp_path / "2027.toml").write_text(example, encoding="utf-8")

    (year,) = years_in(tmp_path)

    assert year == NOTICE_2027

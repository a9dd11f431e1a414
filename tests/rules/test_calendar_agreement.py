"""TIM-01. Two implementations agree on every date, and the shipped years on every day with a second source."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

import chinese_calendar
import pytest

from gongkai.rules.working_days import Calendar, DayKind, Span, shipped_year
from gongkai.rules.working_days.statutory import lunar_festivals, statutory_holidays
from tests.rules.second_calendar import nth_working_day

CALENDAR = Calendar()


def every_day(first: date, last: date) -> Iterator[date]:
    for n in range((last - first).days + 1):
        yield first + timedelta(days=n)


@pytest.mark.parametrize("year", range(2004, 2027))
def test_each_shipped_day_agrees_with_the_witness(year: int) -> None:
    days = list(every_day(date(year, 1, 1), date(year, 12, 31)))

    ours = {day: bool(CALENDAR.is_working_day(day)) for day in days}

    assert ours == {day: chinese_calendar.is_workday(day) for day in days}
    assert not any(CALENDAR.is_working_day(day).provisional for day in days)


@pytest.mark.parametrize("count", [7, 15, 20, 40])
def test_both_implementations_agree_on_every_date_and_on_the_provisional_mark(count: int) -> None:
    starts = list(every_day(date(2019, 5, 15), date(2026, 12, 31)))

    ours = []
    for start in starts:
        due = CALENDAR.add_working_days(start, count)
        ours.append((start, due.day, due.provisional))

    assert len(starts) == 2788
    assert ours == [(start, *nth_working_day(start, count)) for start in starts]
    assert any(provisional for *_, provisional in ours)


def test_both_agree_on_twenty_thousand_periods_with_pauses() -> None:
    chance = random.Random(20190515)
    calendar = Calendar()
    for _ in range(20_000):
        start = date(2019, 5, 15) + timedelta(days=chance.randrange(2700))
        count = chance.randint(1, 40)
        pauses = []
        for _ in range(chance.randrange(3)):
            first = start + timedelta(days=chance.randint(-5, 40))
            pauses.append(Span(first, first + timedelta(days=chance.randrange(30))))
        paused = {day for span in pauses for day in span.days}

        due = calendar.add_working_days(start, count, not_counted=pauses)

        assert (due.day, due.provisional) == nth_working_day(start, count, paused), (start, count, pauses)


# The notices as published: days off, weekend days worked, working days in the year.
NOTICES = {
    2019: ("01-01 02-04..02-10 04-05..04-07 05-01..05-04 06-07..06-09 09-13..09-15 10-01..10-07", 250),
    2020: ("01-01 01-24..02-02 04-04..04-06 05-01..05-05 06-25..06-27 10-01..10-08", 249),
    2021: ("01-01..01-03 02-11..02-17 04-03..04-05 05-01..05-05 06-12..06-14 09-19..09-21 10-01..10-07", 250),
    2022: (
        "01-01..01-03 01-31..02-06 04-03..04-05 04-30..05-04 06-03..06-05 09-10..09-12 10-01..10-07 12-31",
        249,
    ),
    2023: ("01-01 01-02 01-21..01-27 04-05 04-29..05-03 06-22..06-24 09-29..10-06 12-30 12-31", 249),
    2024: ("01-01 02-10..02-17 04-04..04-06 05-01..05-05 06-10 09-15..09-17 10-01..10-07", 251),
    2025: ("01-01 01-28..02-04 04-04..04-06 05-01..05-05 05-31..06-02 10-01..10-08", 248),
    2026: ("01-01..01-03 02-15..02-23 04-04..04-06 05-01..05-05 06-19..06-21 09-25..09-27 10-01..10-07", 248),
}
MADE_UP = {
    2019: "02-02 02-03 04-28 05-05 09-29 10-12",
    2020: "01-19 04-26 05-09 06-28 09-27 10-10",
    2021: "02-07 02-20 04-25 05-08 09-18 09-26 10-09",
    2022: "01-29 01-30 04-02 04-24 05-07 10-08 10-09",
    2023: "01-28 01-29 04-23 05-06 06-25 10-07 10-08",
    2024: "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
    2025: "01-26 02-08 04-27 09-28 10-11",
    2026: "01-04 02-14 02-28 05-09 09-20 10-10",
}
NUMBERS = {
    2019: "国办发明电〔2018〕15号",
    2020: "国办发明电〔2019〕16号",
    2021: "国办发明电〔2020〕27号",
    2022: "国办发明电〔2021〕11号",
    2023: "国办发明电〔2022〕16号",
    2024: "国办发明电〔2023〕7号",
    2025: "国办发明电〔2024〕12号",
    2026: "国办发明电〔2025〕7号",
}


def days_of(year: int, text: str) -> set[date]:
    found: set[date] = set()
    for part in text.split():
        first, _, last = part.partition("..")
        found.update(
            every_day(date.fromisoformat(f"{year}-{first}"), date.fromisoformat(f"{year}-{last or first}"))
        )
    return found


def days_off_in_the_notice(year: int) -> dict[date, str]:
    return {day: holiday.name for holiday in CALENDAR.year(year).holidays for day in holiday.days_off}


@pytest.mark.parametrize("year", NOTICES)
def test_the_years_since_2019_are_those_of_their_notices(year: int) -> None:
    off, working_days = NOTICES[year]

    answers = [CALENDAR.is_working_day(day) for day in every_day(date(year, 1, 1), date(year, 12, 31))]

    assert {each.day for each in answers if each.kind is DayKind.HOLIDAY} == days_of(year, off)
    assert {each.day for each in answers if each.kind is DayKind.MADE_UP} == days_of(year, MADE_UP[year])
    assert sum(map(bool, answers)) == working_days
    assert CALENDAR.year(year).notice == NUMBERS[year]


@pytest.mark.parametrize("year", range(2004, 2008))
def test_an_unknown_notice_number_stays_blank_and_says_so(year: int) -> None:
    assert str(shipped_year(year)) == f"{year}年放假安排，文号待核"


@pytest.mark.parametrize(
    ("year", "said"),
    [
        (2008, "2008年放假安排，国办发明电〔2007〕52号（待核）"),
        (2018, "2018年放假安排，国办发明电〔2017〕12号（待核）"),
        (2022, "2022年放假安排，国办发明电〔2021〕11号"),
    ],
)
def test_a_notice_number_carries_its_mark_until_its_text_was_read(year: int, said: str) -> None:
    assert str(shipped_year(year)) == said


@pytest.mark.parametrize("year", range(2004, 2027))
def test_the_computed_lunar_festivals_fall_on_the_holidays_of_the_notices(year: int) -> None:
    off = days_off_in_the_notice(year)
    spring, dragon_boat, mid_autumn = lunar_festivals(year)

    assert off[spring] == "春节"
    if year >= 2008:  # 端午 and 中秋 became holidays
        assert off[dragon_boat] == "端午节"
        assert "中秋节" in off[mid_autumn] or "国庆节" in off[mid_autumn]


@pytest.mark.parametrize("year", [2025, 2026])
def test_every_statutory_day_of_the_present_law_is_off_in_its_notice(year: int) -> None:
    off = set(days_off_in_the_notice(year))
    statutory = {day for holiday in statutory_holidays(year) for day in holiday.days_off}

    assert statutory <= off
    assert len(statutory) == 13


def test_2027_is_computed_as_thirteen_statutory_days() -> None:
    assert [(holiday.name, holiday.first) for holiday in statutory_holidays(2027)] == [
        ("元旦", date(2027, 1, 1)),
        ("春节", date(2027, 2, 5)),
        ("春节", date(2027, 2, 6)),
        ("春节", date(2027, 2, 7)),
        ("春节", date(2027, 2, 8)),
        ("清明节", date(2027, 4, 5)),
        ("劳动节", date(2027, 5, 1)),
        ("劳动节", date(2027, 5, 2)),
        ("端午节", date(2027, 6, 9)),
        ("中秋节", date(2027, 9, 15)),
        ("国庆节", date(2027, 10, 1)),
        ("国庆节", date(2027, 10, 2)),
        ("国庆节", date(2027, 10, 3)),
    ]


def test_a_day_of_two_festivals_carries_both_names() -> None:
    """2031: 中秋 falls on 1 October."""
    names = {holiday.first: holiday.name for holiday in statutory_holidays(2031)}

    assert names[date(2031, 10, 1)] == "中秋节、国庆节"
    assert len(names) == 12

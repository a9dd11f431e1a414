"""第二种算法. A witness for the calendar: other data (the chinesecalendar package), another method (one sorted list of
all working days and a binary search), written without looking at the first."""

from bisect import bisect_right
from collections.abc import Collection
from datetime import date, timedelta

import chinese_calendar

LAST_KNOWN_YEAR = 2026
# 2027 has no notice: the 13 statutory days, written down by hand.
_STATUTORY_2027 = {
    date(2027, month, day)
    for month, day in (
        *((1, 1), (2, 5), (2, 6), (2, 7), (2, 8), (4, 5), (5, 1), (5, 2)),
        *((6, 9), (9, 15), (10, 1), (10, 2), (10, 3)),
    )
}


def is_worked(day: date) -> bool:
    if day.year <= LAST_KNOWN_YEAR:
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < 5 and day not in _STATUTORY_2027


def _every_day(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


_WORKED = [day for day in _every_day(date(2004, 1, 1), date(2027, 12, 31)) if is_worked(day)]


def nth_working_day(start: date, count: int, paused: Collection[date] = ()) -> tuple[date, bool]:
    """The n-th working day after ``start``, and whether it was counted over the year without a notice."""
    ahead = _WORKED[bisect_right(_WORKED, start) :]
    if paused:
        ahead = [day for day in ahead[: count + len(paused)] if day not in paused]
    day = ahead[count - 1]
    return day, day.year > LAST_KNOWN_YEAR


def days(first: date, last: date) -> set[date]:
    """Every day from first to last, for pauses."""
    return set(_every_day(first, last))

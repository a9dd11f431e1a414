"""提醒的日子. How many working days before a legal or an internal day somebody is reminded; no rule asks for it, so it is
our practice, one for every deadline of the product."""

from datetime import date

from gongkai.rules.working_days.calendar import Calendar

REMINDED_BEFORE = (5, 3, 1, 0)  # 0: on the day itself


def mark_reached(due_on: date, today: date, days: Calendar, *, since: date) -> int | None:
    """今天该是哪一次提醒: the nearest mark reached, so that days without a worker are caught up with by one letter.

    A mark that had passed when the period began, on ``since``, is none of its own.

    >>> mark_reached(date(2026, 3, 20), date(2026, 3, 13), Calendar(), since=date(2026, 3, 2))
    5
    >>> mark_reached(date(2026, 3, 20), date(2026, 3, 18), Calendar(), since=date(2026, 3, 2))  # two days are left
    3
    >>> mark_reached(date(2026, 3, 20), date(2026, 3, 18), Calendar(), since=date(2026, 3, 18))
    """
    if today > due_on:
        return None
    left, had = days.working_days_between(today, due_on), days.working_days_between(since, due_on)
    reached = [mark for mark in sorted(REMINDED_BEFORE) if left <= mark and (mark < had or mark == 0)]
    # On a day of rest before the day itself nothing is left to count, and it is not yet the day.
    if reached and reached[0] == 0 and today < due_on:
        reached = [mark for mark in reached if mark]
    return reached[0] if reached else None

"""提醒的日子 (TIM-09): 5, 3, 1 working days before and on the day. March 2026 has no holiday; the 14th, 15th, 21st, 22nd are weekends."""

from datetime import date

import pytest

from gongkai.rules.working_days.calendar import Calendar
from gongkai.rules.working_days.reminders import mark_reached

LONG_AGO = 2


@pytest.mark.parametrize(
    ("since", "due_on", "today", "mark"),
    [
        (LONG_AGO, 20, 12, None),  # six working days are left
        (LONG_AGO, 20, 13, 5),
        (LONG_AGO, 20, 14, 5),  # a day without a worker is caught up with
        (LONG_AGO, 20, 16, 5),
        (LONG_AGO, 20, 17, 3),
        (LONG_AGO, 20, 18, 3),
        (LONG_AGO, 20, 19, 1),
        (LONG_AGO, 20, 20, 0),
        (LONG_AGO, 20, 21, None),  # it is overdue, and shown as such
        (18, 20, 18, None),  # the marks of five and three days had passed when the period began
        (18, 20, 19, 1),
        (20, 20, 20, 0),
        (LONG_AGO, 22, 21, 1),  # nothing is left to count, but the day itself, a Sunday, has not come
        (LONG_AGO, 22, 22, 0),
        (20, 22, 21, None),
    ],
)
def test_which_reminder_a_day_brings(since, due_on, today, mark):
    found = mark_reached(date(2026, 3, due_on), date(2026, 3, today), Calendar(), since=date(2026, 3, since))

    assert found == mark

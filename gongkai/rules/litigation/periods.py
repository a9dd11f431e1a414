"""起诉期限. After reconsideration, or directly (行政诉讼法第四十五条、第四十六条)."""

from datetime import date

from gongkai.rules.editions import LITIGATION_LAW
from gongkai.rules.working_days import Calendar, DueDay

AFTER_RECONSIDERATION_CALENDAR_DAYS = 15
AFTER_RECONSIDERATION_BASIS = LITIGATION_LAW.article(45)
DIRECT_MONTHS = 6
DIRECT_BASIS = LITIGATION_LAW.article(46, 1)


def sue_after_reconsideration_by(decision_received_or_period_over_on: date, calendar: Calendar) -> DueDay:
    """复议后起诉的期限: 15 days from receiving the decision, or from the day it was due and did not come.

    >>> str(sue_after_reconsideration_by(date(2024, 9, 20), Calendar()))
    '2024年10月8日（周二）'
    """
    return calendar.add_calendar_days(
        decision_received_or_period_over_on,
        AFTER_RECONSIDERATION_CALENDAR_DAYS,
        basis=AFTER_RECONSIDERATION_BASIS,
    )


def sue_directly_by(knew_of_the_act_on: date, calendar: Calendar) -> DueDay:
    """直接起诉的期限: six months from knowing of the act, where reconsideration need not come first.

    >>> str(sue_directly_by(date(2024, 3, 29), Calendar()))
    '2024年9月29日（周日）'
    """
    return calendar.add_months(knew_of_the_act_on, DIRECT_MONTHS, basis=DIRECT_BASIS)

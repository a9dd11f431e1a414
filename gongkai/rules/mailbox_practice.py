"""信箱答复期限. No national statute fixes how soon a leader's mailbox answers; the number is local practice.

Several cities have 5 working days for simple letters and 10 for others; a letter may be given a day of its own.
"""

from datetime import date

from gongkai.rules.citation import Certainty
from gongkai.rules.working_days import Calendar, DueDay

ANSWER_WORKING_DAYS = 10
ANSWER_CERTAINTY = Certainty.LOCAL


def answer_by(received_on: date, calendar: Calendar) -> DueDay:
    """应答复之日, in working days after the day of receipt.

    >>> str(answer_by(date(2023, 6, 1), Calendar()))
    '2023年6月15日（周四）'
    """
    return calendar.add_working_days(received_on, ANSWER_WORKING_DAYS)

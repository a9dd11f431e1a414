"""诉讼的期限. For suing (行政诉讼法第四十五条、第四十六条), for the defendant's answer, for deciding and for appealing.

What is cited from memory is 待核: the text of those articles was not at hand.
"""

from datetime import date
from enum import StrEnum

from gongkai.rules.citation import Certainty
from gongkai.rules.editions import LITIGATION_LAW
from gongkai.rules.explanation import Explanation, Step, day_text
from gongkai.rules.litigation.interpretation import LITIGATION_INTERPRETATION_2018
from gongkai.rules.working_days import Calendar, DueDay, due_text

AFTER_RECONSIDERATION_CALENDAR_DAYS = 15
AFTER_RECONSIDERATION_BASIS = LITIGATION_LAW.article(45)
DIRECT_MONTHS = 6
DIRECT_BASIS = LITIGATION_LAW.article(46, 1)

ANSWER_CALENDAR_DAYS = 15
ANSWER_BASIS = LITIGATION_LAW.article(67, 1, certainty=Certainty.FROM_MEMORY)
LATE_EVIDENCE_BASIS = LITIGATION_LAW.article(34, 2, certainty=Certainty.FROM_MEMORY)
LONGER_EVIDENCE_BASIS = LITIGATION_LAW.article(36, 1, certainty=Certainty.FROM_MEMORY)
# 简易程序的举证期限由人民法院确定，不超过15日.
SIMPLIFIED_ANSWER_BASIS = LITIGATION_INTERPRETATION_2018.article(104, certainty=Certainty.FROM_MEMORY)

FIRST_INSTANCE_MONTHS = 6
FIRST_INSTANCE_BASIS = LITIGATION_LAW.article(81, certainty=Certainty.FROM_MEMORY)
SIMPLIFIED_CALENDAR_DAYS = 45
SIMPLIFIED_BASIS = LITIGATION_LAW.article(83, certainty=Certainty.FROM_MEMORY)
SECOND_INSTANCE_MONTHS = 3
SECOND_INSTANCE_BASIS = LITIGATION_LAW.article(88, certainty=Certainty.FROM_MEMORY)

APPEAL_BASIS = LITIGATION_LAW.article(85, certainty=Certainty.FROM_MEMORY)


class Appealed(StrEnum):
    """对什么上诉. A judgment or a ruling: their periods differ."""

    JUDGMENT = "judgment"
    RULING = "ruling"

    @property
    def label(self) -> str:
        return {"judgment": "判决", "ruling": "裁定"}[self.value]


APPEAL_CALENDAR_DAYS = {Appealed.JUDGMENT: 15, Appealed.RULING: 10}


class NotWithinThePeriod(ValueError):
    """法院确定的期限超过了法定的最长期限; the message is for the person."""


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


def answer_by(
    copy_received_on: date, calendar: Calendar, *, simplified: bool = False, set_by_court: date | None = None
) -> DueDay:
    """答辩和举证的期限: 15 days from receiving the copy of the complaint; in the simplified procedure the court sets it.

    >>> str(answer_by(date(2026, 9, 18), Calendar()))
    '2026年10月8日（周四）'
    """
    basis = SIMPLIFIED_ANSWER_BASIS if simplified else ANSWER_BASIS
    longest = calendar.add_calendar_days(copy_received_on, ANSWER_CALENDAR_DAYS, basis=basis)
    if set_by_court is None:
        return longest
    if not simplified:
        raise NotWithinThePeriod(f"普通程序的答辩期限由法律规定，不由法院另定（{ANSWER_BASIS}）")
    if not copy_received_on < set_by_court <= longest.day:
        raise NotWithinThePeriod(
            f"法院确定的举证期限应在收到副本之后，且不超过{ANSWER_CALENDAR_DAYS}日，"
            f"即{day_text(longest.day)}以前（{basis}）"
        )
    return fixed_day(set_by_court, Step("举证期限由人民法院确定", basis, copy_received_on))


def decide_by(accepted_on: date, calendar: Calendar, *, simplified: bool) -> DueDay:
    """一审的审理期限: six months from filing, 45 days in the simplified procedure."""
    if simplified:
        return calendar.add_calendar_days(accepted_on, SIMPLIFIED_CALENDAR_DAYS, basis=SIMPLIFIED_BASIS)
    return calendar.add_months(accepted_on, FIRST_INSTANCE_MONTHS, basis=FIRST_INSTANCE_BASIS)


def appeal_by(served_on: date, calendar: Calendar, *, against: Appealed) -> DueDay:
    """上诉的期限: 15 days from the service of a judgment, 10 from that of a ruling.

    >>> [str(appeal_by(date(2026, 3, 2), Calendar(), against=each)) for each in Appealed]
    ['2026年3月17日（周二）', '2026年3月12日（周四）']
    """
    return calendar.add_calendar_days(served_on, APPEAL_CALENDAR_DAYS[against], basis=APPEAL_BASIS)


def second_instance_by(appealed_on: date, calendar: Calendar) -> DueDay:
    """二审的审理期限: three months from the court's receipt of the appeal, here counted from the day of the appeal."""
    return calendar.add_months(appealed_on, SECOND_INSTANCE_MONTHS, basis=SECOND_INSTANCE_BASIS)


def fixed_day(day: date, *steps: Step) -> DueDay:
    """定下来的日子: a day that somebody set, with why it holds."""
    return DueDay(day, False, lambda: Explanation(tuple(steps), f"截止{due_text(day, provisional=False)}"))

"""行政复议的期限. By when to apply, to answer and to decide (行政复议法第二十条、第四十八条、第五十四条、第六十二条)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.rules.citation import Certainty, Citation
from gongkai.rules.editions import RECONSIDERATION_LAW_2017, RECONSIDERATION_LAW_2023, Edition, Editions
from gongkai.rules.working_days import Calendar, DueDay

APPLY_CALENDAR_DAYS = 60
# Whoever was not told of the right, the body or the period has 60 days from learning of them, within a year.
APPLY_AT_MOST_MONTHS = 12
LONGER_BY_CALENDAR_DAYS = 30  # 情况复杂，经批准, ordinary procedure only


@dataclass(frozen=True, slots=True)
class Law:
    """某版行政复议法中与期限有关的条款."""

    apply: Citation
    apply_at_most: Citation | None  # the earlier edition had no such rule


LAW = Editions(
    "行政复议法",
    (
        Edition(
            Law(RECONSIDERATION_LAW_2017.article(9, certainty=Certainty.FROM_MEMORY), None),
            RECONSIDERATION_LAW_2017.in_force_from,
            RECONSIDERATION_LAW_2017.in_force_to,
        ),
        Edition(
            Law(RECONSIDERATION_LAW_2023.article(20), RECONSIDERATION_LAW_2023.article(20)),
            RECONSIDERATION_LAW_2023.in_force_from,
        ),
    ),
)


class Procedure(StrEnum):
    """审理程序. Cases on the disclosure of government information may use the simplified one (第五十三条第四项)."""

    ORDINARY = "ordinary"
    SIMPLIFIED = "simplified"

    @property
    def label(self) -> str:
        return {"ordinary": "普通程序", "simplified": "简易程序"}[self.value]


@dataclass(frozen=True, slots=True)
class Handling:
    """一种程序的期限."""

    answer_working_days: (
        int  # 「三日」「五日」「七日」「十日」 of this law are working days (第八十八条第二款)
    )
    answer_basis: Citation
    decide_calendar_days: int
    decide_basis: Citation
    may_be_longer: bool


HANDLING = {
    Procedure.ORDINARY: Handling(
        10,
        RECONSIDERATION_LAW_2023.article(48),
        60,
        RECONSIDERATION_LAW_2023.article(62, 1),
        may_be_longer=True,
    ),
    Procedure.SIMPLIFIED: Handling(
        5,
        RECONSIDERATION_LAW_2023.article(54),
        30,
        RECONSIDERATION_LAW_2023.article(62, 2),
        may_be_longer=False,
    ),
}


def apply_by(told_on: date, calendar: Calendar) -> DueDay:
    """申请复议的期限: 60 calendar days from knowing of the act, told of right, body and period.

    >>> str(apply_by(date(2024, 3, 1), Calendar()))
    '2024年4月30日（周二）'
    """
    return calendar.add_calendar_days(told_on, APPLY_CALENDAR_DAYS, basis=LAW.on(told_on).apply)


def apply_by_when_not_told(
    *, knew_of_the_act_on: date, learned_of_the_right_on: date, calendar: Calendar
) -> DueDay:
    """未被告知时的期限: 60 days from learning of the right, the body and the period, at most one year from the act."""
    law = LAW.on(knew_of_the_act_on)
    due = calendar.add_calendar_days(learned_of_the_right_on, APPLY_CALENDAR_DAYS, basis=law.apply)
    if law.apply_at_most is None:
        return due
    latest = calendar.add_months(knew_of_the_act_on, APPLY_AT_MOST_MONTHS, basis=law.apply_at_most)
    return min(due, latest, key=lambda candidate: candidate.day)


def answer_by(copy_received_on: date, calendar: Calendar, *, procedure: Procedure) -> DueDay:
    """被申请人书面答复的期限, from the day the copy of the application was received.

    >>> str(answer_by(date(2024, 9, 27), Calendar(), procedure=Procedure.SIMPLIFIED))
    '2024年10月10日（周四）'
    """
    handling = HANDLING[procedure]
    return calendar.add_working_days(
        copy_received_on, handling.answer_working_days, basis=handling.answer_basis
    )


def decide_by(
    accepted_on: date, calendar: Calendar, *, procedure: Procedure, lengthened: bool = False
) -> DueDay:
    """作出复议决定的期限, from acceptance; the ordinary procedure may be lengthened once by at most 30 days."""
    handling = HANDLING[procedure]
    if lengthened and not handling.may_be_longer:
        raise ValueError(
            f"{procedure.label}不能延长审理期限（{handling.decide_basis}），请按{procedure.label}期限办结"
        )
    days = handling.decide_calendar_days + (LONGER_BY_CALENDAR_DAYS if lengthened else 0)
    return calendar.add_calendar_days(accepted_on, days, basis=handling.decide_basis)

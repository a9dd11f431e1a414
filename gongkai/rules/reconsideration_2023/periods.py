"""行政复议的期限. By when to apply, to answer and to decide, by the edition of the law in force on the day it starts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.rules.citation import Citation
from gongkai.rules.editions import RECONSIDERATION_LAW_2017, RECONSIDERATION_LAW_2023, Edition, Editions
from gongkai.rules.working_days import Calendar, DueDay

APPLY_CALENDAR_DAYS = 60
# Whoever was not told of the right, the body or the period has 60 days from learning of them, within a year.
APPLY_AT_MOST_MONTHS = 12
LONGER_BY_CALENDAR_DAYS = 30  # 情况复杂，经批准, ordinary procedure only


@dataclass(frozen=True, slots=True)
class Handling:
    """一种审理程序的期限."""

    answer_days: int
    answer_in_working_days: bool
    answer_basis: Citation
    decide_calendar_days: int
    decide_basis: Citation
    may_be_longer: bool


class Procedure(StrEnum):
    """审理程序. Since 2024 cases on government information may use the simplified one (第五十三条第一款第四项)."""

    ORDINARY = "ordinary"
    SIMPLIFIED = "simplified"

    @property
    def label(self) -> str:
        return {"ordinary": "普通程序", "simplified": "简易程序"}[self.value]


@dataclass(frozen=True, slots=True)
class Law:
    """某版行政复议法中与期限有关的条款."""

    apply: Citation
    apply_at_most: Citation | None  # the earlier edition had no such rule
    handling: Mapping[Procedure, Handling]


_OLD, _NEW = RECONSIDERATION_LAW_2017, RECONSIDERATION_LAW_2023
# 「三日」「五日」「七日」「十日」 of the law of 2023 are working days (第八十八条第二款); in that of 2017 only 「五日」「七日」
# were (第四十条第二款).
_LAW_2017 = Law(
    _OLD.article(9, 1),
    None,
    {Procedure.ORDINARY: Handling(10, False, _OLD.article(23, 1), 60, _OLD.article(31, 1), True)},
)
_LAW_2023 = Law(
    _NEW.article(20, 1),
    _NEW.article(20, 3),
    {
        Procedure.ORDINARY: Handling(10, True, _NEW.article(48), 60, _NEW.article(62, 1), True),
        Procedure.SIMPLIFIED: Handling(5, True, _NEW.article(54, 1), 30, _NEW.article(62, 2), False),
    },
)
LAW = Editions(
    "行政复议法",
    (
        Edition(_LAW_2017, _OLD.in_force_from, _OLD.in_force_to),
        Edition(_LAW_2023, _NEW.in_force_from),
    ),
)


class NoSuchProcedure(ValueError):
    """没有这种程序, or it cannot be lengthened; the message is for the person."""


def _handling(day: date, procedure: Procedure) -> Handling:
    law = LAW.on(day)
    if procedure not in law.handling:
        raise NoSuchProcedure(f"{_NEW.in_force_from.year}年以前没有{procedure.label}，请按普通程序计算")
    return law.handling[procedure]


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
    handling = _handling(copy_received_on, procedure)
    count = calendar.add_working_days if handling.answer_in_working_days else calendar.add_calendar_days
    return count(copy_received_on, handling.answer_days, basis=handling.answer_basis)


def decide_by(
    accepted_on: date, calendar: Calendar, *, procedure: Procedure, lengthened: bool = False
) -> DueDay:
    """作出复议决定的期限, from acceptance; the ordinary procedure may be lengthened once by at most 30 days."""
    handling = _handling(accepted_on, procedure)
    if lengthened and not handling.may_be_longer:
        raise NoSuchProcedure(
            f"{procedure.label}不能延长审理期限（{handling.decide_basis}），请在{handling.decide_calendar_days}日内决定"
        )
    days = handling.decide_calendar_days + (LONGER_BY_CALENDAR_DAYS if lengthened else 0)
    return calendar.add_calendar_days(accepted_on, days, basis=handling.decide_basis)

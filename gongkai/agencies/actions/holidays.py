"""放假安排的录入. One year's notice; every deadline counted over that year is no longer provisional."""

from collections.abc import Sequence
from datetime import date
from typing import TypedDict

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal, require
from gongkai.agencies.models import HolidayNotice, Person
from gongkai.agencies.powers import Power
from gongkai.agencies.working_days import year_of
from gongkai.audit.record import record
from gongkai.rules.working_days import BadYear


class HolidayDays(TypedDict):
    """一个节日的日子."""

    name: str
    first: date
    last: date
    made_up: list[date]


@transaction.atomic
def enter_holidays(year: int, *, notice: str, holidays: Sequence[HolidayDays], by: Person) -> HolidayNotice:
    """录入或改正一年的放假安排. Days that contradict one another are refused before anything is kept."""
    require(by, Power.MANAGE_HOLIDAYS, by.agency, on=timezone.localdate())
    if not holidays:
        raise Refusal("一个节日也没有填，请按通知逐个填写。")
    entered = HolidayNotice.objects.filter(year=year).first() or HolidayNotice(year=year)
    entered.notice, entered.entered_by = notice, by
    entered.holidays = [
        {
            "name": each["name"],
            "first": each["first"].isoformat(),
            "last": each["last"].isoformat(),
            "made_up": [day.isoformat() for day in each["made_up"]],
        }
        for each in holidays
    ]
    try:
        year_of(entered)
    except BadYear as error:
        raise Refusal(f"{error}。") from error
    entered.save()
    record("holidays.entered", by=by, subject=f"agencies.holidaynotice:{year}", detail={"notice": notice})
    return entered

"""重算期限的速度. P6: every open clock of an office counted again after a holiday notice, and the overdue list at a million."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.test import Client

from bench import offices
from bench.figure import Figure, duration, timed
from bench.lists import measured
from gongkai.agencies.models import Agency, HolidayNotice
from gongkai.agencies.working_days import calendar
from gongkai.duties.applications.clocks.recounting import recount
from gongkai.duties.applications.fold import Written, fold, write
from gongkai.duties.applications.models import Application, ApplicationEvent
from gongkai.registers import in_bulk
from gongkai.rules.working_days import Calendar
from tests.factories.people import enter

CASES = 100_000
NAME = "示例市重算局"
DATA = f"一个单位{CASES // 10_000}万件未办结的申请，每件1至4条经过；放假安排多放一天，全部重算并列出变化"
LIMIT = 5.0
_YEAR = 2023
_AT_ONCE = 5_000
Kind = ApplicationEvent.Kind


def figures() -> Iterator[Figure]:
    offices.use("")
    agency = Agency.objects.filter(name=NAME).first() or _made()
    with transaction.atomic():
        _one_more_day_off(agency)
        lines: list[int] = []
        seconds = timed(partial(_counted, agency, lines))
        transaction.set_rollback(True)
    yield Figure(
        what="P6 放假安排变了，重算全部未办结申请",
        measured=duration(seconds),
        target="≤ 5 s",
        met=seconds <= LIMIT,
        beside=f"{CASES:,}件，其中{lines[0]:,}件的期限有变化",
        wrong=lines[0] == 0,
    )
    reader = enter(Client(SERVER_NAME="127.0.0.1"), offices.clerk(agency))
    yield measured("申请的期限：首页（10万件未办结）", partial(reader.get, "/applications/due/"))
    yield measured("申请的期限：已超期", partial(reader.get, "/applications/due/?show=late"))
    offices.large()
    neighbour = Agency.objects.get(name=offices.neighbour_name(offices.LARGE))
    reader = enter(Client(SERVER_NAME="127.0.0.1"), offices.clerk(neighbour))
    yield measured("申请的期限：首页（台账100万件）", partial(reader.get, "/applications/due/"))


def _counted(agency: Agency, lines: list[int]) -> None:
    made = recount(agency)
    lines.append(made.counted if made else 0)


def _one_more_day_off(agency: Agency) -> None:
    shipped = calendar().year(_YEAR)
    holidays = [
        {
            "name": each.name,
            "first": each.first.isoformat(),
            "last": each.last.isoformat(),
            "made_up": [day.isoformat() for day in each.made_up],
        }
        for each in shipped.holidays
    ]
    extra = {"name": "临时放假", "first": f"{_YEAR}-06-14", "last": f"{_YEAR}-06-14", "made_up": []}
    HolidayNotice.objects.create(
        year=_YEAR, notice="示例通知", holidays=[*holidays, extra], entered_by=offices.clerk(agency)
    )


@transaction.atomic
def _made() -> Agency:
    agency = Agency.objects.create(name=NAME, short_name="重算局")
    offices.hire(agency)
    pick, days = random.Random(_YEAR), calendar()
    for start in range(0, CASES, _AT_ONCE):
        _some(agency, pick, days, range(start, start + _AT_ONCE))
    return agency


def _some(agency: Agency, pick: random.Random, days: Calendar, numbers: range) -> None:
    case, event = in_bulk.maker(Application, agency), in_bulk.maker(ApplicationEvent, agency)
    histories = {f"〔{_YEAR}〕{number}号": _history(pick) for number in numbers}
    made = []
    for number, history in histories.items():
        one = case(
            {"register_number": number, "applicant_kind": "natural_person", "channel": "registered_post"}
        )
        write(one, fold(history, channel=one.channel, calendar=days))
        made.append(one)
    in_bulk.insert(made)
    keys = dict(
        Application.objects.filter(agency=agency, register_number__in=histories).values_list(
            "register_number", "pk"
        )
    )
    in_bulk.insert(
        [
            event(_values(step) | {"application": Application(pk=keys[number])})
            for number, history in histories.items()
            for step in history
        ]
    )


def _history(pick: random.Random) -> list[Written]:
    """Received, and then what is usual: nothing more, a correction, a consultation, an extension."""
    received = date(_YEAR, 1, 9) + timedelta(days=pick.randrange(300))
    history = [Written(Kind.RECEIVED, received)]
    chance = pick.random()
    if chance < 0.2:
        asked = received + timedelta(days=pick.randrange(1, 5))
        history.append(Written(Kind.CORRECTION_ASKED, asked, working_days=15))
        history.append(Written(Kind.CORRECTED, asked + timedelta(days=pick.randrange(3, 12))))
    elif chance < 0.4:
        sent = received + timedelta(days=pick.randrange(2, 9))
        history.append(Written(Kind.CONSULTATION_SENT, sent, consultation_key="1", consulted="third_party"))
        answered = sent + timedelta(days=pick.randrange(3, 14))
        history.append(Written(Kind.CONSULTATION_ANSWERED, answered, consultation_key="1"))
    elif chance < 0.6:
        extended = received + timedelta(days=pick.randrange(8, 18))
        history.append(Written(Kind.EXTENDED, extended, working_days=pick.choice((5, 10, 20))))
    return history


def _values(step: Written) -> dict[str, Any]:
    return {
        "kind": step.kind,
        "happened_on": step.happened_on,
        "working_days": step.working_days,
        "consultation_key": step.consultation_key,
        "consulted": step.consulted,
    }

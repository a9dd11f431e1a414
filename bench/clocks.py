"""期限的速度. One open application's reply period; P6 asks for 100,000 of them in five seconds."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from bench.figure import Figure, median
from gongkai.rules.regulations_2019.events import Received
from gongkai.rules.regulations_2019.receipt import Channel
from gongkai.rules.regulations_2019.reply_period import reply_period
from gongkai.rules.working_days import Calendar

CASES = 1_000
DATA = f"{CASES}件只有收到记录的申请，收到日期分布在2023年"
EACH = 5 / 100_000


def figures() -> Iterator[Figure]:
    calendar = Calendar()
    cases = [
        [Received(date(2023, 1, 1) + timedelta(days=number % 300), Channel.IN_PERSON)]
        for number in range(CASES)
    ]
    seconds = median(partial(_all, calendar, cases)) / CASES
    walked = median(partial(_only_the_day, calendar, cases)) / CASES
    yield Figure(
        what="P6的一部分：一件申请的答复期限（含说明）",
        measured=f"{seconds * 1e6:,.0f} µs",
        target=f"≤ {EACH * 1e6:.0f} µs",
        met=seconds <= EACH,
        beside=f"10万件约{seconds * 100_000:,.0f} s（P6属后续议题）；只数20个工作日{walked * 1e6:,.0f} µs",
    )


def _all(calendar: Calendar, cases: list[list[Received]]) -> None:
    for events in cases:
        reply_period(events, calendar)


def _only_the_day(calendar: Calendar, cases: list[list[Received]]) -> None:
    for events in cases:
        day, remaining = events[0].on, 20
        while remaining:
            day += timedelta(days=1)
            remaining -= bool(calendar.is_working_day(day))

"""突击发布. Signs that a column was filled for the inspection and not for its readers: which, and from what number on.

That forged dates fail a site outright is read in the indicators. From how many items in how short a time one looks twice
is written nowhere: the numbers below are this system's own, and a sign is a reason to look, not a finding of fault.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from gongkai.rules.citation import Certainty
from gongkai.rules.explanation import day_text
from gongkai.rules.site_indicators_2019.source import INDICATORS_2019
from gongkai.rules.site_indicators_2019.veto_items import SERIOUS_PROBLEM

# 存在弄虚作假行为（如伪造发稿日期）
FORGED_DATES = next(each for each in SERIOUS_PROBLEM.triggers if "伪造发稿日期" in each.text)
NUMBERS_BASIS = INDICATORS_2019.whole(certainty=Certainty.INFERENCE)
MANY_ITEMS = 5
WITHIN_MINUTES = 60
DAYS_AFTER_A_NOTICE = 7
PARTS_OF_A_YEAR = 2  # one day holds at least one of two parts of what the column had in twelve months
ENTERED_LATE_DAYS = 30
# What was published elsewhere before comes in with its own dates while a column is being taken over.
TAKING_OVER_DAYS = 30
_DAYS_A_YEAR = 365


class Sign(StrEnum):
    """迹象."""

    AFTER_NOTICE = "after_notice"
    ONE_DATE = "one_date"
    DATED_BEFORE = "dated_before"

    @property
    def label(self) -> str:
        return {
            "after_notice": "通知后集中发布",
            "one_date": "日期相同",
            "dated_before": "日期早于入库",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Hurried:
    """一处突击发布: on which day, how many items, in words."""

    sign: Sign
    on: date
    count: int
    text: str
    claimed: tuple[date, ...] = ()  # days that look filled and were filled only later


def after_a_notice(entered_at: Sequence[datetime], notices: Sequence[datetime]) -> tuple[Hurried, ...]:
    """通知后集中发布: the times of one column's items, against the times of notices and reminders; one sign a day.

    >>> from datetime import UTC
    >>> hour = [datetime(2026, 3, 3, 9, minute, tzinfo=UTC) for minute in (0, 5, 10, 20, 59)]
    >>> [each.text for each in after_a_notice(hour, [datetime(2026, 3, 2, tzinfo=UTC)])]
    ['2026年3月2日有通知或者提醒，3月3日一小时内发布5条']
    """
    signs: dict[date, Hurried] = {}
    times = sorted(entered_at)
    for notice in sorted(notices):
        until = notice + timedelta(days=DAYS_AFTER_A_NOTICE)
        after = [time for time in times if notice <= time <= until]
        for on, count in _bursts(after):
            day = day_text(on, in_year=notice.year)
            text = f"{day_text(notice.date())}有通知或者提醒，{day}一小时内发布{count}条"
            if on not in signs or signs[on].count < count:
                signs[on] = Hurried(Sign.AFTER_NOTICE, on, count, text)
    return tuple(signs.values())


def one_date(counts: Mapping[date, int], *, opened_on: date | None = None) -> tuple[Hurried, ...]:
    """日期相同: one day that holds a great part of what the column had in the twelve months that end with it.

    >>> [each.text for each in one_date({date(2026, 3, 2): 1, date(2026, 11, 3): 9})]
    ['2026年11月3日一天有9条，占此前12个月10条的一半以上']
    >>> one_date({date(2026, 11, 3): 9}, opened_on=date(2026, 11, 1))
    ()
    """
    signs = []
    for on, count in counts.items():
        just_opened = opened_on and on <= opened_on + timedelta(days=TAKING_OVER_DAYS)
        if count < MANY_ITEMS or just_opened:
            continue
        year = sum(other for day, other in counts.items() if 0 <= (on - day).days < _DAYS_A_YEAR)
        if count * PARTS_OF_A_YEAR >= year:
            text = f"{day_text(on)}一天有{count}条，占此前12个月{year}条的一半以上"
            signs.append(Hurried(Sign.ONE_DATE, on, count, text))
    return tuple(signs)


def dated_before(dates: Sequence[tuple[date, date]], *, taken_over_from: date) -> tuple[Hurried, ...]:
    """日期早于入库: many items entered on one day whose own dates lie long before; pairs of (its date, the day of entry).

    >>> year = [(date(2026, month, 5), date(2026, 11, 2)) for month in range(1, 9)]
    >>> [each.text for each in dated_before(year, taken_over_from=date(2026, 1, 5))]
    ['2026年11月2日入库8条，日期早30天以上（最早2026年1月5日）']
    >>> dated_before(year, taken_over_from=date(2026, 11, 1))
    ()
    """
    late: dict[date, list[date]] = {}
    for dated, entered in sorted(dates):
        long_after = (entered - dated).days > ENTERED_LATE_DAYS
        if long_after and entered > taken_over_from + timedelta(days=TAKING_OVER_DAYS):
            late.setdefault(entered, []).append(dated)
    return tuple(
        Hurried(
            Sign.DATED_BEFORE,
            entered,
            len(days),
            f"{day_text(entered)}入库{len(days)}条，日期早{ENTERED_LATE_DAYS}天以上（最早{day_text(days[0])}）",
            tuple(days),
        )
        for entered, days in late.items()
        if len(days) >= MANY_ITEMS
    )


def _bursts(times: Sequence[datetime]) -> Iterator[tuple[date, int]]:
    """The most items within an hour that begins with one of them, for every beginning that has many."""
    last = 0
    for first, begun in enumerate(times):
        while last < len(times) and times[last] <= begun + timedelta(minutes=WITHIN_MINUTES):
            last += 1
        if last - first >= MANY_ITEMS:
            yield begun.date(), last - first

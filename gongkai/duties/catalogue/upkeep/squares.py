"""十二个月的方格. For each column and month: published, nothing, late or hurried, each in words as well as in colour."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from gongkai.agencies.models import Agency
from gongkai.duties.catalogue.upkeep import hurry, queries
from gongkai.duties.catalogue.upkeep.clocks import Clock, begun_on, class_of
from gongkai.rules.site_indicators_2019.hurried_filling import Hurried
from gongkai.rules.site_indicators_2019.update_periods import last_day

MONTHS = 12


class Mark(StrEnum):
    """方格."""

    HURRIED = "hurried"
    LATE = "late"
    PUBLISHED = "published"
    NONE = "none"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return {
            "hurried": "突击发布",
            "late": "有超期",
            "published": "有发布",
            "none": "没有发布",
            "closed": "未开设",
        }[self.value]

    @property
    def sign(self) -> str:
        """What stands in the square beside the number, for who does not see colours."""
        return {"hurried": "突", "late": "迟"}.get(self.value, "")


@dataclass(frozen=True, slots=True)
class Square:
    """一格. ``why`` lists the signs of hurry in words."""

    month: str  # 2026-03
    mark: Mark
    count: int
    why: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The square read aloud."""
        said = f"{int(self.month[5:])}月：{self.count}条" if self.count else f"{int(self.month[5:])}月"
        told = f"，{self.mark.label}" if self.mark is not Mark.PUBLISHED else ""
        return "；".join((said + told, *self.why))


@dataclass(frozen=True, slots=True)
class Row:
    """一个栏目的一行."""

    clock: Clock
    squares: tuple[Square, ...]
    signs: tuple[Hurried, ...]


def months_until(day: date) -> tuple[date, ...]:
    """The first days of the twelve months that end with this one.

    >>> [str(day) for day in months_until(date(2026, 2, 11))][::11]
    ['2025-03-01', '2026-02-01']
    """
    number = day.year * 12 + day.month - 1
    return tuple(date(each // 12, each % 12 + 1, 1) for each in range(number - MONTHS + 1, number + 1))


def rows(agency: Agency, clocks: Sequence[Clock], *, until: date, today: date) -> list[Row]:
    """Every column with its twelve squares, in a handful of queries however many columns there are."""
    months = months_until(until)
    first, last = months[0], min(_end_of(months[-1]), today)
    counts = queries.days(agency, first=first - hurry.LOOK_BACK, last=last)
    before = queries.newest_before(agency, first - hurry.LOOK_BACK)
    signs = hurry.signs(agency, [clock.column for clock in clocks], counts, first=first, last=last)
    return [
        Row(
            clock,
            _squares(clock, counts, before, signs.get(clock.column.pk, ()), months=months, today=today),
            tuple(signs.get(clock.column.pk, ())),
        )
        for clock in clocks
    ]


def _squares(
    clock: Clock,
    counts: queries.Days,
    before: Mapping[int, date],
    signs: Sequence[Hurried],
    *,
    months: Sequence[date],
    today: date,
) -> tuple[Square, ...]:
    per_day: dict[date, int] = {}
    for pk in clock.below:
        for day, count in counts.get(pk, {}).items():
            per_day[day] = per_day.get(day, 0) + count
    started = max((before[pk] for pk in clock.below if pk in before), default=begun_on(clock.column))
    late = _late_months(clock, sorted(per_day), started=started, today=today)
    per_month: dict[str, int] = {}
    for day, count in per_day.items():
        per_month[_key(day)] = per_month.get(_key(day), 0) + count
    why: dict[str, list[str]] = {}
    for sign in signs:
        for key in {_key(day) for day in (sign.on, *sign.claimed)}:
            why.setdefault(key, []).append(sign.text)
    return tuple(
        _square(clock, month, per_month.get(_key(month), 0), late, tuple(why.get(_key(month), ())), today)
        for month in months
    )


def _square(
    clock: Clock, month: date, count: int, late: frozenset[str], why: tuple[str, ...], today: date
) -> Square:
    key, column = _key(month), clock.column
    opened = column.opened_on
    shut = (opened and opened > _end_of(month)) or (column.closed_on and column.closed_on < month)
    if why:
        mark = Mark.HURRIED
    elif (shut and not count) or month > today:
        mark = Mark.CLOSED
    elif key in late:
        mark = Mark.LATE
    else:
        mark = Mark.PUBLISHED if count else Mark.NONE
    return Square(key, mark, count, why)


def _late_months(clock: Clock, days: Iterable[date], *, started: date, today: date) -> frozenset[str]:
    """The months in which the clock stood past its day, were it one day only."""
    kind, own = class_of(clock.column), clock.column.update_days
    if kind is None and own is None:
        return frozenset()
    found: set[str] = set()
    ended = clock.column.closed_on or today
    updated = started
    for day in (*days, ended):
        due = last_day(kind, updated, own_days=own)
        late_from = due + timedelta(days=1) if due else day
        while late_from <= day:
            found.add(_key(late_from))
            late_from = _end_of(late_from) + timedelta(days=1)
        updated = max(updated, day)
    return frozenset(found)


def _key(day: date) -> str:
    return f"{day:%Y-%m}"


def _end_of(day: date) -> date:
    year, month = divmod(day.year * 12 + day.month, 12)
    return date(year, month + 1, 1) - timedelta(days=1)

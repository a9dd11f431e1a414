"""栏目的时钟. When each column must be updated next, how long is left, and where it stands in the tree."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils import timezone

from gongkai.duties.catalogue.models import Column
from gongkai.rules.site_indicators_2019.hurried_filling import TAKING_OVER_DAYS
from gongkai.rules.site_indicators_2019.update_periods import (
    UPDATE_PERIODS,
    ColumnClass,
    UpdateDue,
    update_by,
)

_SHORT = 31  # 天: a period that ends within a month is announced three days before, a longer one two weeks
_DAYS_BEFORE, _WEEKS_BEFORE = timedelta(days=3), timedelta(days=14)


class Standing(StrEnum):
    """栏目的状态."""

    OVERDUE = "overdue"
    EMPTY = "empty"
    NEARLY = "nearly"
    IN_TIME = "in_time"
    UNTIMED = "untimed"

    @property
    def label(self) -> str:
        return {
            "overdue": "超期",
            "empty": "空白",
            "nearly": "快到期",
            "in_time": "正常",
            "untimed": "没有周期",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Clock:
    """一个栏目的时钟. ``newest_on`` is the day of the newest item in it or in a column below it."""

    column: Column
    depth: int
    newest_on: date | None
    due: UpdateDue | None
    standing: Standing
    days_left: int | None
    below: tuple[int, ...]  # the column and all below it

    @property
    def words(self) -> str:
        """还剩几天."""
        if self.days_left is None or self.standing is Standing.EMPTY:
            return self.standing.label
        if self.days_left < 0:
            return f"已超期{-self.days_left}天"
        return "今天到期" if self.days_left == 0 else f"还剩{self.days_left}天"

    @property
    def is_first_level(self) -> bool:
        return self.depth == 0


def clocks(columns: Sequence[Column], *, today: date) -> list[Clock]:
    """The columns as ``queries.columns`` gives them, as a tree from above, each with its clock."""
    children: dict[int | None, list[Column]] = {}
    known = {column.pk for column in columns}
    for column in columns:
        parent = column.parent_id if column.parent_id in known else None
        children.setdefault(parent, []).append(column)
    return [
        _clock(column, depth, tuple(each.pk for each, _ in _walk([column], children)), columns, today)
        for column, depth in _walk(children.get(None, []), children)
    ]


def class_of(column: Column) -> ColumnClass | None:
    return ColumnClass(column.column_class) if column.column_class else None


def begun_on(column: Column) -> date:
    """From when a column that never had an item is waited for."""
    return column.opened_on or timezone.localdate(column.recorded_at)


def period_words(column: Column) -> str:
    """每2周、每7天（本机关）."""
    kind = class_of(column)
    of_class = f"每{UPDATE_PERIODS[kind].label}" if kind else ""
    own = f"每{column.update_days}天（本机关）" if column.update_days else ""
    return own or of_class or "没有周期"


def _walk(
    columns: Sequence[Column], children: Mapping[int | None, list[Column]], depth: int = 0
) -> Iterator[tuple[Column, int]]:
    for column in columns:
        yield column, depth
        yield from _walk(children.get(column.pk, []), children, depth + 1)


def _clock(
    column: Column, depth: int, below: tuple[int, ...], columns: Sequence[Column], today: date
) -> Clock:
    within = set(below)
    newest = max((day for each in columns if each.pk in within and (day := newest_on(each))), default=None)
    due = update_by(
        class_of(column), newest or begun_on(column), own_days=column.update_days, name=column.name
    )
    left = (due.day - today).days if due else None
    return Clock(column, depth, newest, due, _standing(column, newest, due, today), left, below)


def newest_on(column: Column) -> date | None:
    """The day of the newest item in this column alone, listed in it first or also."""
    days = (getattr(column, "newest_main", None), getattr(column, "newest_other", None))
    return max((day for day in days if day), default=None)


def _standing(column: Column, newest: date | None, due: UpdateDue | None, today: date) -> Standing:
    if newest is None:
        just_opened = today <= begun_on(column) + timedelta(days=TAKING_OVER_DAYS)
        return Standing.IN_TIME if just_opened and not (due and due.overdue_on(today)) else Standing.EMPTY
    if due is None:
        return Standing.UNTIMED
    if due.overdue_on(today):
        return Standing.OVERDUE
    short = (due.day - newest).days <= _SHORT
    warned_from = due.day - (_DAYS_BEFORE if short else _WEEKS_BEFORE)
    return Standing.NEARLY if today >= warned_from else Standing.IN_TIME

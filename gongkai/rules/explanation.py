"""怎么算的. Every computed date, fee or figure carries the steps that lead to it, each with its article."""

from dataclasses import dataclass
from datetime import date

from gongkai.rules.citation import Citation

_WEEKDAYS = "一二三四五六日"


def weekday_text(day: date) -> str:
    """星期.

    >>> weekday_text(date(2026, 3, 2))
    '周一'
    """
    return f"周{_WEEKDAYS[day.weekday()]}"


def day_text(day: date, *, in_year: int | None = None) -> str:
    """日期, without its year when the reader already knows it.

    >>> day_text(date(2026, 3, 2)), day_text(date(2026, 3, 2), in_year=2026)
    ('2026年3月2日', '3月2日')
    """
    year = "" if day.year == in_year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"


def span_text(first: date, last: date, *, in_year: int | None = None) -> str:
    """起止日期, saying the month and the year only where they change.

    >>> span_text(date(2026, 4, 4), date(2026, 4, 6), in_year=2026)
    '4月4日至6日'
    >>> span_text(date(2026, 9, 25), date(2026, 10, 1))
    '2026年9月25日至10月1日'
    """
    text = day_text(first, in_year=in_year)
    if first == last:
        return text
    if (first.year, first.month) == (last.year, last.month):
        return f"{text}至{last.day}日"
    return f"{text}至{day_text(last, in_year=first.year)}"


@dataclass(frozen=True, slots=True)
class Step:
    """一步: what happened or was computed, on which day, under which article."""

    text: str
    basis: Citation | None = None
    on: date | None = None

    def __str__(self) -> str:
        return self.text + (f"（{self.basis}）" if self.basis else "")


@dataclass(frozen=True, slots=True)
class Explanation:
    """说明: the steps in order and the sentence they end in."""

    steps: tuple[Step, ...]
    conclusion: str

    def __str__(self) -> str:
        return "；".join([*map(str, self.steps), self.conclusion])

    @property
    def lines(self) -> tuple[str, ...]:
        """「怎么算的」逐行: one line a step, the conclusion last."""
        return (*map(str, self.steps), self.conclusion)


@dataclass(frozen=True, slots=True)
class Refusal:
    """不能. What is not possible, by which rule, and what to do instead."""

    cannot: str
    basis: Citation
    instead: str

    def __str__(self) -> str:
        return f"{self.cannot}（{self.basis}）。{self.instead}。"

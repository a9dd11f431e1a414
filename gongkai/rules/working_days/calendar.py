"""工作日历. Is a day worked, and which day is the n-th working day from another, with the reasons.

The opening day is day 0, and a period in calendar days or months that ends on a day of rest ends on the next working
day (period_rules.py cites the rule). The calendar takes dates only, already in Beijing time.
"""

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import partial
from itertools import groupby

from gongkai.rules.citation import Citation
from gongkai.rules.editions import PUBLIC_HOLIDAYS
from gongkai.rules.explanation import Explanation, Step, day_text, span_text, weekday_text
from gongkai.rules.working_days.period_rules import period_rules
from gongkai.rules.working_days.statutory import FIRST_YEAR, LAST_YEAR, provisional_year
from gongkai.rules.working_days.year_days import YearDays, days_between, shipped_year

_SATURDAY = 5
_MONTHS_A_YEAR = 12
_DAY = timedelta(days=1)


class OutOfCalendar(ValueError):
    """超出日历范围. No data and nothing to compute from; the message is for the person."""


class DayKind(StrEnum):
    """日子的种类."""

    WORKDAY = "workday"  # 周一至周五
    MADE_UP = "made_up"  # 调休上班
    HOLIDAY = "holiday"  # 放假
    WEEKEND = "weekend"  # 周末


@dataclass(frozen=True, slots=True)
class DayAnswer:
    """某日是否工作日, with the reason; true in a condition when the day is worked."""

    day: date
    kind: DayKind
    holiday: str = ""
    provisional: bool = False

    def __bool__(self) -> bool:
        return self.kind in (DayKind.WORKDAY, DayKind.MADE_UP)

    @property
    def reason(self) -> str:
        if self.kind is DayKind.MADE_UP:
            return "调休上班"
        return self.holiday or weekday_text(self.day)


@dataclass(frozen=True, slots=True)
class Span:
    """不计算在内的一段日子, both ends included.

    >>> str(Span(date(2026, 3, 10), date(2026, 3, 20)))
    '2026年3月10日至20日'
    """

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return span_text(self.first, self.last)

    @property
    def days(self) -> Iterator[date]:
        return days_between(self.first, self.last)


@dataclass(frozen=True, slots=True)
class DueDay:
    """到期日. ``provisional``: counted over a year whose holiday notice is not known. Shown with its mark.

    Its reasons are worded when somebody reads them: a list of a hundred thousand open cases shows only days.
    """

    day: date
    provisional: bool
    reasons: Callable[[], Explanation] = field(repr=False, compare=False)
    # The last day as counted, where it was a day of rest: what is added to the period is added to this one.
    counted_to: date | None = field(default=None, repr=False, compare=False)

    @property
    def explanation(self) -> Explanation:
        """怎么算的."""
        return self.reasons()

    def __str__(self) -> str:
        return due_text(self.day, provisional=self.provisional)


def due_text(day: date, *, provisional: bool) -> str:
    """到期日的写法.

    >>> due_text(date(2027, 1, 8), provisional=True)
    '2027年1月8日（周五）（暂算）'
    """
    return f"{day_text(day)}（{weekday_text(day)}）" + ("（暂算）" if provisional else "")


class Calendar:
    """工作日历, from the shipped years and those the operator supplied, which win over the shipped ones.

    >>> calendar = Calendar()
    >>> calendar.is_working_day(date(2026, 2, 14)).reason
    '调休上班'
    >>> for line in calendar.add_working_days(date(2026, 3, 27), 7).explanation.lines: print(line)
    3月27日（周五）为第0日，自3月28日起算7个工作日；清明节4月4日至6日不计（《民法典》第二百〇一条第一款（待核））
    截止2026年4月8日（周三）
    """

    def __init__(self, supplied: Iterable[YearDays] = ()) -> None:
        self._supplied = {year.year: year for year in supplied}
        self._years: dict[int, YearDays] = {}
        self._special: dict[int, dict[date, DayAnswer]] = {}
        self._worked: dict[int, list[int]] = {}

    def year(self, year: int) -> YearDays:
        """某年的放假安排: supplied, else shipped, else computed and provisional."""
        if year not in self._years:
            self._years[year] = self._known(year) or self._computed(year)
        return self._years[year]

    def is_working_day(self, day: date) -> DayAnswer:
        """某日是否工作日."""
        # A datetime never equals a date, so a holiday would be missed without a word.
        if isinstance(day, datetime):
            raise TypeError("工作日历只接受日期，请先换算成北京时间的日期")
        if day.year not in self._special:
            self._special[day.year] = self._special_days(day.year)
        special = self._special[day.year].get(day)
        if special is not None:
            return special
        kind = DayKind.WORKDAY if day.weekday() < _SATURDAY else DayKind.WEEKEND
        return DayAnswer(day, kind, provisional=self.year(day.year).provisional)

    def next_working_day(self, day: date) -> DayAnswer:
        """当日或者其后的第一个工作日."""
        answer = self.is_working_day(day)
        while not answer:
            answer = self.is_working_day(answer.day + _DAY)
        return answer

    def working_days_in(self, span: Span) -> int:
        """一段日子里的工作日数."""
        first, last = span.first.toordinal(), span.last.toordinal()
        return sum(
            bisect_right(worked, last) - bisect_left(worked, first)
            for worked in map(self._worked_in, range(span.first.year, span.last.year + 1))
        )

    def working_days_between(self, day: date, until: date) -> int:
        """从一天到另一天还有几个工作日, ``day`` itself not counted; negative when ``until`` is past.

        >>> Calendar().working_days_between(date(2026, 9, 30), date(2026, 10, 8))
        1
        """
        if until < day:
            return -self.working_days_between(until, day)
        return self.working_days_in(Span(day + _DAY, until))

    def add_working_days(
        self,
        start: date,
        count: int,
        *,
        not_counted: Collection[Span] = (),
        basis: Citation | None = None,
    ) -> DueDay:
        """自某日起第 n 个工作日. ``start`` is day 0; days inside ``not_counted`` are passed over.

        ``basis`` is the article that gives the period; without one, the general rule on counting is cited.
        """
        if count < 1:
            raise ValueError(f"工作日数应为正整数：{count}")
        if isinstance(start, datetime):
            raise TypeError("工作日历只接受日期，请先换算成北京时间的日期")
        spans = tuple(not_counted)
        end = self._nth_working_day(start, count)
        if spans:
            apart = _apart(spans)
            passed = 0
            # Each round passes over the working days met so far; the days met only grow, until none is new.
            while met := self._met(apart, after=start, until=end) - passed:
                passed += met
                end = self._nth_working_day(start, count + passed)
        basis = basis or period_rules(start).opening_day
        return self._due(start + _DAY, end, partial(self._counted, start, end, count, spans, basis))

    def add_calendar_days(self, start: date, count: int, *, basis: Citation | None = None) -> DueDay:
        """自某日起第 n 日（自然日）; on a day of rest it moves to the next working day.

        >>> str(Calendar().add_calendar_days(date(2026, 9, 16), 15))
        '2026年10月8日（周四）'
        """
        if count < 1:
            raise ValueError(f"天数应为正整数：{count}")
        text = f"{day_text(start, in_year=start.year)}为第0日，{count}日届满"
        return self._rolled(start, start + count * _DAY, text, basis or period_rules(start).opening_day)

    def add_months(self, start: date, count: int, *, basis: Citation | None = None) -> DueDay:
        """自某日起满 n 个月: the same day of the month, or its last day when it has none (民法典第二百〇二条).

        >>> str(Calendar().add_months(date(2025, 8, 31), 6))
        '2026年2月28日（周六）'
        """
        if count < 1:
            raise ValueError(f"月数应为正整数：{count}")
        text = f"{day_text(start, in_year=start.year)}起满{count}个月"
        return self._rolled(start, _months_later(start, count), text, basis or period_rules(start).month_end)

    def _counted(
        self, start: date, end: date, count: int, not_counted: tuple[Span, ...], basis: Citation
    ) -> Explanation:
        """How the n-th working day was reached, in words."""
        walked = [self.is_working_day(day) for day in days_between(start + _DAY, end)]
        counted = [answer for answer in walked if not any(answer.day in span for span in not_counted)]
        text = (
            f"{day_text(start, in_year=start.year)}（{weekday_text(start)}）为第0日，"
            f"自{day_text(start + _DAY, in_year=start.year)}起算{count}个工作日"
        )
        text = "；".join([text, *_worth_saying(counted, start.year)])
        return _explained(walked, [Step(text, basis, start)])

    def _rolled(self, start: date, last: date, text: str, basis: Citation) -> DueDay:
        end = self.next_working_day(last).day
        due = self._due(last, end, partial(self._moved, start, last, end, text, basis))
        return replace(due, counted_to=last)

    def _moved(self, start: date, last: date, end: date, text: str, basis: Citation) -> Explanation:
        """How a period in calendar days or months ended, in words."""
        walked = [self.is_working_day(day) for day in days_between(last, end)]
        said = day_text(last, in_year=start.year)
        steps = [Step(f"{text}，至{said}", basis, start)]
        if end != last:
            rest = f"{said}（{walked[0].reason}）休息，顺延至下一工作日"
            steps.append(Step(rest, period_rules(start).rest_day, last))
        return _explained(walked, steps)

    def _due(self, first: date, end: date, reasons: Callable[[], Explanation]) -> DueDay:
        provisional = any(self.year(year).provisional for year in range(first.year, end.year + 1))
        return DueDay(end, provisional, reasons)

    def _nth_working_day(self, start: date, count: int) -> date:
        """The years' working days are numbered once; then the n-th is a place in the list."""
        first = start + _DAY
        year, worked = first.year, self._worked_in(first.year)
        place = bisect_left(worked, first.toordinal()) + count - 1
        while place >= len(worked):
            place -= len(worked)
            year += 1
            worked = self._worked_in(year)
        return date.fromordinal(worked[place])

    def _worked_in(self, year: int) -> list[int]:
        """某年的全部工作日, as day numbers."""
        if year not in self._worked:
            days = days_between(date(year, 1, 1), date(year, _MONTHS_A_YEAR, 31))
            self._worked[year] = [day.toordinal() for day in days if self.is_working_day(day)]
        return self._worked[year]

    def _met(self, apart: list[Span], *, after: date, until: date) -> int:
        """Working days inside the spans, from the day after one day until another."""
        first = after + _DAY
        return sum(
            self.working_days_in(Span(max(span.first, first), min(span.last, until)))
            for span in apart
            if span.first <= until and span.last >= first
        )

    def _known(self, year: int) -> YearDays | None:
        return self._supplied.get(year) or shipped_year(year)

    def _special_days(self, year: int) -> dict[date, DayAnswer]:
        """The days of a year that are not what their weekday says, by its own notice and the December days of the
        next year's."""
        special: dict[date, DayAnswer] = {}
        for notice in (self.year(year), self._known(year + 1)):
            for holiday in notice.holidays if notice else ():
                for kind, days in ((DayKind.HOLIDAY, holiday.days_off), (DayKind.MADE_UP, holiday.made_up)):
                    for day in days:
                        special[day] = DayAnswer(day, kind, holiday.name, self.year(year).provisional)
        return special

    def _computed(self, year: int) -> YearDays:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise OutOfCalendar(
                f"{year}年没有放假数据，也推算不出节日（可推算{FIRST_YEAR}年至{LAST_YEAR}年），请核对日期"
            )
        return provisional_year(year)


def _explained(walked: list[DayAnswer], steps: list[Step]) -> Explanation:
    """The steps, a step for each year without a notice, and the day they end in."""
    day = walked[-1].day
    unknown = sorted({answer.day.year for answer in walked if answer.provisional})
    steps += [
        Step(
            f"{year}年放假安排尚未公布，按周末和可推算的法定节日暂算",
            PUBLIC_HOLIDAYS.article(2),
            day,
        )
        for year in unknown
    ]
    return Explanation(tuple(steps), f"截止{due_text(day, provisional=bool(unknown))}")


def _apart(spans: Collection[Span]) -> list[Span]:
    """The same days in spans that do not overlap: a day inside two of them is passed over once."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda each: each.first):
        if found and span.first <= found[-1].last:
            found[-1] = Span(found[-1].first, max(found[-1].last, span.last))
        else:
            found.append(span)
    return found


def _worth_saying(counted: list[DayAnswer], in_year: int) -> list[str]:
    """Holidays passed over, by name, and weekend days worked; ordinary weekends go without saying."""
    holidays = [answer for answer in counted if answer.kind is DayKind.HOLIDAY]
    texts = []
    # Days in a row keep the same distance between their ordinal and their place in the list.
    for (name, _), numbered in groupby(
        enumerate(holidays), key=lambda pair: (pair[1].holiday, pair[1].day.toordinal() - pair[0])
    ):
        days = [answer.day for _, answer in numbered]
        texts.append(f"{name}{span_text(days[0], days[-1], in_year=in_year)}不计")
    for answer in counted:
        if answer.kind is DayKind.MADE_UP:
            day = day_text(answer.day, in_year=in_year)
            texts.append(f"{day}（{weekday_text(answer.day)}）调休上班，计入")
    return texts


def _months_later(start: date, count: int) -> date:
    years, month = divmod(start.month - 1 + count, _MONTHS_A_YEAR)
    year, month = start.year + years, month + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))

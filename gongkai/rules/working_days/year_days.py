"""年度放假安排. The days off and the made-up working days of one year, as its notice announced them."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from gongkai.rules.citation import Certainty
from gongkai.rules.explanation import day_text

_SHIPPED = Path(__file__).parent / "years"
_SATURDAY = 5
_DECEMBER = 12


class BadYear(ValueError):
    """放假安排有误. The rows or the file of a year contradict themselves; the message is for the person."""


def days_between(first: date, last: date) -> Iterator[date]:
    """首尾之间的每一天, both included."""
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)


@dataclass(frozen=True, slots=True)
class Holiday:
    """一个假日的安排. Days off from ``first`` to ``last``, weekends inside them included, and the weekend days
    worked in exchange."""

    name: str
    first: date
    last: date
    made_up: tuple[date, ...] = ()

    @property
    def days_off(self) -> tuple[date, ...]:
        return tuple(days_between(self.first, self.last))


@dataclass(frozen=True, slots=True)
class YearDays:
    """一年的放假安排, shipped, entered on the desk, or (``provisional``) only computed.

    A notice may begin in December of the year before: those days belong to 元旦 and are kept with their notice.

    >>> str(shipped_year(2026))
    '2026年放假安排，国办发明电〔2025〕7号（待核）'
    """

    year: int
    holidays: tuple[Holiday, ...]
    notice: str = ""
    certainty: Certainty = Certainty.FROM_MEMORY
    provisional: bool = False

    def __post_init__(self) -> None:
        seen: set[date] = set()
        for holiday in self.holidays:
            self._check(holiday)
            for day in (*holiday.days_off, *holiday.made_up):
                if day in seen:
                    raise BadYear(f"{day_text(day)}在{self.year}年的放假安排里出现了两次，请只保留一处")
                seen.add(day)

    def __str__(self) -> str:
        if self.provisional:
            return f"{self.year}年放假安排尚未公布，按周末和可推算的法定节日暂算"
        mark = f"（{self.certainty.mark}）" if self.certainty.mark and self.notice else ""
        return f"{self.year}年放假安排，{self.notice or '文号待核'}{mark}"

    def _check(self, holiday: Holiday) -> None:
        if holiday.first > holiday.last:
            raise BadYear(f"{self.year}年“{holiday.name}”放假首日晚于末日，请对调")
        for day in (*holiday.days_off, *holiday.made_up):
            if day.year != self.year and (day.year, day.month) != (self.year - 1, _DECEMBER):
                raise BadYear(
                    f"{self.year}年的放假安排里有{day_text(day)}（{holiday.name}），请移到那一年的安排里"
                )
        for day in holiday.made_up:
            if day.weekday() < _SATURDAY:
                raise BadYear(f"{day_text(day)}不是周末，不能列为“{holiday.name}”的调休上班日，请核对日期")


def read_year(path: Path) -> YearDays:
    """读取一个年度文件. A drop-in file has the same form as the shipped ones."""
    try:
        return _year_from(tomllib.loads(path.read_text(encoding="utf-8")))
    except BadYear as error:
        raise BadYear(f"{path.name}：{error}") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadYear(f"{path.name}读不出来，请按随附的年度文件的格式重写") from error


def years_in(folder: Path) -> tuple[YearDays, ...]:
    """文件夹里的各年度文件 (``*.toml``), in the order of their names."""
    years = tuple(read_year(path) for path in sorted(folder.glob("*.toml")))
    numbers = [each.year for each in years]
    for number in numbers:
        if numbers.count(number) > 1:
            raise BadYear(f"{folder.name}里有两个{number}年的文件，请只保留一个")
    return years


@cache
def shipped_year(year: int) -> YearDays | None:
    """随附的年度数据, read when first asked for; None when the year has none."""
    path = _SHIPPED / f"{year}.toml"
    return read_year(path) if path.is_file() else None


def _year_from(table: Mapping[str, Any]) -> YearDays:
    year = table.get("year")
    rows = table.get("holiday")
    if not isinstance(year, int) or not isinstance(rows, list) or not rows:
        raise BadYear("缺少year或者[[holiday]]，请按随附的年度文件的格式填写")
    certainty = table.get("certainty", Certainty.FROM_MEMORY)
    if certainty not in set(Certainty):
        raise BadYear("certainty只能是confirmed、from_memory、inference、local之一")
    return YearDays(
        year=year,
        holidays=tuple(_holiday_from(row) for row in rows),
        notice=str(table.get("notice", "")),
        certainty=Certainty(certainty),
    )


def _holiday_from(row: Any) -> Holiday:
    if not isinstance(row, dict) or not isinstance(row.get("name"), str):
        raise BadYear("有一个[[holiday]]没有name，请填上节日名称")
    name, made_up = row["name"], row.get("made_up", [])
    if not isinstance(made_up, list):
        raise BadYear(f"“{name}”的made_up应为日期列表")
    days = tuple(_plain_date(day, name) for day in made_up)
    return Holiday(name, _plain_date(row.get("first"), name), _plain_date(row.get("last"), name), days)


def _plain_date(value: object, name: str) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise BadYear(f"“{name}”的first、last或者made_up缺少日期或者写错，应写成2027-01-01")

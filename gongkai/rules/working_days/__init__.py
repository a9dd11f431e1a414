"""工作日. The working-day calendar and its data, one file a year, read only when that year is asked for."""

from gongkai.rules.working_days.calendar import (
    Calendar,
    DayAnswer,
    DayKind,
    DueDay,
    OutOfCalendar,
    Span,
    due_text,
)
from gongkai.rules.working_days.year_days import (
    BadYear,
    Holiday,
    YearDays,
    read_year,
    shipped_year,
    years_in,
)

__all__ = [
    "BadYear",
    "Calendar",
    "DayAnswer",
    "DayKind",
    "DueDay",
    "Holiday",
    "OutOfCalendar",
    "Span",
    "YearDays",
    "due_text",
    "read_year",
    "shipped_year",
    "years_in",
]

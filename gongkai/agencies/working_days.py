"""工作日历的来源. This installation's calendar: shipped years, the operator's folder, and what the desk entered."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.conf import settings

from gongkai.agencies.models import HolidayNotice
from gongkai.rules.citation import Certainty
from gongkai.rules.working_days import Calendar, Holiday, YearDays, years_in

Files = tuple[tuple[str, int], ...]
Rows = tuple[tuple[int, datetime], ...]


def calendar() -> Calendar:
    """现行工作日历. What was entered or put into the folder counts from the next question on, without a restart."""
    files = tuple(
        (path.name, path.stat().st_mtime_ns) for path in sorted(settings.HOLIDAYS_FOLDER.glob("*.toml"))
    )
    rows = tuple(HolidayNotice.objects.order_by("year").values_list("year", "entered_at"))
    return _calendar(files, rows)


def year_of(notice: HolidayNotice) -> YearDays:
    """一年的放假安排, as the rules read it; raises BadYear with what is wrong."""
    return YearDays(
        year=notice.year,
        holidays=tuple(_holiday(row) for row in notice.holidays),
        notice=notice.notice,
        certainty=Certainty.CONFIRMED,
    )


@lru_cache(maxsize=2)
def _calendar(files: Files, rows: Rows) -> Calendar:
    from_files = {year.year: year for year in (years_in(settings.HOLIDAYS_FOLDER) if files else ())}
    entered = {notice.year: year_of(notice) for notice in (HolidayNotice.objects.all() if rows else ())}
    return Calendar({**from_files, **entered}.values())


def _holiday(row: Mapping[str, Any]) -> Holiday:
    made_up = tuple(date.fromisoformat(day) for day in row.get("made_up", []))
    return Holiday(row["name"], date.fromisoformat(row["first"]), date.fromisoformat(row["last"]), made_up)

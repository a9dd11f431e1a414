"""工作日历的来源. The calendar of this installation: shipped years, and those in the operator's folder."""

from functools import lru_cache

from django.conf import settings

from gongkai.rules.working_days import Calendar, years_in


def calendar() -> Calendar:
    """现行工作日历. A file put into the folder counts from the next question on; no restart is needed."""
    folder = settings.HOLIDAYS_FOLDER
    files = tuple((path.name, path.stat().st_mtime_ns) for path in sorted(folder.glob("*.toml")))
    return _calendar(files)


@lru_cache(maxsize=2)
def _calendar(files: tuple[tuple[str, int], ...]) -> Calendar:
    return Calendar(years_in(settings.HOLIDAYS_FOLDER) if files else ())

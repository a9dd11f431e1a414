"""后台事项. Put a bundle together; once a day, dispose of what is past its time."""

from datetime import date

from gongkai.agencies.models import Agency
from gongkai.duties.applications.archive.actions import carry_out as make
from gongkai.duties.applications.archive.retention import dispose, replay

__all__ = ["every_day", "make"]


def every_day(today: date) -> int:
    """Called by the worker; how many files went. Then every file that ever went is looked for, and goes again if it is there
    (PII-06)."""
    count = sum(dispose(agency, today=today) for agency in Agency.objects.all())
    replay()
    return count

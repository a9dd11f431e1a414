"""后台事项. The reminders of the day, in its working hours."""

from datetime import datetime

from django.utils import timezone

from gongkai.duties.remedies import reminding

_DAY_BEGINS = 8  # o'clock in Beijing


def remind(now: datetime) -> int:
    """Called by the worker every few minutes; what was written once is not written again."""
    local = timezone.localtime(now)
    return reminding.remind(local.date()) if local.hour >= _DAY_BEGINS else 0

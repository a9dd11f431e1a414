"""后台事项. Reminders of commissions, asked for by the worker every few minutes, written during the day."""

from datetime import datetime

from django.utils import timezone

from gongkai.duties.applications.handling import reminders

_DAY_BEGINS = 8  # o'clock in Beijing: a letter in the night helps nobody


def arrange(now: datetime) -> None:
    """Called by the worker again and again; what was sent is not sent again."""
    local = timezone.localtime(now)
    if local.hour >= _DAY_BEGINS:
        reminders.remind(local.date())

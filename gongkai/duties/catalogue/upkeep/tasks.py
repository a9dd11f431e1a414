"""后台事项. The nightly check: arranged once a day, done by the worker for one agency at a time."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from gongkai.duties.catalogue.upkeep import checking

_NIGHT_BEGINS = 1  # o'clock in Beijing: the day before is over, nobody is at work


def arrange(now: datetime) -> None:
    """Called by the worker every few minutes; arranges the day's check when its hour has come."""
    local = timezone.localtime(now)
    if local.hour >= _NIGHT_BEGINS:
        checking.arrange(local.date())


def check(payload: Mapping[str, Any]) -> None:
    checking.check(payload["check"])

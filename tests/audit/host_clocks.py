"""主机时钟的审计动作: found set back, found ahead, in order again, and confirmed by a person."""

from datetime import timedelta
from functools import partial
from typing import Any

from django.utils import timezone

from gongkai.host_clock.actions import confirm, look
from gongkai.host_clock.models import HostClock
from gongkai.host_clock.reading import Reading

_HOUR = timedelta(hours=1)


def _seen(shift: timedelta, *, by: None) -> None:
    look("示例主机", Reading(timezone.now() + shift, "一次开机", 10.0))


def set_back(house: Any) -> Any:
    _seen(timedelta(), by=None)
    return partial(_seen, -_HOUR)


def jumping(house: Any) -> Any:
    _seen(timedelta(), by=None)
    return partial(_seen, _HOUR)


def restored(house: Any) -> Any:
    jumping(house)(by=None)
    return partial(_seen, timedelta())


def confirming(house: Any) -> Any:
    jumping(house)(by=None)
    assert HostClock.objects.exclude(found="").exists()
    return partial(confirm, reason="与国家授时中心核对")

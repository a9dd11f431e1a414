"""读钟. The wall's time beside the time for which the machine has been running: who sets the one does not set the other."""

import time
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from django.utils import timezone

_BOOT = Path("/proc/sys/kernel/random/boot_id")
_RUNNING = Path("/proc/uptime")  # counts on while the machine sleeps


@dataclass(frozen=True, slots=True)
class Reading:
    """一次读数: the wall's time, which start of the machine it is, and the seconds since that start."""

    at: datetime
    boot: str
    ran_for: float


def read() -> Reading:
    """Where the system does not tell its starts apart, ``boot`` is empty and only the process can compare."""
    boot = _boot()
    ran_for = float(_RUNNING.read_text(encoding="ascii").split()[0]) if boot else time.monotonic()
    return Reading(timezone.now(), boot, ran_for)


@cache
def _boot() -> str:
    try:
        _RUNNING.read_text(encoding="ascii")
        return _BOOT.read_text(encoding="ascii").strip()
    except OSError:
        return ""

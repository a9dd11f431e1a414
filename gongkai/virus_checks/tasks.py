"""后台事项. What the worker does for the scanning, and how often."""

import logging
from datetime import datetime, timedelta

from gongkai.gateways import antivirus
from gongkai.virus_checks import actions

log = logging.getLogger(__name__)

_SWEEP = timedelta(minutes=5)
_PAUSE = timedelta(seconds=5)  # doubles while the scanner is away, up to
_LONGEST_PAUSE = timedelta(minutes=1)


class Rounds:
    """查毒的轮次 of one worker. A scanner that is away is asked again for ever; nothing is given up."""

    def __init__(self) -> None:
        self._swept: datetime | None = None
        self._ask_after: datetime | None = None
        self._pause = _PAUSE

    def go(self, now: datetime) -> int:
        """How much there was to do."""
        if not antivirus.is_on():
            return 0
        if self._swept is None or abs(now - self._swept) >= _SWEEP:
            actions.note_unnoted()
            self._swept = now
        if self._ask_after and timedelta() < self._ask_after - now <= _LONGEST_PAUSE:
            return 0
        try:
            count = actions.check_waiting(now)
        except antivirus.ScannerAway as away:
            log.warning("scanner away: %s", away)
            self._ask_after = now + self._pause
            self._pause = min(self._pause * 2, _LONGEST_PAUSE)
            return 0
        self._ask_after, self._pause = None, _PAUSE
        return count

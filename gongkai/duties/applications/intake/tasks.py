"""后台事项. What the worker does for the intake, and how often."""

from datetime import datetime, timedelta

from gongkai.duties.applications.intake import handing_out, public_status, pulling
from gongkai.portal.intake import pulling as portal

_WATCH = timedelta(seconds=20)
_EVERYTHING = timedelta(minutes=5)
_SWEEP = timedelta(hours=1)


class Rounds:
    """接收的轮次 of one worker: pulls each time it is asked, the rest when it is due."""

    def __init__(self) -> None:
        self._watched: datetime | None = None
        self._told: datetime | None = None
        self._swept: datetime | None = None

    def go(self, now: datetime) -> int:
        """How much there was to do."""
        count = pulling.pull(again=self._watched is None) + handing_out.take_note()
        if count or _due(self._watched, now, _WATCH):
            pulling.watch()
            self._watched = now
        everything = _due(self._told, now, _EVERYTHING)
        count += public_status.tell_changes(everything=everything)
        if everything:
            self._told = now
        if _due(self._swept, now, _SWEEP):
            portal.sweep(now)
            self._swept = now
        return count


def _due(last: datetime | None, now: datetime, every: timedelta) -> bool:
    return last is None or abs(now - last) >= every  # also when the clock was set back behind it

"""看钟, by the worker: with every turn in its own memory, every half minute against what is stored."""

from gongkai.host_clock.actions import look
from gongkai.host_clock.judging import judge
from gongkai.host_clock.reading import Reading, read

_LOOK = 30.0  # seconds


class Watch:
    """一个后台的看守. Nothing is believed before the first look."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._looked: Reading | None = None
        self._believed = False

    def go(self) -> bool:
        """Whether the time is to be believed. What only the date asks for is left alone while it is not."""
        now = read()
        if self._is_due(now):
            self._believed = look(self._name, now)
            self._looked = now
        return self._believed

    def _is_due(self, now: Reading) -> bool:
        last = self._looked
        return last is None or abs(now.ran_for - last.ran_for) >= _LOOK or judge(last, now) is not None

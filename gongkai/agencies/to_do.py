"""待办. One thing that waits for somebody or will be late; every app tells its own, the home page puts them in order."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from gongkai.agencies.models import Person


@dataclass(frozen=True, slots=True)
class ToDo:
    """一项待办. ``title`` is all that leaves the desk by the calendar feed, so no personal data stands in it."""

    kind: str  # 信息、栏目、申请: one word
    title: str
    url: str
    due_on: date | None = None
    why: str = ""
    in_working_days: bool = False  # the deadline is counted in working days, so what is left is told in them


Source = Callable[[Person, date], Iterable[ToDo]]

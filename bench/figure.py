"""一项实测. What was measured, what it should be, and what stands beside it for comparison."""

import json
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

RUNS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """一行. ``met`` None: no target is set. ``wrong``: a correctness figure failed, which no speed makes up for."""

    what: str
    measured: str
    target: str = "—"
    met: bool | None = None
    beside: str = ""
    wrong: bool = False

    def as_line(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)


def at_most(what: str, seconds: float, limit: float, *, beside: str = "", also: bool = True) -> Figure:
    """用时. ``also``: a further condition that must hold for the target to be met."""
    return Figure(
        what=what,
        measured=duration(seconds),
        target=f"≤ {duration(limit)}",
        met=seconds <= limit and also,
        beside=beside,
    )


def at_least(what: str, rate: float, limit: float, *, unit: str, beside: str = "") -> Figure:
    """速率."""
    return Figure(
        what=what,
        measured=f"{rate:,.1f} {unit}" if rate < 10 else f"{rate:,.0f} {unit}",
        target=f"≥ {limit:,.0f} {unit}",
        met=rate >= limit,
        beside=beside,
    )


def must_be_none(what: str, count: int, *, beside: str = "") -> Figure:
    """必须为0: a count of faults."""
    return Figure(what=what, measured=str(count), target="0", met=count == 0, beside=beside, wrong=count > 0)


def duration(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def median(work: Callable[[], object], *, runs: int = RUNS) -> float:
    """Median seconds; the first run warms up and is not counted."""
    work()
    return statistics.median(timed(work) for _ in range(runs))

"""逐份核对. Reads and checks many files on all cores; a file that fails says why and stops nothing."""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.command_line.sources import Source
from gongkai.report.check.engine import check
from gongkai.report.check.findings import CheckResult
from gongkai.report.command_line.pairing import LastYear
from gongkai.report.command_line.sources import read
from gongkai.report.model import Form, Report
from gongkai.report.read import CannotRead

if TYPE_CHECKING:
    from concurrent.futures import Future

FEW = 3  # files for which starting more processes takes longer than it saves
_FAULT = "核对这份报告时程序出错，没有得出结果；其他报告不受影响。"

FindLastYear = Callable[[Report], Report | None]


@dataclass(frozen=True, slots=True)
class Examined:
    """一份文件的核对结果: what it is and what was found, or why it could not be read."""

    name: str
    form: Form | None = None
    agency: str = ""
    year: int | None = None
    result: CheckResult | None = None
    error: str = ""
    has_last_year: bool = False


def examine(source: Source, find_last_year: FindLastYear) -> Examined:
    """Read one file and check it."""
    try:
        report = read(source)
    except CannotRead as refusal:
        return Examined(source.name, error=str(refusal))
    last_year = find_last_year(report)
    try:
        result = check(report, last_year)
    except Exception as fault:  # noqa: BLE001  a fault of a rule must mark this file only, never end the run
        return Examined(
            source.name, report.form, report.agency, report.year, error=f"{_FAULT}（{type(fault).__name__}）"
        )
    return Examined(
        source.name,
        report.form,
        report.agency,
        report.year,
        result,
        has_last_year=last_year is not None,
    )


def examine_all(
    sources: Sequence[Source], *, last_year: LastYear, advance: Callable[[], None]
) -> Iterator[Examined]:
    """Each file's result, in order."""
    if len(sources) <= FEW or any(source.path is None for source in sources):
        for source in sources:
            yield examine(source, last_year.of)
            advance()
        return
    yield from _on_all_cores(sources, last_year, advance)


def _on_all_cores(
    sources: Sequence[Source], last_year: LastYear, advance: Callable[[], None]
) -> Iterator[Examined]:
    """In processes of their own, imported only here: one file must not wait for them."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    count = min(os.cpu_count() or 1, len(sources))
    pool = ProcessPoolExecutor(
        count, mp_context=get_context("spawn"), initializer=_begin, initargs=(last_year,)
    )
    try:
        waiting: deque[tuple[Source, Future[Examined]]] = deque()
        for source in sources:
            waiting.append((source, pool.submit(_examine_in_child, source)))
            if len(waiting) >= 4 * count:
                yield _told(*waiting.popleft(), advance)
        while waiting:
            yield _told(*waiting.popleft(), advance)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


_last_year: list[LastYear] = []


def _begin(last_year: LastYear) -> None:
    """In a new process: Ctrl-C is for the parent, which ends its children."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _last_year[:] = [last_year]


def _examine_in_child(source: Source) -> Examined:
    return examine(source, _last_year[0].of)


def _told(source: Source, future: "Future[Examined]", advance: Callable[[], None]) -> Examined:
    from concurrent.futures.process import BrokenProcessPool

    try:
        examined = future.result()
    except BrokenProcessPool:
        examined = Examined(source.name, error=_FAULT)
    advance()
    return examined

"""子进程的池. Children are kept and renewed; one that dies or hangs marks its file only."""

import atexit
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from gongkai.report.json_form import from_json
from gongkai.report.model import Report
from gongkai.report.read.document import CannotRead
from gongkai.report.read.pipe import receive, send
from gongkai.report.read.reading import read
from gongkai.report.read.scan import NeedsOcr
from gongkai.report.read.worker import OCR

FILES_PER_CHILD = 200
PATIENCE_SECONDS = 60.0  # by the clock; processor time is limited in the child
OCR_PATIENCE_SECONDS = 360.0
_ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True, slots=True)
class Outcome:
    """一份文件的结果: its report, or the sentence that says why it could not be read."""

    source: Path
    report: Report | None = None
    refusal: str = ""


class Child:
    """一个子进程, started when first needed and renewed after ``FILES_PER_CHILD`` files."""

    def __init__(self, *arguments: str) -> None:
        self._arguments = arguments
        self._process: subprocess.Popen[bytes] | None = None
        self._files = 0
        self._lock = threading.Lock()

    def read(self, data: bytes, *, patience: float = PATIENCE_SECONDS) -> Report:
        """The report in these bytes, as the child reads it."""
        with self._lock:
            if self._files >= FILES_PER_CHILD:
                self._stop()
            process = self._process or self._start()
            self._files += 1
            guard = threading.Timer(patience, process.kill)
            guard.daemon = True
            guard.start()
            try:
                message = _exchange(process, data)
            finally:
                guard.cancel()
            if message is None:
                code = self._stop()
                raise CannotRead(_why_it_died(code))
        return _report(message)

    def close(self) -> None:
        with self._lock:
            self._stop()

    def _start(self) -> "subprocess.Popen[bytes]":
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]),
        }
        environment.pop("PYTHONWARNINGS", None)
        environment.setdefault("MALLOC_ARENA_MAX", "2")  # address space counts towards the limit
        # A fixed command of our own; what comes from outside goes through the pipe only.
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "gongkai.report.read.worker", *self._arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        self._files = 0
        return self._process

    def _stop(self) -> int:
        process, self._process = self._process, None
        if process is None:
            return 0
        for pipe in (process.stdin, process.stdout):
            _close(pipe)
        try:
            return process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()


def read_one(data: bytes) -> Report:
    """Read by the child of this process."""
    return _own_child().read(data)


def read_by_ocr(data: bytes) -> Report:
    """Read scanned pages in a child with larger limits, one document at a time on the whole machine."""
    with _one_at_a_time():
        child = Child(OCR)
        try:
            return child.read(data, patience=OCR_PATIENCE_SECONDS)
        finally:
            child.close()  # it holds the models, which are large


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """As many processes may check as there are cores; the memory is for one that reads by OCR."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    name = Path(tempfile.gettempdir()) / f"gongkai-ocr-{os.getuid()}.lock"
    lock = os.open(name, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def read_many(
    sources: Iterable[Path | str],
    *,
    workers: int | None = None,
    progress: Callable[[Path], None] | None = None,
) -> Iterator[Outcome]:
    """Read many files on all cores, in their order; a file that cannot be read says why and stops nothing."""
    count = workers or os.cpu_count() or 1
    children = [Child() for _ in range(count)]
    free: deque[Child] = deque(children)
    try:
        with ThreadPoolExecutor(count) as threads:
            waiting: deque[Future[Outcome]] = deque()
            for source in sources:
                waiting.append(threads.submit(_outcome, Path(source), free))
                if len(waiting) >= 4 * count:
                    yield _told(waiting.popleft().result(), progress)
            while waiting:
                yield _told(waiting.popleft().result(), progress)
    finally:
        for child in children:
            child.close()


def _outcome(source: Path, free: "deque[Child]") -> Outcome:
    child = free.popleft()  # as many children as threads: one is always free
    try:
        return Outcome(source, read(source, by=child))
    except CannotRead as refusal:
        return Outcome(source, refusal=str(refusal))
    finally:
        free.append(child)


def _told(outcome: Outcome, progress: Callable[[Path], None] | None) -> Outcome:
    if progress is not None:
        progress(outcome.source)
    return outcome


_kept: list[Child] = []
_keeping = threading.Lock()


def _own_child() -> Child:
    """The one child this process keeps for single files."""
    with _keeping:
        if not _kept:
            _kept.append(Child())
            atexit.register(_kept[0].close)
        return _kept[0]


def _exchange(process: "subprocess.Popen[bytes]", data: bytes) -> bytes | None:
    """Send the file and wait for the answer; None when the child has ended."""
    if process.stdin is None or process.stdout is None:
        return None
    try:
        send(process.stdin, data)
        return receive(process.stdout)
    except OSError:
        return None


def _report(message: bytes) -> Report:
    result = json.loads(message)
    if result.get("needs_ocr"):
        raise NeedsOcr
    if "refused" in result:
        raise CannotRead(result["refused"])
    return from_json(result["report"])


def _why_it_died(code: int) -> str:
    if code in (-24, -9, -14):  # out of processor time, or killed by our clock
        return "读取这个文件用时过长，已停止，请核对文件是否完整。"
    return "读取这个文件时解析程序异常退出，可能已损坏，请重新取得完整的文件。"


def _close(pipe: "IO[bytes] | None") -> None:
    if pipe is not None:
        try:
            pipe.close()
        except OSError:
            return

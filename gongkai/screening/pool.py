"""子进程的池. A few children are kept and renewed; one that dies or hangs marks its file only (FIL-09)."""

import atexit
import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from gongkai.screening.child import receive, send

FILES_PER_CHILD = 200
MOST_CHILDREN = 2
PATIENCE_SECONDS = 60.0  # by the clock; the child bounds its own processor time
_ROOT = Path(__file__).resolve().parents[2]
_OUT_OF_TIME = "检查这个文件用时过长，已停止。请核对文件是否完整，或者分成几个文件。"
_CRASHED = "检查这个文件时解析程序异常退出，文件可能已损坏。请用WPS或者Word另存一次后重新上传。"
_OUT_OF_TIME_CODES = (-24, -9)  # SIGXCPU, or killed by our clock


class _Child:
    def __init__(self, module: str) -> None:
        environment = {**os.environ, "MALLOC_ARENA_MAX": "2"}  # address space counts towards the limit
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, [str(_ROOT), os.environ.get("PYTHONPATH")]))
        environment.pop("PYTHONWARNINGS", None)
        self.files = 0
        # A fixed command of our own; what comes from outside goes through the pipe only.
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )

    def ask(
        self, question: dict[str, Any], data: bytes, *, patience: float
    ) -> tuple[dict[str, Any], bytes] | None:
        """The answer; None when the child has ended."""
        self.files += 1
        guard = threading.Timer(patience, self._process.kill)
        guard.daemon = True
        guard.start()
        try:
            if self._process.stdin is None or self._process.stdout is None:
                return None
            send(self._process.stdin, json.dumps(question).encode(), data)
            told, result = receive(self._process.stdout), receive(self._process.stdout)
        except OSError:
            return None
        finally:
            guard.cancel()
        return None if told is None or result is None else (json.loads(told), result)

    def end(self) -> int:
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()
        try:
            return self._process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()


class Pool:
    """At most ``most`` children; who comes when all are busy waits for one."""

    def __init__(self, most: int = MOST_CHILDREN, *, module: str = "gongkai.screening.child") -> None:
        self._module = module
        self._idle: list[_Child] = []
        self._turns = threading.BoundedSemaphore(most)
        self._lock = threading.Lock()
        self._owner = os.getpid()

    def ask(
        self, do: str, name: str, data: bytes, *, patience: float = PATIENCE_SECONDS, **asked: Any
    ) -> tuple[dict[str, Any], bytes]:
        with self._turns:
            child = self._take()
            answer = child.ask({"do": do, "name": name, **asked}, data, patience=patience)
            if answer is not None and child.files < FILES_PER_CHILD and "fault" not in answer[0]:
                with self._lock:
                    self._idle.append(child)
                return answer
            code = child.end()
        if answer is not None:
            return answer
        return {"refusal": _OUT_OF_TIME if code in _OUT_OF_TIME_CODES else _CRASHED}, b""

    def close(self) -> None:
        with self._lock:
            idle, self._idle = self._idle, []
        for child in idle:
            child.end()

    def _take(self) -> _Child:
        with self._lock:
            if self._owner != os.getpid():  # after a fork the children belong to the other process
                self._idle, self._owner = [], os.getpid()
            if self._idle:
                return self._idle.pop()
        return _Child(self._module)


POOL = Pool()
atexit.register(POOL.close)

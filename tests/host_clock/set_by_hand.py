"""拨钟. Processes whose clock a test sets while they run, by the faketime library; the machine's own count goes on as it is."""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

_ANSWERING = """
import json, sys
from gongkai.operations.process import start_django
start_django("worker")
from django.db import close_old_connections
for line in sys.stdin:
    close_old_connections()
    scope = {}
    exec(json.loads(line), scope)
    print(json.dumps(scope["answer"]), flush=True)
"""
WITHOUT = "没有安装faketime（apt install libfaketime），没有拨钟"


def library() -> Path | None:
    return next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)


class SetByHand:
    """一个可以拨的钟: ``surroundings`` for the processes that go by it."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "offset"
        self.set(timedelta())
        self.surroundings = {
            "LD_PRELOAD": str(library()),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
        }

    def set(self, shift: timedelta) -> None:
        """So far from the real time, at once; a process reads the old or the new and nothing in between."""
        new = self._file.with_suffix(".new")
        new.write_text(f"{int(shift.total_seconds()):+d}\n", encoding="ascii")
        new.replace(self._file)


class Operator:
    """A process of the installation that answers a few lines at a time."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _ANSWERING],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, program: str) -> Any:
        self._process.stdin.write(json.dumps(program) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def end(self) -> None:
        self._process.communicate()  # closes both ends

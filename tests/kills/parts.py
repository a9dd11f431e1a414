"""公众侧、工作人员侧、后台, as processes that can be killed with everything below them."""

import contextlib
import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

PORTS = {"portal": "PORTAL_PORT", "desk": "DESK_PORT"}
_PATIENCE = 120


class Parts:
    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self.environment, self.log = environment, (folder / "log").open("w")
        self.cradles: dict[str, subprocess.Popen] = {}
        self.groups: dict[str, int] = {}

    def start(self, part: str) -> None:
        if part not in self.cradles:
            self.cradles[part] = subprocess.Popen(
                [sys.executable, "-m", "tests.kills.cradle", part],
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self.log,
                text=True,
            )
        cradle = self.cradles[part]
        cradle.stdin.write("\n")
        cradle.stdin.flush()
        self.groups[part] = int(cradle.stdout.readline())

    def kill(self, part: str) -> None:
        group = self.groups.pop(part)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)
        until(lambda: not Path(f"/proc/{group}").exists())
        if part in PORTS:
            until(lambda: not listens(int(self.environment[PORTS[part]])))

    def kill_and_start(self, part: str) -> float:
        """Seconds until it answers again."""
        self.kill(part)
        begun = time.monotonic()
        self.start(part)
        self.wait(part)
        return time.monotonic() - begun

    def wait(self, part: str) -> None:
        if part in PORTS:
            until(lambda: answers(int(self.environment[PORTS[part]]), _PATHS[part]))

    def end(self) -> None:
        for part in list(self.groups):
            self.kill(part)
        for cradle in self.cradles.values():
            cradle.stdin.close()
            cradle.stdout.close()
            cradle.kill()
            cradle.wait()
        self.log.close()


_PATHS = {"portal": "/health/live", "desk": "/log-in/"}


def answers(port: int, path: str) -> bool:
    """Whether it serves: another answer than 200 is none."""
    return status_of(f"http://127.0.0.1:{port}{path}") == 200


def status_of(address: str) -> int:
    """0 when nobody answers."""
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    """Below the ports that the system gives to clients: one asking while nobody answers could be given this very port,
    be connected to itself and keep the portal from it."""
    while True:
        port = random.randrange(20_000, 30_000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def until(reached) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not reached():
        assert time.monotonic() < deadline, "it did not come back"
        time.sleep(0.02)

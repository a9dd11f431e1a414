"""gongkai serve. Runs the portal, the desk and the worker, or one of them, in the foreground."""

import argparse
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from types import FrameType

from gongkai.config import env
from gongkai.operations.process import CannotRun, require_current_tables, say, start_django

SIDES = ("portal", "desk", "worker")
_PORTS = {"portal": env.PORTAL_PORT, "desk": env.DESK_PORT}
_PATIENCE = 10  # seconds a part is given to stop by itself
_LEAVES_WITHIN = (
    6  # seconds a worker that is asked to stop has for the task it is at, before it gives it back
)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="gongkai serve", description="启动公众侧、工作人员侧和后台；按Ctrl-C停止。"
    )
    parser.add_argument("side", nargs="?", choices=SIDES, metavar="portal|desk|worker", help="只启动其中一个")
    parser.add_argument("--address", default="127.0.0.1", help="监听地址，默认127.0.0.1")
    given = parser.parse_args(arguments)
    if given.side == "worker":
        return _work()
    if given.side:
        return _serve(given.side, given.address)
    return serve_all(given.address)


def serve_all(address: str = "127.0.0.1", *, when_ready: Callable[[], None] | None = None) -> int:
    """All three as processes of their own; when one ends, or a signal comes, the others are stopped.

    ``when_ready`` is called once, when both sides answer.
    """
    for side in _PORTS:
        _require_free(side, address)
    stopping = Stop()
    parts = {side: _start(side, address) for side in SIDES}
    if env.COPY():
        parts["copy"] = subprocess.Popen([sys.executable, "-m", "gongkai", "copy"], start_new_session=True)
    try:
        while not stopping.asked and all(part.poll() is None for part in parts.values()):
            if when_ready and all(_answers(side, address) for side in _PORTS):
                when_ready()
                when_ready = None
            time.sleep(0.2)
    finally:
        ended = [side for side, part in parts.items() if part.poll() is not None]
        _stop(parts)
    if ended and not stopping.asked:
        raise CannotRun(f"{'、'.join(ended)} 意外停止，已一并停下其余部分。原因见上方输出。")
    say("已停止。")
    return 0


def _answers(side: str, address: str) -> bool:
    try:
        with socket.create_connection((address, int(_PORTS[side]())), timeout=0.2):
            return True
    except OSError:
        return False


class Stop:
    """Remembers that Ctrl-C or a TERM signal came; what is still at work ``after`` so many seconds, is broken off."""

    def __init__(self, *, after: int = 0, broken_off: type[BaseException] = KeyboardInterrupt) -> None:
        self.asked = False
        self._after, self._broken_off = after, broken_off
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask)
        if after:
            signal.signal(signal.SIGALRM, self._break_off)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        if not self.asked:
            signal.alarm(self._after)
        self.asked = True

    def _break_off(self, number: int, frame: FrameType | None) -> None:
        raise self._broken_off


def _start(side: str, address: str) -> subprocess.Popen[bytes]:
    # In a session of its own: Ctrl-C in a terminal reaches us alone, and a server's own workers end with it.
    words = [sys.executable, "-m", "gongkai", "serve", side, "--address", address]
    return subprocess.Popen(words, start_new_session=True)  # noqa: S603 - our own interpreter and words


def _stop(parts: dict[str, subprocess.Popen[bytes]]) -> None:
    """Ask each part to end; whatever is left of it after a while is ended."""
    for part in parts.values():
        if part.poll() is None:
            part.terminate()
    deadline = time.monotonic() + _PATIENCE
    for part in parts.values():
        with contextlib.suppress(subprocess.TimeoutExpired):
            part.wait(max(0.1, deadline - time.monotonic()))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(part.pid, signal.SIGKILL)
        part.wait()


def _require_free(side: str, address: str) -> None:
    port = int(_PORTS[side]())
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError:
            name = _PORTS[side].name
            raise CannotRun(
                f"端口{port}已被占用。请停下占用它的程序，或换一个端口：{name}=端口号。"
            ) from None


def _serve(side: str, address: str) -> int:
    os.environ["GONGKAI_SIDE"] = side
    _require_free(side, address)
    start_django(side)  # says what is wrong before a server is there to say it less plainly
    require_current_tables()
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    Server(
        "gongkai.config.wsgi:application",
        address=address,
        port=int(_PORTS[side]()),
        interface=Interfaces.WSGI,
        blocking_threads=4,
        log_level=LogLevels.warning,
    ).serve()
    return 0


def _work() -> int:
    start_django("worker")
    require_current_tables()
    from gongkai.operations.worker import work
    from gongkai.outbox.worker import AskedToStop

    stopping = Stop(after=_LEAVES_WITHIN, broken_off=AskedToStop)
    with contextlib.suppress(AskedToStop):
        work(until=lambda: stopping.asked)
    signal.alarm(0)
    return 0

"""公众侧的速度. P1: a hot page beside a plain Django page in the same run; P13: start and memory of the process."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from bench import nginx
from bench.figure import RUNS, Figure, at_most, duration
from bench.load import requests_a_second, tool
from bench.place import ROOT

DATA = "虚构单位的公众侧：网站、9个栏目、6个页面、1条信息、3版年度报告（SQLite）"
PATH = "/pages/review-rules/"
ITEM_NUMBER = 1
ITEM_PATH = f"/items/{ITEM_NUMBER:020x}/"
_READY_IN = 30
_MEGABYTE = 1024 * 1024


def figures() -> Iterator[Figure]:
    _public("release")
    _make_wagtail()
    ours, plain, wagtail = _Server(_ours), _Server(_plain_django), _Server(_plain_wagtail)
    starts = []
    for _ in range(RUNS):
        with ours.running():
            starts.append(ours.started_in)
    yield at_most(
        "P13 公众侧启动，到答复第一个请求",
        median(starts),
        1,
        beside=f"空的Python进程启动{duration(_bare_start())}",
    )
    with ours.running(), plain.running(), wagtail.running():
        servers = (ours, plain, wagtail)
        for server in servers:
            requests_a_second(server.port, PATH)  # warm
        yield from _through_nginx(ours.port)
        rates = [[requests_a_second(server.port, PATH) for server in servers] for _ in range(RUNS)]
        memory = ours.memory()
    hot, *peers = (median(rate) for rate in zip(*rates, strict=True))
    for peer, rate, times in zip(("Django", "Wagtail"), peers, (3, 30), strict=True):
        yield Figure(
            what=f"P1 热页，应用直接答复，对普通{peer}页",
            measured=f"{hot:,.0f} 次/s",
            target=f"≥ {times} 倍",
            met=hot >= times * rate,
            beside=f"同一轮{rate:,.0f}次/s，{hot / rate:.1f}倍；{tool()}，32个连接，各1个工作进程",
        )
    yield Figure(
        what="P13 公众侧工作进程的内存（压测之后）",
        measured=f"{max(memory):.0f} MB",
        target="≤ 120 MB",
        met=max(memory) <= 120,
        beside="各进程：" + "、".join(f"{each:.0f}" for each in memory) + " MB",
    )


def _through_nginx(portal: int) -> Iterator[Figure]:
    """P1 through the shipped configuration, and how long a withdrawn page is still read through it (PUB-06)."""
    what = "P1 信息页，经随附的nginx配置"
    if not nginx.found():
        yield Figure(what=what, measured="没有测", target="≥ 0.9 倍静态文件", beside="这台机器没有nginx")
        return
    page = _read(portal, ITEM_PATH)
    port, folder = _free_port(), _home("nginx")
    with nginx.running(folder, port=port, portal=portal, same_size=page):
        for path in (ITEM_PATH, nginx.STATIC_FILE):
            requests_a_second(port, path)  # warm
        rates = [
            (requests_a_second(port, ITEM_PATH), requests_a_second(port, nginx.STATIC_FILE))
            for _ in range(RUNS)
        ]
        ours, static = (median(rate) for rate in zip(*rates, strict=True))
        yield Figure(
            what=what,
            measured=f"{ours:,.0f} 次/s",
            target="≥ 0.9 倍静态文件",
            met=ours >= 0.9 * static,
            beside=f"同一nginx的同样大小（{len(page):,}字节）静态文件{static:,.0f}次/s，{ours / static:.2f}倍",
        )
        yield at_most(
            "PUB-06 撤回后经nginx还能读到多久", _until_gone(port), 60, beside="应用允许代理保留30 s"
        )


def _until_gone(port: int) -> float:
    """Seconds from the withdrawal until the page is not answered any more; the item is released again afterwards."""
    _public("withdraw")
    began = time.perf_counter()
    while time.perf_counter() - began < 120:
        try:
            _read(port, ITEM_PATH)
        except urllib.error.HTTPError:
            break
        time.sleep(0.2)
    took = time.perf_counter() - began
    _public("release")
    return took


def _read(port: int, path: str) -> bytes:
    body: bytes = urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=20).read()
    return body


def _public(verb: str) -> None:
    """Something done to the public side, in a process of its own."""
    subprocess.run(
        [sys.executable, "-c", f"from bench.public_pages import {verb}; {verb}()"],
        cwd=ROOT,
        env={**os.environ, "GONGKAI_SIDE": "portal"},
        check=True,
    )


def release() -> None:
    """The public side's content, released as the worker would. Runs as the portal, in a process of its own."""
    _item(wanted=True)


def withdraw() -> None:
    """The item called back."""
    _item(wanted=False)


def _item(*, wanted: bool) -> None:
    from gongkai.operations.process import start_django

    start_django("portal")
    from gongkai.portal import release
    from gongkai.portal.models import PublicState
    from tests.portal.items import item, key, released
    from tests.portal.office import released_office

    released_office()
    state = PublicState.objects.get()
    version = state.stamp + 2  # later than whatever happened to it before
    if wanted:
        released(item(ITEM_NUMBER, version=version))
    else:
        release.withdraw_item(key(ITEM_NUMBER), version=version)


class _Server:
    """A server process on a free port."""

    def __init__(self, command) -> None:
        self._command = command
        self.port = 0
        self.started_in = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        self.port = _free_port()
        arguments, environment = self._command(self.port)
        began = time.perf_counter()
        self._process = subprocess.Popen(
            arguments, env={**os.environ, **environment}, cwd=ROOT, stdout=subprocess.DEVNULL
        )
        try:
            self._wait(began)
            yield
        finally:
            self._process.terminate()
            self._process.wait(20)

    def _wait(self, began: float) -> None:
        while time.perf_counter() - began < _READY_IN:
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}{PATH}", timeout=5).read()
                self.started_in = time.perf_counter() - began
                return
            time.sleep(0.005)
        raise TimeoutError("服务没有启动")

    def memory(self) -> list[float]:
        """Resident megabytes of the server's processes."""
        processes = [self._process.pid, *_children(self._process.pid)]
        return [_resident(process) for process in processes]


def _ours(port: int) -> tuple[list[str], dict[str, str]]:
    return [sys.executable, "-m", "gongkai", "serve", "portal"], {
        "PORTAL_PORT": str(port),
        "GONGKAI_SIDE": "portal",
    }


def _plain_django(port: int) -> tuple[list[str], dict[str, str]]:
    return _granian(port, "bench.plain_django:application"), {"PLAIN_DATABASE": str(_home("public.sqlite3"))}


def _plain_wagtail(port: int) -> tuple[list[str], dict[str, str]]:
    return _granian(port, "bench.plain_wagtail:application"), _wagtail()


def _granian(port: int, application: str) -> list[str]:
    return [sys.executable, "-m", "granian", "--interface", "wsgi", "--blocking-threads", "4",
            "--log-level", "warning", "--port", str(port), application]  # fmt: skip


def _make_wagtail() -> None:
    subprocess.run(
        [sys.executable, "-m", "bench.plain_wagtail", str(_home("public.sqlite3"))],
        cwd=ROOT,
        env={**os.environ, **_wagtail()},
        check=True,
    )


def _wagtail() -> dict[str, str]:
    return {"WAGTAIL_DATABASE": str(_home("wagtail.sqlite3"))}


def _home(name: str) -> Path:
    return Path(os.environ["GONGKAI_HOME"]) / name


def _bare_start() -> float:
    from bench.figure import median as median_of

    return median_of(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True))


def _children(process: int) -> list[int]:
    listed = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [int(each) for each in listed]


def _resident(process: int) -> float:
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGESIZE") / _MEGABYTE


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

"""The demo as a person starts it: real processes, real databases, links from its own output."""

import json
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.browser import accessibility_violations, chromium
from tests.operations.conftest import gongkai, surroundings

_LINK = re.compile(r"^  (\S+?)（[^）]*）\n\s+(http\S+)$", re.MULTILINE)
_FOREIGN = re.compile(r"[A-Za-z]{3,}")
# What is written in Latin letters in Chinese too: file formats, keys, addresses and identifiers.
_AT_HOME = re.compile(
    r"\.(?:pdf|docx|xlsx)\b|jpg|png|JPG|PNG|[0-9A-Z]{18}|HTML|DOCX|XLSX?|xlsx?|ods|csv|PDF|JSON|CSV|Excel|WPS|Word|Ctrl|SHA|https?://\S+|\S+\.gov\.cn\S*|\S+@\S+|[0-9a-f]{12,}|TX-|gongkai"
)


@dataclass
class Demonstration:
    """演示: where both sides answer, and each person's link."""

    home: Path
    portal: str
    desk: str
    links: dict[str, str]
    browser: Browser
    windows: list[BrowserContext] = field(default_factory=list)

    def enter_as(self, name: str) -> Page:
        """打开链接、进入工作台: by the printed link, and once that is used by a further one."""
        page = self.window()
        page.goto(self.links.pop(name, None) or self._further_link(name))
        page.get_by_role("button", name="进入工作台").click()
        page.get_by_text("等我办的").wait_for()
        return page

    def _further_link(self, name: str) -> str:
        """What an operator gets by running the demo again."""
        words = (
            "from gongkai.agencies.models import Person, OneTimeLink\n"
            "from gongkai.agencies.actions.one_time_links import issue_one_time_link\n"
            f"person = Person.objects.get(name={json.dumps(name)})\n"
            "print(issue_one_time_link(person, purpose=OneTimeLink.Purpose.DEMO, by=None))"
        )
        port = self.desk.rsplit(":", 1)[1]
        done = gongkai(self.home, "manage", "shell", "--no-imports", "--command", words, DESK_PORT=port)
        return done.stdout.strip().splitlines()[-1]

    def window(self, *, scripts: bool = True, width: int = 1400) -> Page:
        context = self.browser.new_context(
            viewport={"width": width, "height": 950}, locale="zh-CN", java_script_enabled=scripts
        )
        self.windows.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        return page


def look(page: Page) -> None:
    """What every screen must hold: nothing for axe to complain of, and no English for an officer to puzzle over."""
    assert accessibility_violations(page) == [], page.url
    foreign = _FOREIGN.findall(_AT_HOME.sub("", page.inner_text("body")))
    assert foreign == [], page.url


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory) -> Iterator[Demonstration]:
    home = tmp_path_factory.mktemp("demonstration") / "home"
    portal, desk = _free_port(), _free_port()
    environment = surroundings(home, PORTAL_PORT=str(portal), DESK_PORT=str(desk))
    log = home.parent / "output"
    with log.open("w") as output, chromium() as browser:
        process = subprocess.Popen(
            [sys.executable, "-m", "gongkai", "demo"],
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            for port in (portal, desk):
                _wait_for(f"http://127.0.0.1:{port}/health", process, log)
            links = dict(_LINK.findall(log.read_text()))
            running = Demonstration(
                home, f"http://127.0.0.1:{portal}", f"http://127.0.0.1:{desk}", links, browser
            )
            yield running
            for window in running.windows:
                window.close()
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)
    said = log.read_text()
    assert process.returncode == 0, said
    assert "Traceback" not in said, said


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(url: str, process: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + 420
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise AssertionError(log.read_text())
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.3)
    raise AssertionError(f"{url} 没有应答：{log.read_text()}")

"""浏览器. Real Chromium for journeys, without a server: pages made beforehand are handed to it by address."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

AXE = Path(__file__).parent / "axe"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--no-first-run"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """What the site answers at one address."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium as the machine has it; a machine without it skips, and says so."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("没有找到Chromium：不运行浏览器测试。")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=_OPTIONS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def reading(answers: Mapping[str, Answer], *, width: int = 1280, scripts: bool = True) -> Iterator[Page]:
    """A reader's window on the prepared answers. Whatever else is asked for is refused and noticed."""
    with chromium() as browser, _window(browser, answers, width=width, scripts=scripts) as page:
        yield page


@contextmanager
def _window(browser: Browser, answers: Mapping[str, Answer], *, width: int, scripts: bool) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
    page = context.new_page()
    complaints: list[str] = []

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path
        if urlsplit(route.request.url).netloc != "portal.test" or path not in answers:
            complaints.append(f"asked for {route.request.url}")
            route.abort()
            return
        prepared = answers[path]
        route.fulfill(status=prepared.status, headers=dict(prepared.headers), body=prepared.body)

    def listen(message: Any) -> None:
        # A page that answers 404 or 500 is reported by the browser as a failed load; what is missing is noticed above.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            complaints.append(message.text)

    page.route("**/*", answer)
    page.on("console", listen)
    try:
        yield page
    finally:
        context.close()
    if complaints:
        raise AssertionError("；".join(complaints))


def accessibility_violations(page: Page) -> list[str]:
    """无障碍问题 found by axe, each with its rule, its place and the Chinese explanation."""
    page.evaluate((AXE / "axe.min.js").read_text(encoding="utf-8"))
    page.evaluate(
        "locale => axe.configure({locale: JSON.parse(locale)})", (AXE / "zh_CN.json").read_text("utf-8")
    )
    found = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES)
    assert found["passes"], "axe looked at nothing"
    return [f"{v['id']} {v['help']}: {node['target']}" for v in found["violations"] for node in v["nodes"]]


def width_beyond_the_window(page: Page) -> int:
    """How far the page can be moved sideways, in pixels."""
    beyond: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return beyond

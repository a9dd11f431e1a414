"""Covering a page in a browser: by mouse, by keyboard, and without a script; every screen is checked for accessibility."""

import os

import pytest
from django.conf import settings
from django.urls import reverse

from gongkai.duties.applications.redaction import actions
from gongkai.redaction.box import Origin
from tests.duties.redaction.office import AREA, Office
from tests.factories.people import enter
from tests.journeys.browser import accessibility_violations, chromium

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, databases=["default", "public"])]
_PICTURES = os.environ.get("PICTURES", "")  # a folder, when somebody wants to see the screens


@pytest.fixture
def plain(settings, tmp_path, monkeypatch):
    settings.FILES_FOLDER = tmp_path / "files"
    # The browser's driver keeps a loop in this thread; the rows are asked for between its steps, never within.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture
def desk(plain, live_server, client):
    with chromium() as browser:
        yield _Desk(browser, live_server.url, client)


class _Desk:
    def __init__(self, browser, address, client) -> None:
        self.browser, self.address, self.client = browser, address, client

    def window(self, person, *, width: int = 1280, scripts: bool = True):
        enter(self.client, person)
        context = self.browser.new_context(
            viewport={"width": width, "height": 900}, locale="zh-CN", java_script_enabled=scripts
        )
        name = settings.SESSION_COOKIE_NAME
        session = self.client.cookies[name].value
        context.add_cookies([{"name": name, "value": session, "url": self.address}])
        page = context.new_page()
        page.set_default_timeout(15_000)
        return page

    def look(self, page, name: str, *more: object) -> None:
        page.goto(self.address + reverse(f"redaction:{name}", args=more))
        if _PICTURES:
            page.wait_for_load_state("networkidle")
            page.screenshot(path=f"{_PICTURES}/{name}-{page.viewport_size['width']}.png", full_page=True)
        assert accessibility_violations(page) == [], page.url


def numbers(page) -> list[float]:
    return [
        float(page.locator(f"#id_{name}").input_value() or 0) for name in ("left", "top", "width", "height")
    ]


def test_a_box_is_drawn_by_mouse_moved_by_keys_and_added(desk):
    office = Office()
    job = office.begun()
    page = desk.window(office.keeper)
    desk.look(page, "page", job.public_id, 1)
    sheet = page.locator("#sheet").bounding_box()

    page.mouse.move(sheet["x"] + sheet["width"] * 0.2, sheet["y"] + 60)
    page.mouse.down()
    page.mouse.move(sheet["x"] + sheet["width"] * 0.6, sheet["y"] + 120, steps=5)
    page.mouse.up()
    drawn = numbers(page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    moved = numbers(page)
    page.locator("#id_ground").select_option("THIRD_PARTY")
    page.get_by_role("button", name="加框").click()
    page.get_by_text("已加框").wait_for()

    assert drawn[0] == pytest.approx(42, abs=1)
    assert drawn[2] == pytest.approx(84, abs=1.5)
    assert [round(now - before, 1) for now, before in zip(moved, drawn, strict=True)] == [1, 0, 0, 1]
    job.refresh_from_db()
    assert [(box["origin"], box["ground"]) for box in job.boxes] == [("hand", "THIRD_PARTY")]
    assert job.boxes[0]["left"] == pytest.approx(moved[0] * 72 / 25.4, abs=0.2)


def test_without_a_script_the_numbers_are_typed(desk):
    office = Office()
    job = office.begun()
    page = desk.window(office.keeper, scripts=False)
    page.goto(desk.address + reverse("redaction:page", args=[job.public_id, 2]))

    for name, value in (("left", "20"), ("top", "30"), ("width", "50"), ("height", "8")):
        page.locator(f"#id_{name}").fill(value)
    page.locator("#id_ground").select_option("DELIBERATIVE")
    page.get_by_role("button", name="加框").click()
    page.get_by_text("已加框").wait_for()

    job.refresh_from_db()
    assert [box["page"] for box in job.boxes] == [2]


@pytest.mark.parametrize("width", [1280, 390])
def test_every_screen_can_be_read_by_everybody(desk, width):
    office = Office()
    job = actions.cover(office.begun(), [AREA], ground="THIRD_PARTY", origin=Origin.HAND, by=office.keeper)
    made = office.made()
    page = desk.window(office.keeper, width=width)
    for name in ("list", "begin"):
        desk.look(page, name)
    for name in ("job", "search", "detected", "make"):
        desk.look(page, name, job.public_id)
    desk.look(page, "page", job.public_id, 1)
    desk.look(page, "proof", made.public_id)

    page = desk.window(office.reviewer, width=width)
    desk.look(page, "agree", made.public_id)
    if _PICTURES:
        page.goto(desk.address + reverse("redaction:page", args=[made.public_id, 1]))
        page.wait_for_load_state("networkidle")
        page.screenshot(path=f"{_PICTURES}/review-{width}.png", full_page=True)

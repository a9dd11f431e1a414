"""显示方式: chosen with plain buttons, kept in one cookie, applied by the server (A11-03, A11-05)."""

import pytest
from lxml import html

from gongkai.portal.pages.display import Display

pytestmark = pytest.mark.django_db(databases=["default", "public"])


def classes(client, path="/"):
    return html.fromstring(client.get(path).content.decode()).get("class")


def test_without_a_choice_the_page_is_shown_as_it_is(readers):
    assert classes(readers) == "display-medium"


def test_choices_add_up_and_hold_on_every_page(readers):
    for choice in ({"size": "large"}, {"elder": "on"}, {"contrast": "on"}):
        assert readers.post("/display", {**choice, "back": "/map/"}).status_code == 303

    assert classes(readers) == "display-large display-elder display-contrast"
    assert classes(readers, "/nowhere/") == "display-large display-elder display-contrast"


def test_a_choice_is_taken_back(readers):
    readers.post("/display", {"elder": "on"})

    readers.post("/display", {"elder": "off"})

    assert classes(readers) == "display-medium"


def test_the_page_shows_which_choice_is_in_force(readers):
    readers.post("/display", {"size": "large"})

    page = html.fromstring(readers.get("/").content.decode())

    pressed = [button.text for button in page.xpath("//button[@aria-pressed='true']")]
    assert pressed == ["大"]


def test_the_reader_comes_back_to_the_page_she_was_reading(readers):
    assert (
        readers.post("/display", {"size": "large", "back": "/reports/2023/"})["Location"] == "/reports/2023/"
    )


def test_the_cookie_is_not_for_scripts_and_not_for_other_sites(readers):
    """SES-04; the only cookie of the portal, and it says nothing about the reader."""
    cookie = readers.post("/display", {"size": "large"}).cookies["display"]

    assert cookie.value == "large"
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")


def test_in_production_the_cookie_travels_over_https_only(readers, settings):
    settings.SESSION_COOKIE_SECURE = True
    settings.DISPLAY_COOKIE_NAME = "__Host-display"

    cookie = readers.post("/display", {"size": "large"}).cookies["__Host-display"]

    assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")


@pytest.mark.parametrize(
    "back",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "/ok\r\nSet-Cookie: a=b",
        "evil",
        "",
    ],
)
def test_nobody_is_sent_to_another_site(readers, back):
    """INP-08."""
    assert readers.post("/display", {"size": "large", "back": back})["Location"] == "/"


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1.evil.example"])
def test_another_site_cannot_choose_for_the_reader(readers, origin):
    """WEB-02."""
    response = readers.post("/display", {"size": "large"}, HTTP_ORIGIN=origin)

    assert response.status_code == 403
    assert not response.cookies
    assert classes(readers) == "display-medium"


def test_our_own_page_may_choose(readers):
    assert readers.post("/display", {"size": "large"}, HTTP_ORIGIN="http://127.0.0.1").status_code == 303


def test_choosing_is_not_done_by_reading(readers):
    """WEB-03."""
    response = readers.get("/display", {"size": "large"})

    assert response.status_code == 405
    assert not response.cookies


@pytest.mark.parametrize(
    "written", ["", "huge", "large;x", "<b>", "large.elder.elder.nonsense", "\x00", "." * 4000]
)
def test_a_cookie_of_any_content_gives_a_known_display(written):
    display = Display.from_cookie(written)

    assert display.size in ("small", "medium", "large")
    assert Display.from_cookie(display.as_cookie()) == display

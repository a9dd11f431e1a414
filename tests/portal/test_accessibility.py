"""无障碍. Every template of the portal in real Chromium: axe, narrow screens, keyboard, paper, no scripts."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from gongkai.portal import release
from gongkai.portal.pages import errors
from tests.journeys.browser import (
    Answer,
    accessibility_violations,
    reading,
    width_beyond_the_window,
)
from tests.portal.office import PAGES, subordinate_report

pytestmark = [pytest.mark.django_db(databases=["default", "public"]), pytest.mark.journey]

SITE = "https://portal.test"
TEMPLATES = (
    "/",
    "/disclosure/",
    "/disclosure/guide/",
    "/disclosure/statutory/",
    "/disclosure/budgets/",
    "/disclosure/reports/",
    "/reports/2023/",
    "/reports/2023/1/",
    "/pages/review-rules/",
    "/pages/privacy/",
    "/search/",
    "/map/",
    "/nowhere/",
    "/pages/old-rules/",
    "/failed/",
)


@pytest.fixture
def answers(readers, rf):
    """A function giving every page in one way of display, made before the browser starts."""
    release.put_report(subordinate_report(2023))
    release.put_page(replace(PAGES[1], slug="old-rules"))
    release.withdraw_page("old-rules", version=2, note="内容已并入新的制度。")
    static = {
        f"/static/{name}": Answer(200, {"Content-Type": kind}, Path(finders.find(name)).read_bytes())
        for name, kind in (
            ("portal/site.css", "text/css"),
            ("portal/bootstrap/bootstrap.min.css", "text/css"),
            ("portal/icon.svg", "image/svg+xml"),
        )
    }
    failed = errors.server_error(rf.get("/"))

    def made(display=""):
        readers.cookies["display"] = display
        pages = {}
        for path in (*TEMPLATES, "/reports/2023/2/", "/disclosure/application/"):
            response = readers.get(path)
            pages[path] = Answer(response.status_code, dict(response.headers), response.content)
        pages["/failed/"] = Answer(500, dict(failed.headers), failed.content)
        return static | pages

    return made


@pytest.mark.parametrize(
    ("width", "display"), [(1280, ""), (768, ""), (375, ""), (375, "large.elder"), (1280, "contrast")]
)
def test_no_template_has_an_accessibility_violation(answers, width, display):
    """A11-01: WCAG 2.2 A and AA and good practice, in three widths, in large type and in high contrast."""
    pages = answers(display)

    with reading(pages, width=width) as page:
        found = {}
        for path in TEMPLATES:
            page.goto(SITE + path)
            found[path] = accessibility_violations(page)

    assert found == {path: [] for path in TEMPLATES}


@pytest.mark.parametrize(("width", "display"), [(375, ""), (320, ""), (375, "large.elder")])
def test_no_page_moves_sideways_on_a_phone(answers, width, display):
    """A11-02."""
    pages = answers(display)

    with reading(pages, width=width) as page:
        beyond = {}
        for path in TEMPLATES:
            page.goto(SITE + path)
            beyond[path] = width_beyond_the_window(page)

    assert beyond == dict.fromkeys(TEMPLATES, 0)


def test_the_first_key_leads_past_the_head_of_the_page(answers):
    """A11-02: the skip link comes first and takes the keyboard into the content."""
    with reading(answers()) as page:
        page.goto(SITE + "/reports/2023/")

        page.keyboard.press("Tab")
        first = page.evaluate("document.activeElement.textContent")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        inside = page.evaluate("document.activeElement.closest('main') !== null")

    assert first == "跳到主要内容"
    assert inside is True


def test_a_wide_table_is_scrolled_by_keyboard(answers):
    """A11-02."""
    with reading(answers(), width=375) as page:
        page.goto(SITE + "/reports/2023/")
        frame = page.get_by_role("region", name="表三　收到和处理政府信息公开申请情况")

        frame.focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_function("document.activeElement.scrollLeft > 0")

        assert frame.evaluate("element => element === document.activeElement")


def test_a_reader_without_scripts_finds_the_report_and_reads_a_figure(answers):
    """A11-05."""
    with reading(answers(), scripts=False) as page:
        page.goto(SITE + "/")
        page.get_by_role("navigation", name="主导航").get_by_role("link", name="政府信息公开年报").click()
        page.get_by_role("table", name="本机关各年度报告").get_by_role("link").first.click()
        figure = page.locator("td[data-place='applications/received/total']").inner_text()

    assert figure == "4"


def test_on_paper_a_report_is_the_report_alone(answers):
    with reading(answers()) as page:
        page.goto(SITE + "/reports/2023/")
        page.emulate_media(media="print")

        shown = {
            name: page.locator(selector).first.is_visible()
            for name, selector in (
                ("strip", ".topstrip"),
                ("menu", ".mainnav"),
                ("tree", ".tree"),
                ("search", ".search"),
                ("downloads", ".get"),
                ("title", "h1"),
                ("table", "table.gk-table-applications"),
                ("site", ".masthead .name"),
            )
        }

    assert [name for name, visible in shown.items() if visible] == ["title", "table", "site"]

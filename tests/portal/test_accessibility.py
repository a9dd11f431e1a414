"""无障碍. Every template of the portal in real Chromium: axe, narrow screens, keyboard, paper, no scripts."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from gongkai.gateways.files import public_files
from gongkai.portal import release
from gongkai.portal.models import PublishedLeader
from gongkai.portal.pages import errors
from tests.journeys.browser import (
    Answer,
    accessibility_violations,
    reading,
    width_beyond_the_window,
)
from tests.portal.items import attachment, item, key, released
from tests.portal.listed import a_leader, an_edition
from tests.portal.office import PAGES, subordinate_report

pytestmark = [pytest.mark.django_db(databases=["default", "public"]), pytest.mark.journey]

SITE = "https://portal.test"
ITEM = f"/items/{key(1)}/"
LEADER, EARLIER_GUIDE = f"/items/{key(101)}/", f"/items/{key(102)}/"
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
    ITEM,
    f"/leaving/item/{key(1)}/1/",
    "/leaders/",
    LEADER,
    EARLIER_GUIDE,
    "/duties/budgets/",
    "/data/",
    "/hosted/",
)
HEADER = '<header><p>示例市人民政府</p><nav aria-label="全站导航"><a href="/">首页</a></nav></header>'


@pytest.fixture
def answers(readers, rf, portal, tmp_path):
    """A function giving every page in one way of display, made before the browser starts."""
    release.put_report(subordinate_report(2023))
    release.put_page(replace(PAGES[1], slug="old-rules"))
    release.withdraw_page("old-rules", version=2, note="内容已并入新的制度。")
    linked = '<p>见<a href="https://www.example.com/">协会网站</a>。</p><table><caption>周期</caption><tr><th>甲</th></tr></table>'
    released(
        item(1, html=linked, duty="budgets", description="检查周期", files=(attachment("附"),)),
        *(item(number, duty="budgets") for number in range(2, 23)),
    )
    a_leader(101)
    an_edition(102, "2025年版", "2025-01-05")
    an_edition(103, "2026年版", "2026-01-05")
    host_site = tmp_path / "host-site"
    host_site.mkdir()
    (host_site / "header.html").write_text(HEADER, encoding="utf-8")
    (host_site / "footer.html").write_text("<footer><p>示例市人民政府主办</p></footer>", encoding="utf-8")
    static = {
        f"/static/{name}": Answer(200, {"Content-Type": kind}, Path(finders.find(name)).read_bytes())
        for name, kind in (
            ("portal/site.css", "text/css"),
            ("portal/bootstrap/bootstrap.min.css", "text/css"),
            ("portal/icon.svg", "image/svg+xml"),
        )
    }
    photo = PublishedLeader.objects.exclude(photo="").first().photo
    static[f"/files/{photo}"] = Answer(200, {"Content-Type": "image/png"}, public_files().read(photo))
    failed = errors.server_error(rf.get("/"))

    def made(display=""):
        readers.cookies["display"] = display
        pages = {}
        for path in (*TEMPLATES, "/reports/2023/2/", "/disclosure/application/"):
            response = readers.get(path)
            pages[path] = Answer(response.status_code, dict(response.headers), response.content)
        portal.HOST_SITE_FOLDER = host_site
        hosted = readers.get("/disclosure/")
        portal.HOST_SITE_FOLDER = None
        pages["/hosted/"] = Answer(200, dict(hosted.headers), hosted.content)
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
        moved = frame.evaluate(
            """element => new Promise(moved => {
                const look = () => element.scrollLeft > 0 ? moved(true) : requestAnimationFrame(look);
                look();
            })"""
        )

        assert moved is True
        assert frame.evaluate("element => element === document.activeElement")


def test_a_reader_without_scripts_finds_the_report_and_reads_a_figure(answers):
    """A11-05."""
    with reading(answers(), scripts=False) as page:
        page.goto(SITE + "/")
        page.get_by_role("navigation", name="主导航").get_by_role("link", name="政府信息公开年报").click()
        page.get_by_role("table", name="本机关各年度报告").get_by_role("link").first.click()
        figure = page.locator("td[data-place='applications/received/total']").inner_text()

    assert figure == "4"


PARTS = {
    "strip": ".topstrip",
    "menu": ".mainnav",
    "tree": ".tree",
    "search": ".search",
    "downloads": ".get",
    "foot": ".sitefoot",
    "how to print": ".on-screen",
    "title": "h1",
    "table": "main table",
    "attachments": ".attachments",
    "address": ".own-address .path",
    "code": ".qr svg",
    "site": ".masthead .name",
}


@pytest.mark.parametrize(
    ("path", "printed"),
    [("/reports/2023/", {"title", "table", "address", "code", "site"}),
     (ITEM, {"title", "table", "attachments", "address", "code", "site"})],
)  # fmt: skip
def test_on_paper_a_text_stands_alone_with_its_address(answers, path, printed):
    with reading(answers()) as page:
        page.goto(SITE + path)
        page.emulate_media(media="print")

        shown = {name for name, selector in PARTS.items() if page.locator(selector).first.is_visible()}

    assert shown == printed

"""无障碍. The page of results, with and without any, in real Chromium."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from gongkai.portal import release
from tests.journeys.browser import Answer, accessibility_violations, reading, width_beyond_the_window
from tests.portal.search.test_following import ITEM_2, ITEM_3, attachment, item

pytestmark = [pytest.mark.django_db(databases=["default", "public"]), pytest.mark.journey]

SITE = "https://portal.test"
STATIC = (
    ("portal/site.css", "text/css"),
    ("portal/bootstrap/bootstrap.min.css", "text/css"),
    ("portal/icon.svg", "image/svg+xml"),
)
ASKED = ({"q": "防空"}, {"q": "防空", "sort": "政策文件", "order": "relevance"}, {"q": "防空 没有的词"}, {})


@pytest.mark.parametrize(("width", "display"), [(1280, ""), (375, "large.elder"), (1280, "contrast")])
def test_the_page_of_results_has_no_accessibility_violation(readers, width, display):
    """A11-01, A11-05: on wide screens and phones, in large type and in high contrast."""
    release.put_item(item(files=(attachment("人民防空工程的混凝土强度等级不低于C30。"),)))
    release.put_item(item(key=ITEM_2, kind="通知公告", validity="废止", dated_on="2021-01-01"))
    release.put_item(item(key=ITEM_3, title="人民防空" * 40, html=f"<p>{'防空' * 300}</p>"))
    readers.cookies["display"] = display
    static = {
        f"/static/{name}": Answer(200, {"Content-Type": kind}, Path(finders.find(name)).read_bytes())
        for name, kind in STATIC
    }

    for asked in ASKED:
        response = readers.get("/search/", asked)
        page_of_results = Answer(response.status_code, dict(response.headers), response.content)
        with reading(static | {"/search/": page_of_results}, width=width) as page:
            page.goto(f"{SITE}/search/")
            assert accessibility_violations(page) == [], asked
            assert width_beyond_the_window(page) == 0, asked

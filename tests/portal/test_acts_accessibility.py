"""无障碍 of the publicity of decisions, of lists and of the normative library: axe and narrow screens, as everywhere."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from gongkai.portal import release
from tests.journeys.browser import Answer, accessibility_violations, reading, width_beyond_the_window
from tests.portal.test_acts import KEY, a_list, an_act, columns  # noqa: F401 — a fixture
from tests.portal.test_normative import INTERPRETATION, OLD, POLICY, a_document, an_item

pytestmark = [pytest.mark.django_db(databases=["default", "public"]), pytest.mark.journey]
SITE = "https://portal.test"
TEMPLATES = (
    "/disclosure/licences/",
    "/disclosure/penalties/",
    f"/acts/{KEY(1)}/",
    f"/acts/{KEY(2)}/",
    "/disclosure/power-list/",
    "/lists/power-list/1/",
    "/normative/",
    f"/items/{POLICY}/",
    f"/items/{INTERPRETATION}/",
)
_STYLES = ("portal/site.css", "portal/bootstrap/bootstrap.min.css")


@pytest.fixture
def answers(columns):  # noqa: F811 — the fixture
    """A decision, one that was called back with a word, a list that was renewed, a document with what explains it."""
    long = "准予修建防空地下室，" * 12
    release.put_act(an_act(1, title="防空地下室报建审批", fields=(("title", "项目名称", long),)))
    release.put_act(an_act(2))
    release.withdraw_act(KEY(2), version=2, note="决定被依法撤销。经行政复议撤销")
    for number in range(3, 26):
        release.put_act(an_act(number))
    release.put_list(a_list())
    release.put_list(a_list(2, rows=(("示防权-001", long),), change_note="改写1项"))
    release.put_item(
        an_item(POLICY, "人防工程管理办法", document_number="示防规〔2021〕1号", validity="有效")
    )
    release.put_item(an_item(INTERPRETATION, "人防工程管理办法解读", interprets=(POLICY,)))
    release.put_document(a_document(OLD, "人防工程管理办法", item=POLICY))

    def made(display=""):
        columns.cookies["display"] = display
        pages = {
            f"/static/{name}": Answer(
                200, {"Content-Type": "text/css"}, Path(finders.find(name)).read_bytes()
            )
            for name in _STYLES
        }
        pages["/static/portal/icon.svg"] = Answer(
            200, {"Content-Type": "image/svg+xml"}, Path(finders.find("portal/icon.svg")).read_bytes()
        )
        for path in TEMPLATES:
            response = columns.get(path)
            assert response.status_code in (200, 410, 404), path
            pages[path] = Answer(response.status_code, dict(response.headers), response.content)
        return pages

    return made


@pytest.mark.parametrize(
    ("width", "display"), [(1280, ""), (768, ""), (375, ""), (375, "large.elder"), (1280, "contrast")]
)
def test_a11_01_no_page_of_them_has_a_violation_or_moves_sideways(answers, width, display):
    """A11-02: nor do their wide tables."""
    with reading(answers(display), width=width) as page:
        found = {}
        for path in TEMPLATES:
            page.goto(SITE + path)
            found[path] = [
                *accessibility_violations(page),
                *([] if width > 375 else [width_beyond_the_window(page)]),
            ]

    assert found == {path: [] if width > 375 else [0] for path in TEMPLATES}

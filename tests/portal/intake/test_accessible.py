"""无障碍: every step of applying in real Chromium, in three widths, in large type and in high contrast, by keyboard."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from gongkai.portal.intake import limits
from tests.journeys.browser import Answer, accessibility_violations, reading, width_beyond_the_window
from tests.portal.intake.handing_in import NUMBER, code_on, send
from tests.portal.intake.test_apply_pages import every_page, fresh_token
from tests.portal.items import item, released

pytestmark = [pytest.mark.django_db(databases=["default", "public"]), pytest.mark.journey]
SITE = "https://portal.test"
STEPS = (
    *("begin", "form", "wrong", "confirm", "receipt", "again", "search", "found"),
    *("status", "standing", "unknown", "question", "many_queries"),
)


@pytest.fixture
def answers(readers):
    """A function giving every step in one way of display, made before the browser starts."""
    released(item(1, title="示例市2023年预算公告"))
    static = {
        f"/static/{name}": Answer(200, {"Content-Type": kind}, Path(finders.find(name)).read_bytes())
        for name, kind in (
            ("portal/site.css", "text/css"),
            ("portal/apply.css", "text/css"),
            ("portal/apply.js", "text/javascript"),
            ("portal/bootstrap/bootstrap.min.css", "text/css"),
            ("portal/icon.svg", "image/svg+xml"),
        )
    }

    def made(display=""):
        readers.cookies["display"] = display
        found = {"begin": readers.get("/apply/"), **every_page(readers)}
        token = fresh_token(readers)
        send(readers, token=token)
        found["again"] = send(readers, token=token, name="乙示例")
        for _ in range(limits.APPLICATIONS_OF_ADDRESS.most):
            found["question"] = send(readers)
        code = code_on(found["again"])
        for _ in range(limits.QUERIES_OF_ADDRESS.most + 1):
            found["many_queries"] = readers.post("/apply/status/", {"code": code, "second": NUMBER[-4:]})
        assert b'name="question"' in found["question"].content
        assert b'name="question"' in found["many_queries"].content
        return static | {
            f"/{name}/": Answer(each.status_code, dict(each.headers), each.content)
            for name, each in found.items()
        }

    return made


@pytest.mark.parametrize(
    ("width", "display"), [(1280, ""), (768, ""), (375, ""), (375, "large.elder"), (1280, "contrast")]
)
def test_no_step_has_an_accessibility_violation(answers, width, display):
    """A11-01, A11-04; ABU-03 for the question too."""
    pages = answers(display)

    with reading(pages, width=width) as page:
        found = {}
        for name in STEPS:
            page.goto(f"{SITE}/{name}/")
            found[name] = accessibility_violations(page)

    assert found == {name: [] for name in STEPS}


@pytest.mark.parametrize(("width", "display"), [(375, ""), (320, ""), (375, "large.elder")])
def test_no_step_moves_sideways_on_a_phone(answers, width, display):
    """A11-02."""
    pages = answers(display)

    with reading(pages, width=width) as page:
        beyond = {}
        for name in STEPS:
            page.goto(f"{SITE}/{name}/")
            beyond[name] = width_beyond_the_window(page)

    assert beyond == dict.fromkeys(STEPS, 0)


def test_the_form_is_filled_in_by_keyboard_alone(answers):
    """A11-02: Tab reaches every field in the order of the page, the space bar ticks, arrows choose."""
    with reading(answers(), scripts=False) as page:
        page.goto(f"{SITE}/form/")
        page.locator("h1").click()
        names = []
        for _ in range(40):
            page.keyboard.press("Tab")
            name = page.evaluate("document.activeElement.name || document.activeElement.tagName")
            if name == "applicant_kind":
                page.keyboard.press("Space")
            names.append(name)
            if page.evaluate("document.activeElement.value") == "review":
                break

    assert [name for name in names if name not in ("SUMMARY", "to")] == [
        *("applicant_kind", "name", "certificate_kind", "certificate_number", "representative"),
        *("phone", "email", "postal_address", "postcode", "matter", "matter", "access_form", "access_means"),
        *("other_form_too", "suggest_publication", "notice", "sensitive"),
    ]
    assert names[-1] == "to"


def test_the_question_is_answered_by_keyboard_and_without_sight(answers):
    """A11-04, ABU-03: words alone, so a screen reader says them and they grow with the page (at 320 dots, four times as
    large, it stays on the page: above); nobody else is asked."""
    with reading(answers("large.elder"), scripts=False) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{SITE}/question/")
        field = page.locator("[name=answer]")
        for _ in range(60):
            page.keyboard.press("Tab")
            if field.evaluate("each => each === document.activeElement"):
                page.keyboard.type("12")
                break

        assert field.input_value() == "12"
        assert "几" in field.evaluate("each => each.labels[0].innerText")
        assert page.locator("form img, form canvas, form svg, form iframe").count() == 0
        assert [url for url in asked if not url.startswith(SITE)] == []

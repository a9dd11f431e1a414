"""公众侧出错时的页面, the short address of the reports, and the icon browsers ask for unasked."""

import struct

import pytest
from django.contrib.staticfiles import finders
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import OperationalError
from lxml import html

from gongkai.portal import queries, release
from gongkai.portal.models import PublishedColumn
from gongkai.portal.pages import errors
from tests.portal.office import SITE

pytestmark = pytest.mark.django_db(databases=["default", "public"])


def says(answer, title):
    page = html.fromstring(answer.content)
    assert page.xpath("//h1/text()") == [title]
    assert "/" in page.xpath("//a/@href")
    return page.text_content()


@pytest.mark.parametrize("path", ["/", "/reports/2023/", "/nowhere/"])
def test_another_way_of_asking_is_refused_in_words(readers, path):
    answer = readers.post(path, {"q": "<script>"})

    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
    assert "没有办理任何事项" in says(answer, "不能这样打开")
    assert "script" not in answer.content.decode().lower()


def test_the_way_of_display_is_not_chosen_from_another_site(readers):
    """WEB-03."""
    answer = readers.post("/display", {"size": "large"}, HTTP_ORIGIN="https://evil.example")

    assert answer.status_code == 403
    assert not answer.cookies
    assert "只能在本网站的页面上选择显示方式。" in says(answer, "没有办理")


def test_the_address_of_the_choice_cannot_be_read(readers):
    answer = readers.get("/display")

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "从页面上的链接或者按钮进入" in says(answer, "不能这样打开")


def test_too_much_content_says_what_to_do(rf):
    answer = errors.bad_request(rf.post("/"), RequestDataTooBig())

    assert answer.status_code == 413
    assert "请减少内容后分几次提交" in says(answer, "内容太多")


def test_a_refusal_without_words_says_what_to_do(rf):
    answer = errors.forbidden(rf.get("/"), PermissionDenied())

    assert answer.status_code == 403
    assert "在本网站的页面上操作" in says(answer, "没有办理")


def test_a_database_that_is_away_is_waited_for(readers, monkeypatch):
    """REL-01, REL-02, D1: 503 and not 500; whoever was sending a form is told to send the same one again."""

    def away(*args, **kwargs):
        raise OperationalError("planted")

    monkeypatch.setattr(queries, "frame", away)
    readers.raise_request_exception = False

    answer = readers.get("/apply/form/")

    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "用原来的表再提交一次" in says(answer, "网站正在恢复")
    assert "planted" not in answer.content.decode()


def test_the_short_address_of_the_reports_leads_to_all_years(readers):
    answer = readers.get("/reports/", follow=True)

    assert answer.redirect_chain == [("/disclosure/reports/", 302)]
    assert answer.status_code == 200


def test_without_a_column_of_reports_the_short_address_is_not_there(portal_client):
    release.put_site(SITE)

    assert not PublishedColumn.objects.exists()
    assert portal_client.get("/reports/").status_code == 404


def test_the_icon_is_where_browsers_look_for_it(readers):
    answer = readers.get("/favicon.ico")

    assert (answer.status_code, answer["Location"]) == (302, "/static/portal/favicon.ico")
    with open(finders.find("portal/favicon.ico"), "rb") as file:
        reserved, kind, count = struct.unpack("<HHH", file.read(6))
    assert (reserved, kind, count) == (0, 1, 3)

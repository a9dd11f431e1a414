"""出错时的页面. In our own look and words, with what to do next; nothing of the request is in them (WEB-04)."""

import time

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.urls import reverse
from lxml import html

from gongkai.desk import views
from tests.factories.agencies import PersonFactory
from tests.factories.people import an_agency, enter

pytestmark = pytest.mark.django_db


def says(answer, title):
    """The page's own sentences; it is ours, in Chinese, and leads back."""
    page = html.fromstring(answer.content)
    assert page.xpath("//h1/text()") == [title]
    assert page.get("lang") == "zh-Hans"
    assert "/" in page.xpath("//a/@href")
    return page.text_content()


@pytest.fixture
def security(client):
    return enter(client, PersonFactory(agency=an_agency(), administrator="security"))


def test_an_address_of_a_button_opened_directly_says_so(security):
    answer = security.get(
        reverse("agencies:issue_link", args=["0" * 20, "invitation"]), HTTP_ACCEPT_LANGUAGE="en"
    )

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "也没有办理任何事项" in says(answer, "不能这样打开")
    assert answer["Cache-Control"] == "no-store"


def test_a_list_that_is_posted_to_says_so(security):
    answer = security.post(reverse("agencies:people"))

    assert (answer.status_code, answer["Allow"]) == (405, "GET")
    assert "请从菜单进入" in says(answer, "不能这样打开")


def test_too_much_text_says_how_much_is_too_much(security, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100

    answer = security.post(reverse("agencies:add_section"), {"name": "字" * 200})

    assert answer.status_code == 413
    assert "一次提交的文字超过5MB，没有保存" in says(answer, "内容太多")


def test_too_many_fields_are_an_unreadable_request(security, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2

    answer = security.post(reverse("agencies:add_section"), {str(n): "1" for n in range(5)})

    assert answer.status_code == 400
    assert "请核对网址后重新打开" in says(answer, "不能识别的请求")


def test_a_librarys_refusal_is_worded_and_repeats_nothing(rf):
    answer = views.forbidden(rf.get("/x"), PermissionDenied("secret detail"))

    assert answer.status_code == 403
    assert "请联系安全管理员配置职权" in says(answer, "不能打开")
    assert "secret" not in answer.content.decode()


def test_an_address_that_is_not_there_leads_back(security):
    answer = security.get("/nowhere/")

    assert answer.status_code == 404
    assert "请从菜单进入" in says(answer, "没有这一页")


def test_a_database_that_is_away_is_waited_for(security, monkeypatch):
    """REL-01, D1: 503 and not 500; nobody is told that a step was kept, or that it was not."""

    def away(*args, **kwargs):
        raise OperationalError("planted")

    monkeypatch.setattr(views.today_at_the_office, "screen", away)
    security.raise_request_exception = False

    answer = security.get("/")

    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "可能没有保存" in says(answer, "暂时不能办理")
    assert "planted" not in answer.content.decode()


def test_a_session_that_could_not_be_kept_for_that_is_no_unreadable_request(security, monkeypatch):
    """D1: the database went between the step and the session; the library says of it that somebody deleted the session."""

    def away(*args, **kwargs):
        raise OperationalError("planted")

    session = security.session
    session["began"] = session["seen"] = int(time.time()) - 60  # so that it is written with this request
    session.save()
    monkeypatch.setattr(Session, "save", away)
    security.raise_request_exception = False

    answer = security.get("/")

    assert answer.status_code == 503
    assert "先打开这一件查看" in says(answer, "暂时不能办理")

"""预览和退回: the author sees what readers will see, where it stands once it is out, and why it came back."""

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from gongkai.duties.catalogue import actions, queries
from tests.factories.people import enter

pytestmark = pytest.mark.django_db(databases=["default", "public"])


@pytest.fixture
def desk(office):
    return enter(Client(SERVER_NAME="127.0.0.1"), office.clerk)


def facts(page):
    rows = html.fromstring(page).xpath("//table[contains(@class,'facts')]//th")
    return {head.text_content(): head.getnext().text_content() for head in rows}


def test_a_preview_shows_what_the_portal_will_show(office, desk, settings):
    version = office.draft(document_number="示防〔2026〕9号", attribute_ground="条例第二十条")
    address = reverse("catalogue:preview", args=[version.public_id])

    form = desk.get(reverse("catalogue:write", args=[version.public_id])).content.decode()
    assert '<option value="《条例》第十六条第一款，三类内部事务信息">' in form

    before = desk.get(address).content.decode()
    assert "还没有发布" in before
    assert "条例第二十条" not in before  # the ground of the attribute is the office's own

    office.published(version)
    version.refresh_from_db()
    page = desk.get(reverse("catalogue:version", args=[version.public_id])).content.decode()
    after = desk.get(address).content.decode()
    [public] = html.fromstring(page).xpath("//a[.='看公众侧的页面']/@href")
    settings.ROOT_URLCONF, settings.MIDDLEWARE = "gongkai.config.urls_portal", settings.PORTAL_MIDDLEWARE
    read = Client().get("/items/" + public.split("/items/")[1]).content.decode()
    assert facts(after) == facts(read)
    assert "还没有发布" not in after


def test_what_came_back_says_why_among_the_things_to_do(office, desk):
    version = office.draft()
    asked = html.fromstring(
        desk.get(reverse("catalogue:step", args=[version.public_id, "submit"])).content.decode()
    )
    assert asked.xpath("string(//h1)") == f"送审：{version.title}"  # of two tabs, which one
    version = actions.submit(version, by=office.clerk)
    assert queries.came_back(version) == ""
    actions.review(
        version, stage="section_review", conclusion="returned", opinion="请写明检查时间", by=office.head
    )

    assert "科室审核退回：请写明检查时间" in desk.get("/").content.decode()

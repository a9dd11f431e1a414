"""迁入以后的旧网址: from the archive to the portal, nothing leads anywhere before it is released (PUB-08)."""

import pytest
from django.test import Client
from lxml import html

from gongkai.duties.catalogue.moving_in import actions
from gongkai.duties.catalogue.moving_in.models import Entry
from gongkai.outbox.worker import run_waiting
from tests.duties.catalogue.moving_in import sources

pytestmark = pytest.mark.django_db(databases=["default", "public"])
OLD = "https://old.example.gov.cn/tz/{}.html"


def a_page(number: int, text: str) -> str:
    made = sources.page(
        f"关于开放人防工程的第{number}号通告", text=f"<p>今年夏季开放六处人防工程供市民纳凉。</p>{text}"
    )
    return made.replace("</head>", f'<link rel="canonical" href="{OLD.format(number)}"></head>')


def test_pages_of_an_old_site_link_to_each_other_at_their_new_addresses(office, settings):
    settings.ROOT_URLCONF, settings.MIDDLEWARE = "gongkai.config.urls_portal", settings.PORTAL_MIDDLEWARE
    readers = Client()
    data = sources.archive(
        {"tz/1.html": a_page(1, '<p><a href="2.html">第2号</a></p>'), "tz/2.html": a_page(2, "")}
    )

    batch = sources.submitted(office, data, file="旧站.zip")
    before = readers.get("/tz/2.html"), readers.get("/tz/9.html")
    assert [each.status_code for each in before] == [404, 404]
    assert before[0].content == before[1].content

    batch = actions.release(sources.signed(office, batch), by=office.clerk)
    while run_waiting():
        pass

    first, second = (f"/items/{each.item.public_id}/" for each in Entry.objects.order_by("position"))
    answer = readers.get("/tz/1.html")
    assert (answer.status_code, answer["Location"]) == (301, first)
    page = html.fromstring(readers.get(first).content.decode())
    assert page.xpath("//a[.='第2号']/@href") == [second]

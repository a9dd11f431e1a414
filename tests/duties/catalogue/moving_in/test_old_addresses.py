"""迁入以后的旧网址: from the archive to the portal, nothing leads anywhere before it is released (PUB-08)."""

from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from lxml import html

from gongkai.duties.catalogue import actions as catalogue
from gongkai.duties.catalogue.moving_in import actions
from gongkai.duties.catalogue.moving_in.models import Entry
from gongkai.duties.catalogue.moving_in.reading.source import read
from gongkai.outbox.worker import run_waiting
from tests.duties.catalogue.moving_in import sources
from tests.screening.making_office import docx_bytes

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


def test_a_file_of_an_old_site_leads_to_where_it_stands_now(office, settings):
    settings.ROOT_URLCONF, settings.MIDDLEWARE = "gongkai.config.urls_portal", settings.PORTAL_MIDDLEWARE
    readers = Client()
    page = a_page(1, '<p><a href="../up/附件 1.docx">附件：开放的工程</a></p>')
    data = sources.archive({"tz/1.html": page, "up/附件 1.docx": docx_bytes()})

    batch = sources.signed(office, sources.submitted(office, data, file="旧站.zip"))
    assert readers.get("/up/附件 1.docx").status_code == 404
    actions.release(batch, by=office.clerk)
    while run_waiting():
        pass

    entry = Entry.objects.get()
    [file] = entry.version.attachments.all()
    answer = readers.get("/up/%E9%99%84%E4%BB%B6%201.docx")
    assert (answer.status_code, answer["Location"]) == (301, f"/files/{file.sha256}")
    assert file.address == "https://old.example.gov.cn/up/附件 1.docx"

    again = catalogue.revise(entry.item, by=office.clerk)
    assert [each.address for each in again.attachments.all()] == [file.address]


def test_files_beside_a_table_stood_where_its_folders_began(office):
    row = ("关于开放人防工程的通告", "通知公告", "2021-06-01", "见附件。", "", "", "up/名单.docx")
    data = sources.archive({"旧站.xlsx": sources.table(row), "up/名单.docx": docx_bytes()})

    def addresses(site):
        with read("旧站.zip", BytesIO(data), today=date(2026, 1, 1), address=site) as source:
            return [file.address for item in source.items for file in item.files]

    assert addresses("https://old.example.gov.cn/") == [
        "https://old.example.gov.cn/up/%E5%90%8D%E5%8D%95.docx"
    ]
    assert addresses("") == [""]

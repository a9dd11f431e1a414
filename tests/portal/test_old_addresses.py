"""旧网址: what was moved in is found at its old address while it is public; nothing else is said there (PUB-06, PUB-08)."""

import io
from dataclasses import replace

import pytest
from django.core.management import call_command
from django.db import connections
from lxml import html

from gongkai.portal import release
from gongkai.portal.models import PublishedFile, PublishedItem
from tests.portal.items import attachment, item, key, released

pytestmark = pytest.mark.django_db(databases=["default", "public"])
OLD = "/art/2021/6/1/art_1.html"


def test_an_old_address_leads_to_the_new_page_while_it_is_public(readers):
    released(item(1, old_path=OLD), item(2, old_path="/公告/show.asp?id=3"))

    for asked, number in ((OLD, 1), ("/%E5%85%AC%E5%91%8A/show.asp?id=3", 2)):
        answer = readers.get(asked)
        assert (answer.status_code, answer["Location"]) == (301, f"/items/{key(number)}/")
    assert readers.get("/公告/show.asp?id=4").status_code == 404
    assert readers.get("/公告/show.asp").status_code == 404

    release.withdraw_item(key(1), version=2, note="内容有误")

    gone, absent = readers.get(OLD), readers.get("/art/2021/6/1/art_2.html")
    assert (gone.status_code, gone.content) == (absent.status_code, absent.content)
    assert gone.status_code == 404


def test_the_old_address_of_a_file_leads_to_it_while_it_is_public(readers):
    file = replace(attachment("试鸣方案"), old_path="/up/方案.pdf")
    released(item(1, old_path=OLD, files=(file,)))

    answer = readers.get("/up/方案.pdf")
    assert (answer.status_code, answer["Location"]) == (301, f"/files/{file.sha256}")

    release.withdraw_item(key(1), version=2, note="内容有误")

    gone, absent = readers.get("/up/方案.pdf"), readers.get("/up/另案.pdf")
    assert (gone.status_code, gone.content) == (404, absent.content)


@pytest.mark.parametrize(
    "path",
    ["/a%00b", "/%ff%fe/1.html", "/" + "x" * 4000, "/a?x=%00", "//example.com/art", "/art%0d%0aSet-Cookie:a"],
)
def test_bad_addresses_are_not_found(readers, path):
    released(item(1, old_path=OLD))

    assert readers.get(path).status_code == 404


def test_an_address_of_ours_stays_ours(readers):
    released(item(1, old_path="/search/"), item(2, html='<p><a href="/search/">查</a></p>'))

    assert readers.get("/search/").status_code == 200
    page = html.fromstring(readers.get(f"/items/{key(2)}/").content.decode())
    assert page.xpath("//a[.='查']/@href") == ["/search/"]


def test_links_between_old_pages_lead_to_the_new_ones_or_are_words(readers, django_assert_max_num_queries):
    text = f'<p>见<a href="{OLD}">通告</a>、<a href="/art/none.html">另一件</a>、<a href="/files/x">文件</a>。</p>'
    released(item(1, old_path=OLD), item(2, html=text))

    def shown():
        page = html.fromstring(readers.get(f"/items/{key(2)}/").content.decode())
        [paragraph] = page.xpath("//p[starts-with(., '见')]")
        return paragraph.text_content(), paragraph.xpath(".//a/@href")

    words = "见通告、另一件、文件。"
    assert shown() == (words, [f"/items/{key(1)}/"])
    assert f"/items/{key(1)}/" in readers.get(f"/data/items/{key(2)}.json").json()["html"]

    release.withdraw_item(key(1), version=2)

    assert shown() == (words, [])


def test_the_web_server_is_given_what_is_public(readers):
    file = replace(attachment("试鸣方案"), old_path="/up/1.pdf")
    released(item(1, old_path=OLD), item(2, old_path='/a"b$c.html'), item(3, old_path=OLD, files=(file,)))
    written = io.StringIO()

    call_command("old_addresses", stdout=written)

    assert written.getvalue().splitlines() == [
        f'"/a\\"b$c.html" /items/{key(2)}/;',
        f'"{OLD}" /items/{key(3)}/;',
        f'"/up/1.pdf" /files/{file.sha256};',
    ]


def test_an_old_address_is_found_through_its_index(readers):
    if connections["public"].vendor != "sqlite":
        pytest.skip("PostgreSQL plans one row without an index")
    released(item(1, old_path=OLD))
    for model, index in (
        (PublishedItem, "portal_item_by_old_path"),
        (PublishedFile, "portal_file_by_old_path"),
    ):
        found = model.objects.exclude(old_path="").filter(old_path__in={OLD}).order_by("id")

        assert index in found.explain()

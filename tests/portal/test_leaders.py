"""领导信息 on the public side: in order, with post and work, on every channel, and gone from every one of them."""

import csv
import io
import json
from contextlib import closing

import pytest
from lxml import html

from gongkai.portal import release
from gongkai.portal.models import PublishedLeader
from tests.portal.items import key
from tests.portal.listed import a_leader

pytestmark = pytest.mark.django_db(databases=["default", "public"])


def listed(client):
    page = html.fromstring(client.get("/leaders/").content.decode())
    return [a.text_content() for a in page.xpath("//ol[@class='leaders']//h2/a")]


def test_they_stand_in_their_order_with_post_and_work(readers):
    a_leader(1, "辛示例", position=30)
    a_leader(2, "壬示例", position=10, work="主持全面工作。\n分管财务。")

    assert listed(readers) == ["壬示例", "辛示例"]
    page = readers.get("/leaders/").content.decode()
    assert "党组成员、副主任" in page
    assert "主持全面工作。<br>分管财务。" in page


def test_each_has_a_page_with_cv_and_photograph(readers):
    of = a_leader(1)

    page = readers.get(f"/items/{of}/").content.decode()

    assert "曾任示例区人防办主任" in page
    photo = PublishedLeader.objects.get().photo
    assert f'src="/files/{photo}"' in page
    assert "照片.png" not in page  # shown in the text, so not among the attachments
    with closing(readers.get(f"/files/{photo}")) as file:
        assert file.status_code == 200


def test_nobody_listed_says_so(readers):
    assert "领导信息还没有公布" in readers.get("/leaders/").content.decode()


def test_the_data_say_the_same(readers):
    of = a_leader(1, work="=HYPERLINK(1)")

    data = json.loads(readers.get("/leaders/leaders.json").content)
    [leader] = data["leaders"]
    assert (leader["name"], leader["post"], leader["in_office_from"]) == (
        "庚示例",
        "党组成员、副主任",
        "2024-05-06",
    )
    assert leader["url"].endswith(f"/items/{of}/")
    text = readers.get("/leaders/leaders.csv").content.decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(text))
    assert (row["姓名"], row["分工"]) == ("庚示例", "'=HYPERLINK(1)")
    catalogue = readers.get("/data/catalogue.json").content.decode()
    assert "/leaders/leaders.csv" in catalogue
    assert "/leaders/leaders.csv" in readers.get("/data/").content.decode()


def test_names_are_found_and_the_addresses_are_in_the_site_map(readers):
    of = a_leader(1)

    assert "庚示例" in readers.get("/search/?q=庚示例").content.decode()
    assert "庚示例" in readers.get("/search/?q=示例区人防办").content.decode()
    site_map = readers.get("/sitemap.xml").content.decode()
    assert f"/items/{of}/</loc>" in site_map
    assert "/leaders/</loc>" in site_map


def test_a_further_version_replaces_what_is_listed(readers):
    a_leader(1)
    a_leader(1, version=2, post="主任")

    assert PublishedLeader.objects.get().post == "主任"
    a_leader(1, version=1, post="很早以前")
    assert PublishedLeader.objects.get().post == "主任"


def test_withdrawn_it_is_nowhere(readers):
    """Statements: PUB-06."""
    of = a_leader(1, "丑示例")
    photo = PublishedLeader.objects.get().photo
    channels = (
        "/leaders/",
        "/leaders/leaders.json",
        "/leaders/leaders.csv",
        "/search/?q=丑示例",
        "/sitemap.xml",
    )
    assert all(
        ("丑示例" in text) or of in text for text in (readers.get(path).content.decode() for path in channels)
    )

    release.withdraw_item(of, version=2)

    for path in channels:
        text = readers.get(path).content.decode()
        assert "副主任" not in text, path
        assert of not in text, path
    assert readers.get(f"/items/{of}/").status_code == 404
    assert readers.get(f"/files/{photo}").status_code == 404
    assert not PublishedLeader.objects.exists()
    assert key(1) == of

"""sitemap.xml: every address that can be read, once, with the time it last changed; in parts when there are many."""

import re

import pytest

from gongkai.portal import release
from gongkai.portal.pages import sitemaps
from tests.portal.items import item, key, released

pytestmark = pytest.mark.django_db(databases=["default", "public"])


def listed(client, path="/sitemap.xml"):
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml")
    return re.findall(
        r"<loc>http://127\.0\.0\.1([^<]*)</loc><lastmod>([^<]*)</lastmod>", response.content.decode()
    )


def test_each_address_stands_there_once_with_its_own_time_and_answers(readers):
    released(item(1), item(2))
    places = listed(readers)

    addresses = [path for path, _ in places]
    assert len(addresses) == len(set(addresses))
    assert {"/", "/duties/", "/data/", "/disclosure/notices/", f"/items/{key(1)}/"} <= set(addresses)
    assert {path: readers.get(path).status_code for path in addresses} == dict.fromkeys(addresses, 200)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00", time) for _, time in places)


def test_what_is_withdrawn_stands_there_no_more(readers):
    released(item(1), item(2))
    release.withdraw_item(key(1), version=2, note="内容有误。")

    addresses = [path for path, _ in listed(readers)]

    assert f"/items/{key(1)}/" not in addresses
    assert f"/items/{key(2)}/" in addresses


def test_more_than_one_file_may_hold_are_listed_in_parts(readers, monkeypatch):
    released(*(item(number) for number in range(1, 8)))
    whole = listed(readers)
    monkeypatch.setattr(sitemaps, "MOST_ADDRESSES", len(whole) - 1)
    monkeypatch.setattr(sitemaps, "PART", 3)
    release.put_item(item(8))

    parts = [path for path, _ in listed(readers)]

    assert "<sitemapindex " in readers.get("/sitemap.xml").content.decode()
    inside = [listed(readers, part) for part in parts]
    assert all(len(each) <= 3 for part, each in zip(parts, inside, strict=True) if "fixed" not in part)
    assert sorted(path for each in inside for path, _ in each) == sorted(
        [*(path for path, _ in whole), f"/items/{key(8)}/"]
    )


def test_a_part_that_is_empty_is_neither_listed_nor_there(readers, monkeypatch):
    released(*(item(number) for number in range(1, 8)))
    monkeypatch.setattr(sitemaps, "MOST_ADDRESSES", 1)
    monkeypatch.setattr(sitemaps, "PART", 1)
    before = {path for path, _ in listed(readers)}
    release.withdraw_item(key(3), version=2)

    gone = before - {path for path, _ in listed(readers)}

    assert len(gone) == 1
    assert readers.get(gone.pop()).status_code == 404
    assert readers.get("/sitemap-nothing-0.xml").status_code == 404


def test_robots_leave_the_search_and_the_prompts_alone(readers):
    lines = readers.get("/robots.txt").content.decode().splitlines()

    assert lines == [
        "User-agent: *",
        "Disallow: /search/",
        "Disallow: /leaving/",
        "Sitemap: http://127.0.0.1/sitemap.xml",
    ]

"""离开本网站: a link that leads away says so first, and nobody can make this site lead anywhere else."""

from dataclasses import replace

import pytest
from lxml import html

from gongkai.portal import release
from gongkai.portal.leaving import leaves, with_prompts
from tests.portal.items import item, key, released
from tests.portal.office import PAGES

pytestmark = pytest.mark.django_db(databases=["default", "public"])

TEXT = (
    '<p>见<a href="https://www.example.com/a?b=1&amp;c=2">协会</a>、'
    '<a href="https://www.example.gov.cn/">省政府</a>、<a href="/search/">本站</a>、'
    '<a href="//example.org/x">另一家</a></p>'
)


def opened(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status
    return html.fromstring(response.content.decode())


def test_links_to_others_lead_over_a_prompt_and_links_to_the_government_do_not(readers):
    released(item(html=TEXT))
    page = opened(readers, f"/items/{key(1)}/")

    assert page.xpath("//div[@class='prose']//a/@href") == [
        f"/leaving/item/{key(1)}/1/",
        "https://www.example.gov.cn/",
        "/search/",
        f"/leaving/item/{key(1)}/2/",
    ]


def test_the_prompt_says_where_it_leads_and_waits_for_the_reader(readers):
    released(item(html=TEXT))
    page = opened(readers, f"/leaving/item/{key(1)}/1/")

    assert page.xpath("//main//strong/text()") == ["www.example.com"]
    go = page.xpath("//main//a[@class='go']")[0]
    assert go.get("href") == "https://www.example.com/a?b=1&c=2"
    assert go.get("rel") == "noopener noreferrer nofollow"
    assert page.xpath("//meta[@http-equiv='refresh']") == []
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex,nofollow"]


def test_nobody_can_name_a_target_from_outside(readers):
    """No open redirect: the number of a link that is there, and nothing else, leads on."""
    released(item(html=TEXT))

    for path in (
        f"/leaving/item/{key(1)}/3/",
        f"/leaving/item/{key(1)}/0/",
        f"/leaving/item/{key(2)}/1/",
        "/leaving/page/nowhere/1/",
        f"/leaving/report/{key(1)}/1/",
        "/leaving/?to=https://evil.example/",
    ):
        assert readers.get(path).status_code == 404, path
    kept = readers.get(f"/leaving/item/{key(1)}/1/?to=https://evil.example/")
    assert "evil" not in kept.content.decode()


def test_the_prompt_goes_with_the_thing_whose_link_it_was(readers):
    released(item(html=TEXT))
    release.withdraw_item(key(1), version=2, note="内容有误。")

    assert readers.get(f"/leaving/item/{key(1)}/1/").status_code == 404


def test_a_page_has_its_prompts_too(readers):
    release.put_page(replace(PAGES[1], version=2, html=TEXT))
    page = opened(readers, "/pages/review-rules/")

    assert "/leaving/page/review-rules/1/" in page.xpath("//div[@class='prose']//a/@href")
    assert opened(readers, "/leaving/page/review-rules/2/").xpath("//a[@class='go']/@href") == [
        "//example.org/x"
    ]


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("https://www.example.com/", True),
        ("HTTPS://WWW.EXAMPLE.COM", True),
        ("//example.com/", True),
        ("https://gov.cn.example.com/", True),
        ("https://www.gov.cn@example.com/", True),
        ("https://example.com\\.gov.cn/", True),
        ("https://notgov.cn/", True),
        ("https://[::1", True),
        ("https://www.gov.cn/", False),
        ("https://www.gov.cn./", False),
        ("https://gov.cn:8443/", False),
        ("https://示例.政务/", False),
        ("http://127.0.0.1/x", False),
        ("mailto:a@example.com", False),
        ("tel:00000000", False),
        ("#part-2", False),
        ("page.html", False),
    ],
)
def test_which_links_leave(href, expected):
    assert leaves(href, own="127.0.0.1:8000") is expected


def test_a_text_without_links_that_leave_is_sent_as_it_was_released():
    text = '一&lt;<b>二</b><a href="/a/">三</a>'

    assert with_prompts(text, kind="item", key="k", own="") is text

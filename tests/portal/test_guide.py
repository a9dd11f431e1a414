"""公开指南 on the public side: the column shows the edition in force, names the earlier ones, and when it was gone over."""

import pytest
from lxml import html

from gongkai.portal import release
from tests.portal.listed import an_edition

pytestmark = pytest.mark.django_db(databases=["default", "public"])


def shown(client, path="/disclosure/guide/"):
    page = html.fromstring(client.get(path).content.decode()).xpath("//main")[0]
    return page, "".join(page.text_content().split())


def test_without_an_edition_the_column_shows_its_page(readers):
    _, text = shown(readers)
    assert "本机关主动公开的政府信息在本网站公布" in text
    assert "各版指南" not in text


def test_the_column_shows_the_edition_in_force_and_names_the_earlier(readers):
    earlier = an_edition(1, "2025年版", "2025-01-05")
    an_edition(2, "2026年版", "2026-01-05")

    page, text = shown(readers)

    assert "2026年版的分类" in text
    assert "2025年版的分类" not in text
    assert "现行的是2026年版，下次复核日期2099-01-05。2026年版（本页）2026-01-05起施行现行2025年版" in text
    assert f"/items/{earlier}/" in page.xpath("//a/@href")
    trail = html.fromstring(readers.get("/disclosure/guide/").content.decode()).xpath(
        "//nav[@class='trail']"
    )[0]
    assert trail.text_content().split() == ["首页政府信息公开政府信息公开指南"]


def test_an_earlier_edition_stays_readable_and_says_so(readers):
    earlier = an_edition(1, "2025年版", "2025-01-05")
    later = an_edition(2, "2026年版", "2026-01-05")

    page, text = shown(readers, f"/items/{earlier}/")

    assert "2025年版的分类" in text
    assert "这是2025年版，已由2026年版代替" in text
    assert f"/items/{later}/" in page.xpath("//p[@class='notice']/a/@href")


def test_the_days_of_a_check_are_shown(readers):
    of = an_edition(1, "2026年版", "2026-01-05")
    before = readers.get("/disclosure/guide/").content

    release.mark_guide(of, version=9, reviewed_on="2027-01-04", review_by="2028-01-04")

    _, text = shown(readers)
    assert "最近于2027-01-04复核，下次复核日期2028-01-04。" in text
    assert readers.get("/disclosure/guide/").content != before


def test_the_edition_in_force_withdrawn_the_one_before_is_in_force_again(readers):
    an_edition(1, "2025年版", "2025-01-05")
    later = an_edition(2, "2026年版", "2026-01-05")

    release.withdraw_item(later, version=2)

    _, text = shown(readers)
    assert "2025年版的分类" in text
    assert "2026年版" not in text

"""法定主动公开内容: matter by matter, with counts and lists; the newest of each column at home; print."""

import re

import pytest
from lxml import html

from gongkai.portal import queries, release
from gongkai.portal.addresses import address, item_address
from tests.portal.addresses import ARTICLE, SITE
from tests.portal.items import NOTICES, attachment, item, key, released
from tests.portal.office import NAME
from tests.portal.test_acts import COLUMNS, a_list, an_act

pytestmark = pytest.mark.django_db(databases=["default", "public"])


def opened(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status
    return html.fromstring(response.content.decode())


def texts(page, xpath):
    return [" ".join(element.text_content().split()) for element in page.xpath(xpath)]


def test_the_fifteen_matters_of_article_20_stand_in_their_order_with_their_counts(readers):
    released(item(1, duty="budgets"), item(2, duty="budgets"), item(3, duty="land_requisition"), item(4))
    page = opened(readers, "/duties/")

    lines = texts(page, "//ol[@class='duties']/li")
    assert len(lines) == 16  # and of article 21 what there is
    assert lines[0] == "（一）行政法规、规章和规范性文件 暂无"
    assert lines[6] == "（七）财政预算、决算信息 2条"
    assert lines[15].endswith("土地征收 1条")
    assert page.xpath("//ol[@class='duties']//a/@href") == ["/duties/budgets/", "/duties/land_requisition/"]


def test_the_required_column_shows_them_whatever_else_stands_in_it(readers):
    released(item(1, duty="budgets"))

    assert texts(opened(readers, "/disclosure/statutory/"), "//ol[@class='duties']/li")[6] == (
        "（七）财政预算、决算信息 1条"
    )
    assert texts(opened(readers, "/disclosure/budgets/"), "//ol[@class='duties']") == []


def test_counts_follow_each_withdrawal(readers):
    released(item(1, duty="budgets"), item(2, duty="budgets"))
    opened(readers, "/duties/")

    release.withdraw_item(key(1), version=2)

    assert queries.items_of_duties() == {"budgets": 1}


def test_a_matter_is_read_page_by_page_to_its_end(readers):
    released(*(item(number, duty="budgets") for number in range(1, 46)), item(99))
    address, titles = "/duties/budgets/", []
    while address:
        page = opened(readers, address)
        titles += texts(page, "//ul[@class='listing']//a")
        following = page.xpath("//a[@rel='next']/@href")
        address = f"/duties/budgets/{following[0]}" if following else ""

    assert titles == [f"关于第{number}次试鸣防空警报的公告" for number in range(45, 0, -1)]


def test_an_empty_matter_says_what_will_stand_there_and_an_unknown_one_is_not_found(readers):
    assert "这一项还没有公开的信息" in opened(readers, "/duties/plans/").text_content()
    assert readers.get("/duties/nothing/").status_code == 404


def test_home_shows_the_newest_of_each_column_of_the_site_with_a_way_to_the_rest(readers):
    released(*(item(number) for number in range(1, 9)))
    release.put_column(NOTICES.__class__(**{**NOTICES.as_json(), "slug": "news", "name": "工作动态"}))
    page = opened(readers, "/")

    section = page.xpath("//section[@aria-labelledby='column-1']")[0]
    assert texts(section, ".//h2") == ["通知公告"]
    assert len(section.xpath(".//li")) == 6
    assert texts(section, ".//p[@class='more']/a") == ["更多通知公告"]
    assert page.xpath("//section[@aria-labelledby='column-2']") == []  # an empty column is not shown at home


def test_home_costs_a_fixed_number_of_queries(readers, django_assert_max_num_queries):
    for number in range(1, 11):
        slug = f"column-{number}"
        release.put_column(NOTICES.__class__(**{**NOTICES.as_json(), "slug": slug, "name": f"栏目{number}"}))
        release.put_item(item(number, column=slug))

    with django_assert_max_num_queries(24):
        page = opened(readers, "/")

    assert len(page.xpath("//section[starts-with(@aria-labelledby, 'column-')]")) == 8


# 打印和二维码 ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", [f"/items/{key(1)}/", "/pages/review-rules/", "/disclosure/guide/", "/reports/2023/2/"]
)
def test_a_text_bears_its_own_address_to_read_and_to_scan(readers, path):
    from gongkai.portal.qr import qr_code

    released(item(1))
    page = readers.get(path).content.decode()

    assert f'<p class="path">http://127.0.0.1{path}</p>' in page
    assert qr_code(f"http://127.0.0.1{path}") in page
    assert not re.search(r"<svg[^>]*style", page)


def test_the_address_on_paper_is_the_one_the_operator_gave(readers, monkeypatch):
    monkeypatch.setenv("PORTAL_URL", "https://gfdy.example.gov.cn/")
    released(item(1))

    assert f"https://gfdy.example.gov.cn/items/{key(1)}/" in readers.get(f"/items/{key(1)}/").content.decode()


def test_an_item_with_everything_is_made_with_few_queries(readers, django_assert_max_num_queries):
    released(item(1, files=(attachment("方案"),), html='<p><a href="https://example.com/">外</a></p>'))

    with django_assert_max_num_queries(12):
        assert NAME in readers.get(f"/items/{key(1)}/").content.decode()


def test_an_item_bears_the_labels_of_what_is_read_and_a_prompt_those_of_the_site(readers):
    """law.md 8.1."""
    released(item(1, html='<p><a href="https://example.com/">外</a></p>', keywords="防空警报"))
    read = opened(readers, f"/items/{key(1)}/")
    prompt = opened(readers, f"/leaving/item/{key(1)}/1/")

    found = {meta.get("name"): meta.get("content") for meta in read.xpath("//meta[@name]")}
    assert [name for name in ARTICLE if not found.get(name)] == []
    assert found["Keywords"] == "防空警报"
    assert [name for name in SITE if not prompt.xpath(f"//meta[@name='{name}']/@content")] == []


def test_decisions_and_lists_shown_count_under_their_heads(readers):
    """Article 20 (5), (6): readers find them from the head of the article."""
    for slug, name, parent, layout in COLUMNS:
        values = {"slug": slug, "name": name, "parent": parent, "layout": layout}
        release.put_column(NOTICES.__class__(**{**NOTICES.as_json(), **values}))
    release.put_act(an_act(1))
    release.put_act(an_act(2))
    release.put_list(a_list())
    released(item(1, duty="licences"))

    lines = texts(opened(readers, "/duties/"), "//ol[@class='duties']/li")
    assert lines[4].endswith("办理结果 1条，行政许可2件，权力清单1份")
    assert lines[5].endswith("行政处罚决定 权力清单1份")
    assert opened(readers, "/duties/penalties_and_compulsion/").xpath("//ul[@class='inside']//a/@href") == [
        "/disclosure/power-list/"
    ]

    release.withdraw_act(key(1), version=2)

    assert "行政许可1件" in texts(opened(readers, "/duties/"), "//ol[@class='duties']/li")[4]


def test_an_item_stands_in_each_of_its_columns_with_who_issued_it_and_its_genre(readers):
    """联合发文 and several columns: one page, listed wherever it belongs, with everybody who issued it."""
    together = {
        "co_issued_by": "示例市应急管理局、示例市公安局",
        "genre": "公告",
        "other_columns": ("budgets",),
    }
    released(item(1, **together), item(2))

    for slug, others in (("notices", 1), ("budgets", 0)):
        listed = readers.get(address("column", slug)).content.decode()
        assert listed.count(item_address(key(1))) >= 1
        assert (item_address(key(2)) in listed) == bool(others)
    page = readers.get(item_address(key(1))).content.decode()
    assert "、示例市应急管理局、示例市公安局" in page
    assert ">体裁<" in page

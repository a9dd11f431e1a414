"""检索页: what a reader sees of the results, and of none."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from gongkai.portal import release
from gongkai.portal.search import finding
from gongkai.portal.search.excerpts import _pattern, marked
from gongkai.portal.search.query import read
from tests.portal.office import NAME
from tests.portal.search.made import thing
from tests.portal.search.test_following import ITEM_1, ITEM_2, attachment, item

pytestmark = pytest.mark.django_db(databases=["default", "public"])


def opened(client, **asked):
    response = client.get("/search/", asked)
    assert response.status_code == 200, asked
    return html.fromstring(response.content.decode())


def said(page, xpath="//main"):
    return [" ".join(element.text_content().split()) for element in page.xpath(xpath)]


def test_results_show_title_marks_numbers_column_and_day(readers):
    release.put_item(item())

    page = opened(readers, q="防空 第一条")

    assert said(page, "//main//h2/a") == ["人民防空工程维护办法"]
    assert said(page, "//main//mark") == ["防空", "第一条"]
    assert page.xpath("//main//h2/a/@href") == [f"/items/{ITEM_1}/"]
    assert said(page, "//main//h2/span") == ["有效"]
    about = said(page, "//main//li/p[@class='about']/span")
    assert about == ["示防办〔2023〕5号", "行政规范性文件", "政策文件"]
    assert "含有“防空 第一条”的内容 1 条" in said(page)[0]


def test_an_attachment_with_the_word_is_named(readers):
    release.put_item(replace(item(), files=(attachment("前面一段文字。" * 200 + "混凝土强度。"),)))

    page = opened(readers, q="混凝土")

    assert said(page, "//main//span[@class='source']") == ["附件《施工说明.docx》"]
    assert said(page, "//main//mark") == ["混凝土"]


def test_marks_and_texts_are_escaped(readers):
    """INP-05."""
    thing("1", "<b>标题</b>&amp;<script>x</script>", "<img src=x onerror=alert(1)>正文")

    page = readers.get("/search/", {"q": "标题 正文"}).content.decode()

    assert "&lt;b&gt;<mark>标题</mark>&lt;/b&gt;&amp;amp;&lt;script&gt;" in page
    assert "<script" not in page
    assert "<img" not in page


def test_traditional_and_full_width_originals_are_marked(readers):
    thing("1", "國防動員辦公室ＰＤＦ〔２０２３〕5号")

    assert said(opened(readers, q="国防动员 pdf 2023-5号"), "//main//mark") == [
        "國防動員",
        "ＰＤＦ",
        "２０２３〕5号",
    ]


def test_filters_are_links_with_counts_that_work_without_scripts(readers):
    release.put_item(item())
    release.put_item(item(key=ITEM_2, kind="通知公告", validity="废止", dated_on="2021-01-01"))

    page = opened(readers, q="防空")
    beside = said(page, "//aside//li")
    assert beside == [
        *("2022年 1", "2021年 1"),
        *("行政规范性文件 2", "财政预决算 2"),
        *("政策文件 1", "通知公告 1"),
        *("有效 1", "废止 1"),
    ]

    (link,) = page.xpath("//aside//a[starts-with(., '通知公告')]/@href")
    narrowed = html.fromstring(readers.get(link).content.decode())
    assert page.xpath("//script") == []
    assert said(narrowed, "//main//h2/a") == ["人民防空工程维护办法"]
    assert said(narrowed, "//aside//ul[@class='chosen']/li") == ["通知公告 去掉"]
    assert narrowed.xpath("//aside//ul[@class='chosen']//a/@href") == ["/search/?q=%E9%98%B2%E7%A9%BA"]


def test_a_column_holds_what_is_in_the_columns_inside_it(readers):
    release.put_item(item())

    assert said(opened(readers, q="防空", column="statutory"), "//main//h2/a") == ["人民防空工程维护办法"]
    assert said(opened(readers, q="防空", column="guide"), "//main//ol//a") == []
    assert len(said(opened(readers, q="年度报告", column="年报"), "//main//ol//h2/a")) == 2


def test_pages_follow_each_other(readers):
    for number in range(25):
        thing(f"{number}", f"第{number}号公告")

    for order in ("", "relevance"):
        first = opened(readers, q="号公告", order=order)
        (following,) = first.xpath("//a[@rel='next']/@href")
        second = html.fromstring(readers.get(following).content.decode())
        titles = said(first, "//main//ol//h2") + said(second, "//main//ol//h2")
        assert len(set(titles)) == 25, order
        assert second.xpath("//a[@rel='next']") == []
        assert "回到第一页" in said(second)[0]


def test_more_than_can_be_counted_is_said_to_be_more(readers, monkeypatch):
    monkeypatch.setattr(finding, "MOST_COUNTED", 1_000)
    monkeypatch.setattr(finding, "survey", lambda *_, **__: finding.Survey(1_000, more=True))
    thing("1", "公告")

    assert "内容 1,000以上 条" in said(opened(readers, q="公告"))[0]


@pytest.mark.parametrize(
    ("asked", "help_offered"),
    [
        ({"q": "防空 没有的词"}, ["只找“防空”"]),
        ({"q": "防空没有"}, ["只找“防空”"]),
        ({"q": "人民防空没有的"}, ["只找“人民防空”"]),
        ({"q": "市府发〔2023〕5号"}, ["只找“〔2023〕5号”", "只找“2023”"]),
        ({"q": "另府发(２０２３)第９号"}, ["只找“２０２３”"]),
        (
            {"q": "防空", "year": "1999"},
            [
                "去掉筛选",
            ],
        ),
        ({"q": "防空 -办法"}, ["不排除“办法”"]),
        ({"q": "全都没有"}, []),
    ],
)
def test_without_results_the_page_helps_on(readers, asked, help_offered):
    """Only what has results is offered; the way to apply stands there in any case."""
    release.put_item(item())

    page = opened(readers, **asked)

    assert "没有找到" in said(page)[0]
    offered = said(page, "//main//ul[@class='inline']//a")
    assert [each for each in offered if each in help_offered] == help_offered
    for link in page.xpath("//main//ul[@class='inline']//a/@href"):
        assert html.fromstring(readers.get(link).content.decode()).xpath("//main//ol/li"), link
    assert page.xpath("//main//a[@href='/apply/']")


def test_search_without_words_asks_for_some(readers):
    assert "请在上方输入" in said(opened(readers, q="  "))[0]
    assert "请再写上要找的词" in said(opened(readers, q="-公开"))[0]


def test_a_query_too_long_is_answered_and_told(readers):
    assert "检索内容太长" in said(opened(readers, q="年度报告 " * 60))[0]


def test_reports_are_found_by_their_year(readers):
    titles = said(opened(readers, q="年度报告 2022"), "//main//ol//h2/a")

    assert titles == [f"{NAME}2022年政府信息公开工作年度报告"]


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    asked=st.fixed_dictionaries(
        {},
        optional={
            name: st.text(max_size=40)
            for name in ("q", "year", "column", "sort", "validity", "order", "after")
        },
    )
)
def test_whatever_is_asked_is_answered(readers, asked):
    """INP-05: never a server error, never a tag that was typed."""
    response = readers.get("/search/", asked)

    assert response.status_code == 200, asked
    assert b"<script" not in response.content


@pytest.mark.parametrize(
    "typed",
    [
        *("\x00", "%00", "\u202e倒", "𠮷野家", "'; DROP TABLE portal_site; --", "%_\\", "<script>x</script>"),
        *(
            "长" * 5000,
            " ".join("词" * 200),
            '" OR "',
            "NEAR(a b)",
            "a*",
            "^公开",
            "marks:x",
            "((((",
            "- - -",
            "\ud800",
        ),
    ],
)
def test_strange_words_are_searched_for_and_never_break_the_page(readers, typed):
    """INP-05."""
    response = readers.get("/search/", {"q": typed.encode("utf-8", "surrogatepass")})

    assert response.status_code == 200
    assert b"<script" not in response.content


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("公" * 100, "公" * 50_000),
        ("a1" * 50, "a1" * 25_000),
        ("一 " * 50, "一 " * 25_000),
        ("a-" * 50, "a-" * 25_000),
    ],
)
def test_no_pattern_made_of_a_query_runs_away(typed, text):
    """INP-09: a text fifty times the length of a stretch is marked well within 100 ms of processor time."""
    import time

    pattern = _pattern(read(typed).words)
    began = time.process_time()
    pieces = list(marked(text[:1_000], pattern))

    assert time.process_time() - began < 0.1
    assert "".join(piece.text for piece in pieces) == text[:1_000]

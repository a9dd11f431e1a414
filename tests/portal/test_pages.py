"""公众页面: what a reader sees, and what the inspection looks for in the head of each page."""

import re
from dataclasses import replace

import pytest
from lxml import html

from gongkai.portal import release
from gongkai.portal.models import PublishedColumn, PublishedPage, PublishedReport
from tests.portal.addresses import ARTICLE, PAGES
from tests.portal.office import AGENCY, COLUMNS, NAME, SITE, SUBORDINATE, report, subordinate_report

pytestmark = pytest.mark.django_db(databases=["default", "public"])


def opened(client, path, *, status=200):
    response = client.get(path)
    assert response.status_code == status, path
    return html.fromstring(response.content.decode())


def texts(page, xpath):
    return [" ".join(element.text_content().split()) for element in page.xpath(xpath)]


def labels(page):
    return {meta.get("name"): meta.get("content") for meta in page.xpath("//meta[@name]")}


@pytest.mark.parametrize("path", PAGES)
def test_every_page_bears_the_labels_the_inspection_looks_for(readers, path):
    """law.md 8.1: site labels everywhere, column labels on lists and below, content labels on what is read."""
    found = labels(opened(readers, path))

    assert {name for name in found if name in ARTICLE} == set(PAGES[path])
    assert [name for name in PAGES[path] if not found[name]] == []
    assert (found["SiteName"], found["SiteDomain"], found["SiteIDCode"]) == (
        NAME,
        "gfdy.example.gov.cn",
        "0000000000",
    )


def test_error_pages_bear_the_site_labels(readers):
    found = labels(opened(readers, "/nowhere/", status=404))

    assert found["SiteIDCode"] == "0000000000"


def test_a_reports_labels_say_what_it_is_when_it_was_published_and_by_whom(readers):
    found = labels(opened(readers, "/reports/2023/1/"))

    assert found["ColumnName"] == "政府信息公开年报"
    assert found["ColumnType"] == "信息公开"
    assert found["ArticleTitle"] == f"{NAME}2023年政府信息公开工作年度报告"
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}", found["PubDate"])
    assert found["ContentSource"] == NAME
    assert found["Url"] == "http://127.0.0.1/reports/2023/1/"


def test_the_disclosure_column_has_the_required_parts_in_their_order(readers):
    page = opened(readers, "/disclosure/")

    assert texts(page, "//main//ul[@class='parts']/li/h2") == [
        "政府信息公开指南",
        "政府信息公开制度",
        "法定主动公开内容",
        "政府信息公开年报",
        "依申请公开",
    ]


def test_the_home_page_leads_into_disclosure_and_the_reports(readers):
    page = opened(readers, "/")

    addresses = set(page.xpath("//main//a/@href"))
    assert {"/disclosure/", "/disclosure/reports/", "/disclosure/application/", "/reports/2023/"} <= addresses
    assert texts(page, "//section[@aria-labelledby='latest-title']//li/a")[0] == (
        f"{NAME}2023年政府信息公开工作年度报告（更正版）"
    )


def test_the_trail_says_where_the_page_stands(readers):
    page = opened(readers, "/disclosure/organisation/")

    assert texts(page, "//nav[@aria-label='当前位置']//li") == [
        "首页",
        "政府信息公开",
        "法定主动公开内容",
        "机构职能",
    ]
    assert texts(opened(readers, "/pages/review-rules/"), "//nav[@aria-label='当前位置']//li") == [
        "首页",
        "政府信息公开",
        "政府信息公开制度",
        "政府信息公开审查制度",
    ]


def test_the_catalogue_marks_the_column_being_read(readers):
    page = opened(readers, "/disclosure/budgets/")

    assert texts(page, "//nav[@aria-labelledby='tree-title']//a[@aria-current='page']") == ["财政预决算"]


def test_an_empty_column_says_what_will_stand_there(readers):
    page = opened(readers, "/disclosure/budgets/")

    assert "本栏目还没有内容" in page.text_content()


def test_the_report_column_lists_all_years_newest_first_and_marks_corrected_ones(readers):
    page = opened(readers, "/disclosure/reports/")

    assert texts(page, "//main//tbody/tr/th") == ["2023年", "2022年"]
    assert texts(page, "//main//tbody/tr[1]//span[@class='mark']") == ["更正版（第2版）"]
    assert texts(page, "//main//tbody/tr[2]//span[@class='mark']") == []


def test_reports_of_agencies_below_stand_apart_from_the_agencys_own(readers):
    release.put_report(subordinate_report(2023))

    page = opened(readers, "/disclosure/reports/")

    assert page.xpath("count(//main//table)") == 2
    assert page.xpath("(//main//table)[2]//tbody//a/@href")[0] == f"/reports/of/{SUBORDINATE}/2023/"
    below = opened(readers, f"/reports/of/{SUBORDINATE}/2023/")
    assert "示例县国防动员办公室2023年" in below.xpath("//title")[0].text
    own = opened(readers, "/reports/2023/")
    assert labels(own)["ContentSource"] == NAME


def test_a_report_shows_its_text_and_its_tables_with_heads(readers):
    page = opened(readers, "/reports/2023/")

    assert texts(page, "//h1") == [f"{NAME}2023年政府信息公开工作年度报告"]
    assert "全年收到政府信息公开申请4件" in page.text_content()
    assert page.xpath("count(//main//article//table)") == 3
    assert page.xpath("count(//td[@data-place])") == 200
    received = page.xpath("//td[@data-place='applications/received/total']")[0]
    assert received.text == "4"
    heads = {page.get_element_by_id(name).text_content().strip() for name in received.get("headers").split()}
    assert "总计" in heads
    assert "一、本年新收政府信息公开申请数量" in heads


def test_a_report_can_be_downloaded_in_every_format(readers):
    page = opened(readers, "/reports/2022/")

    assert texts(page, "//section[@aria-labelledby='get-title']//a/text()[1]/..") == [
        f"{label}：{NAME}2022年政府信息公开工作年度报告.{ending}"
        for label, ending in (
            ("网页（HTML）", "html"),
            ("Word（DOCX）", "docx"),
            ("PDF", "pdf"),
            ("Excel（XLSX）", "xlsx"),
            ("开放数据（JSON）", "json"),
        )
    ]


def test_a_corrected_report_says_what_was_corrected_and_keeps_the_earlier_edition_readable(readers):
    current = opened(readers, "/reports/2023/")
    earlier = opened(readers, "/reports/2023/1/")

    assert texts(current, "//p[@role='note']") == ["更正说明：补登1件漏记的申请，本年新收由3件更正为4件。"]
    assert texts(earlier, "//p[@role='note']") == ["这是较早的版次。本报告已更正，现行的是第2版。"]
    assert earlier.xpath("//p[@role='note']/a/@href") == ["/reports/2023/2/"]
    assert "全年收到政府信息公开申请3件" in earlier.text_content()
    assert current.xpath("//section[@aria-labelledby='editions-title']/ul/li/a/@href") == ["/reports/2023/1/"]


def test_a_report_without_a_correction_has_no_note_and_no_list_of_editions(readers):
    page = opened(readers, "/reports/2022/")

    assert page.xpath("//p[@role='note']") == []
    assert page.xpath("//section[@aria-labelledby='editions-title']") == []


def test_the_years_address_shows_the_newest_edition_and_names_its_lasting_address(readers):
    page = opened(readers, "/reports/2023/")

    assert page.xpath("//link[@rel='canonical']/@href") == ["http://127.0.0.1/reports/2023/2/"]


def test_when_the_correction_is_withdrawn_the_earlier_edition_is_current_again(readers):
    release.withdraw_report(AGENCY, year=2023, edition=2, version=2)

    page = opened(readers, "/reports/2023/")

    assert "全年收到政府信息公开申请3件" in page.text_content()
    assert page.xpath("//p[@role='note']") == []


def test_the_page_of_a_one_page_column_is_read_at_the_column(readers):
    response = readers.get("/pages/guide/")

    assert (response.status_code, response["Location"]) == (301, "/disclosure/guide/")
    assert texts(opened(readers, "/disclosure/guide/"), "//h1") == ["政府信息公开指南"]


def test_a_changed_page_shows_when_and_why(readers):
    before = opened(readers, "/pages/review-rules/")
    page = PublishedPage.objects.select_related("column").get(slug="review-rules")
    release.put_page(
        replace(
            _payload("review-rules"),
            version=page.version + 1,
            html="<p>新的正文</p>",
            change_note="按新规定修改",
        )
    )

    after = opened(readers, "/pages/review-rules/")

    assert "更新时间" not in texts(before, "//table//th")
    assert texts(after, "//table//th") == ["标题", "来源", "发布时间", "更新时间", "更新说明"]
    assert "按新规定修改" in after.text_content()
    assert "新的正文" in after.text_content()


def test_a_withdrawn_page_with_a_reason_says_so_at_its_old_address(readers):
    release.withdraw_page("review-rules", version=2, note="本制度已由新的制度代替。")

    page = opened(readers, "/pages/review-rules/", status=410)

    assert "《政府信息公开审查制度》" in page.text_content()
    assert "本制度已由新的制度代替。" in page.text_content()
    assert "先审查，后公开" not in page.text_content()


def test_hidden_and_absent_pages_are_answered_with_the_same_bytes(readers):
    """PUB-08."""
    release.withdraw_page("review-rules", version=2)
    release.withdraw_report(AGENCY, year=2022, edition=1, version=2)
    release.withdraw_column("budgets", version=2)

    answers = {
        readers.get(path).content
        for path in (
            "/pages/review-rules/",
            "/pages/never-there/",
            "/reports/2022/",
            "/reports/2022/1/",
            "/reports/2021/",
            "/disclosure/budgets/",
            "/disclosure/never-there/",
            f"/files/{'0' * 64}",
            "/never/there",
        )
    }

    assert len(answers) == 1
    assert {readers.get(path).status_code for path in ("/pages/review-rules/", "/never/there")} == {404}


def test_a_withdrawn_thing_is_in_no_list_any_more(readers):
    """PUB-06."""
    release.withdraw_report(AGENCY, year=2022, edition=1, version=2)
    release.withdraw_page("review-rules", version=2)

    for path in (
        "/",
        "/map/",
        "/disclosure/",
        "/disclosure/systems/",
        "/disclosure/reports/",
        "/sitemap.xml",
    ):
        body = readers.get(path).content.decode()
        assert "2022" not in body, path
        assert "review-rules" not in body, path
        assert "审查制度" not in body, path
    assert "没有找到含有" in readers.get("/search/", {"q": "审查制度"}).content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/pages/%00/",
        "/pages/%ff%fe/",
        "/disclosure/%F0%A0%AE%B7/",
        "/reports/%EF%BC%92023/",
        "/" + "a" * 5000,
    ],
)
def test_strange_addresses_are_not_found(readers, path):
    """INP-05."""
    assert readers.get(path).status_code == 404


def test_the_not_found_page_helps_to_find_the_way(readers):
    page = opened(readers, "/nowhere/", status=404)

    assert {"/", "/map/", "#search-words", "/disclosure/application/"} <= set(page.xpath("//main//a/@href"))
    assert "0000-0000000" in page.text_content()


def test_every_page_is_reached_from_the_site_map(readers):
    addresses = set(opened(readers, "/map/").xpath("//main//a/@href"))

    columns = {column.get_absolute_url() for column in PublishedColumn.objects.all()}
    pages = {page.get_absolute_url() for page in PublishedPage.objects.filter(column=None)}
    assert columns | pages | {"/reports/2023/", "/reports/2022/"} <= addresses


def test_the_foot_says_who_runs_the_site(readers):
    foot = opened(readers, "/").xpath("//footer")[0].text_content()

    for words in (
        f"主办：{NAME}",
        "承办：",
        "电话：0000-0000000",
        "网站标识码：0000000000",
        "示ICP备00000000号",
        "示公网安备00000000000000号",
        "我为政府网站找错",
        "党政机关网站标识",
        "网站地图",
    ):
        assert words in foot


def test_the_foot_and_the_tree_change_with_what_is_released(readers):
    before = opened(readers, "/disclosure/")
    renamed = COLUMNS[1]

    release.put_site(replace(SITE, version=SITE.version + 1, telephone="0000-1111111"))
    release.put_column(replace(renamed, version=renamed.version + 1, name="改了名称的栏目"))

    after = opened(readers, "/disclosure/")
    assert "电话：0000-0000000" in before.xpath("//footer")[0].text_content()
    assert "电话：0000-1111111" in after.xpath("//footer")[0].text_content()
    assert renamed.name in before.xpath("//body")[0].text_content()
    assert "改了名称的栏目" in after.xpath("//body")[0].text_content()
    assert (
        "改了名称的栏目" in opened(readers, "/reports/2023/").xpath("//nav[@class='tree']")[0].text_content()
    )


def test_every_link_of_every_page_leads_somewhere(readers):
    """No dead control: each address of our own answers."""
    inside = {
        link for path in PAGES for link in opened(readers, path).xpath("//a/@href") if link.startswith("/")
    }

    answers = {}
    for link in inside:
        response = readers.get(link)
        response.getvalue()  # a file is read to its end, which closes it
        answers[link] = response.status_code

    assert len(inside) > 25
    assert {link: status for link, status in answers.items() if status != 200} == {}


def test_before_anything_is_released_the_portal_says_it_is_being_prepared(portal_client):
    for path in ("/", "/disclosure/", "/nowhere/"):
        response = portal_client.get(path)
        assert response.status_code == 503
        assert "本网站还没有发布内容" in response.content.decode()
    assert portal_client.get("/health/ready").status_code == 503
    assert portal_client.get("/health/live").status_code == 200


def test_ten_editions_of_a_year_are_all_readable(readers):
    for edition in range(3, 11):
        release.put_report(
            report(2023, edition=edition, received=edition, correction_note=f"第{edition}版更正说明。")
        )

    page = opened(readers, "/reports/2023/")

    assert PublishedReport.objects.filter(year=2023).count() == 10
    assert len(page.xpath("//section[@aria-labelledby='editions-title']/ul/li/a")) == 9


def _payload(slug):
    from tests.portal.office import PAGES as RELEASED

    return next(page for page in RELEASED if page.slug == slug)

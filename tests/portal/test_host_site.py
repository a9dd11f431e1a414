"""宿主网站: our pages between the header and the footer of the site they stand in, under our own content policy."""

import pytest
from lxml import html

from gongkai.portal.checks import host_site_is_complete
from tests.portal.addresses import PAGES

pytestmark = pytest.mark.django_db(databases=["default", "public"])

HEADER = (
    '<header class="top"><img src="logo.png" alt="示例市人民政府"><nav aria-label="全站导航"><a href="/zwgk/">政务公开</a>'
    '<a href="https://www.example.gov.cn/">省政府</a></nav></header>'
)
FOOTER = "<footer><p>示例市人民政府主办　网站标识码0000000000</p></footer>"


@pytest.fixture
def host(readers, portal, tmp_path):
    """A function that gives the operator's files."""

    def given(header=HEADER, footer=FOOTER, **others):
        folder = tmp_path / f"host-{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        for name, text in {"header.html": header, "footer.html": footer, **others}.items():
            if text is not None:
                (folder / name).write_text(text, encoding="utf-8")
        portal.HOST_SITE_FOLDER = folder
        return readers

    return given


def opened(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


@pytest.mark.parametrize("path", ["/", "/disclosure/", "/reports/2023/", "/search/?q=2023", "/data/"])
def test_every_page_stands_between_the_hosts_header_and_footer(host, path):
    page = opened(host(), path)

    assert page.xpath("//header/@class") == ["top"]
    assert page.xpath("//nav[@aria-label='全站导航']/a/@href") == ["/zwgk/", "https://www.example.gov.cn/"]
    assert "网站标识码0000000000" in page.xpath("string(//footer)")
    assert page.xpath("//*[@class='masthead'] | //nav[@aria-label='主导航'] | //*[@class='sitefoot']") == []


@pytest.mark.parametrize("path", ["/", "/map/", "/duties/budgets/", "/pages/privacy/", "/reports/2022/"])
def test_search_display_skip_link_and_labels_stay(host, path):
    page = opened(host(), path)

    assert page.xpath("count(//form[@role='search'])") == 1
    assert page.xpath("count(//form[@action='/display']//button)") == 5
    assert page.xpath("(//body//a)[1]/@href") == ["#main"]
    assert page.xpath("count(//*[@id='main'])") == 1
    labels = {meta.get("name") for meta in page.xpath("//meta[@name]")}
    assert set(PAGES[path]) <= labels


def test_a_picture_beside_the_files_is_served_from_this_host(host):
    assert opened(host(), "/").xpath("//header/img/@src") == ["/static/host/logo.png"]


def test_the_hosts_styles_come_before_ours_and_only_when_given(host):
    with_styles = opened(host(**{"host.css": ".top{}"}), "/").xpath("//link[@rel='stylesheet']/@href")
    without = opened(host(), "/").xpath("//link[@rel='stylesheet']/@href")

    assert with_styles == [without[0], "/static/host/host.css", without[1]]


def test_what_the_policy_forbids_is_taken_out_and_named(host, portal):
    """WEB-01, PII-10: no script, no inline style, nothing from another host, whatever the files hold."""
    client = host(
        header='<header style="color:red" onclick="x()"><script>alert(1)</script><img src="https://elsewhere.example/p.png">'
        '<img src="//elsewhere.example/q.png"><a href="javascript:x()" id="main">甲</a>'
        '<form action="https://elsewhere.example/" method="post"><input type="password" name="p"></form></header>'
    )
    response = client.get("/")

    page = response.content.decode()
    assert "elsewhere" not in page
    assert "javascript:" not in page
    assert "alert(1)" not in page
    assert "style=" not in page.partition("<main")[0]
    assert page.count('id="main"') == 1
    assert "script-src 'none'" in response["Content-Security-Policy"]
    (warning,) = host_site_is_complete()
    assert warning.id == "portal.W001"
    for what in (
        "<script>",
        "<header style>",
        "<header onclick>",
        "<img src>",
        "<form action>",
        "<form method>",
    ):
        assert f"header.html：{what}" in warning.msg


def test_without_one_of_the_files_the_portals_own_stay_and_a_check_says_why(host):
    page = opened(host(footer=None), "/")

    assert page.xpath("count(//header[@class='masthead'])") == 1
    (error,) = host_site_is_complete()
    assert error.id == "portal.E001"
    assert "没有footer.html" in error.msg


def test_nothing_is_checked_where_there_is_no_host(portal):
    assert host_site_is_complete() == []


def test_complete_files_pass_the_check(host):
    host()

    assert host_site_is_complete() == []

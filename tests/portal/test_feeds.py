"""订阅: the newest of what is published, in the form that feed readers expect."""

from datetime import datetime

import pytest
import time_machine
from lxml import etree

from gongkai.portal import release
from tests.portal.items import NOTICES, attachment, item, key, released
from tests.portal.office import AGENCY, NAME

pytestmark = pytest.mark.django_db(databases=["default", "public"])

ATOM = {"a": "http://www.w3.org/2005/Atom"}
COLUMN = "/disclosure/notices/feed.atom"


def feed(client, path="/feed.atom"):
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    return etree.fromstring(response.content)


def said(tree, path):
    return [str(each) for each in tree.xpath(path, namespaces=ATOM)]


def test_a_feed_names_itself_its_page_and_its_publisher(readers):
    released(item())
    tree = feed(readers, COLUMN)

    assert said(tree, "/a:feed/a:title/text()") == [f"通知公告 - {NAME}"]
    assert said(tree, "/a:feed/a:link[@rel='self']/@href") == [f"http://127.0.0.1{COLUMN}"]
    assert said(tree, "/a:feed/a:link[@rel='alternate']/@href") == ["http://127.0.0.1/disclosure/notices/"]
    assert said(tree, "/a:feed/a:author/a:name/text()") == [NAME]
    assert said(tree, "/a:feed/@xml:lang") == ["zh-CN"]


def test_an_entry_says_what_a_reader_needs_with_its_times_in_beijing_time(readers):
    file = attachment("方案")
    with time_machine.travel("2099-09-01T16:30:00Z", tick=False):
        released(item(title="试鸣 <公告> & 其他", description="9月18日 <试鸣>", files=(file,)))
    entry = feed(readers, COLUMN).find("a:entry", ATOM)

    assert said(entry, "a:title/text()") == ["试鸣 <公告> & 其他"]
    assert said(entry, "a:summary[@type='text']/text()") == ["9月18日 <试鸣>"]
    assert said(entry, "a:link[@rel='alternate']/@href") == [f"http://127.0.0.1/items/{key(1)}/"]
    assert said(entry, "a:published/text()") == ["2099-09-02T00:30:00+08:00"]
    assert said(entry, "a:updated/text()") == ["2099-09-02T00:30:00+08:00"]
    assert said(entry, "a:category/@term") == ["通知公告"]
    assert said(entry, "a:link[@rel='enclosure']/@href") == [f"http://127.0.0.1/files/{file.sha256}"]
    assert said(entry, "a:link[@rel='enclosure']/@length") == ["6"]


def test_the_id_of_an_entry_stays_whatever_becomes_of_its_title_host_and_column(readers, portal):
    released(item())
    before = said(feed(readers), "//a:entry/a:id/text()")
    portal.ALLOWED_HOSTS = [*portal.ALLOWED_HOSTS, "new.example.gov.cn"]
    release.put_item(item(version=2, title="改了标题", column="budgets"))

    response = readers.get("/feed.atom", headers={"host": "new.example.gov.cn"})

    tree = etree.fromstring(response.content)
    assert set(said(tree, "//a:entry/a:id/text()")) == set(before)
    assert "http://new.example.gov.cn/" in said(tree, "/a:feed/a:link[@rel='alternate']/@href")


def test_the_feed_of_the_site_holds_items_pages_and_current_reports_newest_first(readers):
    released(item())
    tree = feed(readers)

    published = [datetime.fromisoformat(each) for each in said(tree, "//a:entry/a:published/text()")]
    assert published == sorted(published, reverse=True)
    titles = said(tree, "//a:entry/a:title/text()")
    assert titles[0] == "关于第1次试鸣防空警报的公告"
    assert titles.count(f"{NAME}2023年政府信息公开工作年度报告") == 1
    assert "隐私声明" not in titles  # what stands at the foot is no news


def test_a_feed_holds_the_newest_fifty(readers):
    released(*(item(number) for number in range(1, 53)))

    titles = said(feed(readers, COLUMN), "//a:entry/a:title/text()")

    assert titles == [f"关于第{number}次试鸣防空警报的公告" for number in range(52, 2, -1)]


def test_a_feed_costs_the_same_number_of_queries_however_much_it_holds(
    readers, django_assert_max_num_queries
):
    released(*(item(number, files=(attachment(str(number)),)) for number in range(1, 31)))

    with django_assert_max_num_queries(9):
        feed(readers, COLUMN)


def test_what_no_xml_may_hold_does_not_break_the_feed(readers):
    released(item(title="试鸣\ufffe公告"))

    assert said(feed(readers, COLUMN), "//a:entry/a:title/text()") == ["试鸣公告"]


def test_a_reader_asking_again_is_told_that_nothing_changed_until_something_is_withdrawn(readers):
    released(item())
    first = readers.get(COLUMN)
    again = {"If-None-Match": first["ETag"]}
    assert readers.get(COLUMN, headers=again).status_code == 304

    release.withdraw_item(key(1), version=2)

    response = readers.get(COLUMN, headers=again)
    assert response.status_code == 200
    assert said(etree.fromstring(response.content), "//a:entry") == []


def test_asked_by_date_a_change_within_the_same_second_is_not_missed(readers):
    """HTTP dates count seconds: within the second of a change no date is given out."""
    with time_machine.travel("2099-01-01T00:00:00.100Z", tick=False):
        released(item())
    with time_machine.travel("2099-01-01T00:00:00.200Z", tick=False):
        assert "Last-Modified" not in readers.get(COLUMN)
    with time_machine.travel("2099-01-01T00:00:01Z", tick=False):
        given = readers.get(COLUMN)["Last-Modified"]
        assert given == "Thu, 01 Jan 2099 00:00:00 GMT"
        assert readers.get(COLUMN, headers={"If-Modified-Since": given}).status_code == 304


def test_pages_name_the_feed_of_the_site_and_of_their_column(readers):
    released(item())
    page = readers.get(f"/items/{key(1)}/").content.decode()

    assert f'title="{NAME}" href="/feed.atom"' in page
    assert f'title="通知公告" href="{COLUMN}"' in page
    assert COLUMN not in readers.get("/").content.decode()


def test_the_feed_of_an_absent_column_is_absent_and_of_a_withdrawn_one_gone(readers):
    released()
    release.withdraw_column(NOTICES.slug, version=2, note="栏目已合并。")

    assert readers.get("/disclosure/nowhere/feed.atom").status_code == 404
    assert readers.get(COLUMN).status_code == 410


def test_the_column_of_reports_has_a_feed_of_its_current_editions(readers):
    tree = feed(readers, "/disclosure/reports/feed.atom")

    assert said(tree, "//a:entry/a:summary/text()") == ["补登1件漏记的申请，本年新收由3件更正为4件。"]
    assert len(said(tree, "//a:entry/a:id/text()")) == 2
    assert AGENCY not in etree.tostring(tree).decode()

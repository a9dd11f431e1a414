"""执法公示的公众页面: lists with filters, one decision, lists by edition, data for machines, and nothing of what is withdrawn."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from lxml import html

from gongkai.portal import release
from gongkai.portal.models import PublishedAct
from gongkai.portal.payloads import ActPayload, ColumnPayload, ListPayload
from gongkai.portal.search import projection
from gongkai.portal.search.models import SearchEntry

pytestmark = pytest.mark.django_db(databases=["default", "public"])

KEY = "{:020x}".format
COLUMNS = (
    ("administrative-acts", "行政执法公示", "statutory", "list"),
    ("licences", "行政许可", "administrative-acts", "acts"),
    ("penalties", "行政处罚", "administrative-acts", "acts"),
    ("power-list", "权力清单", "administrative-acts", "acts"),
    ("compulsion-statistics", "行政强制统计", "administrative-acts", "acts"),
)


def an_act(place=1, *, kind="licence", decided_on=date(2026, 9, 10), **values):
    given = {
        "version": 1,
        "key": KEY(place),
        "kind": kind,
        "number": f"示防许〔{decided_on.year}〕{place}号",
        "title": "防空地下室报建审批",
        "issued_by": "示例市国防动员办公室",
        "decided_on": decided_on.isoformat(),
        "shown_until": "2031-09-13",
    }
    given |= values
    fields = (
        ("document_number", "决定书文号", given["number"]),
        ("title", "项目名称", given["title"]),
        ("counterpart", "行政相对人名称", "示例置业有限公司"),
    )
    return ActPayload(**{"fields": fields, **given})


def a_list(edition=1, **values):
    given = {
        "version": edition,
        "kind": "power-list",
        "edition": edition,
        "title": "示例市国防动员办公室权力清单",
        "issued_by": "示例市国防动员办公室",
        "heads": ("事项编码", "事项名称"),
        "rows": (("示防权-001", "报建审批"),),
    }
    return ListPayload(**{**given, **values})


@pytest.fixture
def columns(readers):
    for slug, name, parent, layout in COLUMNS:
        release.put_column(
            ColumnPayload(
                version=1,
                slug=slug,
                name=name,
                column_type="信息公开",
                description=name,
                keywords=name,
                parent=parent,
                layout=layout,
            )
        )
    return readers


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return html.fromstring(response.content.decode())


def numbers(client, address):
    return [" ".join(each.text_content().split()) for each in page(client, address).xpath("//tbody/tr/th")]


def test_a_decision_has_a_page_with_its_fields_and_labels(columns):
    release.put_act(an_act())

    shown = page(columns, f"/acts/{KEY(1)}/")

    facts = dict(zip(shown.xpath("//table//th/text()"), shown.xpath("//table//td/text()"), strict=True))
    assert facts["决定书文号"] == "示防许〔2026〕1号"
    assert facts["行政相对人名称"] == "示例置业有限公司"
    assert facts["公示至"] == "2031-09-13"
    meta = {each.get("name"): each.get("content") for each in shown.xpath("//meta[@name]")}
    assert meta["ArticleTitle"] == "防空地下室报建审批（示防许〔2026〕1号）"
    assert meta["ColumnName"] == "行政许可"
    assert meta["Url"] == f"http://127.0.0.1/acts/{KEY(1)}/"
    trail = [" ".join(each.text_content().split()) for each in shown.xpath("//nav[@class='trail']//li")]
    assert trail == [
        "首页",
        "政府信息公开",
        "法定主动公开内容",
        "行政执法公示",
        "行政许可",
        "防空地下室报建审批",
    ]


def test_the_list_is_newest_first_and_filtered_by_year_and_number(columns):
    for number, day in enumerate((date(2024, 5, 6), date(2026, 9, 10), date(2025, 3, 3)), start=1):
        release.put_act(an_act(number, decided_on=day))
    release.put_act(an_act(9, kind="penalty", number="示防罚〔2026〕9号"))

    assert numbers(columns, "/disclosure/licences/") == [
        "示防许〔2026〕2号",
        "示防许〔2025〕3号",
        "示防许〔2024〕1号",
    ]
    assert numbers(columns, "/disclosure/licences/?year=2025") == ["示防许〔2025〕3号"]
    assert numbers(columns, "/disclosure/licences/?number=示防许〔2024") == ["示防许〔2024〕1号"]
    assert numbers(columns, "/disclosure/penalties/") == ["示防罚〔2026〕9号"]
    offered = page(columns, "/disclosure/licences/").xpath("//select[@name='year']/option/@value")
    assert offered == ["", "2026", "2025", "2024"]


def test_every_decision_is_on_exactly_one_page(columns):
    for number in range(1, 46):
        release.put_act(an_act(number, decided_on=date(2026, 9, 10) - timedelta(days=number // 4)))

    found, address = [], "/disclosure/licences/"
    while address:
        shown = page(columns, address)
        found += shown.xpath("//tbody//th/a/@href")
        following = shown.xpath("//a[@rel='next']/@href")
        address = f"/disclosure/licences/{following[0]}" if following else ""

    assert len(found) == len(set(found)) == 45
    days = dict(PublishedAct.objects.values_list("key", "decided_on"))
    assert [days[each.split("/")[2]] for each in found] == sorted(days.values(), reverse=True)


@pytest.mark.parametrize(
    "query",
    [
        "after=x",
        "after=9999-99-99.1",
        "year=abcd",
        "year=0000",
        "number=%00",
        "after=2026-01-01.99999999999999999999",
    ],
)
def test_what_nobody_offered_is_the_first_page(columns, query):
    release.put_act(an_act())

    assert numbers(columns, f"/disclosure/licences/?{query}") == ["示防许〔2026〕1号"]


def test_machines_get_the_same_rows_and_the_way_on(columns, monkeypatch):
    """PUB-11."""
    monkeypatch.setattr("gongkai.portal.pages.administrative_acts.MOST_AT_ONCE", 2)
    for number in (1, 2, 3):
        release.put_act(an_act(number, decided_on=date(2026, 9, number)))

    first = json.loads(columns.get("/acts/licences.json").content)
    rest = json.loads(columns.get(first["next"].removeprefix("http://127.0.0.1")).content)

    assert [row["document_number"] for row in first["items"] + rest["items"]] == [
        "示防许〔2026〕3号",
        "示防许〔2026〕2号",
        "示防许〔2026〕1号",
    ]
    assert (first["kind"], rest["next"]) == ("licence", "")
    assert first["items"][0]["url"] == f"http://127.0.0.1/acts/{KEY(3)}/"


@pytest.mark.parametrize("formula", ["=1+1", "＝1+1", "　=1+1", "@sum", "\t=1"])
def test_inp_03_a_sheet_of_them_runs_no_formula(columns, formula):
    release.put_act(
        an_act(fields=(("document_number", "决定书文号", "示1号"), ("title", "项目名称", formula)))
    )

    response = columns.get("/acts/licences.csv")

    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0] == ["决定书文号", "项目名称", "公示至", "网址"]
    assert rows[1][:2] == ["示1号", f"'{formula}"]


def test_a_withdrawn_decision_is_gone_everywhere(columns):
    """PUB-06."""
    release.put_act(an_act())
    release.put_act(an_act(2))

    release.withdraw_act(KEY(1), version=2, note="决定被依法撤销。经行政复议撤销")

    gone = columns.get(f"/acts/{KEY(1)}/")
    assert gone.status_code == 410
    assert "经行政复议撤销" in gone.content.decode()
    assert numbers(columns, "/disclosure/licences/") == ["示防许〔2026〕2号"]
    for channel in ("/acts/licences.json", "/acts/licences.csv", "/sitemap.xml", "/search/?q=示防许"):
        text = columns.get(channel).content.decode()
        assert KEY(2) in text, channel
        assert KEY(1) not in text, channel


def test_a_late_release_does_not_bring_a_withdrawn_decision_back(columns):
    release.put_act(an_act())
    release.withdraw_act(KEY(1), version=5, note="内容有误")

    receipt = release.put_act(replace(an_act(), version=4))

    assert receipt["withdrawn"] is True
    assert not PublishedAct.objects.exists()


def test_what_is_hidden_and_what_never_was_answer_alike(columns):
    """PUB-08."""
    release.put_act(an_act())
    release.withdraw_act(KEY(1), version=2)

    hidden, absent = columns.get(f"/acts/{KEY(1)}/"), columns.get(f"/acts/{KEY(7)}/")

    assert (hidden.status_code, hidden.content) == (404, absent.content)


def test_a_list_is_read_at_its_column_and_older_editions_at_theirs(columns):
    release.put_list(a_list())
    release.put_list(
        a_list(2, rows=(("示防权-001", "报建审批"), ("示防权-002", "检查")), change_note="新增1项")
    )

    newest = page(columns, "/disclosure/power-list/")
    assert newest.xpath("//table[contains(@class,'act-list')]//td/text()") == [
        "示防权-001",
        "报建审批",
        "示防权-002",
        "检查",
    ]
    assert columns.get("/lists/power-list/2/")["Location"] == "/disclosure/power-list/"
    older = page(columns, "/lists/power-list/1/")
    assert "这是较早的版次。" in older.text_content()
    assert json.loads(columns.get("/acts/power-list.json").content)["items"][1] == {
        "事项编码": "示防权-002",
        "事项名称": "检查",
    }
    release.put_list(a_list(kind="compulsion-statistics", rows=(("2026", "—"),)))
    assert "合计是实数" in page(columns, "/disclosure/compulsion-statistics/").text_content()
    assert "合计是实数" not in newest.text_content()
    assert columns.get("/lists/power-list/3/").status_code == 404
    assert columns.get("/acts/duty-list.json").status_code == 404


def test_an_edition_never_changes(columns):
    release.put_list(a_list())

    with pytest.raises(release.ReleaseRefused, match="已发布的版次不得改写"):
        release.put_list(a_list(version=2, rows=(("示防权-001", "改过"),)))


def test_a_withdrawn_edition_leaves_a_notice_and_the_one_before(columns):
    release.put_list(a_list())
    release.put_list(a_list(2, rows=(("示防权-002", "检查"),)))

    release.withdraw_list("power-list", edition=2, version=3, note="编码有误")

    assert columns.get("/lists/power-list/2/").status_code == 410
    shown = page(columns, "/disclosure/power-list/")
    assert "示防权-001" in shown.text_content()
    assert "示防权-002" not in columns.get("/search/?q=示防权").content.decode()


def test_a_rebuilt_search_is_the_same(columns):
    """PUB-03."""
    release.put_act(an_act())
    release.put_list(a_list())
    release.put_list(a_list(2, rows=(("示防权-002", "检查"),)))
    before = set(SearchEntry.objects.values_list("kind", "key", "title", "url", "folded"))

    projection.rebuild()

    assert set(SearchEntry.objects.values_list("kind", "key", "title", "url", "folded")) == before


def test_an_empty_list_says_what_will_appear(columns):
    assert "还没有公示的决定" in page(columns, "/disclosure/licences/").text_content()
    assert "本栏目还没有内容" in page(columns, "/disclosure/power-list/").text_content()


def test_a_page_of_decisions_asks_the_same_however_deep(columns, django_assert_max_num_queries):
    for number in range(1, 25):
        release.put_act(an_act(number))
    following = page(columns, "/disclosure/licences/").xpath("//a[@rel='next']/@href")[0]

    with django_assert_max_num_queries(10, using="public"):
        shown = columns.get(f"/disclosure/licences/{following}")

    assert len(re.findall(r"<tr>", shown.content.decode())) == 5

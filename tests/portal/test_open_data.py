"""开放数据: what is published, whole, in tables and as JSON, described and bounded."""

import csv
import io
import json
from dataclasses import replace

import pytest
from jsonschema import Draft202012Validator
from lxml import html

from gongkai.portal import release
from gongkai.portal.open_data import holdings
from gongkai.portal.open_data.records import FIELDS
from gongkai.portal.payloads import ListPayload
from tests.portal.items import NOTICES, attachment, item, key, released
from tests.portal.office import AGENCY, NAME, SUBORDINATE, subordinate_report

pytestmark = pytest.mark.django_db(databases=["default", "public"])


@pytest.fixture
def year(readers):
    from django.utils import timezone

    return timezone.localdate().year


def read(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return json.loads(response.getvalue())


def table(client, path):
    body = client.get(path).getvalue()
    assert body.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))


def conforms(client, value, name):
    Draft202012Validator(read(client, f"/data/schemas/{name}.json")).validate(value)


def test_a_record_says_everything_that_the_page_says(readers, year):
    file = attachment("方案")
    released(
        item(
            document_number="示防办〔2023〕5号",
            validity="有效",
            dated_on="2023-09-01",
            duty="emergencies",
            description="9月18日试鸣",
            other_columns=("budgets",),
            files=(file,),
        )
    )

    found = read(readers, f"/data/items/notices/{year}.json")

    conforms(readers, found, "items")
    (record,) = found["items"]
    assert (found["title"], found["column"], found["year"], found["next"]) == (
        f"通知公告{year}年",
        "通知公告",
        year,
        None,
    )
    assert record["columns"] == ["通知公告", "财政预决算"]
    assert record["duty"] == "（十二）突发公共事件的应急预案、预警信息及应对情况"
    assert (record["dated_on"], record["validity"]) == ("2023-09-01", "有效")
    assert record["url"] == f"http://127.0.0.1/items/{key(1)}/"
    assert record["released_at"].endswith("+08:00")
    assert record["attachments"] == [
        {
            "name": "试鸣方案.pdf",
            "media_type": "application/pdf",
            "size": 6,
            "sha256": file.sha256,
            "url": f"http://127.0.0.1/files/{file.sha256}",
        }
    ]
    one = read(readers, f"/data/items/{key(1)}.json")
    conforms(readers, one, "item")
    assert one == {**record, "html": "<p>九月十八日试鸣防空警报。</p>"}


def test_a_table_opens_in_a_spreadsheet_and_no_cell_is_a_formula(readers, year):
    """INP-03."""
    released(
        item(
            1,
            title="=HYPERLINK(1)",
            issued_by="＝1+1",
            keywords="-1",
            description="　@SUM(1)",
            index_number="+1",
        ),
        item(2),
    )

    rows = table(readers, f"/data/items/notices/{year}.csv")

    assert list(rows[0]) == [field.label for field in FIELDS]
    assert [rows[0][name] for name in ("标题", "发布机构", "关键词", "内容概述", "索引号")] == [
        "'=HYPERLINK(1)",
        "'＝1+1",
        "'-1",
        "'　@SUM(1)",
        "'+1",
    ]
    assert rows[1]["标题"] == "关于第2次试鸣防空警报的公告"


def test_a_large_data_set_comes_in_parts_that_together_hold_everything_once(readers, year, monkeypatch):
    """PUB-11: no answer holds more than its limit; the next part is named in the data and in the Link header."""
    monkeypatch.setattr(holdings, "MOST_ROWS", 5)
    monkeypatch.setattr(holdings, "_BATCH", 2)
    released(*(item(number) for number in range(1, 13)))

    address, sizes, keys = f"/data/items/notices/{year}.json", [], []
    while address:
        response = readers.get(address)
        found = json.loads(response.getvalue())
        sizes.append(len(found["items"]))
        keys += [record["key"] for record in found["items"]]
        assert response.get("Link") == (f'<{found["next"]}>; rel="next"' if found["next"] else None)
        address = found["next"] and found["next"].removeprefix("http://127.0.0.1")

    assert sizes == [5, 5, 2]
    assert keys == [key(number) for number in range(1, 13)]


@pytest.mark.parametrize("count", [5, 10])
def test_a_data_set_that_just_fits_names_no_empty_part(readers, year, monkeypatch, count):
    monkeypatch.setattr(holdings, "MOST_ROWS", 5)
    released(*(item(number) for number in range(1, count + 1)))

    first = read(readers, f"/data/items/notices/{year}.json")

    assert (len(first["items"]), first["next"] is None) == (5, count == 5)


def test_a_data_set_costs_a_fixed_number_of_queries_a_batch(readers, year, django_assert_max_num_queries):
    released(*(item(number, files=(attachment(str(number)),)) for number in range(1, 31)))

    with django_assert_max_num_queries(8):
        read(readers, f"/data/items/notices/{year}.json")


def test_the_page_lists_every_data_set_with_its_count_and_its_files(readers, year):
    released(item(1, other_columns=("budgets",)), item(2))
    page = html.fromstring(readers.get("/data/").content.decode())

    rows = [
        [" ".join(cell.text_content().split()) for cell in row.xpath("td")][:3]
        for row in page.xpath("//div[@aria-label='政府信息数据集']//tbody/tr")
    ]
    assert rows == [["通知公告", f"{year}年", "2"], ["财政预决算", f"{year}年", "1"]]
    fields = page.xpath("//div[@aria-label='字段说明']//tbody/tr/td[1]/code/text()")
    assert fields == [field.key for field in FIELDS]
    for address in page.xpath("//main//a/@href"):
        assert readers.get(address).status_code == 200, address


def test_the_catalogue_describes_what_can_be_fetched(readers, year):
    released(item())
    found = read(readers, "/data/catalogue.json")

    assert found["@type"] == "dcat:Catalog"
    assert [each["dct:title"] for each in found["dcat:dataset"]] == [
        f"通知公告{year}年",
        "政府信息公开工作年度报告",
    ]
    for each in found["dcat:dataset"]:
        assert each["dct:publisher"]["foaf:name"] == NAME
        addresses = [each["@id"], each["dct:conformsTo"]]
        addresses += [one["dcat:downloadURL"] for one in each["dcat:distribution"]]
        for address in addresses:
            assert readers.get(address.removeprefix("http://127.0.0.1")).status_code == 200, address


def test_registers_stand_in_the_catalogue_and_on_the_page_once_they_hold_something(readers):
    released()
    release.put_column(replace(NOTICES, slug="powers", name="权力清单", layout="acts"))
    before = readers.get("/data/").content.decode()
    release.put_list(
        ListPayload(
            version=1,
            kind="powers",
            edition=1,
            title="权力清单",
            issued_by=NAME,
            heads=("事项",),
            rows=(("报建审批",),),
        )
    )

    (found,) = (
        each
        for each in read(readers, "/data/catalogue.json")["dcat:dataset"]
        if each["dct:title"] == "权力清单"
    )

    assert [each["dcat:downloadURL"] for each in found["dcat:distribution"]] == [
        "http://127.0.0.1/acts/powers.json",
        "http://127.0.0.1/acts/powers.csv",
    ]
    assert "/acts/powers.csv" in readers.get("/data/").content.decode()
    assert "/acts/powers.csv" not in before
    assert read(readers, "/acts/powers.json")["items"] == [{"事项": "报建审批"}]


def test_every_edition_of_every_report_is_listed_and_its_figures_are_the_reports_own(readers):
    release.put_report(subordinate_report(2023))
    found = read(readers, "/data/reports.json")

    conforms(readers, found, "reports")
    listed = [(each["agency"], each["year"], each["edition"], each["current"]) for each in found["reports"]]
    assert listed == [
        (AGENCY, 2023, 2, True),
        (AGENCY, 2023, 1, False),
        (AGENCY, 2022, 1, True),
        (SUBORDINATE, 2023, 1, True),
    ]
    assert read(readers, found["reports"][0]["data"].removeprefix("http://127.0.0.1")) == {
        "form": "2021",
        "year": 2023,
    }
    assert [row["现行"] for row in table(readers, "/data/reports.csv")] == ["是", "否", "是", "是"]


def test_a_withdrawn_edition_is_gone_from_the_data(readers):
    release.withdraw_report(AGENCY, year=2023, edition=2, version=2, note="更正有误。")

    assert readers.get(f"/data/reports/{AGENCY}/2023/2.json").status_code == 410
    assert readers.get(f"/data/reports/{AGENCY}/2020/1.json").status_code == 404
    assert [each["edition"] for each in read(readers, "/data/reports.json")["reports"]] == [1, 1]


def test_counts_follow_each_release_and_withdrawal(readers, year):
    released(item(1), item(2))
    readers.get("/data/")
    release.withdraw_item(key(2), version=2)

    assert (
        f'<td>{year}年</td><td class="number" data-label="条数">1</td>'
        in readers.get("/data/").content.decode()
    )


@pytest.mark.parametrize(
    "path",
    ["/data/items/nowhere/2023.json", "/data/items/notices/0000.json", "/data/items/notices/9999.csv",
     "/data/schemas/nothing.json", f"/data/items/{key(9)}.json"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(readers, path):
    released()

    assert readers.get(path).status_code == 404


def test_a_year_without_items_is_an_empty_data_set(readers):
    released()

    assert read(readers, "/data/items/notices/1999.json")["items"] == []
    assert table(readers, "/data/items/notices/1999.csv") == []


def test_a_place_nobody_gave_out_is_the_beginning(readers, year):
    released(item())

    for after in ("x", "9" * 40, "1.5", "99999999999.000000-1", "\x00"):
        assert len(read(readers, f"/data/items/{NOTICES.slug}/{year}.json?after={after}")["items"]) <= 1

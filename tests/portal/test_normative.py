"""规范性文件库和解读的链接 on the public side: what is named stands there, and goes when its other end goes."""

import csv
import io
import json
from dataclasses import replace

import pytest
from lxml import html

from gongkai.portal import release
from gongkai.portal.models import PublishedDocument, PublishedItem, SearchEntry
from gongkai.portal.payloads import ChangeReference, DocumentPayload, ItemPayload

pytestmark = pytest.mark.django_db(databases=["default", "public"])

POLICY, INTERPRETATION, LATER = "a" * 20, "b" * 20, "c" * 20
OLD = "d" * 20


def an_item(key, title, *, version=1, **more):
    return ItemPayload(
        version=version,
        key=key,
        index_number=f"000000000/2026-{key[0]}",
        title=title,
        html="<p>正文。</p>",
        issued_by="示例市国防动员办公室",
        column="statutory",
        **more,
    )


def a_document(key, title, *, version=1, **more):
    values = {
        "kind": "行政规范性文件",
        "document_number": f"示防规〔2021〕{key[0]}号",
        "issued_by": "示例市国防动员办公室",
        "issued_on": "2021-03-01",
        "in_force_from": "2021-04-01",
        "lapses_on": "2026-03-31",
        "validity": "in_force",
    }
    return DocumentPayload(version=version, key=key, title=title, **{**values, **more})


@pytest.fixture
def library(readers):
    release.put_item(
        an_item(POLICY, "人防工程管理办法", document_number="示防规〔2021〕1号", validity="有效")
    )
    release.put_item(an_item(INTERPRETATION, "人防工程管理办法解读", interprets=(POLICY, LATER)))
    release.put_document(a_document(OLD, "人防工程管理办法", item=POLICY))
    return readers


def links(client, path):
    page = html.fromstring(client.get(path).content.decode())
    return page, {a.get("href"): a.text_content() for a in page.xpath("//main//a")}


def headings(client, path):
    return [h.text_content() for h in links(client, path)[0].xpath("//main//h2")]


def test_a_policy_and_its_interpretation_link_to_each_other(library):
    assert links(library, f"/items/{POLICY}/")[1][f"/items/{INTERPRETATION}/"] == "人防工程管理办法解读"
    _, found = links(library, f"/items/{INTERPRETATION}/")
    assert found[f"/items/{POLICY}/"] == "人防工程管理办法"
    assert f"/items/{LATER}/" not in found  # it also explains one that is not public


@pytest.mark.parametrize(("gone", "left"), [(POLICY, INTERPRETATION), (INTERPRETATION, POLICY)])
def test_pub_06_a_link_goes_when_its_other_end_is_withdrawn(library, gone, left):
    release.withdraw_item(gone, version=9)

    _, found = links(library, f"/items/{left}/")
    assert f"/items/{gone}/" not in found
    assert not {"政策原文", "相关解读"} & set(headings(library, f"/items/{left}/"))


def test_a_policy_that_comes_back_has_its_interpretation_again(library):
    release.withdraw_item(POLICY, version=9)
    release.put_item(an_item(POLICY, "人防工程管理办法", version=10))

    assert f"/items/{POLICY}/" in links(library, f"/items/{INTERPRETATION}/")[1]


def test_items_released_together_are_public_together_or_not_at_all(readers):
    broken = an_item(INTERPRETATION, "解读", other_columns=("nowhere",))
    with pytest.raises(release.ReleaseRefused, match="还没有栏目"):
        release.put_together([an_item(POLICY, "办法"), broken])

    assert PublishedItem.objects.count() == 0

    receipts = release.put_together([an_item(POLICY, "办法"), replace(broken, other_columns=())])
    assert [each["url"] for each in receipts] == [f"/items/{POLICY}/", f"/items/{INTERPRETATION}/"]
    assert PublishedItem.objects.count() == 2


def repealed(**more):
    change = ChangeReference("废止", "2026-03-01", LATER, "人防工程管理规定", "示防规〔2026〕2号")
    return a_document(
        OLD,
        "人防工程管理办法",
        version=2,
        item=POLICY,
        validity="repealed",
        ceased_on="2026-03-01",
        changes=(change,),
        **more,
    )


def test_a_repealed_document_says_so_on_its_page_with_a_link_to_what_repealed_it(library):
    release.put_item(an_item(LATER, "人防工程管理规定"))
    release.put_document(repealed())

    page, found = links(library, f"/items/{POLICY}/")
    notice = page.xpath("//section[contains(@class, 'document-changes')]")[0].text_content()
    assert "本文件的效力：废止" in notice
    assert "2026-03-01 废止：人防工程管理规定（示防规〔2026〕2号）" in notice
    assert f"/items/{LATER}/" in found
    assert SearchEntry.objects.get(key=POLICY).validity == "废止"
    assert "本文件修改、废止的文件" in headings(library, f"/items/{LATER}/")


def test_pub_06_what_repealed_it_is_not_named_once_it_is_withdrawn(library):
    release.put_item(an_item(LATER, "人防工程管理规定"))
    release.put_document(repealed())
    release.withdraw_item(LATER, version=9)

    for path in (f"/items/{POLICY}/", "/normative/", "/normative/documents.json", "/normative/documents.csv"):
        text = library.get(path).content.decode()
        assert "人防工程管理规定" not in text, path
        assert "废止" in text, path


def test_a_further_version_of_the_text_keeps_the_mark_of_the_library(library):
    release.put_document(repealed())
    release.put_item(an_item(POLICY, "人防工程管理办法", version=3, validity="有效"))

    assert PublishedItem.objects.get(key=POLICY).validity == "废止"


def test_pub_06_a_withdrawn_document_leaves_the_library_and_its_data(library):
    release.withdraw_item(POLICY, version=9)

    assert "人防工程管理办法" not in library.get("/normative/").content.decode()
    assert json.loads(library.get("/normative/documents.json").content)["documents"] == []
    assert release.put_document(a_document(OLD, "人防工程管理办法", version=10, item=POLICY))["withdrawn"]
    assert PublishedDocument.objects.count() == 0


def test_an_older_release_of_a_document_changes_nothing(library):
    release.put_document(repealed())
    release.put_document(a_document(OLD, "人防工程管理办法", version=1))

    assert PublishedDocument.objects.get().validity == "repealed"


def titles(client, query):
    page, _ = links(client, f"/normative/{query}")
    return [row.xpath("string(td[1]/a | td[1]/text())").strip() for row in page.xpath("//table/tbody/tr")]


def test_the_library_is_narrowed_by_validity_and_year(library):
    release.put_document(
        a_document("e" * 20, "演练规定", issued_on="2019-05-01", validity="lapsed", ceased_on="2024-06-01")
    )

    assert titles(library, "") == ["人防工程管理办法", "演练规定"]
    assert titles(library, "?validity=lapsed") == ["演练规定"]
    assert titles(library, "?validity=in_force&year=2021") == ["人防工程管理办法"]
    assert titles(library, "?year=2020") == []
    assert titles(library, "?year=20x1&validity=nonsense&after=x") == ["人防工程管理办法", "演练规定"]


def test_the_library_is_read_page_by_page_in_bounded_queries(library, django_assert_max_num_queries):
    for number in range(65):
        release.put_document(a_document(f"f{number:019}", f"第{number}件", issued_on="2020-01-01"))

    seen, query = [], ""
    for _ in range(3):
        with django_assert_max_num_queries(14):
            page, found = links(library, f"/normative/{query}")
        seen += [row.get("id") for row in page.xpath("//table/tbody/tr")]
        following = [each for each in found if "after=" in each]
        query = following[0].removeprefix("/normative/") if following else ""
    assert (len(seen), len(set(seen)), query) == (66, 66, "")


def test_the_data_say_what_the_page_says(library):
    release.put_document(repealed())

    data = json.loads(library.get("/normative/documents.json").content)
    [document] = data["documents"]
    assert (document["validity"], document["validity_words"]) == ("repealed", "废止")
    assert document["changes"][0] == {
        "words": "废止",
        "on": "2026-03-01",
        "by": "人防工程管理规定",
        "by_number": "示防规〔2026〕2号",
    }
    assert document["url"].endswith(f"/items/{POLICY}/")
    response = library.get("/normative/documents.csv")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [(row["名称"], row["有效性"], row["停止施行日期"]) for row in rows] == [
        ("人防工程管理办法", "废止", "2026-03-01")
    ]


def test_a_title_that_looks_like_a_formula_is_none_in_the_spreadsheet(library):
    release.put_document(a_document("e" * 20, "=HYPERLINK(1)", issued_on="2022-01-01"))

    assert "'=HYPERLINK(1)" in library.get("/normative/documents.csv").content.decode()

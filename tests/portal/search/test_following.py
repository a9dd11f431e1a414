"""检索跟着发布走: an entry comes, changes and goes with the thing itself, and can be made again from what is published."""

import itertools
from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connections

from gongkai.config.router import public_database
from gongkai.gateways.files import public_files
from gongkai.portal import release
from gongkai.portal.models import FileText, SearchEntry, SearchText
from gongkai.portal.payloads import FileReference, ItemPayload
from gongkai.portal.search import engines, entries, projection
from gongkai.portal.search.finding import newest
from gongkai.portal.search.query import read
from tests.portal.office import AGENCY, COLUMNS, NAME, PAGES, report
from tests.portal.search.made import found, keys

pytestmark = pytest.mark.django_db(databases=["default", "public"])

ITEM_1, ITEM_2, ITEM_3 = (f"{number:020x}" for number in (1, 2, 3))


def item(**changes):
    values = {
        "version": 1,
        "key": ITEM_1,
        "index_number": "000000000/2023-00012",
        "title": "人民防空工程维护办法",
        "html": "<p>第一条　为了维护工程，制定本办法。</p><table><tr><td>左格</td><td>右格</td></tr></table>",
        "issued_by": NAME,
        "column": "normative-documents",
        "other_columns": ("budgets",),
        "kind": "政策文件",
        "document_number": "示防办〔2023〕5号",
        "dated_on": "2022-12-30",
        "validity": "有效",
    }
    return ItemPayload(**values | changes)


def attachment(text):
    return FileReference(public_files().put(text.encode()), "施工说明.docx", "application/zip", text)


def tokens_of_the_index():
    """All that the index holds, in one form for both databases."""
    with connections[public_database()].cursor() as cursor:
        if connections[public_database()].vendor == "postgresql":
            cursor.execute("SELECT tsvector_to_array(words) FROM portal_search_words ORDER BY id")
            return [row[0] for row in cursor.fetchall()]
        cursor.execute(
            "CREATE VIRTUAL TABLE temp.seen USING fts5vocab('main', 'portal_search_words', 'instance')"
        )
        cursor.execute("SELECT doc, col, term, offset FROM temp.seen ORDER BY doc, col, offset, term")
        rows = cursor.fetchall()
        cursor.execute("DROP TABLE temp.seen")
    order = {number: place for place, number in enumerate(sorted({row[0] for row in rows}))}
    return [(order[number], *rest) for number, *rest in rows]


def everything():
    entries = SearchEntry.objects.order_by("pk")
    fields = [field.name for field in SearchEntry._meta.fields if field.name != "id"]
    texts = SearchText.objects.order_by("entry", "start", "pk")
    return (
        list(entries.values_list(*fields)),
        list(texts.values_list("entry__key", "start", "source", "text")),
        tokens_of_the_index(),
    )


def test_an_item_is_found_by_title_text_numbers_and_attachments(office):
    release.put_item(replace(item(), files=(attachment("混凝土强度等级不低于C30。"),)))

    for typed in (
        "人民防空",
        "制定本办法",
        "示防办[2023]5號",
        "000000000/2023-00012",
        "混凝土",
        "c30",
        "施工说明",
    ):
        assert found(typed) == [ITEM_1], typed
    assert found("格右") == []  # no word is found across two cells
    assert found("防空", year=2022, columns=("budgets",), sort="政策文件", validity="有效") == [ITEM_1]


def test_a_further_version_is_found_by_its_own_words_only(office):
    release.put_item(replace(item(), files=(attachment("混凝土"),)))
    release.put_item(replace(item(), version=2, title="新的办法", html="<p>改写</p>", files=()))

    assert (found("人民防空"), found("混凝土"), found("新的办法")) == ([], [], [ITEM_1])
    assert not FileText.objects.exists()


@pytest.mark.parametrize(
    "withdraw",
    [
        lambda: release.withdraw_item(ITEM_1, version=2),
        lambda: release.withdraw_item(ITEM_1, version=2, note="内容有误。"),
    ],
)
def test_what_is_withdrawn_is_gone_with_the_same_transaction(office, withdraw):
    """PUB-06: from the search too, with its attachments' text, whether or not a notice remains."""
    release.put_item(replace(item(), files=(attachment("混凝土"),)))
    withdraw()

    for typed in ("人民防空工程维护办法", "制定本办法", "示防办〔2023〕5号", "混凝土", "施工说明"):
        assert found(typed) == [], typed
    assert not SearchText.objects.filter(text__contains="混凝土").exists()


def test_a_release_that_is_refused_leaves_the_search_as_it_was(office, monkeypatch):
    release.put_item(item())
    before = everything()
    monkeypatch.setattr("gongkai.portal.release._note", lambda *_, **__: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        release.put_item(item(version=2, title="没有写成的标题"))
    with pytest.raises(ZeroDivisionError):
        release.withdraw_item(ITEM_1, version=2)

    assert everything() == before


def test_pages_follow_their_release_and_their_column(office):
    assert found("审查制度") == ["review-rules"]

    release.put_column(replace(COLUMNS[1], version=2, layout="page"))
    assert newest(read("审查制度")).entries[0].url == "/disclosure/systems/"

    release.put_page(replace(PAGES[1], version=2, title="信息审查规程", html="<p>新文</p>"))
    assert (found("审查制度"), found("审查规程")) == ([], ["review-rules"])

    release.withdraw_page("review-rules", version=3)
    assert found("审查规程") == []


def test_of_each_year_the_current_edition_is_found(office):
    """A corrected figure is not found beside the one it replaced; a withdrawn correction gives the first one back."""
    year = f"{NAME}2023年政府信息公开工作年度报告"
    assert found(year) == [f"{AGENCY}:2023:2"]

    release.put_report(report(2023, edition=3, received=5, correction_note="再次更正。"))
    assert found(year) == [f"{AGENCY}:2023:3"]

    release.withdraw_report(AGENCY, year=2023, edition=3, version=2)
    assert found(year) == [f"{AGENCY}:2023:2"]


def test_what_is_rebuilt_equals_what_the_releases_wrote(office):
    """PUB-03: the index holds what the published projection gives, and nothing else."""
    release.put_item(replace(item(), files=(attachment("混凝土"),)))
    release.put_item(item(key=ITEM_2, title="将要撤下的办法", document_number=""))
    release.put_item(item(key=ITEM_3, title="将要改写的办法"))
    release.put_item(item(key=ITEM_3, version=2, title="改写了的办法"))
    release.withdraw_item(ITEM_2, version=2)
    release.withdraw_report(AGENCY, year=2023, edition=2, version=2)
    release.put_page(replace(PAGES[1], version=2, title="信息审查规程"))
    written = everything()

    call_command("rebuild_search", stdout=(said := StringIO()))

    rebuilt = everything()
    assert sorted(rebuilt[0]) == sorted(written[0])
    assert sorted(rebuilt[1]) == sorted(written[1])
    assert said.getvalue() == f"已重建检索：{len(written[0])} 条。\n"
    again = everything()
    call_command("rebuild_search", stdout=StringIO())
    assert everything() == again
    for typed in ("人民防空", "改写了", "混凝土", "审查规程", "2023年"):
        assert found(typed), typed
    assert (found("将要"), len(rebuilt[2])) == ([], len(written[2]))


def test_an_index_whose_numbers_do_not_tell_the_time_is_brought_forward(monkeypatch, office):
    """As a version before wrote it: moved in last, of an old day, it stood before everything."""
    before = itertools.count(1)
    monkeypatch.setattr(entries, "places", lambda moments: [next(before) for _ in moments])
    release.put_item(item(title="新近的防空办法"))
    release.put_item(item(key=ITEM_2, title="早年的防空办法", published_before="2004-05-06"))
    assert found("防空办法") == [ITEM_2, ITEM_1]
    monkeypatch.undo()

    projection.bring_forward()

    assert found("防空办法") == [ITEM_1, ITEM_2]
    kept = everything()
    projection.bring_forward()  # a second time there is nothing to do
    assert everything() == kept


def test_rebuilding_removes_what_should_not_be_there(office):
    from tests.portal.search.made import thing

    thing("stray", "没有发布的标题")
    entries.engines.of_this_database().put([(10**6, "没有条目的词\n", [])])

    call_command("rebuild_search", stdout=StringIO())

    engine = engines.of_this_database()
    for typed in ("没有发布", "没有条目"):
        question = engines.Question(read(typed).words)
        assert list(engine.numbers(question, below=None, batch=5)) == []
    assert "stray" not in keys(newest(read("标题")))

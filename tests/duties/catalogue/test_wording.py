"""表述词表: the office's own wrong words and names stand in the way of a release until mended or answered."""

import pytest

from gongkai.agencies.access import Refusal
from gongkai.agencies.powers import Power
from gongkai.duties.catalogue import actions
from gongkai.duties.catalogue.concerns import concerns
from gongkai.duties.catalogue.wording.actions import add_entry
from gongkai.duties.catalogue.wording.models import WordingEntry, WordingKind
from gongkai.duties.catalogue.wording.registers import WORDING
from gongkai.registers.actions import void
from gongkai.registers.importing import confirm, preview
from tests.duties.catalogue.editorial import Editorial
from tests.factories.people import a_person, an_agency

pytestmark = pytest.mark.django_db


_OPPOSED = "互相矛盾：照一条改了，另一条又说不对。请核对后只留一条，再重新上传"


def csv(*lines):
    return "\n".join(lines).encode()


@pytest.fixture
def editorial():
    return Editorial()


@pytest.fixture
def clerk(editorial):
    return editorial.keeper


def found(version):
    return [(each.where, each.found.shown, each.found.advice) for each in concerns(version)]


def test_a_wrong_word_of_the_office_is_found_until_the_entry_is_voided(editorial, clerk):
    version = editorial.draft(title="关于示列市试鸣的公告")
    assert found(version) == []

    entry = add_entry(wrong="示列市", right="示例市", remark="市名", by=clerk)

    assert found(version) == [("标题", "示列市", "应为“示例市”（市名）。")]
    with pytest.raises(Refusal, match="示列市"):
        actions.submit(version, by=editorial.clerk)
    version.refresh_from_db()
    assert version.stage == "drafting"

    void(entry, reason="市名写法已统一", by=clerk)
    assert found(version) == []


def test_a_longer_word_that_holds_the_wrong_one_is_right(editorial, clerk):
    add_entry(wrong="试呜", right="试鸣", unless="试呜呼", by=clerk)

    assert found(editorial.draft(title="试呜呼公告")) == []
    assert [shown for _, shown, _ in found(editorial.draft(title="试呜公告"))] == ["试呜"]


def test_a_name_written_with_one_other_character_is_found(editorial, clerk):
    add_entry(kind=WordingKind.NAME, right="示例市人民防空办公室", by=clerk)

    title = "示例市人民妨空办公室公告"
    assert [
        (shown, advice.partition("（")[0]) for _, shown, advice in found(editorial.draft(title=title))
    ] == [("示例市人民妨空办公室", "应为“示例市人民防空办公室”")]
    assert found(editorial.draft(title="示例市人民防空办公室公告")) == []


def test_the_list_of_one_agency_does_not_judge_another(editorial):
    elsewhere = a_person(an_agency(name="示例市教育局", short_name="市教育局"), Power.KEEP_REGISTERS)
    add_entry(wrong="示列市", right="示例市", by=elsewhere)

    assert found(editorial.draft(title="示列市公告")) == []


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"wrong": "", "right": "示例"}, "错误用词要写"),
        ({"wrong": "示例", "right": "示例"}, "相同"),
        ({"wrong": "列", "right": "例"}, "至少2个字"),
        ({"wrong": "示列", "right": "示例", "unless": "无关词"}, "除外词语“无关词”里没有“示列”"),
        ({"kind": "name", "wrong": "示列", "right": "示例市人民政府"}, "只写“正确写法”"),
        ({"kind": "name", "right": "甲示例"}, "至少4个字"),
    ],
)
def test_an_entry_that_cannot_be_used_is_refused(clerk, values, told):
    with pytest.raises(Refusal, match=told):
        add_entry(by=clerk, **values)

    assert not WordingEntry.objects.exists()


def test_two_entries_that_ask_for_the_opposite_of_each_other_are_refused(clerk):
    first = add_entry(wrong="示列市", right="示例市", by=clerk)

    for values in (
        {"wrong": "示例市", "right": "示列市"},
        {"wrong": "示利市", "right": "示列市"},
        {"wrong": "示例市", "right": "实例市"},
    ):
        with pytest.raises(Refusal, match="互相矛盾"):
            add_entry(**values, by=clerk)

    assert list(WordingEntry.objects.all()) == [first]


def test_a_name_that_is_listed_as_wrong_is_refused_and_the_other_way_round(clerk):
    add_entry(wrong="示例市民防办", right="示例市国动办", by=clerk)
    add_entry(kind=WordingKind.NAME, right="示例市发展改革局", by=clerk)

    with pytest.raises(Refusal, match="与已有的“示例市民防办 → 示例市国动办”互相矛盾"):
        add_entry(kind=WordingKind.NAME, right="示例市民防办", by=clerk)
    with pytest.raises(Refusal, match="与已有的“示例市发展改革局”互相矛盾"):
        add_entry(wrong="示例市发展改革局", right="示例市发改局", by=clerk)
    assert WordingEntry.objects.count() == 2


def test_rows_of_one_file_that_contradict_each_other_are_refused_with_the_numbers_of_both(clerk):
    """Neither is taken: which of them is meant, only the author knows. The others go in when these are left out."""
    data = csv(
        "错误写法,正确写法,词条种类",
        "示列市,示例市,错误用词",
        "试呜,试鸣,错误用词",
        "示例市,示列市,错误用词",
        "示利市,示列市,错误用词",
        "部暑,部署,错误用词",
    )

    run, plan = preview(WORDING, file_name="词表.csv", data=data, by=clerk)

    assert [(each.row, each.reason) for each in plan.problems] == [
        (2, f"与第4行“示例市 → 示列市”、第5行{_OPPOSED}"),
        (4, f"与第2行“示列市 → 示例市”{_OPPOSED}"),
        (5, f"与第2行“示列市 → 示例市”{_OPPOSED}"),
    ]
    assert (len(plan.add), run.to_add, run.refused) == (2, 2, 3)
    assert plan.sample[0] == (3, ["错误用词", "试呜", "试鸣"])  # a choice by its name
    with pytest.raises(Refusal, match="有3行不能导入"):
        confirm(WORDING, run, by=clerk)
    assert not WordingEntry.objects.exists()

    confirm(WORDING, run, by=clerk, skip_refused=True)
    assert set(WordingEntry.objects.values_list("wrong", flat=True)) == {"试呜", "部暑"}

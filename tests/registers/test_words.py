"""标题中的字: a word in the middle of a title is looked up in an index that the database keeps itself (P4)."""

import pytest
from django.apps import apps
from django.db import connection

from gongkai.desk.register_books import REGISTERS
from gongkai.duties.catalogue.models import InformationItem
from gongkai.registers import queries, words
from tests.factories.agencies import AgencyFactory
from tests.factories.registers import InformationItemFactory

pytestmark = pytest.mark.django_db
ITEMS = next(register for register in REGISTERS if register.model is InformationItem)
INDEXES = [each for app in apps.get_app_configs() for each in getattr(app, "words", ())]


def _titles(asked: str, agency) -> list[str]:
    found = queries.like(ITEMS, InformationItem.objects.filter(agency=agency), asked, agency=agency.pk)
    return sorted(found.values_list("title", flat=True))


@pytest.mark.parametrize("index", INDEXES, ids=lambda each: each.name)
def test_the_index_holds_all_that_the_columns_can(index):
    model = next(each for each in apps.get_models() if each._meta.db_table == index.table)

    assert sum(model._meta.get_field(name).max_length + 1 for name in index.columns) <= words.LONGEST
    assert words.index_of(model) == index


def test_a_word_is_found_wherever_it_stands_and_only_in_ones_own_agency():
    agency, other = AgencyFactory(), AgencyFactory()
    for title in ("关于人防工程的通知", "防空演练方案（2023年）", "WiFi 覆盖公告", "人员防护"):
        InformationItemFactory(agency=agency, title=title)
    InformationItemFactory(agency=other, title="关于人防工程的公告")

    assert _titles("人防", agency) == ["关于人防工程的通知"]
    assert _titles("防", agency) == ["人员防护", "关于人防工程的通知", "防空演练方案（2023年）"]
    assert _titles("（2023年）", agency) == ["防空演练方案（2023年）"]
    assert _titles("WiFi 覆盖", agency) == ["WiFi 覆盖公告"]
    assert _titles("通知", agency) == ["关于人防工程的通知"]
    for nothing in ("防工", "人防 工程", '"人防" OR 通知', "*", "%", "'", "a1", "\U0001f600"):
        assert _titles(nothing, agency) == (["关于人防工程的通知"] if nothing == "防工" else [])


def test_the_index_follows_what_is_changed_and_removed():
    item = InformationItemFactory(title="旧的标题")
    InformationItem.objects.filter(pk=item.pk).update(title="新的名称")

    assert _titles("旧的", item.agency) == []
    assert _titles("名称", item.agency) == ["新的名称"]
    InformationItem.objects.filter(pk=item.pk).delete()
    if connection.vendor == "sqlite":
        index = words.index_of(InformationItem)
        assert index.numbers("名称", agency=item.agency_id, using="default") == []


def test_where_too_many_hold_a_word_the_list_itself_is_read(monkeypatch):
    monkeypatch.setattr(words, "FEW", 1)
    agency = AgencyFactory()
    for number in range(3):
        InformationItemFactory(agency=agency, title=f"通知之{number}")

    assert len(_titles("通知", agency)) == 3

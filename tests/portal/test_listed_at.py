"""排列时间. What was moved in stands where its readers knew it; the lists go by index."""

from datetime import date
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connections
from django.utils import timezone

from gongkai.portal import queries, release
from gongkai.portal.models import ItemInColumn, PublishedColumn, PublishedItem
from gongkai.portal.payloads import ItemPayload
from gongkai.portal.presenters import facts_of_item
from tests.portal.items import NOTICES, item, key, released

pytestmark = pytest.mark.django_db(databases=["default", "public"])


@pytest.fixture
def old_and_new():
    old = item(1, title="旧站的公告", published_before="2019-03-05", duty="plans")
    released(old, item(2, title="新的公告", duty="plans"))
    return PublishedItem.objects.get(key=key(1)), PublishedItem.objects.get(key=key(2))


def titles(found) -> list[str]:
    return [each.title for each in found]


def plan(places) -> str:
    return places.explain()


def test_what_was_moved_in_is_listed_at_its_own_day_and_shows_both(old_and_new):
    old, _ = old_and_new
    column = PublishedColumn.objects.get(slug=NOTICES.slug)
    shown = {fact.label: fact.value for fact in facts_of_item(old)}

    assert titles(queries.items_of(column).items) == ["新的公告", "旧站的公告"]
    assert titles(queries.items_of_duty("plans").items) == ["新的公告", "旧站的公告"]
    assert titles(queries.latest(count=5))[:2] == ["新的公告", "旧站的公告"]
    assert shown["原发布日期"] == "2019-03-05"
    assert shown["发布时间"][:10] == timezone.localdate().isoformat()


def test_a_further_version_keeps_both_days(old_and_new):
    old, _ = old_and_new
    release.put_item(item(1, version=2, title="旧站的公告，改正", published_before="2019-03-05"))
    again = PublishedItem.objects.get(key=key(1))

    assert (again.listed_at, again.released_at, again.published_before) == (
        old.listed_at,
        old.released_at,
        date(2019, 3, 5),
    )
    assert ItemInColumn.objects.get(item=again).listed_at == again.listed_at


def test_a_list_is_read_from_its_index(old_and_new):
    """P14: the order of the index is that of the list, so that no list is sorted."""
    column = PublishedColumn.objects.get(slug=NOTICES.slug)
    if connections["public"].vendor != "sqlite":
        pytest.skip("PostgreSQL plans two rows without an index")
    for places, index in (
        (
            ItemInColumn.objects.filter(column=column).order_by("-listed_at", "-item"),
            "portal_items_of_column",
        ),
        (PublishedItem.objects.order_by("-listed_at", "-id"), "portal_item_latest"),
        (PublishedItem.objects.filter(duty="plans").order_by("-listed_at", "-id"), "portal_item_by_duty"),
    ):
        told = plan(places[:20])
        assert index in told
        assert "TEMP B-TREE" not in told


def test_a_message_of_an_older_desk_is_still_understood():
    told = item(1).as_json()
    del told["published_before"]

    assert ItemPayload.from_json(told).published_before == ""


def test_many_are_put_as_one_and_the_second_time_changes_nothing(old_and_new):
    stamp = queries.state()[0]
    many = [item(number, published_before="2018-01-02") for number in range(3, 9)]
    first = release.put_many(many)
    assert queries.state()[0] == stamp + 1
    again = release.put_many(many)

    assert first == again
    assert PublishedItem.objects.filter(published_before=date(2018, 1, 2)).count() == 6
    assert ItemInColumn.objects.count() == 8


def test_one_that_was_withdrawn_is_not_shown_again_by_a_batch(old_and_new):
    release.withdraw_item(key(1), version=5)
    answers = release.put_many([item(1, version=4), item(3)])

    assert [answer["withdrawn"] for answer in answers] == [True, False]
    assert set(PublishedItem.objects.values_list("key", flat=True)) == {key(2), key(3)}


def test_the_migration_lists_what_is_there_at_its_release(old_and_new):
    migration = import_module("gongkai.portal.migrations.0008_listed_at")
    PublishedItem.objects.update(listed_at=timezone.now())
    migration.list_at_the_release(apps, SimpleNamespace(connection=connections["public"]))

    for each in old_and_new:
        each.refresh_from_db()
        assert each.listed_at == each.released_at

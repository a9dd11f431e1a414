"""信息目录. What the database itself refuses, and the days of normative documents."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from gongkai.agencies.access import Refusal
from gongkai.audit.models import Entry
from gongkai.duties.catalogue import actions
from gongkai.duties.catalogue.models import Column, InformationItem, NormativeDocument
from gongkai.registers.actions import rectify
from tests.factories import registers as factories
from tests.factories.agencies import PersonFactory, keeper

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewed():
    """An item that the portal may show: another person reviewed exactly this content."""
    item = factories.InformationItemFactory()
    item.state, item.live = InformationItem.State.PUBLISHED, True
    item.author, item.reviewer = PersonFactory(agency=item.agency), PersonFactory(agency=item.agency)
    item.content_hash = item.reviewed_hash = "a" * 64
    item.save()
    return item


@pytest.mark.parametrize(
    "changed",
    [
        {"content_hash": "b" * 64},
        {"content_hash": "", "reviewed_hash": ""},
        {"reviewer": None},
        {"author": None},
        {"state": "registered"},
        {"state": "withdrawn"},
        {"attribute": "on_application"},
        {"attribute": "withheld"},
    ],
    ids=lambda changed: ",".join(f"{name}={value or 'none'}"[:30] for name, value in changed.items()),
)
def test_pub_01_the_database_refuses_live_content_nobody_else_reviewed(reviewed, changed):
    with pytest.raises(IntegrityError), transaction.atomic():
        InformationItem.objects.filter(pk=reviewed.pk).update(**changed)

    reviewed.refresh_from_db()
    assert (reviewed.live, reviewed.content_hash) == (True, "a" * 64)


def test_acl_04_the_database_refuses_an_author_who_reviews_himself(reviewed):
    with pytest.raises(IntegrityError), transaction.atomic():
        InformationItem.objects.filter(pk=reviewed.pk).update(reviewer=reviewed.author)

    reviewed.refresh_from_db()
    assert reviewed.reviewer != reviewed.author


def test_pub_10_a_registered_item_is_never_served():
    clerk = keeper()
    column = actions.open_column(by=clerk, name="通知公告")

    item = actions.register_item(by=clerk, title="公告", published_on=date(2023, 5, 8), main_column=column)

    assert (item.state, item.live) == ("registered", False)


def test_an_index_number_is_given_once():
    item = factories.InformationItemFactory(index_number="123456789/2023-00001")

    with pytest.raises(IntegrityError), transaction.atomic():
        factories.InformationItemFactory(agency=item.agency, index_number=item.index_number)

    assert InformationItem.objects.count() == 1


@pytest.mark.parametrize(
    ("lapses_on", "repealed_on", "ceased_on"),
    [
        (None, None, None),
        (date(2025, 12, 31), None, date(2026, 1, 1)),
        (None, date(2025, 3, 1), date(2025, 3, 1)),
        (date(2025, 12, 31), date(2025, 3, 1), date(2025, 3, 1)),
        (date(2024, 12, 31), date(2025, 3, 1), date(2025, 1, 1)),
    ],
)
def test_a_document_ceases_by_repeal_or_lapse_whichever_comes_first(lapses_on, repealed_on, ceased_on):
    document = factories.NormativeDocumentFactory(lapses_on=lapses_on, repealed_on=repealed_on)

    assert document.ceased_on == ceased_on


def test_a_repeal_before_the_issue_is_refused_and_nothing_is_kept():
    with pytest.raises(Refusal, match="早于印发日期"):
        actions.register_normative_document(
            by=keeper(),
            title="办法",
            document_number="示规〔2023〕1号",
            issued_on=date(2023, 4, 3),
            repealed_on=date(2023, 4, 2),
        )

    assert (NormativeDocument.objects.count(), Entry.objects.count()) == (0, 0)


def test_a_corrected_term_moves_the_day_it_ceases():
    clerk = keeper()
    document = factories.NormativeDocumentFactory(agency=clerk.agency, lapses_on=date(2025, 12, 31))

    rectify(document, changes={"lapses_on": date(2027, 12, 31)}, reason="延长有效期", by=clerk)

    document.refresh_from_db()
    assert document.ceased_on == date(2028, 1, 1)


def test_a_column_name_stands_once():
    clerk = keeper()
    actions.open_column(by=clerk, name="工作动态")

    with pytest.raises(Refusal, match="已有栏目“工作动态”"):
        actions.open_column(by=clerk, name="工作动态 ")

    assert Column.objects.count() == 1

"""谁在编辑: one person at a time, seen by the others, let go after half an hour or taken over."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.powers import Power
from gongkai.audit.models import Entry
from gongkai.duties.catalogue import actions
from gongkai.duties.catalogue.models import Version
from tests.duties.catalogue.editorial import Editorial
from tests.factories.people import a_person, enter

pytestmark = pytest.mark.django_db


@pytest.fixture
def editorial():
    made = Editorial()
    made.colleague = a_person(made.agency, Power.DRAFT_ITEMS, name="庚示例", section=made.section)
    return made


@pytest.fixture
def draft(editorial):
    return actions.take_up(editorial.draft(), by=editorial.clerk)


def body_of(draft):
    return Version.objects.get(pk=draft.pk).body


def test_a_second_editor_is_told_who_is_at_it_and_cannot_save(editorial, draft):
    before = body_of(draft)

    with pytest.raises(Refusal, match=r"甲示例正在编辑（\d\d:\d\d起）"):
        actions.take_up(draft, by=editorial.colleague)
    with pytest.raises(Refusal, match="您的改动还在这一页"):
        actions.write(draft, values={"body": "<p>抢先</p>"}, edits=draft.edits, by=editorial.colleague)

    assert body_of(draft) == before


def test_saving_lets_the_next_one_in(editorial, draft):
    actions.write(draft, values={"body": "<p>甲</p>"}, edits=draft.edits, by=editorial.clerk)

    taken = actions.take_up(draft, by=editorial.colleague)

    assert taken.editing_by == editorial.colleague


def test_taking_over_is_recorded_and_turns_the_first_one_away(editorial, draft):
    actions.take_up(draft, by=editorial.colleague, over=True)

    with pytest.raises(Refusal, match="庚示例正在编辑"):
        actions.write(draft, values={"body": "<p>甲</p>"}, edits=draft.edits, by=editorial.clerk)
    entry = Entry.objects.order_by("-sequence").first()
    assert entry.action == "catalogue.version.taken_up"
    assert json.loads(entry.detail) == {"from": editorial.clerk.public_id}


def test_a_forgotten_editor_lets_go_after_half_an_hour(editorial, draft):
    Version.objects.filter(pk=draft.pk).update(editing_since=timezone.now() - timedelta(minutes=30))

    actions.write(draft, values={"body": "<p>庚</p>"}, edits=draft.edits, by=editorial.colleague)

    assert body_of(draft) == "<p>庚</p>"


def test_the_page_offers_to_take_over_and_looking_takes_nothing(editorial, draft, client):
    enter(client, editorial.colleague)
    address = reverse("catalogue:write", args=[draft.public_id])

    page = client.get(address)

    assert "甲示例正在编辑" in page.content.decode()
    draft.refresh_from_db()
    assert draft.editing_by == editorial.clerk

    client.post(reverse("catalogue:take_up", args=[draft.public_id]), {"over": "1"})
    assert "正在编辑" not in client.get(address).content.decode()


def test_without_a_second_editor_nothing_is_said(editorial, client):
    version = editorial.draft()
    enter(client, editorial.colleague)

    answer = client.post(reverse("catalogue:take_up", args=[version.public_id]), follow=True)

    assert answer.redirect_chain == [(reverse("catalogue:write", args=[version.public_id]), 302)]
    assert "正在编辑" not in answer.content.decode()


def test_what_the_second_one_wrote_is_saved_with_the_taking_over(editorial, draft, client):
    desk = enter(client, editorial.colleague)
    address = reverse("catalogue:write", args=[draft.public_id])
    form = {
        "title": draft.title,
        "kind": draft.kind,
        "main_column": draft.main_column_id,
        "attribute": draft.attribute,
        "validity": draft.validity,
        "summary": "第二个人写的",
        "edits": draft.edits,
    }

    refused = desk.post(address, form).content.decode()
    assert "接手编辑并保存" in refused
    assert "第二个人写的" in refused
    draft.refresh_from_db()
    assert draft.summary == ""

    desk.post(address, form | {"over": "1"})
    draft.refresh_from_db()
    assert (draft.summary, draft.editing_by) == ("第二个人写的", None)

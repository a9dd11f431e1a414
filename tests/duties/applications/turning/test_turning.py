"""转主动公开 (条例第四十四条): a publishing task with a draft in which nothing of the applicant stands."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.powers import Power
from gongkai.audit.models import Entry
from gongkai.duties.applications.matters import actions as matters
from gongkai.duties.applications.turning import actions, queries, to_do
from gongkai.duties.applications.turning.models import Turning
from gongkai.duties.catalogue.models import Column, InformationItem
from tests.factories.agencies import keeper
from tests.factories.applications import application
from tests.factories.people import a_person, an_agency, enter

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return a_person(an_agency(), Power.KEEP_REGISTERS, Power.READ_REGISTERS, Power.DRAFT_ITEMS)


@pytest.fixture
def column(officer):
    return Column.objects.create(agency=officer.agency, name="其他信息", position=1)


@pytest.fixture
def case(officer):
    found = application(
        officer, applicant_name="欧阳示例", description="欧阳示例要的名录", matters=["欧阳示例要的工程名录"]
    )
    document = matters.list_document(
        found.matters.get(),
        title="2022年人防工程名录",
        document_number="示防〔2022〕5号",
        pages=12,
        by=officer,
    )
    matters.decide_pages(document, first=1, last=12, fate="disclosed", by=officer)
    kept = matters.list_document(found.matters.get(), title="内部签报", pages=1, by=officer)
    matters.decide_pages(kept, first=1, last=1, fate="withheld", ground="DELIBERATIVE", by=officer)
    return found


def counts():
    return (
        list(Turning.objects.values_list("state", "item")),
        InformationItem.objects.count(),
        Entry.objects.count(),
    )


def proposed(case, officer, **values):
    return actions.propose(
        case, **{"title": "2022年人防工程名录", "source": "applicant", "by": officer, **values}
    )


def test_the_draft_names_what_may_be_known_and_nothing_of_the_applicant(case, officer, column):
    turning = proposed(case, officer)

    version = actions.draft(turning, main_column=column, by=officer)

    assert version.body == "<p>《2022年人防工程名录》示防〔2022〕5号，共12页。</p>"
    assert version.stage == "drafting"
    item = InformationItem.objects.get()
    assert (item.live, item.state) == (False, "draft")
    texts = " ".join(str(value) for value in InformationItem.objects.values().get().values())
    assert "欧阳" not in texts + version.body
    turning.refresh_from_db()
    assert (turning.state, turning.item, turning.decided_by) == ("drafted", item, officer)


def test_a_matter_is_proposed_once_and_again_after_it_was_declined(case, officer):
    turning = proposed(case, officer)
    before = counts()
    with pytest.raises(Refusal, match="已经提出过"):
        proposed(case, officer)
    assert counts() == before

    actions.decline(turning, opinion="涉及安全", by=officer)
    assert proposed(case, officer).state == "proposed"


@pytest.mark.parametrize(
    ("values", "words"),
    [({"title": "  "}, "请写明"), ({"title": "字" * 201}, "最多200字"), ({"source": "rumour"}, "由来")],
)
def test_what_cannot_be_proposed_changes_nothing(case, officer, values, words):
    before = counts()

    with pytest.raises(Refusal, match=words):
        proposed(case, officer, **values)

    assert counts() == before


def test_who_may_not_draft_or_keep_changes_nothing(case, officer, column):
    turning = proposed(case, officer)
    clerk = keeper(agency=officer.agency)  # may not draft items
    before = counts()

    for act, words in (
        (lambda: actions.draft(turning, main_column=column, by=clerk), "起草信息"),
        (lambda: actions.draft(turning, main_column=column, by=keeper()), "其他机关"),
        (lambda: actions.decline(turning, opinion=" ", by=officer), "请写明原因"),
        (lambda: actions.decline(turning, opinion="不宜", by=keeper()), "其他机关"),
    ):
        with pytest.raises(Refusal, match=words):
            act()

    assert counts() == before
    actions.decline(turning, opinion="不宜", by=officer)
    with pytest.raises(Refusal, match="不转"):
        actions.draft(turning, main_column=column, by=officer)


def test_what_waits_stands_on_the_home_page_until_it_is_dealt_with(case, officer):
    turning = proposed(case, officer)
    today = timezone.localdate()

    [waiting] = to_do.waiting(officer, today)
    assert "2022年人防工程名录" in waiting.title
    assert list(to_do.waiting(keeper(), today)) == []
    actions.decline(turning, opinion="不宜", by=officer)
    assert list(to_do.waiting(officer, today)) == []


def test_from_the_case_to_the_draft_on_the_screen(case, officer, column):
    client = enter(Client(), officer)
    answer = client.post(
        reverse("turning:propose", args=[case.public_id]), {"title": "人防工程名录", "source": "officer"}
    )
    turning = Turning.objects.get()
    assert answer.url == reverse("turning:one", args=[turning.public_id])
    assert "承办人提出" in client.get(answer.url).content.decode()
    assert "人防工程名录" in client.get(reverse("turning:list")).content.decode()

    answer = client.post(reverse("turning:draft", args=[turning.public_id]), {"main_column": column.pk})

    assert "/catalogue/" in answer.url or "/items/" in answer.url
    assert queries.askers(case) == 0
    assert Turning.objects.get().state == "drafted"

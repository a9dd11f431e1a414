"""泄露排查 (PII-08): whose data and which things an account, an address or a time has touched."""

import time
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.models import Person
from gongkai.audit.models import Entry
from gongkai.desk.breach import affected
from gongkai.registers import actions as registers
from tests.duties.applications.letters.office import Office
from tests.factories.people import a_person, enter

pytestmark = pytest.mark.django_db
BREACH = reverse("desk:breach")


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def auditor(office):
    return a_person(office.agency, administrator=Person.Administrator.AUDIT)


def test_the_people_and_things_an_account_touched_are_listed_by_number(office, auditor, client):
    case, other = office.case(), office.case()
    registers.reveal(case, "applicant_name", reason="联系", by=office.clerk)
    enter(client, auditor)
    page = client.post(BREACH, {"actor": office.clerk.public_id}).content.decode()

    assert case.register_number in page
    assert other.register_number in page  # registered by the same account
    assert "张示例" not in page
    assert Entry.objects.filter(action="audit.breach_looked_into").count() == 1
    nobody = client.post(BREACH, {"actor": office.reviewer.public_id}).content.decode()
    assert "没有动过申请" in nobody


def test_an_address_and_a_time_narrow_it(office, auditor, client):
    case = office.case()
    last = Entry.objects.get(subject=f"applications.application:{case.public_id}", action__endswith="entered")
    enter(client, auditor)
    later = (timezone.localtime(last.at) + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")

    assert case.register_number not in client.post(BREACH, {"address": "192.0.2.7"}).content.decode()
    assert case.register_number not in client.post(BREACH, {"since": later}).content.decode()
    assert case.register_number in client.post(BREACH, {"since": "2020-01-01T00:00"}).content.decode()


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({}, "至少填一项"),
        ({"address": "nowhere"}, "不是网络地址"),
        ({"since": "x"}, "排查"),
        ({"since": "2026-02-02T00:00", "until": "2026-01-01T00:00"}, "早于"),
    ],
)
def test_what_cannot_be_looked_for_is_said_and_nothing_is_recorded(auditor, client, asked, words):
    enter(client, auditor)
    answer = client.post(BREACH, {"actor": "", **asked})

    assert words in answer.content.decode()
    assert not Entry.objects.filter(action="audit.breach_looked_into").exists()


@pytest.mark.prove
def test_a_million_entries_are_looked_through_in_time(office):
    """PII-08: five minutes at most."""
    now = timezone.now()
    made = (
        Entry(
            sequence=1_000_000 + number,
            at=now,
            actor=f"p{number % 50}",
            address="192.0.2.7",
            action="applications.application.read",
            subject=f"applications.application:{number % 20_000:020d}",
            algorithm="sm3",
            previous="0" * 64,
            digest="0" * 64,
        )
        for number in range(1_000_000)
    )
    Entry.objects.bulk_create(made, batch_size=5_000)
    begun = time.monotonic()
    found = affected(Entry.objects.filter(address="192.0.2.7"))

    assert found.entries == 1_000_000
    assert time.monotonic() - begun < 300

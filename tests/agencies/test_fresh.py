"""再次验证 (AUTH-10): who logs in how, and who may what, is changed only within five minutes of showing the second factor."""

import time

import pytest
import time_machine
from django.urls import reverse

from gongkai.agencies import second_factor
from gongkai.agencies.models import Person
from gongkai.audit.models import Entry
from gongkai.desk.gatekeeping import gate_of
from gongkai.desk.sessions import FRESH_SECONDS
from tests.agencies.test_log_in import SECRET, START, code_at
from tests.desk.addresses import every_address
from tests.factories.people import a_person, an_agency, enter

# Phone and mail of an account, its factors and links, roles: every address that changes one of them.
SENSITIVE = {
    *("agencies:add_person", "agencies:change_person", "agencies:account", "agencies:issue_link"),
    *("agencies:add_tenure", "agencies:end_tenure"),
    *("agencies:add_post", "agencies:post", "agencies:add_delegation", "agencies:end_delegation"),
}


@pytest.fixture
def security(db, settings):
    settings.DEMO = False
    with time_machine.travel(START - 300, tick=False):
        person = a_person(an_agency(), administrator=Person.Administrator.SECURITY)
        second_factor.bind(person, second_factor.Enrolment(SECRET), code_at(time.time()), by=person)
    return person


def test_every_sensitive_address_and_no_other_asks_again():
    found = {
        each.name
        for each in every_address()
        if (gate := gate_of(each.pattern.callback, each.name)) and gate.fresh
    }

    assert found == SENSITIVE


def test_after_five_minutes_every_one_of_them_asks_and_nothing_is_done(security, client):
    with time_machine.travel(START, tick=False):
        enter(client, security)
    people = Person.objects.count()
    sensitive = [each for each in every_address() if each.name in SENSITIVE]
    with time_machine.travel(START + FRESH_SECONDS + 1, tick=False):
        answers = {
            (each.name, way): getattr(client, way)(each.path())
            for each in sensitive
            for way in ("get", "post")
        }

    prove = reverse("agencies:prove")
    assert {key: answer["Location"].split("?")[0] for key, answer in answers.items()} == dict.fromkeys(
        answers, prove
    )
    assert Person.objects.count() == people


def test_a_right_code_leads_back_and_a_wrong_one_is_noted(security, client):
    add = reverse("agencies:add_person")
    with time_machine.travel(START, tick=False):
        enter(client, security)
    with time_machine.travel(START + FRESH_SECONDS + 1, tick=False):
        asked = client.get(add)["Location"]
        assert client.post(asked, {"code": "000000"}).status_code == 200
        assert Entry.objects.filter(action="session.refused").count() == 1
        assert client.get(add).status_code == 302
        right = client.post(asked, {"code": code_at(time.time())})
        assert right["Location"] == add
        assert client.get(add).status_code == 200
        elsewhere = client.post(f"{reverse('agencies:prove')}?next=https://example.com/", {"code": "1"})
        assert "example.com" not in elsewhere.headers.get("Location", "")


def test_within_five_minutes_nobody_is_asked(security, client):
    with time_machine.travel(START, tick=False):
        enter(client, security)
    with time_machine.travel(START + FRESH_SECONDS, tick=False):
        assert client.get(reverse("agencies:add_person")).status_code == 200

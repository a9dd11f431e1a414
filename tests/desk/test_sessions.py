"""会话. What ends one, on the server, and what the person is told (SES-01 to SES-06)."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.urls import reverse

from gongkai.agencies.actions import issue_one_time_link
from gongkai.agencies.actions.passwords import set_password
from gongkai.agencies.actions.people import disable_person
from gongkai.agencies.models import OneTimeLink, Person
from gongkai.audit.models import Entry
from tests.factories.people import a_person, an_agency, enter

HOME = reverse("desk:home")
START = 1_772_500_000


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def person(db, clock):
    return a_person(an_agency())


def is_in(client) -> bool:
    return client.get(HOME).status_code == 200


def through_demo_link(client, person):
    client.post(issue_one_time_link(person, purpose=OneTimeLink.Purpose.DEMO, by=None))


def test_fifteen_idle_minutes_end_the_session_and_the_person_is_told(client, person, clock):
    """SES-01."""
    enter(client, person)
    clock.shift(timedelta(minutes=15))
    assert is_in(client)

    clock.shift(timedelta(minutes=15, seconds=1))

    assert not is_in(client)
    assert "15分钟没有操作" in client.get(reverse("agencies:log_in")).content.decode()
    assert Entry.objects.get(action="session.ended").detail == '{"why":"idle"}'


def test_eight_hours_end_even_a_busy_session(client, person, clock):
    """SES-01."""
    enter(client, person)
    for _ in range(48):
        clock.shift(timedelta(minutes=10))
        assert is_in(client)

    clock.shift(1)

    assert not is_in(client)


def test_the_session_id_is_new_after_every_step_of_the_log_in(client, person):
    """SES-02."""
    client.get(reverse("agencies:log_in"))
    address = issue_one_time_link(person, purpose=OneTimeLink.Purpose.INVITATION, by=None)
    seen = []

    client.post(address)
    seen.append(client.cookies[settings.SESSION_COOKIE_NAME].value)
    given = {"password": "Hulu-27-Tengman-xiaoyuan", "again": "Hulu-27-Tengman-xiaoyuan"}
    client.post(reverse("agencies:new_password"), given)
    seen.append(client.cookies[settings.SESSION_COOKIE_NAME].value)
    through_demo_link(client, person)
    seen.append(client.cookies[settings.SESSION_COOKIE_NAME].value)

    assert len(set(seen)) == 3
    assert Session.objects.filter(session_key__in=seen[:2]).count() == 0


def test_logging_out_ends_the_session_on_the_server(client, person):
    """SES-03, SES-06."""
    through_demo_link(client, person)
    stolen = client.__class__()
    stolen.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert is_in(stolen)

    answer = client.post(reverse("agencies:log_out"))

    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert not is_in(client)
    assert not is_in(stolen)
    assert Entry.objects.filter(action="session.ended", actor=person.public_id).count() == 1


def test_a_disabled_account_is_out_at_its_next_request(client, person):
    """SES-03."""
    administrator = a_person(person.agency, name="吴安全", administrator="security")
    enter(client, person)

    disable_person(person, reason="调离", by=administrator)

    assert not is_in(client)


def test_a_new_password_ends_the_sessions_there_are(client, person):
    """SES-03."""
    enter(client, person)

    set_password(Person.objects.get(pk=person.pk), "Hulu-27-Tengman-xiaoyuan", by=person)

    assert not is_in(client)


def test_the_older_of_two_sessions_ends_and_both_are_told(client, person):
    """SES-05."""
    older, newer = client, client.__class__()
    through_demo_link(older, person)

    through_demo_link(newer, person)

    assert "另一处的登录没有退出" in newer.get(HOME).content.decode()
    assert not is_in(older)
    assert "已在别处登录" in older.get(reverse("agencies:log_in")).content.decode()
    assert is_in(newer)


def test_a_forced_log_in_without_the_live_mark_opens_nothing(client, person):
    """AUTH-05: what any other way of logging in would produce."""
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")

    assert not is_in(client)


def test_a_session_cookie_with_control_characters_is_nobody_s(client, person):
    """INP-05: a NUL in the key was an error of the database on PostgreSQL."""
    client.cookies[settings.SESSION_COOKIE_NAME] = "\x00aaaaaaaaaaaaaaaa"

    assert client.get(HOME).status_code == 302

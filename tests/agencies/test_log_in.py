"""登录. Password, code, lock-out, links and what is written down about each (AUTH-03 to AUTH-09, AUD-01)."""

import re
import time
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import hotp_value
from django.contrib.auth.hashers import MD5PasswordHasher
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies import second_factor
from gongkai.agencies.access import Refusal
from gongkai.agencies.actions import issue_one_time_link
from gongkai.agencies.actions.people import unlock_person
from gongkai.agencies.actions.sign_in import disable_unused
from gongkai.agencies.desk.log_in import WRONG
from gongkai.agencies.models import OneTimeLink, Person
from gongkai.audit.models import Entry
from tests.factories.people import a_person, an_agency

PASSWORD = "Hulu-27-Tengman-xiaoyuan"
NEW_PASSWORD = "Mizhou#88-Doufuru-Qingcai"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
START = 1_772_500_000 // 30 * 30  # 2026-03-03, at the beginning of a time step
HOME, LOG_IN = reverse("desk:home"), reverse("agencies:log_in")


def code_at(seconds: float) -> str:
    return f"{hotp_value(SECRET, int(seconds) // 30):06d}"


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def person(db, clock):
    """A person with a password and an authenticator, bound five minutes ago."""
    clock.shift(-300)
    person = a_person(an_agency(), name="林承办")
    person.set_password(PASSWORD)
    person.password_changed_at = timezone.now()
    person.save()
    codes = second_factor.bind(person, second_factor.Enrolment(SECRET), code_at(time.time()), by=person)
    person.recovery_code = codes[0]
    clock.shift(300)
    return person


def give_password(client, person, password=PASSWORD, **more):
    return client.post(LOG_IN, {"username": person.username, "password": password}, **more)


def give_code(client, code):
    return client.post(reverse("agencies:factor"), {"code": code})


def is_in(client) -> bool:
    return client.get(HOME).status_code == 200


def entries(action):
    return Entry.objects.filter(action=action)


def test_password_and_code_open_the_desk_and_leave_one_entry(client, person, clock):
    """AUTH-05, AUD-01."""
    first = give_password(client, person, REMOTE_ADDR="192.0.2.7")
    second = client.post(reverse("agencies:factor"), {"code": code_at(START)}, REMOTE_ADDR="192.0.2.7")

    assert (first.url, second.url) == (reverse("agencies:factor"), HOME)
    assert is_in(client)
    entry = entries("session.started").get()
    assert (entry.actor, entry.address, entry.result) == (person.public_id, "192.0.2.7", "done")
    assert entry.at == timezone.now()


def test_the_password_alone_opens_nothing(client, person):
    """AUTH-05."""
    give_password(client, person)

    assert not is_in(client)
    assert entries("session.started").count() == 0


def test_a_code_opens_the_desk_once(client, person, clock):
    """AUTH-06."""
    give_password(client, person)
    give_code(client, code_at(START))
    client.post(reverse("agencies:log_out"))
    give_password(client, person)

    again = give_code(client, code_at(START))

    assert again.status_code == 200
    assert not is_in(client)


@pytest.mark.parametrize(("seconds", "good"), [(-61, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_code_is_good_for_its_own_half_minute_and_one_on_either_side(client, person, clock, seconds, good):
    """AUTH-06."""
    give_password(client, person)

    give_code(client, code_at(START + seconds))

    assert is_in(client) is good


def test_a_recovery_code_stands_for_the_telephone_once(client, person):
    give_password(client, person)
    give_code(client, person.recovery_code)
    assert is_in(client)
    client.post(reverse("agencies:log_out"))

    give_password(client, person)
    give_code(client, person.recovery_code)

    assert not is_in(client)


def test_the_secret_of_the_second_factor_is_not_in_the_database_in_plain(person):
    bound = Authenticator.objects.get(user=person, type="totp")

    assert SECRET not in str(bound.data)
    assert second_factor.SealedAdapter().decrypt(bound.data["secret"]) == SECRET


def answers_of(client, person):
    """What a wrong password, an unknown name and a locked account are answered."""
    wrong = give_password(client, person, password="wrong", REMOTE_ADDR="192.0.2.1")
    unknown = client.post(LOG_IN, {"username": "nobody", "password": PASSWORD}, REMOTE_ADDR="192.0.2.2")
    for _ in range(5):
        give_password(client, person, password="wrong", REMOTE_ADDR="192.0.2.3")
    locked = give_password(client, person, REMOTE_ADDR="192.0.2.3")
    return wrong, unknown, locked


def test_a_wrong_password_an_unknown_name_and_a_locked_account_get_the_same_answer(client, person):
    """AUTH-03."""
    pages = []
    for answer in answers_of(client, person):
        assert answer.status_code == 200
        text = answer.content.decode()
        assert WRONG in text
        pages.append(re.sub(r'value="[^"]*"', "", text))

    assert pages[0] == pages[1] == pages[2]


def test_every_failure_costs_exactly_one_hashing(client, person, monkeypatch):
    """AUTH-03: the same work is the same time; measured as hashings, which no busy machine can blur."""
    worked = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda self, *given: worked.append(1) or encode(self, *given)
    )

    def cost(*given, **more):
        worked.clear()
        give_password(*given, **more)
        return len(worked)

    wrong = cost(client, person, password="wrong", REMOTE_ADDR="192.0.2.1")
    stranger = Person(username="nobody")
    unknown = cost(client, stranger, REMOTE_ADDR="192.0.2.2")
    for _ in range(5):
        give_password(client, person, password="wrong", REMOTE_ADDR="192.0.2.3")
    locked = cost(client, person, REMOTE_ADDR="192.0.2.3")
    Person.objects.filter(pk=person.pk).update(is_active=False)
    disabled = cost(client, person, REMOTE_ADDR="192.0.2.4")

    assert (wrong, unknown, locked, disabled) == (1, 1, 1, 1)


def test_five_failures_lock_the_account_for_fifteen_minutes(client, person, clock):
    """AUTH-03."""
    for _ in range(5):
        give_password(client, person, password="wrong")

    assert give_password(client, person).status_code == 200
    clock.shift(timedelta(minutes=15, seconds=1))
    assert give_password(client, person).status_code == 302


def test_four_failures_lock_nothing(client, person):
    """AUTH-03."""
    for _ in range(4):
        give_password(client, person, password="wrong")

    assert give_password(client, person).status_code == 302


def test_wrong_codes_count_towards_the_same_lock(client, person):
    """AUTH-03."""
    give_password(client, person)
    for _ in range(5):
        give_code(client, "000000")

    give_code(client, code_at(START))

    assert not is_in(client)
    assert entries("session.refused").filter(detail__contains="second_factor").count() == 6


def test_a_lock_from_one_address_shuts_nobody_out_at_another(client, person):
    """AUTH-04."""
    for _ in range(6):
        give_password(client, person, password="wrong", REMOTE_ADDR="192.0.2.66")

    assert give_password(client, person, REMOTE_ADDR="192.0.2.7").status_code == 302


def test_addresses_of_one_ipv6_network_count_as_one(client, person):
    """AUTH-04."""
    for number in range(5):
        give_password(client, person, password="wrong", REMOTE_ADDR=f"2001:db8:1:2::{number}")

    assert give_password(client, person, REMOTE_ADDR="2001:db8:1:2::99").status_code == 200
    assert give_password(client, person, REMOTE_ADDR="2001:db8:1:3::1").status_code == 302


def test_the_security_administrator_unlocks_and_it_is_written_down(client, person):
    """AUTH-04."""
    administrator = a_person(person.agency, name="吴安全", administrator="security")
    for _ in range(5):
        give_password(client, person, password="wrong")

    unlock_person(person, reason="本人当面说明", by=administrator)

    assert give_password(client, person).status_code == 302
    entry = entries("person.unlocked").get()
    assert (entry.actor, entry.reason) == (administrator.public_id, "本人当面说明")


def test_a_failure_is_written_down_without_what_was_typed(client, person):
    """AUD-01."""
    client.post(LOG_IN, {"username": "Hulu-27-my-password", "password": "x"}, REMOTE_ADDR="192.0.2.7")

    entry = entries("session.refused").get()
    assert (entry.actor, entry.address, entry.result, entry.subject) == ("system", "192.0.2.7", "refused", "")
    assert "Hulu" not in f"{entry.detail}{entry.reason}"


def test_nobody_exists_before_somebody_is_made(db):
    """AUTH-07: migrations leave no account behind, so there is no default password to try."""
    assert Person.objects.count() == 0


def test_the_invitation_link_leads_through_password_and_authenticator_into_the_desk(client, db, clock):
    """AUTH-07."""
    person = a_person(an_agency(), name="林承办")
    address = issue_one_time_link(person, purpose=OneTimeLink.Purpose.INVITATION, by=None)

    assert client.get(address).status_code == 200
    assert client.post(address).url == reverse("agencies:new_password")
    given = {"password": PASSWORD, "again": PASSWORD}
    assert client.post(reverse("agencies:new_password"), given).url == reverse("agencies:enrol")
    page = client.get(reverse("agencies:enrol")).content.decode()
    secret = re.search(r'class="secret">([A-Z2-7=]+)<', page).group(1)
    code = f"{hotp_value(secret, int(time.time()) // 30):06d}"
    codes = client.post(reverse("agencies:enrol"), {"code": code})

    assert codes.content.decode().count("<li>") >= 10
    assert is_in(client)
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    assert second_factor.is_bound(person)


def test_a_link_works_once(client, person):
    """AUTH-08."""
    address = issue_one_time_link(person, purpose=OneTimeLink.Purpose.PASSWORD, by=None)
    client.post(address)
    thief = client.__class__()

    assert thief.post(address).url == LOG_IN
    assert thief.get(reverse("agencies:new_password")).status_code == 302


def test_a_link_lives_thirty_minutes(client, person, clock):
    """AUTH-08."""
    address = issue_one_time_link(person, purpose=OneTimeLink.Purpose.PASSWORD, by=None)

    clock.shift(timedelta(minutes=29, seconds=59))
    assert client.get(address).status_code == 200
    clock.shift(1)
    assert client.get(address).status_code == 302
    assert client.post(address).url == LOG_IN
    assert OneTimeLink.objects.get(purpose="password").used_at is None


def test_a_newer_link_ends_the_older_one(client, person):
    older = issue_one_time_link(person, purpose=OneTimeLink.Purpose.PASSWORD, by=None)
    issue_one_time_link(person, purpose=OneTimeLink.Purpose.PASSWORD, by=None)

    assert client.get(older).status_code == 302


def test_the_token_has_enough_bits_and_only_its_digest_is_kept(person):
    address = issue_one_time_link(person, purpose=OneTimeLink.Purpose.PASSWORD, by=None)
    token = address.rstrip("/").rpartition("/")[2]

    assert len(token) * 6 >= 128
    kept = OneTimeLink.objects.values_list("digest", flat=True)
    assert token not in " ".join(kept)
    assert token not in " ".join(Entry.objects.values_list("detail", flat=True))


def test_a_reset_ends_the_other_sessions_and_still_asks_for_the_code(client, person, clock):
    """AUTH-08, SES-03."""
    other = client.__class__()
    give_password(other, person)
    give_code(other, code_at(START))
    assert is_in(other)
    address = issue_one_time_link(person, purpose=OneTimeLink.Purpose.PASSWORD, by=None)

    client.post(address)
    after = client.post(reverse("agencies:new_password"), {"password": NEW_PASSWORD, "again": NEW_PASSWORD})

    assert after.url == LOG_IN
    assert not is_in(client)
    assert not is_in(other)
    assert give_password(client, person, password=NEW_PASSWORD).url == reverse("agencies:factor")
    assert not is_in(client)
    clock.shift(30)
    give_code(client, code_at(time.time()))
    assert is_in(client)


def test_a_password_that_breaks_the_rules_is_not_set(client, person):
    client.post(issue_one_time_link(person, purpose=OneTimeLink.Purpose.PASSWORD, by=None))

    answer = client.post(
        reverse("agencies:new_password"), {"password": "Password123!", "again": "Password123!"}
    )

    assert answer.status_code == 200
    assert "常见口令" in answer.content.decode()
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_a_new_telephone_is_bound_only_after_the_password(client, person, clock):
    """AUTH-08."""
    client.post(issue_one_time_link(person, purpose=OneTimeLink.Purpose.SECOND_FACTOR, by=None))
    assert client.get(reverse("agencies:enrol")).status_code == 302

    assert give_password(client, person).url == reverse("agencies:enrol")
    page = client.get(reverse("agencies:enrol")).content.decode()
    secret = re.search(r'class="secret">([A-Z2-7=]+)<', page).group(1)
    client.post(reverse("agencies:enrol"), {"code": f"{hotp_value(secret, int(time.time()) // 30):06d}"})

    assert is_in(client)
    assert (
        second_factor.SealedAdapter().decrypt(Authenticator.objects.get(type="totp").data["secret"]) == secret
    )


def test_a_demo_link_logs_straight_in_and_says_so(client, person):
    """AUTH-05: the exception of demo mode."""
    address = issue_one_time_link(person, purpose=OneTimeLink.Purpose.DEMO, by=None)

    assert "代替口令和验证码" in client.get(address).content.decode()
    assert not is_in(client)
    client.post(address)

    assert is_in(client)
    assert entries("session.started").get().detail == '{"how":"demo_link"}'


def test_there_is_no_demo_link_in_production(client, person, settings):
    """AUTH-05."""
    made_before = issue_one_time_link(person, purpose=OneTimeLink.Purpose.DEMO, by=None)
    settings.DEMO = False

    with pytest.raises(Refusal, match="演示模式"):
        issue_one_time_link(person, purpose=OneTimeLink.Purpose.DEMO, by=None)
    client.post(made_before)
    assert not is_in(client)


def test_opening_a_link_uses_nothing_up(client, person):
    """WEB-03."""
    address = issue_one_time_link(person, purpose=OneTimeLink.Purpose.PASSWORD, by=None)

    client.get(address)
    client.get(address)

    assert OneTimeLink.objects.get(purpose="password").used_at is None


def test_an_expired_password_is_renewed_after_the_code_and_before_the_desk(client, person, clock):
    """AUTH-01."""
    Person.objects.filter(pk=person.pk).update(
        password_changed_at=timezone.now() - timedelta(days=91), last_seen_at=timezone.now()
    )

    give_password(client, person)
    answer = give_code(client, code_at(START))

    assert answer.url == reverse("agencies:new_password")
    assert not is_in(client)
    client.post(answer.url, {"password": NEW_PASSWORD, "again": NEW_PASSWORD})
    assert is_in(client)


def test_an_account_unused_for_ninety_days_is_disabled_at_its_next_log_in(client, person, clock):
    """AUTH-09."""
    clock.shift(timedelta(days=90, seconds=1))

    answer = give_password(client, person)

    assert WRONG in answer.content.decode()
    person.refresh_from_db()
    assert not person.is_active
    assert entries("person.disabled").get().reason == "90天没有使用"


def test_unused_accounts_are_disabled_without_waiting_for_a_log_in(person, clock):
    """AUTH-09."""
    used = a_person(person.agency, name="王常用", last_seen_at=timezone.now() + timedelta(days=60))
    clock.shift(timedelta(days=90, seconds=1))

    assert disable_unused() == 1

    assert not Person.objects.get(pk=person.pk).is_active
    assert Person.objects.get(pk=used.pk).is_active


def test_a_log_in_goes_on_to_the_page_asked_for_and_to_no_foreign_site(client, person, clock):
    client.post(f"{LOG_IN}?next=/account/", {"username": person.username, "password": PASSWORD})
    assert give_code(client, code_at(START)).url == "/account/"
    client.post(reverse("agencies:log_out"))
    clock.shift(60)

    client.post(f"{LOG_IN}?next=//evil.example/", {"username": person.username, "password": PASSWORD})
    assert give_code(client, code_at(time.time())).url == HOME

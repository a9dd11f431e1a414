"""日历订阅: a secret address that can be revoked, a file that calendars read, and how often it may be read."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from lxml import html

from gongkai.agencies.models import CalendarAddress, Person
from gongkai.agencies.powers import Power
from gongkai.agencies.to_do import ToDo
from gongkai.audit.models import Entry
from gongkai.desk.calendar_file import calendar_file, folded
from tests.factories.people import a_person, an_agency, enter
from tests.factories.registers import ColumnFactory, InformationItemFactory

NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _nobody_counted():
    cache.clear()
    yield
    cache.clear()


def read(data: bytes) -> list[dict[str, str]]:
    """The events of a file, by a reader of our own that holds it to RFC 5545."""
    assert data.endswith(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    text = data.decode()
    lines = text.replace("\r\n ", "").split("\r\n")[:-1]
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert "VERSION:2.0" in lines
    assert any(line.startswith("PRODID:") for line in lines)
    events: list[dict[str, str]] = []
    for line in lines[1:-1]:
        name, _, value = line.partition(":")
        assert re.fullmatch(r"[A-Z-]+(;[A-Z-]+=[A-Z]+)*", name), line
        if line == "BEGIN:VEVENT":
            events.append({})
        elif line != "END:VEVENT" and events:
            key = name.split(";")[0]
            assert key not in events[-1], line
            events[-1][key] = re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], value)
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == len(events)
    assert all({"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY"} <= set(event) for event in events)
    assert len({event["UID"] for event in events}) == len(events)
    return events


def written(*to_dos: ToDo) -> list[dict[str, str]]:
    return read(calendar_file(to_dos, name="待办", desk="https://desk.example.gov.cn", now=NOW))


def test_a_thing_to_do_is_an_event_of_its_day():
    (event,) = written(ToDo("栏目", "工作动态", "/upkeep/columns/1/", date(2026, 12, 31), "每2周"))

    assert event["SUMMARY"] == "栏目：工作动态"
    assert (event["DTSTART"], event["DTEND"]) == ("20261231", "20270101")
    assert event["DESCRIPTION"] == "每2周"
    assert event["URL"] == "https://desk.example.gov.cn/upkeep/columns/1/"
    assert event["DTSTAMP"] == "20261125T020000Z"


def test_what_the_format_would_take_for_its_own_signs_comes_back_as_it_was():
    words = "甲,乙;丙\\丁\nBEGIN:VEVENT\r\nEND:VCALENDAR　" + "很长的标题" * 30

    (event,) = written(ToDo("信息", words, "/1", date(2026, 12, 1)))

    assert event["SUMMARY"] == "信息：" + words.replace("\r\n", "\n")


@pytest.mark.parametrize("text", ["a" * 75, "a" * 76, "字" * 25, "字" * 26, "😀" * 40, "a" * 74 + "字", ""])
def test_folding_keeps_every_character_whole_within_75_octets(text):
    lines = folded(text).split(b"\r\n")

    assert all(len(line) <= 75 for line in lines)
    assert all(line.decode() is not None for line in lines)
    assert folded(text).replace(b"\r\n ", b"").decode() == text + "\r\n"


def test_the_same_thing_keeps_its_uid_when_its_day_moves_and_stands_once():
    first = written(ToDo("栏目", "工作动态", "/1", date(2026, 12, 1)))
    moved = written(
        ToDo("栏目", "工作动态　更新", "/1", date(2026, 12, 9)),
        ToDo("栏目", "又一次", "/1", date(2026, 12, 9)),
    )

    assert [event["UID"] for event in moved] == [first[0]["UID"]]


def test_what_has_no_day_is_no_event():
    assert written(ToDo("信息", "待审", "/1")) == []


@pytest.fixture
def office(db):
    agency = an_agency()
    owner = a_person(agency, Power.DRAFT_ITEMS, name="甲示例", email="jia@example.gov.cn")
    column = ColumnFactory(agency=agency, name="工作动态", column_class="news", owner=owner)
    InformationItemFactory(agency=agency, main_column=column, published_on=date(2026, 11, 20))
    return owner


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as moving:
        yield moving


def issue(client, person) -> str:
    """The path of the address, as the page shows it this once."""
    enter(client, person)
    answer = client.post(reverse("agencies:calendar"), {"what": "issue"})
    assert "no-store" in answer["Cache-Control"]
    (address,) = html.fromstring(answer.content.decode()).xpath("//input[@id='address']/@value")
    return address.partition("8001")[2]


def anonymous(path, **more):
    return Client(SERVER_NAME="127.0.0.1").get(path, **more)


def test_the_address_gives_the_persons_dated_things_without_a_log_in_and_nobodys_name(office, client, clock):
    path = issue(client, office)

    answer = anonymous(path)

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    assert read(answer.content) == []  # nine days are left
    clock.move_to(NOW + timedelta(days=8))
    (event,) = read(anonymous(path).content)
    assert (event["SUMMARY"], event["DTSTART"]) == ("栏目：工作动态　13天没有更新", "20261204")
    for personal in ("甲示例", "jia@", office.username):
        assert personal not in answer.content.decode()


def test_the_address_is_shown_once_and_kept_as_a_digest(office, client, clock):
    path = issue(client, office)
    token = path.rpartition("/")[2].removesuffix(".ics")

    assert token not in client.get(reverse("agencies:calendar")).content.decode()
    assert len(token) >= 43
    assert token not in str(CalendarAddress.objects.values().get())
    assert token not in str(list(Entry.objects.values()))


def test_a_new_address_ends_the_old_and_revoking_ends_it_all(office, client, clock):
    old = issue(client, office)
    new = issue(client, office)
    assert [anonymous(path).status_code for path in (old, new)] == [404, 200]

    client.post(reverse("agencies:calendar"), {"what": "revoke"})

    assert [anonymous(path).status_code for path in (old, new)] == [404, 404]


def test_the_address_of_somebody_who_left_gives_nothing(office, client, clock):
    path = issue(client, office)
    Person.objects.filter(pk=office.pk).update(is_active=False)

    assert anonymous(path).status_code == 404


def test_twelve_readings_an_hour_are_given_and_the_thirteenth_must_wait(office, client, clock):
    path = issue(client, office)
    assert {anonymous(path).status_code for _ in range(12)} == {200}

    answer = anonymous(path)

    assert (answer.status_code, answer["Retry-After"]) == (429, "3601")
    clock.move_to(NOW + timedelta(hours=1, seconds=1))
    assert anonymous(path).status_code == 200


def test_who_tries_addresses_is_stopped_and_others_are_not(office, client, clock):
    path = issue(client, office)
    answers = [anonymous(f"/calendar/{'x' * 43}{number}.ics").status_code for number in range(31)]

    assert answers == [404] * 30 + [429]
    assert anonymous(path, REMOTE_ADDR="203.0.113.9").status_code == 200


def test_the_first_reading_of_a_day_and_one_from_a_new_place_go_on_record(office, client, clock):
    path = issue(client, office)

    def recorded():
        return list(Entry.objects.filter(action="calendar.read").values_list("actor", "address"))

    anonymous(path)
    anonymous(path)
    assert recorded() == [(office.public_id, "127.0.0.1")]
    anonymous(path, REMOTE_ADDR="203.0.113.9")
    clock.move_to(NOW + timedelta(days=1))
    anonymous(path, REMOTE_ADDR="203.0.113.9")
    assert [address for _, address in recorded()] == ["127.0.0.1", "203.0.113.9", "203.0.113.9"]


def test_a_head_request_and_no_other_is_answered(office, client, clock):
    path = issue(client, office)

    assert Client(SERVER_NAME="127.0.0.1").head(path).status_code == 200
    assert Client(SERVER_NAME="127.0.0.1").post(path).status_code == 405

"""INP-04 on the desk: every parameter that its pages read, every field of its forms, every part of its addresses."""

import contextlib

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.test import Client
from django.urls import reverse
from lxml import html

from gongkai.agencies.models import Person
from gongkai.agencies.powers import ADMINISTRATION, Power
from tests.audit.acts import ACTS, House
from tests.desk.addresses import every_address
from tests.desk.test_administration import content_of_the_tables
from tests.factories.people import a_person, enter
from tests.probing import SHORT, Probe, one_of_each

pytestmark = pytest.mark.django_db(databases=["default", "public"])
URLCONF = "gongkai.config.urls_desk"
_ORDINARY = [power for power in Power if power.value not in ADMINISTRATION]
# What ends the session of whoever presses it, or changes what he logs in with, ends the probing too.
_LEAVING = ("agencies:log_out", "agencies:own_account", "agencies:new_password", "agencies:enrol")
_BUSY = ("agencies:log_in", "agencies:factor")  # lock-out and hashing of passwords: tested with the log-in


@pytest.fixture
def house(settings, tmp_path, monkeypatch):
    monkeypatch.setattr("os.fsync", lambda handle: None)  # proved in tests/gateways
    settings.FILES_FOLDER, settings.PUBLIC_FILES_FOLDER = tmp_path / "files", tmp_path / "public-files"
    return House()


def probe_of(person: Person) -> Probe:
    client = enter(Client(SERVER_NAME="127.0.0.1", raise_request_exception=False), person)
    return Probe(
        lambda address, data: (
            client.get(address) if data is None else client.post(address, data, follow=False)
        )
    )


def own_addresses() -> list[str]:
    """Of every pattern, with made-up numbers: most are answered with “not found”, after the numbers were looked up."""
    return [
        each.path() for each in every_address() if not each.is_closed and each.name not in (*_LEAVING, *_BUSY)
    ]


def crawled(probe: Probe, *, most: int = 400) -> list[str]:
    """What can be reached by links from the home page."""
    seen, waiting = set(), ["/"]
    while waiting and len(seen) < most:
        address = waiting.pop(0)
        if address in seen:
            continue
        seen.add(address)
        answer = probe.send(address, None)
        if answer.status_code == 200 and answer.get("Content-Type", "").startswith("text/html"):
            links = (link.partition("#")[0] for link in html.fromstring(answer.getvalue()).xpath("//a/@href"))
            waiting += [link for link in links if link.startswith("/") and link not in seen]
    return sorted(seen)


def test_a_few_payloads_in_every_list_do_nothing(house):
    """INP-04: the pages without arguments, all their parameters at once; nothing is changed by reading."""
    probe = probe_of(a_person(house.agency, *_ORDINARY))
    addresses = [each for each in own_addresses() if "0" * 20 not in each and "2026" not in each]
    before = content_of_the_tables()
    for address in addresses[::3]:  # the others are in `make prove`
        probe.query(address, ("mixed",), together=True)

    assert probe.faults == []
    assert content_of_the_tables() == before
    assert len(probe.parameters) >= 10


def _a_full_office(house: House) -> None:
    """One of most kinds of things, made by the acts of the audit trail's own test."""
    for action in sorted(ACTS):
        act = ACTS[action]
        if act.by in ("keeper", "turner", "") and act.founded and not action.startswith("agency."):
            # Some want the office as it was, and leave nothing then; the others are enough.
            with contextlib.suppress(Exception), transaction.atomic():
                act.make(house)


@pytest.mark.prove
def test_every_payload_in_every_parameter_does_nothing(house):
    """INP-04: each alone and all at once, on every page that links lead to, for an officer with every power and for the
    three administrators; then every field of every form, taken back after each."""
    _a_full_office(house)
    people = [a_person(house.agency, *_ORDINARY), house.system, house.security, house.audit]
    asked, parameters, faults = 0, set(), []
    for person in people:
        probe = probe_of(person)
        left = {reverse(name) for name in _LEAVING if not name.endswith("enrol")}
        reached = one_of_each(
            {each for each in (*crawled(probe), *own_addresses()) if each not in left},
            URLCONF,
            telling=("book",),
        )
        before = content_of_the_tables()
        for address in reached:
            probe.query(address, together=True)
            probe.query(address, SHORT)
            probe.path(address, ("boolean", "path"))
        assert content_of_the_tables() == before
        for address in reached:
            probe.forms(address, SHORT)
            probe.forms(address, together=True)
        asked, parameters = asked + probe.asked, parameters | probe.parameters
        faults += probe.faults

    assert faults == []
    assert asked > 5_000
    assert len(parameters) > 120
    assert django_settings.DEBUG is False

"""守门. Every address × power × method answers as the table says, and an unlisted one fails (ACL-01, AUTH-05)."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from gongkai.agencies.powers import BY_ADMINISTRATOR, Power, held_by_post
from gongkai.desk import gatekeeping
from gongkai.desk.gatekeeping import Who, gate_of
from gongkai.desk.menu import MENU
from tests.desk.addresses import ADDRESSES, ANYONE, STAFF, every_address
from tests.factories.people import a_person, an_agency, enter

LOG_IN = reverse("agencies:log_in")


def open_addresses():
    return [address for address in every_address() if not address.is_closed]


def is_shut(answer) -> bool:
    """Refused for want of a power; an action may refuse for a reason of its own after the gate let one in."""
    return answer.status_code == 403 and "有此职权的：" in answer.content.decode()


@pytest.fixture
def people(db):
    """One person for each power, one with none; administrators hold what comes with their office."""
    agency = an_agency()
    holders = [(frozenset({power}), a_person(agency, power)) for power in held_by_post()]
    administrators = [
        (powers, a_person(agency, administrator=kind)) for kind, powers in BY_ADMINISTRATOR.items()
    ]
    return [(frozenset(), a_person(agency)), *holders, *administrators]


def test_every_address_has_its_line_and_every_line_its_address():
    """ACL-01."""
    named = [address.name for address in open_addresses()]

    assert sorted(named) == sorted(ADDRESSES)


def test_every_view_declares_what_the_table_says():
    """ACL-01."""
    for address in open_addresses():
        gate, line = gate_of(address.pattern.callback, address.name), ADDRESSES[address.name]
        declared = {
            Who.ANYONE: (ANYONE, ANYONE),
            Who.STAFF: (STAFF, STAFF),
            Who.HOLDERS: (frozenset(gate.read), frozenset(gate.write)),
        }[gate.who]
        assert (line.read, line.write) == declared, address.name


def _may_have_left(name: str, method: str) -> bool:
    """Logging out, in, and changing what one logs in with end the session."""
    return method == "post" and name.startswith("agencies:")


@pytest.fixture
def each_page_once(monkeypatch):
    """A refusal, and a page open to everybody, are drawn for the first who asks; the others get the same answer in short.
    The gate itself is asked for every person, and a page for holders is made for every one of them."""
    refused, entered = set(), set()
    draw, ask = gatekeeping._refused, gatekeeping.GateKeeper.process_view

    def refusal(request, reason):
        name = request.resolver_match.view_name
        if name in refused:
            return HttpResponse(reason, status=403)
        refused.add(name)
        return draw(request, reason)

    def gate(keeper, request, view, args, kwargs):
        answer, name = ask(keeper, request, view, args, kwargs), request.resolver_match.view_name
        if answer is not None or ADDRESSES[name].read not in (ANYONE, STAFF):
            return answer
        if name in entered and not name.startswith("agencies:"):  # those change who is logged in
            return HttpResponse("in")
        entered.add(name)
        return None

    monkeypatch.setattr(gatekeeping, "_refused", refusal)
    monkeypatch.setattr(gatekeeping.GateKeeper, "process_view", gate)


@pytest.mark.usefixtures("each_page_once")
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_person_gets_in_exactly_where_the_table_says(people, method):
    """ACL-01: the whole table against the running desk."""
    client = Client(raise_request_exception=False)
    addresses = open_addresses()
    for powers, person in people:
        enter(client, person)
        for address in addresses:
            answer = getattr(client, method)(address.path())

            line = ADDRESSES[address.name]
            who = line.read if method == "get" else line.write
            welcome = who in (ANYONE, STAFF) or bool(powers & who)
            assert is_shut(answer) is not welcome, (address.name, powers, answer.status_code)
            assert answer.status_code != 500, (address.name, powers)
            if _may_have_left(address.name, method):
                enter(client, person)


@pytest.mark.parametrize("method", ["get", "post"])
def test_without_a_log_in_every_address_leads_to_it(client, db, method):
    """ACL-01, AUTH-05."""
    for address in open_addresses():
        if ADDRESSES[address.name].read == ANYONE:
            continue

        answer = getattr(client, method)(address.path())

        assert answer.status_code == 302, address.name
        assert answer.url.startswith(LOG_IN), address.name


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_password_without_the_second_factor_opens_no_address(client, db, method):
    """AUTH-05: 0 answers of 200 on staff addresses."""
    person = a_person(an_agency(), Power.READ_REGISTERS, password="")
    person.set_password("Hulu-27-Tengman-xiaoyuan")
    person.save()
    client.post(LOG_IN, {"username": person.username, "password": "Hulu-27-Tengman-xiaoyuan"})

    for address in open_addresses():
        if ADDRESSES[address.name].read != ANYONE:
            assert getattr(client, method)(address.path()).status_code == 302, address.name


def test_what_the_editor_library_routes_is_closed_to_everybody(client, db):
    """ACL-01: no view of the library is offered until it is listed by name."""
    routes = [address.route for address in every_address() if address.is_closed]
    doors = {"/editor/", "/editor/pages/", "/editor/pages/1/"}  # answered by our own views, which stand first
    paths = [path for route in routes if "^" not in route and (path := _any_path(route)) not in doors]
    assert len(paths) > 100

    enter(client, a_person(an_agency(), *held_by_post()))
    for path in paths:
        assert client.get(path).status_code == 404, path


@pytest.mark.parametrize(
    "path",
    [
        "users/",
        "groups/",
        "images/",
        "documents/",
        "reports/site-history/",
        "password_reset/",
        "login/",
    ],
)
def test_the_librarys_own_accounts_and_media_are_not_offered(client, db, path):
    """ACL-01, ACL-08."""
    enter(client, a_person(an_agency(), *held_by_post()))

    assert client.get(f"/editor/{path}").status_code == 404


def test_a_menu_entry_shows_to_those_its_address_admits():
    for group in MENU:
        for entry in group.entries:
            line = ADDRESSES[entry.url_name]
            assert (frozenset(entry.powers) or STAFF) == line.read, entry.label


def test_a_refusal_says_what_is_missing_and_who_has_it(client, db):
    agency = an_agency()
    a_person(agency, name="吴安全", administrator="security")
    enter(client, a_person(agency, Power.READ_REGISTERS))

    answer = client.get(reverse("agencies:people"))

    assert "没有“安全管理”职权，不能办理。有此职权的：吴安全。" in answer.content.decode()


def _any_path(route: str) -> str:
    """An address of the library's route, "1" standing wherever it wants a number or a word."""
    first, *rest = route.split("<")
    return "/" + first + "".join("1" + part.partition(">")[2] for part in rest)

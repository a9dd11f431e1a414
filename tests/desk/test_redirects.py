"""INP-08: no address of ours sends a person to another site, whatever stands in its parameters."""

import itertools
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from gongkai.agencies.powers import ADMINISTRATION, Power
from tests.factories.people import a_person, an_agency, enter

_HOSTS = ("evil.example", "evil.example/path", "testserver.evil.example", "testserver@evil.example")
_BEGINNINGS = ("https://", "http://", "//", "///", "/\\", "\\\\", "https:", "/\t/", "/\n/", " //")
PAYLOADS = [f"{beginning}{host}" for beginning, host in itertools.product(_BEGINNINGS, _HOSTS)] + [
    "javascript:alert(1)",
    "data:text/html,x",
    "/%2f/evil.example",
    "／／evil.example",
]
_ORDINARY = [power for power in Power if power.value not in ADMINISTRATION]
NAMES = ("next", "back", "to", "url", "return", "redirect", "continue", "from")


def leads_away(location: str) -> bool:
    """What a browser makes of it: backslashes are slashes, control characters are nothing."""
    plain = "".join(each for each in location.strip() if each.isprintable()).replace("\\", "/")
    parts = urlsplit(plain)
    if parts.scheme:
        return parts.scheme not in ("http", "https") or parts.netloc != "testserver"
    return plain.startswith("//")


def test_there_are_forty_payloads_and_each_leads_away():
    assert sum(leads_away(each) for each in PAYLOADS) >= 40
    assert not leads_away("/items/")
    assert not leads_away("http://testserver/items/")


@pytest.mark.django_db
@pytest.mark.parametrize("payload", PAYLOADS)
def test_inp_08_logging_in_leads_nowhere_else(monkeypatch, payload):
    """After the last step of the log-in, with the address kept from its first."""
    from gongkai.agencies.desk import log_in

    person, request = a_person(an_agency(), Power.READ_REGISTERS), _Request(payload)
    monkeypatch.setattr(log_in.sessions, "begin", lambda *given, **named: None)

    answer = log_in._next(request, person, _Opened())

    assert not leads_away(answer["Location"]), answer["Location"]


@pytest.mark.django_db
@pytest.mark.parametrize("payload", PAYLOADS[::10])
def test_inp_08_no_address_of_the_desk_takes_one(payload):
    """Every address without arguments, under each name that such parameters bear."""
    client = enter(Client(raise_request_exception=False), a_person(an_agency(), *_ORDINARY))
    answers = {address: client.get(address, dict.fromkeys(NAMES, payload)) for address in _plain_addresses()}

    assert len(answers) > 50
    moved = {address: answer["Location"] for address, answer in answers.items() if "Location" in answer}
    assert {address: to for address, to in moved.items() if leads_away(to)} == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "host",
    ["evil.example", "testserver.evil.example", "evil.example:80", "", "a b", "127.0.0.1.evil.example"],
)
def test_inp_08_a_strange_host_is_refused_and_repeated_nowhere(host):
    answer = Client(raise_request_exception=False).get(
        reverse("agencies:log_in"), headers={"Host": host or "."}
    )

    assert answer.status_code == 400
    assert b"evil" not in answer.content


def _plain_addresses():
    for pattern in get_resolver().url_patterns:
        yield from _below(pattern, "")


def _below(pattern, lead):
    route = f"{lead}{pattern.pattern}"
    if hasattr(pattern, "url_patterns"):
        for each in pattern.url_patterns:
            yield from _below(each, route)
    elif "<" not in route and "(" not in route and "\\" not in route and "log-out" not in route:
        yield f"/{route}"


class _Opened:
    """The state of a log-in that has passed all its steps."""

    steps = ()
    opens_desk = True
    how = "totp"


class _Request:
    def __init__(self, address: str) -> None:
        self.session = {"next": address}

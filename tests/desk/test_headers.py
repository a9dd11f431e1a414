"""响应头、令牌、差错. What every answer of the desk carries, and what it never tells (SES-04, SES-06, WEB-01 to WEB-06)."""

import logging
import os
import re
import subprocess
import sys

import pytest
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from gongkai.agencies.actions import issue_one_time_link
from gongkai.agencies.models import OneTimeLink
from gongkai.agencies.powers import held_by_post
from gongkai.audit.client_address import client_address
from gongkai.audit.models import Entry
from gongkai.desk.downloads import RUNS_NOTHING
from gongkai.desk.gatekeeping import FRAMED, POLICY
from tests.desk.addresses import every_address
from tests.factories.people import a_person, an_agency, enter


@pytest.fixture
def everyone(db):
    """A visitor, an officer with every power of a post, and the three administrators, each logged in."""
    agency = an_agency()
    people = [a_person(agency, *held_by_post())]
    people += [a_person(agency, administrator=kind) for kind in ("system", "security", "audit")]
    clients = [enter(Client(raise_request_exception=False), person) for person in people]
    return [Client(raise_request_exception=False), *clients]


def answers(everyone):
    """Every open address as everyone, and one that does not exist."""
    paths = [address.path() for address in every_address() if not address.is_closed]
    for client in everyone:
        for path in [*paths, "/nothing/here/"]:
            yield path, client.get(path)


def name_of(path):
    try:
        return resolve(path, "gongkai.config.urls_desk").view_name
    except Resolver404:
        return ""


def test_every_answer_carries_the_headers(everyone):
    """WEB-01, SES-06."""
    for path, answer in answers(everyone):
        policy, name = answer["Content-Security-Policy"], name_of(path)
        if answer.get("Content-Disposition", "").startswith("attachment"):
            assert policy == RUNS_NOTHING, path  # FIL-08
        else:
            for directive in (
                "default-src 'none'",
                "object-src 'none'",
                "base-uri 'none'",
                "form-action 'self'",
            ):
                assert directive in policy, path
            ancestors = "'self'" if name in FRAMED else "'none'"
            assert f"frame-ancestors {ancestors}" in policy, path
            styles = (
                "style-src 'self' 'unsafe-inline'" if name in POLICY else ""
            )  # decision 7 names each and why
            assert "unsafe" not in policy.replace(styles, ""), path
        assert answer["Cache-Control"] == "no-store", path
        assert answer["X-Content-Type-Options"] == "nosniff", path
        assert answer["X-Frame-Options"] == ("SAMEORIGIN" if name in FRAMED else "DENY"), path
        assert answer["Referrer-Policy"] == "same-origin", path
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin", path


def test_no_page_needs_what_the_policy_forbids(everyone):
    """WEB-01: a style or script inside a page would only be dropped by the browser, in silence."""
    inside = re.compile(r"<style|\sstyle=|\son\w+=|javascript:|<script(?![^>]*\bnonce=)(?![^>]*\bsrc=)")
    for path, answer in answers(everyone):
        if "html" in answer.get("Content-Type", "") and not answer.streaming:
            assert not inside.search(answer.content.decode()), path


def test_a_page_in_use_has_no_english_for_an_officer(everyone):
    """No English on the desk: the words left are file types, names of tools, examples of addresses, and what people typed."""
    allowed = {
        "PDF",
        "DOCX",
        "XLSX",
        "CSV",
        "JSON",
        "HTML",
        "SQLite",
        "PostgreSQL",
        "gongkai",
        "serve",
        "worker",
        "backup",
        "Word",
        "WPS",
        "csv",
        "docx",
        "ods",
        "xls",
        "xlsx",
        *("ICP", "https", "www", "example", "gov"),
    }
    tags = re.compile(r"<(script|style|head)\b.*?</\1>|<[^>]+>", re.S)
    for path, answer in answers(everyone):
        if answer.status_code != 200 or "html" not in answer.get("Content-Type", "") or answer.streaming:
            continue
        words = set(re.findall(r"[A-Za-z]{3,}", tags.sub(" ", answer.content.decode())))
        typed = {word for word in words if word.startswith("person")}
        assert words - allowed - typed == set(), path


def test_cookies_are_shut_to_scripts_and_to_other_sites(client, db):
    """SES-04."""
    link = issue_one_time_link(a_person(an_agency()), purpose=OneTimeLink.Purpose.DEMO, by=None)
    client.get(link)
    client.post(link)

    assert len(client.cookies) == 2
    for cookie in client.cookies.values():
        assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (
            True,
            "Lax",
            "/",
            "",
        )


def in_production(code: str) -> str:
    """What a process with production settings prints."""
    environment = {
        **os.environ,
        "GONGKAI_MODE": "production",
        "DJANGO_SETTINGS_MODULE": "gongkai.config.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout + done.stderr


def test_production_cookies_are_bound_to_the_host_and_to_https():
    """SES-04."""
    printed = in_production(
        "from django.conf import settings as s;"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE)"
    )

    assert printed.split() == ["__Host-gongkai-desk", "__Host-gongkai-csrf", "True", "True"]


def test_production_passes_djangos_own_deployment_check_without_a_warning():
    """WEB-04."""
    printed = in_production(
        "from django.core.management import execute_from_command_line as run; run(['', 'check', '--deploy'])"
    )

    assert printed.strip() == "System check identified no issues (1 silenced)."


def test_no_environment_turns_debugging_on(monkeypatch):
    """WEB-04."""
    printed = in_production(
        "import os; os.environ['DEBUG']='1'; from django.conf import settings as s; print(s.DEBUG)"
    )

    assert printed.strip() == "False"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_no_unsafe_request_passes_without_the_token(db, method):
    """WEB-02."""
    client = enter(Client(enforce_csrf_checks=True), a_person(an_agency(), *held_by_post()))

    for address in every_address():
        assert (
            getattr(client, method)(address.path() if not address.is_closed else "/editor/").status_code
            == 403
        )


def test_a_token_from_another_site_does_not_pass(db):
    """WEB-02."""
    client = Client(enforce_csrf_checks=True)
    page = client.get(reverse("agencies:log_in")).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page).group(1)
    given = {"username": "x", "password": "x", "csrfmiddlewaretoken": token}

    own = client.post(reverse("agencies:log_in"), given, headers={"origin": "http://testserver"})
    foreign = client.post(reverse("agencies:log_in"), given, headers={"origin": "https://evil.example"})

    assert (own.status_code, foreign.status_code) == (200, 403)
    assert "已经过期" in foreign.content.decode()


def test_a_fault_shows_an_id_and_nothing_else(db, monkeypatch, caplog):
    """WEB-04."""

    def broken(*given, **more):
        raise RuntimeError("身份证号110101199003077758")

    monkeypatch.setattr("gongkai.desk.home.screen", broken)
    client = enter(Client(raise_request_exception=False), a_person(an_agency()))

    with caplog.at_level(logging.ERROR, logger="gongkai.desk.views"):
        answer = client.get(reverse("desk:home"))

    page = answer.content.decode()
    error_id = re.search(r'class="error-id">([0-9a-f]{8})<', page).group(1)
    assert answer.status_code == 500
    assert "110101" not in page
    assert "Traceback" not in page
    ours = [record.getMessage() for record in caplog.records if record.name == "gongkai.desk.views"]
    assert ours == [f"error {error_id} at desk:home"]


def test_trace_is_off(client, db):
    """WEB-05."""
    assert client.trace("/").status_code == 405


def test_an_unknown_host_is_refused(client, db):
    """INP-08."""
    assert client.get("/log-in/", headers={"host": "evil.example"}).status_code == 400


def test_a_forwarded_address_counts_only_from_a_named_proxy(client, db, settings):
    """WEB-06."""
    forged = {"x-forwarded-for": "203.0.113.9"}
    client.post(
        reverse("agencies:log_in"),
        {"username": "x", "password": "x"},
        headers=forged,
        REMOTE_ADDR="192.0.2.7",
    )
    settings.TRUSTED_PROXIES = ["192.0.2.7"]
    client.post(
        reverse("agencies:log_in"),
        {"username": "x", "password": "x"},
        headers=forged,
        REMOTE_ADDR="192.0.2.7",
    )

    addresses = Entry.objects.filter(action="session.refused").values_list("address", flat=True)
    assert list(addresses) == ["192.0.2.7", "203.0.113.9"]


@pytest.mark.parametrize(
    ("remote", "forwarded", "expected"),
    [
        ("192.0.2.7", "1.1.1.1", "192.0.2.7"),
        ("10.0.0.1", "1.1.1.1", "1.1.1.1"),
        ("10.0.0.1", "6.6.6.6, 1.1.1.1", "1.1.1.1"),
        ("10.0.0.1", "1.1.1.1, 10.0.0.2", "1.1.1.1"),
        ("10.0.0.1", "nonsense", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "1.1.1.1\r\nX: y", "10.0.0.1"),
    ],
)
def test_the_nearest_address_that_is_no_proxy_of_ours_is_the_clients(remote, forwarded, expected):
    """WEB-06."""
    assert client_address(remote, forwarded, trusted=["10.0.0.0/8"]) == expected


def test_an_untrusted_client_cannot_claim_to_come_by_https(client, db, settings):
    """WEB-06."""
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

    answer = client.get("/log-in/", headers={"x-forwarded-proto": "https"}, REMOTE_ADDR="192.0.2.7")

    assert not answer.wsgi_request.is_secure()


def test_web_04_a_wrong_host_name_is_answered_in_chinese(db):
    answer = Client(raise_request_exception=False).get("/", headers={"host": "evil.example"})

    page = answer.content.decode()
    assert answer.status_code == 400
    assert "打开工作台用的网址不是本单位登记的网址" in page
    assert "evil.example" not in page

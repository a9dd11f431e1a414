"""热页: answered before Django, and never once after something public has changed."""

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

from gongkai.portal import release
from gongkai.portal.hot_pages import HotPages
from gongkai.portal.models import PublicState
from tests.portal.conftest import HOST
from tests.portal.office import AGENCY, PAGES

pytestmark = pytest.mark.django_db(databases=["default", "public"])


class Site:
    """The portal as its server sees it, counting how often Django is asked."""

    def __init__(self):
        self.asked = 0
        django = WSGIHandler()

        def counting(environ, start_response):
            self.asked += 1
            return django(environ, start_response)

        self.application = HotPages(counting)

    def get(self, path, method="GET", **headers):
        environ = (
            RequestFactory(HTTP_HOST=headers.pop("HTTP_HOST", HOST)).generic(method, path, **headers).environ
        )
        heard = []
        answer = self.application(environ, lambda status, given, *rest: heard.append((status, dict(given))))
        try:
            body = b"".join(answer)
        finally:
            if hasattr(answer, "close"):
                answer.close()
        status, given = heard[-1]
        return int(status[:3]), {name.lower(): value for name, value in given.items()}, body


@pytest.fixture
def site(office, monkeypatch):
    # Django closes the test's own connection at the end of a request; here it must stay.
    from django.core import signals
    from django.db import close_old_connections

    signals.request_started.disconnect(close_old_connections)
    signals.request_finished.disconnect(close_old_connections)
    yield Site()
    signals.request_started.connect(close_old_connections)
    signals.request_finished.connect(close_old_connections)


def test_a_page_is_made_once_and_then_kept(site):
    first = site.get("/reports/2023/")
    second = site.get("/reports/2023/")

    assert second == first
    assert first[0] == 200
    assert site.asked == 1


def test_a_kept_page_bears_the_same_headers(site):
    site.get("/")
    _, headers, _ = site.get("/")

    assert "default-src 'self'" in headers["content-security-policy"]
    assert headers["cache-control"] == "no-cache"
    assert headers["x-content-type-options"] == "nosniff"


def test_a_withdrawn_page_is_gone_with_the_next_request(site):
    """PUB-06."""
    site.get("/reports/2022/")
    assert site.get("/reports/2022/")[0] == 200

    release.withdraw_report(AGENCY, year=2022, edition=1, version=2)

    assert site.get("/reports/2022/")[0] == 404
    assert b"2022" not in site.get("/")[2]


def test_a_released_page_is_there_with_the_next_request(site):
    release.withdraw_page("review-rules", version=2)
    site.get("/disclosure/systems/")

    from dataclasses import replace

    release.put_page(replace(PAGES[1], version=3))

    assert "政府信息公开审查制度" in site.get("/disclosure/systems/")[2].decode()


def test_what_changes_while_a_page_is_being_made_is_not_missed(site):
    """The page was begun before the withdrawal and ended after it: it may be shown once more, but not kept."""
    django = site.application.application

    def withdrawing_meanwhile(environ, start_response):
        answer = django(environ, start_response)
        release.withdraw_page("review-rules", version=2)
        return answer

    site.application.application = withdrawing_meanwhile
    site.get("/pages/review-rules/")
    site.application.application = django

    assert site.get("/pages/review-rules/")[0] == 404


def test_each_way_of_display_has_its_own_page(site):
    plain = site.get("/")
    elder = site.get("/", HTTP_COOKIE="display=large.elder")

    assert b"display-elder" in elder[2]
    assert b"display-elder" not in plain[2]
    assert site.get("/") == plain
    assert site.get("/", HTTP_COOKIE="other=1; display=elder.large; x=y") == elder
    assert site.asked == 2


def test_a_compressed_page_is_kept_apart(site):
    plain = site.get("/reports/2023/")
    packed = site.get("/reports/2023/", HTTP_ACCEPT_ENCODING="gzip, br")

    assert packed[1]["content-encoding"] == "gzip"
    assert len(packed[2]) < len(plain[2]) / 4
    assert site.get("/reports/2023/", HTTP_ACCEPT_ENCODING="gzip, br") == packed
    assert site.get("/reports/2023/") == plain
    assert site.asked == 2


def test_a_reader_who_has_the_page_is_told_so(site):
    _, headers, _ = site.get("/")

    status, _, body = site.get("/", HTTP_IF_NONE_MATCH=headers["etag"])

    assert (status, body, site.asked) == (304, b"", 1)


def test_head_is_answered_from_the_kept_page_without_its_body(site):
    _, headers, _ = site.get("/")

    status, given, body = site.get("/", method="HEAD")

    assert (status, body, given["content-length"], site.asked) == (200, b"", headers["content-length"], 1)


@pytest.mark.parametrize(
    "path", ["/search/?q=年报", "/nowhere/", "/robots.txt", "/sitemap.xml", "/health", "/pages/guide/"]
)
def test_what_is_no_page_is_asked_for_each_time(site, path):
    site.get(path)
    site.get(path)

    assert site.asked == 2


def test_a_strange_host_never_gets_a_kept_page(site):
    """INP-08."""
    site.get("/")

    assert site.get("/", HTTP_HOST="evil.example")[0] == 400


def test_a_choice_of_display_is_never_kept(site):
    for _ in range(2):
        assert site.get("/display", method="POST", data=b"", content_type="text/plain")[0] == 303

    assert site.asked == 2


def test_an_empty_public_database_is_no_error(portal, site):
    PublicState.objects.all().delete()

    assert site.get("/")[0] == 200

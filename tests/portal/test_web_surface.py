"""公众侧的外表. Only what is published can be reached, only by reading, and nothing is said that helps an attacker."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import SuspiciousOperation
from django.test import Client
from django.urls import URLPattern
from lxml import html

from gongkai.audit.models import Entry
from gongkai.config import urls_portal
from gongkai.gateways.files import public_files
from gongkai.portal import queries
from gongkai.portal.models import PublicState, PublishedFile
from tests.portal.addresses import FOR_MACHINES, PAGES

pytestmark = pytest.mark.django_db(databases=["default", "public"])

HIDDEN = Path(__file__).with_name("hidden_paths.txt").read_text().splitlines()
EVERYTHING = [*PAGES, *FOR_MACHINES, "/nowhere/"]


@pytest.mark.parametrize("path", EVERYTHING)
def test_every_answer_bears_the_policy_and_leaves_no_cookie(readers, path):
    """WEB-01, SES-04: no inline code is allowed, so none needs a nonce; reading leaves nothing on the reader's machine."""
    response = readers.get(path)

    policy = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    assert policy == {
        "default-src": "'self'",
        "script-src": "'none'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "form-action": "'self'",
    }
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cache-Control"] == "no-cache"
    assert not response.cookies


@pytest.mark.parametrize("path", [*PAGES, "/nowhere/"])
def test_a_page_holds_no_script_no_inline_style_and_asks_no_third_party(readers, path):
    """PII-10, A11-05: everything works without scripts, from this host alone."""
    page = html.fromstring(readers.get(path).content.decode())

    assert (
        page.xpath(
            "//script | //style | //iframe | //*[@style] | //*[@onclick] | //input[@name='csrfmiddlewaretoken']"
        )
        == []
    )
    fetched = page.xpath("//link[not(@rel='canonical')]/@href | //img/@src | //form/@action | //source/@src")
    assert [address for address in fetched if not re.match(r"/(?!/)", address)] == []


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_pages_are_only_read(readers, method):
    """WEB-05: TRACE and every method but GET and HEAD are refused, and nothing changes."""
    before = PublicState.objects.values().get()

    for path in ("/", "/reports/2023/", "/search/", "/nowhere/", "/health"):
        response = getattr(readers, method)(path)
        assert (response.status_code, response["Allow"]) == (405, "GET, HEAD"), path
        assert "Content-Security-Policy" in response

    assert PublicState.objects.values().get() == before


def test_head_answers_like_get_without_the_body(readers):
    got, asked = readers.get("/reports/2023/"), readers.head("/reports/2023/")

    assert (asked.status_code, asked.content) == (200, b"")
    assert asked["Content-Security-Policy"] == got["Content-Security-Policy"]


def test_reading_every_page_changes_nothing(readers):
    """WEB-03."""
    before = PublicState.objects.values().get(), Entry.objects.using("public").count()

    for path in EVERYTHING:
        readers.get(path)

    assert (PublicState.objects.values().get(), Entry.objects.using("public").count()) == before


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "127.0.0.1@evil.example", "", "localhost:8000"]
)
def test_an_unlisted_host_is_refused(office, portal, host):
    """INP-08."""
    response = Client(HTTP_HOST=host, raise_request_exception=False).get("/")

    assert response.status_code == 400
    page = response.content.decode()
    assert "请求有误" in page
    assert "evil" not in page


def test_nothing_but_the_portal_is_on_the_public_host(readers):
    """WEB-05, PUB-05: no repository, admin, preview, API, metrics, backup or directory list."""
    answers = {}
    for path in HIDDEN:
        answers[path] = readers.get(path, follow=True).status_code

    assert len(answers) > 200
    assert answers == dict.fromkeys(HIDDEN, 404)


def test_the_portals_addresses_are_these_and_no_others():
    """PUB-05: an address added to the public process is added here too, on purpose."""
    assert {pattern.name for pattern in urls_portal.urlpatterns if isinstance(pattern, URLPattern)} == {
        "item",
        *("home", "disclosure", "column", "page", "file", "search", "site_map", "display"),
        *("reports", "report", "report_edition", "subordinate_report", "subordinate_report_edition"),
        *("health", "health_live", "health_ready", "robots", "icon", "sitemap", "security_text"),
        *("feed", "column_feed", "duties", "duty", "leaving", "sitemap_part"),
        *("act", "acts_json", "acts_csv", "list_edition"),
        *("leaders", "leaders_json", "leaders_csv"),
        *("normative", "normative_json", "normative_csv"),
        *(
            "apply",
            "apply_look_first",
            "apply_found",
            "apply_form",
            "apply_send",
            "apply_status",
            "apply_collect",
            "apply_rights",
        ),
        *("data", "data_catalogue", "data_items", "item_data", "data_reports", "data_report", "data_schema"),
    }
    assert all(isinstance(pattern, URLPattern) for pattern in urls_portal.urlpatterns)


@pytest.mark.parametrize("path", ["/health", "/health/live", "/health/ready"])
def test_health_says_ok_and_nothing_else(readers, path):
    """WEB-05, OPS-05."""
    assert readers.get(path).content == b"ok\n"


def test_an_error_shows_an_id_that_the_log_knows_and_no_detail(readers, monkeypatch, caplog):
    """WEB-04."""
    monkeypatch.setattr(queries, "latest", lambda *, count: {}["secret detail"])

    response = readers.get("/")

    page = response.content.decode()
    error_id = re.search(r"<code>([0-9a-f]{12})</code>", page)
    assert response.status_code == 500
    assert error_id is not None
    assert f"portal error {error_id[1]}" in caplog.text
    assert "secret detail" not in page
    assert "Traceback" not in page
    assert "Content-Security-Policy" in response


def test_a_suspicious_request_is_a_plain_400(readers, monkeypatch):
    def suspicious(*, count):
        raise SuspiciousOperation("secret detail")

    monkeypatch.setattr(queries, "latest", suspicious)

    response = readers.get("/")

    assert response.status_code == 400
    assert "secret detail" not in response.content.decode()


def test_robots_and_the_sitemap_lead_to_pages_that_answer(readers):
    robots = readers.get("/robots.txt").content.decode()
    assert "Sitemap: http://127.0.0.1/sitemap.xml" in robots

    listed = re.findall(
        r"<loc>http://127\.0\.0\.1(/[^<]*)</loc>", readers.get("/sitemap.xml").content.decode()
    )

    assert {
        "/",
        "/disclosure/reports/",
        "/reports/2023/1/",
        "/reports/2023/2/",
        "/pages/review-rules/",
    } <= set(listed)
    assert {path: readers.get(path).status_code for path in listed} == dict.fromkeys(listed, 200)


def test_security_txt_says_whom_to_tell(readers):
    """OPS-06."""
    lines = readers.get("/.well-known/security.txt").content.decode().splitlines()

    assert lines[0] == "Contact: mailto:gongkai@example.gov.cn"
    assert re.fullmatch(r"Expires: \d{4}-\d{2}-\d{2}T00:00:00\+08:00", lines[1])


def test_a_page_that_has_not_changed_is_not_sent_again(readers):
    etag = readers.get("/reports/2023/")["ETag"]

    response = readers.get("/reports/2023/", HTTP_IF_NONE_MATCH=etag)

    assert (response.status_code, response.content) == (304, b"")


# 文件 -------------------------------------------------------------------------------------


def a_file():
    return PublishedFile.objects.filter(report__year=2022, name__endswith=".docx").get()


def downloaded(client, sha256, **headers):
    response = client.get(f"/files/{sha256}", **headers)
    return response, response.getvalue()


def test_a_published_file_is_a_download_under_its_chinese_name(readers):
    """FIL-08: name by RFC 6266, always an attachment, never run by the browser."""
    file = a_file()

    response, body = downloaded(readers, file.sha256)

    assert (response.status_code, body) == (200, public_files().read(file.sha256))
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%E7%A4%BA%E4%BE%8B")
    assert response["Content-Disposition"].endswith(".docx")
    assert response["Content-Type"] == file.media_type
    assert response["Content-Length"] == str(len(body))
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_stored_file_nothing_public_names_is_not_found(readers):
    """PUB-04: knowing or guessing the hash is not enough."""
    stored = public_files().put("还没有公开的附件".encode())

    response, body = downloaded(readers, stored)

    assert response.status_code == 404
    assert body == readers.get("/nowhere/").content


def test_a_file_is_gone_with_what_it_belonged_to(readers):
    """PUB-06: at once, also for a browser that asks whether its copy is still good."""
    from gongkai.portal import release
    from tests.portal.office import AGENCY

    file = a_file()
    etag = downloaded(readers, file.sha256)[0]["ETag"]

    release.withdraw_report(AGENCY, year=2022, edition=1, version=2)

    assert downloaded(readers, file.sha256)[0].status_code == 404
    assert downloaded(readers, file.sha256, HTTP_IF_NONE_MATCH=etag)[0].status_code == 404


def test_an_unchanged_file_is_not_sent_again(readers):
    file = a_file()

    response, body = downloaded(readers, file.sha256, HTTP_IF_NONE_MATCH=f'"{file.sha256}"')

    assert (response.status_code, body) == (304, b"")


def test_a_file_altered_on_the_disk_is_never_sent(readers):
    sha256 = a_file().sha256
    (public_files().folder / sha256[:2] / sha256).write_bytes(b"defaced")

    response, body = downloaded(readers, sha256)

    assert response.status_code == 500
    assert b"defaced" not in body


# 进程 -------------------------------------------------------------------------------------


def test_the_public_process_loads_no_admin_no_accounts_and_no_sessions(tmp_path):
    """security.md §0 point 2: what the public process has not loaded cannot be reached through it."""
    from gongkai.sealing.keys import create_key

    create_key(tmp_path / "keys", "portal.secret")
    program = (
        "import sys; from gongkai.config.wsgi import application; from django.urls import get_resolver;"
        "get_resolver().url_patterns; print(*sorted(m for m in sys.modules))"
    )

    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"GONGKAI_SIDE": "portal", "GONGKAI_MODE": "demo", "GONGKAI_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )

    loaded = set(done.stdout.split())
    assert "gongkai.portal.hot_pages" in loaded
    unwanted = (
        *(
            "wagtail",
            "allauth",
            "axes",
            "django.contrib.auth",
            "django.contrib.sessions",
            "django.contrib.admin",
        ),
        *("django.contrib.contenttypes", "gongkai.agencies", "gongkai.duties", "gongkai.annual_report"),
        *("gongkai.desk", "gongkai.report", "gongkai.outbox", "gongkai.portal.release"),
    )
    assert [name for name in loaded if name.startswith(unwanted)] == []

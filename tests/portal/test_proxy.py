"""反向代理: what a proxy in front may keep, and the shipped configuration of one."""

import subprocess

import pytest

from bench import nginx
from gongkai.portal import queries, release
from gongkai.portal.models import PublishedFile
from tests.portal.items import item, key, released

pytestmark = pytest.mark.django_db(databases=["default", "public"])


@pytest.mark.parametrize(
    ("path", "seconds"),
    [
        ("/", "30"),
        ("/reports/2023/", "30"),
        ("/feed.atom", "30"),
        ("/data/catalogue.json", "30"),
        ("/nowhere/", "30"),
        ("/data/reports.json", "0"),
        ("/health", "0"),
        ("/health/live", "0"),
        ("/health/ready", "0"),
    ],
)
def test_a_proxy_keeps_a_page_for_half_a_minute_and_no_moment_at_all(readers, path, seconds):
    """PUB-06: with half a minute in the proxy, what is withdrawn is gone within one."""
    response = readers.get(path)

    assert response["X-Accel-Expires"] == seconds
    assert response["Cache-Control"] == "no-cache"  # browsers ask each time


def test_a_notice_of_withdrawal_is_kept_no_longer_than_a_page(readers):
    released(item())
    release.withdraw_item(key(1), version=2, note="内容有误。")

    response = readers.get(f"/items/{key(1)}/")

    assert (response.status_code, response["X-Accel-Expires"]) == (410, "30")


def test_a_proxy_keeps_no_file_no_choice_and_no_fault(readers, monkeypatch):
    file = readers.get(f"/files/{PublishedFile.objects.first().sha256}")
    choice = readers.post("/display", {"size": "large"})
    monkeypatch.setattr(queries, "latest", lambda *, count: {}["missing"])
    fault = readers.get("/")

    file.close()
    assert [(each.status_code, each["X-Accel-Expires"]) for each in (file, choice, fault)] == [
        (200, "0"),
        (303, "0"),
        (500, "0"),
    ]


@pytest.mark.parametrize("copy", [False, True])
def test_the_shipped_configuration_is_one_that_nginx_accepts(tmp_path, copy):
    if not nginx.found():
        pytest.skip("这台机器没有nginx：没有检查随附的配置。")
    configuration = nginx.written(tmp_path, port=1, portal=2, copy=copy)

    done = subprocess.run(
        [nginx.found(), "-t", "-c", str(configuration), "-p", str(tmp_path)], capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr


def test_the_shipped_configuration_never_shows_an_old_page_for_a_silent_application():
    """PUB-06: what was withdrawn while the application is down must not come back out of the cache."""
    shipped = "".join(each.read_text(encoding="utf-8") for each in nginx.SHIPPED.glob("*.conf"))

    assert "use_stale" not in shipped
    assert "proxy_cache_valid" not in shipped

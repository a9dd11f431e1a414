"""反向代理: what a proxy in front may keep, and the shipped configuration of one."""

import http.client
import socket
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


@pytest.mark.enable_socket
def test_what_nginx_answers_by_itself_is_said_in_chinese(tmp_path):
    """WEB-04: an address that is too long, a form that is too large, an application that is silent."""
    if not nginx.found():
        pytest.skip("这台机器没有nginx：没有检查随附的配置。")
    port, nobody = free_port(), free_port()
    asked = {
        f"/search/?q={'%E5%85%AC' * 4000}": (414, "检索内容太长"),
        "/": (502, "网站正在恢复"),
        "/nginx/away": (404, "没有找到"),  # the pages have no address of their own
        "/static/nothing.css": (404, "没有找到"),
    }
    with nginx.running(tmp_path, port=port, portal=nobody):
        told = {path: answer(port, "GET", path) for path in asked}
        large = answer(port, "POST", "/display", {"Content-Length": str(9 * 1024 * 1024)})
        broken = answer(port, "GET", "/", {"X-Long": "a" * 20_000})

    for (status, body), (expected, words) in zip(told.values(), asked.values(), strict=True):
        assert (status, f"<h1>{words}</h1>" in body) == (expected, True)
    assert (large[0], "<h1>提交的内容太多</h1>" in large[1]) == (413, True)
    assert (broken[0], "<h1>请求有误</h1>" in broken[1]) == (400, True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answer(port, method, path, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.putrequest(method, path)
        for name, value in (headers or {}).items():
            connection.putheader(name, value)
        connection.endheaders()
        told = connection.getresponse()
        return told.status, told.read().decode()
    finally:
        connection.close()


def test_the_shipped_configuration_never_shows_an_old_page_for_a_silent_application():
    """PUB-06: what was withdrawn while the application is down must not come back out of the cache."""
    shipped = "".join(each.read_text(encoding="utf-8") for each in nginx.SHIPPED.glob("*.conf"))

    assert "use_stale" not in shipped
    assert "proxy_cache_valid" not in shipped

"""查看外部网址: what answers, what does not, and what is never asked (INP-07)."""

import http.server
import threading

import pytest

from gongkai.gateways.links import MOST_REDIRECTS, Answer, State, is_public, look_at

INSIDE = [
    *("127.0.0.1", "127.1.2.3", "0.0.0.0", "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255"),  # noqa: S104
    *("192.168.0.1", "192.168.255.255", "169.254.0.1", "169.254.169.254", "100.64.0.1", "100.127.255.254"),
    *("192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250"),
    *("240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1"),
    *("ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1"),
    *(
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "2002:7f00:1::",
        "2002:a00:1::",
        "2001:db8::1",
        "not an address",
        "",
    ),
]
OUTSIDE = ["8.8.8.8", "1.1.1.1", "114.114.114.114", "2400:3200::1", "2606:4700:4700::1111", "::ffff:8.8.8.8"]


@pytest.mark.parametrize("address", INSIDE)
def test_inp_07_an_address_inside_is_not_asked_under_any_name(address):
    asked = look_at("http://innocent.example.com/", resolve=lambda host: [address] if address else [])

    assert not is_public(address)
    assert asked == Answer(State.REFUSED, "指向内部网络的地址")


@pytest.mark.parametrize("address", OUTSIDE)
def test_an_address_outside_may_be_asked(address):
    assert is_public(address)


def test_inp_07_one_inside_address_among_many_is_enough_to_refuse():
    asked = look_at("http://two.example.com/", resolve=lambda host: ["8.8.8.8", "127.0.0.1"])

    assert asked.state is State.REFUSED


@pytest.mark.parametrize(
    "address",
    [
        *(
            "file:///etc/passwd",
            "ftp://example.com/",
            "gopher://example.com/",
            "javascript:alert(1)",
            "data:,x",
        ),
        *(
            "http://",
            "//example.com/",
            "http://user:word@example.com/",
            "http://example.com@127.0.0.1/",
            "文字",
        ),
        *("http://example.com/\u202e", "http://example.com/\r\nX: y", "dict://example.com:11211/stat"),
        *("http://example.com:22/", "http://example.com:6379/", "https://example.com:8443/"),
    ],
)
def test_inp_07_other_schemes_ports_and_names_in_the_address_are_not_asked(address):
    def never(host):
        raise AssertionError(host)

    assert look_at(address, resolve=never).state is State.REFUSED


@pytest.mark.parametrize("host", ["localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "[::1]"])
def test_inp_07_the_many_spellings_of_this_machine_are_refused(host):
    assert look_at(f"http://{host}/").state is State.REFUSED


class _Site(http.server.BaseHTTPRequestHandler):
    asked: list[str]

    def do_GET(self):
        self.server.asked.append(self.path)
        status, headers, body = self.server.pages.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def site():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    server.asked, server.pages = [], {}
    server.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def asking(site, path, **given):
    options = {"resolve": lambda host: ["127.0.0.1"], "may_reach": lambda address: True} | given
    return look_at(f"http://example.com:{site.port}{path}", ports=frozenset({site.port}), **options)


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (200, Answer(State.ALIVE)),
        (403, Answer(State.ALIVE, "能打开，但限制程序访问")),
        (404, Answer(State.BROKEN, "网页不存在（404）")),
        (410, Answer(State.BROKEN, "网页不存在（410）")),
        (503, Answer(State.BROKEN, "网站出错（503）")),
    ],
)
def test_the_status_says_whether_it_is_there(site, status, answer):
    site.pages["/"] = (status, {}, b"")

    assert asking(site, "/") == answer


def test_a_chinese_address_is_asked_as_a_browser_asks_it(site):
    site.pages["/%E5%85%AC%E5%BC%80?x=1"] = (200, {}, b"")

    assert asking(site, "/公开?x=1").state is State.ALIVE


def test_inp_07_a_redirect_inside_is_judged_afresh(site):
    site.pages["/"] = (302, {"Location": "http://169.254.169.254/latest/meta-data/"}, b"")
    names = {"example.com": ["127.0.0.1"], "169.254.169.254": ["169.254.169.254"]}

    answer = asking(site, "/", resolve=names.__getitem__, may_reach=lambda address: address == "127.0.0.1")

    assert answer.state is State.REFUSED
    assert site.asked == ["/"]


def test_inp_07_a_name_that_changes_its_mind_is_asked_where_it_was_judged(site):
    """DNS rebinding: the second answer would lead elsewhere, and is never asked for."""
    answers = iter([["127.0.0.1"]])
    site.pages["/"] = (200, {}, b"")

    assert asking(site, "/", resolve=lambda host: next(answers)).state is State.ALIVE


def test_a_circle_of_redirects_ends(site):
    site.pages["/"] = (301, {"Location": "/"}, b"")

    assert asking(site, "/") == Answer(State.BROKEN, "转来转去超过5次")
    assert len(site.asked) == MOST_REDIRECTS + 1


def test_inp_07_a_page_without_end_is_left_after_a_megabyte(site):
    site.pages["/"] = (200, {}, b"x" * (3 * 1024 * 1024))

    assert asking(site, "/").state is State.ALIVE


def test_inp_07_a_site_that_never_finishes_its_answer_is_given_up():
    import socket

    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        answer = look_at(
            f"http://example.com:{port}/",
            resolve=lambda host: ["127.0.0.1"],
            may_reach=lambda address: True,
            ports=frozenset({port}),
            patience=0.2,
        )

    assert answer.state is State.BROKEN
    assert "没有应答" in answer.why


def test_a_closed_port_and_an_unknown_name_are_broken(site):
    def unknown(host):
        import socket

        raise socket.gaierror

    assert asking(site, "/", resolve=unknown) == Answer(State.BROKEN, "域名不存在")
    assert look_at(
        "http://example.com:1/",
        resolve=lambda host: ["127.0.0.1"],
        may_reach=lambda address: True,
        ports=frozenset({1}),
    ) == Answer(State.BROKEN, "连接不上")

"""查看外部网址. Whether an address of the web answers, asked so that nobody can use the asker to reach inside (INP-07).

A name is resolved once and the connection goes to that very address, so that a name which changes its mind between two
questions changes nothing; every redirect is judged afresh. Only public addresses, ports 80 and 443, GET, a few seconds.
"""

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote, urljoin, urlsplit

PATIENCE = 5.0  # seconds, for one address with all its redirects
MOST_READ = 1024 * 1024  # bytes
MOST_REDIRECTS = 5
_PORTS = {"http": 80, "https": 443}
_LIMITED = frozenset({401, 403, 405, 406, 429, 451})  # it is there, but not for a program
_SENT_AS_IT_IS = "/?%:@!$&'()*+,;=~"
_ASKED_BY = "gongkai-link-check/1.0"

Resolve = Callable[[str], list[str]]


class State(StrEnum):
    """网址的状态."""

    ALIVE = "alive"
    BROKEN = "broken"
    REFUSED = "refused"  # an address that we do not ask, whatever it would answer


@dataclass(frozen=True, slots=True)
class Answer:
    """查看结果: the state, and for a person why."""

    state: State
    why: str = ""


class _NotAsked(Exception):
    """不去问. One Chinese sentence."""


def resolve(host: str) -> list[str]:
    """All addresses of a name, as the system finds them."""
    return list(
        dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM))
    )


def is_public(address: str) -> bool:
    """Not private, loopback, link-local, metadata, multicast or reserved, also when wrapped in IPv6.

    >>> [is_public(each) for each in ("8.8.8.8", "10.0.0.1", "::ffff:127.0.0.1", "169.254.169.254", "64:ff9b::7f00:1")]
    [True, False, False, False, False]
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return _is_public(found)


def _is_public(found: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is None and any(found in network for network in _TRANSLATED):
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return _is_public(inner)
    return found.is_global and not found.is_multicast and found not in _ASSIGNMENTS


_ASSIGNMENTS = ipaddress.IPv4Network(
    "192.0.0.0/24"
)  # RFC 6890; older Pythons hold only the first eight private
_TRANSLATED = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("::/96"))


def look_at(
    address: str,
    *,
    resolve: Resolve = resolve,
    may_reach: Callable[[str], bool] = is_public,
    ports: frozenset[int] = frozenset(_PORTS.values()),
    patience: float = PATIENCE,
) -> Answer:
    """这个网址打得开吗. Never raises; ``resolve``, ``may_reach`` and ``ports`` are for tests on loopback."""
    until = time.monotonic() + patience
    try:
        for _ in range(MOST_REDIRECTS + 1):
            status, onward = _ask(address, resolve, may_reach, ports, until)
            if not onward:
                return _judged(status)
            address = urljoin(address, onward)
    except _NotAsked as why:
        return Answer(State.REFUSED, str(why))
    except TimeoutError:
        return Answer(State.BROKEN, f"{patience:.0f}秒没有应答")
    except ssl.SSLError:
        return Answer(State.BROKEN, "证书无效")
    except socket.gaierror:
        return Answer(State.BROKEN, "域名不存在")
    except (OSError, http.client.HTTPException, ValueError):
        late = time.monotonic() >= until
        return Answer(State.BROKEN, f"{patience:.0f}秒没有应答" if late else "连接不上")
    return Answer(State.BROKEN, f"转来转去超过{MOST_REDIRECTS}次")


def _judged(status: int) -> Answer:
    if status < 400:
        return Answer(State.ALIVE)
    if status in _LIMITED:
        return Answer(State.ALIVE, "能打开，但限制程序访问")
    return Answer(
        State.BROKEN, f"网页不存在（{status}）" if status in (404, 410) else f"网站出错（{status}）"
    )


def _ask(
    address: str, resolve: Resolve, may_reach: Callable[[str], bool], ports: frozenset[int], until: float
) -> tuple[int, str]:
    """One request: its status, and where it sends us on, "" when nowhere."""
    parts = urlsplit(address)
    host, scheme = parts.hostname or "", parts.scheme.lower()
    if scheme not in _PORTS or not host or "@" in parts.netloc or not address.isprintable():
        raise _NotAsked("不是可以公开访问的网址")
    port = parts.port or _PORTS[scheme]
    if port not in ports:
        raise _NotAsked("端口不是80、443")
    found = resolve(host)
    if not found or not all(may_reach(each) for each in found):
        raise _NotAsked("指向内部网络的地址")
    connection = _Connection(host, found[0], port=port, secure=scheme == "https", until=until)
    try:
        path = quote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), safe=_SENT_AS_IT_IS)
        connection.request("GET", path, headers={"User-Agent": _ASKED_BY, "Accept": "*/*"})
        answer = connection.getresponse()
        onward = answer.getheader("Location") or ""
        if answer.status in (301, 302, 303, 307, 308) and onward:
            return answer.status, onward
        _read_a_little(answer, until)
        return answer.status, ""
    finally:
        connection.close()


def _read_a_little(answer: http.client.HTTPResponse, until: float) -> None:
    """Enough to see that it comes; a page without end is left after a megabyte or when the time is up."""
    read = 0
    while read < MOST_READ:
        if time.monotonic() > until:
            raise TimeoutError
        piece = answer.read1(65536)
        if not piece:
            return
        read += len(piece)


class _Connection(http.client.HTTPConnection):
    """Connects to the address that was judged, under the name that was asked for."""

    def __init__(self, host: str, address: str, *, port: int, secure: bool, until: float) -> None:
        left = max(until - time.monotonic(), 0.01)
        super().__init__(host, port, timeout=left)
        self._judged, self._secure = address, secure
        self._end = threading.Timer(left, self._hang_up)  # a byte a second would never time out by itself
        self._end.daemon = True

    def connect(self) -> None:
        self.sock = socket.create_connection((self._judged, self.port), self.timeout)
        if self._secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)
        self._end.start()

    def close(self) -> None:
        self._end.cancel()
        super().close()

    def _hang_up(self) -> None:
        with contextlib.suppress(OSError, AttributeError):
            self.sock.shutdown(socket.SHUT_RDWR)

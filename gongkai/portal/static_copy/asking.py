"""问公众侧. Asks the portal's own application in this process, as a reader without cookies, and reads where an answer leads."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from lxml import etree, html

# Answers of the moment, and what begins with a form of one's own: these the application gives itself.
NOT_COPIED = ("/search/", "/apply/", "/display", "/health", "/favicon.ico")
_PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*|\.well-known")
_IN_STYLES = re.compile(rb"url\(\s*['\"]?([^'\")]+)")
_IN_JSON = re.compile(r"\"((?:https?://|/)[^\"\s\\]+)\"")


@dataclass(frozen=True, slots=True)
class Answer:
    """应答."""

    status: int
    kind: str  # the media type
    body: bytes


class Portal:
    """公众侧, asked under the host by which it is read."""

    def __init__(self) -> None:
        self._application = WSGIHandler()
        allowed = [each for each in settings.ALLOWED_HOSTS if each != "*"]
        own = settings.PORTAL_HOST
        self.host = own if own.partition(":")[0] in allowed or not allowed else allowed[0]
        self.scheme = "https" if settings.SECURE_SSL_REDIRECT else "http"

    def ask(self, path: str) -> Answer:
        heard: list[tuple[str, list[tuple[str, str]]]] = []

        def listen(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            heard.append((status, headers))

        answer = self._application(self._asked(path), listen)
        try:
            body = b"".join(answer)
        finally:
            if hasattr(answer, "close"):
                answer.close()
        status, headers = heard[-1]
        kinds = [value for name, value in headers if name.lower() == "content-type"]
        return Answer(int(status[:3]), (kinds or [""])[0].partition(";")[0].strip().lower(), body)

    def links(self, path: str, answer: Answer) -> Iterator[str]:
        """The addresses of this site that an answer leads to, without query and place."""
        own = f"{self.scheme}://{self.host}"
        for found in _led_to(path, answer):
            parts = urlsplit(urljoin(f"{own}{path}", found.strip()))
            if parts.netloc == self.host and not parts.query and is_copied(parts.path):
                yield parts.path

    def _asked(self, path: str) -> dict[str, object]:
        host, _, port = self.host.partition(":")
        return {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote(path),
            "QUERY_STRING": "",
            "SERVER_NAME": host,
            "SERVER_PORT": port or {"http": "80", "https": "443"}[self.scheme],
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": self.host,
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": self.scheme,
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": False,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }


def is_copied(path: str) -> bool:
    """Whether this address may stand in the copy: one that reads the same for everybody, with a name safe for a file.

    >>> [is_copied(each) for each in ("/", "/items/1/", "/search/", "/a/../b", "/%2e%2e/", "/.well-known/security.txt")]
    [True, True, False, False, False, True]
    """
    if not path.startswith("/") or path.startswith(NOT_COPIED) or len(path) > 250:
        return False
    parts = path[1:].removesuffix("/").split("/")
    return path == "/" or all(_PART.fullmatch(part) for part in parts)


def file_of(path: str) -> str:
    """Where an address stands in the folder.

    >>> file_of("/"), file_of("/items/1/"), file_of("/feed.atom")
    ('index.html', 'items/1/index.html', 'feed.atom')
    """
    return f"{path[1:]}index.html" if path.endswith("/") else path[1:]


def address_of(file: str) -> str:
    """The address of a file; ``file_of`` the other way round."""
    return f"/{file.removesuffix('index.html') if file.rpartition('/')[2] == 'index.html' else file}"


def _led_to(path: str, answer: Answer) -> Iterator[str]:
    if not answer.body or path.startswith("/files/"):
        return
    if answer.kind == "text/html":
        yield from _texts(html.document_fromstring(answer.body.decode()).xpath("//@href | //@src"))
    elif answer.kind.endswith("xml") and not path.startswith("/static/"):
        tree = etree.fromstring(answer.body)
        yield from _texts(tree.xpath("//@href | //*[local-name()='loc']/text()"))
    elif (
        answer.kind.endswith("json") and path.count("/") <= 2
    ):  # lists of data; a thing's own data lead nowhere new
        yield from _IN_JSON.findall(answer.body.decode())
    elif answer.kind == "text/css":
        yield from (found.decode("utf-8", "replace") for found in _IN_STYLES.findall(answer.body))


def _texts(found: Any) -> list[str]:
    return [str(each) for each in found]

"""热页. Pages read again and again are answered before Django, each kept only as long as nothing public has changed.

One number in the public database counts every release and withdrawal; it is read for every answer, so a withdrawn
page is gone with the next request, in every process.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any

from django.conf import settings
from django.db import Error, connections

from gongkai.config.router import public_database
from gongkai.portal.models import PublicState
from gongkai.portal.pages.display import Display

Environ = dict[str, Any]
Start = Callable[..., Any]
Application = Callable[[Environ, Start], Iterable[bytes]]
Key = tuple[str, str, str, str, bool]

_KEPT_BYTES = 24 * 1024 * 1024
_LARGEST_PAGE = 1024 * 1024
_STAMP = f"SELECT stamp FROM {PublicState._meta.db_table} WHERE id = 1"  # noqa: S608 (no outside text in it)


@dataclass(frozen=True, slots=True)
class _Page:
    headers: list[tuple[str, str]]
    body: bytes
    etag: str


class HotPages:
    """热页. Wraps the portal's WSGI application."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self._pages: OrderedDict[Key, _Page] = OrderedDict()
        self._bytes = 0
        self._stamp = -1
        self._lock = threading.Lock()

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or environ.get("QUERY_STRING"):
            return self.application(environ, start_response)
        stamp = self._current_stamp()
        if stamp is None:
            return self.application(environ, start_response)
        key = _key(environ)
        page = self._kept(key, stamp)
        if page is not None:
            return _send(page, environ, start_response)
        if environ["REQUEST_METHOD"] == "HEAD" or "HTTP_IF_NONE_MATCH" in environ:
            return self.application(environ, start_response)
        return self._ask(key, stamp, environ, start_response)

    def _ask(self, key: Key, stamp: int, environ: Environ, start_response: Start) -> Iterable[bytes]:
        """Let Django answer, and keep the answer if it is a page anyone may have."""
        heard: list[tuple[str, list[tuple[str, str]]]] = []

        def listen(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            heard.append((status, headers))
            return start_response(status, headers, *rest)

        answer = self.application(environ, listen)
        status, headers = heard[-1]
        names = {name.lower(): value for name, value in headers}
        is_page = status.startswith("200") and names.get("content-type", "").startswith("text/html")
        if not is_page or "set-cookie" in names or "etag" not in names:
            return answer
        try:
            body = b"".join(answer)
        finally:
            if hasattr(answer, "close"):
                answer.close()
        self._keep(key, stamp, _Page(list(headers), body, names["etag"]))
        return [body]

    def _kept(self, key: Key, stamp: int) -> _Page | None:
        with self._lock:
            if stamp != self._stamp:
                self._pages.clear()
                self._bytes, self._stamp = 0, stamp
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def _keep(self, key: Key, stamp: int, page: _Page) -> None:
        if len(page.body) > _LARGEST_PAGE:
            return
        with self._lock:
            if stamp != self._stamp:  # something was released while this page was being made
                return
            replaced = self._pages.pop(key, None)
            self._bytes += len(page.body) - (len(replaced.body) if replaced else 0)
            self._pages[key] = page
            while self._bytes > _KEPT_BYTES:
                _, oldest = self._pages.popitem(last=False)
                self._bytes -= len(oldest.body)

    def _current_stamp(self) -> int | None:
        try:
            with connections[public_database()].cursor() as cursor:
                cursor.execute(_STAMP)
                row = cursor.fetchone()
        except Error:
            connections[public_database()].close()
            return None
        return row[0] if row else None


def _key(environ: Environ) -> Key:
    """Everything that makes one reader's page differ from another's."""
    return (
        environ.get("HTTP_HOST", ""),
        environ.get("PATH_INFO", ""),
        environ["wsgi.url_scheme"] + environ.get("HTTP_X_FORWARDED_PROTO", ""),
        _display(environ.get("HTTP_COOKIE", "")),
        "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""),
    )


def _display(cookies: str) -> str:
    if settings.DISPLAY_COOKIE_NAME not in cookies:
        return Display().as_cookie()
    try:
        written = SimpleCookie(cookies).get(settings.DISPLAY_COOKIE_NAME)
    except CookieError:
        written = None
    return Display.from_cookie(written.value if written else "").as_cookie()


def _send(page: _Page, environ: Environ, start_response: Start) -> Iterable[bytes]:
    asked = environ.get("HTTP_IF_NONE_MATCH", "")
    if asked and page.etag.removeprefix("W/") in (tag.strip().removeprefix("W/") for tag in asked.split(",")):
        start_response("304 Not Modified", [h for h in page.headers if h[0].lower() not in _ONLY_WITH_A_BODY])
        return [b""]
    start_response("200 OK", list(page.headers))
    return [b""] if environ["REQUEST_METHOD"] == "HEAD" else [page.body]


_ONLY_WITH_A_BODY = frozenset({"content-length", "content-type", "content-encoding"})

"""公众能看到的每一处. A reader who looks everywhere: follows every link of every kind, searches for the words, opens every
file, reads the headers, and comes back to every address ever seen with what was kept of it.

    public = PublicSide(asking(client))
    public.look(words=["试鸣"])            # reads all that can be reached from here
    public.where("试鸣")                    # the addresses that say it, in their text, headers or files

Nothing has to be listed here when a channel is added: it begins at every address of the portal that takes no argument
and follows what it reads; ``unseen()`` names the addresses with arguments that no link led to.
"""

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import quote, unquote, urljoin, urlsplit

from django.test import Client
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from lxml import etree, html

from gongkai.config.urls_portal import urlpatterns

URLCONF = "gongkai.config.urls_portal"
NOT_READ = {
    "display",
    "apply_look_first",
    "apply_found",
    "apply_send",
    "apply_collect",
    "apply_rights",
}  # answer POST alone
_MOST = 5_000


@dataclass(frozen=True, slots=True)
class Answer:
    """应答. Header names are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes


Ask = Callable[[str, Mapping[str, str]], Answer]


def asking(client: Client) -> Ask:
    """A reader by Django's test client, straight at the application."""

    def ask(address: str, headers: Mapping[str, str]) -> Answer:
        response = client.get(address, headers=dict(headers))
        return Answer(
            response.status_code,
            {name.lower(): value for name, value in response.headers.items()},
            response.getvalue(),
        )

    return ask


@dataclass
class PublicSide:
    """公众侧, as one reader has seen it."""

    ask: Ask
    answers: dict[str, Answer] = field(default_factory=dict)
    kept: dict[str, dict[str, str]] = field(default_factory=dict)  # what a browser would ask again with

    def look(self, *, words: Iterable[str] = (), also: Iterable[str] = ()) -> None:
        """Read everything afresh: what can be reached, what was ever reached, and ``also``; search for the words."""
        searched = [f"{reverse('search', urlconf=URLCONF)}?q={quote(word)}" for word in words]
        waiting = [*beginnings(), *searched, *also, *self.answers]
        self.answers = {}
        while waiting:
            address = waiting.pop()
            if address in self.answers:
                continue
            assert len(self.answers) < _MOST, "没有尽头：新的网址不断出现"
            answer = self._asked(address)
            self.answers[address] = answer
            waiting += (each for each in links(address, answer) if each not in self.answers)

    def _asked(self, address: str) -> Answer:
        """As somebody who kept a copy asks; told that it is still good, he has what he kept, so nothing is shown anew."""
        answer = self.ask(address, {})
        if again := self.kept.get(address):
            second = self.ask(address, again)
            assert second.status != 304 or answer.status == 200, f"{address} 已经没有了，却说原来的还有效"
        validators = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
        self.kept[address] = {
            asked: answer.headers[name] for name, asked in validators.items() if name in answer.headers
        }
        return answer

    def where(self, text: str) -> list[str]:
        """The addresses whose answer says this, in any way it can be written.

        A search that was asked for the text repeats it; it counts only when it found something.
        """
        return sorted(
            unquote(address)
            for address, answer in self.answers.items()
            if says(answer, text) and not _only_repeats(address, answer, text)
        )

    def names(self) -> set[str]:
        """The names of the portal's addresses that answered with something."""
        seen = set()
        for address, answer in self.answers.items():
            if answer.status in (200, 301, 302):
                try:
                    seen.add(resolve(urlsplit(address).path, urlconf=URLCONF).url_name or "")
                except Resolver404:
                    continue
        return seen

    def unseen(self) -> set[str]:
        """Addresses of the portal that no link led to: each needs something published that shows it."""
        return {pattern.name for pattern in urlpatterns} - self.names() - NOT_READ


def _only_repeats(address: str, answer: Answer, text: str) -> bool:
    return text in unquote(address) and b'<ol class="results">' not in answer.body


def beginnings() -> Iterator[str]:
    """Every address that takes no argument, whether a link leads there or not."""
    for pattern in urlpatterns:
        if pattern.name in NOT_READ:
            continue
        try:
            yield reverse(pattern.name, urlconf=URLCONF)
        except NoReverseMatch:
            continue


def links(address: str, answer: Answer) -> Iterator[str]:
    """Where this answer leads on this site: as whole addresses without the host."""
    for found in _led_to(address, answer):
        parts = urlsplit(urljoin(f"http://127.0.0.1{address}", unescape(found).strip()))
        if parts.hostname == "127.0.0.1" and not parts.path.startswith("/static/"):
            yield f"{parts.path}?{parts.query}" if parts.query else parts.path


def _led_to(address: str, answer: Answer) -> Iterator[str]:
    yield from (answer.headers[name] for name in ("location", "content-location") if name in answer.headers)
    yield from re.findall(r"<([^>]+)>", answer.headers.get("link", ""))
    kind = answer.headers.get("content-type", "").partition(";")[0]
    if not answer.body or address.startswith("/files/"):
        return
    if kind == "text/html":
        yield from map(str, html.fromstring(answer.body.decode()).xpath("//@href | //@src | //@data-href"))
    elif kind.endswith("xml"):
        tree = etree.fromstring(answer.body)
        yield from map(str, tree.xpath("//@href | //*[local-name()='loc']/text()"))
    elif kind.endswith("json"):
        yield from _texts(json.loads(answer.body))
    elif kind in ("text/csv", "text/plain"):
        yield from re.findall(r"https?://[^\s\",]+", answer.body.decode("utf-8-sig"))


def _texts(value: object) -> Iterator[str]:
    """Texts of a JSON answer that are addresses, and the addresses in texts that are pages."""
    if isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, str) and re.match(r"https?://|/[a-z]", value):
        yield value
    elif isinstance(value, str):
        yield from re.findall(r"(?:href|src)=\"([^\"]+)\"", value)


def says(answer: Answer, text: str) -> bool:
    """Whether the answer says this: as it is, escaped for HTML or JSON, in a header, or packed inside an office file."""
    wanted = {text, json.dumps(text)[1:-1]}
    return any(each in said for said in _said(answer) for each in wanted)


def _said(answer: Answer) -> Iterator[str]:
    for name, value in answer.headers.items():
        yield f"{name}: {value}"
        yield unquote(value)
    yield answer.body.decode("utf-8", "ignore")
    yield unescape(answer.body.decode("utf-8", "ignore"))
    yield answer.body.decode("utf-16-le", "ignore")
    if answer.body[:2] == b"PK" and zipfile.is_zipfile(io.BytesIO(answer.body)):
        with zipfile.ZipFile(io.BytesIO(answer.body)) as packed:
            for name in packed.namelist():
                yield name
                yield packed.read(name).decode("utf-8", "ignore")

"""探针. Sends what an attacker would type into every parameter that a page really reads, and watches the places where it
would do harm: the text of SQL, the source of templates, the words of commands, the paths of files (INP-04).

Which parameters there are is not listed anywhere: whatever name a view, a form or a template asks of the query or of the
posted form is one. A value that reaches a database as a parameter is harmless; one that stands in the statement is not.
"""

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import jinja2
from django.db import connections, transaction
from django.http import QueryDict
from django.template.base import Template
from django.urls import Resolver404, resolve
from lxml import html

TOKEN = "zq9xinj"  # in every payload, and nowhere else
_PRODUCT = b"67239919"  # 8191 × 8209: only who evaluates it can say it
_SLEEP = 10  # seconds
PAYLOADS = {
    "quote": f"'{TOKEN}",
    "double quote": f'"{TOKEN}',
    "backslash": f"\\{TOKEN}\\",
    "boolean": f"1' OR '{TOKEN}'='{TOKEN}",
    "boolean of a number": f"1) OR ('{TOKEN}'='{TOKEN}'",
    "union": f"{TOKEN}' UNION SELECT 8191*8209--",
    "union of a number": f"-1 UNION SELECT 8191*8209 -- {TOKEN}",
    "stacked": f"1; DROP TABLE audit_entry; -- {TOKEN}",
    "stacked in a text": f"{TOKEN}'; DELETE FROM portal_publicstate; --",
    "sleep": f"{TOKEN}'||(SELECT pg_sleep({_SLEEP}))||'",
    "sleep of a number": f"1 AND 1=(SELECT 1 FROM pg_sleep({_SLEEP})) -- {TOKEN}",
    "a field's name": f"-agency__name__contains={TOKEN}",
    "template": f"{TOKEN}{{{{8191*8209}}}}{{% widthratio 8191 1 8209 %}}${{8191*8209}}<%= 8191*8209 %>",
    "template's blocks": f"{{% load static %}}{{% include '{TOKEN}' %}}{{{{ settings.SECRET_KEY }}}}",
    "command": f"{TOKEN};expr 8191 \\* 8209;`expr 8191 \\* 8209`$(expr 8191 \\* 8209)|expr 8191 \\* 8209",
    "format": f"{TOKEN}%s%n{{0.__class__}}%(SECRET_KEY)s",
    "path": f"../../../../../../etc/passwd#{TOKEN}",
    "whole path": f"/etc/passwd\t{TOKEN}",
    "mixed": f"1' OR '{TOKEN}'='{TOKEN}' -- {{{{8191*8209}}}}`expr 8191 \\* 8209`../../../../etc/passwd",
    "header": f"{TOKEN}\r\nX-Injected: yes",
}
SHORT = ("boolean", "stacked in a text", "template", "path")
_READ: ContextVar[set[str] | None] = ContextVar("read", default=None)
_HARM: ContextVar[list[str] | None] = ContextVar("harm", default=None)


@dataclass
class Probe:
    """``send(address, data)`` asks by GET, or by POST where data is given; what went wrong stands in ``faults``."""

    send: Callable[[str, Mapping[str, Any] | None], Any]
    faults: list[str] = field(default_factory=list)
    asked: int = 0
    parameters: set[tuple[str, str]] = field(default_factory=set)

    def names(self, address: str) -> set[str]:
        """The parameters that this address reads, also those it asks for only when others are given."""
        known: set[str] = set()
        while True:
            with _recorded() as read:
                self._ask(_with(address, dict.fromkeys(known, "1")), None, "1")
            if read <= known:
                return known
            known |= read

    def query(self, address: str, payloads: Iterable[str] = PAYLOADS, *, together: bool = False) -> None:
        """Every parameter of a page, one at a time or all at once."""
        names = sorted(self.names(address))
        self.parameters |= {(urlsplit(address).path, name) for name in names}
        for key in payloads:
            given = PAYLOADS[key]
            for some in [names] if together else [[name] for name in names]:
                if some:
                    self._ask(_with(address, dict.fromkeys(some, given)), None, f"{key} in {some}")

    def forms(self, address: str, payloads: Iterable[str] = PAYLOADS, *, together: bool = False) -> None:
        """Every field of every form on a page; what is written is taken back."""
        for action, values, names in _forms_of(address, self.send(address, None)):
            self.parameters |= {(urlsplit(action).path, name) for name in names}
            for key in payloads:
                for some in [names] if together else [[name] for name in names]:
                    data = {**values, **dict.fromkeys(some, PAYLOADS[key])}
                    with taken_back():
                        self._ask(action, data, f"{key} in {some}")

    def path(self, address: str, payloads: Iterable[str] = PAYLOADS) -> None:
        """A payload in place of each part of the address."""
        parts = urlsplit(address).path.strip("/").split("/")
        for key in payloads:
            for place in range(len(parts)):
                changed = [*parts[:place], quote(PAYLOADS[key], safe=""), *parts[place + 1 :]]
                self._ask(f"/{'/'.join(changed)}/", None, f"{key} in part {place}")

    def _ask(self, address: str, data: Mapping[str, Any] | None, what: str) -> None:
        with _watched() as harm:
            began = time.monotonic()
            answer = self.send(address, data)
            body = answer.getvalue()
            took = time.monotonic() - began
        self.asked += 1
        told = [*harm]
        if answer.status_code >= 500:
            told.append(f"answered {answer.status_code}")
        if _PRODUCT in body or b"root:x:0" in body:
            told.append("evaluated it")
        if "X-Injected" in answer.headers:
            told.append("wrote a header of it")
        if took >= _SLEEP and "sleep" in what and self._takes_long(address, data):
            told.append(f"took {took:.1f} s")
        self.faults += [
            f"{'POST' if data is not None else 'GET'} {address[:120]}: {what}: {each}" for each in told
        ]

    def _takes_long(self, address: str, data: Mapping[str, Any] | None) -> bool:
        """Once more: a busy machine is slow now and then, a database that sleeps is slow every time."""
        began = time.monotonic()
        self.send(address, data)
        return time.monotonic() - began >= _SLEEP


@contextlib.contextmanager
def taken_back() -> Iterator[None]:
    """Nothing stays of what is written, on either database."""
    with contextlib.ExitStack() as stack:
        for alias in connections:
            stack.enter_context(transaction.atomic(using=alias))
        yield
        for alias in connections:
            transaction.set_rollback(True, using=alias)


@contextlib.contextmanager
def _recorded() -> Iterator[set[str]]:
    """The names that are asked of any query or posted form meanwhile."""
    read: set[str] = set()
    mark = _READ.set(read)
    try:
        with contextlib.ExitStack() as stack:
            for name in ("get", "getlist", "__getitem__", "__contains__"):
                stack.enter_context(_wrapped(QueryDict, name, _noting))
            stack.enter_context(_wrapped(QueryDict, "dict", _noting_copies))
            yield read
    finally:
        _READ.reset(mark)


def _noting(own: Callable[..., Any]) -> Callable[..., Any]:
    def noting(self: Any, key: Any, *more: Any, **named: Any) -> Any:
        if (read := _READ.get()) is not None and isinstance(key, str):
            read.add(key)
        return own(self, key, *more, **named)

    return noting


class _Copy(dict[str, Any]):
    """A query as a plain dict, still asked by name."""

    get = _noting(dict.get)
    __getitem__ = _noting(dict.__getitem__)
    __contains__ = _noting(dict.__contains__)


def _noting_copies(own: Callable[..., Any]) -> Callable[..., Any]:
    return lambda self: _Copy(own(self))


@contextlib.contextmanager
def _watched() -> Iterator[list[str]]:
    """What of a payload reaches a statement, a template, a command or a path meanwhile."""
    harm: list[str] = []
    mark = _HARM.set(harm)
    try:
        with contextlib.ExitStack() as stack:
            for alias in connections:
                stack.enter_context(connections[alias].execute_wrapper(_statement))
            stack.enter_context(_wrapped(Template, "__init__", _template))
            stack.enter_context(_wrapped(jinja2.Environment, "compile", _template))
            yield harm
    finally:
        _HARM.reset(mark)


def _statement(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    _tell("the text of SQL", sql)
    return execute(sql, params, many, context)


def _template(own: Callable[..., Any]) -> Callable[..., Any]:
    def looking(self: Any, source: Any, *more: Any, **named: Any) -> Any:
        _tell("the source of a template", source)
        return own(self, source, *more, **named)

    return looking


def _tell(where: str, *texts: Any) -> None:
    harm = _HARM.get()
    if harm is not None and any(TOKEN in str(text) or "etc/passwd" in str(text) for text in texts):
        harm.append(f"stands in {where}")


def _audited(event: str, arguments: tuple[Any, ...]) -> None:
    """The interpreter's own word of every file opened, every folder listed, every program started."""
    if _HARM.get() is None:
        return
    if event in (
        "open",
        "os.listdir",
        "os.scandir",
        "os.mkdir",
        "os.rename",
        "os.remove",
        "import",
        "glob.glob",
    ):
        _tell(f"a path ({event})", arguments[0])
    elif event in ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.startfile", "exec"):
        _tell(f"a command ({event})", *arguments)
    elif event == "compile":
        _tell("the source of a program", arguments[0])


sys.addaudithook(_audited)  # for good: there is no taking it off; it does nothing while nobody watches


@contextlib.contextmanager
def _wrapped(owner: Any, name: str, wrap: Callable[..., Any]) -> Iterator[None]:
    own = getattr(owner, name)
    inherited = name not in vars(owner)
    setattr(owner, name, wrap(own))
    try:
        yield
    finally:
        if inherited:
            delattr(owner, name)
        else:
            setattr(owner, name, own)


def _with(address: str, given: Mapping[str, str]) -> str:
    if not given:
        return address
    path, _, query = address.partition("?")
    kept = QueryDict(query, mutable=True)
    for name, value in given.items():
        kept[name] = value
    return f"{path}?{kept.urlencode()}"


def _forms_of(address: str, answer: Any) -> Iterator[tuple[str, dict[str, str], list[str]]]:
    """Where each form goes, what it holds, the names of its fields."""
    body = answer.getvalue()
    if answer.status_code != 200 or not answer.get("Content-Type", "").startswith("text/html") or not body:
        return
    for form in html.fromstring(body).forms:
        if (form.method or "").upper() != "POST":
            continue
        action = (form.get("action") or address).partition("#")[0] or address
        if urlsplit(action).netloc:
            continue
        files = {each.get("name") for each in form.iter("input") if each.get("type") == "file"}
        buttons = [each for each in form.iter("button") if each.get("name")]
        values = {name: value or "" for name, value in form.form_values() if name not in files}
        values |= {each.get("name"): each.get("value") or "" for each in buttons[:1]}
        names = {name for name in form.fields if name} | {each.get("name") for each in buttons}
        yield os.path.normpath(action) + ("/" if action.endswith("/") else ""), values, sorted(names - files)


def one_of_each(addresses: Iterable[str], urlconf: str, *, telling: Iterable[str] = ()) -> list[str]:
    """An address for each pattern, each set of parameters that links give it, each word that chooses a register."""
    found: dict[object, str] = {}
    for address in sorted(addresses):
        parts = urlsplit(address)
        try:
            match = resolve(parts.path, urlconf=urlconf)
        except Resolver404:
            continue
        words = tuple(sorted((name, str(match.kwargs[name])) for name in telling if name in match.kwargs))
        found.setdefault((match.view_name, words, tuple(sorted(parse_qs(parts.query)))), address)
    return sorted(found.values())

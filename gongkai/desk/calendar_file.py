"""日历文件. Dated things to do as iCalendar (RFC 5545): all-day events that calendars can subscribe to."""

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from gongkai.agencies.to_do import ToDo

_LINE = 75  # octets, the line break not counted (RFC 5545, 3.1)
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_ESCAPED = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}


def calendar_file(to_dos: Iterable[ToDo], *, name: str, desk: str, now: datetime) -> bytes:
    """The whole file. ``desk`` is the desk's address, without a slash at its end."""
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//gongkai//desk//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        *(line for each in _once(to_dos) for line in _event(each, desk, now)),
        "END:VCALENDAR",
    )
    return b"".join(folded(line) for line in lines)


def escaped(text: str) -> str:
    r"""文字: what the format would take for its own signs; other control characters are left out.

    >>> print(escaped("甲；乙, 丙; 丁" + chr(10) + chr(7) + "戊"))
    甲；乙\, 丙\; 丁\n戊
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(_ESCAPED.get(c, c) for c in plain if c == "\n" or unicodedata.category(c) not in _UNSEEN)


def folded(line: str) -> bytes:
    """折行: no line is longer than 75 octets, and no character is cut in two.

    >>> [len(part) for part in folded("SUMMARY:" + "字" * 40).split(bytes([13, 10]))]
    [74, 55, 0]
    """
    parts, part, room = [], b"", _LINE
    for character in line:
        octets = character.encode()
        if len(part) + len(octets) > room:
            parts.append(part)
            part, room = b"", _LINE - 1  # the space that a continued line begins with
        part += octets
    return b"\r\n ".join([*parts, part]) + b"\r\n"


def _once(to_dos: Iterable[ToDo]) -> Iterator[ToDo]:
    """Dated ones, each page of the desk once: what is mine and near stands in both lists of the home page."""
    seen: set[str] = set()
    for each in to_dos:
        if each.due_on and each.url not in seen:
            seen.add(each.url)
            yield each


def _event(to_do: ToDo, desk: str, now: datetime) -> Iterator[str]:
    assert to_do.due_on  # noqa: S101 — _once leaves only dated ones
    yield "BEGIN:VEVENT"
    # The same thing keeps its UID when its day or its words change, so that calendars move it and do not double it.
    yield f"UID:{hashlib.sha256(to_do.url.encode()).hexdigest()[:32]}@gongkai"
    yield f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{to_do.due_on:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{to_do.due_on + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(f'{to_do.kind}：{to_do.title}')}"
    if to_do.why:
        yield f"DESCRIPTION:{escaped(to_do.why)}"
    yield f"URL:{desk}{to_do.url}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"

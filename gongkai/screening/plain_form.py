"""便于查找的写法. Full width, zero-width characters, Chinese numerals made plain, every character with its place.

What a disguise changes is undone before anything is looked for; what is found is told at its place in the text as
given.
"""

import re
import unicodedata
from dataclasses import dataclass

# Characters that cannot be seen between two others: zero-width, bidi controls, soft hyphen, variation selectors.
_UNSEEN = frozenset(
    (
        *(0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x3164, 0xFEFF, 0xFFA0),
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xFE00, 0xFE10),
        *range(0xE0000, 0xE0080),
    )
)
_NUMERALS = dict(zip("〇零○一二三四五六七八九壹贰叁肆伍陆柒捌玖幺", "0001234567891234567891", strict=True))
_SHORTEST_IN_NUMERALS = 7
_IN_NUMERALS = re.compile(rf"[{''.join(_NUMERALS)}0-9](?:[ \t\n\-·]?[{''.join(_NUMERALS)}0-9])+")
_DASHES = dict.fromkeys("‐‑‒–—―−－﹣", "-")


@dataclass(frozen=True, slots=True)
class PlainForm:
    """平常的写法: the text to search, and for each of its characters its place in the text as given."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the text as given."""
        return self.places[start], self.places[end - 1] + 1


def plain_form(text: str) -> PlainForm:
    """
    >>> plain_form("１３\u200b8 一三八零零一三八零零零").text
    '138 13800138000'
    """
    plain = {character: _plain(character) for character in set(text)}
    text = text.translate({ord(before): after for before, after in plain.items() if len(after) == 1})
    odd = "".join(character for character, after in plain.items() if len(after) != 1)
    pieces: list[str] = []
    places: list[int] = []
    start = 0
    for found in re.finditer(f"[{re.escape(odd)}]", text) if odd else ():
        pieces += [text[start : found.start()], plain[found[0]]]
        places += range(start, found.start())
        places += [found.start()] * len(plain[found[0]])
        start = found.end()
    pieces.append(text[start:])
    places += range(start, len(text))
    return PlainForm(_IN_NUMERALS.sub(_digits, "".join(pieces)), tuple(places))


def _plain(character: str) -> str:
    if character < "\x7f":
        return "\n" if character in "\r\v\f" else character
    if ord(character) in _UNSEEN:
        return ""
    if character in _DASHES:
        return "-"
    if character in "\x85\u2028\u2029":
        return "\n"
    return " " if character.isspace() else unicodedata.normalize("NFKC", character)


def _digits(run: re.Match[str]) -> str:
    """A long run of numerals is a number; 二〇二六 stays a year."""
    numerals = sum(character in _NUMERALS for character in run[0])
    figures = numerals + sum(character.isdecimal() for character in run[0])
    if not numerals or figures < _SHORTEST_IN_NUMERALS:
        return run[0]
    return "".join(_NUMERALS.get(character, character) for character in run[0])

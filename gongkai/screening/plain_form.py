"""便于查找的写法. Full width, zero-width characters, Chinese numerals made plain, every character with its place.

What a disguise changes is undone before anything is looked for; what is found is told at its place in the text as
given.
"""

import re
import unicodedata
from dataclasses import dataclass

from gongkai.screening.numbers import is_somebodys

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
# ①, ¹ and ₁ are compatible with 1; as often they number a paragraph or a note.
_MARKS = dict(zip("⓪①②③④⑤⑥⑦⑧⑨⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "0123456789" * 3, strict=True))
_FIGURES = {**_NUMERALS, **_MARKS}
_SHORTEST_IN_NUMERALS = 7
_TOUCHING = 4  # numerals around a number that can still be the end of a name and the beginning of a word
_ONE = f"[{''.join(_FIGURES)}0-9]"
_IN_NUMERALS = re.compile(rf"{_ONE}(?:[ \t\n\-·]?{_ONE})+[Xx]?|[{''.join(_MARKS)}]")
_BETWEEN = re.compile(rf"([ \t\n\-·{''.join(_MARKS)}])")
# A PDF names a character by the radical that looks like it; NFKC knows the Kangxi radicals, and two of them by an older form.
_RADICALS = dict(
    zip(
        "⺁⺎⺒⺓⺜⺝⺟⺠⺧⺩⺫⺬⺮⺶⺻⺼⺽⻁⻄⻅⻆⻉⻊⻋⻏⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳⼾⾭",
        "厂兀巳幺日月母民牛王目示竹羊聿肉臼虎西见角贝足车邑長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟户青",
        strict=True,
    )
)
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
    if character in _MARKS:
        return character
    if character in _DASHES:
        return "-"
    if character in "\x85\u2028\u2029":
        return "\n"
    if character.isspace():
        return " "
    if character in _RADICALS:
        return _RADICALS[character]
    plain = unicodedata.normalize("NFKC", character)
    return (
        f"({plain})" if plain.isdecimal() and len(plain) > 1 else plain
    )  # ⑩ never runs into the number behind it


def _digits(run: re.Match[str]) -> str:
    """A long run of numerals is a number; 二〇二六 stays a year, and 四 a name in 李四13800138000."""
    text = run[0]
    if text.isascii():
        return text
    for pieces in ([text], _BETWEEN.split(text)):
        parted = [_parted(piece) for piece in pieces]
        if any(parted):
            return "".join(
                apart or (" " if piece in _MARKS else _plain_figures(piece))
                for piece, apart in zip(pieces, parted, strict=True)
            )
    return _plain_figures(text)


def _parted(text: str) -> str:
    """The text when what its numerals touch, or all but one of them, is a whole number of somebody's; else nothing."""
    core = text.strip("".join(_FIGURES))
    if len(text) - len(core) <= _TOUCHING and is_somebodys("".join(filter(str.isalnum, core))):
        return "".join(" " if character in _MARKS else character for character in text)
    if core or is_somebodys(plain := _plain_figures(text)):
        return ""
    for first, last in ((1, len(text)), (0, len(text) - 1)):
        if is_somebodys(plain[first:last]):
            return text[:first] + plain[first:last] + text[last:]
    return ""


def _plain_figures(text: str) -> str:
    numerals = sum(character in _NUMERALS for character in text)
    figures = _MARKS if numerals + sum(map(str.isdigit, text)) < _SHORTEST_IN_NUMERALS else _FIGURES
    return "".join(figures.get(character, character) for character in text)

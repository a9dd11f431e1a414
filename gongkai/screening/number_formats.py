"""数字格式. What a number format of Excel shows of a value: the value, other words in its place, or nothing.

A format has up to four sections: for what is above zero, below, zero, and text; a section may have a condition and a colour.
"""

import re
from dataclasses import dataclass
from enum import Enum

from gongkai.screening.colours import Colour, Palette, of_hex

_TOKEN = re.compile(r'"([^"]*)"?|\\(.)|_(.)|\*(.)|\[([^\]]{0,100})\]|(.)', re.DOTALL)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*([-+]?[0-9.]+(?:E[-+]?\d+)?)", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:color|颜色)\s*(\d{1,2})", re.IGNORECASE)
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_SHOWS_VALUE = frozenset("0#?gGyYmMdDhHsSeEbBaA@/通")
_SHORT = 4  # figures: a code shown as its meaning, 1 as 男, hides nothing
_COLOURS = {
    "black": "000000",
    "黑色": "000000",
    "white": "FFFFFF",
    "白色": "FFFFFF",
    "red": "FF0000",
    "红色": "FF0000",
    "green": "00FF00",
    "绿色": "00FF00",
    "blue": "0000FF",
    "蓝色": "0000FF",
    "yellow": "FFFF00",
    "黄色": "FFFF00",
    "magenta": "FF00FF",
    "洋红": "FF00FF",
    "洋红色": "FF00FF",
    "cyan": "00FFFF",
    "青色": "00FFFF",
    "蓝绿色": "00FFFF",
}


class Shown(Enum):
    VALUE = "value"
    WORDS = "words"  # something else in its place
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class _Section:
    shown: Shown
    text: bool
    colour: Colour | None
    condition: tuple[str, float] | None


class NumberFormat:
    """一个数字格式, read once and asked for each value."""

    def __init__(self, code: str, palette: Palette) -> None:
        self._sections = [_section(tokens, palette) for tokens in _split(code[:1000])]

    @property
    def is_plain(self) -> bool:
        """Shows every value, in no colour of its own: nothing to ask."""
        return all(each.shown is Shown.VALUE and each.colour is None for each in self._sections)

    def hides_text(self) -> bool:
        section = self._for_text()
        return section is not None and section.shown is not Shown.VALUE

    def hides_number(self, value: float, figures: str) -> bool:
        section = self._for_number(value)
        if section is None or section.shown is Shown.VALUE:
            return False
        if value == 0:  # no zeros, or a dash in their place, is how tables are kept readable
            return False
        return section.shown is Shown.NOTHING or len(figures) > _SHORT

    def colour_of(self, value: float | None) -> Colour | None:
        """None for text."""
        section = self._for_text() if value is None else self._for_number(value)
        return section.colour if section is not None else None

    def _for_text(self) -> _Section | None:
        if len(self._sections) >= 4:
            return self._sections[3]
        last = self._sections[-1]
        return last if last.text else None

    def _for_number(self, value: float) -> _Section | None:
        sections = self._sections[:3]
        if len(sections) > 1 and sections[-1].text and len(self._sections) < 4:
            sections = sections[:-1]
        elif len(sections) == 1 and sections[0].text:
            return None  # a number in a text format is shown as it is
        if any(each.condition for each in sections):
            for number, each in enumerate(sections):
                if number == len(sections) - 1 and each.condition is None:
                    return each
                if _holds(each.condition or (("<", 0.0) if number else (">", 0.0)), value):
                    return each
            return None
        if len(sections) == 1 or value > 0:
            return sections[0]
        if value < 0:
            return sections[1]
        return sections[2] if len(sections) > 2 else sections[0]


def _holds(condition: tuple[str, float], value: float) -> bool:
    sign, than = condition
    return {
        "<": value < than,
        "<=": value <= than,
        ">": value > than,
        ">=": value >= than,
        "=": value == than,
        "<>": value != than,
    }[sign]


def _split(code: str) -> list[list[tuple[str, ...]]]:
    sections: list[list[tuple[str, ...]]] = [[]]
    for token in _TOKEN.findall(code):
        if token[5] == ";":
            sections.append([])
        else:
            sections[-1].append(token)
    return sections


def _section(tokens: list[tuple[str, ...]], palette: Palette) -> _Section:
    shown, text, colour, condition = Shown.NOTHING, False, None, None
    for quoted, escaped, _, filler, bracket, plain in tokens:
        if bracket:
            found = _CONDITION.fullmatch(bracket.strip())
            if found:
                condition = (found[1], _figure(found[2]))
            elif bracket.startswith("$") and bracket[1:].partition("-")[0].strip():
                shown = Shown.WORDS if shown is Shown.NOTHING else shown
            elif _ELAPSED.fullmatch(bracket):
                shown = Shown.VALUE
            else:
                colour = _colour(bracket, palette) or colour
        elif plain in _SHOWS_VALUE:
            shown, text = Shown.VALUE, text or plain == "@"
        elif (quoted + escaped + filler + plain).strip(" \u3000\u00a0\u200b") and shown is Shown.NOTHING:
            shown = Shown.WORDS
    return _Section(shown, text, colour, condition)


def _colour(word: str, palette: Palette) -> Colour | None:
    found = _NUMBERED.fullmatch(word.strip())
    if found:
        return palette.numbered(int(found[1]) + 7)
    return of_hex(_COLOURS.get(word.strip().lower()))


def _figure(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        return 0.0

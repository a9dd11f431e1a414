"""单元格的样子. How the cells of a workbook look: the colour of their letters and of what is behind, their size, their format."""

from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from lxml import etree

from gongkai.screening.colours import BLACK, WHITE, Colour, Palette, alike, named
from gongkai.screening.number_formats import NumberFormat
from gongkai.screening.package import Package

_T = TypeVar("_T")
TINY = 2.0  # points: nobody reads that


class Unseen(Enum):
    """为什么看不见."""

    FORMAT = "format"
    COLOUR = "colour"
    SIZE = "size"


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of one cell's words with letters of its own."""

    words: str
    colour: Colour | None
    size: float | None


@dataclass(frozen=True, slots=True)
class Look:
    """一种单元格样式; ``behind`` is empty where it cannot be said."""

    letters: Colour
    behind: tuple[Colour, ...]
    filled: bool
    size: float
    format: NumberFormat | None

    @property
    def is_plain(self) -> bool:
        return self.format is None and self.size > TINY and not self.matches(self.letters)

    def matches(self, letters: Colour) -> bool:
        return bool(self.behind) and alike(letters, self.behind)

    def hides(self, kind: str, value: str) -> Unseen | None:
        """Why this value is not seen in a cell of this style."""
        number = _number(value) if kind == "n" else None
        own = None
        if self.format is not None and (number is not None or kind in ("s", "str", "inlineStr")):
            hidden = self.format.hides_text() if number is None else self.format.hides_number(number, value)
            if hidden:
                return Unseen.FORMAT
            own = self.format.colour_of(number)
        if self.matches(own or self.letters):
            return Unseen.COLOUR
        return Unseen.SIZE if self.size <= TINY else None

    def hidden_runs(self, runs: tuple[Run, ...]) -> str:
        """The pieces that are not seen, of a cell whose words have letters of several kinds."""
        return "".join(
            run.words
            for run in runs
            if self.matches(run.colour or self.letters)
            or (run.size if run.size is not None else self.size) <= TINY
        )


class Looks:
    """一本工作簿的样式: one look for each kind of cell, and what its rules of conditional formatting paint."""

    def __init__(self, package: Package, main: str) -> None:
        self.palette = Palette(package, main)
        self.codes: list[str] = []
        self.all: list[Look] = []
        self.rules: list[tuple[Colour | None, tuple[Colour, ...], NumberFormat | None]] = []
        for name in package.related("styles", main)[:1]:
            self._read(package.tree(name))
        self.plain = [each.is_plain for each in self.all]

    def look(self, style: int) -> Look:
        return self.all[style] if 0 <= style < len(self.all) else ORDINARY

    def is_plain(self, style: int) -> bool:
        return self.plain[style] if 0 <= style < len(self.plain) else True

    def _read(self, root: etree._Element) -> None:
        for colours in root.iter("{*}indexedColors"):
            self.palette.renumber(colours)
        codes = {each.get("numFmtId"): each.get("formatCode") or "" for each in root.iter("{*}numFmt")}
        fonts = [(self._letters(each) or BLACK, _size(each)) for each in _list(root, "fonts")]
        fills = [self.fill(each) for each in _list(root, "fills")]
        formats: dict[str, NumberFormat | None] = {}
        for style in _list(root, "cellXfs"):
            code = codes.get(style.get("numFmtId"), "")
            if code not in formats:
                made = NumberFormat(code, self.palette) if code else None
                formats[code] = None if made is None or made.is_plain else made
            letters, size = _at(fonts, style.get("fontId"), (BLACK, 11.0))
            filled, behind = _at(fills, style.get("fillId"), (False, (WHITE,)))
            self.codes.append(code)
            self.all.append(Look(letters, behind, filled, size, formats[code]))
        for rule in _list(root, "dxfs"):
            self.rules.append(self.rule(rule))

    def rule(self, rule: etree._Element) -> tuple[Colour | None, tuple[Colour, ...], NumberFormat | None]:
        letters: Colour | None = None
        behind: tuple[Colour, ...] = ()
        format_: NumberFormat | None = None
        for each in rule:
            what = named(each)
            if what == "font":
                letters = self._letters(each)
            elif what == "fill":
                behind = self._fill_ofrule(each)
            elif what == "numFmt":
                made = NumberFormat(each.get("formatCode") or "", self.palette)
                format_ = None if made.is_plain else made
        return letters, behind, format_

    def _letters(self, font: etree._Element) -> Colour | None:
        return self.palette.of_cell(font.find("{*}color"), None)

    def fill(self, fill: etree._Element) -> tuple[bool, tuple[Colour, ...]]:
        """Whether there is one, and the colours it has."""
        pattern = next(iter(fill), None)
        if pattern is None:
            return False, (WHITE,)
        if named(pattern) == "gradientFill":
            return True, self._colours([stop.find("{*}color") for stop in pattern.iter("{*}stop")])
        kind = pattern.get("patternType") or "none"
        if kind == "none":
            return False, (WHITE,)
        front, back = pattern.find("{*}fgColor"), pattern.find("{*}bgColor")
        return True, self._colours([front] if kind == "solid" else [front, back])

    def _fill_ofrule(self, fill: etree._Element) -> tuple[Colour, ...]:
        """A rule keeps the colour of a whole fill where a cell keeps that of its background."""
        pattern = fill.find("{*}patternFill")
        if pattern is None:
            return self.fill(fill)[1]
        back = pattern.find("{*}bgColor")
        return self._colours([back if back is not None else pattern.find("{*}fgColor")])

    def _colours(self, elements: list[etree._Element | None]) -> tuple[Colour, ...]:
        """Nothing where one of them is not known."""
        colours = [self.palette.of_cell(each, None) for each in elements]
        return tuple(each for each in colours if each is not None) if None not in colours else ()

    def runs(self, item: etree._Element) -> tuple[Run, ...]:
        """The pieces of a string, when one of them has letters of its own."""
        runs, own = [], False
        for run in item.iterchildren("{*}r"):
            properties = run.find("{*}rPr")
            words = "".join(each.text or "" for each in run.iterchildren("{*}t"))
            colour = size = None
            if properties is not None:
                colour = self.palette.of_cell(properties.find("{*}color"), None)
                size = _size(properties) if properties.find("{*}sz") is not None else None
                own = own or colour is not None or size is not None
            runs.append(Run(words, colour, size))
        return tuple(runs) if own else ()


ORDINARY = Look(BLACK, (WHITE,), False, 11.0, None)


def _list(root: etree._Element, name: str) -> list[etree._Element]:
    found = root.find(f"{{*}}{name}")
    return [] if found is None else list(found)


def _at(values: list[_T], place: str | None, otherwise: _T) -> _T:
    number = int(place) if place and place.isdecimal() and len(place) < 7 else 0
    return values[number] if number < len(values) else otherwise


def _size(font: etree._Element) -> float:
    size = font.find("{*}sz")
    return _number(size.get("val") if size is not None else "") or 11.0


def _number(value: str | None) -> float | None:
    try:
        return float(value or "")
    except ValueError:
        return None

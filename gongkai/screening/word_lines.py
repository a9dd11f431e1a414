"""文字大约排在哪里. Where the lines of a Word file stand, within bounds: there is no typesetter here, and each has his own.

Everything has a least and a most. In points, from the top of what is asked about and from the left edge of the text.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from lxml import etree

from gongkai.screening.colours import named
from gongkai.screening.package import local
from gongkai.screening.word_looks import Looks, child, value

Span = tuple[float, float]
_TWIPS = 20
_EMU = 12_700
_LOW, _HIGH = 1.05, 1.4  # height of a line, of the size of its letters
_CHINESE, _LATIN = (0.97, 1.04), (0.45, 0.62)  # width of a letter, of its size
_TAB = 42.0
_BLANK = " \u3000\u00a0_＿—\n\t"
_WRAPPERS = ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")
_MOST_WORDS = 4_000  # of one paragraph; more stand on several pages


@dataclass(frozen=True, slots=True)
class Line:
    """一段文字中的一行或者连着的几行. ``sure``: where letters stand on each of them; ``may``: where they may."""

    paragraph: etree._Element
    top: Span
    height: Span
    pitch: Span
    sure: Span | None
    may: Span | None
    piece: int  # of the paragraph, by its breaks
    words: str  # of the piece
    before: Span  # lines of it before these
    letters: Span  # in a line

    def between(self, first: float, last: float) -> tuple[int, int]:
        """Which of the words stand from the first to the last of these lines."""
        if self.before == (0, 0) and self.height[1] <= self.pitch[1]:
            return 0, len(self.words)
        start = math.floor((self.before[0] + max(first, 0.0)) * self.letters[0])
        return min(start, len(self.words)), min(
            math.ceil((self.before[1] + last) * self.letters[1]), len(self.words)
        )


@dataclass(frozen=True, slots=True)
class Block:
    """从上到下的一块: a paragraph, or a row of a table, with the lines in it."""

    height: Span
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """一节的页面, in points."""

    width: float = 595.3
    height: float = 841.9
    left: float = 90.0
    right: float = 90.0
    top: float = 72.0
    bottom: float = 72.0
    header: float = 42.5
    footer: float = 49.6
    grid: float = 0.0
    columns: int = 1

    @property
    def text_width(self) -> float:
        return (
            max(self.width - self.left - self.right, 20.0) / self.columns * (0.95 if self.columns > 1 else 1)
        )


def page_of(section: etree._Element | None) -> Page:
    size, edges, grid, columns = (child(section, name) for name in ("pgSz", "pgMar", "docGrid", "cols"))
    usual = Page()

    def told(holder: etree._Element | None, name: str, otherwise: float) -> float:
        said = value(holder, name)
        return abs(points(said)) if said.lstrip("-").replace(".", "", 1).isdecimal() else otherwise

    lined = value(grid, "type") in ("lines", "linesAndChars", "snapToChars")
    several = value(columns, "num")
    return Page(
        width=told(size, "w", usual.width),
        height=told(size, "h", usual.height),
        left=told(edges, "left", usual.left),
        right=told(edges, "right", usual.right),
        top=told(edges, "top", usual.top),
        bottom=told(edges, "bottom", usual.bottom),
        header=told(edges, "header", usual.header),
        footer=told(edges, "footer", usual.footer),
        grid=told(grid, "linePitch", 0.0) if lined else 0.0,
        columns=int(several) if several.isdecimal() and 0 < int(several) < 10 else 1,
    )


def items_of(container: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs and the rows of tables, from the top down."""
    for each in container.iterchildren(etree.Element):
        name = local(each)
        if name in ("p", "tr"):
            yield each
        elif name == "tbl" or name in _WRAPPERS:
            yield from items_of(each)


class Lines:
    """一份文件的行: how high each paragraph and each row is, and where its letters stand."""

    def __init__(self, looks: Looks, words_of: Callable[[etree._Element], str]) -> None:
        self._looks, self.words_of = looks, words_of

    def block(self, item: etree._Element, page: Page, width: float, left: float = 0.0) -> Block:
        return (
            self._row(item, page, left) if local(item) == "tr" else self._paragraph(item, page, width, left)
        )

    def _paragraph(self, item: etree._Element, page: Page, width: float, left: float) -> Block:
        size = self._sizes(item)
        pitch = self._pitch(item, size, page.grid)
        above, below = (self._spacing(item, side, page.grid) for side in ("before", "after"))
        drawn = _drawn_in_line(item)
        start, usable = self._between(item, width, size[1])
        align = self._looks.of_paragraph(item, "jc", "val")
        lines: list[Line] = []
        top = (above, above + drawn)
        words = self.words_of(item)[:_MOST_WORDS]
        for number, piece in enumerate(words.split("\n")):
            first = 0.0 if number else self._first(item, size[1])
            own = _lines_of(piece, size, start + left, usable, first, align)
            before: Span = (0, 0)
            wide = _width(piece, size)
            letters = (len(piece) * (usable - size[1]) / (wide[1] or 1), len(piece) * usable / (wide[0] or 1))
            for count, sure, may in own:
                height = (count[0] * pitch[0], count[1] * pitch[1])
                lines.append(Line(item, top, height, pitch, sure, may, number, piece, before, letters))
                top, before = _added(top, height), _added(before, count)
        return Block((top[0] + drawn + below, top[1] + below), tuple(lines))

    def _row(self, row: etree._Element, page: Page, left: float) -> Block:
        least, most = 0.0, 0.0
        inside: list[tuple[Line, bool]] = []
        for cell, place, width in cells_of(row):
            top, lines = (0.0, 0.0), []
            for item in items_of(cell):
                own = self.block(item, page, max(width - 2 * _MARGIN, 8.0), left + place + _MARGIN)
                lines += [replace(each, top=_added(each.top, top)) for each in own.lines]
                top = _added(top, own.height)
            floating = value(child(child(cell, "tcPr"), "vAlign")) in ("center", "bottom", "both")
            inside += [(each, floating) for each in lines]
            if value(child(child(cell, "tcPr"), "vMerge")) or child(child(cell, "tcPr"), "vMerge") is None:
                least = max(least, top[0])
            most = max(most, top[1])
        said = child(child(row, "trPr"), "trHeight")
        height = points(value(said))
        if value(said, "hRule") == "exact":
            least = most = height
        else:
            least, most = max(least, height), max(most, height)
        slack = max(most - min((each.top[0] + each.height[0] for each, _ in inside), default=most), 0.0)
        return Block(
            (least, most),
            tuple(
                replace(each, top=(each.top[0], each.top[1] + slack)) if floating else each
                for each, floating in inside
            ),
        )

    def _sizes(self, item: etree._Element) -> Span:
        sizes = [
            self._looks.size(run)
            for run in item.iterchildren("{*}r")
            if next(run.iterchildren("{*}t"), None) is not None
        ]
        if not sizes:
            properties = child(item, "pPr")
            sizes = [self._looks.size(item if properties is None else properties)]
        return max(min(sizes), 1.0), max(*sizes, 1.0)

    def _pitch(self, item: etree._Element, size: Span, grid: float) -> Span:
        rule, said = (self._looks.of_paragraph(item, "spacing", key) for key in ("lineRule", "line"))
        line = points(said)
        if rule == "exact" and line:
            return line, line
        least, most = _LOW * size[0], _HIGH * size[1]
        if grid and self._looks.of_paragraph(item, "snapToGrid", "val") not in ("0", "false"):
            least, most = math.ceil(least / grid) * grid, math.ceil(most / grid) * grid
        if line and rule in ("", "auto"):
            least, most = least * line * _TWIPS / 240, most * line * _TWIPS / 240
        return (max(least, line), max(most, line)) if rule == "atLeast" else (least, most)

    def _spacing(self, item: etree._Element, side: str, grid: float) -> float:
        lines = self._looks.of_paragraph(item, "spacing", f"{side}Lines")
        if _is_whole(lines):
            return int(lines) / 100 * (grid or 12.0)
        return points(self._looks.of_paragraph(item, "spacing", side))

    def _between(self, item: etree._Element, width: float, size: float) -> Span:
        """Where lines begin, and how long they may be."""
        edges = []
        for names in (("left", "start"), ("right", "end")):
            letters = next(
                (said for name in names if (said := self._looks.of_paragraph(item, "ind", f"{name}Chars"))),
                "",
            )
            said = next((said for name in names if (said := self._looks.of_paragraph(item, "ind", name))), "")
            edges.append(int(letters) / 100 * size if _is_whole(letters) and int(letters) else points(said))
        return edges[0], max(width - sum(edges), size)

    def _first(self, item: etree._Element, size: float) -> float:
        letters = self._looks.of_paragraph(item, "ind", "firstLineChars")
        if _is_whole(letters) and int(letters):
            return int(letters) / 100 * size
        hanging = points(self._looks.of_paragraph(item, "ind", "hanging"))
        return -hanging if hanging else points(self._looks.of_paragraph(item, "ind", "firstLine"))


_MARGIN = 5.4  # between the edge of a cell and its words


def _lines_of(
    words: str, size: Span, left: float, usable: float, first: float, align: str
) -> Iterator[tuple[Span, Span | None, Span | None]]:
    """How many lines there are, where letters stand on them for sure, and where they may stand."""
    bare = words.strip(_BLANK)
    if not bare:
        yield (1, 1), None, None
        return
    lead = _width(words[: len(words) - len(words.lstrip(_BLANK))], size)
    sure, whole = _width(bare.partition("\t")[0], size)[0], _width(bare, size)[1]
    begins = (first + lead[0], first + lead[1])
    ends = (begins[0] + sure, begins[1] + whole)
    if ends[1] <= usable:
        yield (1, 1), *_aligned(begins, ends, left, usable, align)
        return
    short = max(usable - size[1], usable / 2)  # what a line holds at least
    count = (max(math.ceil(ends[0] / usable), 1), max(math.ceil(ends[1] / short), 2))
    full = (left + max(begins[1], 0.0), left + min(ends[0], usable))
    yield (
        (max(count[0] - 1, 1), max(count[1] - 1, 1)),
        full if full[0] < full[1] else None,
        (left, left + usable),
    )
    if count[0] == count[1]:
        rest = (ends[0] - (count[0] - 1) * usable, ends[1] - (count[0] - 1) * short)
        yield (1, 1), *_aligned((0.0, 0.0), (rest[0], min(rest[1], usable)), left, usable, align)
    else:
        yield (0 if count[0] == 1 else 1, 1), None, (left, left + usable)


def _aligned(begins: Span, ends: Span, left: float, usable: float, align: str) -> tuple[Span, Span]:
    wide, narrow = ends[1] - begins[0], max(ends[0] - begins[0], 1.0)
    if align in ("center", "distribute"):
        middle = left + usable / 2
        return (middle - narrow / 2, middle + narrow / 2), (middle - wide / 2, middle + wide / 2)
    if align in ("right", "end"):
        edge = left + usable
        return (edge - narrow, edge), (edge - wide, edge)
    return (left + begins[1], left + max(ends[0], begins[1] + 1.0)), (left + begins[0], left + ends[1])


def _width(words: str, size: Span) -> Span:
    """Chinese letters are as wide as they are high, but for signs pushed together and a grid of letters."""
    slim = sum(_CHINESE[0] if ord(each) > 0x2000 else _LATIN[0] for each in words if each != "\t")
    broad = sum(_CHINESE[1] if ord(each) > 0x2000 else _LATIN[1] for each in words if each != "\t")
    return slim * size[0], broad * size[1] + words.count("\t") * _TAB


def _drawn_in_line(item: etree._Element) -> float:
    """The height of the pictures that stand in the lines like letters."""
    heights = [child(each, "extent") for each in item.iter("{*}inline")]
    tall = [
        float(each.get("cy") or 0) / _EMU
        for each in heights
        if each is not None and _is_whole(each.get("cy"))
    ]
    return max(tall, default=0.0)


def cells_of(row: etree._Element) -> Iterator[tuple[etree._Element, float, float]]:
    """The cells with their left edge and their width."""
    table = next((up for up in row.iterancestors() if local(up) == "tbl"), None)
    grid = child(table, "tblGrid")
    widths = [points(value(each, "w")) for each in (grid if grid is not None else ())]
    place = points(value(child(child(table, "tblPr"), "tblInd"), "w")) - _MARGIN
    at = _whole(value(child(child(row, "trPr"), "gridBefore")))
    for cell in _cells(row):
        properties = child(cell, "tcPr")
        over = max(_whole(value(child(properties, "gridSpan"))), 1)
        width = sum(widths[at : at + over]) or points(value(child(properties, "tcW"), "w")) or 60.0
        yield cell, place + sum(widths[:at]), width
        at += over


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for each in row.iterchildren(etree.Element):
        if local(each) == "tc":
            yield each
        elif local(each) in _WRAPPERS:
            yield from _cells(each)


def starts_a_page(item: etree._Element) -> bool:
    """Whether a page begins before this or within it."""
    for each in item.iter("{*}lastRenderedPageBreak", "{*}pageBreakBefore", "{*}br"):
        if named(each) == "lastRenderedPageBreak" or value(each, "type") == "page":
            return True
        if named(each) == "pageBreakBefore" and value(each) not in ("0", "false"):
            return True
    return False


def points(said: str) -> float:
    """From twentieths."""
    try:
        number = float(said or 0)
    except ValueError:
        return 0.0
    return number / _TWIPS if abs(number) < 1e6 else 0.0


def _added(one: Span, other: Span) -> Span:
    return one[0] + other[0], one[1] + other[1]


def _is_whole(said: str | None) -> bool:
    return said is not None and len(said) < 12 and said.removeprefix("-").isdecimal()


def _whole(said: str) -> int:
    return int(said) if said.isdecimal() and len(said) < 4 else 0

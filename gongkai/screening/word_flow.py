"""图形在文字的什么位置. Where a shape of a Word file stands among the paragraphs and rows around it, and which lines it can reach.

From the paragraph it is anchored in, or from the page as far as it can be said where on its page that paragraph stands.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from gongkai.screening.package import local
from gongkai.screening.word_lines import (
    Block,
    Line,
    Lines,
    Page,
    Span,
    cells_of,
    items_of,
    page_of,
    starts_a_page,
)
from gongkai.screening.word_looks import child
from gongkai.screening.word_shapes import Along, Shape

_EDGE = 2.0  # points by which an estimate may fail
_FARTHEST = 300  # paragraphs and rows from the one where a shape is anchored
_ANYWHERE: Span = (-1e9, 1e9)


@dataclass(frozen=True, slots=True)
class Spot:
    """图形的位置: the block where it is anchored, and its top and left edge from the top of that."""

    at: int
    top: Span
    left: Span


class Flow:
    """从上到下的各块: looked at only near a shape."""

    def __init__(
        self, holder: etree._Element, lines: Lines, sections: list[etree._Element], width: float = 0.0
    ) -> None:
        self._width = width
        self.items = list(items_of(holder))
        self._story, self._lines = local(holder), lines
        self._places = {item: number for number, item in enumerate(self.items)}
        self._blocks: dict[int, Block] = {}
        self._ends = [
            number
            for number, item in enumerate(self.items)
            if local(item) == "p" and child(child(item, "pPr"), "sectPr") is not None
        ]
        self._pages = [page_of(child(child(self.items[each], "pPr"), "sectPr")) for each in self._ends]
        self._pages.append(page_of(sections[-1] if sections else None))

    def page(self, at: int) -> Page:
        return self._pages[bisect_left(self._ends, at)]

    def block(self, at: int) -> Block:
        if at not in self._blocks:
            page = self.page(at)
            self._blocks[at] = self._lines.block(self.items[at], page, self._width or page.text_width)
        return self._blocks[at]

    def spot(self, lid: Shape, paragraph: etree._Element) -> Spot | None:
        item = next((up for up in (paragraph, *paragraph.iterancestors()) if up in self._places), None)
        if item is None:
            return None
        at = self._places[item]
        cell = next((up for up in paragraph.iterancestors() if local(up) == "tc"), None)
        of_page, cell_left = self.page(at), 0.0
        width = of_page.text_width
        if cell is not None and local(item) == "tr":
            for each, place, wide in cells_of(item):
                if each is cell or each in list(cell.iterancestors("{*}tc")):
                    cell_left, width = place, wide
        in_cell = cell is not None and lid.anchor.get("layoutInCell", "1") not in ("0", "false")
        left = _left(lid, of_page, cell_left, width, in_cell)
        top = self._top(lid, at, paragraph, in_cell)
        if top is None:
            return None
        return Spot(at, (top[0] + lid.top, top[1] + lid.top), (left[0] + lid.left, left[1] + lid.left))

    def _top(self, lid: Shape, at: int, paragraph: etree._Element, in_cell: bool) -> Span | None:
        """From the top of the block; None for what lies beside all text of this kind."""
        own = self._own_top(at, paragraph)
        down, offset = lid.down, lid.down.offset
        if down.of in ("paragraph", "line", ""):
            if offset is None:
                return own if down.of else self._anywhere(at)
            return own[0] + offset, own[1] + offset + (
                self._height(at, paragraph) if down.of == "line" else 0
            )
        if in_cell:
            return (offset, offset) if offset is not None else (0.0, self.block(at).height[1])
        return self._on_page(lid, at)

    def _own_top(self, at: int, paragraph: etree._Element) -> Span:
        """Where the paragraph begins in its block."""
        if self.items[at] is paragraph:
            return 0.0, 0.0
        tops = [each.top for each in self.block(at).lines if each.paragraph is paragraph]
        return tops[0] if tops else (0.0, self.block(at).height[1])

    def _height(self, at: int, paragraph: etree._Element) -> float:
        lines = [each for each in self.block(at).lines if each.paragraph is paragraph]
        return max((each.top[1] + each.height[1] - each.pitch[1] for each in lines), default=0.0)

    def _anywhere(self, at: int) -> Span:
        page = self.page(at)
        return -page.height, page.height

    def _on_page(self, lid: Shape, at: int) -> Span | None:
        page = self.page(at)
        start = _down_the_page(lid.down, page, lid.whole[1])
        if self._story not in ("body", "hdr", "ftr") or start is None:
            return self._anywhere(at)
        top, bottom = page.top, page.height - page.bottom
        if self._story == "body":
            if start + lid.top + lid.height < top + _EDGE or start + lid.top > bottom - _EDGE:
                return None
            begins = self._since_page(at, bottom - top)
            return start - top - begins[1], start - top - begins[0]
        before = [self.block(each).height for each in range(at)]
        least, most = sum(each[0] for each in before), sum(each[1] for each in before)
        if self._story == "hdr":
            return start - page.header - most, start - page.header - least
        after = [self.block(each).height for each in range(at, len(self.items))]
        edge = page.height - page.footer
        return (
            start - edge + sum(each[0] for each in after),
            start - edge + sum(each[1] for each in after),
        )

    def _since_page(self, at: int, most: float) -> Span:
        """How far down the page a block stands; the whole page where it cannot be said."""
        least, high = 0.0, 0.0
        for each in range(at, max(at - _FARTHEST, -1), -1):
            if each < at:
                height = self.block(each).height
                least, high = least + height[0], high + height[1]
            if least > most:
                return 0.0, most
            if starts_a_page(self.items[each]):
                return max(least - self.block(each).height[1], 0.0), min(high, most)
            if each == 0 or each - 1 in self._ends:
                return least, min(high, most)
        return 0.0, most

    def slack(self, height: float) -> float:
        """What is free below, at most."""
        return max(height - sum(self.block(each).height[0] for each in range(len(self.items))), 0.0)

    def near(self, spot: Spot, height: float) -> Iterator[tuple[Line, Span]]:
        """The lines that a shape can reach, each with its top from the top of the block it is anchored in."""
        top = (0.0, 0.0)
        for each in range(spot.at, min(len(self.items), spot.at + _FARTHEST)):
            if top[0] > spot.top[1] + height:
                break
            yield from self._placed(each, top)
            own = self.block(each).height
            top = (top[0] + own[0], top[1] + own[1])
        top = (0.0, 0.0)
        for each in range(spot.at - 1, max(spot.at - _FARTHEST, -1), -1):
            own = self.block(each).height
            if top[1] < spot.top[0]:
                break
            top = (top[0] - own[1], top[1] - own[0])
            yield from self._placed(each, top)

    def _placed(self, at: int, top: Span) -> Iterator[tuple[Line, Span]]:
        for line in self.block(at).lines:
            if line.may is not None:
                yield line, (top[0] + line.top[0], top[1] + line.top[1])


def _left(lid: Shape, page: Page, cell_left: float, width: float, in_cell: bool) -> Span:
    """From the left edge of the text."""
    across = lid.across
    if in_cell:
        start, room = cell_left, width
    elif across.of == "page":
        start, room = -page.left, page.width
    elif across.of in ("leftMargin", "insideMargin"):
        start, room = -page.left, page.left
    elif across.of in ("rightMargin", "outsideMargin"):
        start, room = page.width - page.left - page.right, page.right
    elif across.of == "margin":
        start, room = 0.0, page.width - page.left - page.right
    elif across.of == "column":
        start, room = cell_left, width
    else:
        return _ANYWHERE
    if page.columns > 1 and across.of != "column" and not in_cell:
        return _ANYWHERE
    placed = _aligned(across, start, room, lid.whole[0])
    return _ANYWHERE if placed is None else (placed, placed)


def _down_the_page(down: Along, page: Page, height: float) -> float | None:
    """From the top of the paper."""
    start, room = {
        "page": (0.0, page.height),
        "margin": (page.top, page.height - page.top - page.bottom),
        "topMargin": (0.0, page.top),
        "bottomMargin": (page.height - page.bottom, page.bottom),
    }.get(down.of, (0.0, 0.0))
    return _aligned(down, start, room, height) if room else None


def _aligned(along: Along, start: float, room: float, size: float) -> float | None:
    if along.offset is not None and not along.align:
        return start + along.offset
    shares = {
        "left": 0.0,
        "top": 0.0,
        "inside": 0.0,
        "center": 0.5,
        "right": 1.0,
        "bottom": 1.0,
        "outside": 1.0,
    }
    return start + (room - size) * shares[along.align] if along.align in shares else None

"""被图形盖住的文字. Words of a Word file that lie under a shape or a picture in front of the text: whoever moves it reads them.

Where lines stand is estimated. What surely has letters under it is told, whatever it is; a black or white block also
when letters may be under it; drawings with words, in groups, of other colours only when it is sure.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from gongkai.screening.colours import Palette
from gongkai.screening.covering import Pictures
from gongkai.screening.inspection import Hidden, Trace
from gongkai.screening.package import Package, local
from gongkai.screening.word_lines import Block, Line, Lines, Page, Span, cells_of, items_of, page_of, starts_a_page
from gongkai.screening.word_looks import MAIN, Looks, child, every, value
from gongkai.screening.word_shapes import Along, Lid, lids

COVERED = (
    "文字上面盖着图形或者图片，移开就能读到。请在Word中把图形和下面的文字一起删去；"
    "图形不是用来遮盖的，把它的环绕方式改为“嵌入型”或者“衬于文字下方”。"
)
_STORIES = {"hdr": "header", "ftr": "footer"}
_EDGE = 2.0  # points by which an estimate may fail
_LETTER = 6.0  # points: less of a letter's width hides none
_FLAT = 9.0  # points: a lower block is an ornament rather than a cover
_MOST_TOLD = 12  # paragraphs of one shape
_ANYWHERE: Span = (-1e9, 1e9)


def hidden(
    package: Package,
    part: str,
    looks: Looks,
    words_of: Callable[[etree._Element], str],
    where: Callable[[etree._Element], str],
) -> Iterator[Hidden]:
    """``where`` says of a paragraph what an officer calls it."""
    content = package.parts[part]
    if b"wrapNone" not in content and b":vml" not in content:
        return
    root = package.tree(part)
    told: set[etree._Element] = set()
    covers = _Covers(package, part, root, Lines(looks, words_of))
    for lid in lids(root, Palette(package, MAIN)):
        lines = [each for each in covers.under(lid) if each.paragraph not in told]
        if lines:
            paragraphs = list(dict.fromkeys(each.paragraph for each in lines))[:_MOST_TOLD]
            told.update(paragraphs)
            words = "\n".join(words_of(each).strip() for each in paragraphs)
            yield Hidden(Trace.COVERED_TEXT, where(paragraphs[0]), words, cleanable=False, advice=COVERED)


@dataclass(frozen=True, slots=True)
class _Spot:
    """图形的位置: the block where it is anchored, and its top and left edge from the top of that."""

    at: int
    top: Span
    left: Span


class _Covers:
    """一个部件里被盖住的行."""

    def __init__(self, package: Package, part: str, root: etree._Element, lines: Lines) -> None:
        self._root, self._lines, self._part = root, lines, part
        self._story = _STORIES.get(local(root), "")
        self._package = package
        self._pictures = Pictures(package)
        self._flows: dict[etree._Element, _Flow] = {}

    def under(self, lid: Lid) -> list[Line]:
        """The lines that may lie under it, when it is to be told."""
        paragraph = next((up for up in lid.anchor.iterancestors() if local(up) == "p"), None)
        if paragraph is None:
            return []
        flow = self._flow(paragraph)
        spot = flow.spot(lid, paragraph)
        if spot is None:
            return []
        found = list(flow.near(spot, lid.height))
        may = [line for line, top, page in found if _may_lie_under(line, top, spot, lid)]
        likely = lid.is_likely and lid.height >= _FLAT
        if not may or not (likely or any(_lies_under(line, top, spot, lid) for line, top, _ in found)):
            return []
        if lid.paint is None and not self._pictures.covers(self._part, lid.shape):
            return []
        return may

    def _flow(self, paragraph: etree._Element) -> "_Flow":
        """What the paragraph stands in: the page, a note, a text box."""
        holder = next(
            (
                up
                for up in paragraph.iterancestors()
                if local(up) in ("body", "hdr", "ftr", "footnote", "endnote", "txbxContent")
            ),
            self._root,
        )
        if holder not in self._flows:
            self._flows[holder] = _Flow(holder, self._lines, self._sections)
        return self._flows[holder]

    @cached_property
    def _sections(self) -> list[etree._Element]:
        return every(self._package.tree(MAIN), "sectPr")


class _Flow:
    """从上到下的各块: looked at only near a shape."""

    def __init__(self, holder: etree._Element, lines: Lines, sections: list[etree._Element]) -> None:
        self.items = list(items_of(holder))
        self._story, self._lines, self._sections = local(holder), lines, sections
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
            self._blocks[at] = self._lines.block(self.items[at], page, page.text_width)
        return self._blocks[at]

    def spot(self, lid: Lid, paragraph: etree._Element) -> _Spot | None:
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
        return _Spot(at, (top[0] + lid.top, top[1] + lid.top), (left[0] + lid.left, left[1] + lid.left))

    def _top(self, lid: Lid, at: int, paragraph: etree._Element, in_cell: bool) -> Span | None:
        """From the top of the block; None for what lies beside all text of this kind."""
        own = self._own_top(at, paragraph)
        down, offset = lid.down, lid.down.offset
        if down.of in ("paragraph", "line", ""):
            if offset is None:
                return own if down.of else self._anywhere(at)
            return own[0] + offset, own[1] + offset + (self._height(at, paragraph) if down.of == "line" else 0)
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

    def _on_page(self, lid: Lid, at: int) -> Span | None:
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
        for each in range(at, -1, -1):
            if each < at:
                height = self.block(each).height
                least, high = least + height[0], high + height[1]
            if least > most:
                return 0.0, most
            if starts_a_page(self.items[each]):
                return max(least - self.block(each).height[1], 0.0), min(high, most)
            if each - 1 in self._ends:
                break
        return least, min(high, most)

    def near(self, spot: _Spot, height: float) -> Iterator[tuple[Line, Span, int]]:
        """The lines that a shape can reach, each with its top from the top of the block it is anchored in."""
        top = (0.0, 0.0)
        for each in range(spot.at, len(self.items)):
            if top[0] > spot.top[1] + height:
                break
            yield from self._placed(each, top)
            own = self.block(each).height
            top = (top[0] + own[0], top[1] + own[1])
        top = (0.0, 0.0)
        for each in range(spot.at - 1, -1, -1):
            own = self.block(each).height
            if top[1] < spot.top[0]:
                break
            top = (top[0] - own[1], top[1] - own[0])
            yield from self._placed(each, top)

    def _placed(self, at: int, top: Span) -> Iterator[tuple[Line, Span, int]]:
        for line in self.block(at).lines:
            if line.may is not None:
                yield line, (top[0] + line.top[0], top[1] + line.top[1]), at


def _may_lie_under(line: Line, top: Span, spot: _Spot, lid: Lid) -> bool:
    if line.may is None or not _meets(line.may, spot.left[0], spot.left[1] + lid.width, _LETTER):
        return False
    first = top[0] + line.pitch[0] / 2
    last = top[1] + line.height[1] - line.pitch[1] / 2
    return first < spot.top[1] + lid.height + _EDGE and last > spot.top[0] - _EDGE


def _lies_under(line: Line, top: Span, spot: _Spot, lid: Lid) -> bool:
    if line.sure is None or not _meets(line.sure, spot.left[1], spot.left[0] + lid.width, _LETTER):
        return False
    first = top[1] + line.pitch[1] / 2
    last = top[0] + line.height[0] - line.pitch[0] / 2
    return first <= spot.top[0] + lid.height and last >= spot.top[1]


def _meets(span: Span, left: float, right: float, least: float) -> bool:
    return min(span[1], right) - max(span[0], left) >= min(least, span[1] - span[0])


def _left(lid: Lid, page: Page, cell_left: float, width: float, in_cell: bool) -> Span:
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
    shares = {"left": 0.0, "top": 0.0, "inside": 0.0, "center": 0.5, "right": 1.0, "bottom": 1.0, "outside": 1.0}
    return start + (room - size) * shares[along.align] if along.align in shares else None

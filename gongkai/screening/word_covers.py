"""被图形盖住的文字. Words of a Word file that lie under a shape or a picture in front of the text: whoever moves it reads them.

Where lines stand is estimated. What surely has letters under it is told, whatever it is; a black or white block also
when letters may be under it; drawings with words, in groups, of other colours only when it is sure.
"""

from collections.abc import Callable, Iterator
from functools import cached_property

from lxml import etree

from gongkai.screening.colours import Palette
from gongkai.screening.covering import Pictures
from gongkai.screening.inspection import Hidden, Trace
from gongkai.screening.package import Package, local
from gongkai.screening.word_flow import Flow, Spot
from gongkai.screening.word_lines import Line, Lines, Span
from gongkai.screening.word_looks import MAIN, Looks, every
from gongkai.screening.word_shapes import Shape, shapes_of

COVERED = (
    "文字上面盖着图形或者图片，移开就能读到。请在Word中把图形和下面的文字一起删去；"
    "图形不是用来遮盖的，把它的环绕方式改为“嵌入型”或者“衬于文字下方”。"
)
_HOLDERS = frozenset({"body", "hdr", "ftr", "footnote", "endnote", "txbxContent"})
_INSET = (7.2, 3.6)  # between the edge of a text box and its words
_EDGE = 2.0  # points by which an estimate may fail
_LETTER = 6.0  # points: less of a letter's width hides none
_MOST_TOLD = 12  # paragraphs of one shape
_MOST_SHAPES = 200  # of one paragraph, looked at for what they do to each other


_Under = dict[
    tuple[etree._Element, int], str
]  # paragraph and piece of it: the words that may lie under a shape


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
    for under in covers.all():
        pieces = {key: said for key, said in under.items() if key[0] not in told}
        if pieces:
            told.update(paragraph for paragraph, _ in pieces)
            words = "\n".join(list(pieces.values())[:_MOST_TOLD])
            place = where(next(iter(pieces))[0])
            yield Hidden(Trace.COVERED_TEXT, place, words, cleanable=False, advice=COVERED)


class _Covers:
    """一个部件里被盖住的行."""

    def __init__(self, package: Package, part: str, root: etree._Element, lines: Lines) -> None:
        self._package, self._part, self._root, self._lines = package, part, root, lines
        self._pictures = Pictures(package)
        self._flows: dict[etree._Element, Flow] = {}

    def all(self) -> Iterator[_Under]:
        """For each shape that covers some, the lines under it."""
        beside: dict[etree._Element, list[Shape]] = {}
        for shape in shapes_of(self._root, Palette(self._package, MAIN)):
            paragraph = next((up for up in shape.anchor.iterancestors() if local(up) == "p"), None)
            if paragraph is None:
                continue
            beside.setdefault(paragraph, []).append(shape)
            if shape.is_lid and shape.in_front:
                flow = self._flow(paragraph)
                yield self._under(shape, flow, flow.spot(shape, paragraph))
        for shapes in beside.values():
            yield from self._in_boxes(
                sorted(shapes[:_MOST_SHAPES], key=lambda each: (each.in_front, each.order))
            )

    def _in_boxes(self, shapes: list[Shape]) -> Iterator[_Under]:
        """The words of boxes that lie under a later shape, where both are measured from the same."""
        for number, box in enumerate(shapes):
            lids = [each for each in shapes[number + 1 :] if each.is_lid]
            content = box.content if lids else None
            if content is None:
                continue
            flow = Flow(content, self._lines, [], max(box.width - 2 * _INSET[0], _LETTER))
            for lid in lids:
                between = _between(box, lid)
                if between is not None and _overlap(between, box, lid):
                    slack = 0.0 if _is_at_top(box.shape) else flow.slack(box.height - 2 * _INSET[1])
                    left, top = between[0] - _INSET[0], between[1] - _INSET[1]
                    yield self._under(lid, flow, Spot(0, (top - slack, top), (left, left)))

    def _under(self, lid: Shape, flow: Flow, spot: Spot | None) -> _Under:
        """The lines that may lie under it, when it is to be told."""
        if spot is None:
            return {}
        found = list(flow.near(spot, lid.height))
        may = [(line, top) for line, top in found if _may_lie_under(line, top, spot, lid)]
        if not may or not (lid.is_likely or any(_lies_under(line, top, spot, lid) for line, top in found)):
            return {}
        return (
            _words(may, spot, lid) if not lid.picture or self._pictures.covers(self._part, lid.shape) else {}
        )

    def _flow(self, paragraph: etree._Element) -> Flow:
        """What the paragraph stands in: the page, a note, a text box."""
        holder = next((up for up in paragraph.iterancestors() if local(up) in _HOLDERS), self._root)
        if holder not in self._flows:
            self._flows[holder] = Flow(holder, self._lines, self._sections)
        return self._flows[holder]

    @cached_property
    def _sections(self) -> list[etree._Element]:
        return every(self._package.tree(MAIN), "sectPr")


def _words(lines: list[tuple[Line, Span]], spot: Spot, lid: Shape) -> _Under:
    """Of long paragraphs only the lines that the shape can reach."""
    ends: dict[tuple[etree._Element, int], tuple[int, int]] = {}
    pieces: dict[tuple[etree._Element, int], str] = {}
    for line, top in lines:
        first = (spot.top[0] - _EDGE - top[1]) / line.pitch[1] - 0.5
        last = (spot.top[1] + lid.height + _EDGE - top[0]) / line.pitch[0] + 0.5
        start, end = line.between(first, last)
        key = (line.paragraph, line.piece)
        known = ends.get(key, (start, end))
        ends[key], pieces[key] = (min(known[0], start), max(known[1], end)), line.words
    return {
        key: f"{'…' if start else ''}{pieces[key][start:end].strip()}{'…' if end < len(pieces[key]) else ''}"
        for key, (start, end) in ends.items()
    }


def _may_lie_under(line: Line, top: Span, spot: Spot, lid: Shape) -> bool:
    if line.may is None or not _meets(line.may, spot.left[0], spot.left[1] + lid.width, _LETTER):
        return False
    first = top[0] + line.pitch[0] / 2
    last = top[1] + line.height[1] - line.pitch[1] / 2
    return first < spot.top[1] + lid.height + _EDGE and last > spot.top[0] - _EDGE


def _lies_under(line: Line, top: Span, spot: Spot, lid: Shape) -> bool:
    if line.sure is None or not _meets(line.sure, spot.left[1], spot.left[0] + lid.width, _LETTER):
        return False
    first = top[1] + line.pitch[1] / 2
    last = top[0] + line.height[0] - line.pitch[0] / 2
    return first <= spot.top[0] + lid.height and last >= spot.top[1]


def _meets(span: Span, left: float, right: float, least: float) -> bool:
    return min(span[1], right) - max(span[0], left) >= min(least, span[1] - span[0])


def _between(box: Shape, lid: Shape) -> tuple[float, float] | None:
    """From the corner of a box to that of what is over it."""
    places = []
    for one, other in ((box.across, lid.across), (box.down, lid.down)):
        if box.anchor is lid.anchor:
            places.append(0.0)
        elif one.offset is None or other.offset is None or (one.of, one.align) != (other.of, other.align):
            return None
        else:
            places.append(other.offset - one.offset)
    return places[0] + lid.left - box.left, places[1] + lid.top - box.top


def _overlap(between: tuple[float, float], box: Shape, lid: Shape) -> bool:
    across = min(between[0] + lid.width, box.width) - max(between[0], 0.0)
    return across > _LETTER and min(between[1] + lid.height, box.height) - max(between[1], 0.0) > _LETTER


def _is_at_top(shape: etree._Element) -> bool:
    properties = shape.find("{*}bodyPr")
    return properties is None or properties.get("anchor", "t") == "t"

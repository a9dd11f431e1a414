"""被图形盖住的单元格. Cells that lie under a picture, a shape or a chart: whoever moves it reads them.

An anchor says exactly where a shape stands; how wide a column is depends a little on the font, so a cell that is
nearly covered is covered, and one whose letters are. A chart over the cells that it is drawn from is how many make one, and is not told.
"""

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from gongkai.screening import drawn
from gongkai.screening.book import MAIN, Book, Sheet, id_of
from gongkai.screening.colours import named
from gongkai.screening.covering import Pictures, form_of, has_area, paint_of
from gongkai.screening.inspection import Hidden, Trace
from gongkai.screening.sheet_cells import LOW, Cell, Grid, Range, letters_of, range_of

_ADVICE = (
    "单元格上面盖着图形或者图片，移开就能读到。请在表格中删去单元格里的内容，或者把图形移到没有内容的地方。"
)
_EMU = 12_700  # in a point
_LETTER = 5.25  # points: what a column is measured in
_WIDTH, _HEIGHT = 8.43, 15.0  # of columns and rows of which nothing is said
_NEARLY, _WHOLLY = 0.8, 0.95  # of a cell, of its letters
_EDGE = 3.0  # points beside the letters
_USUAL = {"n": "right", "b": "center", "e": "center"}  # where kinds of values stand if nothing is said
_ROUND = 0.15  # of an ellipse's box, on each side, lies beside it
_MOST_TOLD, _MOST_LIDS = 60, 500
_LAST = 1_048_576
_LEAST = 4.0  # points: what is lower or narrower is a line
_REFERENCE = re.compile(
    r"(?:'((?:[^']|''){1,64})'|([^\s'!(),]{1,64}))!(\$?[A-Z]{1,3}\$?\d{1,7}(?::\$?[A-Z]{1,3}\$?\d{1,7})?)"
)


@dataclass(frozen=True, slots=True, eq=False)
class _Lid:
    """盖在单元格上的一块, in points; ``own``: the cells it is drawn from."""

    box: drawn.Box
    own: tuple[Range, ...] = ()

    def draws(self, column: int, row: int) -> bool:
        return any(each.holds(column, row) for each in self.own)


def hidden(book: Book, sheet: Sheet, part: str) -> Iterator[Hidden]:
    """``part``: a drawing of the sheet."""
    root = book.package.tree(sheet.part)
    grid = Grid(root)
    measures = _Measures(root, grid)
    lids = sorted(islice(_lids(book, sheet, part, measures), _MOST_LIDS), key=lambda each: each.box[1])
    if not lids:
        return
    told: dict[_Lid, list[tuple[str, str]]] = {}
    aligned = _alignments(book)
    for cell, row, box, over in _cells(grid, measures, lids):
        near = [each for each in over if _share(box, each.box, 0) > 0 and not each.draws(cell.column, row)]
        value = book.value(cell.element, cell.kind) if near else ""
        if not value:
            continue
        align = aligned[cell.style] if cell.style < len(aligned) else ""
        size = book.looks.look(cell.style).size
        letters = _letters(box, value, size, align or _USUAL.get(cell.kind, "left"))
        for lid in near:
            if _share(box, lid.box, 0) >= _NEARLY or _share(letters, lid.box, 0) >= _WHOLLY:
                name = cell.element.get("r") or f"{letters_of(cell.column)}{row}"
                told.setdefault(lid, []).append((name, value))
                break
    for cells in told.values():
        names = "、".join(name for name, _ in cells[:3]) + ("等" if len(cells) > 3 else "")
        words = "\n".join(f"{name}：{value}" for name, value in cells[:_MOST_TOLD])
        place = f"工作表“{sheet.name}”单元格{names}"
        yield Hidden(Trace.COVERED_TEXT, place, words, cleanable=False, advice=_ADVICE)


def _cells(
    grid: Grid, measures: "_Measures", lids: list[_Lid]
) -> Iterator[tuple[Cell, int, drawn.Box, list[_Lid]]]:
    """The cells with something in them, and what lies over nearly all of their height; a merged one is taken whole."""
    bottom = max(each.box[3] for each in lids)
    waiting, open_ = deque(lids), list[_Lid]()
    for row in grid.rows():
        start, end = measures.top(row.number), measures.top(row.number + 1)
        if start > bottom:
            return
        while waiting and waiting[0].box[1] < end:
            open_.append(waiting.popleft())
        open_ = [each for each in open_ if each.box[3] > start]
        merged = grid.covered(row.number)
        if row.hidden or not (open_ or merged):
            continue
        whole = [each for each in open_ if _share((0, start, 0, end), each.box, 1) >= _NEARLY]
        for cell in row.cells:
            area = next((each for each in merged if each.holds(cell.column, row.number)), None)
            if cell.column in grid.hidden_columns or (area and area.covers(cell.column, row.number)):
                continue
            box = measures.box(area or Range(cell.column, row.number, cell.column, row.number))
            over = whole if area is None else [each for each in lids if _share(box, each.box, 1) >= _NEARLY]
            if over:
                yield cell, row.number, box, over


def _share(cell: drawn.Box, lid: drawn.Box, side: int) -> float:
    """How much of a cell lies under, across (0) or down (1)."""
    common = min(cell[side + 2], lid[side + 2]) - max(cell[side], lid[side])
    return common / max(cell[side + 2] - cell[side], 0.01)


def _letters(cell: drawn.Box, value: str, size: float, align: str) -> drawn.Box:
    """Where in its cell a value stands; all of the cell where it fills it."""
    room = cell[2] - cell[0]
    width = min(sum(1.0 if ord(each) > 0x2000 else 0.55 for each in value[:200]) * size + _EDGE, room)
    start = cell[0] + (room - width) * {"right": 1.0, "center": 0.5}.get(align, 0.0)
    return start, cell[1], start + width, cell[3]


def _alignments(book: Book) -> list[str]:
    for name in book.package.related("styles", MAIN)[:1]:
        styles = book.package.tree(name).iterfind("{*}cellXfs/{*}xf")
        holders = [each.find("{*}alignment") for each in styles]
        told = [(each.get("horizontal") or "") if each is not None else "" for each in holders]
        return ["" if each == "general" else each for each in told]
    return []


class _Measures:
    """列宽和行高, in points from the corner of the sheet."""

    def __init__(self, root: etree._Element, grid: Grid) -> None:
        usual = root.find("{*}sheetFormatPr")
        width, height = (
            _float(usual.get(key)) if usual is not None else 0.0
            for key in ("defaultColWidth", "defaultRowHeight")
        )
        self._usual_width = (width or _WIDTH) * _LETTER
        self._usual_height = height or _HEIGHT
        self._widths: list[tuple[int, int, float]] = []
        self._lefts: dict[int, float] = {}
        for each in root.iter("{*}col"):
            first, last = (_whole(each.get(key)) for key in ("min", "max"))
            width = (
                0.0
                if first in grid.hidden_columns
                else _float(each.get("width")) * _LETTER or self._usual_width
            )
            if 0 < first <= last:
                self._widths.append((first, last, width - self._usual_width))
        self._rows: list[int] = []
        self._more: list[float] = [0.0]  # what the rows before are higher than usual
        for row in root.iterfind("{*}sheetData/{*}row"):
            own, number = _float(row.get("ht")), _whole(row.get("r"))
            off = row.get("hidden") in ("1", "true")
            if number and (row.get("ht") or off):
                own = 0.0 if off or own <= LOW else own
                self._rows.append(number)
                self._more.append(self._more[-1] + own - self._usual_height)

    def left(self, column: int) -> float:
        if column not in self._lefts:
            place = (column - 1) * self._usual_width
            for first, last, more in self._widths:
                place += max(min(last, column - 1) - first + 1, 0) * more
            self._lefts[column] = place
        return self._lefts[column]

    def top(self, row: int) -> float:
        return (row - 1) * self._usual_height + self._more[bisect_left(self._rows, row)]

    def box(self, area: Range) -> drawn.Box:
        return self.left(area.left), self.top(area.top), self.left(area.right + 1), self.top(area.bottom + 1)

    def point(self, corner: etree._Element) -> tuple[float, float]:
        """What goes beyond a cell is cut off where the cell ends."""
        told = {named(each): _float(each.text) for each in corner}
        column, row = (int(min(max(told.get(key, 0.0), 0.0), _LAST)) + 1 for key in ("col", "row"))
        left, top, right, bottom = self.box(Range(column, row, column, row))
        across, down = told.get("colOff", 0.0) / _EMU, told.get("rowOff", 0.0) / _EMU
        return left + min(across, right - left), top + min(down, bottom - top)


def _lids(book: Book, sheet: Sheet, part: str, measures: _Measures) -> Iterator[_Lid]:
    pictures, palette = Pictures(book.package), book.looks.palette
    for anchor in book.package.tree(part).iterchildren(etree.Element):
        whole = _box(anchor, measures)
        if whole is None:
            continue
        for shape, box in _shapes(anchor, whole):
            if box[2] - box[0] < _LEAST or box[3] - box[1] < _LEAST or drawn.is_switched_off(shape):
                continue
            kind, properties = named(shape), shape.find("{*}spPr")
            form = form_of(properties)
            if kind == "pic" and pictures.covers(part, shape):
                yield _Lid(box)
            elif kind == "graphicFrame":
                yield from _of_chart(book, sheet, part, shape, box)
            elif kind == "sp" and has_area(form) and paint_of(properties, shape.find("{*}style"), palette):
                yield _Lid(_inner(box) if form == "ellipse" else box)


def _box(anchor: etree._Element, measures: _Measures) -> drawn.Box | None:
    start, end, extent, place = (anchor.find(f"{{*}}{name}") for name in ("from", "to", "ext", "pos"))
    if start is not None:
        left, top = measures.point(start)
    elif place is not None:
        left, top = _float(place.get("x")) / _EMU, _float(place.get("y")) / _EMU
    else:
        return None
    if end is not None:
        return left, top, *measures.point(end)
    if extent is None:
        return None
    return left, top, left + _float(extent.get("cx")) / _EMU, top + _float(extent.get("cy")) / _EMU


def _shapes(holder: etree._Element, box: drawn.Box) -> Iterator[tuple[etree._Element, drawn.Box]]:
    for each in holder.iterchildren(etree.Element):
        yield from _placed(each, box)


def _placed(shape: etree._Element, box: drawn.Box) -> Iterator[tuple[etree._Element, drawn.Box]]:
    """A shape where it stands; of a group, each where it stands in it."""
    kind = named(shape)
    if kind in ("sp", "pic", "graphicFrame"):
        yield shape, box
    elif kind == "AlternateContent" and (choice := shape.find("{*}Choice")) is not None:
        yield from _shapes(choice, box)
    elif kind == "grpSp" and not drawn.is_switched_off(shape):
        whole = _frame(shape.find("{*}grpSpPr/{*}xfrm"), "chOff", "chExt")
        for each in shape.iterchildren(etree.Element):
            name = "grpSpPr" if named(each) == "grpSp" else "spPr"
            own = _frame(each.find(f"{{*}}{name}/{{*}}xfrm"), "off", "ext")
            if whole is not None and own is not None:
                yield from _placed(each, _scaled(own, whole, box))


def _frame(xfrm: etree._Element | None, place: str, size: str) -> drawn.Box | None:
    start, extent = (xfrm.find(f"{{*}}{name}") if xfrm is not None else None for name in (place, size))
    if start is None or extent is None:
        return None
    left, top = _float(start.get("x")), _float(start.get("y"))
    return left, top, left + _float(extent.get("cx")), top + _float(extent.get("cy"))


def _scaled(own: drawn.Box, whole: drawn.Box, box: drawn.Box) -> drawn.Box:
    across = (box[2] - box[0]) / ((whole[2] - whole[0]) or 1)
    down = (box[3] - box[1]) / ((whole[3] - whole[1]) or 1)
    left, top, right, bottom = (each - whole[place % 2] for place, each in enumerate(own))
    return box[0] + left * across, box[1] + top * down, box[0] + right * across, box[1] + bottom * down


def _inner(box: drawn.Box) -> drawn.Box:
    across, down = (box[2] - box[0]) * _ROUND, (box[3] - box[1]) * _ROUND
    return box[0] + across, box[1] + down, box[2] - across, box[3] - down


def _of_chart(book: Book, sheet: Sheet, part: str, frame: etree._Element, box: drawn.Box) -> Iterator[_Lid]:
    """Nothing for a diagram, a chart without a ground, or one drawn from names, of which cells are not known."""
    ids = {id_of(each) for each in frame.iter("{*}chart")}
    for each in book.package.relationships(part):
        if each.id not in ids or each.target not in book.package.parts:
            continue
        root = book.package.tree(each.target)
        ground = root.find("{*}spPr")
        filled = ground is not None and any(named(child).endswith("Fill") for child in ground)
        if filled and paint_of(ground, None, book.looks.palette) is None:
            continue
        formulas = [formula.text or "" for formula in root.iter("{*}f")]
        if all("!" in formula and _REFERENCE.search(formula) for formula in formulas):
            yield _Lid(box, tuple(_cells_of(formulas, sheet.name)))


def _cells_of(formulas: list[str], name: str) -> Iterator[Range]:
    for formula in formulas:
        for quoted, bare, ref in _REFERENCE.findall(formula):
            area = range_of(ref)
            if (quoted.replace("''", "'") or bare) == name and area is not None:
                yield area


def _float(said: str | None) -> float:
    try:
        number = float(said or 0)
    except ValueError:
        return 0.0
    return number if -1e12 < number < 1e12 else 0.0


def _whole(said: str | None) -> int:
    return int(said) if said and said.isdecimal() and len(said) < 8 else 0

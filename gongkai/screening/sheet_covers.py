"""被图形盖住的单元格. Cells that lie under a picture, a shape or a chart: whoever moves it reads them.

An anchor says exactly where a shape stands; how wide a column is depends a little on the font, so a cell that is
nearly covered is covered. A chart over the cells that it is drawn from is how many make one, and is not told.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from gongkai.screening import drawn
from gongkai.screening.book import Book, Sheet, id_of
from gongkai.screening.colours import named
from gongkai.screening.covering import Pictures, form_of, has_area, paint_of
from gongkai.screening.inspection import Hidden, Trace
from gongkai.screening.sheet_cells import LOW, Cell, Grid, Range, letters_of, range_of

_ADVICE = "单元格上面盖着图形或者图片，移开就能读到。请在表格中删去单元格里的内容，或者把图形移到没有内容的地方。"
_EMU = 12_700  # in a point
_LETTER = 5.25  # points: what a column is measured in
_WIDTH, _HEIGHT = 8.43, 15.0  # of columns and rows of which nothing is said
_NEARLY = 0.8  # of a cell
_ROUND = 0.15  # of an ellipse's box, on each side, lies beside it
_MOST_TOLD, _MOST_LIDS = 60, 500
_LAST = 1_048_576
_LEAST = 4.0  # points: what is lower or narrower is a line
_TALL = 200.0  # points: of the highest merged cell that begins above a shape and is nearly under it
_REFERENCE = re.compile(
    r"(?:'((?:[^']|''){1,64})'|([^\s'!(),]{1,64}))!(\$?[A-Z]{1,3}\$?\d{1,7}(?::\$?[A-Z]{1,3}\$?\d{1,7})?)"
)


@dataclass(frozen=True, slots=True)
class _Lid:
    """盖在单元格上的一块, in points; ``own``: the cells it is drawn from."""

    box: drawn.Box
    own: tuple[Range, ...] = ()


def hidden(book: Book, sheet: Sheet, part: str) -> Iterator[Hidden]:
    """``part``: a drawing of the sheet."""
    root = book.package.tree(sheet.part)
    grid = Grid(root)
    measures = _Measures(root, grid)
    lids = list(islice(_lids(book, sheet, part, measures), _MOST_LIDS))
    if not lids:
        return
    told: list[list[tuple[str, str]]] = [[] for _ in lids]
    for cell, row, box in _cells(grid, measures, lids):
        for number, lid in enumerate(lids):
            if not _is_covered(box, lid.box) or any(each.holds(cell.column, row) for each in lid.own):
                continue
            if value := book.value(cell.element, cell.kind):
                told[number].append((cell.element.get("r") or f"{letters_of(cell.column)}{row}", value))
            break
    for cells in filter(None, told):
        names = "、".join(name for name, _ in cells[:3]) + ("等" if len(cells) > 3 else "")
        words = "\n".join(f"{name}：{value}" for name, value in cells[:_MOST_TOLD])
        place = f"工作表“{sheet.name}”单元格{names}"
        yield Hidden(Trace.COVERED_TEXT, place, words, cleanable=False, advice=_ADVICE)


def _cells(grid: Grid, measures: "_Measures", lids: list[_Lid]) -> Iterator[tuple[Cell, int, drawn.Box]]:
    """The cells with something in them, from the first row under a shape to the last; a merged one with all of it."""
    top, bottom = min(each.box[1] for each in lids), max(each.box[3] for each in lids)
    for row in grid.rows():
        start = measures.top(row.number)
        if start > bottom:
            return
        if row.hidden or start < top - _TALL:
            continue
        merged = grid.covered(row.number)
        for cell in row.cells:
            area = next((each for each in merged if each.holds(cell.column, row.number)), None)
            if cell.column not in grid.hidden_columns and not (area and area.covers(cell.column, row.number)):
                area = area or Range(cell.column, row.number, cell.column, row.number)
                yield cell, row.number, measures.box(area)


def _is_covered(cell: drawn.Box, lid: drawn.Box) -> bool:
    across = min(cell[2], lid[2]) - max(cell[0], lid[0])
    down = min(cell[3], lid[3]) - max(cell[1], lid[1])
    return across > 0 and down > 0 and across >= _NEARLY * (cell[2] - cell[0]) and down >= _NEARLY * (cell[3] - cell[1])


class _Measures:
    """列宽和行高, in points from the corner of the sheet."""

    def __init__(self, root: etree._Element, grid: Grid) -> None:
        usual = root.find("{*}sheetFormatPr")
        told = dict(usual.attrib) if usual is not None else {}
        self._usual_width = (_float(told.get("defaultColWidth")) or _WIDTH) * _LETTER
        self._usual_height = _float(told.get("defaultRowHeight")) or _HEIGHT
        self._widths: list[tuple[int, int, float]] = []
        for each in root.iter("{*}col"):
            first, last = (_whole(each.get(key)) for key in ("min", "max"))
            width = 0.0 if first in grid.hidden_columns else _float(each.get("width")) * _LETTER or self._usual_width
            if 0 < first <= last:
                self._widths.append((first, last, width - self._usual_width))
        self._rows: list[int] = []
        self._more: list[float] = [0.0]  # what the rows before are higher than usual
        for row in root.iterfind("{*}sheetData/{*}row"):
            height, number = row.get("ht"), _whole(row.get("r"))
            off = row.get("hidden") in ("1", "true")
            if number and (height or off):
                own = 0.0 if off or _float(height) <= LOW else _float(height)
                self._rows.append(number)
                self._more.append(self._more[-1] + own - self._usual_height)

    def left(self, column: int) -> float:
        place = (column - 1) * self._usual_width
        for first, last, more in self._widths:
            place += max(min(last, column - 1) - first + 1, 0) * more
        return place

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
    pictures = Pictures(book.package)
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
            elif kind == "sp" and has_area(form):
                if paint_of(properties, shape.find("{*}style"), book.looks.palette) is not None:
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


def _of_chart(
    book: Book, sheet: Sheet, part: str, frame: etree._Element, box: drawn.Box
) -> Iterator[_Lid]:
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

"""工作表上的图形和图表. What is drawn over the cells: words that are seen, words that are not, and values that only a chart holds."""

import re
from collections.abc import Iterator

from lxml import etree

from gongkai.screening import drawn, sheet_covers
from gongkai.screening.book import Book, Sheet
from gongkai.screening.colours import WHITE, Colour, named
from gongkai.screening.inspection import Hidden, Trace
from gongkai.screening.package import Package, remove
from gongkai.screening.seen import Seen
from gongkai.screening.sheet_cells import Grid, letters_of
from gongkai.screening.sheet_data import speaks_of

_CHART_ADVICE = "图表的数据来自隐藏的工作表。请先取消隐藏，或者把图表复制为图片后再保存。"
_CACHE_ADVICE = "图表里存有单元格中看不到的数据。请核对，或者把图表复制为图片后再保存。"

_DRAWN = frozenset({"drawing", "chart", "chartEx", "chartUserShapes", "diagramData", "diagramDrawing"})
_FAR_ADVICE = "图形离表格很远，打开时看不到。请核对是否应当公开，不应当公开的删去。"
_FAR_ROWS, _FAR_COLUMNS = 200, 30
_DARK_STYLES = frozenset(map(str, range(33, 49)))
_MOST_TOLD = 200


def parts_of(package: Package, source: str) -> list[str]:
    """The drawings of a sheet, and the charts and diagrams in them."""
    found: list[str] = []
    waiting = [source]
    while waiting:
        for each in package.relationships(waiting.pop()):
            if (
                each.kind in _DRAWN
                and not each.external
                and each.target in package.parts
                and each.target not in found
            ):
                found.append(each.target)
                waiting.append(each.target)
    return sorted(found)


def shown(book: Book, sheet: Sheet) -> Iterator[str]:
    """The words that are drawn, and what the pictures are said to show."""
    for name in parts_of(book.package, sheet.part):
        root = book.package.tree(name)
        yield from (each.words for each in _shapes(book, root) if not each.hidden)
        if named(root) != "wsDr":
            yield from _words_of(root)
        yield from drawn.words_beside(root)


def all_words(book: Book, sheet: Sheet) -> Iterator[str]:
    """Everything in the drawings of a sheet that is not shown."""
    for name in parts_of(book.package, sheet.part):
        root = book.package.tree(name)
        yield from (str(each.text) for each in root.iter("{*}t", "{*}v") if each.text and each.text.strip())


def hidden(book: Book, sheet: Sheet) -> Iterator[Hidden]:
    place = f"工作表“{sheet.name}”的图形"
    for name in parts_of(book.package, sheet.part):
        root = book.package.tree(name)
        if named(root) == "wsDr":
            cells = _Ground(book, sheet)
            shapes = _shapes(book, root)
            yield from drawn.told_of(shapes, cells.behind, [], place, still=True)
            for words in (each.words for each in shapes if each.words and cells.is_far(each)):
                yield Hidden(Trace.HIDDEN_TEXT, place, words, cleanable=False, advice=_FAR_ADVICE)
            yield from sheet_covers.hidden(book, sheet, name)
        elif named(root) == "chartSpace":
            yield from _titles(book, root, place)


def _titles(book: Book, root: etree._Element, place: str) -> Iterator[Hidden]:
    ground = drawn.fill_of(root, book.looks.palette)
    style = next((each.get("val") or "" for each in root.iterchildren("{*}style")), "")
    if ground is None or (not ground and style in _DARK_STYLES):
        return
    for title in root.iter("{*}title"):
        words = drawn.unread_title(title, ground or (WHITE,), book.looks.palette)
        if words:
            yield Hidden(Trace.WHITE_TEXT, place, words, cleanable=False, advice=drawn.COLOUR_ADVICE)


def of_charts(book: Book, seen: Seen) -> Iterator[Hidden]:
    values: set[str] | None = None
    for sheet in book.shown_sheets:
        for name in parts_of(book.package, sheet.part):
            root = book.package.tree(name)
            place = f"工作表“{sheet.name}”的{name.rpartition('/')[2]}"
            yield from drawn.beside(root, place, seen)
            words = " ".join(
                each.text or ""
                for series in _filtered(root)
                for each in series.iter("{*}t", "{*}v")
                if not any(_is_filtered(up) for up in series.iterancestors())
            ).strip()
            if words:
                yield Hidden(Trace.HIDDEN_TEXT, f"{place}，不显示的系列", words)
            if next(root.iter("{*}strCache", "{*}numCache", "{*}multiLvlStrCache", "{*}lvl"), None) is None:
                continue
            values = _values(book) if values is None else values
            more = list(dict.fromkeys(each for each in _cached(root) if _as_value(each) not in values))
            if more:
                words = " ".join(more[:_MOST_TOLD])
                yield Hidden(Trace.HIDDEN_CELL, place, words, cleanable=False, advice=_CACHE_ADVICE)


def charts_of(book: Book, hidden: Sheet) -> Iterator[Hidden]:
    """Charts on sheets that are shown, drawn from one that is not."""
    for sheet in book.shown_sheets:
        for name in parts_of(book.package, sheet.part):
            for element in book.package.tree(name).iter("{*}f"):
                if "/charts/" in name and speaks_of(element.text or "", hidden.name):
                    place, words = f"图表{name.rpartition('/')[2]}", element.text or ""
                    yield Hidden(Trace.HIDDEN_SHEET, place, words, cleanable=False, advice=_CHART_ADVICE)
                    break


def clean(book: Book, sheet: Sheet) -> None:
    for name in parts_of(book.package, sheet.part):
        root = book.package.touch(name)
        for owner in [each for each in root.iter(etree.Element) if drawn.is_switched_off(each)]:
            _remove_shape(owner)
        drawn.clean_beside(root)


def clean_charts(package: Package) -> None:
    for name in package.related("chart"):
        for each in list(_filtered(package.touch(name))):
            remove(each)


def _remove_shape(shape: etree._Element) -> None:
    """An anchor of nothing is not allowed; it goes with its shape."""
    holder = shape.getparent()
    remove(shape)
    while holder is not None and named(holder) in ("Choice", "AlternateContent"):
        shape, holder = holder, holder.getparent()
        remove(shape)
    if holder is not None and named(holder).endswith("Anchor"):
        remove(holder)


def _shapes(book: Book, root: etree._Element) -> list[drawn.Shape]:
    return drawn.shapes_of(root, book.looks.palette, _box)


def _box(shape: etree._Element) -> drawn.Box | None:
    """In columns and rows; shapes of a group share the place of the group."""
    for up in shape.iterancestors():
        start, end = up.find("{*}from"), up.find("{*}to")
        if start is not None:
            left, top = _corner(start)
            right, bottom = _corner(end) if end is not None else (left + 1, top + 1)
            return left, top, max(right, left + 0.01), max(bottom, top + 0.01)
    return None


def _corner(element: etree._Element) -> tuple[float, float]:
    """Column and row with the part of the cell; a cell is taken to be about as large as they mostly are."""
    told = {
        named(each): int(each.text or 0) for each in element if re.fullmatch(r"-?\d{1,9}", each.text or "")
    }
    return (
        told.get("col", 0) + min(told.get("colOff", 0) / 610_000, 0.99),
        told.get("row", 0) + min(told.get("rowOff", 0) / 190_000, 0.99),
    )


class _Ground:
    """What is behind a shape without fill: the cell at its corner, which is white if nothing is said."""

    def __init__(self, book: Book, sheet: Sheet) -> None:
        self._book = book
        self._root = book.package.tree(sheet.part)

    def is_far(self, shape: drawn.Shape) -> bool:
        if shape.box is None or (shape.box[0] < _FAR_COLUMNS and shape.box[1] < _FAR_ROWS):
            return False
        last_row = last_column = 0
        for row in Grid(self._root).rows():
            if row.cells:
                last_row, last_column = row.number, max(last_column, row.cells[-1].column)
        return shape.box[0] > last_column + _FAR_COLUMNS or shape.box[1] > last_row + _FAR_ROWS

    def behind(self, shape: drawn.Shape) -> tuple[Colour, ...] | None:
        if shape.box is None:
            return (WHITE,)
        column, row = int(shape.box[0]) + 1, int(shape.box[1]) + 1
        for each in Grid(self._root).rows():
            if each.number < row:
                continue
            if each.number > row:
                break
            for cell in each.element:
                if (cell.get("r") or "").rstrip("0123456789") == letters_of(column):
                    style = cell.get("s") or "0"
                    return self._book.looks.look(int(style) if style.isdecimal() else 0).behind or None
        return (WHITE,)


def _words_of(root: etree._Element) -> Iterator[str]:
    for each in root.iter("{*}t", "{*}v"):
        if each.text and each.text.strip() and not any(_is_filtered(up) for up in each.iterancestors()):
            yield str(each.text)


def _is_filtered(element: etree._Element) -> bool:
    return named(element).startswith("filtered")


def _filtered(root: etree._Element) -> Iterator[etree._Element]:
    """Series that the author switched off; the chart keeps them."""
    return (each for each in root.iter(etree.Element) if _is_filtered(each))


def _cached(root: etree._Element) -> Iterator[str]:
    """The values a chart keeps of the cells it is drawn from."""
    for cache in root.iter("{*}strCache", "{*}numCache", "{*}multiLvlStrCache"):
        if not any(_is_filtered(up) for up in cache.iterancestors()):
            yield from (each.text or "" for each in cache.iter("{*}v") if (each.text or "").strip())


def _values(book: Book) -> set[str]:
    """The values of all cells of sheets that are shown, in hidden rows too: those are told already."""
    return {
        _as_value(value)
        for sheet in book.shown_sheets
        for row in Grid(book.package.tree(sheet.part)).rows()
        for cell in row.cells
        if (value := book.value(cell.element, cell.kind))
    }


def _as_value(words: str) -> str:
    try:
        return repr(float(words))
    except ValueError:
        return "".join(words.split())

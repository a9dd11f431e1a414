"""单元格里的图片. WPS keeps them in a part of their own and shows each by a formula; one that no cell shows is hidden."""

import re
from collections.abc import Iterator

from lxml import etree

from gongkai.screening import drawn
from gongkai.screening.book import MAIN, Book
from gongkai.screening.inspection import Hidden, Trace
from gongkai.screening.package import RELATIONSHIP, remove
from gongkai.screening.seen import Seen
from gongkai.screening.sheet_cells import Grid

_SHOWS = re.compile(r'DISPIMG\("(\w{1,64})"')
_PLACE = "单元格里的图片"
NOT_SHOWN = "没有单元格显示的图片"


def hidden(book: Book, seen: Seen) -> Iterator[Hidden]:
    """Pictures that no cell shows, and what stands beside those that are shown."""
    for part in _parts(book):
        root = book.package.tree(part)
        for each in _unshown(book, root):
            told = _properties(each)
            words = " ".join(told.get(key) or "" for key in ("descr", "title", "name")).strip()
            yield Hidden(Trace.EMBEDDED, NOT_SHOWN, words)
        yield from drawn.beside(root, _PLACE, seen)


def clean(book: Book) -> None:
    package = book.package
    for part in _parts(book):
        root = package.touch(part)
        for each in _unshown(book, root):
            remove(each)
        drawn.clean_beside(root)
        kept = {each.get(f"{RELATIONSHIP}embed") for each in root.iter("{*}blip")}
        package.cut(
            lambda each, part=part, kept=kept: (  # type: ignore[misc]
                each.source == part and each.kind == "image" and each.id not in kept
            )
        )


def _parts(book: Book) -> list[str]:
    return book.package.related("cellImage", MAIN)


def _unshown(book: Book, root: etree._Element) -> list[etree._Element]:
    shown = set(_shown(book))
    return [each for each in root.iterchildren("{*}cellImage") if _properties(each).get("name") not in shown]


def _properties(picture: etree._Element) -> dict[str, str]:
    found = next(picture.iter("{*}cNvPr"), None)
    return {} if found is None else {str(key): str(value) for key, value in found.attrib.items()}


def _shown(book: Book) -> Iterator[str]:
    """The pictures that the formulas of cells in sight name."""
    for cell in cells_in_sight(book):
        for formula in cell.iterchildren("{*}f"):
            yield from _SHOWS.findall(formula.text or "")


def cells_in_sight(book: Book) -> Iterator[etree._Element]:
    """Those in rows and columns that are shown, under no other cell."""
    for sheet in book.shown_sheets:
        grid = Grid(book.package.tree(sheet.part))
        for row in grid.rows():
            covered = [] if row.hidden else grid.covered(row.number)
            for cell in row.cells:
                if row.hidden or cell.column in grid.hidden_columns:
                    continue
                if any(each.covers(cell.column, row.number) for each in covered):
                    continue
                yield cell.element

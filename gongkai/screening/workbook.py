"""Excel文件. What an xlsx holds beside the cells that are seen, and the same workbook without it.

Cells keep their places: what is hidden is emptied, formulas become their values, hidden sheets go.
"""

from lxml import etree

from gongkai.screening import (
    book_data,
    book_names,
    cell_pictures,
    office,
    rich_pictures,
    sheet_data,
    sheet_drawings,
    unseen,
)
from gongkai.screening.book import MAIN, Book, Sheet
from gongkai.screening.inspection import Hidden, Trace
from gongkai.screening.package import Package, drop, remove
from gongkai.screening.seen import Seen
from gongkai.screening.sheet_reading import Reading

# Where formulas of shapes lead, formats that are shown with values, what programs write into new diagrams and tables.
_PROGRAMS_OWN = {
    "sp": ("textlink",),
    "numFmt": ("formatCode",),
    "prSet": ("phldrT",),
    "table": ("name", "displayName"),
}


def inspect(package: Package) -> tuple[str, list[Hidden]]:
    """The cells a reader sees, row by row, and what is hidden."""
    book = Book(package)
    text, found = _told(package, book)
    found += unseen.words(package, _around_cells(book), _known(book, text, found))
    return text, found


def _told(package: Package, book: Book) -> tuple[str, list[Hidden]]:
    lines: list[str] = []
    found: list[Hidden] = []
    for sheet in book.sheets:
        if sheet.part not in package.parts:
            continue
        if sheet.hidden:
            found += _hidden_sheet(book, sheet)
        else:
            reading = Reading(book, sheet)
            lines += [sheet.name, *reading.lines, *sheet_data.shown(book, sheet)]
            lines += sheet_drawings.shown(book, sheet)
            found += [*reading.hidden, *sheet_drawings.hidden(book, sheet)]
        found += book_data.comments(package, sheet)
    lines += book_names.shown(package, book)
    text = "\n".join(line for line in lines if line.strip())
    seen = Seen(text)
    for sheet in book.shown_sheets:
        found += sheet_data.hidden(book, sheet, seen)
    found += sheet_drawings.of_charts(book, seen)
    found += [*cell_pictures.hidden(book, seen), *rich_pictures.hidden(book)]
    found += book_names.hidden(package, book)
    found += book_data.hidden(book, seen)
    found += office.traces(package, text)
    return text, found


def clean(package: Package) -> None:
    """Values only, nothing hidden, nothing attached; every cell that is seen stays where it is."""
    book = Book(package)
    seen = Seen("\n".join(line for sheet in book.shown_sheets for line in Reading(book, sheet).lines))
    unwanted = book_names.unwanted(package, book)
    for sheet in book.shown_sheets:
        _empty_cells(book, sheet)
        sheet_data.clean(book, sheet, unwanted)
        sheet_drawings.clean(book, sheet)
    sheet_drawings.clean_charts(package)
    cell_pictures.clean(book)
    rich_pictures.clean(book)
    book_data.remove_tables(book, seen)
    book_names.clean(package, book)
    book_data.clean(book)
    office.clean(package)
    left = Book(package)
    unseen.clean(package, _around_cells(left), _known(left, *_told(package, left)))


def _around_cells(book: Book) -> list[str]:
    """The parts that hold no cells, formats or colours: every word in them is shown, told or nobody's."""
    package = book.package
    drawings = [name for sheet in book.shown_sheets for name in sheet_drawings.parts_of(package, sheet.part)]
    tables = [name for name in package.related("table") if name in package.reachable()]
    return list(dict.fromkeys([MAIN, *tables, *drawings]))


def _known(book: Book, text: str, found: list[Hidden]) -> str:
    """What is shown, what was told, and where formulas of names, charts and shapes lead."""
    said = [text, *(f"{each.place}\n{each.content}" for each in found)]
    for part in _around_cells(book):
        root = book.package.tree(part)
        said += [each.text or "" for each in root.iter("{*}definedName", "{*}f", "{*}v")]
        for element, keys in _PROGRAMS_OWN.items():
            said += [each.get(key) or "" for each in root.iter(f"{{*}}{element}") for key in keys]
    return "\n".join(said)


def _hidden_sheet(book: Book, sheet: Sheet) -> list[Hidden]:
    words = "\n".join([*book.all_rows(sheet), *sheet_drawings.all_words(book, sheet)])
    how = "深度隐藏" if sheet.state == "veryHidden" else "隐藏"
    found = Hidden(Trace.HIDDEN_SHEET, f"工作表“{sheet.name}”（{how}）", words)
    return [found, *sheet_drawings.charts_of(book, sheet)]


def _empty_cells(book: Book, sheet: Sheet) -> None:
    """Hidden cells hold nothing any more, and the others what they showed."""
    reading = Reading(book, sheet, elements=True)
    for cell in reading.unseen:
        for child in list(cell):
            cell.remove(child)
        for name in ("t", "vm", "cm"):
            drop(cell, name)
    root: etree._Element = book.package.touch(sheet.part)
    for formula in list(root.iter("{*}f")):
        holder = formula.getparent()
        if holder is not None and etree.QName(holder).localname == "c" and not _draws(formula):
            remove(formula)


def _draws(formula: etree._Element) -> bool:
    """WPS keeps a picture in a cell by a formula; without it the picture is gone."""
    return "DISPIMG(" in (formula.text or "") and not book_data.constants(formula.text or "")

"""按位置读数. The figures of a page and where they stand, by a second engine that knows nothing of tables."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

import pypdfium2

_FIGURE = re.compile(r"[0-9./\-—－／０-９]")

NEAR = 40  # characters back in which the second print of a letter is looked for


@dataclass(frozen=True, slots=True)
class Figure:
    """一个字: a digit or mark, and its middle, from the top left of the page."""

    text: str
    x: float
    y: float


def _same_place(one: Figure, other: Figure) -> bool:
    """Bold is often a letter printed twice."""
    return one.text == other.text and abs(one.x - other.x) < 1 and abs(one.y - other.y) < 1


def figures_of_pages(data: bytes, pages: Iterable[int]) -> dict[int, list[Figure]]:
    """Digits and marks of the pages asked for, in the order of reading; none when the engine cannot open the file."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return {}
    try:
        return {index: _figures(document[index]) for index in pages if index < len(document)}
    finally:
        document.close()


def _figures(page: "pypdfium2.PdfPage") -> list[Figure]:
    text = page.get_textpage()
    try:
        height = page.get_height()
        found = []
        for index in range(text.count_chars()):
            character = text.get_text_range(index, 1)
            if len(character) != 1 or not _FIGURE.match(character):
                continue
            left, bottom, right, top = text.get_charbox(index)
            found.append(
                Figure(
                    unicodedata.normalize("NFKC", character), (left + right) / 2, height - (bottom + top) / 2
                )
            )
        return found
    finally:
        text.close()
        page.close()

"""扫描的一页. Ruled tables cell by cell, the rest line by line, in the shape that pages with text have."""

from collections.abc import Sequence
from statistics import median

from gongkai.report.grid import UNREADABLE_TEXT
from gongkai.report.read.document import Box
from gongkai.report.read.figures import looks_like_value
from gongkai.report.read.pages import Line, Page, Row
from gongkai.report.read.scan_rules import Cell, Image, RuledTable, edges, straightened, tables_of
from gongkai.report.read.scan_text import PlacedWords, Reading, Recogniser, read_cells

_PAPER = 255


def read_page(image: Image, recogniser: Recogniser) -> Page:
    """The page's rows and lines."""
    page = straightened(image)
    tables = tables_of(page)
    rows = [row for table in tables for row in _rows(table, read_cells(page, table.cells, recogniser))]
    lines = _lines(recogniser.page(_without(page, tables)))
    characters = sum(len(line.text) for line in lines)
    return Page(tuple(rows), lines, (), characters, float(page.shape[0]))


def _without(page: Image, tables: Sequence[RuledTable]) -> Image:
    """The page with its tables painted over."""
    rest = page.copy()
    for table in tables:
        border = table.border
        rest[border.top : border.bottom, border.left : border.right] = _PAPER
    return rest


def _rows(table: RuledTable, readings: Sequence[Reading]) -> list[Row]:
    """Each row's own cells: those that begin in it."""
    columns = edges([cell.left for cell in table.cells])
    tops = edges([cell.top for cell in table.cells])
    rows: list[list[tuple[Box, Cell]]] = [[] for _ in tops]
    for cell, reading in zip(table.cells, readings, strict=True):
        left, top = _at(cell.left, columns), _at(cell.top, tops)
        span = max(sum(cell.left <= edge < cell.right - 1 for edge in columns[left + 1 :]) + 1, 1)
        down = max(sum(cell.top <= edge < cell.bottom - 1 for edge in tops[top + 1 :]) + 1, 1)
        rows[top].append((Box(reading.text, span, down, left, reading.doubtful), cell))
    return [_row(sorted(row, key=lambda pair: pair[0].left)) for row in rows if row]


def _row(row: Sequence[tuple[Box, Cell]]) -> Row:
    places = tuple(
        (float(cell.left), float(cell.top), float(cell.right), float(cell.bottom)) for _, cell in row
    )
    bottom = min(place[3] for place in places)
    return Row(tuple(box for box, _ in row), places, places[0][1], bottom)


def _at(place: int, lines: Sequence[int]) -> int:
    """The last line of the grid at or before this place."""
    return max(index for index, line in enumerate(lines) if line <= place)


def _lines(words: Sequence[PlacedWords]) -> tuple[Line, ...]:
    """Words at one height are one line. A figure outside ruled tables stands in no cell: it is not trusted."""
    lines: list[list[PlacedWords]] = []
    for word in sorted(words, key=lambda each: (each.top + each.bottom) / 2):
        middle = (word.top + word.bottom) / 2
        if lines and lines[-1][0].top <= middle <= lines[-1][0].bottom:
            lines[-1].append(word)
        else:
            lines.append([word])
    return tuple(_line(sorted(line, key=lambda each: each.left)) for line in lines)


def _line(words: Sequence[PlacedWords]) -> Line:
    texts = [
        UNREADABLE_TEXT if looks_like_value(each.text) and len(words) > 1 else each.text for each in words
    ]
    return Line(
        " ".join(texts),
        words[0].left,
        words[-1].right,
        median(each.top for each in words),
        median(each.bottom for each in words),
    )

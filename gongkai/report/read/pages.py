"""页面连起来. The rows, lines and pictures of pages become blocks in the order of print, whoever read the pages."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.report.read import labels
from gongkai.report.read.document import Block, Box, Paragraph, Picture, Table
from gongkai.report.read.figures import looks_like_value
from gongkai.report.read.headings import find_heading
from gongkai.report.read.text import is_page_number

LIKE_SIZE = 1.25  # by which lines of one paragraph may differ in height
_GOES_ON = ("，", "、", "：", "（", "“", "《", "-")  # no paragraph ends with these, however short its line

BoundingBox = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """一行字 with its place on the page; the page counts from 0."""

    text: str
    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Row:
    """表格的一行: its own cells with their places."""

    boxes: tuple[Box, ...]
    places: tuple[BoundingBox, ...]
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Page:
    """一页: the rows of tables, the lines around them and the pictures."""

    rows: tuple[Row, ...]
    lines: tuple[Line, ...]
    pictures: tuple[float, ...]  # their tops
    characters: int
    height: float


def blocks_of(pages: Sequence[Page]) -> Iterator[Block]:
    """Rows and paragraphs in order; a paragraph may run over the page."""
    lines = [line for page in pages for line in page.lines if _is_body(line, page)]
    left = _margin([line.left for line in lines])
    right = max((line.right for line in lines), default=0.0)
    paragraph: list[Line] = []
    rows: list[tuple[Box, ...]] = []
    for page in pages:
        items: list[tuple[float, Line | Row | Picture]] = [(row.top, row) for row in page.rows]
        items += [(line.top, line) for line in page.lines if _is_body(line, page)]
        items += [(top, Picture()) for top in page.pictures]
        for _, item in sorted(items, key=lambda pair: pair[0]):
            if isinstance(item, Row):
                yield from _paragraph(paragraph)
                paragraph = []
                rows.append(item.boxes)
                continue
            if rows:
                yield Table(tuple(rows))
                rows = []
            if isinstance(item, Picture):
                yield from _paragraph(paragraph)
                paragraph = []
                yield item
                continue
            if paragraph and _begins_anew(paragraph[-1], item, left, right):
                yield from _paragraph(paragraph)
                paragraph = []
            paragraph.append(item)
        if rows:  # each page ends its table: a row may be cut there
            yield Table(tuple(rows))
            rows = []
    yield from _paragraph(paragraph)


def _paragraph(lines: Sequence[Line]) -> Iterator[Paragraph]:
    if not lines:
        return
    text = lines[0].text
    for line in lines[1:]:
        latin = re.search(r"[A-Za-z]$", text) and re.match(r"[A-Za-z]", line.text)
        text += (" " if latin else "") + line.text
    yield Paragraph(
        re.sub(r"(?<=[\u4e00-\u9fff]) +(?=\d)|(?<=\d) +(?=[\u4e00-\u9fff])", "", text)
        if len(lines) > 1
        else text
    )


def _begins_anew(before: Line, line: Line, left: float, right: float) -> bool:
    size = before.bottom - before.top
    resized = not 1 / LIKE_SIZE <= (line.bottom - line.top) / max(size, 0.1) <= LIKE_SIZE  # a title
    ended = before.right < right - 2 * size and not before.text.rstrip().endswith(_GOES_ON)
    indented = line.left > left + 1.2 * size
    return (
        ended
        or resized
        or indented
        or _is_tabular(before.text)
        or _is_tabular(line.text)
        or _is_heading(before.text)
        or _is_heading(line.text)
    )


def _is_heading(text: str) -> bool:
    found = find_heading(text)
    return found is not None and found.exact


def _is_tabular(text: str) -> bool:
    """A row of a table without lines."""
    words = text.split()
    figures = 0
    while figures < len(words) and looks_like_value(words[-1 - figures]):
        figures += 1
    label = " ".join(words[: len(words) - figures])
    return figures >= 3 or bool(
        labels.application_row(label, strict=True)
        or labels.proactive_row(label)
        or labels.proactive_head(label)
    )


def _is_body(line: Line, page: Page) -> bool:
    """Not a page number at the foot or the head of the page."""
    at_edge = line.top > page.height * 0.88 or line.bottom < page.height * 0.1
    return not (at_edge and (is_page_number(line.text) or re.fullmatch(r"\s*\d{1,3}\s*", line.text)))


def _margin(lefts: Sequence[float]) -> float:
    """Where most lines begin."""
    if not lefts:
        return 0.0
    rounded = sorted(round(left) for left in lefts)
    return float(max(set(rounded), key=lambda left: (rounded.count(left), -left)))

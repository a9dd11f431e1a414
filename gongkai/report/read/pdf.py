"""PDF. Tables by their lines, figures a second time by their position; what differs is not trusted."""

import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from gongkai.report.read import labels
from gongkai.report.read.document import Block, Box, CannotRead, Document, Paragraph, Picture, Table
from gongkai.report.read.figures import looks_like_value, tidy
from gongkai.report.read.gathered import TWO_READINGS
from gongkai.report.read.headings import find_heading
from gongkai.report.read.labels import plain
from gongkai.report.read.positions import Figure, figures_of_pages
from gongkai.report.read.text import is_page_number

MOST_PAGES = 200
MOST_TABLES = 500
FEWEST_CHARACTERS = 20  # a page with fewer is a picture
LARGE_PICTURE = 0.15  # of the page
RULE_GAP = 6.0  # points; rules further apart belong to different tables
_WIDE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")

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


def read_pdf(data: bytes) -> Document:
    """The document's text and tables in the order of print."""
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            if len(document.pages) > MOST_PAGES:
                raise CannotRead(
                    f"PDF有{len(document.pages)}页，超过上限{MOST_PAGES}页，不像一份年度报告，未读取。"
                )
            pages = [_page(page) for page in document.pages]
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            raise CannotRead("PDF已加密，请取消密码后重新提供。") from None
        raise CannotRead("PDF不完整或者已损坏，无法打开，请重新取得完整的文件。") from None
    if not pages:
        raise CannotRead("PDF中没有页面，可能不完整或者已损坏，请重新取得完整的文件。")
    if sum(page.characters for page in pages) < FEWEST_CHARACTERS:
        if any(page.pictures for page in pages):
            from gongkai.report.read.scan import read_scanned_pdf

            return read_scanned_pdf(data)
        raise CannotRead("PDF中没有文字，无法读取，请提供有文字的文件。")
    figures = figures_of_pages(data, [index for index, page in enumerate(pages) if page.rows])
    blocks = _blocks(
        [replace(page, rows=_compared(page.rows, figures.get(i))) for i, page in enumerate(pages)]
    )
    return Document(tuple(blocks), "pdf")


@dataclass(frozen=True, slots=True)
class Page:
    """一页: the rows of tables, the lines around them and the pictures."""

    rows: tuple[Row, ...]
    lines: tuple[Line, ...]
    pictures: tuple[float, ...]  # their tops
    characters: int
    height: float


def _page(page: Any) -> Page:
    area = page.width * page.height
    pictures = tuple(
        image["top"]
        for image in page.images
        if abs(image["x1"] - image["x0"]) * abs(image["bottom"] - image["top"]) > LARGE_PICTURE * area
    )
    printed_once = page.dedupe_chars(tolerance=1, extra_attrs=())  # bold is often a letter printed twice
    rows = _rows(printed_once)
    lines = _lines(printed_once, rows)
    result = Page(rows, lines, pictures, len(page.chars), float(page.height))
    page.close()
    return result


def _rows(page: Any) -> tuple[Row, ...]:
    tables = page.find_tables({"explicit_horizontal_lines": _ends_of_rules(page)})
    if len(tables) > MOST_TABLES:
        raise CannotRead(f"PDF的一页中有超过{MOST_TABLES}个表格，不像一份年度报告，未读取。")
    rows = []
    for table in tables:
        for texts, row in zip(table.extract(), table.rows, strict=True):
            boxes, places = [], []
            for index, (text, place) in enumerate(zip(texts, row.cells, strict=True)):
                if place is not None:
                    span = 1 + next(
                        (n for n, c in enumerate(row.cells[index + 1 :]) if c is not None),
                        len(row.cells) - index - 1,
                    )
                    boxes.append(Box(text or "", span, 1, index))
                    places.append(tuple(place))
            if _is_table_row(boxes):
                rows.append(Row(tuple(boxes), tuple(places), row.bbox[1], row.bbox[3]))
    return tuple(sorted(rows, key=lambda row: row.top))


def _ends_of_rules(page: Any) -> list[float]:
    """Where the vertical rules begin and end: some makers leave off the border where a page cuts a table."""
    rules = sorted((edge["top"], edge["bottom"]) for edge in page.edges if edge["orientation"] == "v")
    spans: list[tuple[float, float]] = []
    for top, bottom in rules:
        if spans and top <= spans[-1][1] + RULE_GAP:
            spans[-1] = (spans[-1][0], max(spans[-1][1], bottom))
        else:
            spans.append((top, bottom))
    return [end for span in spans for end in span if span[1] - span[0] > RULE_GAP]


def _is_table_row(boxes: Sequence[Box]) -> bool:
    """Not prose in a frame: several cells, or one that is a label of the form.

    Cells that hold figures on several lines are columns without lines between their rows: read by position instead.
    """
    if sum(_holds_several(box.text) for box in boxes) >= 3:
        return False
    if len(boxes) >= 2:
        return True
    words = plain(boxes[0].text) if boxes else ""
    known = words.startswith(labels.TABLE_OPENINGS) or words in ("行政复议", "行政诉讼")
    return bool(words) and known and len(words) <= 60


def _holds_several(text: str) -> bool:
    lines = text.split("\n")
    return len(lines) >= 3 and sum(looks_like_value(tidy(line)) for line in lines) >= 3


def _lines(page: Any, rows: Sequence[Row]) -> tuple[Line, ...]:
    """The words outside the tables, gathered into lines."""
    cells = [place for row in rows for place in row.places]
    words = [word for word in page.extract_words(x_tolerance=2, y_tolerance=3) if not _inside(word, cells)]
    lines: list[list[dict[str, Any]]] = []
    for word in sorted(words, key=lambda word: (word["top"] + word["bottom"]) / 2):
        middle = (word["top"] + word["bottom"]) / 2
        if lines and lines[-1][0]["top"] <= middle <= lines[-1][0]["bottom"]:
            lines[-1].append(word)
        else:
            lines.append([word])
    return tuple(_line(sorted(line, key=lambda word: word["x0"])) for line in lines)


def _inside(word: dict[str, Any], cells: Sequence[BoundingBox]) -> bool:
    x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in cells)


def _line(words: Sequence[dict[str, Any]]) -> Line:
    text = words[0]["text"]
    for before, word in pairwise(words):
        wide = _WIDE.search(before["text"][-1]) or _WIDE.search(word["text"][0])
        gap = word["x0"] - before["x1"]
        size = before["bottom"] - before["top"]
        text += ("" if wide and gap < size / 2 else " ") + word["text"]
    return Line(
        text,
        words[0]["x0"],
        words[-1]["x1"],
        min(word["top"] for word in words),
        max(word["bottom"] for word in words),
    )


# 两种读法 ------------------------------------------------------------------------------------


def _compared(rows: Sequence[Row], figures: Sequence[Figure] | None) -> tuple[Row, ...]:
    """Each row of figures against the figures that stand at its height."""
    if figures is None:
        return tuple(rows)
    return tuple(_compared_row(row, figures) for row in rows)


def _compared_row(row: Row, figures: Sequence[Figure]) -> Row:
    filled = [
        index for index, box in enumerate(row.boxes) if looks_like_value(tidy(box.text).replace(" ", ""))
    ]
    if not filled:
        return row
    boxes = list(row.boxes)
    for index in filled:
        left, top, right, bottom = row.places[index]
        second = "".join(f.text for f in figures if left <= f.x <= right and top <= f.y <= bottom)
        if _bare(second) != _bare(row.boxes[index].text):
            boxes[index] = replace(boxes[index], doubtful=TWO_READINGS)
    stray = [
        f
        for f in figures
        if row.top <= f.y <= row.bottom and f.x > row.places[filled[0]][0] and not _held(f, row.places)
    ]
    if stray:
        boxes = [replace(b, doubtful=TWO_READINGS) if i in filled else b for i, b in enumerate(boxes)]
    return replace(row, boxes=tuple(boxes))


def _held(figure: Figure, places: Sequence[BoundingBox]) -> bool:
    return any(left - 1 <= figure.x <= right + 1 for left, _, right, _ in places)


def _bare(text: str) -> str:
    """Only what both engines give: digits and marks. A mark in words (无, 不适用) is read by one of them alone."""
    return re.sub(r"[^0-9/.\-—]", "", unicodedata.normalize("NFKC", labels.without_invisible(text)))


# 页面连起来 ----------------------------------------------------------------------------------


def _blocks(pages: Sequence[Page]) -> Iterator[Block]:
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
    ended = before.right < right - 2 * size
    indented = line.left > left + 1.2 * size
    return (
        ended
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

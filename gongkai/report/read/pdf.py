"""PDF. Tables by their lines, figures a second time by their position; what differs is not trusted."""

import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from gongkai.report.read import labels
from gongkai.report.read.document import Box, CannotRead, Document
from gongkai.report.read.figures import looks_like_value, tidy
from gongkai.report.read.gathered import TWO_READINGS
from gongkai.report.read.labels import plain
from gongkai.report.read.pages import BoundingBox, Line, Page, Row, blocks_of
from gongkai.report.read.positions import Figure, figures_of_pages
from gongkai.report.read.scan import NeedsOcr

MOST_PAGES = 200
MOST_TABLES = 500
FEWEST_CHARACTERS = 20  # a page with fewer is a picture
LARGE_PICTURE = 0.15  # of the page
SAME_SIZE = 0.95  # of the largest digit in a cell; smaller ones are notes
NOT_PLAIN = "格中有大小不同或者划掉的数字，不能确认是哪个数"
RULE_GAP = 6.0  # points; rules further apart belong to different tables
_WIDE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


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
            raise NeedsOcr
        raise CannotRead("PDF中没有文字，无法读取，请提供有文字的文件。")
    figures = figures_of_pages(data, [index for index, page in enumerate(pages) if page.rows])
    blocks = blocks_of(
        [replace(page, rows=_compared(page.rows, figures.get(i))) for i, page in enumerate(pages)]
    )
    return Document(tuple(blocks), "pdf")


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
                    doubtful = NOT_PLAIN if _has_digit(text) and not _is_plain(page, place) else ""
                    boxes.append(Box(text or "", span, 1, index, doubtful))
                    places.append(tuple(place))
            if _is_table_row(boxes):
                rows.append(Row(tuple(boxes), tuple(places), row.bbox[1], row.bbox[3]))
    return tuple(sorted(rows, key=lambda row: row.top))


def _has_digit(text: str | None) -> bool:
    return bool(text) and bool(re.search(r"\d", text or "")) and not re.search(r"[\u4e00-\u9fff]", text or "")


def _is_plain(page: Any, place: BoundingBox) -> bool:
    """Digits of one size, none raised as the number of a note, none struck through."""
    left, top, right, bottom = place
    digits = [
        char
        for char in page.chars
        if char["text"].isdigit()
        and left <= (char["x0"] + char["x1"]) / 2 <= right
        and top <= (char["top"] + char["bottom"]) / 2 <= bottom
    ]
    sizes = [char["size"] for char in digits]
    if sizes and min(sizes) < SAME_SIZE * max(sizes):
        return False
    return not any(
        char["x0"] - 1 <= edge["x1"]
        and edge["x0"] <= char["x1"] + 1
        and char["top"] + char["height"] * 0.25 < edge["top"] < char["bottom"] - char["height"] * 0.25
        for edge in page.edges
        if edge["orientation"] == "h"
        for char in digits
    )


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
    is_one_row = any(labels.application_row(box.text, strict=True) for box in boxes)
    if not is_one_row and sum(_holds_several(box.text) for box in boxes) >= 3:
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
        if not boxes[index].doubtful and _bare(second) != _bare(row.boxes[index].text):
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

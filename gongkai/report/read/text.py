"""纯文本和 Markdown. Lines with tabs or pipes become table rows; the rest stays a paragraph for each line."""

import re

from gongkai.report.read.broken_heads import with_heads_joined
from gongkai.report.read.document import Block, Box, Document, Paragraph, placed
from gongkai.report.read.encoding import decoded, require_text
from gongkai.report.read.labels import without_invisible
from gongkai.report.read.marks import with_single_marks
from gongkai.rules.annual_report_2021.tables import SECTIONS

CROWDED = 500  # characters of a line that may hold a whole report
_RULE = re.compile(r"[|:\-\s+=─━]+")
_LINE_BREAK = re.compile(r"<br\s*/?>")
_ENTITY_SPACE = re.compile(r"&(?:nbsp|ensp|emsp|#160|#xa0);", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"[-—－–]\s*\d{1,3}\s*[-—－–]|第\s*\d{1,3}\s*页(?:\s*[,，/]?\s*共\s*\d{1,3}\s*页)?")
_BOX_LINES = str.maketrans({"│": "|", "┃": "|", "║": "|", "｜": "|", "¦": "|"})
_MARKDOWN = re.compile(r"^(?:#{1,6}\s+|>\s+)|\*\*|__(?=\S)|(?<=\S)__")


def read_text(data: bytes) -> Document:
    """The text, line by line."""
    text = decoded(data)
    require_text(text)
    return document_of(text)


def document_of(text: str) -> Document:
    """The same from text that is already decoded."""
    blocks: list[Block] = []
    rows: list[tuple[Box, ...]] = []
    for line in _lines(without_invisible(text).replace("\x00", "")):
        row = _row(line)
        if row is not None:
            rows.append(row)
            continue
        if rows and not line.strip():
            rows += [_boxes(line.split("\t"))] if line.count("\t") > 1 else []  # a row of empty cells
            continue
        if rows:
            blocks.append(placed(rows))
            rows = []
        tidy = _MARKDOWN.sub("", line.strip(" \t\u3000\xa0")).strip()
        if tidy and not is_page_number(tidy):
            blocks.append(Paragraph(tidy))
    if rows:
        blocks.append(placed(rows))
    return Document(tuple(blocks), "text")


def _lines(text: str) -> list[str]:
    """The lines; a whole report on one line is parted at its white space."""
    lines: list[str] = []
    for line in with_single_marks(with_heads_joined(text.splitlines())):
        crowded = len(line) > CROWDED and sum(title.title in line for title in SECTIONS) >= 3
        lines += line.split() if crowded else [line]
    return lines


def is_page_number(line: str) -> bool:
    """- 3 - or 第3页."""
    return bool(_PAGE_NUMBER.fullmatch(line.strip()))


def _row(line: str) -> tuple[Box, ...] | None:
    """A line that is a whole table row: ``| a | b |`` or cells parted by tabs. () for a rule between rows."""
    line = line.translate(_BOX_LINES)
    stripped = line.strip()
    if stripped.startswith("|") and stripped.endswith("|") and len(stripped) > 1 and stripped.strip("| \t"):
        if _RULE.fullmatch(stripped):
            return ()
        return _boxes(stripped[1:-1].split("|"))
    if "|" in stripped and not stripped.startswith("|") and not stripped.endswith("|"):
        return _boxes(stripped.split("|"))
    if stripped.startswith("|") and not stripped.endswith("|") and stripped.count("|") > 1:
        return _boxes(stripped.split("|"))  # its first cell is empty
    if "|" not in stripped and "\t" in line.strip(" \u3000") and stripped:
        cells = line.strip("\r\n").split("\t")
        if _is_row(cells):
            return _boxes(cells)
    return None


def _is_row(cells: list[str]) -> bool:
    """Not prose: an indented paragraph also holds tabs."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if len(filled) >= 2:
        return all(len(cell) <= 60 for cell in filled)
    return len(filled[0]) <= (60 if len(cells) > 3 else 24) and len(cells) > 2


def _boxes(cells: list[str]) -> tuple[Box, ...]:
    return tuple(
        Box(_ENTITY_SPACE.sub(" ", _LINE_BREAK.sub("\n", cell)).replace("**", "").strip(" \t\u3000\xa0"))
        for cell in cells
    )

"""DOCX. Paragraphs and tables straight from document.xml, with merged cells and automatic numbers."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from gongkai.report.grid import UNREADABLE_TEXT
from gongkai.report.read.archive import read_part
from gongkai.report.read.document import Block, Box, CannotRead, Document, Paragraph, Picture, Table
from gongkai.report.read.labels import without_invisible

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PICTURES = frozenset({_W + "drawing", _W + "pict", _W + "object"})
_DELETED = frozenset({_W + "del", _W + "moveFrom", _W + "delText", _W + "instrText", _FALLBACK})
_TEXT = _W + "t"
_NOT_ONLY_TEXT = (
    *sorted(_PICTURES | _DELETED),
    *(_W + name for name in ("tab", "br", "cr", "noBreakHyphen", "vanish")),
)
_MAY_BE_BESIDE_TEXT = (
    *sorted(_PICTURES),
    *(_W + name for name in ("sym", "strike", "dstrike", "vertAlign")),
)
_TEXT_BOX = _W + "txbxContent"
_ROW_DELETED = f"{_W}trPr/{_W}del"
_GRID_BEFORE = f"{_W}trPr/{_W}gridBefore"
_CELL, _ROW, _PROPERTIES, _SPAN, _MERGED = (_W + name for name in ("tc", "tr", "tcPr", "gridSpan", "vMerge"))
MOST_TABLES = 500
NOT_PLAIN = "格中有注号、删除线、图片或者符号，不能确认是哪个数"
_DIGITS = "〇一二三四五六七八九"


def read_docx(data: bytes) -> Document:
    """The document's text and tables in the order of print."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = _parsed(read_part(archive, "word/document.xml"))
        numbers = _Numbers.of(archive)
    body = root.find(_W + "body")
    if body is None:
        raise CannotRead("Word文件中没有正文，请核对文件。")
    tables = sum(1 for _ in body.iter(_W + "tbl"))
    if tables > MOST_TABLES:
        raise CannotRead(f"Word文件中有{tables}个表格，超过上限{MOST_TABLES}个，不像一份年度报告，未读取。")
    return Document(tuple(_blocks(body, numbers)), "docx")


def _parsed(data: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise CannotRead("Word文件的内容已损坏或者不完整，请用Word重新另存后再提供。") from None


def _blocks(parent: etree._Element, numbers: "_Numbers") -> Iterator[Block]:
    for element in parent:
        if element.tag == _W + "p":
            boxes = _text_boxes(element)
            text, has_picture = _paragraph(element, with_boxes=not boxes)
            number = numbers.before(element) if text.strip() else ""
            for line in (number + text).split("\n"):
                if line.strip(" \t\u3000\xa0"):
                    yield Paragraph(line.strip(" \t\u3000\xa0"))
            if has_picture:
                yield Picture()
            for box in boxes:
                yield from _blocks(box, numbers)
        elif element.tag == _W + "tbl":
            yield from _table(element, numbers)
        elif element.tag not in _DELETED:
            yield from _blocks(element, numbers)


def _text_boxes(paragraph: etree._Element) -> list[etree._Element]:
    """文本框 of a paragraph, each once: Word writes them a second time for older programs."""
    return [
        box
        for box in paragraph.iter(_TEXT_BOX)
        if not any(each.tag in (_FALLBACK, _TEXT_BOX) for each in box.iterancestors())
    ]


def _paragraph(paragraph: etree._Element, *, with_boxes: bool = True) -> tuple[str, bool]:
    """The text as it stands now (deletions left out), and whether a picture is in it."""
    if next(paragraph.iter(*_NOT_ONLY_TEXT), None) is None:  # nearly every paragraph, and five times as fast
        return without_invisible("".join([each.text or "" for each in paragraph.iter(_TEXT)])), False
    parts: list[str] = []
    picture = False
    waiting = [paragraph]
    while waiting:
        element = waiting.pop()
        tag = element.tag
        if tag in _DELETED or (tag == _TEXT_BOX and not with_boxes):
            continue
        if tag == _W + "t":
            parts.append(element.text or "")
        elif tag == _W + "tab":
            parent = element.getparent()
            parts.append("\t" if parent is not None and parent.tag == _W + "r" else "")
        elif tag in (_W + "br", _W + "cr"):
            parts.append("\n")
        elif tag == _W + "noBreakHyphen":
            parts.append("-")
        elif tag in _PICTURES:
            picture = picture or next(element.iter(_TEXT_BOX), None) is None
            waiting.extend(reversed(list(element)))
        elif tag == _W + "rPr" and element.find(_W + "vanish") is not None:
            parts.append("")
        else:
            waiting.extend(reversed(_shown(element)))
    return without_invisible("".join(parts)), picture


def _shown(element: etree._Element) -> list[etree._Element]:
    """The children, none when the run is hidden text."""
    if element.tag == _W + "r":
        properties = element.find(_W + "rPr")
        if properties is not None and properties.find(_W + "vanish") is not None:
            return []
    return list(element)


def _table(table: etree._Element, numbers: "_Numbers") -> Iterator[Block]:
    """The table, or what it holds when it only arranges the page."""
    if next(table.iterdescendants(_W + "tbl"), None) is not None:
        for cell in table.iterdescendants(_W + "tc"):
            if next(cell.iterancestors(_W + "tbl"), None) is table:
                yield from _blocks(cell, numbers)
        return
    rows: list[tuple[Box, ...]] = []
    for line in table.iter(_ROW):
        if line.find(_ROW_DELETED) is not None:
            continue
        row: list[Box] = []
        column = _count(line.find(_GRID_BEFORE), default=0)
        for cell in line.iter(_CELL):
            properties = cell.find(_PROPERTIES)
            span = _count(properties.find(_SPAN) if properties is not None else None, default=1)
            merged = properties.find(_MERGED) if properties is not None else None
            if merged is None or merged.get(_W + "val") == "restart":
                row.append(_box(cell, numbers, span, column))
            column += span
        rows.append(tuple(row))
    yield Table(tuple(rows))


def _box(cell: etree._Element, numbers: "_Numbers", span: int, column: int) -> Box:
    """A cell. A picture, a note or struck text in it makes its figure doubtful."""
    text = _cell_text(cell, numbers)
    doubtful = next(cell.iter(*_MAY_BE_BESIDE_TEXT), None) is not None
    if not doubtful or not any(_is_beside_text(each) for each in cell.iter()):
        return Box(text, span, 1, column)
    return Box(text or UNREADABLE_TEXT, span, 1, column, NOT_PLAIN)


def _is_beside_text(element: etree._Element) -> bool:
    if element.tag in _PICTURES:
        return next(element.iter(_TEXT_BOX), None) is None
    if element.tag == _W + "sym":
        return True
    if element.tag != _W + "r" or not "".join(each.text or "" for each in element.iter(_W + "t")).strip():
        return False
    properties = element.find(_W + "rPr")
    return properties is not None and (
        any(_is_on(properties.find(_W + name)) for name in ("strike", "dstrike"))
        or (
            (raised := properties.find(_W + "vertAlign")) is not None
            and raised.get(_W + "val") in ("superscript", "subscript")
        )
    )


def _is_on(switch: etree._Element | None) -> bool:
    return switch is not None and switch.get(_W + "val") not in ("0", "false", "off")


def _cell_text(cell: etree._Element, numbers: "_Numbers") -> str:
    lines = []
    boxed = {paragraph for box in cell.iter(_TEXT_BOX) for paragraph in box.iter(_W + "p")}
    for paragraph in cell.iter(_W + "p"):
        if paragraph in boxed:
            continue  # is told with the paragraph that holds the box
        text, _ = _paragraph(paragraph)
        if text.strip():
            lines.append(numbers.before(paragraph) + text.strip())
    return "\n".join(lines)


def _count(element: etree._Element | None, *, default: int) -> int:
    value = element.get(_W + "val") if element is not None else None
    return min(int(value), 100) if value and value.isdigit() else default


@dataclass(slots=True)
class _Numbers:
    """自动编号. Word keeps 一、二、三 of headings apart from their text."""

    levels: dict[tuple[str, str], tuple[str, str, int]] = field(
        default_factory=dict
    )  # (list, level) → format, text, start
    styles: dict[str, tuple[str, str]] = field(default_factory=dict)  # style → (list, level)
    counts: dict[tuple[str, str], int] = field(default_factory=dict)

    @classmethod
    def of(cls, archive: zipfile.ZipFile) -> "_Numbers":
        numbers = cls()
        names = set(archive.namelist())
        if "word/numbering.xml" in names:
            numbers._read_levels(_parsed(read_part(archive, "word/numbering.xml")))
        if numbers.levels and "word/styles.xml" in names:
            for style in _parsed(read_part(archive, "word/styles.xml")).iter(_W + "style"):
                found = _list_of(style.find(_W + "pPr"))
                if found:
                    numbers.styles[style.get(_W + "styleId") or ""] = found
        return numbers

    def _read_levels(self, root: etree._Element) -> None:
        abstract: dict[str, list[etree._Element]] = {
            each.get(_W + "abstractNumId") or "": each.findall(_W + "lvl")
            for each in root.findall(_W + "abstractNum")
        }
        for number in root.findall(_W + "num"):
            reference = number.find(_W + "abstractNumId")
            for level in abstract.get((reference.get(_W + "val") or "") if reference is not None else "", []):
                form, text, start = (level.find(_W + name) for name in ("numFmt", "lvlText", "start"))
                self.levels[number.get(_W + "numId") or "", level.get(_W + "ilvl") or "0"] = (
                    (form.get(_W + "val") or "") if form is not None else "",
                    (text.get(_W + "val") or "") if text is not None else "",
                    _count(start, default=1),
                )

    def before(self, paragraph: etree._Element) -> str:
        """The number Word prints before this paragraph, "" when none."""
        if not self.levels:
            return ""
        properties = paragraph.find(_W + "pPr")
        found = _list_of(properties)
        if found is None and properties is not None:
            style = properties.find(_W + "pStyle")
            found = self.styles.get((style.get(_W + "val") or "") if style is not None else "")
        if found is None or found not in self.levels:
            return ""
        form, text, start = self.levels[found]
        count = self.counts.get(found, start - 1) + 1
        self.counts[found] = count
        for deeper in [key for key in self.counts if key[0] == found[0] and key[1] > found[1]]:
            del self.counts[deeper]
        level = int(found[1]) + 1
        if form == "bullet" or f"%{level}" not in text or text.count("%") > 1:
            return ""
        return text.replace(
            f"%{level}", _in_chinese(count) if "hinese" in form or "ideograph" in form else str(count)
        )


def _list_of(properties: etree._Element | None) -> tuple[str, str] | None:
    if properties is None:
        return None
    identity = properties.find(f"{_W}numPr/{_W}numId")
    if identity is None or identity.get(_W + "val") in (None, "0"):
        return None
    level = properties.find(f"{_W}numPr/{_W}ilvl")
    return identity.get(_W + "val") or "", (level.get(_W + "val") or "0") if level is not None else "0"


def _in_chinese(count: int) -> str:
    """一 to 九十九.

    >>> _in_chinese(3), _in_chinese(10), _in_chinese(21)
    ('三', '十', '二十一')
    """
    tens, ones = divmod(count, 10)
    if tens == 0:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")

"""网页. HTML with tables, with nested layout tables, or with every cell in a paragraph of its own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from lxml import html as lxml_html

from gongkai.report.grid import UNREADABLE_TEXT
from gongkai.report.read.document import (
    Block,
    Box,
    CannotRead,
    Document,
    Paragraph,
    Picture,
    Script,
    Table,
    placed,
)
from gongkai.report.read.encoding import decoded
from gongkai.report.read.figures import looks_like_value
from gongkai.report.read.labels import without_invisible
from gongkai.report.read.text import document_of

MOST_TABLES = 500
DEEPEST = 200
MOST_SPAN = 100
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "figcaption",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "ul",
        "option",
        "legend",
        "summary",
        "details",
        "caption",
    ]
)
_SKIPPED = frozenset(
    [
        "style",
        "noscript",
        "template",
        "svg",
        "select",
        "textarea",
        "input",
        "button",
        "head",
        "nav",
        "title",
    ]
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BESIDE_TEXT = frozenset({"sup", "sub", "rt", "rp", "del", "s", "strike"})
_IN_PLACE_OF_TEXT = frozenset(
    {"input", "textarea", "select", "button", "script", "svg", "canvas", "iframe", "object", "embed", "math"}
)
_STRUCK = re.compile(
    r"line-through|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])|vertical-align\s*:\s*super", re.I
)
NOT_PLAIN = "格中有注号、删除线、图片或者控件，不能确认是哪个数"
_TABLE_PARTS = frozenset({"table", "tr", "td", "th", "tbody", "thead", "tfoot"})
_CELL = re.compile(r"(?<![a-z])(?:cell|td|gridcell)(?![a-z])|table-cell", re.IGNORECASE)
_WHITE = " \t\r\n\f\xa0\u3000"
_SPACES = re.compile(f"[{_WHITE}]+")
_BREAK = "\x00"  # never in a parsed page
_PLACEHOLDER = re.compile(r"table|grid|chart|report|biaoge", re.IGNORECASE)
_CHINESE_GAP = re.compile(
    r"(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]) +(?=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])"
)


def read_html(data: bytes) -> Document:
    """The page's text and tables in the order of print."""
    text = decoded(data, declared=_declared(data))
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    parser = lxml_html.HTMLParser(
        encoding="utf-8", huge_tree=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        raise CannotRead("网页中没有可以读取的内容，请核对文件。") from None
    tables = sum(1 for _ in root.iter("table"))
    if tables > MOST_TABLES:
        raise CannotRead(f"网页中有{tables}个表格，超过上限{MOST_TABLES}个，不像一份年度报告，未读取。")
    title = root.findtext(".//title") or ""
    return Document(tuple(_Walk().blocks(root)), "html", title=_line(title))


def _declared(data: bytes) -> str:
    found = re.search(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", data[:4096], re.IGNORECASE)
    return found.group(1).decode("ascii") if found else ""


def _line(text: str) -> str:
    """White space as a browser shows it, and none between Chinese characters."""
    bare = text.strip(_WHITE)
    if bare.isascii() and bare.isalnum():
        return bare
    return _CHINESE_GAP.sub("", _SPACES.sub(" ", without_invisible(text)).strip())


class _Walk:
    """逐个元素地读. Text gathers until the next block element, then becomes a paragraph."""

    def __init__(self) -> None:
        self.gathered: list[str] = []

    def blocks(self, root: etree._Element) -> Iterator[Block]:
        yield from self._element(root, 0)
        yield from self._flush()

    def _flush(self) -> Iterator[Paragraph]:
        text = _line("".join(self.gathered))
        self.gathered = []
        if text:
            yield Paragraph(text)

    def _element(self, element: etree._Element, depth: int) -> Iterator[Block]:
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag or tag in _SKIPPED or _is_hidden(element):
            return
        if depth > DEEPEST:
            raise CannotRead(f"网页的元素嵌套超过{DEEPEST}层，未读取。")
        if tag in ("script", "canvas", "iframe", "object", "embed"):
            yield from self._flush()
            yield Script()
        elif tag == "img":
            if _is_large(element):
                yield from self._flush()
                yield Picture()
        elif tag == "br":
            yield from self._flush()
        elif tag == "pre" and "\t" in "".join(map(str, element.itertext())):
            yield from self._flush()
            yield from document_of("".join(map(str, element.itertext()))).blocks
        elif tag == "table" and not _is_layout(element):
            yield from self._flush()
            yield _table(element)
        else:
            is_block = tag in _BLOCKS or tag in _TABLE_PARTS or (tag == "span" and _is_cell(element))
            if is_block:
                yield from self._flush()
            if _is_placeholder(element, tag):
                yield Script()
            self.gathered.append(element.text or "")
            for child in element:
                yield from self._element(child, depth + 1)
                self.gathered.append(child.tail or "")
            if is_block:
                yield from self._flush()


def _is_hidden(element: etree._Element) -> bool:
    style = element.get("style")
    return bool(style and _HIDDEN.search(style)) or element.get("hidden") is not None


def _is_cell(element: etree._Element) -> bool:
    """A cell of a table that is made without table elements."""
    named = f"{element.get('class') or ''} {element.get('role') or ''} {element.get('style') or ''}"
    return bool(named.strip()) and bool(_CELL.search(named))


def _is_large(image: etree._Element) -> bool:
    """Not an icon: a width under 100 rules it out."""
    width = re.match(r"\d+", image.get("width") or "")
    return not width or int(width.group()) >= 100


def _is_placeholder(element: etree._Element, tag: str) -> bool:
    named = f"{element.get('id') or ''} {element.get('class') or ''}"
    return (
        tag == "div"
        and len(element) == 0
        and not (element.text or "").strip()
        and bool(_PLACEHOLDER.search(named))
    )


def _is_layout(table: etree._Element) -> bool:
    return next(table.iterdescendants("table"), None) is not None


def _table(table: etree._Element) -> Table:
    rows = []
    for line in table.iter("tr"):
        if _is_hidden(line):
            continue
        cells = [cell for cell in line if cell.tag in ("td", "th") and not _is_hidden(cell)]
        rows.append([_box(cell) for cell in cells])
    return placed(rows)


def _span(cell: etree._Element, name: str) -> int:
    """A span as browsers read it; nonsense counts as 1."""
    found = re.match(r"\s*(\d{1,4})", cell.get(name) or "")
    return min(max(int(found.group(1)), 1), MOST_SPAN) if found else 1


def _box(cell: etree._Element) -> Box:
    """A cell. What a browser shows beside or instead of plain text makes its figure doubtful."""
    across, down = _span(cell, "colspan"), _span(cell, "rowspan")
    if len(cell) == 0:
        return Box(_line(cell.text or ""), across, down)
    content = _Content()
    content.gather(cell, 0)
    lines = [_line(line) for line in "".join(content.pieces).split(_BREAK)]
    text = "\n".join(line for line in lines if line)
    doubtful = NOT_PLAIN if content.is_doubtful or (not text and _is_drawn_by_style(cell)) else ""
    return Box(text or UNREADABLE_TEXT if doubtful else text, across, down, doubtful=doubtful)


@dataclass(slots=True)
class _Content:
    """一格的内容: its text, with a break where a block or a line ends, and whether something else is shown."""

    pieces: list[str] = field(default_factory=list)
    is_doubtful: bool = False

    def gather(self, element: etree._Element, depth: int) -> None:
        self.pieces.append(element.text or "")
        for child in element:
            tag = child.tag if isinstance(child.tag, str) else ""
            if tag and not _is_hidden(child):
                self._child(child, tag, depth)
            self.pieces.append(child.tail or "")

    def _child(self, child: etree._Element, tag: str, depth: int) -> None:
        if _is_beside_text(child, tag):
            self.is_doubtful = True
            return
        is_break = tag == "br" or tag in _BLOCKS
        if is_break:
            self.pieces.append(_BREAK)
        if tag not in _SKIPPED and depth < DEEPEST:
            self.gather(child, depth + 1)
        if is_break:
            self.pieces.append(_BREAK)


def _is_beside_text(element: etree._Element, tag: str) -> bool:
    """Notes, struck text, fields, pictures and scripts in a cell: they may hold the figure, or look like a part of it."""
    if tag in _IN_PLACE_OF_TEXT:
        return True
    if tag == "img":
        return _is_visible_picture(element)
    struck = tag in _BESIDE_TEXT or bool(_STRUCK.search(element.get("style") or ""))
    return struck and bool("".join(map(str, element.itertext())).strip(_WHITE))


def _is_drawn_by_style(cell: etree._Element) -> bool:
    """Whether a figure is kept in an attribute, from which a style sheet draws it."""
    return any(
        str(name).startswith("data-") and looks_like_value(str(value).strip())
        for element in cell.iterdescendants()
        for name, value in element.attrib.items()
    )


def _is_visible_picture(image: etree._Element) -> bool:
    """Not one of those that only keep a cell open."""
    return (image.get("width") or "") not in ("0", "1") and (image.get("height") or "") not in ("0", "1")

"""Excel文件. What an xlsx holds beside the cells that are seen, and the same workbook without it.

Cells keep their places: what is hidden is emptied, formulas become their values, hidden sheets go.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from gongkai.screening import office
from gongkai.screening.inspection import Hidden, Trace
from gongkai.screening.package import RELATIONSHIP, Package, local, remove

_MAIN = "xl/workbook.xml"
_STRICT_RELATIONSHIP = "{http://purl.oclc.org/ooxml/officeDocument/relationships}"
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_HIDING_FORMAT = re.compile(r";[; ]*")
_FORMAT_WORDS = re.compile(r'"([^"]*)"|\\([^\x00-\x7f])')
_ELSEWHERE = re.compile(r"\[\d{1,5}\]|\[[^\]\[]{1,200}\.xls|https?://|\\\\|file:|#REF!", re.IGNORECASE)
_COMMENTS = frozenset({"comments", "threadedComment", "person", "persons"})
_GONE_KINDS = _COMMENTS | {"externalLink", "connections", "queryTable", "pivotCacheDefinition", "pivotTable"}
_GONE_KINDS |= {
    "calcChain",
    "revisionHeaders",
    "usernames",
    "customProperty",
    "volatileDependencies",
    "slicerCache",
    "slicer",
}
_WHITE = frozenset({"FFFFFFFF", "00FFFFFF"})
_WHITE_ADVICE = "文字颜色与底色相同，程序不能判断是否有意。请在表格中改成看得见的颜色，或者删去。"
_CHART_ADVICE = "图表的数据来自隐藏的工作表。请先取消隐藏，或者把图表复制为图片后再保存。"
_RULES = frozenset({"dataValidation", "conditionalFormatting"})


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    part: str
    id: str
    state: str

    @property
    def hidden(self) -> bool:
        return self.state in ("hidden", "veryHidden")


def inspect(package: Package) -> tuple[str, list[Hidden]]:
    """The cells a reader sees, row by row, and what is hidden."""
    book = _Book(package)
    lines: list[str] = []
    found: list[Hidden] = []
    for sheet in book.sheets:
        if sheet.part not in package.parts:
            continue
        if sheet.hidden:
            words = "\n".join(book.rows(sheet, everything=True))
            how = "深度隐藏" if sheet.state == "veryHidden" else "隐藏"
            found.append(Hidden(Trace.HIDDEN_SHEET, f"工作表“{sheet.name}”（{how}）", words))
            found += _charts_of(package, sheet)
        else:
            lines += [sheet.name, *book.rows(sheet, everything=False), *_around(package.tree(sheet.part))]
            found += _in_sheet(book, sheet)
        found += _comments(package, sheet)
    lines += office.drawn_words(package)
    text = "\n".join(line for line in lines if line.strip())
    found += _names(package, book)
    found += _attached_data(package)
    found += office.traces(package, text)
    return text, found


def clean(package: Package) -> None:
    """Values only, nothing hidden, nothing attached; every cell that is seen stays where it is."""
    book = _Book(package)
    hidden = [sheet for sheet in book.sheets if sheet.hidden]
    for sheet in book.sheets:
        if not sheet.hidden and sheet.part in package.parts:
            _clean_sheet(package, book, sheet)
    _remove_sheets(package, hidden)
    gone = {sheet.id for sheet in hidden}
    package.cut(lambda each: each.kind in _GONE_KINDS or (each.source == _MAIN and each.id in gone))
    notes = {name for name in package.related("vmlDrawing") if b'ObjectType="Note"' in package.parts[name]}
    package.cut(lambda each: each.target in notes)
    _remove_tables_of_hidden_cells(package, book)
    _remove_unused_strings(package)
    office.clean(package)


class _Book:
    """一本工作簿: its sheets, strings and the formats that hide."""

    def __init__(self, package: Package) -> None:
        self.package = package
        root = package.tree(_MAIN)
        targets = {each.id: each.target for each in package.relationships(_MAIN)}
        self.sheets = [
            _Sheet(
                each.get("name") or "", targets.get(_id(each), ""), _id(each), each.get("state") or "visible"
            )
            for each in root.iter(etree.Element)
            if local(each) == "sheet"
        ]
        self.strings = [
            _words(item) for name in package.related("sharedStrings", _MAIN) for item in package.tree(name)
        ]
        self.formats: list[str] = []
        self.hiding: set[int] = set()
        self.white: set[int] = set()
        for name in package.related("styles", _MAIN):
            self._read_styles(package.tree(name))

    def _read_styles(self, root: etree._Element) -> None:
        codes = {
            each.get("numFmtId"): each.get("formatCode") or ""
            for each in root.iter(etree.Element)
            if local(each) == "numFmt"
        }
        fonts = [_is_white(each, "color") for each in _children(_first(root, "fonts"))]
        fills = [_is_dark(each) for each in _children(_first(root, "fills"))]
        for number, style in enumerate(_children(_first(root, "cellXfs"))):
            code = codes.get(style.get("numFmtId"), "")
            self.formats.append(code)
            if code and _HIDING_FORMAT.fullmatch(code.strip()):
                self.hiding.add(number)
            font, fill = int(style.get("fontId") or 0), int(style.get("fillId") or 0)
            if font < len(fonts) and fonts[font] and not (fill < len(fills) and fills[fill]):
                self.white.add(number)

    def value(self, cell: etree._Element) -> str:
        kind = cell.get("t") or "n"
        if kind == "inlineStr":
            return _words(cell)
        value = next((each.text or "" for each in cell if local(each) == "v"), "")
        if kind == "s" and value.isdecimal() and int(value) < len(self.strings):
            return self.strings[int(value)]
        if kind == "n":
            return _whole(value)
        return value

    def rows(self, sheet: _Sheet, *, everything: bool) -> Iterator[str]:
        columns = _hidden_columns(self.package.tree(sheet.part))
        for row in _rows(self.package.tree(sheet.part)):
            if not everything and _is_hidden_row(row):
                continue
            said = []
            for cell in _cells(row):
                style = int(cell.get("s") or 0)
                unseen = _column(cell) in columns or style in self.hiding
                value = self.value(cell)
                if value and (everything or not unseen):
                    said.append(value + _format_words(self.formats, style))
            if said:
                yield "\t".join(said)


def _in_sheet(book: _Book, sheet: _Sheet) -> Iterator[Hidden]:
    root = book.package.tree(sheet.part)
    columns = _hidden_columns(root)
    in_columns: dict[int, list[str]] = {}
    for row in _rows(root):
        values = [(cell, value) for cell in _cells(row) if (value := book.value(cell))]
        if _is_hidden_row(row):
            if values:
                words = "\t".join(value for _, value in values)
                yield Hidden(Trace.HIDDEN_ROW, f"工作表“{sheet.name}”第{row.get('r') or '?'}行", words)
            continue
        for cell, value in values:
            style, column = int(cell.get("s") or 0), _column(cell)
            place = f"工作表“{sheet.name}”单元格{cell.get('r')}"
            if column in columns:
                in_columns.setdefault(column, []).append(value)
            elif style in book.hiding:
                yield Hidden(Trace.HIDDEN_CELL, place, value)
            elif style in book.white:
                yield Hidden(Trace.WHITE_TEXT, place, value, cleanable=False, advice=_WHITE_ADVICE)
    for column, said in sorted(in_columns.items()):
        yield Hidden(Trace.HIDDEN_COLUMN, f"工作表“{sheet.name}”{_letters(column)}列", "\n".join(said))
    for formula in root.iter(etree.Element):
        if local(formula) == "f" and formula.text and _ELSEWHERE.search(formula.text):
            holder = formula.getparent()
            where = holder.get("r") if holder is not None else ""
            yield Hidden(Trace.EXTERNAL_LINK, f"工作表“{sheet.name}”单元格{where}", formula.text)


def _around(root: etree._Element) -> Iterator[str]:
    """What is printed or shown with the cells: page headers, choices, tips."""
    for element in root.iter(etree.Element):
        name = local(element)
        if name in ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"):
            yield re.sub(r"&(?:[LCR]|\"[^\"]*\"|\d+|[A-Z])", " ", element.text or "")
        elif name == "dataValidation":
            yield " ".join(
                filter(None, [element.get("promptTitle"), element.get("prompt"), element.get("error")])
            )
        elif name == "formula1" and (element.text or "").startswith('"'):
            yield (element.text or "").strip('"').replace(",", "\t")


def _comments(package: Package, sheet: _Sheet) -> Iterator[Hidden]:
    for each in package.relationships(sheet.part):
        if each.kind not in ("comments", "threadedComment") or each.target not in package.parts:
            continue
        root = package.tree(each.target)
        authors = [element.text or "" for element in root.iter(etree.Element) if local(element) == "author"]
        for comment in root.iter(etree.Element):
            if local(comment) in ("comment", "threadedComment"):
                by = comment.get("authorId") or ""
                author = authors[int(by)] if by.isdecimal() and int(by) < len(authors) else ""
                place = f"工作表“{sheet.name}”单元格{comment.get('ref') or ''}"
                yield Hidden(Trace.COMMENT, place, f"{_words(comment)}（{author}）")


def _names(package: Package, book: _Book) -> Iterator[Hidden]:
    hidden = [sheet.name for sheet in book.sheets if sheet.hidden]
    for name in _defined_names(package.tree(_MAIN)):
        if _is_unwanted_name(name, hidden):
            yield Hidden(Trace.HIDDEN_NAME, f"名称{name.get('name')}", name.text or "")


def _is_unwanted_name(name: etree._Element, hidden_sheets: list[str]) -> bool:
    """Excel itself hides the range of a filter; that is no secret."""
    refers = name.text or ""
    own = (name.get("name") or "").startswith("_xlnm.")
    hidden = name.get("hidden") in ("1", "true") and not own
    return (
        hidden or bool(_ELSEWHERE.search(refers)) or any(_speaks_of(refers, sheet) for sheet in hidden_sheets)
    )


def _speaks_of(refers: str, sheet: str) -> bool:
    return f"{sheet}!" in refers or f"{sheet}'!" in refers


_DATA_NAMES = {
    "externalLink": (Trace.EXTERNAL_LINK, "其他工作簿的数据"),
    "connections": (Trace.EXTERNAL_LINK, "数据连接"),
    "pivotCacheDefinition": (Trace.CUSTOM_DATA, "数据透视表的源数据"),
    "revisionHeaders": (Trace.TRACKED_CHANGE, "共享工作簿的修订记录"),
    "usernames": (Trace.METADATA, "共享工作簿的用户名"),
}


def _attached_data(package: Package) -> Iterator[Hidden]:
    for kind, (trace, place) in _DATA_NAMES.items():
        for name in dict.fromkeys(package.related(kind, _MAIN)):
            words = [office.said(package, name), *_attributes(package, name)]
            for each in package.relationships(name):
                if not each.external and each.target in package.parts:
                    words += [office.said(package, each.target), *_attributes(package, each.target)]
            yield Hidden(trace, place, " ".join(word for word in words if word)[:20_000])


def _attributes(package: Package, name: str) -> Iterator[str]:
    for element in package.tree(name).iter(etree.Element):
        for key in ("connection", "sourceFile", "v", "name", "val", "userName", "command"):
            value = element.get(key)
            if value:
                yield str(value)


def _charts_of(package: Package, sheet: _Sheet) -> Iterator[Hidden]:
    for name in sorted(package.reachable()):
        if "/charts/chart" in name:
            for element in package.tree(name).iter(etree.Element):
                if local(element) == "f" and _speaks_of(element.text or "", sheet.name):
                    yield Hidden(
                        Trace.HIDDEN_SHEET,
                        f"图表{name.rpartition('/')[2]}",
                        element.text or "",
                        cleanable=False,
                        advice=_CHART_ADVICE,
                    )
                    break


def _clean_sheet(package: Package, book: _Book, sheet: _Sheet) -> None:
    root = package.touch(sheet.part)
    columns = _hidden_columns(root)
    for row in _rows(root):
        for cell in list(_cells(row)):
            style = int(cell.get("s") or 0)
            if _is_hidden_row(row) or _column(cell) in columns or style in book.hiding:
                _empty(cell)
            for formula in [each for each in cell if local(each) == "f"]:
                cell.remove(formula)
    for views in [each for each in root if local(each) == "customSheetViews"]:
        remove(views)
    for columns_filtered in [each for each in root.iter(etree.Element) if local(each) == "filterColumn"]:
        remove(columns_filtered)  # it lists what was chosen, also of rows that are gone
    hidden = [other.name for other in book.sheets if other.hidden]
    for rule in [each for each in root.iter(etree.Element) if local(each) in _RULES]:
        said = "".join(str(word) for word in rule.itertext())
        if any(_speaks_of(said, name) for name in hidden) or _ELSEWHERE.search(said):
            _remove_from_list(rule)


def _remove_from_list(rule: etree._Element) -> None:
    """A list of nothing is no list, and a list that counts its members must count right."""
    holder = rule.getparent()
    remove(rule)
    if holder is not None and not len(holder):
        remove(holder)
    elif holder is not None and holder.get("count"):
        holder.set("count", str(len(holder)))


def _remove_tables_of_hidden_cells(package: Package, book: _Book) -> None:
    """A table repeats the headings of its columns, hidden ones too; the cells do without it."""
    for sheet in book.sheets:
        if sheet.part not in package.parts:
            continue
        root = package.tree(sheet.part)
        if _hidden_columns(root) or any(_is_hidden_row(row) for row in _rows(root)):
            package.cut(lambda each, part=sheet.part: each.source == part and each.kind == "table")  # type: ignore[misc]
            for holder in [each for each in package.touch(sheet.part) if local(each) == "tableParts"]:
                remove(holder)


def _empty(cell: etree._Element) -> None:
    for child in list(cell):
        cell.remove(child)
    _drop(cell, "t")


def _drop(element: etree._Element, name: str) -> None:
    if name in element.attrib:
        del element.attrib[name]


def _remove_sheets(package: Package, hidden: list[_Sheet]) -> None:
    root = package.touch(_MAIN)
    gone = {sheet.id for sheet in hidden}
    sheets = [each for each in root.iter(etree.Element) if local(each) == "sheet"]
    places: dict[int, int] = {}
    for number, element in enumerate(sheets):
        if _id(element) in gone:
            remove(element)
        else:
            places[number] = len(places)
    names = [sheet.name for sheet in hidden]
    for name in list(_defined_names(root)):
        own = name.get("localSheetId")
        moved = places.get(int(own)) if own is not None and own.isdecimal() else None
        if _is_unwanted_name(name, names) or (own is not None and moved is None):
            holder = name.getparent()
            remove(name)
            if holder is not None and not len(holder):
                remove(holder)
        elif moved is not None:
            name.set("localSheetId", str(moved))
    for view in [each for each in root.iter(etree.Element) if local(each) == "workbookView"]:
        _drop(view, "activeTab")
        _drop(view, "firstSheet")
    for kind in ("externalReferences", "pivotCaches", "customWorkbookViews", "calcPr", "fileSharing"):
        for element in [each for each in root if local(each) == kind]:
            remove(element)


def _remove_unused_strings(package: Package) -> None:
    """The strings of emptied cells stay in the common table until they are taken out of it."""
    used: set[int] = set()
    sheets = [name for name in package.related("worksheet", _MAIN) if name in package.reachable()]
    for name in sheets:
        for cell in package.tree(name).iter(etree.Element):
            if local(cell) == "c" and cell.get("t") == "s":
                used |= {int(each.text or 0) for each in cell if local(each) == "v"}
    for name in package.related("sharedStrings", _MAIN):
        root = package.touch(name)
        for number, item in enumerate(list(root)):
            if number not in used:
                for child in list(item):
                    item.remove(child)
                etree.SubElement(item, f"{{{etree.QName(item).namespace}}}t")
        _drop(root, "count")
        _drop(root, "uniqueCount")


def _defined_names(root: etree._Element) -> Iterator[etree._Element]:
    return (each for each in root.iter(etree.Element) if local(each) == "definedName")


def _id(element: etree._Element) -> str:
    return element.get(RELATIONSHIP + "id") or element.get(_STRICT_RELATIONSHIP + "id") or ""


def _words(element: etree._Element) -> str:
    """The text of a string item, without its reading aids."""
    return "".join(
        each.text or ""
        for each in element.iter(etree.Element)
        if local(each) in ("t", "text") and not any(local(up) == "rPh" for up in each.iterancestors())
    )


def _whole(value: str) -> str:
    """1.1010519491231002E17 as a person would read it."""
    if "E" in value.upper() or value.endswith(".0"):
        try:
            number = float(value)
        except ValueError:
            return value
        return str(int(number)) if number.is_integer() and abs(number) < 1e20 else value
    return value


def _rows(root: etree._Element) -> Iterator[etree._Element]:
    return (each for each in root.iter(etree.Element) if local(each) == "row")


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    return (each for each in row if local(each) == "c")


def _is_hidden_row(row: etree._Element) -> bool:
    return row.get("hidden") in ("1", "true") or row.get("ht") in ("0", "0.0")


def _hidden_columns(root: etree._Element) -> set[int]:
    hidden: set[int] = set()
    for column in (each for each in root.iter(etree.Element) if local(each) == "col"):
        if column.get("hidden") in ("1", "true") or column.get("width") in ("0", "0.0"):
            first, last = int(column.get("min") or 0), int(column.get("max") or 0)
            hidden |= set(range(first, min(last, 16_384) + 1))
    return hidden


def _column(cell: etree._Element) -> int:
    match = _CELL.fullmatch(cell.get("r") or "")
    number = 0
    for letter in match[1] if match else "":
        number = number * 26 + ord(letter) - 64
    return number


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _format_words(formats: list[str], style: int) -> str:
    code = formats[style] if style < len(formats) else ""
    words = [quoted or single for quoted, single in _FORMAT_WORDS.findall(code)]
    return f"（{''.join(words)}）" if any(word.strip() for word in words) else ""


def _children(element: etree._Element | None) -> list[etree._Element]:
    return [] if element is None else list(element)


def _first(root: etree._Element, name: str) -> etree._Element | None:
    return next((each for each in root if local(each) == name), None)


def _is_white(element: etree._Element, name: str) -> bool:
    colour = next((each for each in element if local(each) == name), None)
    if colour is None:
        return False
    return (colour.get("rgb") or "").upper() in _WHITE or (
        colour.get("theme") == "0" and not colour.get("tint")
    )


def _is_dark(fill: etree._Element) -> bool:
    """Anything but white or none behind the cell."""
    pattern = next(iter(fill), None)
    if pattern is None:
        return False
    if local(pattern) == "gradientFill":
        return True
    return pattern.get("patternType") not in (None, "none") and not _is_white(pattern, "fgColor")

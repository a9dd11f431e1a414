"""Word文件. What a docx holds beside what its reader sees, and the same document without it."""

from collections.abc import Iterator

from lxml import etree

from gongkai.screening import office
from gongkai.screening.inspection import Hidden, Trace
from gongkai.screening.package import Package, local, remove, unwrap
from gongkai.screening.word_fields import fetching_fields, unlink

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_MAIN = "word/document.xml"
_STORIES = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}
_COMMENTS = frozenset(
    {"comments", "commentsExtended", "commentsIds", "commentsExtensible", "people", "commentAuthors"}
)
_GONE_KINDS = _COMMENTS | {"glossaryDocument", "keyMapCustomizations", "attachedToolbars", "attachedTemplate"}
_DELETED = frozenset({"del", "moveFrom"})
_INSERTED = frozenset({"ins", "moveTo"})
_CHANGES = frozenset(
    {"rPrChange", "pPrChange", "tblPrChange", "tblPrExChange", "tblGridChange", "trPrChange", "tcPrChange"}
    | {"sectPrChange", "numberingChange", "cellMerge"}
)
_ANCHORS = frozenset(
    {"commentRangeStart", "commentRangeEnd", "commentReference", "moveFromRangeStart", "moveFromRangeEnd"}
    | {"moveToRangeStart", "moveToRangeEnd", "customXmlInsRangeStart", "customXmlInsRangeEnd", "proofErr"}
    | {"customXmlDelRangeStart", "customXmlDelRangeEnd", "annotationRef"}
)
_SETTINGS = frozenset({"attachedTemplate", "docVars", "rsids", "trackRevisions", "mailMerge", "revisionView"})
_WHITE = frozenset({"FFFFFF", "ffffff"})
_WHITE_ADVICE = "文字颜色与底色相同，程序不能判断是否有意。请在Word中改成看得见的颜色，或者删去。"
_TINY_ADVICE = "文字小到看不见，请在Word中改成看得见的字号，或者删去。"
_TINY = 4  # half-points: 2 pt and less
_FALSE = frozenset({"0", "false", "off"})


def inspect(package: Package) -> tuple[str, list[Hidden]]:
    """The text a reader sees, and what is hidden."""
    styles = _Styles(package)
    lines: list[str] = []
    found: list[Hidden] = []
    for name, place in _stories(package):
        root = package.tree(name)
        lines += _lines(root, styles)
        found += _in_story(root, place, styles)
    lines += office.drawn_words(package)
    text = "\n".join(line for line in lines if line.strip())
    found += _comments(package)
    found += _settings(package)
    found += office.traces(package, text)
    return text, found


def clean(package: Package) -> None:
    """Changes accepted; comments, hidden text, properties and everything attached gone."""
    styles = _Styles(package)
    for name, _ in _stories(package):
        root = package.touch(name)
        _accept_changes(root)
        for field in list(fetching_fields(root)):
            unlink(field)
        for run in [run for run in _all(root, "r") if styles.hides(run)]:
            remove(run)
        for element in [
            each for each in root.iter(etree.Element) if local(each) in _ANCHORS | {"dataBinding"}
        ]:
            remove(element)
        _without_rsids(root)
    for name in package.related("settings", _MAIN):
        root = package.touch(name)
        for element in [each for each in root if local(each) in _SETTINGS]:
            remove(element)
    package.cut(lambda each: each.kind in _GONE_KINDS)
    office.clean(package)


class _Styles:
    """哪些样式隐藏文字、哪些表格样式有底纹."""

    def __init__(self, package: Package) -> None:
        self._hidden: set[str] = set()
        self.shaded: set[str] = set()
        based: dict[str, str] = {}
        for name in package.related("styles", _MAIN):
            for style in _all(package.tree(name), "style"):
                key = _value(style, "styleId")
                parent = _child(style, "basedOn")
                based[key] = _value(parent) if parent is not None else ""
                if _is_on(_child(_child(style, "rPr"), "vanish")):
                    self._hidden.add(key)
                if any(_is_shaded(shade) for shade in _all(style, "shd")):
                    self.shaded.add(key)
        for key in based:
            ancestor, steps = based[key], 0
            while ancestor and steps < 12:
                if ancestor in self._hidden:
                    self._hidden.add(key)
                ancestor, steps = based.get(ancestor, ""), steps + 1

    def hides(self, run: etree._Element) -> bool:
        properties = _child(run, "rPr")
        own = _child(properties, "vanish")
        if own is not None:
            return _is_on(own)
        if _is_on(_child(properties, "specVanish")) or _is_on(_child(properties, "webHidden")):
            return True
        style = _child(properties, "rStyle")
        if style is not None and _value(style) in self._hidden:
            return True
        paragraph = next(run.iterancestors(_W + "p", _STRICT + "p"), None)
        style = _child(_child(paragraph, "pPr"), "pStyle")
        return style is not None and _value(style) in self._hidden


def _stories(package: Package) -> Iterator[tuple[str, str]]:
    yield _MAIN, "正文"
    for each in package.relationships(_MAIN):
        if each.kind in _STORIES and each.target in package.parts:
            yield each.target, _STORIES[each.kind]


def _lines(root: etree._Element, styles: _Styles) -> Iterator[str]:
    """Paragraph by paragraph; the cells of a row on one line, as the eye takes them."""
    for child in root:
        name = local(child)
        if name == "p":
            yield _words(child, styles)
            for box in _boxes(child):
                yield from _lines(box, styles)
        elif name == "tr" and not _is_deleted_row(child):
            yield "\t".join("\n".join(_lines(cell, styles)).strip() for cell in _own_cells(child))
        elif name not in ("tr", "Fallback", "pPr", "sectPr", "tblPr"):
            yield from _lines(child, styles)


def _own_cells(row: etree._Element) -> Iterator[etree._Element]:
    for child in row:
        if local(child) == "tc":
            yield child
        elif local(child) in ("sdt", "sdtContent", "customXml", "ins"):
            yield from _own_cells(child)


def _boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    for box in _all(paragraph, "txbxContent"):
        if not any(local(up) in ("Fallback", "txbxContent") for up in _between(box, paragraph)):
            yield box


def _words(paragraph: etree._Element, styles: _Styles) -> str:
    said: list[str] = []
    for element in paragraph.iter(etree.Element):
        name = local(element)
        if name not in ("t", "tab", "br", "cr", "noBreakHyphen", "ptab"):
            continue
        if any(
            local(up) in (*_DELETED, "txbxContent", "Fallback", "rPr", "pPr")
            for up in _between(element, paragraph)
        ):
            continue
        run = next((up for up in element.iterancestors() if local(up) == "r"), None)
        if run is not None and not styles.hides(run):
            said.append(
                element.text or ""
                if name == "t"
                else {"noBreakHyphen": "-"}.get(name, "\t" if "tab" in name else "\n")
            )
    return "".join(said)


def _between(element: etree._Element, top: etree._Element) -> Iterator[etree._Element]:
    for up in element.iterancestors():
        if up is top:
            return
        yield up


def _in_story(root: etree._Element, place: str, styles: _Styles) -> Iterator[Hidden]:
    numbers = {paragraph: number for number, paragraph in enumerate(_all(root, "p"), 1)}

    def where(element: etree._Element) -> str:
        paragraph = (
            element
            if element in numbers
            else next((up for up in element.iterancestors() if up in numbers), None)
        )
        return f"{place}第{numbers[paragraph]}段" if paragraph is not None else place

    for field in fetching_fields(root):
        yield Hidden(Trace.EXTERNAL_LINK, where(field.marks[0]), field.words.strip())
    for element in root.iter(etree.Element):
        name = local(element)
        if name in _DELETED | _INSERTED | {"cellIns", "cellDel"} | _CHANGES:
            author, holder = _value(element, "author"), _changed_by(element)
            words = "".join(
                each.text or "" for each in holder.iter(etree.Element) if local(each) in ("t", "delText")
            )
            yield Hidden(
                Trace.TRACKED_CHANGE,
                where(element),
                f"{_CHANGE_NAMES.get(name, '格式')}：{words}（{author}）",
            )
        elif name == "r" and (words := _run_words(element)).strip():
            if styles.hides(element):
                yield Hidden(Trace.HIDDEN_TEXT, where(element), words)
            elif _is_white(element, styles):
                yield Hidden(Trace.WHITE_TEXT, where(element), words, cleanable=False, advice=_WHITE_ADVICE)
            elif _is_tiny(element):
                yield Hidden(Trace.WHITE_TEXT, where(element), words, cleanable=False, advice=_TINY_ADVICE)


def _changed_by(mark: etree._Element) -> etree._Element:
    """The row, when the mark stands in its properties; else the mark itself, which holds what changed."""
    parent = mark.getparent()
    row = parent.getparent() if parent is not None and local(parent) == "trPr" else None
    return mark if row is None else row


_CHANGE_NAMES = {
    "del": "删除",
    "moveFrom": "移走",
    "ins": "插入",
    "moveTo": "移入",
    "cellIns": "插入单元格",
    "cellDel": "删除单元格",
}


def _run_words(run: etree._Element) -> str:
    return "".join(each.text or "" for each in run if local(each) == "t")


def _is_white(run: etree._Element, styles: _Styles) -> bool:
    """White letters with nothing darker behind them."""
    properties = _child(run, "rPr")
    colour = _child(properties, "color")
    if colour is None:
        return False
    theme_white = _value(colour, "themeColor") == "background1" and not _value(colour, "themeShade")
    if _value(colour) not in _WHITE and not theme_white:
        return False
    if _is_shaded(_child(properties, "shd")) or _child(properties, "highlight") is not None:
        return False
    for up in run.iterancestors():
        name = local(up)
        if name == "p" and _is_shaded(_child(_child(up, "pPr"), "shd")):
            return False
        if name == "tc" and _is_shaded(_child(_child(up, "tcPr"), "shd")):
            return False
        if name == "tbl":
            style = _child(_child(up, "tblPr"), "tblStyle")
            if style is not None and _value(style) in styles.shaded:
                return False
        if name in ("wsp", "shape", "rect") and _is_filled(up):
            return False
        if name == "document" and _child(up, "background") is not None:
            return False
    return True


def _is_filled(shape: etree._Element) -> bool:
    properties = _child(shape, "spPr")
    fills = list(properties) if properties is not None else []
    reference = next((each for each in shape.iter(etree.Element) if local(each) == "fillRef"), None)
    solid = any(local(each) in ("solidFill", "gradFill", "blipFill", "pattFill") for each in fills)
    styled = (
        reference is not None
        and reference.get("idx", "0") != "0"
        and not any(local(each) == "noFill" for each in fills)
    )
    return solid or styled or (shape.get("fillcolor") or "").lower() not in ("", "white", "#ffffff")


def _is_tiny(run: etree._Element) -> bool:
    size = _value(_child(_child(run, "rPr"), "sz"))
    return size.isdecimal() and int(size) <= _TINY


def _is_shaded(shade: etree._Element | None) -> bool:
    if shade is None:
        return False
    fill = _value(shade, "fill").upper()
    return fill not in ("", "AUTO", "FFFFFF") or _value(shade) not in ("", "clear", "nil")


def _comments(package: Package) -> Iterator[Hidden]:
    for name in package.related("comments", _MAIN):
        for comment in _all(package.tree(name), "comment"):
            words = "".join(each.text or "" for each in comment.iter(etree.Element) if local(each) == "t")
            yield Hidden(Trace.COMMENT, "批注", f"{words}（{_value(comment, 'author')}）")
    for name in package.related("glossaryDocument", _MAIN):
        yield Hidden(Trace.CUSTOM_DATA, "文档部件", office.said(package, name))


def _settings(package: Package) -> Iterator[Hidden]:
    for name in package.related("settings", _MAIN):
        for element in package.tree(name):
            kind = local(element)
            if kind == "docVars":
                words = "；".join(f"{_value(each, 'name')}={_value(each)}" for each in element)
                yield Hidden(Trace.CUSTOM_DATA, "文档变量", words)
            elif kind == "mailMerge":
                words = " ".join(_value(each) for each in element.iter(etree.Element))
                yield Hidden(Trace.CUSTOM_DATA, "邮件合并", words)


def _is_deleted_row(row: etree._Element) -> bool:
    return _child(_child(row, "trPr"), "del") is not None


def _accept_changes(root: etree._Element) -> None:
    for row in _all(root, "tr"):
        if _is_deleted_row(row):
            remove(row)
    for cell in _all(root, "tc"):
        if _child(_child(cell, "tcPr"), "cellDel") is not None:
            remove(cell)
    joined = [paragraph for paragraph in _all(root, "p") if _mark_is_deleted(paragraph)]
    _remove_all(root, _CHANGES | {"cellIns"})
    for element in [each for each in root.iter(etree.Element) if local(each) in _DELETED]:
        remove(element)
    for element in [each for each in root.iter(etree.Element) if local(each) in _INSERTED]:
        if len(element):
            unwrap(element)
        else:
            remove(element)
    for paragraph in joined:
        _join_with_next(paragraph)


def _mark_is_deleted(paragraph: etree._Element) -> bool:
    mark = _child(_child(paragraph, "pPr"), "rPr")
    return any(_child(mark, name) is not None for name in _DELETED)


def _join_with_next(paragraph: etree._Element) -> None:
    """A deleted paragraph mark joins what is left of the paragraph to the next one."""
    rest = [child for child in paragraph if local(child) != "pPr"]
    following = paragraph.getnext()
    if following is None or local(following) != "p":
        if not rest and following is not None:
            remove(paragraph)
        return
    at = 1 if len(following) and local(following[0]) == "pPr" else 0
    for offset, child in enumerate(rest):
        following.insert(at + offset, child)
    remove(paragraph)


def _remove_all(root: etree._Element, names: frozenset[str]) -> None:
    for element in [each for each in root.iter(etree.Element) if local(each) in names]:
        remove(element)


def _without_rsids(root: etree._Element) -> None:
    for element in root.iter(etree.Element):
        for name in [name for name in element.attrib if "}rsid" in str(name)]:
            del element.attrib[name]


def _all(root: etree._Element, name: str) -> list[etree._Element]:
    return [*root.iter(_W + name, _STRICT + name)]


def _child(element: etree._Element | None, name: str) -> etree._Element | None:
    if element is None:
        return None
    return next((child for child in element if isinstance(child.tag, str) and local(child) == name), None)


def _value(element: etree._Element | None, name: str = "val") -> str:
    if element is None:
        return ""
    return element.get(_W + name) or element.get(_STRICT + name) or ""


def _is_on(toggle: etree._Element | None) -> bool:
    return toggle is not None and _value(toggle) not in _FALSE

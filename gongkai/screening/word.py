"""Word文件. What a docx holds beside what its reader sees, and the same document without it."""

from collections.abc import Iterator, Set

from lxml import etree

from gongkai.screening import office, unseen, word_covers
from gongkai.screening.inspection import Hidden, Trace
from gongkai.screening.package import RELATIONSHIP, STRICT_RELATIONSHIP, Package, local, remove, unwrap
from gongkai.screening.word_fields import telling_fields, unlink
from gongkai.screening.word_looks import MAIN, OFF_PAPER, Looks, child, every, is_on, value

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


def inspect(package: Package) -> tuple[str, list[Hidden]]:
    """The text a reader sees, and what is hidden."""
    looks = Looks(package)
    text = _text(package, looks)
    found: list[Hidden] = []
    for name, place in _stories(package):
        found += _in_story(package, name, place, looks, text)
    found += _unused(package)
    found += _comments(package)
    found += _settings(package)
    found += office.traces(package, text)
    known = "\n".join([text, *(f"{each.place}\n{each.content}" for each in found)])
    found += unseen.words(package, _parts_with_words(package), known)
    return text, found


def clean(package: Package) -> None:
    """Changes accepted; comments, hidden text, properties and everything attached gone."""
    looks = Looks(package)
    text = _text(package, looks)
    unused = {name for name, _ in _unused_stories(package)}
    for note in _unused_notes(package):
        remove(note)
    package.cut(lambda each: each.source == MAIN and each.target in unused)
    for name, _ in _stories(package):
        root = package.touch(name)
        _accept_changes(root)
        for field in list(telling_fields(root, text)):
            unlink(field)
        for run in [run for run in every(root, "r") if looks.hides(run)]:
            remove(run)
        for element in [
            each for each in root.iter(etree.Element) if local(each) in _ANCHORS | {"dataBinding"}
        ]:
            remove(element)
        _without_rsids(root)
    for name in package.related("settings", MAIN):
        root = package.touch(name)
        for element in [each for each in root if local(each) in _SETTINGS]:
            remove(element)
    package.cut(lambda each: each.kind in _GONE_KINDS)
    office.clean(package)
    kept = "\n".join([_text(package, Looks(package)), *_unseen_runs(package)])
    unseen.clean(package, _parts_with_words(package), kept)


def _text(package: Package, looks: Looks) -> str:
    unused = {name for name, _ in _unused_stories(package)}
    notes = set(_unused_notes(package))
    lines = [
        line
        for name, _ in _stories(package)
        if name not in unused
        for line in _lines(package.tree(name), looks, notes)
    ]
    lines += office.drawn_words(package)
    for name, _ in _stories(package):
        lines += [value(each, "displayText") for each in every(package.tree(name), "listItem")]
    return "\n".join(line for line in lines if line.strip())


def _unseen_runs(package: Package) -> Iterator[str]:
    """Letters that are told and that no program may take away."""
    looks = Looks(package)
    for name, _ in _stories(package):
        yield from (_run_words(run) for run in every(package.tree(name), "r") if looks.unseen(run))


def _parts_with_words(package: Package) -> list[str]:
    parts = [name for name, _ in _stories(package)]
    for kind in ("settings", "webSettings", "diagramData", "diagramDrawing", "chart", "chartUserShapes"):
        parts += package.related(kind)
    return list(dict.fromkeys(parts))


def _unused_stories(package: Package) -> Iterator[tuple[str, str]]:
    """Headers and footers of a first or an even page where none is made different, and those no section speaks of."""
    main = package.tree(MAIN)
    first = any(is_on(each) for each in every(main, "titlePg"))
    settings = package.related("settings", MAIN)
    even = any(is_on(child(package.tree(name), "evenAndOddHeaders")) for name in settings)
    shown: set[str] = set()
    for reference in [*every(main, "headerReference"), *every(main, "footerReference")]:
        if {"first": first, "even": even}.get(value(reference, "type"), True):
            shown.add(reference.get(RELATIONSHIP + "id") or reference.get(STRICT_RELATIONSHIP + "id") or "")
    for each in package.relationships(MAIN):
        if each.kind in ("header", "footer") and each.target in package.parts and each.id not in shown:
            yield each.target, _STORIES[each.kind]


def _unused_notes(package: Package) -> Iterator[etree._Element]:
    """Footnotes and endnotes to which no mark in the text leads."""
    for kind, name in (("footnotes", "footnote"), ("endnotes", "endnote")):
        marks = {value(each, "id") for each in every(package.tree(MAIN), f"{name}Reference")}
        for part in package.related(kind, MAIN):
            yield from (
                note
                for note in every(package.tree(part), name)
                if not value(note, "type") and value(note, "id") not in marks
            )


def _unused(package: Package) -> Iterator[Hidden]:
    for name, place in _unused_stories(package):
        words = _all_words(package.tree(name))
        if words.strip():
            yield Hidden(Trace.HIDDEN_TEXT, f"{place}（没有启用）", words)
    for note in _unused_notes(package):
        yield Hidden(Trace.HIDDEN_TEXT, "脚注、尾注（正文没有引用）", _all_words(note))


def _all_words(root: etree._Element) -> str:
    return "\n".join(
        "".join(each.text or "" for each in every(paragraph, "t")) for paragraph in every(root, "p")
    )


def _stories(package: Package) -> Iterator[tuple[str, str]]:
    yield MAIN, "正文"
    for each in package.relationships(MAIN):
        if each.kind in _STORIES and each.target in package.parts:
            yield each.target, _STORIES[each.kind]


def _lines(root: etree._Element, looks: Looks, left_out: Set[etree._Element] = frozenset()) -> Iterator[str]:
    """Paragraph by paragraph; the cells of a row on one line, as the eye takes them."""
    for each in root:
        name = local(each)
        if each in left_out:
            continue
        if name == "p":
            yield _words(each, looks)
            for box in _boxes(each):
                yield from _lines(box, looks)
        elif name == "tr" and not _is_deleted_row(each):
            yield "\t".join("\n".join(_lines(cell, looks)).strip() for cell in _own_cells(each))
        elif name not in ("tr", "Fallback", "pPr", "sectPr", "tblPr"):
            yield from _lines(each, looks)


def _own_cells(row: etree._Element) -> Iterator[etree._Element]:
    for each in row:
        if local(each) == "tc":
            yield each
        elif local(each) in ("sdt", "sdtContent", "customXml", "ins"):
            yield from _own_cells(each)


def _boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    for box in every(paragraph, "txbxContent"):
        if not any(local(up) in ("Fallback", "txbxContent") for up in _between(box, paragraph)):
            yield box


def _words(paragraph: etree._Element, looks: Looks) -> str:
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
        if run is not None and not looks.hides(run):
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


def _in_story(package: Package, part: str, place: str, looks: Looks, text: str) -> Iterator[Hidden]:
    root = package.tree(part)
    numbers = {paragraph: number for number, paragraph in enumerate(every(root, "p"), 1)}

    def where(element: etree._Element) -> str:
        paragraph = (
            element
            if element in numbers
            else next((up for up in element.iterancestors() if up in numbers), None)
        )
        return f"{place}第{numbers[paragraph]}段" if paragraph is not None else place

    for field in telling_fields(root, text):
        trace = Trace.EXTERNAL_LINK if field.fetches else Trace.CUSTOM_DATA
        yield Hidden(trace, where(field.marks[0]), field.words.strip())
    for element in root.iter(etree.Element):
        name = local(element)
        if name in _DELETED | _INSERTED | {"cellIns", "cellDel"} | _CHANGES:
            author, holder = value(element, "author"), _changed_by(element)
            words = "".join(
                each.text or "" for each in holder.iter(etree.Element) if local(each) in ("t", "delText")
            )
            yield Hidden(
                Trace.TRACKED_CHANGE,
                where(element),
                f"{_CHANGE_NAMES.get(name, '格式')}：{words}（{author}）",
            )
        elif name == "r" and (words := _run_words(element)).strip():
            if looks.hides(element):
                yield Hidden(Trace.HIDDEN_TEXT, where(element), words)
            elif advice := looks.unseen(element):
                trace = Trace.COVERED_TEXT if advice == OFF_PAPER else Trace.WHITE_TEXT
                yield Hidden(trace, where(element), words, cleanable=False, advice=advice)
    yield from word_covers.hidden(package, part, looks, lambda paragraph: _words(paragraph, looks), where)


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


def _comments(package: Package) -> Iterator[Hidden]:
    for name in package.related("comments", MAIN):
        for comment in every(package.tree(name), "comment"):
            words = "".join(each.text or "" for each in comment.iter(etree.Element) if local(each) == "t")
            yield Hidden(Trace.COMMENT, "批注", f"{words}（{value(comment, 'author')}）")
    for name in package.related("glossaryDocument", MAIN):
        yield Hidden(Trace.CUSTOM_DATA, "文档部件", office.said(package, name))


def _settings(package: Package) -> Iterator[Hidden]:
    for name in package.related("settings", MAIN):
        for element in package.tree(name):
            kind = local(element)
            if kind == "docVars":
                words = "；".join(f"{value(each, 'name')}={value(each)}" for each in element)
                yield Hidden(Trace.CUSTOM_DATA, "文档变量", words)
            elif kind == "mailMerge":
                words = " ".join(value(each) for each in element.iter(etree.Element))
                yield Hidden(Trace.CUSTOM_DATA, "邮件合并", words)


def _is_deleted_row(row: etree._Element) -> bool:
    return child(child(row, "trPr"), "del") is not None


def _accept_changes(root: etree._Element) -> None:
    for row in every(root, "tr"):
        if _is_deleted_row(row):
            remove(row)
    for cell in every(root, "tc"):
        if child(child(cell, "tcPr"), "cellDel") is not None:
            remove(cell)
    joined = [paragraph for paragraph in every(root, "p") if _mark_is_deleted(paragraph)]
    _removeevery(root, _CHANGES | {"cellIns"})
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
    mark = child(child(paragraph, "pPr"), "rPr")
    return any(child(mark, name) is not None for name in _DELETED)


def _join_with_next(paragraph: etree._Element) -> None:
    """A deleted paragraph mark joins what is left of the paragraph to the next one."""
    rest = [each for each in paragraph if local(each) != "pPr"]
    following = paragraph.getnext()
    if following is None or local(following) != "p":
        if not rest and following is not None:
            remove(paragraph)
        return
    at = 1 if len(following) and local(following[0]) == "pPr" else 0
    for offset, each in enumerate(rest):
        following.insert(at + offset, each)
    remove(paragraph)


def _removeevery(root: etree._Element, names: frozenset[str]) -> None:
    for element in [each for each in root.iter(etree.Element) if local(each) in names]:
        remove(element)


def _without_rsids(root: etree._Element) -> None:
    for element in root.iter(etree.Element):
        for name in [name for name in element.attrib if "}rsid" in str(name)]:
            del element.attrib[name]

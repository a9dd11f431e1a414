"""Word文件的段落. Paragraphs of a DOCX in reading order, with the text they show; changed in place, runs and all.

There is no template language: a placeholder is a word that is replaced, so nothing in a template can be executed.
"""

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy

from lxml import etree

from gongkai.duties.applications.letters.documents.placeholders import PLACEHOLDER
from gongkai.screening.archive import packed, parts_of, tree, written

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_WITH_TEXT = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_MARGIN = re.compile(r"word/(?:(?:header|footer)[^/]*|footnotes|endnotes)\.xml")
_PAGE_NUMBER = re.compile(r"[\s—–\-0-9第共页/]*")
_NOT_SHOWN = tuple(f"{_W}{name}" for name in ("vanish", "strike", "dstrike"))
_OFF = frozenset({"0", "false", "off"})
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
MAIN = "word/document.xml"

Filling = Mapping[str, tuple[str, ...]]


def lines(data: bytes) -> list[str]:
    """各段文字 of the main part, empty ones left out."""
    return [text for text in map(shown, _paragraphs(tree(parts_of(data)[MAIN]))) if text.strip()]


def margins(data: bytes) -> list[str]:
    """各段文字 of the headers, footers and notes under the text: they leave with the letter too."""
    parts = parts_of(data)
    names = sorted(filter(_MARGIN.fullmatch, parts))
    found = (text for name in names for text in map(shown, _paragraphs(tree(parts[name]))))
    return [text for text in found if text.strip() and not _PAGE_NUMBER.fullmatch(text)]


def all_lines(parts: dict[str, bytes]) -> Iterator[str]:
    """Every line of every part that shows text, for the check of a template."""
    for name in filter(_WITH_TEXT.fullmatch, parts):
        yield from map(shown, _paragraphs(tree(parts[name])))


def merge(data: bytes, filling: Filling) -> bytes:
    """The document with its placeholders replaced. Those not in ``filling`` stay as they are."""
    parts = parts_of(data)
    for name in list(filter(_WITH_TEXT.fullmatch, parts)):
        root = tree(parts[name])
        for paragraph in list(_paragraphs(root)):
            if "{{" in shown(paragraph):
                _fill(paragraph, filling)
        parts[name] = written(root)
    return packed(parts)


def shown(paragraph: etree._Element) -> str:
    """The text of one paragraph, without what was struck out and without the paragraphs of a box inside it."""
    found = []
    for element in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br"):
        if _paragraph_of(element) is paragraph and _is_shown(element):
            found.append((element.text or "") if element.tag == f"{_W}t" else " ")
    return "".join(found)


def _is_shown(element: etree._Element) -> bool:
    """Not hidden and not struck through: words that nobody reads as said are not said."""
    run = element.getparent()
    look = run.find(f"{_W}rPr") if run is not None else None
    if look is None:
        return True
    return all(
        mark is None or mark.get(f"{_W}val") in _OFF for mark in (look.find(name) for name in _NOT_SHOWN)
    )


def _paragraphs(root: etree._Element) -> Iterator[etree._Element]:
    """In order of reading; a box drawn for old programs too is read once."""
    for paragraph in root.iter(f"{_W}p"):
        if not any(each.tag == _FALLBACK for each in paragraph.iterancestors()):
            yield paragraph


def _paragraph_of(element: etree._Element) -> etree._Element | None:
    return next((each for each in element.iterancestors() if each.tag == f"{_W}p"), None)


def _fill(paragraph: etree._Element, filling: Filling) -> None:
    alone = PLACEHOLDER.fullmatch(shown(paragraph).strip())
    if alone and alone[1] in filling:
        _one_each(paragraph, filling[alone[1]])
        return
    while _replace_last(paragraph, filling):
        pass


def _one_each(paragraph: etree._Element, texts: tuple[str, ...]) -> None:
    """A paragraph of the same look for each text; none at all where there is nothing to say."""
    parent = paragraph.getparent()
    assert parent is not None  # noqa: S101 — a paragraph stands in something
    for text in reversed(texts[1:]):
        another = deepcopy(paragraph)
        for name in (f"{_W14}paraId", f"{_W14}textId"):
            another.attrib.pop(name, "")
        paragraph.addnext(another)
        _put(another, text)
    if texts:
        _put(paragraph, texts[0])
    elif len(parent.findall(f"{_W}p")) > 1:
        parent.remove(paragraph)
    else:
        _put(paragraph, "")  # a cell must keep a paragraph


def _put(paragraph: etree._Element, text: str) -> None:
    first, *rest = _texts(paragraph)
    _set(first, text)
    for each in rest:
        each.text = ""


def _texts(paragraph: etree._Element) -> list[etree._Element]:
    return [each for each in paragraph.iter(f"{_W}t") if _paragraph_of(each) is paragraph]


def _replace_last(paragraph: etree._Element, filling: Filling) -> bool:
    """Replace the last known placeholder, though Word may have cut it into several runs. False when none is left."""
    texts = _texts(paragraph)
    whole = "".join(each.text or "" for each in texts)
    found = [each for each in PLACEHOLDER.finditer(whole) if each[1] in filling]
    found = [each for each in found if "".join(filling[each[1]]) != each[0]]
    if not found:
        return False
    match = found[-1]
    value, at, is_put = "".join(filling[match[1]]), 0, False
    for each in texts:
        own = each.text or ""
        begin, end = max(match.start() - at, 0), min(match.end() - at, len(own))
        at += len(own)
        if begin >= end:
            continue
        _set(each, own[:begin] + ("" if is_put else value) + own[end:])
        is_put = True
    return True


def _set(element: etree._Element, text: str) -> None:
    element.text = _UNPRINTABLE.sub("", text)
    element.set(_SPACE, "preserve")

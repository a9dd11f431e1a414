"""演示文稿. What a pptx holds beside its slides: notes, comments, hidden slides."""

from collections.abc import Iterator

from lxml import etree

from gongkai.screening import office
from gongkai.screening.inspection import Hidden, Trace
from gongkai.screening.package import RELATIONSHIP, Package, local, remove

_MAIN = "ppt/presentation.xml"
_GONE_KINDS = frozenset(
    {"notesSlide", "notesMaster", "comments", "comment", "commentAuthors", "authors", "handoutMaster"}
)


def inspect(package: Package) -> tuple[str, list[Hidden]]:
    lines: list[str] = []
    found: list[Hidden] = []
    for number, name in enumerate(_slides(package), 1):
        tree = package.tree(name)
        words = _paragraphs(tree)
        if _is_hidden(tree):
            found.append(Hidden(Trace.HIDDEN_SLIDE, f"第{number}张", "\n".join(words)))
        else:
            lines += _paragraphs(tree, hidden=False)
            found += _hidden_shapes(tree, number)
        found += _beside(package, name, number)
    lines += office.drawn_words(package)
    text = "\n".join(line for line in lines if line.strip())
    found += office.traces(package, text)
    return text, found


def clean(package: Package) -> None:
    hidden = {name for name in _slides(package) if _is_hidden(package.tree(name))}
    ids = {each.id for each in package.relationships(_MAIN) if each.target in hidden}
    root = package.touch(_MAIN)
    for element in [
        each
        for each in root.iter(etree.Element)
        if local(each) in ("sldId", "notesMasterIdLst", "handoutMasterIdLst")
    ]:
        if local(element) != "sldId" or element.get(RELATIONSHIP + "id") in ids:
            remove(element)
    for name in _slides(package):
        tree = package.touch(name)
        for owner in _hidden_owners(tree):
            remove(owner)
    package.cut(lambda each: each.kind in _GONE_KINDS or each.target in hidden)
    office.clean(package)


def _slides(package: Package) -> list[str]:
    targets = {each.id: each.target for each in package.relationships(_MAIN) if each.kind == "slide"}
    ids = [
        each.get(RELATIONSHIP + "id") or ""
        for each in package.tree(_MAIN).iter(etree.Element)
        if local(each) == "sldId"
    ]
    return [targets[id_] for id_ in ids if targets.get(id_) in package.parts]


def _is_hidden(slide: etree._Element) -> bool:
    return slide.get("show") in ("0", "false")


def _hidden_owners(slide: etree._Element) -> list[etree._Element]:
    """The shapes that are switched off: the mark stands two levels inside the shape."""
    marks = [
        each
        for each in slide.iter(etree.Element)
        if local(each) == "cNvPr" and each.get("hidden") in ("1", "true")
    ]
    holders = [mark.getparent() for mark in marks]
    owners = [holder.getparent() for holder in holders if holder is not None]
    return [owner for owner in owners if owner is not None]


def _hidden_shapes(slide: etree._Element, number: int) -> Iterator[Hidden]:
    for owner in _hidden_owners(slide):
        yield Hidden(Trace.HIDDEN_TEXT, f"第{number}张，不显示的图形", "\n".join(_paragraphs(owner)))


def _beside(package: Package, slide: str, number: int) -> Iterator[Hidden]:
    for each in package.relationships(slide):
        if each.target not in package.parts:
            continue
        if each.kind == "notesSlide":
            words = "\n".join(_paragraphs(package.tree(each.target)))
            if words.strip():
                yield Hidden(Trace.NOTES, f"第{number}张", words)
        elif each.kind in ("comments", "comment"):
            yield Hidden(Trace.COMMENT, f"第{number}张", office.said(package, each.target))


def _paragraphs(root: etree._Element, *, hidden: bool = True) -> list[str]:
    """The paragraphs; without ``hidden`` only those in shapes that are shown."""
    lines = []
    unseen = set() if hidden else set(_hidden_owners(root))
    for paragraph in root.iter(etree.Element):
        if local(paragraph) == "p" and unseen.isdisjoint(paragraph.iterancestors()):
            words = "".join(each.text or "" for each in paragraph.iter(etree.Element) if local(each) == "t")
            if words.strip():
                lines.append(words)
    return lines

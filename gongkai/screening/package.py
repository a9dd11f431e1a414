"""Office文件的部件. A docx, xlsx or pptx as parts and the relationships between them.

To remove a thing is to cut the relationship that leads to it: what nothing leads to any more is swept out.
"""

import posixpath
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from gongkai.screening import archive
from gongkai.screening.inspection import CannotInspect

RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
STRICT_RELATIONSHIP = "{http://purl.oclc.org/ooxml/officeDocument/relationships}"
_CONTENT_TYPES = "[Content_Types].xml"
_ROOT = ""


@dataclass(frozen=True, slots=True)
class Relationship:
    """一个部件对另一个的引用. ``kind`` is the last word of its type."""

    source: str
    id: str
    kind: str
    target: str
    external: bool


class Package:
    """一份文件的全部部件. Trees are parsed once, and written back only when changed."""

    def __init__(self, data: bytes) -> None:
        self.parts = archive.parts_of(data)
        self._trees: dict[str, etree._Element] = {}
        self._changed: set[str] = set()

    def tree(self, name: str) -> etree._Element:
        if name not in self._trees:
            if name not in self.parts:
                raise CannotInspect("文件缺少必要的部件，不是完整的Office文件，请重新保存。")
            self._trees[name] = archive.tree(self.parts[name])
        return self._trees[name]

    def touch(self, name: str) -> etree._Element:
        """The tree, to be changed."""
        self._changed.add(name)
        return self.tree(name)

    def put(self, name: str, content: bytes) -> None:
        self.parts[name] = content
        self._trees.pop(name, None)
        self._changed.discard(name)

    def relationships(self, source: str = _ROOT) -> Iterator[Relationship]:
        name = _rels_of(source)
        if name not in self.parts:
            return
        for each in self.tree(name):
            target = each.get("Target") or ""
            external = each.get("TargetMode") == "External"
            yield Relationship(
                source,
                each.get("Id") or "",
                (each.get("Type") or "").rpartition("/")[2],
                target if external else _resolved(source, target),
                external,
            )

    def all_relationships(self) -> Iterator[Relationship]:
        yield from self.relationships()
        for name in list(self.parts):
            if not name.endswith(".rels"):
                yield from self.relationships(name)

    def reachable(self) -> set[str]:
        """The parts that something leads to, with the parts that every package has."""
        seen: set[str] = set()
        waiting = [_ROOT]
        while waiting:
            source = waiting.pop()
            for each in self.relationships(source):
                if not each.external and each.target in self.parts and each.target not in seen:
                    seen.add(each.target)
                    waiting.append(each.target)
        return seen

    def orphans(self) -> list[str]:
        """Parts that nothing leads to: no program shows them, anyone can unpack them."""
        known = self.reachable()
        rels = {_rels_of(source) for source in (_ROOT, *known)}
        return [
            name for name in self.parts if name not in known and name not in rels and name != _CONTENT_TYPES
        ]

    def related(self, kind: str, source: str | None = None) -> list[str]:
        """The parts that relationships of this kind lead to."""
        where = self.all_relationships() if source is None else self.relationships(source)
        return [
            each.target
            for each in where
            if each.kind == kind and not each.external and each.target in self.parts
        ]

    def cut(self, unwanted: Callable[[Relationship], bool]) -> None:
        """Remove the relationships, and in the parts that hold them what refers to them."""
        cut: dict[str, set[str]] = {}
        for each in list(self.all_relationships()):
            if unwanted(each):
                cut.setdefault(each.source, set()).add(each.id)
        for source, ids in cut.items():
            rels = self.touch(_rels_of(source))
            for element in [each for each in rels if each.get("Id") in ids]:
                rels.remove(element)
            if source and source.endswith((".xml", ".vml")):
                _forget(self.touch(source), ids)

    def lead(self, source: str, id_: str, target: str) -> None:
        """Let a relationship lead to another part."""
        for element in self.touch(_rels_of(source)):
            if element.get("Id") == id_:
                element.set("Target", f"/{target}")

    def data(self) -> bytes:
        """The file, without orphans; the same parts give the same bytes."""
        for name in self._changed:
            if name in self.parts:
                self.parts[name] = archive.written(self._trees[name])
        self._changed.clear()
        for name in self.orphans():
            del self.parts[name]
        self._keep_content_types()
        return archive.packed(self.parts)

    def _keep_content_types(self) -> None:
        root = self.tree(_CONTENT_TYPES)
        gone = [
            each
            for each in root
            if each.get("PartName") and (each.get("PartName") or "").lstrip("/") not in self.parts
        ]
        for each in gone:
            root.remove(each)
        self.parts[_CONTENT_TYPES] = archive.written(root)


def local(element: etree._Element) -> str:
    return etree.QName(element).localname


def remove(element: etree._Element) -> None:
    """Take an element out; no office format keeps text after an element."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def drop(element: etree._Element, name: str) -> None:
    """Take an attribute away, where there is one."""
    if name in element.attrib:
        del element.attrib[name]


def unwrap(element: etree._Element) -> None:
    """Put the children in the place of their parent."""
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    for offset, child in enumerate(list(element)):
        parent.insert(at + offset, child)
    parent.remove(element)


# Elements that stay when what they refer to is gone; only the reference goes.
_STAYING = frozenset({"pageSetup", "blip", "sheet", "imagedata", "worksheet", "cNvPr"})


def _forget(root: etree._Element, ids: set[str]) -> None:
    for element in list(root.iter(etree.Element)):
        names = [
            name
            for name, value in element.attrib.items()
            if str(name).startswith((RELATIONSHIP, STRICT_RELATIONSHIP)) and value in ids
        ]
        if not names or element.getparent() is None:
            continue
        if local(element) == "hyperlink" and len(element):
            unwrap(element)
        elif local(element) in _STAYING:
            for name in names:
                del element.attrib[name]
        else:
            remove(element)


def _rels_of(source: str) -> str:
    folder, name = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _resolved(source: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), target))

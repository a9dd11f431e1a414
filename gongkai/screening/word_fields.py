"""Word的域. Fields that fetch from elsewhere carry paths of files and servers; their results are ordinary words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from gongkai.screening.package import local, remove, unwrap

_FETCHING = re.compile(
    r"\s{0,9}(?:LINK|INCLUDETEXT|INCLUDEPICTURE|DDE|DDEAUTO|DATABASE|IMPORT|RD)\b", re.IGNORECASE
)


@dataclass(slots=True)
class Field:
    """一个域: what it says, and the elements that make it one; the result stands between them."""

    marks: list[etree._Element] = field(default_factory=list)
    words: str = ""

    @property
    def fetches(self) -> bool:
        return bool(_FETCHING.match(self.words))


def fetching_fields(root: etree._Element) -> Iterator[Field]:
    yield from (each for each in _fields(root) if each.fetches)


def unlink(each: Field) -> None:
    """Keep the result, forget where it came from."""
    for mark in each.marks:
        if local(mark) == "fldSimple":
            unwrap(mark)
        else:
            remove(mark)


def _fields(root: etree._Element) -> Iterator[Field]:
    open_: list[Field] = []
    for element in root.iter(etree.Element):
        name = local(element)
        if name == "fldSimple":
            yield Field([element], _attribute(element, "instr"))
        elif name == "fldChar":
            kind = _attribute(element, "fldCharType")
            if kind == "begin":
                open_.append(Field())
            if open_:
                open_[-1].marks.append(element)
            if kind == "end" and open_:
                yield open_.pop()
        elif name == "instrText" and open_:
            open_[-1].marks.append(element)
            open_[-1].words += element.text or ""


def _attribute(element: etree._Element, name: str) -> str:
    return next(
        (str(value) for key, value in element.attrib.items() if etree.QName(key).localname == name), ""
    )

"""Word的域. What a field says is not on the page: paths of files and servers, entries of an index, the other branch of a
condition. Its result is ordinary words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from gongkai.screening.addresses import is_public
from gongkai.screening.package import local, remove, unwrap
from gongkai.screening.seen import squeezed

_FETCHING = re.compile(
    r"\s{0,9}(?:LINK|INCLUDETEXT|INCLUDEPICTURE|DDE|DDEAUTO|DATABASE|IMPORT|RD)\b", re.IGNORECASE
)
# What the program computes itself; what they say is places in the document and forms of figures.
_ORDINARY = re.compile(
    r"\s{0,9}(?:PAGE|NUMPAGES|SECTION|SECTIONPAGES|TOC|REF|PAGEREF|NOTEREF|SEQ|STYLEREF|DATE|TIME|CREATEDATE|SAVEDATE"
    r"|PRINTDATE|FORMTEXT|FORMCHECKBOX|FORMDROPDOWN|EQ|SYMBOL|LISTNUM|AUTONUM|AUTONUMLGL|AUTONUMOUT|NUMWORDS|NUMCHARS"
    r"|FILENAME|BARCODE|DISPLAYBARCODE|MERGEFORMAT|=)(?![A-Z])|\s{0,9}\Z",
    re.IGNORECASE,
)
_LEADING = re.compile(r"\s{0,9}HYPERLINK\b(.*)", re.IGNORECASE | re.DOTALL)
_SWITCH = re.compile(r"\\[*@#]\s{0,9}(?:\"[^\"]{0,200}\"|\S{1,50})|\\[A-Za-z!]")
_TARGET = re.compile(r'"([^"]{0,2000})"')


@dataclass(slots=True)
class Field:
    """一个域: what it says, and the elements that make it one; the result stands between them."""

    marks: list[etree._Element] = field(default_factory=list)
    words: str = ""

    @property
    def fetches(self) -> bool:
        """From another file or server, or leads to one that is not public."""
        link = _LEADING.match(self.words)
        if link is None:
            return bool(_FETCHING.match(self.words))
        target = _TARGET.search(link[1])
        leads_inside = re.match(r"\s{0,9}\\l", link[1])
        return target is not None and not leads_inside and not is_public(target[1])

    def says_more_than(self, text: str) -> bool:
        """Words of its own, that are not on the page."""
        if _ORDINARY.match(self.words) or _LEADING.match(self.words):
            return False
        own = _SWITCH.sub(" ", self.words).split()[1:]
        known_words = squeezed(text)
        return any(word.strip('"“”') not in known_words for word in own)


def telling_fields(root: etree._Element, text: str) -> Iterator[Field]:
    """Those that fetch, and those that say more than ``text``, the page, does."""
    yield from (each for each in _fields(root) if each.fetches or each.says_more_than(text))


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

"""没有人看见的文字. Words in an Office file that stand in no place a reader looks at, whatever the place is called.

Elements of namespaces that no office program has, comments of the XML itself, and in the parts of a document every
word in Chinese, every number of a person and every path of a disk that is neither on the page nor told already.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from gongkai.screening.inspection import Hidden, Trace
from gongkai.screening.package import Package, local, remove
from gongkai.screening.seen import squeezed

_TREES = (".xml", ".rels", ".vml")
_REMARKS = ((b"<!--", b"-->"), (b"<?", b"?>"))
_PROGRAMS_OWN = (b"xml ", b"xml\t", b"xml\n", b"xml\r", b"mso-")  # after <?
_NAMESPACE = re.compile(rb"""xmlns(?::[\w.-]{1,40})?\s{0,9}=\s{0,9}["']([^"']{0,300})["']""")
# LibreOffice notes in each workbook how formulas name cells.
_FORMULAS = "{http://schemas.libreoffice.org/}extCalcPr"
_WAYS = frozenset({"ExcelA1", "ExcelR1C1", "CalcA1", "CalcA1ExcelA1"})
_KNOWN = re.compile(
    r"https?://(?:schemas\.openxmlformats\.org|schemas\.microsoft\.com|purl\.oclc\.org|purl\.org/dc|www\.w3\.org"
    r"|www\.wps\.cn|web\.wps\.cn|opendocument\.xml\.org|openoffice\.org|schemas\.apple\.com|ns\.adobe\.com)(?:[/#]|$)"
    r"|urn:schemas-microsoft-com:|urn:oasis:names:tc:opendocument:"
)
PLACE = re.compile(r"[A-Za-z]:\\|\\\\[\w.]|file://|/(?:Users|home)/")  # on a disk or in an office's network
TELLING = re.compile(
    r"[\u3400-\u4dbf\u4e00-\u9fff]{2}"
    r"|(?<![\dA-Fa-f-])(?:1[3-9]\d{9}|\d{17}[\dXx])(?![\dA-Fa-f])"
    r"|" + PLACE.pattern
)
# Names of shapes, styles and fonts, and signs at which lines may not break: the program's own words.
_NAMES = frozenset(
    {
        ("docPr", "name"),
        ("cNvPr", "name"),
        ("noLineBreaksAfter", "val"),
        ("noLineBreaksBefore", "val"),
        ("listItem", "displayText"),
        ("listItem", "value"),
        ("pStyle", "val"),
        ("rStyle", "val"),
        ("tblStyle", "val"),
        ("docPart", "val"),
        ("bookmarkStart", "name"),
    }
)
_FONTS = frozenset({"rFonts", "latin", "ea", "cs", "sym", "font", "buFont"})
_TOLD_APART = frozenset({"formatCode", "f", "instrText"})  # formats of numbers, places of cells, fields
_LETTERS = frozenset({"t", "delText"})
_SHOWN = frozenset(
    {"descr", "title", "alt", "string", "val"}
)  # read out by a screen reader, or drawn as letters
_MAY_SPEAK = re.compile(rb"descr=|alt=|string=|title=|tblCaption|tblDescription")
_SPOKEN = frozenset({"docPr", "cNvPr", "shape", "rect", "textpath", "tblCaption", "tblDescription"})


_PLACES = {
    "word/document": "正文",
    "word/header": "页眉",
    "word/footer": "页脚",
    "word/footnotes": "脚注",
    "word/endnotes": "尾注",
    "word/settings": "文件设置",
    "word/charts": "图表",
    "word/diagrams": "示意图",
    "xl/workbook": "工作簿",
    "xl/worksheets": "工作表",
    "xl/charts": "图表",
    "ppt/slides/": "幻灯片",
    "ppt/charts": "图表",
}


@dataclass(frozen=True, slots=True)
class _Stray:
    """一处: an attribute of an element, or with ``name`` "" its text, or with "*" all of it."""

    part: str
    element: etree._Element
    name: str
    words: str


def remarks(package: Package) -> Iterator[Hidden]:
    """Comments of the XML, and elements or attributes that are nobody's."""
    for part in _trees(package):
        for said in _remarks(package.parts[part]):
            yield Hidden(Trace.CUSTOM_DATA, f"{place_of(part)}，XML注释", said)
        for stray in _foreign(package, part):
            yield Hidden(Trace.CUSTOM_DATA, f"{place_of(part)}，别的程序的数据", stray.words)


def words(package: Package, parts: list[str], known: str) -> Iterator[Hidden]:
    """Of these parts what is not in ``known``: what the page says and what was told already."""
    known_words = squeezed(known)
    for stray in _strays(package, parts):
        if squeezed(stray.words) not in known_words:
            yield Hidden(Trace.CUSTOM_DATA, f"{place_of(stray.part)}，不显示的文字", stray.words)


def clean(package: Package, parts: list[str], known: str) -> None:
    """What ``words`` and ``remarks`` tell is gone."""
    known_words = squeezed(known)
    for stray in list(_strays(package, parts)):
        if squeezed(stray.words) not in known_words:
            _take_out(package, stray)
    clean_remarks(package)


def clean_remarks(package: Package) -> None:
    for part in _trees(package):
        if any(_remarks(package.parts[part])):
            package.touch(part)  # what is written again has no comments
        for stray in list(_foreign(package, part)):
            _take_out(package, stray)


def spoken(package: Package) -> Iterator[str]:
    """替代文字: what a screen reader says of a picture or a table, and letters drawn along a line."""
    for part in sorted(package.reachable()):
        if not part.endswith((".xml", ".vml")) or not _MAY_SPEAK.search(package.parts[part]):
            continue
        for element in package.tree(part).iter(etree.Element):
            if local(element) in _SPOKEN:
                for name, said in _attributes(element):
                    if name in _SHOWN and said and not PLACE.search(said):
                        yield said


def place_of(part: str) -> str:
    """What an officer calls a part."""
    for begins, place in _PLACES.items():
        if part.startswith(begins):
            return place
    return f"部件{part.rpartition('/')[2]}"


def _remarks(content: bytes) -> Iterator[str]:
    for begins, ends in _REMARKS:
        at = content.find(begins)
        while at >= 0:
            end = content.find(ends, at)
            if end < 0:
                break
            inside = content[at + len(begins) : end]
            if inside.strip() and not inside.startswith(_PROGRAMS_OWN):
                yield inside.decode("utf-8", "replace").strip()
            at = content.find(begins, end)


def _trees(package: Package) -> list[str]:
    return [name for name in package.parts if name.endswith(_TREES) and not name.startswith("customXml/")]


def _foreign(package: Package, part: str) -> Iterator[_Stray]:
    declared = {found[1].decode("utf-8", "replace") for found in _NAMESPACE.finditer(package.parts[part])}
    if all(_KNOWN.match(each) for each in declared):
        return
    for element in package.tree(part).iter(etree.Element):
        space = etree.QName(element).namespace
        if space and not _KNOWN.match(space):
            if element.tag == _FORMULAS and set(element.attrib.values()) <= _WAYS:
                continue
            said = [*(str(word).strip() for word in element.itertext()), *map(str, element.attrib.values())]
            if any(said):
                yield _Stray(part, element, "*", " ".join(filter(None, said)))
        for name, value in element.attrib.items():
            space = etree.QName(str(name)).namespace
            if space and not _KNOWN.match(space) and str(value).strip():
                yield _Stray(part, element, str(name), str(value))


def _strays(package: Package, parts: list[str]) -> Iterator[_Stray]:
    for part in parts:
        root = package.tree(part)
        # Letters of the page are shown or told, except those of a second form of drawing.
        told_apart = _TOLD_APART if b"Fallback" in package.parts[part] else _TOLD_APART | _LETTERS
        for element in root.iter(etree.Element):
            name = local(element)
            if element.text and name not in told_apart and TELLING.search(element.text):
                yield _Stray(part, element, "", element.text)
            if name in _FONTS:
                continue
            for key, value in element.attrib.items():
                attribute = etree.QName(str(key)).localname
                if TELLING.search(str(value)) and not _is_a_name(name, attribute, str(value)):
                    yield _Stray(part, element, str(key), str(value))


def _attributes(element: etree._Element) -> Iterator[tuple[str, str]]:
    """By their local names."""
    for key, value in element.attrib.items():
        yield etree.QName(str(key)).localname, str(value).strip()


def _is_a_name(element: str, attribute: str, value: str) -> bool:
    if (element, attribute) in _NAMES or (attribute == "id" and element in ("shape", "shapetype", "rect")):
        return True
    shown = element in _SPOKEN and attribute in _SHOWN
    return shown and not PLACE.search(value)


def _take_out(package: Package, stray: _Stray) -> None:
    package.touch(stray.part)
    if stray.name == "*":
        remove(stray.element)
    elif stray.name:
        del stray.element.attrib[stray.name]
    else:
        stray.element.text = ""

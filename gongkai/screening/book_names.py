"""工作簿的名称和自述. Its defined names, and what the workbook says of its file and its users."""

import re
from collections.abc import Iterator

from lxml import etree

from gongkai.screening.book import MAIN, Book
from gongkai.screening.book_data import constants
from gongkai.screening.colours import named
from gongkai.screening.inspection import Hidden, Trace
from gongkai.screening.package import Package, remove
from gongkai.screening.seen import Seen
from gongkai.screening.sheet_data import ELSEWHERE, is_own_name, speaks_of

_FIGURES = re.compile(r"=?\s{0,9}[-+]?\d{6,40}(?:\.\d{1,40})?\s{0,9}")
_REMARKS = ("comment", "description", "help", "statusBar", "customMenu")
_NOTHING = Seen("")
# Elements of the workbook part that speak of the author's machine and of users; they go.
_SELF = {
    "fileSharing": (Trace.METADATA, "保留共享的用户", ("userName",)),
    "absPath": (Trace.METADATA, "文件在作者电脑上的位置", ("url",)),
    "customWorkbookViews": (Trace.METADATA, "自定义视图", ("name",)),
    "webPublishing": (Trace.METADATA, "网页发布", ()),
    "webPublishObjects": (
        Trace.EXTERNAL_LINK,
        "网页发布的位置",
        ("destinationFile", "title", "sourceObject", "divId"),
    ),
    "functionGroups": (Trace.CUSTOM_DATA, "函数类别", ("name",)),
    "smartTagTypes": (Trace.CUSTOM_DATA, "智能标记", ("name", "namespaceUri", "url")),
}


def shown(package: Package, book: Book) -> Iterator[str]:
    """Names that a reader can choose from the box above the cells."""
    for name in _defined(package.tree(MAIN)):
        word = name.get("name") or ""
        if not word.startswith("_xl") and not _is_unwanted(name, book.hidden_names):
            yield word


def hidden(package: Package, book: Book) -> Iterator[Hidden]:
    root = package.tree(MAIN)
    for name in _defined(root):
        said = " ".join(filter(None, (name.get(each) for each in _REMARKS)))
        if _is_unwanted(name, book.hidden_names):
            yield Hidden(Trace.HIDDEN_NAME, f"名称{name.get('name')}", f"{name.text or ''} {said}".strip())
        elif said:
            yield Hidden(Trace.HIDDEN_NAME, f"名称{name.get('name')}的备注", said)
    for element in root.iter(etree.Element):
        kind = named(element)
        if kind in _SELF:
            trace, place, keys = _SELF[kind]
            values = [
                value for each in element.iter(etree.Element) for key in keys if (value := each.get(key))
            ]
            if values:
                yield Hidden(trace, place, " ".join(values))
        elif kind == "workbookPr" and is_own_name(element.get("codeName") or "", _NOTHING):
            yield Hidden(Trace.METADATA, "工作簿的代码名", element.get("codeName") or "")


def unwanted(package: Package, book: Book) -> set[str]:
    """The names that go, with which the rules that use them go."""
    return {
        name.get("name") or ""
        for name in _defined(package.tree(MAIN))
        if _is_unwanted(name, book.hidden_names)
    }


def clean(package: Package, book: Book) -> None:
    root = package.touch(MAIN)
    places: dict[int, int] = {}
    for number, sheet in enumerate(book.sheets):
        if not sheet.hidden:
            places[number] = len(places)
    for name in list(_defined(root)):
        own = name.get("localSheetId")
        moved = places.get(int(own)) if own is not None and own.isdecimal() else None
        if _is_unwanted(name, book.hidden_names) or (own is not None and moved is None):
            holder = name.getparent()
            remove(name)
            if holder is not None and not len(holder):
                remove(holder)
            continue
        if moved is not None:
            name.set("localSheetId", str(moved))
        for each in _REMARKS:
            if each in name.attrib:
                del name.attrib[each]
    for element in [each for each in root.iter(etree.Element) if named(each) in _SELF]:
        _remove_with_wrapping(element)
    for element in root.iter("{*}workbookPr"):
        if "codeName" in element.attrib:
            del element.attrib["codeName"]


def _remove_with_wrapping(element: etree._Element) -> None:
    """An alternative of nothing is left out as well."""
    holder = element.getparent()
    remove(element)
    while (
        holder is not None and not len(holder) and named(holder) in ("Choice", "Fallback", "AlternateContent")
    ):
        element, holder = holder, holder.getparent()
        remove(element)


def _defined(root: etree._Element) -> Iterator[etree._Element]:
    return root.iter("{*}definedName")


def _is_unwanted(name: etree._Element, hidden_sheets: list[str]) -> bool:
    """Excel itself hides the range of a filter; that is no secret."""
    refers = name.text or ""
    own = (name.get("name") or "").startswith(("_xlnm.", "_xlpm.", "_xlfn."))
    concealed = name.get("hidden") in ("1", "true") and not own
    return (
        concealed
        or bool(ELSEWHERE.search(refers))
        or any(speaks_of(refers, sheet) for sheet in hidden_sheets)
        or bool(constants(refers))
        or bool(_FIGURES.fullmatch(refers))
    )

"""工作表里单元格以外的内容. Headers, choices, links, formulas, filters, scenarios: what is shown of them, what is not, and a sheet without the latter."""

import re
from collections.abc import Iterator

from lxml import etree

from gongkai.screening.book import Book, Sheet
from gongkai.screening.book_data import constants
from gongkai.screening.colours import WHITE, Colour, alike, named, of_hex
from gongkai.screening.inspection import Hidden, Trace
from gongkai.screening.package import drop, remove
from gongkai.screening.seen import Seen
from gongkai.screening.unseen import TELLING

ELSEWHERE = re.compile(r"\[\d{1,5}\]|\[[^\]\[]{1,200}\.xls|https?://|\\\\|file:|#REF!", re.IGNORECASE)
_RULES = ("{*}dataValidation", "{*}conditionalFormatting")
_HEADERS = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
_HEADER_CODE = re.compile(r'&("[^"]*"|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|\d{1,3}|&|[A-Za-z])', re.DOTALL)
_HEADER_ADVICE = "页眉页脚的文字看不见，请改成看得见的颜色和字号，或者删去。"
_USUAL_NAMES = re.compile(
    r"(?:Sheet|Chart|ThisWorkbook|工作表|图表|区域|Range|列|Column|表|Table)_?\d*", re.IGNORECASE
)
# Elements of a sheet that a reader never sees; they go whole.
_UNSEEN = {
    "scenarios": (Trace.CUSTOM_DATA, "方案"),
    "protectedRanges": (Trace.CUSTOM_DATA, "允许编辑的区域"),
    "dataConsolidate": (Trace.EXTERNAL_LINK, "合并计算的来源"),
    "webPublishItems": (Trace.EXTERNAL_LINK, "网页发布的位置"),
    "smartTags": (Trace.CUSTOM_DATA, "智能标记"),
    "customSheetViews": (Trace.CUSTOM_DATA, "自定义视图"),
}
_OWN_WORDS = (
    *("name", "user", "comment", "securityDescriptor", "ref", "sheet", "val"),
    *("destinationFile", "title", "sourceObject", "divId"),
)
# Told by themselves, or shown: rules, choices, filters, sheets, names of fonts.
_TOLD_OR_SHOWN = frozenset(
    {
        "sheetPr",
        "filter",
        "customFilter",
        "dataValidation",
        "cfRule",
        "formula",
        "rFont",
        "sortCondition",
        "control",
    }
)
_SILENT = frozenset({"extLst", "ext"})


def shown(book: Book, sheet: Sheet) -> Iterator[str]:
    """What is printed or shown with the cells: page headers, choices, tips."""
    root = book.package.tree(sheet.part)
    for holder in root.iterchildren("{*}headerFooter"):
        for element in holder:
            if named(element) in _HEADERS and _is_used(holder, element):
                yield " ".join(words for words, _, _ in _pieces(element.text or ""))
    for rule in root.iter("{*}dataValidation"):
        said = (rule.get(each) for each in ("promptTitle", "prompt", "errorTitle", "error"))
        yield " ".join(filter(None, said))
        for formula in rule.iter("{*}formula1", "{*}formula2", "{*}f"):
            yield "\t".join(word for each in constants(formula.text or "") for word in each.split(","))
    for rule in root.iter("{*}cfRule"):
        for formula in rule.iter("{*}formula", "{*}f"):
            yield "\t".join(constants(formula.text or ""))


def hidden(book: Book, sheet: Sheet, seen: Seen) -> Iterator[Hidden]:
    """Everything else that a sheet holds."""
    root = book.package.tree(sheet.part)
    place = f"工作表“{sheet.name}”"
    yield from _headers(root, place)
    yield from _formulas(root, place, seen)
    for element in root.iterchildren("{*}sheetPr"):
        name = element.get("codeName") or ""
        if is_own_name(name, seen):
            yield Hidden(Trace.METADATA, f"{place}的代码名", name)
    for link in root.iter("{*}hyperlink"):
        tips = (link.get("tooltip"), link.get("display"))
        said = " ".join(each for each in tips if each and not _is_address(each) and seen.tells_more(each))
        if said:
            yield Hidden(Trace.HIDDEN_TEXT, f"{place}单元格{link.get('ref') or ''}的链接提示", said)
    for element in root:
        trace_and_name = _UNSEEN.get(named(element))
        if trace_and_name is not None:
            trace, name = trace_and_name
            words = " ".join(word for word in _said(element) if is_own_name(word, seen))
            if words:
                yield Hidden(trace, f"{place}的{name}", words)
    words = " ".join(dict.fromkeys(word for word in _chosen(root) if seen.tells_more(word)))
    if words:
        yield Hidden(Trace.HIDDEN_TEXT, f"{place}筛选的条件", words)
    for element, key, value in _strays(root, seen):
        yield Hidden(Trace.CUSTOM_DATA, f"{place}，{named(element)}的{key}", value)
    hints = " ".join(each.text or "" for holder in root.iter("{*}rPh") for each in holder.iter("{*}t"))
    if hints:
        yield Hidden(Trace.HIDDEN_TEXT, f"{place}的拼音提示", hints)


def clean(book: Book, sheet: Sheet, unwanted: set[str]) -> None:
    """A sheet without what ``hidden`` lists; ``unwanted``: the names that go from the workbook."""
    package = book.package
    root = package.touch(sheet.part)
    for holder in root.iterchildren("{*}headerFooter"):
        for element in list(holder):
            if named(element) in _HEADERS and not _is_used(holder, element):
                remove(element)
    for element in root.iterchildren("{*}sheetPr"):
        drop(element, "codeName")
    for link in list(root.iter("{*}hyperlink")):
        drop(link, "tooltip")
        if not _is_address(link.get("display") or ""):
            drop(link, "display")
        if any(speaks_of(link.get("location") or "", name) for name in book.hidden_names):
            remove_from_list(link)
    for element in [each for each in root if named(each) in _UNSEEN]:
        remove(element)
    for element in list(root.iter("{*}filterColumn", "{*}rPh", "{*}cellSmartTags")):
        remove(element)  # a filter lists what was chosen, also of rows that are gone
    for element, key, _ in list(_strays(root, Seen(""))):
        for name in [each for each in element.attrib if str(each).rpartition("}")[2] == key]:
            del element.attrib[name]
    for rule in list(root.iter(*_RULES)):
        said = " ".join(str(word) for word in rule.itertext())
        if (
            any(speaks_of(said, name) for name in book.hidden_names)
            or ELSEWHERE.search(said)
            or not unwanted.isdisjoint(re.findall(r"\w+", said))
        ):
            remove_from_list(rule)


def _strays(root: etree._Element, seen: Seen) -> Iterator[tuple[etree._Element, str, str]]:
    """Words beside the cells that stand where nobody looks, in whatever attribute."""
    for holder in root:
        if named(holder) in ("sheetData", "headerFooter", "hyperlinks", *_UNSEEN):
            continue
        for element in holder.iter(etree.Element):
            if named(element) in _TOLD_OR_SHOWN:
                continue
            for key, value in element.attrib.items():
                if TELLING.search(str(value)) and seen.tells_more(str(value)):
                    yield element, str(key).rpartition("}")[2], str(value)


def remove_from_list(element: etree._Element) -> None:
    """A list of nothing is no list, and a list that counts its members must count right."""
    holder = element.getparent()
    remove(element)
    if holder is not None and not len(holder):
        remove(holder)
    elif holder is not None and holder.get("count"):
        holder.set("count", str(len(holder)))


def speaks_of(refers: str, sheet: str) -> bool:
    return f"{sheet}!" in refers or f"{sheet}'!" in refers


def is_own_name(name: str, seen: Seen) -> bool:
    """A name that somebody gave, not the program."""
    return not _USUAL_NAMES.fullmatch(name.strip()) and seen.tells_more(name)


def _headers(root: etree._Element, place: str) -> Iterator[Hidden]:
    for holder in root.iterchildren("{*}headerFooter"):
        for element in holder:
            if named(element) not in _HEADERS:
                continue
            pieces = list(_pieces(element.text or ""))
            words = " ".join(words for words, _, _ in pieces)
            if not _is_used(holder, element):
                if words:
                    yield Hidden(Trace.HIDDEN_TEXT, f"{place}没有启用的页眉页脚", words)
                continue
            unread = [
                said
                for said, colour, size in pieces
                if (colour and alike(colour, [WHITE])) or (size is not None and size <= 2)
            ]
            if unread:
                words = " ".join(unread)
                yield Hidden(
                    Trace.WHITE_TEXT, f"{place}的页眉页脚", words, cleanable=False, advice=_HEADER_ADVICE
                )


def _is_used(holder: etree._Element, element: etree._Element) -> bool:
    name = named(element)
    if name.startswith("odd"):
        return True
    switch = "differentFirst" if name.startswith("first") else "differentOddEven"
    return holder.get(switch) in ("1", "true")


def _pieces(code: str) -> Iterator[tuple[str, Colour | None, int | None]]:
    """The words of a header, each with the colour and the size that are told before them."""
    colour: Colour | None = None
    size: int | None = None
    at = 0
    for found in [*_HEADER_CODE.finditer(code), None]:
        words = code[at : found.start() if found else len(code)].strip()
        if words:
            yield words, colour, size
        if found is None:
            return
        at = found.end()
        told = found[1]
        if told in "LCR":
            colour = size = None
        elif told[0] == "K":
            colour = of_hex(told[1:]) if len(told) == 7 else (WHITE if told[1:3] == "00" else None)
        elif told.isdecimal():
            size = int(told)


def _formulas(root: etree._Element, place: str, seen: Seen) -> Iterator[Hidden]:
    told: dict[str, list[str]] = {}
    for formula in root.iter("{*}f"):
        holder = formula.getparent()
        if not formula.text or holder is None or named(holder) != "c":
            continue
        where = f"{place}单元格{holder.get('r') or ''}"
        if ELSEWHERE.search(formula.text):
            yield Hidden(Trace.EXTERNAL_LINK, where, formula.text)
        elif '"' in formula.text:
            words = " ".join(each for each in constants(formula.text) if seen.tells_more(each))
            if words:
                told.setdefault(words, []).append(where)
    for words, places in told.items():
        more = f"等{len(places)}个单元格" if len(places) > 1 else ""
        yield Hidden(Trace.HIDDEN_TEXT, f"{places[0]}{more}的公式", words)


def _is_address(words: str) -> bool:
    """WPS repeats the address of a link as its tip."""
    return bool(re.match(r"(?:https?://|mailto:|#|[^!\s]{1,60}![$A-Z0-9:]+$)", words.strip()))


def _said(element: etree._Element) -> Iterator[str]:
    for each in element.iter(etree.Element):
        if named(each) in ("brk", "row", "col", "pane", "selection", *_SILENT):
            continue
        for key in _OWN_WORDS:
            value = each.get(key)
            if value and not (key == "ref" and re.fullmatch(r"[A-Z0-9:$]+", value)):
                yield value
        if each.text and each.text.strip():
            yield " ".join(words for words, _, _ in _pieces(each.text))


def _chosen(root: etree._Element) -> Iterator[str]:
    for column in root.iter("{*}filterColumn"):
        for each in column.iter("{*}filter", "{*}customFilter"):
            yield (each.get("val") or "").strip("*?")

"""工作簿附带的数据. Comments, connections, caches, unused strings, parts of kinds nobody needs, and the workbook without them."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from gongkai.screening import office
from gongkai.screening.book import MAIN, Book, Sheet, id_of, strings_of, words_of
from gongkai.screening.colours import named
from gongkai.screening.inspection import Hidden, Trace
from gongkai.screening.package import Package, drop, remove
from gongkai.screening.seen import Seen
from gongkai.screening.sheet_cells import Grid
from gongkai.screening.unseen import TELLING, place_of

_CONSTANT = re.compile(r'"((?:[^"]|"")*)"')
_COMMENTS = frozenset({"comments", "threadedComment", "person", "persons"})
_GONE_KINDS = _COMMENTS | {"externalLink", "connections", "queryTable", "pivotCacheDefinition", "pivotTable"}
_GONE_KINDS |= {
    "calcChain",
    "revisionHeaders",
    "usernames",
    "customProperty",
    "volatileDependencies",
    "slicerCache",
    "slicer",
}
_DATA_NAMES = {
    "externalLink": (Trace.EXTERNAL_LINK, "其他工作簿的数据"),
    "connections": (Trace.EXTERNAL_LINK, "数据连接"),
    "pivotCacheDefinition": (Trace.CUSTOM_DATA, "数据透视表的源数据"),
    "revisionHeaders": (Trace.TRACKED_CHANGE, "共享工作簿的修订记录"),
    "usernames": (Trace.METADATA, "共享工作簿的用户名"),
}
# What formulas compare with and answer every day, and how they write dates and numbers.
_ORDINARY_CONSTANT = re.compile(
    r"(?:[不未已待非无有是否]?(?:合格|及格|通过|完成|达标|公开|逾期|办结|正常|异常|符合|参加|缺考|确定|一致|相同|重复|超期|到期|需要|缴纳|支付))"
    r"|是|否|有|无|男|女|对|错|优秀?|良好?|中等?|差|较[好差]|一般|正确|错误|合计|小计|总计|平均|元|万元|件|人|年|月|日|天|"
    r"[GgYyMmDdHhSseE0#?.,:/;%\-_ \\@]+|[年月日时分秒yYmMdDhHsSaA/P0#\"., \\\[\]$\-]+|"
    r"(?:\[DBNum\d\])?(?:\[\$-\w+\])?(?:G/通用格式|General)?[元整角分零]*|[<>=]{1,2}.{0,4}|ID_[0-9A-F]{32}|[A-Za-z]{1,2}"
)
_SENTENCE = re.compile(r"[\u4e00-\u9fff]{4}|[0-9]{11}")
_STRANGE_ELEMENTS = etree.XPath(
    "./*[local-name()='sheetData']/*/*/*[local-name()!='v' and local-name()!='f' and local-name()!='is']"
    "|./*[local-name()='sheetData']/*/*[local-name()!='c']|./*[local-name()='sheetData']/*[local-name()!='row']"
    "|/*[local-name()='sst']/*[local-name()!='si']"
    "|/*[local-name()='sst']/*/*[local-name()!='t' and local-name()!='r' and local-name()!='rPh' and local-name()!='phoneticPr']"
)
_STRANGE_ATTRIBUTES = etree.XPath(
    "./*[local-name()='sheetData']/*/@*[name()!='r' and name()!='spans' and name()!='ht' and string-length(.) > 1]"
    "|./*[local-name()='sheetData']/*/*/@*[name()!='r' and name()!='s' and name()!='t']|/*[local-name()='sst']/*/@*"
)
_WEB = re.compile(r"https?://", re.IGNORECASE)


def constants(formula: str) -> list[str]:
    """The words that a formula itself holds, but for those that say nothing."""
    said = (each.replace('""', '"') for each in _CONSTANT.findall(formula))
    return [each for each in said if each.strip() and not _is_ordinary(each.strip())]


def _is_ordinary(word: str) -> bool:
    return bool(_ORDINARY_CONSTANT.fullmatch(word) or _WEB.match(word))


def comments(package: Package, sheet: Sheet) -> Iterator[Hidden]:
    for each in package.relationships(sheet.part):
        if each.kind not in ("comments", "threadedComment") or each.target not in package.parts:
            continue
        root = package.tree(each.target)
        authors = [element.text or "" for element in root.iter("{*}author")]
        for comment in root.iter("{*}comment", "{*}threadedComment"):
            by = comment.get("authorId") or ""
            author = authors[int(by)] if by.isdecimal() and int(by) < len(authors) else ""
            place = f"工作表“{sheet.name}”单元格{comment.get('ref') or ''}"
            yield Hidden(Trace.COMMENT, place, f"{words_of(comment)}（{author}）")


def hidden(book: Book, seen: Seen) -> Iterator[Hidden]:
    package = book.package
    for kind, (trace, place) in _DATA_NAMES.items():
        for name in dict.fromkeys(package.related(kind, MAIN)):
            said = [office.said(package, name), *_attributes(package, name)]
            for each in package.relationships(name):
                if not each.external and each.target in package.parts:
                    said += [office.said(package, each.target), *_attributes(package, each.target)]
            yield Hidden(trace, place, " ".join(word for word in said if word)[:20_000])
    yield from _strings(book, seen)
    words = " ".join(code for _, code in _unused_formats(package) if seen.tells_more(code))
    if words:
        yield Hidden(Trace.HIDDEN_TEXT, "没有单元格使用的数字格式", words)
    for part in _parts_with_cells(package):
        for element, key in _strays(package.tree(part)):
            inside = "".join(str(word) for word in element.itertext())
            yield Hidden(
                Trace.CUSTOM_DATA,
                f"{place_of(part)}，不显示的文字",
                (element.get(key) or "") if key else inside,
            )
    for sheet in book.shown_sheets:
        for name in _tables(package, sheet):
            words = " ".join(_unseen_words_of_table(package.tree(name), seen))
            if words:
                yield Hidden(Trace.HIDDEN_TEXT, f"工作表“{sheet.name}”的表格{name.rpartition('/')[2]}", words)


def _strings(book: Book, seen: Seen) -> Iterator[Hidden]:
    for name in book.package.related("sharedStrings", MAIN):
        root = book.package.tree(name)
        used = book.used_strings
        unused = [words_of(item) for number, item in enumerate(root) if number not in used]
        told = "\n".join(each for each in unused if each and seen.tells_more(each))
        if told:
            yield Hidden(Trace.HIDDEN_TEXT, "没有单元格使用的文字", told)
        hints = " ".join(each.text or "" for each in root.iterfind(".//{*}rPh/{*}t")).strip()
        if hints:
            yield Hidden(Trace.HIDDEN_TEXT, "文字的拼音提示", hints)


def _unused_formats(package: Package) -> Iterator[tuple[etree._Element, str]]:
    """Formats with a sentence in them that no cell has; short ones are left over in every file."""
    for name in package.related("styles", MAIN):
        root = package.tree(name)
        used = {each.get("numFmtId") for each in root.iter("{*}xf")}
        for each in root.iterfind("{*}numFmts/{*}numFmt"):
            code = each.get("formatCode") or ""
            if each.get("numFmtId") not in used and _SENTENCE.search(code):
                yield each, code


def _parts_with_cells(package: Package) -> list[str]:
    return [*package.related("worksheet", MAIN), *package.related("sharedStrings", MAIN)]


def _strays(root: etree._Element) -> list[tuple[etree._Element, str]]:
    """Words in rows, cells and strings that are neither value nor formula, and attributes that none of these has."""
    found: list[tuple[etree._Element, str]] = []
    strange: Any = _STRANGE_ELEMENTS(root)
    for element in strange:
        if TELLING.search("".join(str(word) for word in element.itertext())):
            found.append((element, ""))
    strange = _STRANGE_ATTRIBUTES(root)
    for value in strange:
        holder = value.getparent()
        if holder is not None and TELLING.search(str(value)):
            found.append((holder, value.attrname))
    return found


def clean(book: Book) -> None:
    package = book.package
    for each, _ in list(_unused_formats(package)):
        package.touch(package.related("styles", MAIN)[0])
        remove(each)
    for part in _parts_with_cells(package):
        for element, key in _strays(package.tree(part)):
            package.touch(part)
            if key:
                drop(element, key)
            else:
                remove(element)
    _remove_sheets(book)
    gone = {sheet.id for sheet in book.sheets if sheet.hidden}
    package.cut(lambda each: each.kind in _GONE_KINDS or (each.source == MAIN and each.id in gone))
    notes = {name for name in package.related("vmlDrawing") if b'ObjectType="Note"' in package.parts[name]}
    package.cut(lambda each: each.target in notes)
    _remove_unused_strings(package)


def remove_tables(book: Book, seen: Seen) -> None:
    """A table repeats the headings of its columns, hidden ones too; the cells do without it."""
    package = book.package
    for sheet in book.shown_sheets:
        root = package.tree(sheet.part)
        for name in _tables(package, sheet):
            drop(package.touch(name), "comment")
        grid = Grid(root)
        told = any(any(_unseen_words_of_table(package.tree(name), seen)) for name in _tables(package, sheet))
        if not told and not grid.hidden_columns and not any(row.hidden for row in grid.rows()):
            continue
        package.cut(lambda each, part=sheet.part: each.source == part and each.kind == "table")  # type: ignore[misc]
        for holder in [each for each in package.touch(sheet.part) if named(each) == "tableParts"]:
            remove(holder)


def _tables(package: Package, sheet: Sheet) -> list[str]:
    return [
        each.target
        for each in package.relationships(sheet.part)
        if each.kind == "table" and each.target in package.parts
    ]


def _unseen_words_of_table(root: etree._Element, seen: Seen) -> Iterator[str]:
    """Names of columns that stand in no heading, words of its formulas, its comment."""
    if root.get("comment"):
        yield root.get("comment") or ""
    for column in root.iter("{*}tableColumn"):
        for key in ("name", "totalsRowLabel"):
            word = column.get(key) or ""
            if seen.tells_more(word) and not re.fullmatch(r"(?:列|Column|表)\s*\d+", word):
                yield word
        for formula in column.iter("{*}calculatedColumnFormula", "{*}totalsRowFormula"):
            yield from (each for each in constants(formula.text or "") if seen.tells_more(each))
    for each in root.iter("{*}filter", "{*}customFilter"):
        word = (each.get("val") or "").strip("*?")
        if seen.tells_more(word):
            yield word


def _attributes(package: Package, name: str) -> Iterator[str]:
    if not name.endswith((".xml", ".rels", ".vml")):
        return
    for element in package.tree(name).iter(etree.Element):
        for key in ("connection", "sourceFile", "v", "name", "val", "userName", "command"):
            value = element.get(key)
            if value:
                yield str(value)


def _remove_sheets(book: Book) -> None:
    root = book.package.touch(MAIN)
    gone = {sheet.id for sheet in book.sheets if sheet.hidden}
    for element in [each for each in root.iter("{*}sheet") if id_of(each) in gone]:
        remove(element)
    for view in root.iter("{*}workbookView"):
        drop(view, "activeTab")
        drop(view, "firstSheet")
    for kind in ("externalReferences", "pivotCaches", "calcPr"):
        for element in [each for each in root if named(each) == kind]:
            remove(element)


def _remove_unused_strings(package: Package) -> None:
    """The strings of emptied cells stay in the common table until they are taken out of it."""
    used: set[int] = set()
    known = package.reachable()
    for name in package.related("worksheet", MAIN):
        if name in known:
            used |= strings_of(package.tree(name))
    for name in package.related("sharedStrings", MAIN):
        root = package.touch(name)
        for number, item in enumerate(list(root)):
            if number not in used:
                for child in list(item):
                    item.remove(child)
                etree.SubElement(item, f"{{{etree.QName(item).namespace}}}t")
        for hint in list(root.iter("{*}rPh")):
            remove(hint)
        drop(root, "count")
        drop(root, "uniqueCount")

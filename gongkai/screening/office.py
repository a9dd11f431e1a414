"""Office文件共有的痕迹. Properties, embedded files, macros, links, printers, pictures: the same in docx, xlsx and pptx."""

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from gongkai.screening import cropping, pictures, unseen
from gongkai.screening.addresses import is_public
from gongkai.screening.inspection import CannotInspect, Hidden, Trace, is_repeated
from gongkai.screening.package import Package, Relationship, local
from gongkai.screening.seen import squeezed

MACRO_ADVICE = "文件带有宏或者控件，不能清除。请在WPS或者Office中另存为不带宏的docx、xlsx或者PDF。"
LINK_ADVICE = "图片是链接来的，不在文件里。请把图片插入文件后重新保存。"
MEDIA_ADVICE = "音频、视频里可能有拍摄地点、作者，说了什么、拍了什么也不能检查。请在原程序中删去，需要公开的另外审查后发布。"
PICTURE_ADVICE = "图片已损坏，请换成完整的图片。"
_PERSONAL_PROPERTIES = {
    "creator": "作者",
    "lastModifiedBy": "最后修改人",
    "title": "标题",
    "subject": "主题",
    "description": "备注",
    "keywords": "关键词",
    "category": "类别",
    "contentStatus": "状态",
    "identifier": "标识",
    "Company": "单位",
    "Manager": "主管",
    "HyperlinkBase": "链接基础",
    "Template": "模板",
}
_USUAL_TEMPLATES = re.compile(r"(?:Normal|normal|wpsoffice|Office Theme|默认)?(?:\.dotm?x?|\.wpt|\.eftx)?")
_OF_WPS = frozenset({"KSOProductBuildVer", "ICV"})  # its build and a check value, in every file it saves
_PROGRAMS = frozenset({"openpyxl", "python-docx", "Apache POI"})  # written where a person would stand
_MACROS = frozenset(
    {"vbaProject", "wordVbaData", "control", "activeXControlBinary", "xlMacrosheet", "xlIntlMacrosheet"}
)
_MEDIA = frozenset({"video", "audio", "media"})
_EMBEDDED = frozenset({"oleObject", "package", "aFChunk"})
_CUSTOM = frozenset(
    {
        "customXml",
        "customXmlProps",
        "tags",
        "recipientData",
        "mailMergeSource",
        "customProperty",
        "customData",
    }
)
# Kinds of parts that show something, that say how it is shown, or that are told where they are looked for.
_ORDINARY = re.compile(
    r"officeDocument|core-properties|extended-properties|styles|stylesWithEffects|settings|webSettings"
    r"|fontTable|font|theme|themeOverride|numbering|footnotes|endnotes|header|footer|image|hdphoto"
    r"|hyperlink|chart|chartEx|chartStyle|chartColorStyle|chartUserShapes|diagramData|diagramLayout"
    r"|diagramQuickStyle|diagramColors|diagramDrawing|drawing|vmlDrawing|legacyDiagramText|ctrlProp"
    r"|aFChunk|comments|commentsExtended|commentsIds|commentsExtensible|people|glossaryDocument"
    r"|keyMapCustomizations|attachedToolbars|attachedTemplate|worksheet|chartsheet|dialogsheet"
    r"|sharedStrings|calcChain|table|tableSingleCells|sheetMetadata|metadata|rdRichValue"
    r"|rdRichValueStructure|rdRichValueTypes|richValueRel|pivotTable|pivotCacheDefinition"
    r"|pivotCacheRecords|queryTable|externalLink|externalLinkPath|connections|revisionHeaders"
    r"|revisionLog|usernames|volatileDependencies|slicer|slicerCache|threadedComment|person|persons"
    r"|slide|slideMaster|slideLayout|notesSlide|notesMaster|handoutMaster|presProps|viewProps"
    r"|tableStyles|commentAuthors|authors|comment|video|audio|media|cellImage|FeaturePropertyBag"
)
_PICTURE = (".jpg", ".jpeg", ".png")
_LONGEST_SPOKEN = 300  # characters of alternative texts told to a person
_LEAST_SIDE = 100  # a smaller picture cannot hold a page of text
_EMPTY_CORE = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
    b'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
_EMPTY_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties '
    b'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)


def traces(package: Package, text: str) -> Iterator[Hidden]:
    """What every Office file may hold. A property that the text repeats tells nothing new."""
    yield from _properties(package, text)
    relationships = list(package.all_relationships())
    yield from _attached(package, relationships)
    yield from cropping.traces(package)
    yield from unseen.remarks(package)
    yield from _links(relationships)
    for name in package.orphans():
        yield Hidden(Trace.CUSTOM_DATA, f"没有用到的部件{name}", said(package, name))
    for name in _pictures(package):
        try:
            yield from pictures.look_into(package.parts[name], f"图片{name.rpartition('/')[2]}")
        except CannotInspect:
            yield Hidden(
                Trace.EMBEDDED, f"图片{name.rpartition('/')[2]}", cleanable=False, advice=PICTURE_ADVICE
            )


def clean(package: Package) -> None:
    """Remove all that ``traces`` lists, except macros and linked pictures."""
    package.cut(_is_unwanted)
    cropping.clean(package)
    unseen.clean_remarks(package)
    for kind, empty in (("core-properties", _EMPTY_CORE), ("extended-properties", _EMPTY_APP)):
        for name in package.related(kind):
            package.put(name, empty)
    for name in _pictures(package):
        try:
            package.put(name, pictures.without_traces(package.parts[name]))
        except CannotInspect:
            continue  # told as not cleanable


def for_a_person(package: Package) -> tuple[str, ...]:
    large = 0
    for name in _pictures(package):
        try:
            large += min(pictures.size_of(package.parts[name])) >= _LEAST_SIDE
        except CannotInspect:
            large += 1
    other = sum(
        name.lower().endswith((".emf", ".wmf", ".svg", ".gif", ".bmp", ".tif", ".tiff"))
        for name in package.reachable()
    )
    count = large + other
    told = [f"文件里有{count}张图片，图片上的文字请人工查看。"] if count else []
    return (*told, *to_listen_to(unseen.spoken(package)))


def to_listen_to(spoken: Iterable[str]) -> list[str]:
    """替代文字 for a person to look through: readers with a screen reader hear them, others do not see them."""
    words = "；".join(dict.fromkeys(spoken))[:_LONGEST_SPOKEN]
    return [f"读屏软件会读出图片的替代文字，请核对：{words}。"] if words else []


def drawn_words(package: Package) -> Iterator[str]:
    """The words of charts, diagrams and drawings, and what is said of pictures to those who cannot see them."""
    yield from unseen.spoken(package)
    for name in sorted(package.reachable()):
        if re.search(r"/(?:charts|diagrams|drawings)/[^/]+\.xml$", name) and not name.endswith("layout1.xml"):
            for element in package.tree(name).iter(etree.Element):
                if local(element) in ("t", "v") and element.text and element.text.strip():
                    yield str(element.text)


def said(package: Package, name: str) -> str:
    """The words in a part of any kind, for knowing what it is."""
    content = package.parts.get(name, b"")
    if name.endswith((".xml", ".rels", ".vml")):
        try:
            return " ".join(str(word).strip() for word in package.tree(name).itertext() if word.strip())
        except CannotInspect:
            return ""
    wide = content[:4096].count(b"\x00") * 3 > len(content[:4096])
    text = content[:65_536].decode("utf-16-le" if wide else "utf-8", "ignore")
    return " ".join(re.findall(r"[\w一-鿿\\:/.,()-]{3,}", text))[:2000]


def _properties(package: Package, text: str) -> Iterator[Hidden]:
    for kind in ("core-properties", "extended-properties"):
        for name in package.related(kind):
            for element in package.tree(name).iter(etree.Element):
                label, value = _PERSONAL_PROPERTIES.get(local(element)), (element.text or "").strip()
                if label and value and not _is_usual(label, value, text):
                    yield Hidden(Trace.METADATA, label, value)
    yield from _titles_of_parts(package, text)
    for name in package.related("custom-properties"):
        for element in package.tree(name):
            value = " ".join(str(word) for word in element.itertext()).strip()
            if element.get("name") not in _OF_WPS:
                yield Hidden(Trace.METADATA, f"自定义属性{element.get('name') or ''}", value)


def _titles_of_parts(package: Package, text: str) -> Iterator[Hidden]:
    """Headings and sheets as they were called when the file was last saved; a presentation lists its fonts there."""
    known_words = squeezed(text)
    for name in package.related("extended-properties"):
        for titles in package.tree(name).iter(etree.Element):
            if local(titles) != "TitlesOfParts" or "ppt/presentation.xml" in package.parts:
                continue
            for word in titles.itertext():
                title = str(word).split("!")[0].strip(" '\n\t")
                if title and squeezed(title) not in known_words:
                    yield Hidden(Trace.METADATA, "各部分的标题", title)


def _is_usual(label: str, value: str, text: str) -> bool:
    if label == "模板":
        return bool(_USUAL_TEMPLATES.fullmatch(value))
    return value in _PROGRAMS or is_repeated(value, text)


def _attached(package: Package, relationships: list[Relationship]) -> Iterator[Hidden]:
    played = {each.target for each in relationships if each.kind in _MEDIA and not each.external}
    for target in sorted(played & package.parts.keys()):
        name = f"音频或者视频{target.rpartition('/')[2]}"
        yield Hidden(Trace.EMBEDDED, name, said(package, target), cleanable=False, advice=MEDIA_ADVICE)
    for each in relationships:
        if each.external or each.target not in package.parts:
            continue
        name = each.target.rpartition("/")[2]
        if each.kind in _MACROS:
            yield Hidden(Trace.MACRO, name, said(package, each.target), cleanable=False, advice=MACRO_ADVICE)
        elif each.kind == "aFChunk":
            advice = "正文的一部分是插入的另一个文件，请在Word中打开后全选、复制为普通文字再保存。"
            yield Hidden(Trace.EMBEDDED, name, said(package, each.target), cleanable=False, advice=advice)
        elif each.kind in _EMBEDDED:
            yield Hidden(Trace.EMBEDDED, name, said(package, each.target))
        elif each.kind == "printerSettings":
            yield Hidden(Trace.PRINTER, name, said(package, each.target))
        elif each.kind == "thumbnail":
            yield Hidden(Trace.THUMBNAIL, name)
        elif each.kind in _CUSTOM - {"customXmlProps"} and _holds_something(package, each.target):
            yield Hidden(Trace.CUSTOM_DATA, name, said(package, each.target))
        elif each.kind not in _CUSTOM | {"custom-properties"} and not _ORDINARY.fullmatch(each.kind):
            yield Hidden(Trace.CUSTOM_DATA, f"不认识的部件{name}", said(package, each.target))


def _holds_something(package: Package, name: str) -> bool:
    """Word gives every file an empty list of sources; that is nothing."""
    try:
        root = package.tree(name)
    except CannotInspect:
        return True
    return len(root) > 0 or bool((root.text or "").strip())


def _links(relationships: list[Relationship]) -> Iterator[Hidden]:
    for each in relationships:
        if not each.external or (each.kind == "hyperlink" and is_public(each.target)):
            continue
        if each.kind == "image":
            yield Hidden(Trace.EXTERNAL_LINK, "链接的图片", each.target, cleanable=False, advice=LINK_ADVICE)
        else:
            yield Hidden(Trace.EXTERNAL_LINK, _LINK_NAMES.get(each.kind, each.kind), each.target)


_LINK_NAMES = {
    "hyperlink": "指向本机或者内部网络的链接",
    "attachedTemplate": "模板",
    "externalLinkPath": "其他工作簿",
    "oleObject": "链接的对象",
    "frame": "框架",
    "subDocument": "子文档",
    "mailMergeSource": "邮件合并的数据",
}


def _is_unwanted(each: Relationship) -> bool:
    if each.external:
        return each.kind != "image" and not (each.kind == "hyperlink" and is_public(each.target))
    if each.kind == "aFChunk":
        return False
    return each.kind not in _MACROS and not _ORDINARY.fullmatch(each.kind)


def _pictures(package: Package) -> list[str]:
    return [name for name in sorted(package.reachable()) if name.lower().endswith(_PICTURE)]

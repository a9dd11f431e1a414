"""演示文稿. What a pptx holds beside its slides: notes, comments, hidden slides, layouts nobody sees, words that cannot be read."""

from collections.abc import Iterator

from lxml import etree

from gongkai.screening import drawn, office, slide_layouts, unseen
from gongkai.screening.colours import named
from gongkai.screening.inspection import Hidden, Trace
from gongkai.screening.package import RELATIONSHIP, Package, remove
from gongkai.screening.seen import Seen
from gongkai.screening.slide_ground import Show, Slide

_MAIN = "ppt/presentation.xml"
_GONE_KINDS = frozenset(
    {"notesSlide", "notesMaster", "comments", "comment", "commentAuthors", "authors", "handoutMaster"}
    | {"changesInfo", "changesInfos", "revisionInfo", "viewProps"}
)
_OFF_ADVICE = "文字在页面以外，放映和打印都看不见。请移到页面上，或者删去。"
_SECTIONS = frozenset(
    {"默认节", "无标题节", "摘要节", "Default Section", "Untitled Section", "Summary Section"}
)


def inspect(package: Package) -> tuple[str, list[Hidden]]:
    text, found = _told(package)
    found += unseen.words(package, _parts(package), _known(text, found))
    return text, found


def _parts(package: Package) -> list[str]:
    """The presentation and its slides: every word in them is shown, told or nobody's."""
    return [_MAIN, *(name for name in _slides(package) if not _is_hidden(package.tree(name)))]


def _known(text: str, found: list[Hidden]) -> str:
    return "\n".join([text, *_SECTIONS, *(f"{each.place}\n{each.content}" for each in found)])


def _told(package: Package) -> tuple[str, list[Hidden]]:
    lines: list[str] = []
    found: list[Hidden] = []
    show = Show(package)
    for number, name in enumerate(_slides(package), 1):
        tree = package.tree(name)
        if _is_hidden(tree):
            found.append(Hidden(Trace.HIDDEN_SLIDE, f"第{number}张", "\n".join(drawn.lines_of(tree))))
        else:
            slide = show.slide(name)
            lines += [shape.words for shape in slide.shapes if not shape.hidden and not _is_off(show, shape)]
            found += _on_slide(show, slide, f"第{number}张")
        found += _beside(package, name, number)
    for name in _left_out(package):
        words = "\n".join(drawn.lines_of(package.tree(name)))
        found.append(Hidden(Trace.HIDDEN_SLIDE, "不在放映顺序里的一张", words))
    lines += office.drawn_words(package)
    lines += slide_layouts.shown(show)
    text = "\n".join(line for line in lines if line.strip())
    seen = Seen(text)
    for name in [*_slides(package), *show.layouts_and_masters]:
        place = name.rpartition("/")[2].removesuffix(".xml")
        found += drawn.beside(package.tree(name), place, seen)
    found += slide_layouts.hidden(show, seen)
    found += _of_the_whole(package, seen)
    found += office.traces(package, text)
    return text, found


def clean(package: Package) -> None:
    show = Show(package)
    shown = [name for name in _slides(package) if not _is_hidden(package.tree(name))]
    gone = {each.target for each in package.relationships(_MAIN) if each.kind == "slide"} - set(shown)
    ids = {each.id for each in package.relationships(_MAIN) if each.target in gone}
    root = package.touch(_MAIN)
    for element in list(
        root.iter("{*}sldId", "{*}notesMasterIdLst", "{*}handoutMasterIdLst", "{*}custShowLst")
    ):
        if named(element) != "sldId" or element.get(RELATIONSHIP + "id") in ids:
            remove(element)
    for section in list(root.iter("{*}sectionLst")):
        remove(_with_wrapping(section))
    for name in shown:
        tree = package.touch(name)
        for shape in show.slide(name).shapes:
            if shape.hidden or (_is_off(show, shape) and _is_still(tree)):
                remove(shape.element)
        for owner in [each for each in tree.iter(etree.Element) if drawn.is_switched_off(each)]:
            remove(owner)
        for cell in list(_covered_cells(tree)):
            for run in list(cell.iter("{*}r", "{*}fld")):
                remove(run)
        drawn.clean_beside(tree)
    for name in show.layouts_and_masters:
        drawn.clean_beside(package.touch(name))
    slide_layouts.clean(show)
    package.cut(lambda each: each.kind in _GONE_KINDS or each.target in gone)
    office.clean(package)
    unseen.clean(package, _parts(package), _known(*_told(package)))


def _slides(package: Package) -> list[str]:
    targets = {each.id: each.target for each in package.relationships(_MAIN) if each.kind == "slide"}
    ids = [
        each.get(RELATIONSHIP + "id") or "" for each in package.tree(_MAIN).iterfind("{*}sldIdLst/{*}sldId")
    ]
    return [targets[id_] for id_ in ids if targets.get(id_) in package.parts]


def _left_out(package: Package) -> list[str]:
    """Slides of the file that stand in no list."""
    listed = set(_slides(package))
    return [name for name in dict.fromkeys(package.related("slide", _MAIN)) if name not in listed]


def _is_hidden(slide: etree._Element) -> bool:
    return slide.get("show") in ("0", "false")


def _is_off(show: Show, shape: drawn.Shape) -> bool:
    """Wholly beside the page."""
    if shape.box is None or show.size is None:
        return False
    left, top, right, bottom = shape.box
    width, height = show.size
    return left >= width or top >= height or right <= 0 or bottom <= 0


def _is_still(slide: etree._Element) -> bool:
    """Nothing comes in or goes out while it is shown."""
    return next(slide.iter("{*}spTgt"), None) is None


def _on_slide(show: Show, slide: Slide, place: str) -> Iterator[Hidden]:
    still = _is_still(slide.tree)
    here = []
    for shape in slide.shapes:
        if shape.hidden or not _is_off(show, shape):
            here.append(shape)
        elif shape.words:
            advice = "" if still else _OFF_ADVICE
            yield Hidden(Trace.HIDDEN_TEXT, f"{place}，页面以外", shape.words, cleanable=still, advice=advice)
    yield from drawn.told_of(here, slide.ground, slide.under, place, still=still)
    words = "\n".join(
        line for cell in _covered_cells(slide.tree) for line in drawn.lines_of(cell) if line.strip()
    )
    if words:
        yield Hidden(Trace.HIDDEN_TEXT, f"{place}，合并的单元格下面", words)


def _covered_cells(tree: etree._Element) -> Iterator[etree._Element]:
    """Cells of a table that lie under the one they were merged with."""
    for cell in tree.iter("{*}tc"):
        if drawn.is_covered(cell):
            yield cell


def _beside(package: Package, slide: str, number: int) -> Iterator[Hidden]:
    for each in package.relationships(slide):
        if each.target not in package.parts:
            continue
        if each.kind == "notesSlide":
            words = "\n".join(drawn.lines_of(package.tree(each.target)))
            if words.strip():
                yield Hidden(Trace.NOTES, f"第{number}张", words)
        elif each.kind in ("comments", "comment"):
            yield Hidden(Trace.COMMENT, f"第{number}张", office.said(package, each.target))


def _of_the_whole(package: Package, seen: Seen) -> Iterator[Hidden]:
    """What belongs to no slide: sections, shows, who wrote remarks, what was changed."""
    root = package.tree(_MAIN)
    for kind, place in (("section", "节的名称"), ("custShow", "自定义放映")):
        names = [each.get("name") or "" for each in root.iter(f"{{*}}{kind}")]
        words = " ".join(each for each in names if each not in _SECTIONS and seen.tells_more(each))
        if words:
            yield Hidden(Trace.HIDDEN_NAME, place, words)
    for kind in ("commentAuthors", "authors"):
        for name in package.related(kind):
            people = [each.get("name") or "" for each in package.tree(name).iter(etree.Element)]
            yield Hidden(Trace.COMMENT, "写批注的人", " ".join(each for each in people if each))
    for kind in ("changesInfo", "changesInfos", "revisionInfo"):
        for name in dict.fromkeys(package.related(kind)):
            words = " ".join(_everything(package.tree(name)))
            yield Hidden(Trace.TRACKED_CHANGE, f"编辑的记录{name.rpartition('/')[2]}", words)


def _everything(root: etree._Element) -> Iterator[str]:
    for each in root.iter(etree.Element):
        yield from (value for key in ("name", "userId", "val", "v") if (value := each.get(key)))
        if each.text and each.text.strip():
            yield each.text.strip()


def _with_wrapping(element: etree._Element) -> etree._Element:
    """An extension of nothing is left out as well."""
    holder = element.getparent()
    while holder is not None and len(holder) == 1 and named(holder) in ("ext", "extLst"):
        element, holder = holder, holder.getparent()
    return element

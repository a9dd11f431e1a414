"""版式和母版. The words of layouts and masters: those that stand on slides, and those that only the author could see."""

import re
from collections.abc import Iterator

from lxml import etree

from gongkai.screening import drawn
from gongkai.screening.inspection import Hidden, Trace
from gongkai.screening.package import RELATIONSHIP, remove
from gongkai.screening.seen import Seen
from gongkai.screening.slide_ground import Show

# What programs and their templates write where something is to be filled in.
_PROMPT = re.compile(
    r"(?:(?:单击|点击|双击|按|在此|请|此处|编辑|添加|输入|插入|Click|Double|Tap|Edit|Add|Insert|Enter|Your|Type)"
    r"[^\n]{0,60}|第?[一二三四五六七八九2-9]级|(?:First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth)\s{1,9}(?:outline\s{1,9})?level"
    r"|第?[二三四五六七八九]个?大纲级别?|<(?:date/time|header|footer|number|日期/时间|页眉|页脚|编号)>|Footer"
    r"|[^\n]{0,12}(?:标题|副标题|文本|图片|日期|页脚|正文|目录|LOGO)(?:样式|占位符|文字)?|[‹<]?#[›>]?|(?:\d{2,4}|20XX)\s{0,9}[年/.\-]\s{0,9}(?:\d{1,2}\s{0,9}[月/.\-]\s{0,9}(?:\d{1,2}\s{0,9}日?)?)?"
    r"|LOGO|PART\s{0,9}\w{0,20}|CONTENTS?|THANKS?|THANK YOU|谢谢(?:观看|聆听)?|感谢(?:观看|聆听|您的观看)?|汇报人[:：]?|20XX[^\n]{0,6}|“|”)",
    re.IGNORECASE,
)


def shown(show: Show) -> Iterator[str]:
    """Words of the layouts and masters that stand on a slide."""
    for part in _used(show):
        for shape in _shapes(show, part):
            if not drawn.is_switched_off(shape) and not _is_placeholder(shape):
                yield from drawn.lines_of(shape)


def hidden(show: Show, seen: Seen) -> Iterator[Hidden]:
    for part in show.layouts_and_masters:
        words = "\n".join(dict.fromkeys(line for each in _unseen(show, part) for line in _own(each, seen)))
        if words:
            what = "母版" if part in show.masters else "版式"
            name = show.package.tree(part).find("{*}cSld")
            called = (name.get("name") or "") if name is not None else ""
            yield Hidden(Trace.HIDDEN_TEXT, f"{what}{called or part.rpartition('/')[2]}", words)
    for part in [*show.package.related("notesMaster"), *show.package.related("handoutMaster")]:
        root = show.package.tree(part)
        words = "\n".join(line for line in drawn.lines_of(root) if _says_more(line, seen))
        if words:
            yield Hidden(Trace.NOTES, "备注和讲义的母版", words)


def clean(show: Show) -> None:
    """Prompts say nothing of their own any more; layouts that no slide uses keep their places without words."""
    seen = Seen("")
    for part in show.layouts_and_masters:
        for shape in list(_unseen(show, part)):
            if any(_own(shape, seen)):
                show.package.touch(part)
                _silence(shape)


def _silence(shape: etree._Element) -> None:
    for paragraph in shape.iter("{*}p"):
        words = "".join(each.text or "" for each in paragraph.iter("{*}t"))
        if words.strip() and not _PROMPT.fullmatch(words.strip()):
            for run in list(paragraph.iter("{*}r", "{*}fld")):
                remove(run)


def _unseen(show: Show, part: str) -> Iterator[etree._Element]:
    used = part in _used(show)
    for shape in _shapes(show, part):
        if not used or _is_placeholder(shape) or drawn.is_switched_off(shape):
            yield shape


def _used(show: Show) -> set[str]:
    """The layouts and masters whose own shapes stand on a slide that is shown."""
    used: set[str] = set()
    package = show.package
    ids = {each.get(RELATIONSHIP + "id") for each in package.tree("ppt/presentation.xml").iter("{*}sldId")}
    for each in package.relationships("ppt/presentation.xml"):
        if each.kind != "slide" or each.id not in ids or each.target not in package.parts:
            continue
        slide = show.slide(each.target)
        if slide.tree.get("show") in ("0", "false") or slide.tree.get("showMasterSp") in ("0", "false"):
            continue
        used.add(slide.layout)
        if slide.layout and package.tree(slide.layout).get("showMasterSp") not in ("0", "false"):
            used.add(slide.master)
    return used - {""}


def _shapes(show: Show, part: str) -> Iterator[etree._Element]:
    for tree in show.package.tree(part).iterfind("{*}cSld/{*}spTree"):
        yield from tree.iter("{*}sp", "{*}graphicFrame")


def _is_placeholder(shape: etree._Element) -> bool:
    return next(shape.iterfind("./*/{*}nvPr/{*}ph"), None) is not None


def _own(shape: etree._Element, seen: Seen) -> Iterator[str]:
    return (line for line in drawn.lines_of(shape) if _says_more(line, seen))


def _says_more(line: str, seen: Seen) -> bool:
    return not _PROMPT.fullmatch(line.strip()) and seen.tells_more(line)

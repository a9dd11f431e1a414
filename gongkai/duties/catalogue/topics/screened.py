"""发布前检查 of a topic: its words and those of its files, by the same rules as every item (PUB-09, PII-04)."""

from collections.abc import Iterator

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Agency
from gongkai.duties.catalogue.topics.rendering import Rendering
from gongkai.duties.catalogue.wording import queries as wording
from gongkai.gateways.files import desk_files
from gongkai.screening import files
from gongkai.screening.found import Found, Level, What
from gongkai.screening.text import look
from gongkai.screening.web_words import words_of

_OF_THE_LIST = (What.WORDING, What.NAME)


def require_clean(rendering: Rendering, *, change_note: str, agency: Agency) -> None:
    """Raises Refusal, naming the first place and how many others there are.

    A topic has no answers place by place, as items have: what may stand is taken out of the office's list instead.
    """
    own = wording.of(agency)
    found = [
        (where, each)
        for where, text in _texts(rendering, change_note)
        for each in look(text, wordings=own)
        if each.level is not Level.HINT
    ]
    if not found:
        return
    where, first = sorted(found, key=lambda place: place[1].level is not Level.REFUSE)[0]
    others = f"另有{len(found) - 1}处。" if found[1:] else ""
    raise Refusal(f"不能送审：{where}有{first.what}“{first.shown}”。{first.advice}{_way_out(first)}{others}")


def _way_out(found: Found) -> str:
    return "确实没有写错的，请在“表述词表”里写明除外词语。" if found.what in _OF_THE_LIST else ""


def _texts(rendering: Rendering, change_note: str) -> Iterator[tuple[str, str]]:
    yield "标题", rendering.title
    yield "导语", rendering.description
    yield "关键词", rendering.keywords
    yield "更新说明", change_note
    yield "正文", words_of(rendering.html)
    for file in rendering.files:
        if not file.media_type.startswith("image/"):
            yield f"文件“{file.name}”", files.inspect(file.name, desk_files().read(file.sha256)).text

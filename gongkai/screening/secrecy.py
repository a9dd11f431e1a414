"""国家秘密标志. A mark of classification on a text, told from a text that speaks about secrecy (PUB-09).

A mark stands alone: on a line of its own, in a cell of its own, after 密级：, or with the star. A text about secrecy
uses the same words in sentences.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LEVELS = str.maketrans({"絕": "绝", "機": "机", "祕": "秘"})
_SPACE = re.compile(r"[ \t\n·.\-_]+")
_STAR = r"[★☆⭐✩✪✫✬✭✮✯✰🌟✦✧✶✷✸✹✡]"
_NUMBER = r"(?:[0-9]{1,4}|[一二三四五六七八九十百〇零两]{1,4})"
_TERM = (
    rf"(?:长期|至?{_NUMBER}年{_NUMBER}月(?:{_NUMBER}[日号])?前?|{_NUMBER}年(?:至?{_NUMBER}年)?|{_NUMBER}个?月|{_NUMBER}[日天]"
    rf"|[^\n]{{1,12}}前)"
)
_STARRED = re.compile(
    rf"(绝密|机密|秘密)级?(?:{_STAR}{{1,3}}|[*※](?={_NUMBER}|长期|$|\n))(?:{_TERM})?(?:解密|启封)?"
)
_ALONE = re.compile(
    rf"[(\[【《〔]?(?:密级[:为]?)?(绝密|机密|秘密)(?:级)?(?:[(\[]?[★☆*※]?(?:保密期限[:为]?)?{_TERM}[)\]]?)?(?:文件|资料|材料)?[)\]】》〕]?!?"
)
_LABELLED = re.compile(
    rf"密级[:为](绝密|机密|秘密)(?:级)?(?![级、,或和及与至]|三级|两级|还是)(?=$|\n|[;。]|{_STAR}|保密期限|份号|{_NUMBER})"
)
_QUOTED = re.compile(r"[“”\"'‘’「『《]")
_ABOUT = re.compile(r"标志|标识|标注|标明|形式|样式|式样|字样|例如|如下|比如|填写|表示")
_INTERNAL = re.compile(
    r"(?:内部(?:资料|文件|材料|使用|传阅)(?:,免费交流)?|工作秘密|注意保[存密]|(?:不得|严禁|请?勿|禁止)外传|(?:只限|仅限)内部(?:使用|参考|传阅)?|内部(?:参考|公开|事项)|^内参$|^\(内部\)$|仅供内部(?:使用|参考|传阅)|此件不(?:予)?公开|不对外公开|密级[:为]内部(?:资料)?|此件依申请公开"
    rf"|(?:普通|核心|内部)?商(?:密|业秘密){_STAR}(?:{_TERM})?|(?:普通|核心)商密|发至[省地市县团乡处科师]{{1,3}}级?|(?:会|阅)后(?:收回|退回|销毁)"
    r"|^(?:topsecret|secret|confidential)$"
    r"|(?:信息)?公开(?:选项|属性|方式|形式|类别|类型)[:为]?(?:不予公开|不公开|依申请公开))",
    re.IGNORECASE,
)
# A title that still says which draft it is; 征求意见稿 and 草案 are published as such.
_DRAFT = re.compile(r"[(\[](?:送审|代拟|讨论|报批|会签|修改|初)稿[)\]][ \t]{0,9}(?=\n|$)")
_LEVELS_TOGETHER = 6  # lines within which several levels, each alone, make a table about levels
_LONGEST_ALONE = 40


@dataclass(frozen=True, slots=True)
class Mark:
    """一处标志: its place in the plain form, and the words as they are read."""

    start: int
    end: int
    words: str
    classified: bool


def marks(text: str) -> Iterator[Mark]:
    """The marks in a text in plain form."""
    text = text.translate(_LEVELS)
    taken: set[int] = set()
    for mark in (*_starred(text), *_alone(text), *_internal(text)):
        if mark.start not in taken:
            taken |= set(range(mark.start, mark.end))
            yield mark


def _starred(text: str) -> Iterator[Mark]:
    """With a star, or after 密级：, however the characters are spread."""
    squeezed = _SPACE.sub("", text)
    matches = [found for pattern in (_STARRED, _LABELLED) for found in pattern.finditer(squeezed)]
    if matches:
        places = [place for place, sign in enumerate(text) if not _SPACE.match(sign)]
        for found in matches:
            start, end = places[found.start()], places[found.end() - 1] + 1
            if not _is_quoted_example(text, start, end):
                yield Mark(start, end, found[0], True)


def _is_quoted_example(text: str, start: int, end: int) -> bool:
    """In quotation marks, in a sentence that explains how marks are written."""
    around = text[max(0, start - 40) : end + 20]
    quoted = _QUOTED.match(text[start - 1 : start]) and _QUOTED.match(text[end : end + 1])
    return bool(quoted and _ABOUT.search(around))


def _alone(text: str) -> Iterator[Mark]:
    """On a line or in a cell of its own; one character a line is read downwards."""
    found: list[tuple[int, Mark]] = []
    for line, (start, end) in enumerate(_pieces(text)):
        words = _SPACE.sub("", text[start:end])
        match = _ALONE.fullmatch(words)
        if match is not None:
            found.append((line, Mark(start, end, words, True)))
    for at, (line, mark) in enumerate(found):
        level = _level(mark.words)
        around = found[max(0, at - _LEVELS_TOGETHER) : at + _LEVELS_TOGETHER + 1]
        others = {_level(other.words) for place, other in around if abs(place - line) <= _LEVELS_TOGETHER}
        bare = mark.words in (level, level + "级")
        if not (bare and others - {level}):
            yield mark


def _level(words: str) -> str:
    return next(level for level in ("绝密", "机密", "秘密") if level in words)


def _pieces(text: str) -> list[tuple[int, int]]:
    """Lines and cells; lines of one character each are one piece."""
    pieces: list[tuple[int, int]] = []
    downwards: tuple[int, int] | None = None
    for found in re.finditer(r"[^\n\t]+", text):
        piece = found[0].strip()
        if not piece:
            continue
        if len(piece) == 1:
            downwards = (downwards[0] if downwards else found.start(), found.end())
            if downwards[1] - downwards[0] <= _LONGEST_ALONE:
                continue
        if downwards is not None:
            pieces.append(downwards)
            downwards = None
        if 1 < len(piece) <= _LONGEST_ALONE:
            pieces.append((found.start(), found.end()))
    return [*pieces, downwards] if downwards else pieces


def _internal(text: str) -> Iterator[Mark]:
    """内部资料 and the like, alone on a line: not secrets, but not meant for the public."""
    for start, end in _pieces(text):
        words = _SPACE.sub("", text[start:end])
        rest = _INTERNAL.sub("", words)
        if rest != words and len(rest) <= 4:
            yield Mark(start, end, words, False)
    for draft in _DRAFT.finditer(text):
        yield Mark(draft.start(), draft.end(), draft[0], False)

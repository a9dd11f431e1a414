"""照常写法. One way of writing for the check: full-width digits, capital numerals, brackets of another program, marks that nobody sees.

Only what is compared is rewritten. The letter itself leaves as its writer wrote it.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from gongkai.duties.applications.letters.case_facts import CaseFacts
from gongkai.duties.applications.letters.text import LetterText

_WIDE = {ord("０") + place: str(place) for place in range(10)}
_BRACKETS = str.maketrans(
    {"﹝": "〔", "﹞": "〕", "＜": "<", "＞": ">", "￥": "¥", "圆": "元", "／": "/", "－": "-"}
)
_UNSEEN = dict.fromkeys(
    [0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF]
)
_CAPITALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟弌弍弎", "一二三四五六七八九十百千一二三")
# A letter O or a circle for 〇, and the capitals of a cheque: only where a number stands.
_CIRCLE = re.compile(r"(?<=[〇零一二三四五六七八九])[○ＯO◯](?=[〇零一二三四五六七八九年○ＯO◯])")
_CAPITAL_NUMBER = re.compile(
    r"[零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖拾佰仟]*[壹贰叁肆伍陆柒捌玖拾佰仟][零〇十百千壹贰叁肆伍陆柒捌玖拾佰仟]*(?=[元条款项号])"
)
_SPACE = re.compile(r"\s+")


def plainly(text: str) -> str:
    """One line in the usual writing.

    >>> plainly("二○二六年，示国动﹝２０２６﹞５号，人民币叁佰元")
    '二〇二六年，示国动〔2026〕5号，人民币三百元'
    """
    text = text.translate(_UNSEEN).translate(_WIDE).translate(_BRACKETS)
    text = _CIRCLE.sub("〇", text)
    return _CAPITAL_NUMBER.sub(lambda match: match[0].translate(_CAPITALS), text)


def closely(text: str) -> str:
    """The same without its spaces and line breaks: Chinese has none that mean something."""
    return _SPACE.sub("", plainly(text))


def letter_in(way: Callable[[str], str], text: LetterText) -> LetterText:
    return replace(
        text,
        paragraphs=tuple(map(way, text.paragraphs)),
        remedy=way(text.remedy),
        notes=tuple(map(way, text.notes)),
        margins=tuple(map(way, text.margins)),
    )


def facts_in(way: Callable[[str], str], facts: CaseFacts) -> CaseFacts:
    matters = tuple(replace(each, text=way(each.text), reasons=way(each.reasons)) for each in facts.matters)
    return replace(
        facts,
        matters=matters,
        register_number=way(facts.register_number),
        number=way(facts.number),
        said=way(facts.said),
        how=way(facts.how),
        remedy_body=way(facts.remedy_body),
        court=way(facts.court),
        numbers=frozenset(map(way, facts.numbers)),
    )

"""报告文字. Text in which figures are named in braces and filled in when it is read, so that it cannot disagree.

>>> fill("主动公开{主动公开信息总数}条。", {"主动公开信息总数": 1471})
'主动公开1471条。'
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from gongkai.agencies.access import Refusal
from gongkai.registers.figures import Number

SECTIONS = ("overview", "proactive", "applications", "remedies", "problems", "other")
_NAME = re.compile(r"\{([^{}\n]{1,60})\}")
_LONGEST = 20_000  # characters of one part


@dataclass(frozen=True, slots=True)
class Piece:
    """一段文字或者一个数据: ``label`` names the figure, "" is plain text."""

    text: str
    label: str = ""


def pieces(text: str, values: Mapping[str, Number]) -> Iterator[Piece]:
    """The text in order, each figure apart, so that a screen can show where it comes from."""
    end = 0
    for found in _NAME.finditer(text):
        if found.start() > end:
            yield Piece(text[end : found.start()])
        label = found[1].strip()
        yield Piece(shown(values[label]) if label in values else found[0], label)
        end = found.end()
    if end < len(text):
        yield Piece(text[end:])


def fill(text: str, values: Mapping[str, Number]) -> str:
    """The text as it is published."""
    return "".join(piece.text for piece in pieces(text, values))


def shown(value: Number) -> str:
    """A figure as it is printed: no grouping, no trailing zeros.

    >>> from decimal import Decimal
    >>> [shown(Decimal("1613.8800")), shown(1471), shown(Decimal("200"))]
    ['1613.88', '1471', '200']
    """
    text = f"{value:f}" if not isinstance(value, int) else str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def require_known(narrative: Mapping[str, str], values: Mapping[str, Number]) -> None:
    """Every name in braces is a figure, and nothing is too long; otherwise a Refusal that offers the nearest name."""
    for section, text in narrative.items():
        if section not in SECTIONS:
            raise Refusal("没有这个部分，请刷新页面后重试。")
        if len(text) > _LONGEST:
            raise Refusal(f"一个部分最多{_LONGEST}字，现在{len(text)}字，请删减后保存。文字没有丢失。")
        for label in labels(text):
            if label not in values:
                near = get_close_matches(label, values, n=1, cutoff=0.4)
                advice = f"是不是“{near[0]}”？" if near else "请从右侧数据清单中选用。"
                raise Refusal(f"没有叫“{label}”的数据。{advice}文字没有丢失。")


def labels(text: str) -> tuple[str, ...]:
    """The figures a text names."""
    return tuple(found.strip() for found in _NAME.findall(text))

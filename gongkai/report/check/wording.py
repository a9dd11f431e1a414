"""写法. How far printed words are from the official ones: the same, misprinted, or something else."""

import re
from enum import StrEnum

_NOT_WORDS = re.compile(r"[^0-9A-Za-z\u4e00-\u9fff]+")
_NUMBERING = re.compile(
    r"^(?:第?[一二三四五六七八九十]{1,3}(?:部分)?|\d{1,2})[、.．，,:：)）\s]*|^[（(][一二三四五六七八九十\d]{1,3}[)）]"
)
_LEAST_KEPT = 0.6  # a misprint keeps at least this share of the characters


class Wording(StrEnum):
    """写法的差别."""

    SAME = "same"
    MISPRINTED = "misprinted"  # characters lost or doubled, the meaning is plain
    OTHER = "other"


def words(text: str) -> str:
    """Only the words, without the number in front.

    >>> words("（三） 不予公开"), words("1. 属于国家秘密"), words("一、总体情况")
    ('不予公开', '属于国家秘密', '总体情况')
    """
    return _NOT_WORDS.sub("", _NUMBERING.sub("", text.strip()))


def compare(printed: str, official: str) -> Wording:
    """How the printed words stand to the official ones.

    >>> compare("2.其他法律行政止公开", "2.其他法律行政法规禁止公开"), compare("1.属于工作秘密", "1.属于国家秘密")
    (<Wording.MISPRINTED: 'misprinted'>, <Wording.OTHER: 'other'>)
    """
    here, there = words(printed), words(official)
    if here == there or (there and here.endswith(there)):
        return Wording.SAME
    shorter, longer = sorted((here, there), key=len)
    if shorter and len(shorter) >= _LEAST_KEPT * len(longer) and _is_subsequence(shorter, longer):
        return Wording.MISPRINTED
    return Wording.OTHER


def _is_subsequence(shorter: str, longer: str) -> bool:
    rest = iter(longer)
    return all(character in rest for character in shorter)

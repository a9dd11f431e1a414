"""断成两行的表头. A head that a narrow column has broken: 商业 on one line, 企业 on the next."""

import re
from itertools import zip_longest

from gongkai.report.read.labels import APPLICANT_HEADS, PROACTIVE_HEADS, REMEDY_HEADS, plain

_HEADS = frozenset((*APPLICANT_HEADS, *PROACTIVE_HEADS, *REMEDY_HEADS))
_LONGEST = 12
_BETWEEN = re.compile(r"([\t|])")


def with_heads_joined(lines: list[str]) -> list[str]:
    """The same lines with broken heads on one line.

    >>> with_heads_joined(["自然人|商业", "企业|科研", "机构|总计"])
    ['自然人|商业企业|科研机构|总计']
    >>> with_heads_joined(["商业|科研|其他|", "企业|机构|"])
    ['商业企业|科研机构|其他|']
    """
    joined: list[str] = []
    for line in lines:
        both = _joined(joined[-1], line) if joined and line.strip() and joined[-1].strip() else None
        if both is None:
            joined.append(line)
        else:
            joined[-1] = both
    return joined


def _joined(above: str, below: str) -> str | None:
    """One line where the two hold halves of heads, None where they do not."""
    first, second = above[-_LONGEST:], below[:_LONGEST]
    if not _is_chinese(first) or not _is_chinese(second):
        return None
    upper, lower = _BETWEEN.split(above), _BETWEEN.split(below)
    if _is_broken(upper[-1], lower[0]):
        return "".join([*upper[:-1], upper[-1].rstrip() + lower[0].strip(), *lower[1:]])
    if len(lower) > len(upper) or len(upper) == 1:
        return None
    pairs = list(zip_longest(upper, lower, fillvalue=""))
    halves = [(a, b) for a, b in pairs[::2] if b.strip()]
    if not halves or not all(_is_broken(a, b) for a, b in halves):
        return None
    return "".join(
        a.rstrip() + b.strip() if index % 2 == 0 and b.strip() else a for index, (a, b) in enumerate(pairs)
    )


def _is_broken(above: str, below: str) -> bool:
    first, second = plain(above), plain(below)
    return bool(first and second) and first + second in _HEADS and first not in _HEADS


def _is_chinese(text: str) -> bool:
    return any("\u4e00" <= each <= "\u9fff" for each in text)

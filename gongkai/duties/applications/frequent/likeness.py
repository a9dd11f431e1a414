"""相似. How alike two texts are, by the pairs of characters that they share; a hint for a person, never a decision."""

import unicodedata
from collections import Counter
from itertools import pairwise

NEAR = 0.5  # from here on two texts are shown as similar; below, most pairs are about different things


def likeness(one: str, other: str) -> float:
    """相似程度 between 0 and 1 (Dice's coefficient over pairs of characters).

    >>> likeness("2022年人防工程名录", "2022年的人防工程名录") > NEAR
    True
    >>> likeness("2022年人防工程名录", "食堂采购合同") < NEAR
    True
    """
    first, second = _pairs(one), _pairs(other)
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else 0.0


def _pairs(text: str) -> Counter[str]:
    kept = [each for each in unicodedata.normalize("NFKC", text).lower() if each.isalnum()]
    return Counter(a + b for a, b in pairwise(kept))

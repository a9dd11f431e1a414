"""索引词. What is kept in the index for a folded text, and what is asked of it for a folded word.

A run of characters gives its pairs and its last character: 信息公开 → 信息 息公 公开 开. A word of letters or digits
gives itself and, where a character follows, the two together: 2023年 → 2023 2023年 年. In that order they are the
positions of the text, so a word's own tokens in a row mean that the word itself stands there.
"""

import re
from hashlib import blake2s
from itertools import pairwise

_PARTS = re.compile(r"\|([^|]+)\||([^| \n]+)")
_CHARACTER = re.compile("[\u2e80-\U0010ffff]")
LONGEST = 60  # characters of one token; the rest of a longer word is looked at in the text itself


def of_text(folded: str) -> list[str]:
    """索引词, in the order of the text."""
    found: list[str] = []
    for part in _PARTS.finditer(folded):
        word, run = part.groups()
        if word:
            found.append(word[:LONGEST])
            after = folded[part.end() : part.end() + 1]
            if after and after not in "| \n":
                found.append(f"{word[:LONGEST]}{after}")
        else:
            found += map("".join, pairwise(run))
            found.append(run[-1])
    return found


def of_word(folded: str) -> list[str]:
    """The tokens in a row that a text holding this word holds too. What may follow the word is left open."""
    found = of_text(folded)
    if len(folded) > 1 and not folded.endswith("|"):
        found.pop()  # in the text the last character may begin a further pair
    return found


def characters(folded: str) -> set[str]:
    """单字: every character, so that one alone is found without reading the pairs it begins."""
    return set(_CHARACTER.findall(folded))


def mark(name: str, value: object) -> str:
    """筛选标记: a token for a year, a column, a kind, a validity; never met in a text."""
    return f"#{name}{blake2s(str(value).encode(), digest_size=6).hexdigest()}"

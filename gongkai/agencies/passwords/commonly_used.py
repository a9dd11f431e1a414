"""常见口令表. Whether a password is on the shipped list, as it stands or with the usual trimmings."""

import gzip
import re
from functools import cache
from pathlib import Path

_LIST = Path(__file__).with_name("common_passwords.txt.gz")
# What people put after a word to please a rule: digits and signs.
_TRIMMINGS = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_DISGUISES = str.maketrans("@$013457", "asoleast")
_SHORTEST_STEM = 4


def is_common(password: str) -> bool:
    """On the list as typed, without its trimmings, with its disguises undone, or a short piece over and over.

    >>> is_common("Woaini1314520!"), is_common("P@ssw0rd2026!!"), is_common("qwer1234qwer1234")
    (True, True, True)
    >>> is_common("123456789012345678"), is_common("aaaaaaaaaaaaaaaa")
    (True, True)
    >>> is_common("三月里的小雨Xiaoyu-27")
    False
    """
    text = password.casefold()
    if text in _words():
        return True
    stem = _TRIMMINGS.sub("", text)
    undone = (stem.translate(_DISGUISES), _TRIMMINGS.sub("", text.translate(_DISGUISES)))
    pieces = [piece for piece in (_repeated(text), _repeated(stem)) if piece]
    if any(len(piece) < _SHORTEST_STEM for piece in pieces):
        return True
    return any(form in _words() for form in (stem, *undone, *pieces) if len(form) >= _SHORTEST_STEM)


def _repeated(text: str) -> str:
    """The piece that the text goes on repeating, to the end or into the middle of it; "" when there is none."""
    for length in range(1, len(text) * 2 // 3 + 1):
        if all(text[place] == text[place - length] for place in range(length, len(text))):
            return text[:length]
    return ""


@cache
def _words() -> frozenset[str]:
    with gzip.open(_LIST, "rt", encoding="utf-8") as file:
        return frozenset(file.read().split("\n"))

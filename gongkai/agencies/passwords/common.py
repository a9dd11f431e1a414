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
    """On the list as typed, without its trimmings, with its disguises undone, or a listed word repeated.

    >>> is_common("Woaini1314520!"), is_common("P@ssw0rd2026!!"), is_common("qwer1234qwer1234")
    (True, True, True)
    >>> is_common("三月里的小雨Xiaoyu-27")
    False
    """
    text = password.casefold()
    stem = _TRIMMINGS.sub("", text)
    undone = (stem.translate(_DISGUISES), _TRIMMINGS.sub("", text.translate(_DISGUISES)))
    forms = (text, _once(text), stem, _once(stem), *undone)
    return any(form in _words() for form in forms if len(form) >= _SHORTEST_STEM)


def _once(text: str) -> str:
    """The shortest piece of which the text is a repetition: "abcabc" is "abc"."""
    place = (text + text).find(text, 1)
    return text[:place] if 0 < place < len(text) else text


@cache
def _words() -> frozenset[str]:
    with gzip.open(_LIST, "rt", encoding="utf-8") as file:
        return frozenset(file.read().split("\n"))

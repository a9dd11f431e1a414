"""网页的文字. The words of a page as they are read, and what only a program sees: comments, alternatives, link targets.

No tree is built: a page as deep or as broken as anyone likes takes one pass.
"""

import re
from html import unescape

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,20})([^<>]*)>")
_VALUE = re.compile(
    r"(?<![\w-])(?:alt|title|href|src|content|value|placeholder|aria-label|data-[\w-]{1,40})\s{0,3}=\s{0,3}"
    r"(?:\"([^\"]{0,4000})\"|'([^']{0,4000})'|([^\s\"'<>]{1,4000}))",
    re.IGNORECASE,
)
_CELLS = frozenset({"td", "th"})
_INLINE = frozenset(
    {
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "code",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "mark",
        "q",
        "s",
        "small",
        "span",
    }
    | {"strong", "sub", "sup", "u", "wbr"}
)


def words_of(page: str) -> str:
    """Inline tags part nothing, cells and blocks do; what is not seen comes last.

    >>> words_of("<p>电话138<b>0013</b>8000</p><!--底稿-->")
    '电话13800138000\\n底稿'
    """
    shown, unseen = _without_comments(page)
    unseen += [
        unescape("".join(value.groups(default="")))
        for tag in _TAG.finditer(shown)
        for value in _VALUE.finditer(tag[3])
    ]
    lines = unescape(_TAG.sub(_parting, shown)).split("\n")
    return "\n".join(line.strip() for line in [*lines, *unseen] if line.strip())


def _without_comments(page: str) -> tuple[str, list[str]]:
    shown: list[str] = []
    comments: list[str] = []
    at = 0
    while (start := page.find("<!--", at)) >= 0 and (end := page.find("-->", start + 4)) >= 0:
        shown.append(page[at:start])
        comments.append(page[start + 4 : end])
        at = end + 3
    return "".join([*shown, page[at:]]), comments


def _parting(tag: re.Match[str]) -> str:
    name = tag[2].lower()
    if name in _INLINE:
        return ""
    if name in _CELLS:
        return "\t" if tag[1] else ""
    return "\n"

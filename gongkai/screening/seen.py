"""看得见的文字. Whether words that stand in a hidden place are read on the page as well."""

import re

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_WORD = re.compile(r"[^\W\d_]")


def squeezed(said: str) -> str:
    """Without what parts words: two texts that differ in spaces and lines say the same."""
    return "".join(said.split())


class Seen:
    """一个文件里看得见的文字."""

    def __init__(self, text: str) -> None:
        self._text = squeezed(text)

    def tells_more(self, words: str) -> bool:
        """Words that stand nowhere in the text, and are words."""
        words = squeezed(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), words))
        return bool(_WORD.search(words) or len(words) > _LONG) and words not in self._text


_LONG = 5  # figures: a year or an amount says nothing by itself, a telephone number does

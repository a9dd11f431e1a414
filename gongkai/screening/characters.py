"""看不见的字符. Characters that turn the reading direction, cannot be seen, or are no characters at all (INP-05)."""

import re
from collections.abc import Iterator

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_HIDDEN = "\u00ad\u200b\u2060-\u2064\ufeff\u180e\U000e0000-\U000e007f"
_BROKEN = "\ud800-\udfff\ufffe\uffff"
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_NEVER = re.compile(f"[{_BIDI}{_BROKEN}{_CONTROLS}]")
_UNSEEN = re.compile(f"[{_HIDDEN}]|(?<=[0-9A-Za-z\u4e00-\u9fff])[\u200c\u200d]")
_NAMES = (
    ("\x00", "空字符"),
    ("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c\u200e\u200f", "改变文字方向的字符"),
)


def stray(text: str) -> Iterator[tuple[int, str, bool]]:
    """Place, name and whether it may never be published, of each such character in the text as given."""
    for found in _NEVER.finditer(text):
        yield found.start(), _name(found[0]), True
    for found in _UNSEEN.finditer(text):
        if not (found.start() == 0 and found[0] == "\ufeff"):  # the mark of UTF-8 at the start of a file
            yield found.start(), f"零宽字符（U+{ord(found[0]):04X}）", False


def without_stray(text: str) -> str:
    """The text without them; line breaks of old programs become line breaks.

    >>> without_stray("通知\\u202efdp.exe")
    '通知fdp.exe'
    """
    kept = _UNSEEN.sub("", text.replace("\x0b", "\n").replace("\x0c", "\n"))
    return _NEVER.sub("", kept)


def _name(character: str) -> str:
    code = ord(character)
    for members, name in _NAMES:
        if character in members:
            return f"{name}（U+{code:04X}）"
    return f"半个字符（U+{code:04X}）" if 0xD800 <= code <= 0xDFFF else f"控制字符（U+{code:04X}）"

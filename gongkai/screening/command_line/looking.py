"""一份文件的检查结果. What stands in one file or text, as both commands and both ways of printing need it."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.command_line import sources
from gongkai.command_line.refusal import Refused
from gongkai.command_line.sources import Source
from gongkai.screening import files
from gongkai.screening.found import Found, Level
from gongkai.screening.inspection import Inspection
from gongkai.screening.kinds import EXTENSIONS, LARGEST
from gongkai.screening.text import look
from gongkai.screening.web_words import words_of

_TEXT = frozenset({".txt", ".html", ".htm"})
READABLE = frozenset({*(f".{ending}" for ending in EXTENSIONS), *_TEXT})
_ENCODINGS = ("utf-8-sig", "gb18030")
_UNREADABLE = "文字的编码不是UTF-8或者GB18030，请另存后再检查。"
_ORDER = tuple(Level)


@dataclass(frozen=True, slots=True)
class Looked:
    """检查结果: what the file is, and what was found in what it says, seen or not."""

    inspection: Inspection
    found: tuple[Found, ...] = ()

    @property
    def has_something(self) -> bool:
        return bool(self.inspection.hidden or self.found or self.inspection.for_a_person)


def find(names: Sequence[str]) -> tuple[Source, ...]:
    return sources.find(names, READABLE, kind="")


def bytes_of(source: Source) -> bytes:
    """Raises Refused for what is not there; a byte more than the largest file may have is enough to refuse it."""
    if source.path is None:
        return sys.stdin.buffer.read(LARGEST + 1)
    try:
        with source.path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError:
        raise Refused(f"没有“{source.name}”这个文件，或者没有读取的权限。") from None


def look_at(source: Source) -> Looked:
    """The check before release, of one file."""
    data = bytes_of(source)
    name = source.path.name if source.path else ""
    if source.path is None or source.path.suffix.lower() in _TEXT:
        inspection = _text(name or source.name, data)
    else:
        inspection = files.inspect(name, data)
    found = sorted(look(inspection.everything), key=lambda each: _ORDER.index(each.level))
    return Looked(inspection, tuple(found))


def _text(name: str, data: bytes) -> Inspection:
    if len(data) > LARGEST:
        return Inspection(name, None, refusal=f"文字超过{LARGEST // 1024 // 1024}MB，请分成几份。")
    for encoding in _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return Inspection(name, None, text=words_of(text) if name.endswith((".html", ".htm")) else text)
    return Inspection(name, None, refusal=_UNREADABLE)

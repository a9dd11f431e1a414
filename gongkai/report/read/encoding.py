"""文字编码. UTF-8 or GB18030, by what fits, whatever the file says of itself."""

import codecs

from gongkai.report.read.document import CannotRead

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OLDER_CHINESE = frozenset({"gb2312", "gb_2312-80", "gbk", "x-gbk", "cp936"})  # all within GB18030
MOST_CONTROLS = 0.01


def decoded(data: bytes, *, declared: str = "") -> str:
    """The text of the file. A mark at its start wins, then strict UTF-8, what it declares, GB18030."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _lenient(data, encoding)
    if declared.lower() in _OLDER_CHINESE:
        declared = "gb18030"
    for encoding in ("utf-8", declared, "gb18030", "big5"):
        if encoding:
            text = _strict(data, encoding)
            if text is not None:
                return text
    cut = _cut_in_a_character(data)
    if cut is not None:
        return cut
    return _lenient(data, declared if declared and _known(declared) else "utf-8")


def require_text(text: str) -> None:
    """Refuse what decodes by chance but is no text."""
    if not text.strip("\x00 \t\r\n\ufeff"):
        raise CannotRead("文件是空的，没有可以读取的内容。")
    controls = sum(
        1
        for character in text
        if (ord(character) < 32 and character not in "\t\r\n\f\v") or character == "\ufffd"
    )
    if controls > len(text) * MOST_CONTROLS:
        raise CannotRead("文件不是能识别的文字，可能已损坏或者不是报告文件，请核对后重新提供。")


def _known(encoding: str) -> bool:
    try:
        return bool(codecs.lookup(encoding))
    except LookupError:
        return False


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _lenient(data: bytes, encoding: str) -> str:
    return data.decode(encoding, "replace")


def _cut_in_a_character(data: bytes) -> str | None:
    """A UTF-8 text whose last character was cut."""
    try:
        return codecs.getincrementaldecoder("utf-8")("strict").decode(data)
    except UnicodeDecodeError:
        return None

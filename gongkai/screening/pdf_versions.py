"""PDF以前的版本. A PDF saved by appending keeps every version before it, whole; and data after its end."""

import re
from collections.abc import Iterator

from gongkai.screening.inspection import CannotInspect, Hidden, Trace
from gongkai.screening.pdf_pages import words_of

_END = re.compile(rb"startxref\s+\d+\s+%%EOF[\r\n]{0,2}")
_BEGINS = re.compile(rb"stream\r?\n")
_LITERAL = re.compile(rb"\((?:[^()\\]|\\.)*\)", re.DOTALL)
_REMARK = re.compile(rb"%(?!PDF-|%EOF)([^\r\n]*[A-Za-z\xe4-\xe9][^\r\n]{3,})")
_LEAST_REMARK = 4  # characters; the second line of a file is a remark of four bytes that are no letters
_LEAST_DATA = 16  # bytes after the end that are more than padding


def earlier_versions(data: bytes, text: str) -> Iterator[Hidden]:
    """Each version before the last, with the words that the last does not have; a linearised file has two ends and one version."""
    ends = [found.end() for found in _END.finditer(data)]
    if b"/Linearized" in data[:1024] and ends:
        ends = ends[1:]
    for number, end in enumerate(ends[:-1], 1):
        yield Hidden(Trace.EARLIER_VERSION, f"第{number}版", _words_not_in(data[:end], text))
    if ends and len(data) - ends[-1] > _LEAST_DATA:
        yield Hidden(Trace.TRAILING_DATA, "文件末尾", data[ends[-1] :][:2000].decode("utf-8", "ignore"))
    for found in _REMARK.finditer(_LITERAL.sub(b"", _without_streams(data))):
        said = found[1].decode("utf-8", "ignore").strip()
        if said.isprintable() and len(said) > _LEAST_REMARK:
            yield Hidden(Trace.METADATA, "文件里的注释", said)


def _without_streams(data: bytes) -> bytes:
    return b" ".join(_BEGINS.split(piece, maxsplit=1)[0] for piece in data.split(b"endstream"))


def _words_not_in(earlier: bytes, text: str) -> str:
    try:
        lines = words_of(earlier).splitlines()
    except CannotInspect:
        return ""
    return "\n".join(line for line in lines if line.strip() and line.strip() not in text)

"""PDF的对象. Words, files and pictures that stand in the objects of a PDF and on none of its pages.

Every object is read in its written form, once; what a page needs is what its references lead to.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from gongkai.screening.addresses import is_public
from gongkai.screening.inspection import Hidden, Trace
from gongkai.screening.seen import squeezed
from gongkai.screening.unseen import TELLING

MOST_FOR_DRAWN = 50_000  # objects; in a larger file what is not drawn is not looked for
_TOKEN = re.compile(
    rb"/([^\s/()<>\[\]{}%]{1,127})|\(((?:[^()\\]|\\.)*)\)|<([0-9A-Fa-f]{2,})>|(\d{1,10}) \d{1,5} R\b",
    re.DOTALL,
)
_ESCAPED = re.compile(rb"\\([nrtbf()\\]|[0-7]{1,3})", re.DOTALL)
_PLAIN = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
# Names of fonts and of places in the document, and scripts, which are told as such.
_TOLD_APART = frozenset(
    (
        "FontFamily",
        "CharSet",
        "Lang",
        "Names",
        "Limits",
        "Dest",
        "D",
        "DA",
        "NM",
        "CheckSum",
        "JS",
    )
)
_SPOKEN = frozenset({"Alt", "ActualText", "E"})
_DEEPEST = 12  # dictionaries within dictionaries
_DRAWS = re.compile(rb"\bT[Jj]\b")


@dataclass(slots=True)
class _Read:
    """一个对象: which strings stand under which key, and to which objects it leads."""

    strings: list[tuple[str, str]] = field(default_factory=list)
    leads: set[int] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)


class Objects:
    """一份PDF的全部对象."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        # A number that stands alone, such as the length of a stream, comes as a number and says nothing.
        objects = (each for each in pdf.objects if isinstance(each, pikepdf.Object))
        self.read = {each.objgen[0]: _read(_written(each)) for each in objects if each.objgen[0]}
        trailer = _read(pdf.trailer.unparse(resolved=True))
        info = pdf.trailer.get("/Info")
        self.info = info.objgen[0] if isinstance(info, pikepdf.Dictionary) else 0
        self.needed = self._reached_from(trailer.leads)

    def _reached_from(self, begins: set[int]) -> set[int]:
        seen, waiting = set(begins), list(begins)
        while waiting:
            for number in self.read.get(waiting.pop(), _Read()).leads - seen:
                seen.add(number)
                waiting.append(number)
        return seen

    def spoken(self) -> Iterator[str]:
        """替代文字: what a screen reader says of a picture."""
        for number in sorted(self.needed & self.read.keys()):
            if self.read[number].keys & {"StructElem", "K"}:
                yield from (
                    said for key, said in self.read[number].strings if key in _SPOKEN and said.strip()
                )

    def traces(self, text: str) -> Iterator[Hidden]:
        known_words = squeezed(text)
        for number, read in self.read.items():
            if number == self.info or "OCG" in read.keys:
                continue
            for key, said in read.strings:
                if key == "URI":
                    if not is_public(said):
                        yield Hidden(Trace.EXTERNAL_LINK, "指向本机或者内部网络的链接", said)
                elif _is_telling(key, said) and squeezed(said) not in known_words:
                    yield Hidden(Trace.METADATA, "书签" if key == "Title" else "页面上没有的文字", said)
        yield from self._files()
        yield from self._unneeded()

    def _files(self) -> Iterator[Hidden]:
        """Files attached anywhere but in the list of attachments, which is told as such."""
        told = {spec.obj.objgen for spec in self.pdf.attachments.values()}
        for number, read in self.read.items():
            if "EF" in read.keys:
                holder = self.pdf.get_object(number, 0)
                for spec in (holder, holder.get("/FS")) if isinstance(holder, pikepdf.Dictionary) else ():
                    if isinstance(spec, pikepdf.Dictionary) and "/EF" in spec and spec.objgen not in told:
                        yield Hidden(Trace.EMBEDDED, f"附件{spec.get('/F') or ''}", _words_of_file(spec))

    def _unneeded(self) -> Iterator[Hidden]:
        """What nothing leads to: a page that was taken out, an earlier picture."""
        for number in sorted(self.read.keys() - self.needed):
            each = self.pdf.get_object(number, 0)
            if isinstance(each, pikepdf.Stream) and _is_drawn(each):
                yield Hidden(Trace.CUSTOM_DATA, f"没有用到的对象{number}", _drawn_words(each))

    def not_drawn(self) -> Iterator[Hidden]:
        """Pictures and drawings that a page has at hand and never draws. Changes the document it was given."""
        if len(self.read) > MOST_FOR_DRAWN:
            return
        self.pdf.remove_unreferenced_resources()
        left = self.needed - Objects(self.pdf).needed
        for number in sorted(left):
            each = self.pdf.get_object(number, 0)
            if isinstance(each, pikepdf.Stream) and _is_drawn(each):
                yield Hidden(Trace.CUSTOM_DATA, f"没有画出来的对象{number}", _drawn_words(each))


def clean(pdf: pikepdf.Pdf, text: str) -> None:
    """Strings that ``traces`` tells go with their keys; links that no reader can follow become plain words."""
    known_words = squeezed(text)
    for each in pdf.objects:
        holder = each.stream_dict if isinstance(each, pikepdf.Stream) else each
        if isinstance(holder, pikepdf.Dictionary | pikepdf.Array):
            _clean_holder(holder, known_words, 0)


def _clean_holder(holder: Any, known: str, depth: int) -> None:
    if depth > _DEEPEST or (
        isinstance(holder, pikepdf.Dictionary) and holder.get("/Type") == pikepdf.Name.OCG
    ):
        return
    items = list(holder.items()) if isinstance(holder, pikepdf.Dictionary) else list(enumerate(holder))
    for key, value in items:
        if isinstance(value, pikepdf.String):
            name = str(key).lstrip("/")
            said = str(value)
            stray = (
                not is_public(said)
                if name == "URI"
                else _is_telling(name, said) and squeezed(said) not in known
            )
            if stray:
                holder[key] = pikepdf.String("")
        elif isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect:
            _clean_holder(value, known, depth + 1)


def _is_telling(key: str, said: str) -> bool:
    return key not in _TOLD_APART | _SPOKEN and bool(TELLING.search(said))


def _written(each: Any) -> bytes:
    holder = each.stream_dict if isinstance(each, pikepdf.Stream) else each
    return bytes(holder.unparse(resolved=True))


def _read(written: bytes) -> _Read:
    found, key = _Read(), ""
    for token in _TOKEN.finditer(written):
        name, literal, figures, number = token.groups()
        if name is not None:
            key = name.decode("latin-1")
            found.keys.add(key)
        elif number is not None:
            found.leads.add(int(number))
        else:
            said = _decoded(
                _unescaped(literal)
                if literal is not None
                else bytes.fromhex(figures.decode()[: len(figures) // 2 * 2])
            )
            if said:
                found.strings.append((key, said))
    return found


def _unescaped(literal: bytes) -> bytes:
    def plain(found: re.Match[bytes]) -> bytes:
        sign = found[1]
        return bytes([int(sign, 8) & 0xFF]) if sign.isdigit() else _PLAIN.get(sign, sign)

    return _ESCAPED.sub(plain, literal)


def _decoded(said: bytes) -> str:
    if said.startswith(b"\xfe\xff"):
        return said[2:].decode("utf-16-be", "ignore")
    if said.startswith(b"\xff\xfe"):
        return said[2:].decode("utf-16-le", "ignore")
    if said.startswith(b"\xef\xbb\xbf"):
        return said[3:].decode("utf-8", "ignore")
    return said.decode("latin-1") if said.isascii() else ""


def _is_drawn(stream: pikepdf.Stream) -> bool:
    kind = stream.get("/Subtype")
    if kind == pikepdf.Name.Image:
        return True
    if stream.get("/Type") in (pikepdf.Name.ObjStm, pikepdf.Name.XRef, pikepdf.Name.Metadata):
        return False
    try:
        return bool(_DRAWS.search(stream.read_bytes()[:200_000]))
    except pikepdf.PdfError:
        return False


def _drawn_words(stream: pikepdf.Stream) -> str:
    if stream.get("/Subtype") == pikepdf.Name.Image:
        return f"图片，宽{stream.get('/Width')}、高{stream.get('/Height')}"
    said = [
        _decoded(_unescaped(found[2])) for found in _TOKEN.finditer(stream.read_bytes()[:200_000]) if found[2]
    ]
    return " ".join(filter(None, said))[:2000]


def _words_of_file(spec: Any) -> str:
    for each in spec.EF.values():
        if isinstance(each, pikepdf.Stream):
            try:
                return each.read_bytes()[:4096].decode("utf-8", "ignore")
            except pikepdf.PdfError:
                return ""
    return ""

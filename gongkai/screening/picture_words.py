"""图片附带的文字. EXIF, IPTC, colour profiles, text chunks: what they say, in whatever writing the camera or the program used."""

import re
import struct
import zlib
from collections.abc import Iterator
from typing import Any

from PIL import ExifTags, Image

from gongkai.screening.inspection import Hidden, Trace
from gongkai.screening.unseen import PLACE

_PLAIN = re.compile(r"[^\x00-\x08\x0b-\x1f\ufffd]{2,}")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_GB = re.compile(rb"(?:[\xb0-\xf7][\xa1-\xfe]){2,}")
_WIDE = re.compile(rb"(?:[\x00-\xff][\x4e-\x9f]){4,}")
_WITHOUT_WORDS = frozenset({"MakerNote", "PrintImageMatching", "ComponentsConfiguration"})
_WIDE_TAGS = range(0x9C9B, 0x9CA0)  # the title, remark, author, keywords and subject that Windows writes
_CODED = {b"UNICODE\0": "utf-16", b"ASCII\0\0\0": "utf-8", b"JIS\0\0\0\0\0": "iso2022_jp", b"\0" * 8: "utf-8"}
_IPTC = re.compile(rb"\x1c[\x01-\x09]([\x00-\xff])([\x00-\x7f][\x00-\xff])", re.DOTALL)
_THUMBNAILS = (b"8BIM\x04\x09", b"8BIM\x04\x0c")
_SPEAKING = frozenset({b"desc", b"cprt", b"dmnd", b"dmdd", b"vued", b"scrn", b"targ", b"ncl2", b"meta"})
_TRANSLATED = 3  # a name in more languages than that is its maker's


def words_of(content: bytes) -> str:
    """Readable words in bytes of any kind, enough to know them by."""
    content = content[:65_536]
    said = " ".join(_PLAIN.findall(content.decode("utf-8", "replace")))
    if _HAN.search(said):
        return said
    found = [run.decode("gb18030", "ignore") for run in _GB.findall(content)]
    found += [run.decode("utf-16-le", "ignore") for run in _WIDE.findall(content)]
    return " ".join([said, *found]).strip()


def decoded(content: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def of_exif(content: bytes, place: str) -> Iterator[Hidden]:
    exif = Image.Exif()
    try:
        exif.load(b"Exif\x00\x00" + content)
        tags = {**dict(exif), **exif.get_ifd(ExifTags.IFD.Exif)}
        gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
        thumbnail = exif.get_ifd(ExifTags.IFD.IFD1)
    except (SyntaxError, ValueError, KeyError, TypeError, OSError, struct.error):
        yield Hidden(Trace.METADATA, f"{place}，EXIF", words_of(content))
        return
    said = [
        f"{name}：{_value(value, tag)}"
        for tag, value in tags.items()
        if (name := ExifTags.TAGS.get(tag, str(tag))) not in ("ExifOffset", "GPSInfo", *_WITHOUT_WORDS)
    ]
    yield Hidden(Trace.METADATA, f"{place}，EXIF", "；".join(said))
    if gps:
        said = [f"{ExifTags.GPSTAGS.get(tag, str(tag))}：{_value(value, 0)}" for tag, value in gps.items()]
        yield Hidden(Trace.LOCATION, place, "；".join(said))
    if thumbnail:
        yield Hidden(Trace.THUMBNAIL, place)


def _value(value: Any, tag: int) -> str:
    if isinstance(value, tuple) and tag in _WIDE_TAGS and all(isinstance(each, int) for each in value):
        value = bytes(each & 0xFF for each in value)
    if isinstance(value, bytes):
        return _of_bytes(value, tag).strip("\x00")
    if isinstance(value, str):  # read as Latin whatever the camera or the phone wrote
        try:
            return decoded(value.encode("latin-1")).strip("\x00")
        except UnicodeEncodeError:
            return value.strip("\x00")
    return str(value)


def _of_bytes(value: bytes, tag: int) -> str:
    if tag in _WIDE_TAGS:
        return value.decode("utf-16-le", "replace")
    encoding = _CODED.get(value[:8])
    if encoding == "utf-16":  # in the order of the machine that wrote it
        return max((value[8:].decode(order, "replace") for order in ("utf-16-le", "utf-16-be")), key=_likely)
    if encoding is not None:
        return decoded(value[8:])
    wide = value.count(b"\x00") * 3 > len(value)
    return value.decode("utf-16-le", "replace") if wide else decoded(value)


def _likely(said: str) -> int:
    return sum(sign.isascii() or bool(_HAN.match(sign)) for sign in said)


def of_photoshop(content: bytes, place: str) -> Iterator[Hidden]:
    """IPTC and what else Photoshop and news agencies write."""
    said = []
    for found in _IPTC.finditer(content):
        (length,) = struct.unpack(">H", found[2])
        word = content[found.end() : found.end() + length]
        if len(word) == length and length:
            said.append(decoded(word))
    words = " ".join(each for each in said if _PLAIN.search(each)) or words_of(content)
    yield Hidden(Trace.METADATA, f"{place}，IPTC", words)
    if any(mark in content for mark in _THUMBNAILS):
        yield Hidden(Trace.THUMBNAIL, place)


def of_profile(profile: bytes, place: str) -> Iterator[Hidden]:
    """A colour profile names its maker; words of an author in it, or data after its end, are something else."""
    words = _words_of_profile(profile)
    if words:
        yield Hidden(Trace.METADATA, f"{place}，颜色配置", words)


def _words_of_profile(profile: bytes) -> str:
    if len(profile) < 132:
        return words_of(profile)
    size, count = struct.unpack_from(">I", profile, 0)[0], struct.unpack_from(">I", profile, 128)[0]
    said = [words_of(profile[size:])] if size < len(profile) else []
    for number in range(min(count, 100)):
        if 144 + 12 * number > len(profile):
            break
        name, at, length = struct.unpack_from(">4sII", profile, 132 + 12 * number)
        content = profile[at : at + length]
        if name in _SPEAKING or content[:4] in (b"text", b"desc", b"mluc"):
            said += [word for word in _names(content) if _HAN.search(word) or PLACE.search(word)]
    return " ".join(word for word in said if word.strip())


def _names(content: bytes) -> list[str]:
    if content[:4] == b"mluc" and len(content) >= 16:
        (count,) = struct.unpack_from(">I", content, 8)
        if count > _TRANSLATED:
            return []
        found = []
        for number in range(count):
            if 28 + 12 * number > len(content):
                break
            length, at = struct.unpack_from(">II", content, 20 + 12 * number)
            found.append(content[at : at + length].decode("utf-16-be", "replace"))
        return found
    return [words_of(content[8:])]


def of_text_chunk(kind: bytes, content: bytes) -> str:
    word, _, rest = content.partition(b"\x00")
    if kind == b"zTXt":
        rest = inflated(rest[1:])
    elif kind == b"iTXt":
        flag, rest = rest[:1], rest[2:]
        rest = rest.split(b"\x00", 2)[-1]
        rest = inflated(rest) if flag == b"\x01" else rest
    said = rest.decode("utf-8", "replace") if kind == b"iTXt" else decoded(rest)
    return f"{word.decode('latin-1')}：{said}"


def inflated(content: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(content, 1024 * 1024)
    except zlib.error:
        return b""

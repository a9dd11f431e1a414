"""图片. What a picture holds beside its pixels: EXIF, place, thumbnails, XMP, text chunks, data after its end (FIL-05).

The container is read segment by segment, without decoding; pixels are decoded only to see what stands under transparent
ones, and to write a new file from them.
"""

import re
import struct
import zlib
from collections.abc import Iterator

from gongkai.screening import pixels
from gongkai.screening.inspection import CannotInspect, Hidden, Trace
from gongkai.screening.picture_words import (
    inflated,
    of_exif,
    of_photoshop,
    of_profile,
    of_text_chunk,
    words_of,
)
from gongkai.screening.pixels import BROKEN, MOST_PIXELS

__all__ = ["MOST_PIXELS", "after_end", "look_into", "redrawn", "size_of", "without_traces"]

# Marks of a JPEG that are needed to draw it: frames, tables, scans, the end; the rest is told and left out.
_DRAWING = {*range(0xC0, 0xD0), *range(0xD0, 0xD8), 0xD9, 0xDA, 0xDB, 0xDC, 0xDD}
_JFIF = b"JFIF\x00"
_PLAIN_JFIF = 14  # bytes, without a thumbnail
_TEXT_CHUNKS = {b"tEXt", b"zTXt", b"iTXt"}
_FRAMES = {b"acTL", b"fcTL", b"fdAT"}
_KEPT_CHUNKS = {
    *(
        b"IHDR",
        b"PLTE",
        b"IDAT",
        b"IEND",
        b"tRNS",
        b"cHRM",
        b"gAMA",
        b"sBIT",
        b"sRGB",
        b"bKGD",
        b"pHYs",
        b"hIST",
        b"iCCP",
        b"cICP",
    ),
}
_SPOKEN = re.compile(r"[\u4e00-\u9fff]{3,}|[A-Za-z]{12,}")
_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))


def look_into(data: bytes, place: str) -> list[Hidden]:
    """What stands in the file beside the picture."""
    try:
        if data.startswith(b"\xff\xd8"):
            return list(_of_jpeg(data, place))
        if data.startswith(b"\x89PNG"):
            return list(_of_png(data, place))
    except (struct.error, IndexError):
        raise CannotInspect(BROKEN) from None
    return []


def after_end(data: bytes) -> bytes:
    """What follows the end of the picture: nothing, in a file that is one picture."""
    try:
        if data.startswith(b"\xff\xd8"):
            length = 2 + sum(len(raw) for _, _, raw in _segments(data))
        else:
            length = 8 + sum(len(raw) for _, _, raw in _chunks(data))
    except (struct.error, IndexError):
        raise CannotInspect(BROKEN) from None
    return data[length:]


def without_traces(data: bytes) -> bytes:
    """The same pixels and only what is needed to show them: for pictures inside documents, where none may change."""
    if data.startswith(b"\xff\xd8"):
        return b"\xff\xd8" + b"".join(_kept_segments(data))
    if data.startswith(b"\x89PNG"):
        if _is_more_than_seen(data):
            return pixels.same_pixels(data)
        spoken = any(True for _ in of_profile(_profile_of_png(data), ""))
        return data[:8] + b"".join(
            raw for kind, _, raw in _chunks(data) if kind in _KEPT_CHUNKS and not (spoken and kind == b"iCCP")
        )
    return data


def redrawn(data: bytes) -> bytes:
    """A new file from the pixels alone; which way up it is stands in its EXIF, and segments of other kinds confuse decoders."""
    if data.startswith(b"\xff\xd8"):
        data = b"\xff\xd8" + b"".join(_kept_segments(data, exif=True))
    return pixels.redrawn(data)


def _kept_segments(data: bytes, *, exif: bool = False) -> Iterator[bytes]:
    spoken = not exif and any(True for _ in of_profile(_profile_of_jpeg(data), ""))
    for marker, content, raw in _segments(data):
        if marker == 0xE0 and content.startswith(_JFIF):
            yield struct.pack(">BBH", 0xFF, 0xE0, 16) + content[:12].ljust(12, b"\x00") + b"\x00\x00"
        elif (
            marker in _DRAWING
            or _is_adobe(marker, content)
            or (exif and _is_exif(marker, content))
            or (_is_profile(marker, content) and not spoken)
        ):
            yield raw


def size_of(data: bytes) -> tuple[int, int]:
    """Width and height, once it is known that the picture may be decoded (FIL-05)."""
    with pixels.opened(data) as picture:
        return picture.size


def _segments(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Marker, content and raw bytes of each segment; the compressed picture belongs to the segment before it."""
    at = 2
    while at < len(data) - 1:
        if data[at] != 0xFF:
            raise CannotInspect(BROKEN)
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xD9:
            yield marker, b"", data[at : at + 2]
            return
        if marker == 0x01 or 0xD0 <= marker <= 0xD8:
            yield marker, b"", data[at : at + 2]
            at += 2
            continue
        (length,) = struct.unpack_from(">H", data, at + 2)
        end = at + 2 + length
        content = data[at + 4 : end]
        if marker == 0xDA:
            while end < len(data) - 1 and not (
                data[end] == 0xFF and data[end + 1] not in (0, *range(0xD0, 0xD8))
            ):
                found = data.find(b"\xff", end + 1)
                end = found if found >= 0 else len(data)
        yield marker, content, data[at:end]
        at = end
    raise CannotInspect(BROKEN)


def _is_profile(marker: int, content: bytes) -> bool:
    return marker == 0xE2 and content.startswith(b"ICC_PROFILE\x00")


def _is_exif(marker: int, content: bytes) -> bool:
    return marker == 0xE1 and content.startswith(b"Exif\x00\x00")


def _is_adobe(marker: int, content: bytes) -> bool:
    return marker == 0xEE and content.startswith(b"Adobe") and len(content) == 12


def _profile_of_jpeg(data: bytes) -> bytes:
    return b"".join(content[14:] for marker, content, _ in _segments(data) if _is_profile(marker, content))


def _of_jpeg(data: bytes, place: str) -> Iterator[Hidden]:
    length = 2
    for marker, content, raw in _segments(data):
        length += len(raw)
        if marker in _DRAWING or _is_adobe(marker, content) or _is_profile(marker, content):
            continue
        if _is_exif(marker, content):
            yield from of_exif(content[6:], place)
        elif marker == 0xED and content.startswith(b"Photoshop"):
            yield from of_photoshop(content, place)
        elif marker == 0xE0 and content.startswith(b"JFXX"):
            yield Hidden(Trace.THUMBNAIL, place)
        elif marker == 0xE0 and content.startswith(_JFIF):
            if len(content) > _PLAIN_JFIF:
                yield Hidden(Trace.THUMBNAIL, place, words_of(content[_PLAIN_JFIF:]))
        elif marker not in (0x01, 0xD8):
            yield Hidden(Trace.METADATA, f"{place}，{_segment_name(marker, content)}", words_of(content))
    yield from of_profile(_profile_of_jpeg(data), place)
    if length < len(data):
        yield Hidden(Trace.TRAILING_DATA, place, words_of(data[length : length + 4096]))


def _segment_name(marker: int, content: bytes) -> str:
    if marker == 0xFE:
        return "注释"
    if content.startswith(b"http://ns.adobe.com/"):
        return "XMP"
    if content.startswith(b"MPF\x00"):
        return "另外几幅画面的位置"
    return f"附加数据APP{marker - 0xE0}" if 0xE0 <= marker <= 0xEF else f"附加数据{marker:02X}"


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    at = 8
    while at < len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if end > len(data):
            raise CannotInspect(BROKEN)
        yield kind, data[at + 8 : end - 4], data[at:end]
        at = end
        if kind == b"IEND":
            return
    raise CannotInspect(BROKEN)


def _of_png(data: bytes, place: str) -> Iterator[Hidden]:
    length, frames = 8, 0
    for kind, content, raw in _chunks(data):
        length += len(raw)
        frames += kind == b"fcTL"
        if kind == b"eXIf":
            yield from of_exif(content, place)
        elif kind in _TEXT_CHUNKS:
            yield Hidden(Trace.METADATA, f"{place}，{kind.decode()}", of_text_chunk(kind, content))
        elif kind not in _KEPT_CHUNKS | _FRAMES:
            yield Hidden(Trace.METADATA, f"{place}，附加数据{kind.decode('latin-1')}", words_of(content))
    if frames:
        yield Hidden(Trace.EMBEDDED, f"{place}，动画的另外几幅画面", f"共{frames}幅")
    yield from of_profile(_profile_of_png(data), place)
    if words := _words_of_palette(data):
        yield Hidden(Trace.METADATA, f"{place}，调色板", words)
    if _may_be_clear(data) and pixels.hides_a_picture(data):
        yield Hidden(Trace.COVERED_TEXT, f"{place}，透明处还有画面")
    if (beyond := _after_the_rows(data)) is not None:
        yield Hidden(Trace.TRAILING_DATA, f"{place}，像素之后", words_of(beyond))
    if length < len(data):
        yield Hidden(Trace.TRAILING_DATA, place, words_of(data[length : length + 4096]))


def _is_more_than_seen(data: bytes) -> bool:
    """Whether only a new picture leaves out what is not seen."""
    return bool(
        _words_of_palette(data)
        or _after_the_rows(data) is not None
        or (_may_be_clear(data) and pixels.hides_a_picture(data))
    )


def _may_be_clear(data: bytes) -> bool:
    return data[25] in (4, 6) or any(kind == b"tRNS" for kind, _, _ in _chunks(data))


def _profile_of_png(data: bytes) -> bytes:
    for kind, content, _ in _chunks(data):
        if kind == b"iCCP":
            return inflated(content.partition(b"\x00")[2][1:])
    return b""


def _words_of_palette(data: bytes) -> str:
    for kind, content, _ in _chunks(data):
        if kind == b"PLTE":
            return words_of(content) if _SPOKEN.search(content.decode("utf-8", "replace")) else ""
    return ""


def _after_the_rows(data: bytes) -> bytes | None:
    """What is packed with the pixels after the last of them; no program ever shows it."""
    width, height, depth, colour, _, _, interlaced = struct.unpack_from(">IIBBBBB", data, 16)
    if width * height > MOST_PIXELS or colour not in _SAMPLES:
        return None
    bits = depth * _SAMPLES[colour]
    left = _bytes_of(width, height, bits) if not interlaced else _bytes_of_passes(width, height, bits)
    unpacking = zlib.decompressobj()
    try:
        for kind, content, _ in _chunks(data):
            waiting = content if kind == b"IDAT" else b""
            while waiting and not unpacking.eof:
                said = unpacking.decompress(waiting, 1 << 20)
                waiting = unpacking.unconsumed_tail
                if len(said) > left:
                    return said[left : left + 4096]
                left -= len(said)
            if kind == b"IDAT" and unpacking.eof and (waiting or unpacking.unused_data):
                return (unpacking.unused_data or waiting)[:4096]
    except zlib.error:
        return None
    return None


def _bytes_of(width: int, height: int, bits: int) -> int:
    return height * (1 + (width * bits + 7) // 8) if width else 0


def _bytes_of_passes(width: int, height: int, bits: int) -> int:
    return sum(
        _bytes_of(-(-max(width - left, 0) // across), -(-max(height - top, 0) // down), bits)
        for left, top, across, down in _PASSES
    )

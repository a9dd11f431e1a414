"""图片. What a picture holds beside its pixels: EXIF, place, thumbnails, XMP, text chunks, data after its end (FIL-05).

The container is read segment by segment, without decoding; pixels are decoded only to write a new file from them.
"""

import io
import re
import struct
import zlib
from collections.abc import Iterator
from typing import Any

from PIL import ExifTags, Image, ImageCms, ImageOps, UnidentifiedImageError

from gongkai.screening.inspection import CannotInspect, Hidden, Trace

MOST_PIXELS = 40_000_000
_BROKEN = "图片不完整或者已损坏，无法打开，请重新取得完整的图片。"
_KEPT_SEGMENTS = {0xE0, 0xEE}  # JFIF and Adobe: how colours are to be read
_TEXT_CHUNKS = {b"tEXt", b"zTXt", b"iTXt"}
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
    ),
    *(b"acTL", b"fcTL", b"fdAT", b"cICP"),
}
_QUALITY = 92
_PLAIN_WORDS = re.compile(r"[^\x00-\x08\x0b-\x1f\ufffd]{2,}")
_WITHOUT_WORDS = frozenset({"MakerNote", "PrintImageMatching", "ComponentsConfiguration"})


def look_into(data: bytes, place: str) -> list[Hidden]:
    """What stands in the file beside the picture."""
    try:
        if data.startswith(b"\xff\xd8"):
            return list(_of_jpeg(data, place))
        if data.startswith(b"\x89PNG"):
            return list(_of_png(data, place))
    except (struct.error, IndexError):
        raise CannotInspect(_BROKEN) from None
    return []


def after_end(data: bytes) -> bytes:
    """What follows the end of the picture: nothing, in a file that is one picture."""
    try:
        if data.startswith(b"\xff\xd8"):
            length = 2 + sum(len(raw) for _, _, raw in _segments(data))
        else:
            length = 8 + sum(len(raw) for _, _, raw in _chunks(data))
    except (struct.error, IndexError):
        raise CannotInspect(_BROKEN) from None
    return data[length:]


def without_traces(data: bytes) -> bytes:
    """The same pixels and only what is needed to show them: for pictures inside documents, where none may change."""
    if data.startswith(b"\xff\xd8"):
        kept = [b"\xff\xd8"]
        for marker, content, raw in _segments(data):
            if marker == 0xE0 and content.startswith(b"JFXX"):
                continue
            if (
                marker in _KEPT_SEGMENTS
                or not (0xE0 <= marker <= 0xEF or marker == 0xFE)
                or _is_profile(marker, content)
            ):
                kept.append(raw)
        return b"".join(kept)
    if data.startswith(b"\x89PNG"):
        return data[:8] + b"".join(raw for kind, _, raw in _chunks(data) if kind in _KEPT_CHUNKS)
    return data


def redrawn(data: bytes) -> bytes:
    """A new file from the pixels alone, the right way up, in the colours everybody shows."""
    with _opened(data) as picture:
        kind = picture.format
        upright: Image.Image = ImageOps.exif_transpose(picture)
        upright = _in_common_colours(upright)
        mode = upright.mode
        if kind == "JPEG" and mode not in ("L", "RGB"):
            upright = upright.convert("RGB")
        fresh = Image.new(upright.mode, upright.size)
        if upright.mode == "P":
            fresh.putpalette(upright.getpalette() or [])
        fresh.paste(upright)
        out = io.BytesIO()
        if kind == "JPEG":
            fresh.save(out, "JPEG", quality=_QUALITY, subsampling=0)
        else:
            extra: dict[str, Any] = (
                {"transparency": upright.info["transparency"]} if "transparency" in upright.info else {}
            )
            fresh.save(out, "PNG", optimize=False, **extra)
        return out.getvalue()


def size_of(data: bytes) -> tuple[int, int]:
    """Width and height, once it is known that the picture may be decoded (FIL-05)."""
    with _opened(data) as picture:
        return picture.size


def _opened(data: bytes) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = None  # our own limit is lower and refuses where that one only warns
    try:
        picture = Image.open(io.BytesIO(data), formats=("JPEG", "PNG"))
        if picture.width * picture.height > MOST_PIXELS:
            raise CannotInspect(f"图片超过{MOST_PIXELS // 10_000}万像素，请缩小后重新上传。")
        picture.load()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, struct.error, zlib.error) as error:
        if isinstance(error, CannotInspect):
            raise
        raise CannotInspect(_BROKEN) from None
    return picture


def _in_common_colours(picture: Image.Image) -> Image.Image:
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "CMYK"):
        return picture.convert("RGB") if picture.mode in ("CMYK", "YCbCr", "LAB") else picture
    try:
        common = ImageCms.createProfile("sRGB")
        changed = ImageCms.profileToProfile(picture, io.BytesIO(profile), common, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return picture.convert("RGB")
    return changed if changed is not None else picture.convert("RGB")


def _segments(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Marker, content and raw bytes of each segment; the compressed picture belongs to the segment before it."""
    at = 2
    while at < len(data) - 1:
        if data[at] != 0xFF:
            raise CannotInspect(_BROKEN)
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
    raise CannotInspect(_BROKEN)


def _is_profile(marker: int, content: bytes) -> bool:
    return marker == 0xE2 and content.startswith(b"ICC_PROFILE\x00")


def _of_jpeg(data: bytes, place: str) -> Iterator[Hidden]:
    length = 2
    for marker, content, raw in _segments(data):
        length += len(raw)
        if marker == 0xE1 and content.startswith(b"Exif\x00\x00"):
            yield from _of_exif(content[6:], place)
        elif marker == 0xFE or (
            0xE1 <= marker <= 0xEF and marker not in _KEPT_SEGMENTS and not _is_profile(marker, content)
        ):
            yield Hidden(Trace.METADATA, f"{place}，{_segment_name(marker, content)}", _words(content))
        elif marker == 0xE0 and (
            content.startswith(b"JFXX") or (len(content) > 14 and content[12] and content[13])
        ):
            yield Hidden(Trace.THUMBNAIL, place)
    if length < len(data):
        yield Hidden(Trace.TRAILING_DATA, place, _words(data[length : length + 4096]))


def _segment_name(marker: int, content: bytes) -> str:
    if marker == 0xFE:
        return "注释"
    if content.startswith(b"http://ns.adobe.com/"):
        return "XMP"
    return "IPTC" if content.startswith(b"Photoshop") else f"附加数据APP{marker - 0xE0}"


def _of_exif(content: bytes, place: str) -> Iterator[Hidden]:
    exif = Image.Exif()
    try:
        exif.load(b"Exif\x00\x00" + content)
        tags = {**dict(exif), **exif.get_ifd(ExifTags.IFD.Exif)}
        gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
        thumbnail = exif.get_ifd(ExifTags.IFD.IFD1)
    except (SyntaxError, ValueError, KeyError, TypeError, OSError, struct.error):
        yield Hidden(Trace.METADATA, f"{place}，EXIF", _words(content))
        return
    said = [
        f"{name}：{_value(value)}"
        for tag, value in tags.items()
        if (name := ExifTags.TAGS.get(tag, str(tag))) not in ("ExifOffset", "GPSInfo", *_WITHOUT_WORDS)
    ]
    yield Hidden(Trace.METADATA, f"{place}，EXIF", "；".join(said))
    if gps:
        said = [f"{ExifTags.GPSTAGS.get(tag, str(tag))}：{_value(value)}" for tag, value in gps.items()]
        yield Hidden(Trace.LOCATION, place, "；".join(said))
    if thumbnail:
        yield Hidden(Trace.THUMBNAIL, place)


def _value(value: Any) -> str:
    if isinstance(value, bytes):
        wide = value.count(b"\x00") * 3 > len(value)
        return value.decode("utf-16-le" if wide else "utf-8", "replace").strip("\x00")
    if isinstance(value, str):  # read as Latin whatever the camera or the phone wrote
        try:
            return _decoded(value.encode("latin-1")).strip("\x00")
        except UnicodeEncodeError:
            return value.strip("\x00")
    return str(value)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    at = 8
    while at < len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if end > len(data):
            raise CannotInspect(_BROKEN)
        yield kind, data[at + 8 : end - 4], data[at:end]
        at = end
        if kind == b"IEND":
            return
    raise CannotInspect(_BROKEN)


def _of_png(data: bytes, place: str) -> Iterator[Hidden]:
    length = 8
    for kind, content, raw in _chunks(data):
        length += len(raw)
        if kind == b"eXIf":
            yield from _of_exif(content, place)
        elif kind in _TEXT_CHUNKS:
            yield Hidden(Trace.METADATA, f"{place}，{kind.decode()}", _text_of_chunk(kind, content))
        elif kind not in _KEPT_CHUNKS:
            yield Hidden(Trace.METADATA, f"{place}，附加数据{kind.decode('latin-1')}", _words(content))
    if length < len(data):
        yield Hidden(Trace.TRAILING_DATA, place, _words(data[length : length + 4096]))


def _text_of_chunk(kind: bytes, content: bytes) -> str:
    word, _, rest = content.partition(b"\x00")
    if kind == b"zTXt":
        rest = _inflated(rest[1:])
    elif kind == b"iTXt":
        flag, rest = rest[:1], rest[2:]
        rest = rest.split(b"\x00", 2)[-1]
        rest = _inflated(rest) if flag == b"\x01" else rest
    said = rest.decode("utf-8", "replace") if kind == b"iTXt" else _decoded(rest)
    return f"{word.decode('latin-1')}：{said}"


def _inflated(content: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(content, 1024 * 1024)
    except zlib.error:
        return b""


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def _words(content: bytes) -> str:
    """Readable words in bytes of any kind, enough to know them by."""
    return " ".join(_PLAIN_WORDS.findall(content[:65_536].decode("utf-8", "replace")))

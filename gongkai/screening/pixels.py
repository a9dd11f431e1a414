"""像素. Pictures decoded: what stands under transparent pixels, and new files from what is seen alone (FIL-05)."""

import io
import struct
import zlib
from typing import Any

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from gongkai.screening.inspection import CannotInspect

MOST_PIXELS = 40_000_000
BROKEN = "图片不完整或者已损坏，无法打开，请重新取得完整的图片。"
_QUALITY = 92
_CLEAR = 4  # of 255: less is not seen on any ground
_LEAST = 16  # pixels that differ from the rest under what is clear; fewer make no letter


def opened(data: bytes) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = None  # our own limit is lower and refuses where that one only warns
    try:
        picture = Image.open(io.BytesIO(data), formats=("JPEG", "PNG"))
        if picture.width * picture.height > MOST_PIXELS:
            raise CannotInspect(f"图片超过{MOST_PIXELS // 10_000}万像素，请缩小后重新上传。")
        picture.load()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, struct.error, zlib.error) as error:
        if isinstance(error, CannotInspect):
            raise
        raise CannotInspect(BROKEN) from None
    return picture


def hides_a_picture(data: bytes) -> bool:
    """Whether the pixels that let everything through have colours of their own, more than one."""
    with opened(data) as picture:
        if picture.mode not in ("RGBA", "LA", "PA") and "transparency" not in picture.info:
            return False
        whole = picture.convert("RGBA")
    clear = _clear(whole)
    if clear.getbbox() is None:
        return False
    counts = whole.convert("RGB").histogram(clear)
    channels = (counts[start : start + 256] for start in (0, 256, 512))
    return any(sum(channel) - max(channel) >= _LEAST for channel in channels)


def _clear(picture: Image.Image) -> Image.Image:
    """A mask of the pixels that are not seen."""
    return picture.getchannel("A").point(lambda opaque: 255 if opaque <= _CLEAR else 0)


def _without_what_is_under(picture: Image.Image) -> Image.Image:
    whole = picture.convert("RGBA")
    whole.paste((255, 255, 255, 0), mask=_clear(whole))
    return whole


def same_pixels(data: bytes) -> bytes:
    """A PNG anew, as it is seen: for pictures inside documents whose file holds more than that."""
    with opened(data) as picture:
        alpha = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
        fresh = _without_what_is_under(picture) if alpha else picture.convert("RGB")
    out = io.BytesIO()
    fresh.save(out, "PNG")
    return out.getvalue()


def redrawn(data: bytes) -> bytes:
    """A new file from the pixels alone, the right way up, in the colours everybody shows."""
    is_jpeg = data.startswith(b"\xff\xd8")  # with a second picture behind the first, too
    concealing = not is_jpeg and hides_a_picture(data)
    with opened(data) as picture:
        upright: Image.Image = ImageOps.exif_transpose(picture)
        upright = _in_common_colours(_without_what_is_under(upright) if concealing else upright)
        if is_jpeg and upright.mode not in ("L", "RGB"):
            upright = upright.convert("RGB")
        fresh = Image.new(upright.mode, upright.size)
        if upright.mode == "P":
            fresh.putpalette(_used_palette(upright))
        fresh.paste(upright)
        out = io.BytesIO()
        if is_jpeg:
            fresh.save(out, "JPEG", quality=_QUALITY, subsampling=0)
        else:
            extra: dict[str, Any] = (
                {"transparency": upright.info["transparency"]}
                if "transparency" in upright.info and not concealing
                else {}
            )
            fresh.save(out, "PNG", optimize=False, **extra)
        return out.getvalue()


def _used_palette(picture: Image.Image) -> list[int]:
    """Colours that no pixel has are left black."""
    palette = picture.getpalette() or []
    for number, count in enumerate(picture.histogram()[: len(palette) // 3]):
        if not count:
            palette[3 * number : 3 * number + 3] = [0, 0, 0]
    return palette


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

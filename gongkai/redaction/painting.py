"""画成图片并涂盖. A page as a picture, with every box painted over its dots before anything is written.

What lies under a box is gone from the picture; equal pages under equal boxes give equal dots, whatever stood there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2
from PIL import Image, ImageChops

from gongkai.redaction import opening
from gongkai.redaction.box import Box, CannotRedact
from gongkai.redaction.labels import label

RESOLUTIONS = (150, 200, 300)  # dots an inch
USUAL = 200
MARGIN = 0.5  # points around every box, beside the rounding outwards: the soft edge of strokes
FILL = 0  # black
MOST_DOTS = 16_000_000  # of one page; a larger page is drawn with fewer dots an inch
_LEAST_RESOLUTION = 72
_POINTS_PER_INCH = 72
_LEAST_COLOUR = 8  # of 255 between the three colours of a dot: below, the page is grey


@dataclass(frozen=True, slots=True)
class Picture:
    """一页的图片. ``resolution`` is what was really used, in dots an inch."""

    image: Image.Image
    resolution: float


def drawn(data: bytes, number: int, resolution: float) -> Picture:
    """The page as seen, without boxes."""
    with opening.document(data) as held, opening.page(held, number) as shown:
        return _drawn(shown, number, resolution)


def redacted(data: bytes, first: int, last: int, boxes: Sequence[Box], resolution: float) -> list[Picture]:
    """The pages ``first`` to ``last``, painted."""
    pictures = []
    with opening.document(data) as held:
        for number in range(first, min(last, len(held)) + 1):
            with opening.page(held, number) as shown:
                picture = _drawn(shown, number, resolution)
            paint(picture.image, [box for box in boxes if box.area.page == number], picture.resolution)
            pictures.append(Picture(_plain(picture.image), picture.resolution))
    return pictures


def paint(image: Image.Image, boxes: Sequence[Box], resolution: float) -> None:
    """All boxes first, then the words in them, so that no box covers another's words by half."""
    scale = resolution / _POINTS_PER_INCH
    places = [dots_of(box, image.size, scale) for box in boxes]
    for left, top, right, bottom in places:
        image.paste(FILL if image.mode == "L" else (FILL,) * 3, (left, top, right, bottom))
    for box, (left, top, right, bottom) in zip(boxes, places, strict=True):
        words = label(box.ground, right - left, bottom - top, scale)
        if words:
            at = (left + (right - left - words.width) // 2, top + (bottom - top - words.height) // 2)
            image.paste(words if image.mode == "L" else words.convert("RGB"), at)


def dots_of(box: Box, size: tuple[int, int], scale: float) -> tuple[int, int, int, int]:
    """The dots that a box takes, rounded outwards, within the page."""
    area = box.area
    return (
        max(0, int((area.left - MARGIN) * scale // 1)),
        max(0, int((area.top - MARGIN) * scale // 1)),
        min(size[0], int(-(-(area.right + MARGIN) * scale // 1))),
        min(size[1], int(-(-(area.bottom + MARGIN) * scale // 1))),
    )


def _drawn(shown: Any, number: int, resolution: float) -> Picture:
    width, height = opening.size(shown, number)
    most = _POINTS_PER_INCH * (MOST_DOTS / (width * height)) ** 0.5
    used = min(resolution, float(int(most)))
    if used < _LEAST_RESOLUTION:
        raise CannotRedact(
            f"第{number}页太大（宽{width / 72 * 2.54:.0f}厘米、高{height / 72 * 2.54:.0f}厘米），画成图片后看不清。"
            "请先缩印或者分成几页。"
        )
    try:
        bitmap = shown.render(
            scale=used / _POINTS_PER_INCH, may_draw_forms=False, draw_annots=False, rev_byteorder=True
        )
    except pypdfium2.PdfiumError:
        raise CannotRedact(f"第{number}页无法显示，PDF可能已损坏。请重新生成。") from None
    image = bitmap.to_pil()
    return Picture(image if image.mode in ("L", "RGB") else image.convert("RGB"), used)


def _plain(image: Image.Image) -> Image.Image:
    """Grey where there is no colour: a third of the size."""
    if image.mode == "L":
        return image
    red, green, blue = image.split()
    coloured = ImageChops.lighter(ImageChops.difference(red, green), ImageChops.difference(green, blue))
    return image if any(coloured.histogram()[_LEAST_COLOUR:]) else image.convert("L")

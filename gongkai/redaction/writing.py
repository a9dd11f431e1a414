"""写出新的PDF. A file of pictures and nothing else, written by ourselves: no part of the original can come along.

No text, font, form, note, attachment, property, date or identifier; equal pictures give equal bytes.
"""

import io
import struct
from collections.abc import Iterable
from dataclasses import dataclass

from PIL import Image

from gongkai.redaction.box import CannotRedact
from gongkai.redaction.painting import Picture

LARGEST = 100 * 1024 * 1024
_POINTS_PER_INCH = 72
_LARGE_PAGE = 800_000  # bytes; scans and photographs beyond are drawn in sixteen shades
_SHADE = 17
_CAREFUL, _QUICK, _HURRIED = 6, 3, 1


@dataclass(frozen=True, slots=True)
class Packed:
    """压缩好的一页."""

    width: int
    height: int
    colours: int
    resolution: float
    data: bytes


def packed(picture: Picture) -> Packed:
    """Without loss, so that a painted dot stays as painted; a large page in fewer shades, black and white kept."""
    image = picture.image
    data = _deflated(image, level=_HURRIED)
    if len(data) < 2 * _LARGE_PAGE:  # what even a hurried packing makes twice too large needs no careful one
        data = _deflated(image)
    if len(data) > _LARGE_PAGE:
        image = shaded(image)
        data = _deflated(image, level=_QUICK)
    return Packed(image.width, image.height, len(image.getbands()), picture.resolution, data)


def shaded(image: Image.Image) -> Image.Image:
    """In sixteen shades of each colour; black stays black and white white."""
    return image.point([value // 16 * _SHADE for value in range(256)] * len(image.getbands()))


def document(pages: Iterable[Packed]) -> bytes:
    """The whole file. Raises CannotRedact when it becomes too large."""
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    offsets: dict[int, int] = {}
    kids: list[int] = []

    def put(number: int, body: bytes) -> None:
        offsets[number] = out.tell()
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
        if out.tell() > LARGEST:
            raise CannotRedact(
                f"制作出的PDF超过{LARGEST // 1024 // 1024}MB。请选较低的分辨率，或者分成几个文件。"
            )

    number = 3
    for page in pages:
        across = _number(page.width * _POINTS_PER_INCH / page.resolution)
        down = _number(page.height * _POINTS_PER_INCH / page.resolution)
        drawing = content(across, down)
        kids.append(number)
        put(
            number,
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %b %b]/Resources<</XObject<</I %d 0 R>>>>/Contents %d 0 R>>"
            % (across, down, number + 2, number + 1),
        )
        put(number + 1, b"<</Length %d>>\nstream\n%b\nendstream" % (len(drawing), drawing))
        space = b"/DeviceGray" if page.colours == 1 else b"/DeviceRGB"
        put(
            number + 2,
            b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace%b/BitsPerComponent 8/Filter/FlateDecode"
            b"/DecodeParms<</Predictor 15/Colors %d/BitsPerComponent 8/Columns %d>>/Length %d>>\nstream\n%b\nendstream"
            % (page.width, page.height, space, page.colours, page.width, len(page.data), page.data),
        )
        number += 3
    put(1, b"<</Type/Catalog/Pages 2 0 R>>")
    put(2, b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids)))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % number)
    out.writelines(b"%010d 00000 n \n" % offsets[each] for each in range(1, number))
    out.write(b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (number, start))
    return out.getvalue()


def content(width: bytes, height: bytes) -> bytes:
    """What draws a page: its one picture over all of it."""
    return b"q %b 0 0 %b 0 0 cm /I Do Q" % (width, height)


def _number(value: float) -> bytes:
    return f"{value:.4f}".rstrip("0").rstrip(".").encode()


def _deflated(image: Image.Image, level: int = _CAREFUL) -> bytes:
    """The rows as PNG packs them, which is what a PDF calls predictor 15."""
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=level)
    data, at, pieces = out.getvalue(), 8, []
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        if data[at + 4 : at + 8] == b"IDAT":
            pieces.append(data[at + 8 : at + 8 + length])
        at += 12 + length
    return b"".join(pieces)

"""再打开、再查找. The finished file is opened again and everything in it is looked at before it may leave.

It must be pictures and nothing else, by a list of what may be there; what is not on the list is itself a finding, and is
searched besides. No finding repeats what was covered.
"""

import io
import re
import zlib
from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf
import pypdfium2
from PIL import Image, ImageChops

from gongkai.redaction.box import Box
from gongkai.redaction.needles import Needles
from gongkai.redaction.painting import dots_of, paint
from gongkai.redaction.writing import content, shaded

MOST_FINDINGS = 50
_CATALOG = {"/Type", "/Pages"}
_TREE = {"/Type", "/Count", "/Kids"}
_PAGE = {"/Type", "/Parent", "/MediaBox", "/Resources", "/Contents"}
_PICTURE = {
    "/Type",
    "/Subtype",
    "/Width",
    "/Height",
    "/ColorSpace",
    "/BitsPerComponent",
    "/Filter",
    "/DecodeParms",
    "/Length",
}
_COLOURS = {"/DeviceGray": 1, "/DeviceRGB": 3}
_TRAILER = {"/Size", "/Root"}
_PACKED = re.compile(rb"/Columns \d{1,6}>>/Length (\d{1,9})>>\nstream\n")
_NOT_OPENED = "成品无法再打开"


class Findings(list[str]):
    """查出的问题. Told once each, and not without end."""

    def tell(self, what: str) -> None:
        if what not in self and len(self) < MOST_FINDINGS:
            self.append(what)


def whole(output: bytes, needles: Needles, pages: int) -> tuple[Findings, dict[str, int]]:
    """Everything but the dots: structure, text, streams, properties, attachments, and the bytes as they lie."""
    found = Findings()
    counts = {"objects": 0, "streams": 0, "letters": 0, "bytes": len(output)}
    _bytes(output, needles, found)
    try:
        with pikepdf.open(io.BytesIO(output), attempt_recovery=False) as pdf:
            _trailer(pdf, needles, found)
            for each in pdf.objects:
                counts["objects"] += 1
                counts["streams"] += isinstance(each, pikepdf.Stream)
            _structure(pdf, needles, found)
            if len(pdf.pages) != pages:
                found.tell(f"成品有{len(pdf.pages)}页，原件有{pages}页")
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, RecursionError):
        found.tell(_NOT_OPENED)
    counts["letters"] = _text(output, needles, found)
    return found, counts


def pictures(output: bytes, boxes: Sequence[Box], first: int, last: int) -> Findings:
    """The dots of the pages ``first`` to ``last``: under every box the one colour and the words of its ground."""
    found = Findings()
    try:
        with pikepdf.open(io.BytesIO(output), attempt_recovery=False) as pdf:
            for number in range(first, min(last, len(pdf.pages)) + 1):
                on_page = [box for box in boxes if box.area.page == number]
                _picture(pdf.pages[number - 1].obj, number, on_page, found)
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, KeyError, AttributeError, RecursionError):
        found.tell(_NOT_OPENED)
    return found


def _bytes(output: bytes, needles: Needles, found: Findings) -> None:
    end = output.rfind(b"%%EOF")
    if output.count(b"%%EOF") != 1 or output[end + 5 :].strip(b"\r\n"):
        found.tell("成品的结尾之后还有数据，或者存有以前的版本")
    for number in needles.long_in(_without_dots(output)):
        found.tell(f"成品的字节中有被遮盖的内容（第{number}项）")


def _without_dots(output: bytes) -> bytes:
    """The bytes but for the packed dots: these are proved dot by dot, and searching them for every word takes minutes."""
    kept, at = [], 0
    for picture in _PACKED.finditer(output):
        if picture.start() >= at:
            kept.append(output[at : picture.end()])
            at = picture.end() + int(picture[1])
    kept.append(output[at:])
    return b"".join(kept)


def _trailer(pdf: pikepdf.Pdf, needles: Needles, found: Findings) -> None:
    for key in set(map(str, pdf.trailer.keys())) - _TRAILER:
        found.tell("成品带有文件属性" if key == "/Info" else f"成品的尾部有{key[1:]}")
    if "/Info" in pdf.trailer:
        _words(pdf.trailer["/Info"], "文件属性", needles, found)
    if "/Metadata" in pdf.Root:
        found.tell("成品带有元数据（XMP）")
    for name, attached in pdf.attachments.items():
        found.tell("成品带有附件")
        _told(needles.in_text(name), "附件名称", found)
        _told(needles.in_bytes(attached.get_file().read_bytes()), "附件", found)


def _structure(pdf: pikepdf.Pdf, needles: Needles, found: Findings) -> None:
    """Each object is one that a file of pictures needs, with the entries that it needs, or a finding."""
    expected = {pdf.Root.objgen: _CATALOG, pdf.Root.Pages.objgen: _TREE}
    drawings: dict[tuple[int, int], bytes] = {}
    shown: set[tuple[int, int]] = set()
    for page in pdf.pages:
        expected[page.obj.objgen] = _PAGE
        drawing, picture = page.obj.get("/Contents"), _picture_of(page.obj)
        box = page.obj.get("/MediaBox", pikepdf.Array())
        if isinstance(drawing, pikepdf.Stream) and len(box) == 4:
            drawings[drawing.objgen] = content(*(str(value).encode() for value in list(box)[2:]))
        if picture is not None:
            shown.add(picture.objgen)
    for each in pdf.objects:
        if isinstance(each, pikepdf.Stream):
            if each.objgen in shown and set(map(str, each.keys())) <= _PICTURE:
                continue
            if each.objgen in drawings and set(map(str, each.keys())) <= {"/Length"}:
                if each.read_bytes() != drawings[each.objgen]:
                    found.tell("成品的页面上除图片外还画有别的内容")
                    _told(needles.in_bytes(each.read_bytes()), "页面内容", found)
                continue
            found.tell("成品中有图片以外的数据流")
            _words(each, "数据流", needles, found)
        elif isinstance(each, pikepdf.Dictionary) and each.objgen in expected:
            more = set(map(str, each.keys())) - expected[each.objgen]
            for key in sorted(more):
                found.tell(f"成品中有不应有的{_NAMES.get(key, key[1:])}")
                _words(each[key], _NAMES.get(key, key[1:]), needles, found)
        elif each is not None:
            found.tell("成品中有页面用不到的对象")
            _words(each, "多余的对象", needles, found)


_NAMES = {
    "/Annots": "批注或者表单域",
    "/AcroForm": "表单",
    "/Metadata": "元数据",
    "/Names": "附件或者脚本",
    "/OpenAction": "自动动作",
    "/AA": "自动动作",
    "/AF": "关联文件",
    "/PieceInfo": "程序的私有数据",
    "/Thumb": "缩略图",
    "/OCProperties": "图层",
    "/Outlines": "书签",
    "/StructTreeRoot": "结构标记",
}


def _picture_of(page: Any) -> Any:
    resources = page.get("/Resources")
    if not isinstance(resources, pikepdf.Dictionary) or set(map(str, resources.keys())) != {"/XObject"}:
        return None
    drawn = resources["/XObject"]
    if not isinstance(drawn, pikepdf.Dictionary) or set(map(str, drawn.keys())) != {"/I"}:
        return None
    return drawn["/I"] if isinstance(drawn["/I"], pikepdf.Stream) else None


def _words(value: Any, place: str, needles: Needles, found: Findings, depth: int = 0) -> None:
    """Every string and every stream in an object, as far as it reaches by itself."""
    if depth > 8:
        return
    if isinstance(value, pikepdf.String):
        _told(needles.in_text(str(value)), place, found)
        _told(needles.in_bytes(bytes(value)), place, found)
    elif isinstance(value, pikepdf.Stream):
        try:
            read = value.read_bytes()
        except pikepdf.PdfError:
            read = value.read_raw_bytes()
        _told(needles.in_bytes(read), place, found)
        for key, each in value.items():
            if key != "/Length":
                _words(each, place, needles, found, depth + 1)
    elif isinstance(value, pikepdf.Dictionary):
        for key, each in value.items():
            if key not in ("/Parent", "/P", "/Pages"):
                _words(each, place, needles, found, depth + 1)
    elif isinstance(value, pikepdf.Array):
        for each in value:
            _words(each, place, needles, found, depth + 1)
    elif isinstance(value, pikepdf.Name):
        _told(needles.in_text(str(value)), place, found)


def _text(output: bytes, needles: Needles, found: Findings) -> int:
    """What a reader can select, copy or search: there must be nothing at all."""
    letters = 0
    try:
        document = pypdfium2.PdfDocument(io.BytesIO(output))
    except pypdfium2.PdfiumError:
        found.tell(_NOT_OPENED)
        return 0
    with document:
        for number, page in enumerate(document, 1):
            textpage = page.get_textpage()
            text = textpage.get_text_range() if textpage.count_chars() else ""
            if text.strip():
                letters += len(text)
                found.tell(f"成品第{number}页还有可以复制的文字")
                _told(needles.in_text(text), f"第{number}页的文字", found)
            textpage.close()
            page.close()
    return letters


def _told(numbers: Iterator[int], place: str, found: Findings) -> None:
    for number in numbers:
        found.tell(f"{place}中有被遮盖的内容（第{number}项）")


def _picture(page: Any, number: int, boxes: Sequence[Box], found: Findings) -> None:
    stream = _picture_of(page)
    colours = _COLOURS.get(str(stream.get("/ColorSpace"))) if stream is not None else None
    if colours is None:
        found.tell(f"成品第{number}页不是一张图片")
        return
    size = (int(stream.Width), int(stream.Height))
    packer = zlib.decompressobj()
    packer.decompress(stream.read_raw_bytes())
    data = stream.read_bytes()
    if not packer.eof or packer.unused_data or len(data) != size[0] * size[1] * colours:
        found.tell(f"成品第{number}页的图片里有多余的数据")
        return
    image = Image.frombytes("L" if colours == 1 else "RGB", size, data)
    resolution = round(size[0] * 72 / float(page.MediaBox[2]), 2)
    expected = Image.new(image.mode, size, "white")
    paint(expected, boxes, resolution)
    for box in boxes:
        place = dots_of(box, size, resolution / 72)
        painted, wanted = image.crop(place), expected.crop(place)
        if _differ(painted, wanted) and _differ(painted, shaded(wanted)):
            found.tell(f"成品第{number}页有遮盖框没有涂实")


def _differ(one: Image.Image, other: Image.Image) -> bool:
    return ImageChops.difference(one, other).getbbox() is not None

"""PDF的页面. Letters that the file holds and the page does not show, by comparing the text with the picture of the page.

A letter is seen when there is ink in its place: under a black box, in white on white, without ink or outside the page
there is none. This judges what a reader sees, however it was hidden.
"""

import ctypes
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pdfplumber
import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from pdfminer.layout import LTChar, LTContainer, LTCurve, LTImage, LTRect
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from PIL import Image

from gongkai.screening.inspection import CannotInspect, Hidden, Trace
from gongkai.screening.pdf import opened
from gongkai.screening.seen import squeezed

_SCALE = 2.0  # 144 dots an inch: thin strokes still leave ink
_LEAST_CONTRAST = 24  # of 255 between the lightest and the darkest dot in a letter's place
_MOST_SIDE = 4_000  # dots; a larger page is drawn smaller
_SCANNED_SHARE = 0.5  # of the page covered by one picture
_FEW_LETTERS = 20
_COVERED = "PDF里还有看不见的文字，复制即可读到。请在原稿中删去这些文字后重新生成PDF，或者使用系统的遮盖功能；不要用色块盖住。"
_BROKEN = "PDF不完整或者已损坏，无法打开，请重新生成。"
_UNSEEN_SIGNS = frozenset(" \t\r\n\u00a0\u3000\ufffe\ufeff\u00ad\x02")
_WITHOUT_INK = frozenset("\u200b\u200c\u200d\u2028\u2029")


@dataclass(frozen=True, slots=True)
class Pages:
    """各页: the text that is seen, what is not, and the pages that are pictures."""

    text: str
    hidden: tuple[Hidden, ...]
    scanned: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Letters:
    """一页的字: with ink, without, and beyond the edge of the paper."""

    seen: str
    unseen: str
    outside: str = ""


def read(data: bytes) -> Pages:
    read: list[_Letters] = []
    scanned: list[int] = []
    blind = _pages_with_missing_fonts(data)
    with _document(data) as document:
        for number, page in enumerate(document, 1):
            read.append(_letters(page) if number not in blind else _by_order(data, page, number))
            if _is_scanned(page, read[-1].seen + read[-1].unseen):
                scanned.append(number)
            page.close()
    hidden = (
        Hidden(Trace.COVERED_TEXT, f"第{number}页", unseen, cleanable=False, advice=_COVERED)
        for number, each in enumerate(read, 1)
        if (unseen := each.unseen + each.outside).strip() and not _goes_on_beside(read, number)
    )
    return Pages("\n".join(each.seen for each in read), tuple(hidden), tuple(scanned))


def _goes_on_beside(read: list[_Letters], number: int) -> bool:
    """A wide table or a chart is cut at the edge of the paper; all of it is drawn on both pages, and seen on one each."""
    page = read[number - 1]
    words = (page.unseen + page.outside).split()
    beside = [
        squeezed(each.seen) for each in (*read[max(number - 2, 0) : number - 1], *read[number : number + 1])
    ]
    return bool(page.outside.strip()) and any(all(word in each for word in words) for each in beside)


def words_of(data: bytes) -> str:
    """All letters of all pages, seen or not."""
    with _document(data) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def _document(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(io.BytesIO(data))
    except pypdfium2.PdfiumError:
        raise CannotInspect(_BROKEN) from None


def _letters(page: Any) -> _Letters:
    textpage = page.get_textpage()
    count = textpage.count_chars()
    text = textpage.get_text_range() if count else ""
    codes = [pdfium.FPDFText_GetUnicode(textpage, at) for at in range(count)]
    picture, scale, origin, height = _drawn(page)
    seen, unseen, outside = (list[str]() for _ in range(3))
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for at, code in enumerate(codes):
        letter = chr(code)
        if letter in _UNSEEN_SIGNS or letter in _WITHOUT_INK or not letter.isprintable():
            for each in (seen, unseen, outside):
                if each and each[-1] != "\n":
                    each.append("\n" if letter in "\r\n" else " ")
            continue
        if pdfium.FPDFText_IsGenerated(textpage, at) == 1:
            continue
        pdfium.FPDFText_GetCharBox(textpage, at, left, right, bottom, top)
        box = (
            (left.value - origin) * scale,
            (height - top.value) * scale,
            (right.value - origin) * scale,
            (height - bottom.value) * scale,
        )
        inside = box[0] < picture.width and box[1] < picture.height and box[2] > 0 and box[3] > 0
        (seen if _has_ink(picture, box) else unseen if inside else outside).append(letter)
    textpage.close()
    told = _Letters("".join(seen), "".join(unseen), "".join(outside))
    return told if (told.unseen + told.outside).strip() else _Letters(text.replace("\r\n", "\n"), "")


def _drawn(page: Any) -> tuple[Image.Image, float, float, float]:
    """The page upright, dots a point, and where its left and top edges lie in its own measure."""
    page.set_rotation(0)
    left, _, _, top = page.get_cropbox()
    scale = min(_SCALE, _MOST_SIDE / max(*page.get_size(), 1.0))
    picture = page.render(scale=scale, grayscale=True, may_draw_forms=True, draw_annots=True).to_pil()
    return picture, scale, left, top


def _has_ink(picture: Image.Image, box: tuple[float, float, float, float]) -> bool:
    left, top = max(int(box[0]) - 1, 0), max(int(box[1]) - 1, 0)
    right, bottom = min(int(box[2]) + 2, picture.width), min(int(box[3]) + 2, picture.height)
    if right - left < 1 or bottom - top < 1:
        return False
    lightest_and_darkest = picture.crop((left, top, right, bottom)).getextrema()
    darkest, lightest = lightest_and_darkest  # one band: grey
    return bool(lightest - darkest >= _LEAST_CONTRAST)  # type: ignore[operator]


def _is_scanned(page: Any, letters: str) -> bool:
    width, height = page.get_size()
    area = max(width * height, 1.0)
    largest, objects = 0.0, 0
    for item in page.get_objects(max_depth=4):
        objects += 1
        if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = item.get_bounds()
            largest = max(largest, (right - left) * (top - bottom) / area)
    few = len("".join(letters.split())) < _FEW_LETTERS
    return largest >= _SCANNED_SHARE or (few and objects > 0 and largest > 0)


def _pages_with_missing_fonts(data: bytes) -> set[int]:
    """Pages with a font that is not in the file and that this machine may not have: their ink proves nothing."""
    blind: set[int] = set()
    with opened(data) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            fonts = (page.obj.get("/Resources") or pikepdf.Dictionary()).get("/Font", pikepdf.Dictionary())
            if any(_is_missing(font) for font in fonts.values()):
                blind.add(number)
    return blind


def _is_missing(font: Any) -> bool:
    """A composite font without its outlines; PDFium has the fourteen Latin ones itself."""
    if font.get("/Subtype") != pikepdf.Name.Type0:
        return False
    for each in font.get("/DescendantFonts", pikepdf.Array()):
        descriptor = each.get("/FontDescriptor", pikepdf.Dictionary())
        if any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
            return False
    return True


def _by_order(data: bytes, page: Any, number: int) -> _Letters:
    """Where ink proves nothing: letters over which something solid is drawn later."""
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            layout = document.pages[number - 1].layout
            drawn = list(_flat(layout))
    except (PDFException, PSException, ValueError, KeyError, TypeError, RecursionError):
        raise CannotInspect(_BROKEN) from None
    seen: list[str] = []
    unseen: list[str] = []
    covers: list[tuple[float, float, float, float]] = []
    for item in reversed(drawn):
        if isinstance(item, LTChar):
            (unseen if any(_covers(cover, item.bbox) for cover in covers) else seen).append(item.get_text())
        elif isinstance(item, LTImage) or (isinstance(item, LTRect | LTCurve) and item.fill):
            covers.append(item.bbox)
    return _Letters("".join(reversed(seen)), "".join(reversed(unseen)))


def _flat(item: Any) -> Iterator[Any]:
    if isinstance(item, LTContainer):
        for each in item:
            yield from _flat(each)
    else:
        yield item


def _covers(cover: tuple[float, float, float, float], letter: tuple[float, float, float, float]) -> bool:
    across = (letter[0] + letter[2]) / 2
    up = (letter[1] + letter[3]) / 2
    return cover[0] <= across <= cover[2] and cover[1] <= up <= cover[3]

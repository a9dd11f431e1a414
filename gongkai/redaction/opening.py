"""打开要遮盖的PDF. What may be taken, and each page as it is seen: turned upright, cropped, filled forms and stamps merged in.

Reading and drawing go by the same page, so that what is searched is what is drawn.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from gongkai.redaction.box import CannotRedact, Page
from gongkai.screening.kinds import kind_of
from gongkai.screening.pdf import opened

MOST_PAGES = 1_000
MOST_LETTERS = 100_000  # of one page
LONGEST_SIDE = 14_400  # points, 200 inches: the largest page of the PDF standard before its own unit
DEEPEST = 8  # drawings within drawings
# Of the page covered by pictures: a card of identity; a seal or a sign of the office is smaller.
_PICTURED_SHARE = 0.05
_FEW_LETTERS = 20
_LINES_OF_A_FRAME = 60  # segments: more, on a page of next to no letters, are letters drawn as outlines
_UNREADABLE_SHARE = 0.2  # of the letters of a page: a font that does not say which letters it draws
_CURVES_OF_A_SIGN = 100  # more are letters drawn as outlines, or a drawing that may hold some
_LOOKED_AT = 1_000  # segments of one path
_DRAWN = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH)
_BROKEN = "PDF不完整或者已损坏，无法打开。请重新生成，或者重新取得完整的文件。"


def require_taken(name: str, data: bytes) -> int:
    """The number of pages. Raises CannotInspect for what is no PDF, is locked, damaged, too large, or shows nothing by itself."""
    if not name.lower().endswith(".pdf"):
        raise CannotRedact("只能遮盖PDF文件。其他文件请先另存或者打印成PDF，图片请先扫描成PDF。")
    kind_of(name, data)
    with opened(data) as pdf:
        count = len(pdf.pages)
        form = pdf.Root.get("/AcroForm")
        if isinstance(form, pikepdf.Dictionary) and "/XFA" in form and pdf.Root.get("/NeedsRendering", False):
            raise CannotRedact("PDF是动态表单，页面要由专门的软件生成。请在该软件中打印成PDF后重新上传。")
    if count > MOST_PAGES:
        raise CannotRedact(f"PDF有{count}页，一次最多遮盖{MOST_PAGES}页，请分成几个文件。")
    return count


def pages(data: bytes, first: int, last: int) -> list[Page]:
    """The pages ``first`` to ``last`` as seen."""
    found: list[Page] = []
    unread = _painted_with_words(data, first, last)
    with document(data) as held:
        for number in range(first, min(last, len(held)) + 1):
            with page(held, number) as shown:
                width, height = size(shown, number)
                letters = shown.get_textpage().count_chars()
                scanned = number in unread or _is_scanned(shown, letters)
                found.append(Page(number, width, height, letters, scanned))
    return found


@contextmanager
def document(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    try:
        held = pypdfium2.PdfDocument(io.BytesIO(data))
    except pypdfium2.PdfiumError:
        raise CannotRedact(_BROKEN) from None
    try:
        held.init_forms()
        yield held
    finally:
        held.close()


@contextmanager
def page(held: pypdfium2.PdfDocument, number: int) -> Iterator[Any]:
    """One page with its fields, stamps and text boxes merged into it, as on screen; what is hidden stays out."""
    try:
        shown = held[number - 1]
        if pdfium.FPDFPage_GetAnnotCount(shown):
            merged = pdfium.FPDFPage_Flatten(shown, pdfium.FLAT_NORMALDISPLAY)
            shown.close()
            if merged == pdfium.FLATTEN_FAIL:
                raise CannotRedact(f"第{number}页的表单或者批注无法展开。请打印成PDF后重新上传。")
            shown = held[number - 1]
    except pypdfium2.PdfiumError:
        raise CannotRedact(f"第{number}页无法打开，PDF可能已损坏。请重新生成。") from None
    try:
        yield shown
    finally:
        shown.close()


def size(shown: Any, number: int) -> tuple[float, float]:
    width, height = shown.get_size()
    if not (1 <= width <= LONGEST_SIDE and 1 <= height <= LONGEST_SIDE):
        raise CannotRedact(f"第{number}页的尺寸不正常（宽{width:.0f}点、高{height:.0f}点）。请重新生成PDF。")
    return float(width), float(height)


def _painted_with_words(data: bytes, first: int, last: int) -> set[int]:
    """Pages that paint an area with a pattern made of letters: they are seen, and no search reads them."""
    with opened(data) as pdf:
        return {
            number
            for number in range(first, min(last, len(pdf.pages)) + 1)
            for pattern in _patterns(pdf.pages[number - 1])
            if "/Font" in _entries(pattern, "/Resources")
        }


def _patterns(made: pikepdf.Page) -> Iterator[pikepdf.Object]:
    node: Any = made.obj
    for _ in range(DEEPEST):  # resources may stand in the tree above the page
        if "/Resources" in node or not isinstance(node.get("/Parent"), pikepdf.Dictionary):
            break
        node = node["/Parent"]
    yield from dict(_entries(_entries(node, "/Resources"), "/Pattern")).values()


def _entries(held: Any, key: str) -> Any:
    """A dictionary in a dictionary or stream; an empty one for whatever else stands there."""
    found = held.get(key) if isinstance(held, pikepdf.Dictionary | pikepdf.Stream) else None
    return found if isinstance(found, pikepdf.Dictionary) else pikepdf.Dictionary()


def _is_scanned(shown: Any, letters: int) -> bool:
    """A page with words that are a picture, outlines, or letters without a code: what is searched for is not found there."""
    width, height = shown.get_size()
    left, bottom, right, top = shown.get_bbox()
    area = max((right - left) * (top - bottom), width * height * 0.01, 1.0)
    pictured, segments, curves = 0.0, 0, 0
    for item in shown.get_objects(filter=_DRAWN, max_depth=DEEPEST):
        if item.type == pdfium.FPDF_PAGEOBJ_PATH:
            segments += max(0, pdfium.FPDFPath_CountSegments(item))
            curves += _curves(item) if curves <= _CURVES_OF_A_SIGN else 0
            continue
        try:
            a, b, c, d = item.get_bounds()
        except pypdfium2.PdfiumError:
            continue
        pictured += (c - a) * (d - b) / area  # a scanner may cut its page into strips
    if pictured >= _PICTURED_SHARE or curves > _CURVES_OF_A_SIGN:
        return True
    if letters < _FEW_LETTERS:
        return pictured > 0 or segments > _LINES_OF_A_FRAME
    return _is_without_codes(shown, letters)


def _curves(path: Any) -> int:
    """曲线: letters are drawn with many, frames and tables with none."""
    count = min(max(0, pdfium.FPDFPath_CountSegments(path)), _LOOKED_AT)
    segments = (pdfium.FPDFPath_GetPathSegment(path, at) for at in range(count))
    return sum(pdfium.FPDFPathSegment_GetType(each) == pdfium.FPDF_SEGMENT_BEZIERTO for each in segments)


def _is_without_codes(shown: Any, letters: int) -> bool:
    textpage = shown.get_textpage()
    codes = [pdfium.FPDFText_GetUnicode(textpage, at) for at in range(min(letters, MOST_LETTERS))]
    textpage.close()
    unreadable = sum(code in (0, 0xFFFD) or 0xE000 <= code <= 0xF8FF for code in codes)
    return bool(unreadable >= _UNREADABLE_SHARE * letters)

"""扫描件和图片. Reading pages that hold no text by OCR, an optional part of the installation (``gongkai[ocr]``)."""

from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

from gongkai.report.model import Note, NoteKind
from gongkai.report.read.document import CannotRead, Document

WITHOUT_OCR = (
    "文件是扫描件或者图片，其中没有文字，本机没有安装文字识别（OCR）："
    "请安装（pip install gongkai[ocr]），或者提供有文字的网页、Word或者PDF文件。"
)
MOST_PAGES = 20
SCAN_DPI = 200
_LONGEST_SIDE = 3_600  # pixels; a page of A4 at 300 dpi
_SHORTEST_SIDE = 1_600  # smaller pictures are enlarged, so that strokes keep their measure


class NeedsOcr(CannotRead):
    """没有文字. The ordinary child meets such a file; another with larger limits reads it."""

    def __init__(self) -> None:
        super().__init__(WITHOUT_OCR)


def is_installed() -> bool:
    """Whether the optional packages are there."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime", "cv2"))


def read_scan(data: bytes, *, is_pdf: bool) -> Document:
    """The document on the pages of a PDF or of a picture, one page after another."""
    if not is_installed():
        raise NeedsOcr
    from gongkai.report.read.pages import blocks_of
    from gongkai.report.read.scan_pages import read_page
    from gongkai.report.read.scan_text import Recogniser

    images = _pages_of_pdf(data) if is_pdf else _pages_of_picture(data)
    recogniser = Recogniser()
    pages = [read_page(image, recogniser) for image in images]
    return Document(tuple(blocks_of(pages)), "scan", notes=(Note(NoteKind.SCANNED),))


def _pages_of_pdf(data: bytes) -> Iterator[Any]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        raise CannotRead("PDF不完整或者已损坏，无法打开，请重新取得完整的文件。") from None
    _require_few(len(document))
    for page in document:
        # As if the page were A4, whatever size it claims.
        scale = SCAN_DPI / 72 * min(1.0, 842 / max(page.get_width(), page.get_height(), 1.0))
        yield page.render(scale=scale, grayscale=True).to_numpy().squeeze()
        page.close()


def _pages_of_picture(data: bytes) -> Iterator[Any]:
    import cv2
    import numpy

    try:
        _, images = cv2.imdecodemulti(numpy.frombuffer(data, numpy.uint8), cv2.IMREAD_GRAYSCALE)
    except cv2.error:
        images = ()
    if not images:
        raise CannotRead("图片不完整、过大或者已损坏，无法打开，请重新取得完整的文件。")
    _require_few(len(images))
    for image in images:
        longest = max(image.shape)
        wanted = min(max(longest, _SHORTEST_SIDE), _LONGEST_SIDE)
        way = cv2.INTER_AREA if wanted < longest else cv2.INTER_CUBIC
        factor = wanted / longest
        yield image if wanted == longest else cv2.resize(image, None, fx=factor, fy=factor, interpolation=way)


def _require_few(pages: int) -> None:
    if pages > MOST_PAGES:
        raise CannotRead(f"扫描件有{pages}页，超过上限{MOST_PAGES}页，不像一份年度报告，未读取。")

"""扫描件和图片. Pages without text are refused with one sentence; reading them by OCR is not part of this version."""

from gongkai.report.read.document import CannotRead, Document

WITHOUT_TEXT = (
    "文件是扫描件或者图片，其中没有文字，本机没有可用的文字识别（OCR），请提供有文字的网页、Word或者PDF文件。"
)


def read_scanned_pdf(data: bytes) -> Document:
    """The pages of a PDF without text."""
    raise CannotRead(WITHOUT_TEXT)


def read_picture(data: bytes) -> Document:
    """A picture of a page."""
    raise CannotRead(WITHOUT_TEXT)

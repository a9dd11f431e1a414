"""扫描件和图片. Text recognition is an optional extra; without it one sentence says what to do."""

from gongkai.report.read.document import CannotRead, Document

NOT_INSTALLED = (
    "文件是扫描件或者图片，本机没有安装文字识别组件（OCR），请提供有文字的文件，或者请管理员安装后再试。"
)


def read_scanned_pdf(data: bytes) -> Document:
    """The pages of a PDF without text."""
    raise _refusal()


def read_picture(data: bytes) -> Document:
    """A picture of a page."""
    raise _refusal()


def _refusal() -> CannotRead:
    return CannotRead(NOT_INSTALLED)

"""文件类型. What a file is by its content; its name is only compared, never trusted."""

import re
from enum import StrEnum

from gongkai.report.read.archive import require_safe
from gongkai.report.read.document import CannotRead

LARGEST = 50 * 1024 * 1024
_START = 4096
_HTML = re.compile(
    rb"<\s*(?:!doctype\s+html|html|head|body|table|div|p|meta|span|h[1-6]|title|script|center|section|article)[\s>/]",
    re.IGNORECASE,
)
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE\s+(?!html)|ENTITY)", re.IGNORECASE)


class Kind(StrEnum):
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"
    TEXT = "text"
    JSON = "json"
    XLSX = "xlsx"  # and XLS, ET, ODS: any workbook
    LEGACY = "legacy"  # DOC, WPS, RTF, ODT: through LibreOffice
    PICTURE = "picture"


KIND_NAMES = {
    Kind.HTML: "网页",
    Kind.DOCX: "Word文件",
    Kind.PDF: "PDF文件",
    Kind.TEXT: "文本文件",
    Kind.JSON: "JSON文件",
    Kind.XLSX: "Excel文件",
    Kind.LEGACY: "旧版Word或者WPS文件",
    Kind.PICTURE: "图片",
}
_EXTENSIONS = {
    "html": Kind.HTML,
    "htm": Kind.HTML,
    "docx": Kind.DOCX,
    "pdf": Kind.PDF,
    "txt": Kind.TEXT,
    "md": Kind.TEXT,
    "json": Kind.JSON,
    **dict.fromkeys(("xlsx", "xls", "et", "ods"), Kind.XLSX),
    "doc": Kind.LEGACY,
    "wps": Kind.LEGACY,
    "rtf": Kind.LEGACY,
    "odt": Kind.LEGACY,
    **dict.fromkeys(("png", "jpg", "jpeg", "tif", "tiff", "bmp", "gif", "webp"), Kind.PICTURE),
}
_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_OTHER_FILES = (
    (b"Rar!", "RAR压缩包"),
    (b"7z\xbc\xaf", "7z压缩包"),
    (b"\x1f\x8b", "gzip压缩包"),
    (b"\x7fELF", "程序"),
    (b"MZ", "程序"),
)


def kind_of(data: bytes) -> Kind:
    """What the file is. What is empty, too large, encrypted or none of our kinds is refused."""
    if len(data) > LARGEST:
        raise too_large(len(data))
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise CannotRead("文件是空的，没有可以读取的内容。")
    start = data[:_START]
    if b"%PDF-" in start[:1024]:
        return Kind.PDF
    if start.startswith(b"PK"):
        return _kind_of_archive(data)
    if start.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _kind_of_compound(data)
    if start.lstrip().startswith(b"{\\rtf"):
        return Kind.LEGACY
    if start.startswith(_PICTURES) or (start.startswith(b"RIFF") and start[8:12] == b"WEBP"):
        return Kind.PICTURE
    for mark, name in _OTHER_FILES:
        if start.startswith(mark) and b"\x00" in start:
            raise CannotRead(f"文件是{name}，不是报告，请提供网页、Word、PDF或者文本文件。")
    return _kind_of_text(data)


def too_large(size: int) -> CannotRead:
    """The refusal of a file over the limit."""
    return CannotRead(f"文件有{size // 1024 // 1024}MB，超过上限{LARGEST // 1024 // 1024}MB，未读取。")


def kind_by_name(name: str) -> Kind | None:
    """What the name promises."""
    return _EXTENSIONS.get(name.rpartition(".")[2].lower()) if "." in name else None


def _kind_of_archive(data: bytes) -> Kind:
    names = set(require_safe(data))
    if "word/document.xml" in names:
        return Kind.DOCX
    if "content.xml" in names:
        return Kind.XLSX if _SPREADSHEET in data[:_START] else Kind.LEGACY
    if "xl/workbook.xml" in names:
        return Kind.XLSX
    if "OFD.xml" in names:
        raise CannotRead("文件是OFD格式，目前不能读取，请另存为PDF或者Word后提供。")
    if "ppt/presentation.xml" in names:
        raise CannotRead("文件是PPT演示文稿，不是报告，请提供网页、Word、PDF或者文本文件。")
    raise CannotRead("文件是压缩包，其中没有Word或者Excel正文，请解压后提供报告本身。")


def _kind_of_compound(data: bytes) -> Kind:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise CannotRead("文件已加密，请取消密码后重新提供。")
    if "Workbook".encode("utf-16-le") in data and "WordDocument".encode("utf-16-le") not in data:
        return Kind.XLSX
    return Kind.LEGACY


def _kind_of_text(data: bytes) -> Kind:
    start = data[:_START]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = start.decode("utf-16", "ignore").encode()
    if _DOCTYPE.search(start):
        raise CannotRead("文件含有文档类型或者实体声明，可能是攻击，未打开。")
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        return Kind.JSON
    return Kind.HTML if _HTML.search(start) else Kind.TEXT

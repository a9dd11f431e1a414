"""提交的文件. How many, how large and of which kinds; what is refused says so before anything is kept (FIL-01, FIL-02)."""

import io
import unicodedata
import zipfile
from collections.abc import Iterable

from django.core.files.uploadedfile import UploadedFile

from gongkai.portal.intake.accepting import HandedInFile

MEGABYTE = 1024 * 1024
LARGEST_FILE = 20 * MEGABYTE
LARGEST_TOGETHER = 40 * MEGABYTE
MOST_FILES = 10
KINDS = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "ofd": "application/ofd",
}
KINDS_IN_WORDS = "PDF、JPG、PNG、DOCX、OFD"
_BEGINNINGS = {"pdf": b"%PDF-", "jpg": b"\xff\xd8\xff", "jpeg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n"}
_INSIDE = {"docx": "word/document.xml", "ofd": "OFD.xml"}
_MOST_ENTRIES, _MOST_UNPACKED, _MOST_RATIO = 2_000, 200 * MEGABYTE, 100  # FIL-03
_LONGEST_NAME = 100
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


class FileRefused(Exception):
    """不能接收这个文件: one sentence for the person."""


def looked_at(files: Iterable[tuple[str, UploadedFile]]) -> list[HandedInFile]:
    """Role and file, each proved to be what its name says. Raises FileRefused, and nothing is kept."""
    found = [_one(role, file) for role, file in files]
    if len(found) > MOST_FILES:
        raise FileRefused(f"一次最多附{MOST_FILES}个文件，现在选了{len(found)}个。请合并后再选。")
    if sum(len(file.content) for file in found) > LARGEST_TOGETHER:
        raise FileRefused(f"文件合计超过{LARGEST_TOGETHER // MEGABYTE}MB。请压缩图片，或者改为邮寄。")
    return found


def _one(role: str, file: UploadedFile) -> HandedInFile:
    name = plain_name(file.name or "")
    ending = name.rpartition(".")[2].lower()
    if ending not in KINDS:
        raise FileRefused(f"“{name}”的类型不能接收。可以接收的类型：{KINDS_IN_WORDS}。")
    content = file.read()
    if not content:
        raise FileRefused(f"“{name}”是空文件，请重新选择。")
    if len(content) > LARGEST_FILE:
        raise FileRefused(f"“{name}”超过{LARGEST_FILE // MEGABYTE}MB，请压缩后再选。")
    if not _is_what_it_says(ending, content):
        raise FileRefused(f"“{name}”的内容与类型不符，或者已经损坏。请重新导出后再选。")
    return HandedInFile(role, name, KINDS[ending], content)


def plain_name(name: str) -> str:
    """The name without path, unseen characters and tricks of direction; its end is kept where it is too long."""
    last = name.replace("\\", "/").rpartition("/")[2]
    seen = "".join(c for c in last if unicodedata.category(c) not in _UNSEEN).strip()
    return seen[-_LONGEST_NAME:] or "未命名"


def _is_what_it_says(ending: str, content: bytes) -> bool:
    if ending in _BEGINNINGS:
        return content.startswith(_BEGINNINGS[ending])
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False
    unpacked = sum(entry.file_size for entry in entries)
    within = len(entries) <= _MOST_ENTRIES and unpacked <= min(
        _MOST_UNPACKED, max(len(content) * _MOST_RATIO, MEGABYTE)
    )
    return within and any(entry.filename == _INSIDE[ending] for entry in entries)

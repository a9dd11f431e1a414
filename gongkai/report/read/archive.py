"""压缩包的上限. DOCX and ODT are zip archives: nothing is unpacked before these limits hold (FIL-03, FIL-04)."""

import io
import zipfile
import zlib

from gongkai.report.read.document import CannotRead

MOST_ENTRIES = 2_000
MOST_BYTES = 200 * 1024 * 1024
MOST_RATIO = 100
SMALL = 1024 * 1024  # a small part may shrink more than a hundredfold without harm


def require_safe(data: bytes) -> tuple[str, ...]:
    """The names in the archive, once it is known to be within the limits."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError):
        raise CannotRead("文件不完整或者已损坏，无法打开，请重新取得完整的文件。") from None
    if len(entries) > MOST_ENTRIES:
        raise CannotRead(f"文件内含{len(entries)}个部分，超过上限{MOST_ENTRIES}个，未打开。")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MOST_BYTES:
        raise CannotRead(f"文件解开后超过{MOST_BYTES // 1024 // 1024}MB，未打开。")
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > SMALL and unpacked > max(packed, 1) * MOST_RATIO:
        raise CannotRead(f"文件的压缩比超过{MOST_RATIO}倍，可能是压缩炸弹，未打开。")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise CannotRead("文件已加密，请取消密码后重新提供。")
    return tuple(entry.filename for entry in entries)


def read_part(archive: zipfile.ZipFile, name: str) -> bytes:
    """One part, never more of it than it declares, and without a document type."""
    try:
        entry = archive.getinfo(name)
        with archive.open(entry) as part:
            data = part.read(entry.file_size + 1)
    except KeyError:
        raise CannotRead("文件缺少正文部分，不是完整的Word或者Excel文件。") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
        raise CannotRead("文件不完整或者已损坏，无法打开，请重新取得完整的文件。") from None
    if b"<!DOCTYPE" in data[:8192] or b"<!ENTITY" in data or _hidden_type(data):
        raise CannotRead("文件含有文档类型或者实体声明，可能是攻击，未打开。")
    return data


def _hidden_type(data: bytes) -> bool:
    """The same words in UTF-16."""
    return "<!DOCTYPE".encode("utf-16-le") in data[:16384] or "<!DOCTYPE".encode("utf-16-be") in data[:16384]

"""压缩包和XML的上限. Office files are zip archives of XML: nothing is unpacked before the limits hold (FIL-03, FIL-04)."""

import io
import re
import struct
import zipfile
import zlib

from lxml import etree

from gongkai.screening.inspection import CannotInspect

MOST_ENTRIES = 2_000
MOST_BYTES = 200 * 1024 * 1024
MOST_RATIO = 100
SMALL = 1024 * 1024  # a small part may shrink more than a hundredfold without harm
_END = struct.Struct("<4s4H2LH")
_DOCTYPE = re.compile(rb"<\s*!\s*(?:DOCTYPE|ENTITY)")
_BROKEN = "文件不完整或者已损坏，无法打开，请重新取得完整的文件。"
_AROUND = "文件前后附有别的数据，可能是两种文件合成的，不能接受。请用WPS或者Word另存一次。"
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)


def parts_of(data: bytes) -> dict[str, bytes]:
    """Every part by its name, within the limits, in the order of the archive."""
    _require_nothing_around(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _require_within_limits(entries)
            parts: dict[str, bytes] = {}
            for entry in entries:
                with archive.open(entry) as part:
                    content = part.read(entry.file_size + 1)
                if entry.filename in parts or len(content) > entry.file_size:
                    raise CannotInspect(_BROKEN)
                parts[entry.filename] = content
            return parts
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        if isinstance(error, CannotInspect):
            raise
        raise CannotInspect(_BROKEN) from None


def _require_within_limits(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES:
        raise CannotInspect(f"文件内含{len(entries)}个部分，超过上限{MOST_ENTRIES}个，未打开。")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MOST_BYTES:
        raise CannotInspect(f"文件解开后超过{MOST_BYTES // 1024 // 1024}MB，未打开。")
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > SMALL and unpacked > max(packed, 1) * MOST_RATIO:
        raise CannotInspect(f"文件的压缩比超过{MOST_RATIO}倍，可能是压缩炸弹，未打开。")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise CannotInspect("文件已加密，请取消密码后重新提供。")
    if any(entry.comment for entry in entries):
        raise CannotInspect(_AROUND)
    if any(entry.filename.startswith("/") or ".." in entry.filename.split("/") for entry in entries):
        raise CannotInspect("文件内部的路径指向文件之外，可能是攻击，未打开。")


def _require_nothing_around(data: bytes) -> None:
    """A zip may hide another file before it, after it or in its comment: a polyglot (FIL-01)."""
    at = data.rfind(b"PK\x05\x06")
    if not data.startswith(b"PK\x03\x04") or at < 0 or at + _END.size > len(data):
        raise CannotInspect(_BROKEN)
    *_, size, offset, comment = _END.unpack_from(data, at)
    if at + _END.size != len(data) or comment or (offset != 0xFFFFFFFF and offset + size != at):
        raise CannotInspect(_AROUND)


def packed(parts: dict[str, bytes]) -> bytes:
    """The same parts always give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _FIXED_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return out.getvalue()


def tree(content: bytes) -> etree._Element:
    """One part as a tree: no document type, no entities, no network, no tree of any depth."""
    start = content[:4]
    if start[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in start:
        content = _as_utf8(content)
    if _DOCTYPE.search(content):
        raise CannotInspect("文件含有文档类型或者实体声明，可能是攻击，未打开。")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        if error.code == etree.ErrorTypes.ERR_NO_MEMORY:  # type: ignore[attr-defined]
            raise MemoryError from None  # whole, and too large for the limits of the process
        raise CannotInspect(_BROKEN) from None
    except ValueError:
        raise CannotInspect(_BROKEN) from None


def _as_utf8(content: bytes) -> bytes:
    try:
        text = content.decode("utf-16")
    except UnicodeDecodeError:
        raise CannotInspect(_BROKEN) from None
    return re.sub(r"^<\?xml[^>]*\?>", "", text).encode("utf-8", "replace")


def written(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

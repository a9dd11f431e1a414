"""文件类型. What a file is by its content; the name must say the same (FIL-01, FIL-02)."""

import re

from gongkai.screening import archive, pictures
from gongkai.screening.characters import stray
from gongkai.screening.inspection import CannotInspect, Kind

LARGEST = 20 * 1024 * 1024
EXTENSIONS: dict[str, frozenset[Kind]] = {
    "pdf": frozenset({Kind.PDF}),
    "docx": frozenset({Kind.DOCX}),
    "xlsx": frozenset({Kind.XLSX}),
    "pptx": frozenset({Kind.PPTX}),
    "ofd": frozenset({Kind.OFD}),
    "jpg": frozenset({Kind.JPEG}),
    "jpeg": frozenset({Kind.JPEG}),
    "png": frozenset({Kind.PNG}),
    # WPS writes the old binary format or, by choice, the new one under the same ending.
    "wps": frozenset({Kind.OPAQUE, Kind.DOCX}),
    "et": frozenset({Kind.OPAQUE, Kind.XLSX}),
    "dps": frozenset({Kind.OPAQUE, Kind.PPTX}),
    "doc": frozenset({Kind.OPAQUE}),
    "xls": frozenset({Kind.OPAQUE}),
    "ppt": frozenset({Kind.OPAQUE}),
}
_ALLOWED = "pdf、docx、xlsx、pptx、ofd、jpg、png、wps、et、dps、doc、xls、ppt"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PNG = b"\x89PNG\r\n\x1a\n"
_MAIN_PARTS = (
    ("word/document.xml", Kind.DOCX),
    ("xl/workbook.xml", Kind.XLSX),
    ("ppt/presentation.xml", Kind.PPTX),
    ("OFD.xml", Kind.OFD),
)
# What a second file inside the first would begin with, or a browser would run.
_FOREIGN = re.compile(rb"PK\x05\x06|PK\x03\x04|%PDF-|MZ\x90\x00|\x7fELF|Rar!\x1a|7z\xbc\xaf", re.DOTALL)
_RUNNABLE = re.compile(rb"<(?:script|html|svg|iframe|\?php|!doctype)[\s>/]", re.IGNORECASE)
_POLYGLOT = "文件里合有另一种文件，不能接受。请从原来的程序里重新保存一次。"


def kind_of(name: str, data: bytes) -> Kind:
    """Raises CannotInspect for what may not be taken: too large, no kind of ours, or two kinds at once."""
    allowed = _allowed_by_name(name)
    if not data:
        raise CannotInspect("文件是空的，请重新选择。")
    if len(data) > LARGEST:
        raise CannotInspect(f"文件超过{LARGEST // 1024 // 1024}MB，请压缩图片或者分成几个文件。")
    kind = _by_content(data)
    if kind not in allowed:
        ending = name.rpartition(".")[2].lower()
        raise CannotInspect(f"文件的扩展名是{ending}，内容却是{_name(kind)}，不能接受。请核对后重新保存。")
    return kind


def _allowed_by_name(name: str) -> frozenset[Kind]:
    if any(True for _ in stray(name)) or "/" in name or "\\" in name:
        raise CannotInspect("文件名含有看不见的或者不允许的字符，请改名后重新上传。")
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending not in EXTENSIONS:
        raise CannotInspect(f"只能使用{_ALLOWED}文件，请另存为其中一种。")
    return EXTENSIONS[ending]


def _by_content(data: bytes) -> Kind:
    if data.startswith(b"%PDF-"):
        end = data.rfind(b"%%EOF")
        if end < 0:
            raise CannotInspect("PDF不完整，没有结尾，请重新生成或者重新取得完整的文件。")
        return _alone(Kind.PDF, data[:1024], data[end:])
    if data.startswith(b"\xff\xd8\xff"):
        return _alone(Kind.JPEG, data[:1024], pictures.after_end(data))
    if data.startswith(_PNG):
        return _alone(Kind.PNG, data[:1024], pictures.after_end(data))
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise CannotInspect("文件已加密，请取消密码后重新提供。")
        return Kind.OPAQUE
    if data.startswith(b"PK\x03\x04"):
        return _of_archive(data)
    raise CannotInspect(f"文件内容不是{_ALLOWED}中的任何一种，可能只改了扩展名，不能接受。")


def _alone(kind: Kind, start: bytes, end: bytes) -> Kind:
    foreign = _FOREIGN.search(start, 8) or _FOREIGN.search(end)
    if foreign or _RUNNABLE.search(start):
        raise CannotInspect(_POLYGLOT)
    return kind


def _of_archive(data: bytes) -> Kind:
    parts = archive.parts_of(data)
    kinds = [kind for part, kind in _MAIN_PARTS if part in parts]
    if len(kinds) > 1:
        raise CannotInspect(_POLYGLOT)
    if not kinds:
        raise CannotInspect("文件是压缩包，不能直接发布，请解压后逐个上传。")
    if kinds[0] is not Kind.OFD and "[Content_Types].xml" not in parts:
        raise CannotInspect("文件不完整或者已损坏，无法打开，请重新取得完整的文件。")
    return kinds[0]


def _name(kind: Kind) -> str:
    names = {Kind.OPAQUE: "旧版WPS或者Office文件", Kind.JPEG: "JPG图片", Kind.PNG: "PNG图片"}
    return names.get(kind, f"{kind.upper()}文件")

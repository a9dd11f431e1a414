"""压缩包的上限. Nothing of an archive is unpacked before its limits hold, and no name in it leads out of it (FIL-03)."""

import stat
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from gongkai.spreadsheets.workbook import CannotImport

MOST_ENTRIES = 20_000
MOST_BYTES = 1024 * 1024 * 1024
MOST_RATIO = 100
SMALL = 1024 * 1024  # a small archive may shrink more than a hundredfold without harm
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_LEFT_BY_SYSTEMS = frozenset({"thumbs.db", "desktop.ini"})
_BROKEN = "压缩包不完整或者已经损坏，请重新打包后上传。"


class Archive:
    """一个查过的压缩包: the files in it by their whole names, folders and what a system left there passed over."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError):
            raise CannotImport(_BROKEN) from None
        _require_within_limits(entries)
        self.entries: Mapping[str, zipfile.ZipInfo] = _by_name(entries)
        self._tops = {name.partition("/")[0] for name in self.entries}

    def below(self, name: str) -> str:
        """The name below the one folder in which everything stands, if it does."""
        return name.partition("/")[2] if len(self._tops) == 1 and "/" in name else name

    def address_of(self, name: str, site: str) -> str:
        """原网址: where the file stood when the folders began at ``site``, "" when nobody said where they began."""
        return f"{site.rstrip('/')}/{quote(self.below(name))}" if site else ""

    def read(self, name: str, *, limit: int) -> bytes:
        """One file, never more of it than it declares and than is allowed."""
        entry = self.entries[name]
        if entry.file_size > limit:
            raise CannotImport(f"“{name}”超过{limit // 1024 // 1024}MB，没有读取。")
        try:
            with self._zip.open(entry) as part:
                data = part.read(entry.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
            raise CannotImport(_BROKEN) from None
        if len(data) != entry.file_size:
            raise CannotImport(_BROKEN)
        return data


def _require_within_limits(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES:
        raise CannotImport(f"压缩包里有{len(entries)}个文件，超过上限{MOST_ENTRIES}个，请分几批迁入。")
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise CannotImport("压缩包已加密，请取消密码后重新打包。")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MOST_BYTES:
        raise CannotImport(f"压缩包解开后超过{MOST_BYTES // 1024 // 1024}MB，请分几批迁入。")
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > SMALL and unpacked > max(packed, 1) * MOST_RATIO:
        raise CannotImport(f"压缩包的压缩比超过{MOST_RATIO}倍，可能是压缩炸弹，没有打开。")


def _by_name(entries: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    found: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        name = _name_of(entry)
        parts = name.split("/")
        if (
            name.startswith("/")
            or ":" in parts[0]
            or ".." in parts
            or stat.S_ISLNK(entry.external_attr >> 16)
        ):
            raise CannotImport(f"压缩包里的“{name[:60]}”指向包外，没有打开。请重新打包。")
        if entry.is_dir() or _is_left_over(name):
            continue
        if name in found:
            raise CannotImport(f"压缩包里有两个“{name[:60]}”，不知道用哪一个，没有打开。请重新打包。")
        found[name] = entry
    return found


def _name_of(entry: zipfile.ZipInfo) -> str:
    """Chinese Windows writes names in GB18030 and does not say so; they arrive here read as something else."""
    name = entry.filename
    if not entry.flag_bits & _UTF8_NAME:
        for encoding in ("utf-8", "gb18030"):
            try:
                name = entry.filename.encode("cp437").decode(encoding)
                break
            except (UnicodeEncodeError, UnicodeDecodeError):
                continue
    return name.replace("\\", "/")


def _is_left_over(name: str) -> bool:
    path = PurePosixPath(name)
    return "__MACOSX" in path.parts or path.name.startswith(".") or path.name.lower() in _LEFT_BY_SYSTEMS

"""文件存放. Files named by the SHA-256 of their bytes, durable before their name is told to anyone."""

import contextlib
import hashlib
import io
import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

_NAME = re.compile(r"[0-9a-f]{64}")
_CHUNK = 256 * 1024
_UNFINISHED = "incoming-"  # how a file is called while it is written


class FileMissing(Exception):
    """文件不存在: nothing of this name is stored."""


class FileDamaged(Exception):
    """文件损坏: the bytes stored under a name are not the ones it was given for."""


class FileTooLarge(Exception):
    """文件超过大小限制; nothing was kept."""


@dataclass(frozen=True, slots=True)
class FileStore:
    """按内容命名的文件夹. The same bytes are stored once; a stored file is never written again."""

    folder: Path

    def put(self, content: bytes | BinaryIO, *, limit: int | None = None) -> str:
        """Store the bytes and return their name. They are on the disk, not in the page cache, when this returns."""
        stream = io.BytesIO(content) if isinstance(content, bytes) else content
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, unfinished = tempfile.mkstemp(prefix=_UNFINISHED, dir=self.folder)
        try:
            with os.fdopen(handle, "wb") as file:
                name = _copy(stream, file, limit=limit)
                file.flush()
                os.fsync(file.fileno())
            self._keep(Path(unfinished), name)
        finally:
            Path(unfinished).unlink(missing_ok=True)
        return name

    def carry(self, name: str, *, to: "FileStore") -> None:
        """Copy one file into another store; the copy bears the same name or FileDamaged is raised."""
        if to.has(name):
            to.check(name)
            return
        with self.open(name) as stream:
            arrived = to.put(stream)
        if arrived != name:
            to.remove(arrived)
            raise FileDamaged(name)

    def has(self, name: str) -> bool:
        return bool(_NAME.fullmatch(name)) and self._path(name).is_file()

    def size(self, name: str) -> int:
        try:
            return self._path(name).stat().st_size
        except FileNotFoundError:
            raise FileMissing(name) from None

    def open(self, name: str) -> io.BufferedReader:
        """The file for reading, unchecked: for large files sent in pieces. ``check`` proves it."""
        try:
            return self._path(name).open("rb")
        except FileNotFoundError:
            raise FileMissing(name) from None

    def read(self, name: str) -> bytes:
        """All the bytes, proved to be the ones of this name."""
        with self.open(name) as file:
            content = file.read()
        if hashlib.sha256(content).hexdigest() != name:
            raise FileDamaged(name)
        return content

    def check(self, name: str) -> None:
        """Raise FileMissing or FileDamaged unless the stored bytes are the ones of this name."""
        with self.open(name) as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != name:
                raise FileDamaged(name)

    def remove(self, name: str) -> None:
        self._path(name).unlink(missing_ok=True)

    def names(self) -> Iterator[str]:
        """Every stored file, for proving and for backup."""
        for folder in sorted(path for path in self.folder.glob("??") if path.is_dir()):
            yield from (path.name for path in sorted(folder.iterdir()) if _NAME.fullmatch(path.name))

    def sweep(self, before: datetime) -> int:
        """没有写完的文件: what a killed process had begun before this time goes; it has no name and nobody was told of it."""
        count = 0
        for path in self.folder.glob(f"{_UNFINISHED}*"):
            with contextlib.suppress(FileNotFoundError):  # whoever was still writing it has named it
                if path.stat().st_mtime < before.timestamp():
                    path.unlink()
                    count += 1
        return count

    def written_before(self, name: str, before: datetime) -> bool:
        """Whether the file is older than this; one that is gone is not."""
        try:
            return self._path(name).stat().st_mtime < before.timestamp()
        except FileNotFoundError:
            return False

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):  # a name out of a request must never become a path
            raise FileMissing(name)
        return self.folder / name[:2] / name

    def _keep(self, unfinished: Path, name: str) -> None:
        place = self._path(name)
        place.parent.mkdir(exist_ok=True, mode=0o700)
        os.replace(unfinished, place)
        _sync_folder(place.parent)
        _sync_folder(self.folder)


def desk_files() -> FileStore:
    """工作人员侧的文件."""
    return FileStore(settings.FILES_FOLDER)


def public_files() -> FileStore:
    """公众侧的文件: only what a published thing names."""
    return FileStore(settings.PUBLIC_FILES_FOLDER)


def intake_files() -> FileStore:
    """公众提交的文件, sealed to the desk, until the desk has them."""
    return FileStore(settings.PUBLIC_FILES_FOLDER / "intake")


def _copy(stream: BinaryIO, file: BinaryIO, *, limit: int | None) -> str:
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if limit is not None and size > limit:
            raise FileTooLarge
        digest.update(chunk)
        file.write(chunk)
    return digest.hexdigest()


def _sync_folder(folder: Path) -> None:
    """A file's name lives in its folder: without this a power cut may lose the name of a saved file."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

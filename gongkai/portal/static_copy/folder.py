"""文件夹. What is written there is written whole or not at all; whatever stands in the way of it was not put there by us."""

import contextlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone

_MOST_EVIDENCE = 1_000  # files
Seen = tuple[int, int, int, int]  # inode, size, time of content, time of change: the last is nobody's to set


_UNFINISHED = "incoming-"  # how a file is called while it is written


@dataclass(frozen=True, slots=True)
class CopyFolder:
    """副本文件夹: ``site`` is what a web server serves; beside it the manifest, its signature, and what was found."""

    root: Path

    @property
    def site(self) -> Path:
        return self.root / "site"

    @property
    def evidence(self) -> Path:
        return self.root / "found"

    def prepare(self) -> None:
        self.root.mkdir(parents=True, exist_ok=True)
        self.evidence.mkdir(exist_ok=True, mode=0o700)
        self._require_real(self.site)
        for left in self.root.glob(f"{_UNFINISHED}*"):  # by one that was killed; only one writes at a time
            left.unlink()

    def files(self) -> Iterator[tuple[str, Seen | None]]:
        """Everything below ``site``; None where it is no plain file of our kind: a link, a device."""
        for folder, inner, names in os.walk(self.site, followlinks=False):
            here = Path(folder)
            for name in names:
                told = (here / name).lstat()
                plain = stat.S_ISREG(told.st_mode) and told.st_nlink == 1
                yield self._name(here / name), seen(told) if plain else None
            for name in list(inner):
                if (here / name).is_symlink():
                    inner.remove(name)
                    yield self._name(here / name), None

    def read(self, file: str) -> bytes:
        handle = os.open(self.site / file, os.O_RDONLY | os.O_NOFOLLOW)
        with os.fdopen(handle, "rb") as opened:
            return opened.read()

    def write(self, file: str, content: bytes) -> Seen:
        place = self.site / file
        self._require_folders(place.parent)
        if place.is_dir() and not place.is_symlink():
            shutil.rmtree(place)
        return self._put(place, content)

    def write_beside(self, name: str, content: bytes) -> None:
        """The manifest and its signature."""
        self._put(self.root / name, content)

    def read_beside(self, name: str) -> bytes:
        try:
            return (self.root / name).read_bytes()
        except OSError:
            return b""

    def remove(self, file: str) -> None:
        """Gone, with the folders that held nothing else."""
        place = self.site / file
        if place.is_dir() and not place.is_symlink():
            shutil.rmtree(place, ignore_errors=True)
        else:
            place.unlink(missing_ok=True)
        for above in place.parents:
            if above == self.site:
                break
            with contextlib.suppress(OSError):
                above.rmdir()

    def set_aside(self, file: str) -> None:
        """What was found goes where it can be looked at, as long as there is room."""
        place, kept = self.site / file, self.evidence / timezone.now().strftime("%Y%m%dT%H%M%S%f")
        if (
            place.is_file()
            and not place.is_symlink()
            and sum(1 for _ in self.evidence.iterdir()) < _MOST_EVIDENCE
        ):
            os.replace(place, kept)
            kept.chmod(0o600)
        self.remove(file)

    def _put(self, place: Path, content: bytes) -> Seen:
        handle, unfinished = tempfile.mkstemp(prefix=_UNFINISHED, dir=self.root)
        try:
            with os.fdopen(handle, "wb") as opened:
                opened.write(content)
                os.fchmod(opened.fileno(), 0o644)
            os.replace(unfinished, place)
        finally:
            Path(unfinished).unlink(missing_ok=True)
        return seen(place.lstat())

    def _require_folders(self, folder: Path) -> None:
        for above in reversed(
            [each for each in (folder, *folder.parents) if self.site in (each, *each.parents)]
        ):
            self._require_real(above)

    def _require_real(self, folder: Path) -> None:
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            folder.unlink()
        folder.mkdir(exist_ok=True, mode=0o755)

    def _name(self, place: Path) -> str:
        return place.relative_to(self.site).as_posix()


def seen(told: os.stat_result) -> Seen:
    return told.st_ino, told.st_size, told.st_mtime_ns, told.st_ctime_ns

"""读一个来源. Asks the child and takes from it words only; the files it laid out are read while the folder stands."""

import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from gongkai.duties.catalogue.moving_in.reading.child import ITEMS, MOST_TOLD, SOURCE
from gongkai.duties.catalogue.moving_in.reading.fields import BY_NAME
from gongkai.spreadsheets.workbook import CannotImport

LARGEST = 200 * 1024 * 1024  # bytes of one source
PATIENCE = 100  # seconds by the clock, below what a web server waits for; the child's own time is bounded too
_CHUNK = 256 * 1024
_BROKEN = "文件太大或者已经损坏，没有读完。请重新导出，或者分几批迁入。"


@dataclass(frozen=True, slots=True)
class ReadFile:
    """一个附件, laid out on the disk."""

    name: str
    path: Path
    sha256: str
    size: int
    address: str = ""  # where it stood on the old site, "" when nothing says so


@dataclass(frozen=True, slots=True)
class ReadItem:
    """读到的一条. ``refused`` says why it cannot be moved in."""

    place: str
    values: dict[str, str]
    files: tuple[ReadFile, ...]
    refused: str
    seen: str


@dataclass(frozen=True, slots=True)
class ReadSource:
    """一个来源: its digest, how it was read, and its items one after another."""

    form: str
    digest: str  # SHA-256 of the file
    notes: tuple[str, ...]
    items: Iterator[ReadItem]


@contextmanager
def read(name: str, stream: BinaryIO, *, today: date, address: str = "") -> Iterator[ReadSource]:
    """来源里的条目. Raises CannotImport; a child that crashes or runs out of bounds is one of its reasons."""
    with tempfile.TemporaryDirectory(prefix="gongkai-") as made:
        folder = Path(made)
        digest = _keep(stream, folder / SOURCE)
        told = _asked(folder, name, today, address)
        notes = tuple(str(note) for note in told.get("notes") or ())
        yield ReadSource(str(told.get("form", "")), digest, notes, _items(folder))


def _keep(stream: BinaryIO, path: Path) -> str:
    digest, size = hashlib.sha256(), 0
    with path.open("wb") as file:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > LARGEST:
                raise CannotImport(f"文件超过{LARGEST // 1024 // 1024}MB，请分几批迁入。")
            digest.update(chunk)
            file.write(chunk)
    return digest.hexdigest()


def _asked(folder: Path, name: str, today: date, address: str) -> dict[str, Any]:
    module = "gongkai.duties.catalogue.moving_in.reading.child"
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module; the name is only looked at
            [sys.executable, "-m", module, str(folder), name, today.isoformat(), address],
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
        told = json.loads(done.stdout)
        refusal = told.get("refusal", "")
        if not refusal and (folder / ITEMS).stat().st_size > MOST_TOLD:
            raise CannotImport(_BROKEN)
    except CannotImport:
        raise
    except (subprocess.TimeoutExpired, ValueError, AttributeError, OSError):
        raise CannotImport(_BROKEN) from None
    if refusal:
        raise CannotImport(str(refusal))
    return dict(told)


def _items(folder: Path) -> Iterator[ReadItem]:
    with (folder / ITEMS).open("rb") as lines:
        for line in lines:
            try:
                yield _item(json.loads(line), folder)
            except (ValueError, TypeError, KeyError, AttributeError):
                raise CannotImport(_BROKEN) from None


def _item(told: Any, folder: Path) -> ReadItem:
    return ReadItem(
        place=str(told["place"])[:300],
        values={name: str(told["values"].get(name, "")) for name in BY_NAME if name != "attachments"},
        files=tuple(_file(each, folder) for each in told["files"]),
        refused=str(told["refused"])[:300],
        seen=str(told["seen"]),
    )


def _file(told: Any, folder: Path) -> ReadFile:
    path = folder / Path(str(told["part"])).name  # a plain name in our own folder, whatever the child says
    address = str(told["address"])
    return ReadFile(str(told["name"]), path, str(told["sha256"]), int(told["size"]), address)

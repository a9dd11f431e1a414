"""读一个来源. Asks the child and takes from it words only; the files it laid out are read while the folder stands."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from gongkai.duties.catalogue.moving_in.reading.child import SOURCE
from gongkai.duties.catalogue.moving_in.reading.fields import BY_NAME
from gongkai.spreadsheets.workbook import CannotImport

PATIENCE = 180  # seconds by the clock; the child's processor time is bounded by itself
_BROKEN = "文件太大或者已经损坏，没有读完。请重新导出，或者分几批迁入。"


@dataclass(frozen=True, slots=True)
class ReadFile:
    """一个附件, laid out on the disk."""

    name: str
    path: Path
    sha256: str
    size: int


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
    form: str
    items: tuple[ReadItem, ...]
    notes: tuple[str, ...]


@contextmanager
def read(name: str, data: bytes, *, today: date) -> Iterator[ReadSource]:
    """来源里的条目. Raises CannotImport; a child that crashes or runs out of bounds is one of its reasons."""
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        (Path(folder) / SOURCE).write_bytes(data)
        yield _read(Path(folder), name, today)


def _read(folder: Path, name: str, today: date) -> ReadSource:
    module = "gongkai.duties.catalogue.moving_in.reading.child"
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module; the name is only looked at
            [sys.executable, "-m", module, str(folder), name, today.isoformat()],
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
        told = json.loads(done.stdout)
        if "refusal" in told:
            raise CannotImport(str(told["refusal"]))
        items = tuple(_item(each, folder) for each in told["items"])
        return ReadSource(str(told["form"]), items, tuple(map(str, told["notes"])))
    except CannotImport:
        raise
    except (subprocess.TimeoutExpired, ValueError, TypeError, KeyError, AttributeError):
        raise CannotImport(_BROKEN) from None


def _item(told: dict[str, Any], folder: Path) -> ReadItem:
    return ReadItem(
        place=str(told["place"])[:300],
        values={name: str(told["values"].get(name, "")) for name in BY_NAME if name != "attachments"},
        files=tuple(_file(each, folder) for each in _listed(told["files"])),
        refused=str(told["refused"])[:300],
        seen=str(told["seen"]),
    )


def _listed(told: Any) -> Sequence[dict[str, Any]]:
    if not isinstance(told, list):
        raise TypeError("files")
    return told


def _file(told: dict[str, Any], folder: Path) -> ReadFile:
    path = folder / Path(str(told["part"])).name  # a plain name in our own folder, whatever the child says
    return ReadFile(str(told["name"]), path, str(told["sha256"]), int(told["size"]))

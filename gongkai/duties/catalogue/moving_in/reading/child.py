"""读的子进程. ``python -m …reading.child FOLDER NAME TODAY ADDRESS``: reads the one file in the folder and leaves what it
found there: a line of JSON for each item, and the files that they name.

Those files lie under numbers of our own: no name out of an archive ever becomes a path. The parent reads words from the
lines and nothing else (FIL-09).
"""

import csv
import datetime as dt
import hashlib
import json
import sys
from pathlib import Path, PurePosixPath
from typing import Any

from gongkai.duties.catalogue.moving_in.reading import pages, tables
from gongkai.duties.catalogue.moving_in.reading.archive import Archive
from gongkai.duties.catalogue.moving_in.reading.fields import LONGEST_BODY
from gongkai.duties.catalogue.moving_in.reading.found import Found, Source
from gongkai.report.read import limits
from gongkai.spreadsheets.workbook import LARGEST, SPREADSHEETS, TEXTS, CannotImport

SOURCE, ITEMS = "source", "items"
LARGEST_FILE = 20 * 1024 * 1024  # bytes of one attachment (FIL-02)
MOST_TOLD = 128 * 1024 * 1024  # bytes of all items together; what the parent may have to hold
MEMORY = 1024 * 1024 * 1024
SECONDS = 120
_TABLES = (*sorted(SPREADSHEETS | TEXTS), ".json")
_TOO_LARGE = "内容太多，没有读完。请分几批迁入。"
_UNKNOWN_SIGN = "\ufffd"


def main() -> None:
    folder, name, today, address = Path(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]
    limits.apply(MEMORY)
    limits.allow_processor_time(SECONDS)
    csv.field_size_limit(4 * LONGEST_BODY)
    try:
        answer = read(folder, name, dt.date.fromisoformat(today), address)
    except CannotImport as refusal:
        answer = {"refusal": str(refusal)}
    except (MemoryError, RecursionError):
        answer = {"refusal": _TOO_LARGE}
    sys.stdout.write(json.dumps(answer, ensure_ascii=True))


def read(folder: Path, name: str, today: dt.date, address: str) -> dict[str, Any]:
    """What the file says, laid out in the folder; how it was read is the answer."""
    path, ending = folder / SOURCE, PurePosixPath(name).suffix.lower()
    if ending != ".zip":
        return _lay_out(_of_file(name, path.read_bytes(), (), today), None, folder)
    archive = Archive(path)
    names = list(archive.entries)
    if any(each.lower().endswith(pages.ENDINGS) for each in names):
        return _lay_out(pages.of_pages(archive, today=today, address=address), archive, folder)
    listed = [each for each in names if each.lower().endswith(_TABLES) and "/" not in archive.below(each)]
    if len(listed) != 1:
        raise CannotImport(
            "压缩包里没有网页，也没有单独的一张表格。请放入旧站的网页，或者一张表格（或者JSON）和它的附件。"
        )
    data = archive.read(listed[0], limit=LARGEST)
    others = [each for each in names if each != listed[0]]
    source = _of_file(listed[0], data, others, today)
    for each in source.found:
        each.files = [(shown, path, archive.address_of(path, address)) for shown, path, _ in each.files]
    return _lay_out(source, archive, folder)


def _of_file(name: str, data: bytes, files: Any, today: dt.date) -> Source:
    if name.lower().endswith(".json"):
        return tables.of_json(data, files=files, today=today)
    return tables.of_table(name, data, files=files, today=today)


def _lay_out(source: Source, archive: Archive | None, folder: Path) -> dict[str, Any]:
    files = _Files(archive, folder)
    size = 0
    with (folder / ITEMS).open("wb") as out:
        for each in source.found:
            line = json.dumps(_told(each, files), ensure_ascii=True).encode() + b"\n"
            size += len(line)
            if size > MOST_TOLD:
                raise CannotImport(_TOO_LARGE)
            out.write(line)
    return {"form": source.form, "notes": source.notes}


def _told(found: Found, files: "_Files") -> dict[str, Any]:
    values = {name: _plain(value) for name, value in found.values.items()}
    refused = found.refused
    if not refused and any(_UNKNOWN_SIGN in value for value in values.values()):
        refused = "有认不出的字，文件的编码可能不对，或者文字已经损坏"
    named: list[dict[str, Any]] = []
    if not refused:
        try:
            named = [
                {"name": shown, "address": address, **files.laid_out(path)}
                for shown, path, address in found.files
            ]
        except CannotImport as refusal:
            refused = f"附件：{str(refusal).rstrip('。')}"
    return {"place": found.place, "refused": refused, "seen": found.seen, "values": values, "files": named}


class _Files:
    """附件 out of the archive, each laid out once."""

    def __init__(self, archive: Archive | None, folder: Path) -> None:
        self.archive, self.folder = archive, folder
        self.known: dict[str, dict[str, Any]] = {}

    def laid_out(self, name: str) -> dict[str, Any]:
        if name not in self.known and self.archive is not None:
            data = self.archive.read(name, limit=LARGEST_FILE)
            path = self.folder / f"part-{len(self.known):06d}"
            path.write_bytes(data)
            self.known[name] = {
                "part": path.name,
                "sha256": hashlib.sha256(data).hexdigest(),
                "size": len(data),
            }
        return self.known[name]


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value or "")


if __name__ == "__main__":
    main()

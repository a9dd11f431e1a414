"""读的子进程. ``python -m …reading.child FOLDER NAME TODAY``: reads the one file in the folder, tells JSON, leaves files.

What an item names as its files is left beside it in the folder under numbers of our own: no name out of an archive ever
becomes a path. The parent reads words from the answer and nothing else (FIL-09).
"""

import datetime as dt
import hashlib
import json
import sys
from pathlib import Path, PurePosixPath
from typing import Any

from gongkai.duties.catalogue.moving_in.reading import pages, tables
from gongkai.duties.catalogue.moving_in.reading.archive import Archive
from gongkai.duties.catalogue.moving_in.reading.found import Source
from gongkai.report.read import limits
from gongkai.spreadsheets.workbook import LARGEST, SPREADSHEETS, TEXTS, CannotImport

SOURCE = "source"
LARGEST_FILE = 20 * 1024 * 1024  # bytes of one attachment (FIL-02)
MEMORY = 1024 * 1024 * 1024
SECONDS = 120
_TABLES = (*sorted(SPREADSHEETS | TEXTS), ".json")
_TOO_LARGE = "内容太多，没有读完。请分几批迁入。"


def main() -> None:
    folder, name, today = Path(sys.argv[1]), sys.argv[2], dt.date.fromisoformat(sys.argv[3])
    limits.apply(MEMORY)
    limits.allow_processor_time(SECONDS)
    try:
        answer = read(folder, name, today)
    except CannotImport as refusal:
        answer = {"refusal": str(refusal)}
    except (MemoryError, RecursionError):
        answer = {"refusal": _TOO_LARGE}
    sys.stdout.write(json.dumps(answer, ensure_ascii=True))


def read(folder: Path, name: str, today: dt.date) -> dict[str, Any]:
    """What the file says, with the files that its items name laid out in the folder."""
    path, ending = folder / SOURCE, PurePosixPath(name).suffix.lower()
    if ending != ".zip":
        return _told(_of_file(name, path.read_bytes(), (), today), None, folder)
    archive = Archive(path)
    names = list(archive.entries)
    if any(each.lower().endswith(pages.ENDINGS) for each in names):
        return _told(pages.of_pages(archive, today=today), archive, folder)
    listed = [each for each in names if each.lower().endswith(_TABLES) and "/" not in _below(each, names)]
    if len(listed) != 1:
        raise CannotImport(
            "压缩包里没有网页，也没有单独的一张表格。请放入旧站的网页，或者一张表格（或者JSON）和它的附件。"
        )
    data = archive.read(listed[0], limit=LARGEST)
    others = [each for each in names if each != listed[0]]
    return _told(_of_file(listed[0], data, others, today), archive, folder)


def _of_file(name: str, data: bytes, files: Any, today: dt.date) -> Source:
    if name.lower().endswith(".json"):
        return tables.of_json(data, files=files, today=today)
    return tables.of_table(name, data, files=files, today=today)


def _below(name: str, names: list[str]) -> str:
    """The name below the one folder in which everything may stand."""
    tops = {each.partition("/")[0] for each in names}
    return name.partition("/")[2] if len(tops) == 1 and "/" in name else name


def _told(source: Source, archive: Archive | None, folder: Path) -> dict[str, Any]:
    laid_out: dict[str, dict[str, Any]] = {}
    items = []
    for each in source.found:
        files = []
        for shown, path in each.files if archive and not each.refused else ():
            if path not in laid_out:
                try:
                    laid_out[path] = _lay_out(archive, path, folder / f"part-{len(laid_out):06d}")  # type: ignore[arg-type]
                except CannotImport as refusal:
                    each.refused = f"附件：{str(refusal).rstrip('。')}"
                    break
            files.append({"name": shown, **laid_out[path]})
        items.append(
            {
                "place": each.place,
                "refused": each.refused,
                "seen": each.seen,
                "values": {name: _plain(value) for name, value in each.values.items()},
                "files": files,
            }
        )
    return {"form": source.form, "items": items, "notes": source.notes}


def _lay_out(archive: Archive, name: str, path: Path) -> dict[str, Any]:
    data = archive.read(name, limit=LARGEST_FILE)
    path.write_bytes(data)
    return {"part": path.name, "sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value or "")


if __name__ == "__main__":
    main()

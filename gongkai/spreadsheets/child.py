"""在子进程里读. Other people's files are opened in a process of their own, with bounds and without a network (FIL-09).

The child gets the bytes on its standard input and answers with JSON, never with objects: whatever a hostile file makes
of the child, the parent reads only cells. What JSON does not know travels as an object of one key, its kind.
"""

import json
import subprocess
import sys
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from gongkai.spreadsheets.workbook import CannotImport, Grid, parse

_PATIENCE = 60  # seconds by the clock; the child's processor time is bounded by itself
_BROKEN = "表格太大或者已经损坏，没有读取。请删去无关的内容，用WPS或者Excel另存一次。"
_CELLS = {type(None), bool, int, float, str, date, datetime, time, timedelta}
_DAYS = 4_096  # kept while they are read: the rows of a file share their days
_KINDS: dict[str, Any] = {
    "datetime": lru_cache(_DAYS)(datetime.fromisoformat),
    "date": lru_cache(_DAYS)(date.fromisoformat),
    "time": time.fromisoformat,
    "seconds": lambda seconds: timedelta(seconds=seconds),
}


def read_grid(name: str, data: bytes) -> Grid:
    """文件的第一张有内容的表. Raises CannotImport; a child that crashes or runs out of bounds is one of its reasons."""
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module; the name is only looked at
            [sys.executable, "-m", "gongkai.spreadsheets.child", name],
            input=data,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
        answer = json.loads(done.stdout, object_hook=_typed)
        if "refusal" in answer:
            raise CannotImport(str(answer["refusal"]))
        if not _cells_only(answer["rows"]):
            raise CannotImport(_BROKEN)
        return Grid(answer["rows"], tuple(map(str, answer["notes"])))
    except CannotImport:
        raise
    except (subprocess.TimeoutExpired, ValueError, TypeError, KeyError, OverflowError):
        raise CannotImport(_BROKEN) from None


def _cells_only(rows: Any) -> bool:
    """Rows of cells, and no list or object where a cell should be."""
    return {type(row) for row in rows} <= {list} and {type(cell) for row in rows for cell in row} <= _CELLS


def main() -> None:
    from gongkai.report.read import limits

    limits.apply()
    limits.allow_processor_time()
    try:
        grid = parse(sys.argv[1], sys.stdin.buffer.read())
    except CannotImport as refusal:
        answer: dict[str, Any] = {"refusal": str(refusal)}
    else:
        answer = {"rows": grid.rows, "notes": grid.notes}
    # In one piece, as json.dump would write every cell by itself; ASCII, as a lone surrogate must not stop the answer.
    sys.stdout.write(json.dumps(answer, ensure_ascii=True, default=_plain))


def _plain(cell: Any) -> Any:
    if isinstance(cell, datetime):  # a datetime is a date too: it comes first
        return {"datetime": cell.isoformat()}
    if isinstance(cell, date):
        return {"date": cell.isoformat()}
    if isinstance(cell, time):
        return {"time": cell.isoformat()}
    if isinstance(cell, timedelta):
        return {"seconds": cell.total_seconds()}
    raise TypeError(type(cell).__name__)  # no reader of ours gives such a cell


def _typed(plain: dict[str, Any]) -> Any:
    """A cell of a kind of its own; the answer itself is an object too and stays one."""
    if len(plain) == 1:
        [(kind, value)] = plain.items()
        if kind in _KINDS:
            return _KINDS[kind](value)
    return plain


if __name__ == "__main__":
    main()

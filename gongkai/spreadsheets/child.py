"""在子进程里读. Other people's files are opened in a process of their own, with bounds and without a network (FIL-09).

The child gets the bytes on its standard input and answers with JSON, never with objects: whatever a hostile file makes
of the child, the parent reads only cells.
"""

import json
import subprocess
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

from gongkai.spreadsheets.workbook import CannotImport, Grid, parse

_PATIENCE = 60  # seconds by the clock; the child's processor time is bounded by itself
_BROKEN = "表格太大或者已经损坏，没有读取。请删去无关的内容，用WPS或者Excel另存一次。"
_KINDS: dict[str, Any] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
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
        answer = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        raise CannotImport(_BROKEN) from None
    if "refusal" in answer:
        raise CannotImport(answer["refusal"])
    return Grid([[_cell(cell) for cell in row] for row in answer["rows"]], tuple(answer["notes"]))


def main() -> None:
    from gongkai.report.read import limits

    limits.apply()
    limits.allow_processor_time()
    try:
        grid = parse(sys.argv[1], sys.stdin.buffer.read())
    except CannotImport as refusal:
        answer: dict[str, Any] = {"refusal": str(refusal)}
    else:
        answer = {"rows": [[_plain(cell) for cell in row] for row in grid.rows], "notes": grid.notes}
    json.dump(answer, sys.stdout, ensure_ascii=True)  # a lone surrogate in a cell must not stop the answer


def _plain(cell: Any) -> Any:
    if isinstance(cell, datetime):  # a datetime is a date too: it comes first
        return {"datetime": cell.isoformat()}
    if isinstance(cell, date):
        return {"date": cell.isoformat()}
    if isinstance(cell, time):
        return {"time": cell.isoformat()}
    if isinstance(cell, timedelta):
        return {"seconds": cell.total_seconds()}
    return cell


def _cell(plain: Any) -> Any:
    if not isinstance(plain, dict):
        return plain
    [(kind, value)] = plain.items()
    return _KINDS[kind](value)


if __name__ == "__main__":
    main()

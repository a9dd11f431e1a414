"""写出数据. JSON and CSV row by row, so that a large data set needs no more memory than a small one."""

import csv
import io
import json
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from gongkai.portal.open_data.records import Record

BOM = "\ufeff"  # without it spreadsheet programs read Chinese as something else
_RISKY = tuple("=+-@\t\r\n")
_BLANK = " \u3000\ufeff\u200b"


def as_json(head: Record, records: Iterable[Record], *, name: str = "items") -> Iterator[str]:
    """The head with the records in it as a list."""
    opening = _written(head)[:-1]
    yield f"{opening}{', ' if head else ''}{_written(name)}: ["
    between = "\n"
    for record in records:
        yield between + _written(record)
        between = ",\n"
    yield "\n]}\n"


def as_csv(heads: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """UTF-8 with a mark at the beginning; no cell is taken for a formula (INP-03)."""
    yield BOM + _line(heads)
    for row in rows:
        yield _line(row)


def harmless(value: Any) -> Any:
    """Text that begins like a formula, also in full width or after blanks, gets an apostrophe in front.

    >>> harmless("=1+1"), harmless("　＝1"), harmless("示防办〔2023〕5号"), harmless(None)
    ("'=1+1", "'　＝1", '示防办〔2023〕5号', '')
    """
    if not isinstance(value, str):
        return "" if value is None else value
    start = unicodedata.normalize("NFKC", value.lstrip(_BLANK))[:1]
    return f"'{value}" if value and (value[0] in _RISKY or start in _RISKY) else value


def _line(cells: Iterable[Any]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([harmless(cell) for cell in cells])
    return line.getvalue()


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)

"""按栏目读表. Finds the heading row, matches its headings to fields, reads every row, and says what is wrong where."""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from gongkai.spreadsheets.fields import Field, Kind
from gongkai.spreadsheets.values import BadValue, is_empty, plain, reader, shown
from gongkai.spreadsheets.workbook import CannotImport, Grid

HEADING_WITHIN = 10  # a title, a unit and a date line may stand above the headings
NOTE_MARK = "填写说明"
_TOTAL = re.compile(r"(合|总|小|共)\s*计.*")
_LAST_OF_TOTAL = "计"  # nothing else becomes it when full and half width are made equal
_IN_BRACKETS = re.compile(r"[(（【\[].*?[)）】\]]")


@dataclass(frozen=True, slots=True)
class Problem:
    """一处问题: row and heading as the person sees them, what stands there, and why it cannot be taken."""

    row: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReadRow:
    """读到的一行: its number in the sheet and the values by field name."""

    number: int
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """读表的结果. A row with a problem is not among ``rows``."""

    rows: tuple[ReadRow, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Heading:
    position: int
    text: str
    field: Field
    unit: str


def read_sheet(grid: Grid, fields: Sequence[Field], *, today: dt.date) -> ReadSheet:
    """一张表的各行. Raises CannotImport when the headings are not those of this register."""
    at, headings = _find_headings(grid, fields)
    notes = list(grid.notes)
    known = {heading.position for heading in headings}
    unknown = [shown(cell) for n, cell in enumerate(grid.rows[at]) if n not in known and not is_empty(cell)]
    if unknown:
        notes.append(f"没有用到的栏：{'、'.join(unknown[:10])}。")
    notes += [
        f"“{heading.text}”没有写单位，按元读取。"
        for heading in headings
        if heading.field.kind is Kind.YUAN and not heading.unit
    ]
    readers = [(heading, reader(heading.field, unit=heading.unit, today=today)) for heading in headings]
    rows: list[ReadRow] = []
    problems: list[Problem] = []
    for number, cells in enumerate(grid.rows[at + 1 :], at + 2):
        kind = _kind_of_row(cells)
        if kind == "total":
            notes.append(f"第{number}行是合计，没有读取。")
        if kind:
            continue
        values, wrong = _read_row(number, cells, readers)
        problems += wrong
        if not wrong:
            rows.append(ReadRow(number, values))
    if not rows and not problems:
        notes.append("表头下面没有数据。")
    return ReadSheet(tuple(rows), tuple(problems), tuple(notes))


def _read_row(
    number: int, cells: Sequence[Any], readers: Sequence[tuple[_Heading, Callable[[Any], Any]]]
) -> tuple[dict[str, Any], list[Problem]]:
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    width = len(cells)
    for heading, read in readers:
        cell = cells[heading.position] if heading.position < width else None
        value = read(cell)
        if value.__class__ is BadValue:
            problems.append(Problem(number, heading.text, shown(cell)[:40], str(value)))
        else:
            values[heading.field.name] = value
    return values, problems


def _kind_of_row(cells: Sequence[Any]) -> str:
    """ "blank", "total" or "note" for a row that holds no record, "" for one that does."""
    first = ""
    for cell in cells:
        if first := shown(cell):
            break
    if not first:
        return "blank"
    if first.startswith(NOTE_MARK):
        return "note"
    return "total" if _LAST_OF_TOTAL in first and _TOTAL.fullmatch(plain(first)) else ""


def _find_headings(grid: Grid, fields: Sequence[Field]) -> tuple[int, list[_Heading]]:
    best_at = 0
    best: list[_Heading] = []
    for at, cells in enumerate(grid.rows[:HEADING_WITHIN]):
        found = _match(cells, fields)
        if len(found) > len(best):
            best_at, best = at, found
    matched = {heading.field.name for heading in best}
    missing = [field.label for field in fields if field.required and field.name not in matched]
    if not best:
        raise CannotImport("没有找到表头，请使用模板，或者把第一行写成各栏的名称。")
    if missing:
        raise CannotImport(f"表头缺少：{'、'.join(missing)}。请补上，或者使用模板。")
    return best_at, best


def _match(cells: Sequence[Any], fields: Sequence[Field]) -> list[_Heading]:
    names: dict[str, Field] = {}
    for field in fields:
        for name in field.names:
            names.setdefault(_heading_key(name), field)
    found: list[_Heading] = []
    for position, cell in enumerate(cells):
        text = shown(cell)
        meant = names.get(_heading_key(text)) if text else None
        if meant is None:
            continue
        twice = next((heading.text for heading in found if heading.field.name == meant.name), None)
        if twice is not None:
            raise CannotImport(f"“{twice}”和“{text}”是同一栏，请只留一个。")
        found.append(_Heading(position, text, meant, _unit_of(text)))
    return found


def _heading_key(text: str) -> str:
    return plain(_IN_BRACKETS.sub("", text)).rstrip("*:").lstrip("*")


def _unit_of(text: str) -> str:
    return "万元" if "万元" in text else "元" if "元" in text else ""

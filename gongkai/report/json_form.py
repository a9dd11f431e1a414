"""JSON形式. The contract of ``--to json``: what is written can be read back without loss, and the schema is published."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from importlib.resources import files
from typing import Any

from gongkai.report.model import (
    ABSENT,
    Cell,
    CellState,
    Form,
    Heading,
    Note,
    NoteKind,
    Place,
    PrintedRow,
    Report,
    Unreadable,
)
from gongkai.rules.annual_report_2019 import tables as form_2019
from gongkai.rules.annual_report_2021 import tables as form_2021

SCHEMA = "report.schema.json"

Json = dict[str, Any]


class NotTheJsonForm(ValueError):
    """不是年度报告的JSON形式. The message is one Chinese sentence."""


def to_json(report: Report) -> Json:
    """The report as plain values for ``json.dumps``. Cells the document lacks are written as absent."""
    return {
        "form": report.form.value,
        "agency": report.agency or None,
        "year": report.year,
        "title": report.title,
        "preamble": report.preamble,
        "headings": [
            {"printed": h.printed, "section": h.section or None, "ordinal": h.ordinal}
            for h in report.headings
        ],
        "sections": {title.key: report.sections.get(title.key) for title in form_2021.SECTIONS},
        "tables": _tables(report),
        "printed_rows": [
            {"table": row.table, "label": row.label, "row": row.row or None} for row in report.printed_rows
        ],
        "printed_columns": {table: list(heads) for table, heads in report.printed_columns.items()},
        "notes": [
            {"kind": note.kind.value, "place": place_to_json(note.place), "text": note.text}
            for note in report.notes
        ],
        "unreadable": [{"place": place_to_json(each.place), "why": each.why} for each in report.unreadable],
        "source_format": report.source_format,
    }


def dumps(report: Report, *, indent: int | None = 2) -> str:
    """The report as text."""
    return json.dumps(to_json(report), ensure_ascii=False, indent=indent)


def loads(text: str) -> Report:
    """The report from text; decimals stay exact."""
    try:
        data = json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError):
        raise NotTheJsonForm("JSON文件不完整或者格式有误，无法读取。") from None
    return from_json(data)


def from_json(data: object) -> Report:
    """The report from plain values."""
    try:
        return _report(_mapping(data))
    except (KeyError, TypeError, AttributeError, InvalidOperation, ValueError) as error:
        if isinstance(error, NotTheJsonForm):
            raise
        raise NotTheJsonForm("JSON文件不是年度报告的形式，请对照公布的JSON Schema核对。") from None


def schema() -> Json:
    """公布的 JSON Schema."""
    loaded: Json = json.loads(files("gongkai.report").joinpath(SCHEMA).read_text(encoding="utf-8"))
    return loaded


def place_to_json(place: Place) -> dict[str, str]:
    """Only the parts of the place that say something."""
    parts = {
        "table": place.table,
        "row": place.row,
        "column": place.column,
        "section": place.section,
        "quote": place.quote,
    }
    return {name: value for name, value in parts.items() if value}


def _tables(report: Report) -> dict[str, dict[str, dict[str, Json]]]:
    """Every cell the form has, in its order, then those it does not know."""
    written: dict[str, dict[str, dict[str, Json]]] = {"proactive": {}, "applications": {}, "remedies": {}}
    for table, row, column in _form_cells(report):
        written[table].setdefault(row, {})[column] = _cell_to_json(report.cell(table, row, column))
    for table, row, column, cell in report.cells():
        written.setdefault(table, {}).setdefault(row, {}).setdefault(column, _cell_to_json(cell))
    return written


def _form_cells(report: Report) -> Sequence[tuple[str, str, str]]:
    if report.form in (Form.FREE, Form.NOT_A_REPORT):
        return ()
    edition = form_2019 if report.form is Form.FORM_2019 else form_2021
    one_row = "other" in report.tables.get("applications", {})
    rows = form_2019.APPLICATION_ROWS if one_row else edition.APPLICATION_ROWS
    proactive = [
        ("proactive", row.key, column.key) for row in edition.PROACTIVE_ROWS for column in row.columns
    ]
    applications = [("applications", row.key, c.key) for row in rows for c in form_2021.APPLICANT_COLUMNS]
    remedies = [
        ("remedies", group.key, column.key)
        for group in form_2021.REMEDY_GROUPS
        for column in form_2021.REMEDY_COLUMNS
    ]
    return (*proactive, *applications, *remedies)


def _cell_to_json(cell: Cell) -> Json:
    return {"state": cell.state.value, "value": _number_to_json(cell.value), "text": cell.text}


def _number_to_json(value: Decimal | None) -> int | float | None:
    """An exact JSON number. Longer decimals than every reader keeps stay exact in the cell's text."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _report(data: Mapping[str, Any]) -> Report:
    tables = {
        str(table): {str(row): _row(columns) for row, columns in _mapping(rows).items()}
        for table, rows in _mapping(data["tables"]).items()
    }
    present = {
        table: {row: columns for row, columns in rows.items() if columns} for table, rows in tables.items()
    }
    return Report(
        form=Form(data["form"]),
        agency=_text(data.get("agency")),
        year=_year(data.get("year")),
        title=_text(data.get("title")),
        preamble=_text(data.get("preamble")),
        headings=tuple(
            Heading(_text(h["printed"]), _text(h.get("section")), _ordinal(h.get("ordinal")))
            for h in data.get("headings", ())
        ),
        sections={
            str(key): _text(text) for key, text in _mapping(data["sections"]).items() if text is not None
        },
        tables={table: rows for table, rows in present.items() if rows},
        printed_rows=tuple(
            PrintedRow(_text(row["table"]), _text(row["label"]), _text(row.get("row")))
            for row in data.get("printed_rows", ())
        ),
        printed_columns={
            str(table): tuple(_text(head) for head in heads)
            for table, heads in _mapping(data.get("printed_columns", {})).items()
        },
        notes=tuple(
            Note(NoteKind(note["kind"]), _place(note["place"]), _text(note.get("text")))
            for note in data.get("notes", ())
        ),
        unreadable=tuple(
            Unreadable(_place(each["place"]), _text(each["why"])) for each in data.get("unreadable", ())
        ),
        source_format=_text(data.get("source_format")),
    )


def _row(columns: object) -> dict[str, Cell]:
    read = {str(column): _cell(_mapping(cell)) for column, cell in _mapping(columns).items()}
    return {column: cell for column, cell in read.items() if cell != ABSENT}


def _cell(data: Mapping[str, Any]) -> Cell:
    state = CellState(data["state"])
    text = _text(data.get("text"))
    value = data.get("value")
    if (state is CellState.NUMBER) != (value is not None):
        raise NotTheJsonForm("JSON文件中有的格状态与数值不符，请核对。")
    if value is None:
        return Cell(state, None, text)
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise NotTheJsonForm("JSON文件中有的数值不是数字，请核对。")
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    if not exact.is_finite():
        raise NotTheJsonForm("JSON文件中有的数值不是数字，请核对。")
    return Cell(state, _as_printed(exact, text), text)


def _as_printed(value: Decimal, text: str) -> Decimal:
    """The printed digits, when the number in JSON is the same but for its length."""
    try:
        printed = Decimal(text)
    except InvalidOperation:
        return value
    return printed if printed.is_finite() and float(printed) == float(value) else value


def _place(data: object) -> Place:
    return Place(**{name: _text(value) for name, value in _mapping(data).items()})


def _mapping(data: object) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise NotTheJsonForm("JSON文件不是年度报告的形式，请对照公布的JSON Schema核对。")
    return data


def _text(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise NotTheJsonForm("JSON文件中应为文字的地方不是文字，请核对。")
    return value


def _year(value: object) -> int | None:
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise NotTheJsonForm("JSON文件中的年份不是整数，请核对。")


def _ordinal(value: object) -> int | None:
    return _year(value)

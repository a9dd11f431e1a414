"""数字样例. A report's figures for tests: balanced tables, and single cells spoilt on purpose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from gongkai.rules.annual_report_2019 import tables as form_2019
from gongkai.rules.annual_report_2021 import tables as form_2021
from gongkai.rules.annual_report_2021.cross_checks import CellState

COLUMNS = [column.key for column in form_2021.APPLICANT_COLUMNS]
NO_CASES = (0, 0, 0, 0, 0, 0)


@dataclass(frozen=True)
class Printed:
    """一格."""

    state: str
    value: Decimal | None = None
    text: str = ""


def number(value: int | str, text: str | None = None) -> Printed:
    return Printed(CellState.NUMBER, Decimal(value), str(value) if text is None else text)


BLANK = Printed(CellState.BLANK)
ABSENT = Printed(CellState.ABSENT)


def mark(text: str) -> Printed:
    return Printed(CellState.MARK, None, text)


def unreadable(text: str = "") -> Printed:
    return Printed(CellState.UNREADABLE, None, text)


@dataclass
class Sheet:
    """一份报告的数字."""

    cells: dict[tuple[str, str, str], Printed] = field(default_factory=dict)

    def cell(self, table: str, row: str, column: str) -> Printed:
        return self.cells.get((table, row, column), ABSENT)

    def put(self, table: str, row: str, column: str, cell: Printed | int) -> "Sheet":
        self.cells[table, row, column] = number(cell) if isinstance(cell, int) else cell
        return self

    def put_row(self, row: str, values: Sequence[int]) -> "Sheet":
        for column, value in zip(COLUMNS, values, strict=True):
            self.put("applications", row, column, value)
        return self

    def drop(self, table: str) -> "Sheet":
        self.cells = {place: cell for place, cell in self.cells.items() if place[0] != table}
        return self


def proactive(values: Mapping[tuple[str, str], Printed | int] | None = None, *, form: str = "2021") -> Sheet:
    """表二, 0 wherever nothing else is said."""
    sheet = Sheet()
    rows = form_2019.PROACTIVE_ROWS if form == "2019" else form_2021.PROACTIVE_ROWS
    for row in rows:
        for column in row.columns:
            sheet.put("proactive", row.key, column.key, (values or {}).get((row.key, column.key), 0))
    return sheet


def applications(
    cases: Mapping[str, Sequence[int]] | None = None,
    *,
    carried_out: Sequence[int] = NO_CASES,
    form: str = "2021",
) -> Sheet:
    """表三, balanced: six figures for each row named; 新收 and every total follow from them."""
    sheet = Sheet()
    given = dict(cases or {})
    carried_in = given.pop("carried_in", NO_CASES)
    handled = [sum(column) for column in zip(NO_CASES, *given.values(), strict=True)]
    received = [h + o - i for h, o, i in zip(handled, carried_out, carried_in, strict=True)]
    tables = {
        "received": received,
        "carried_in": carried_in,
        "total": handled,
        "carried_out": carried_out,
        **given,
    }
    for row in (form_2019 if form == "2019" else form_2021).APPLICATION_ROWS:
        six = tables.get(row.key, NO_CASES)
        sheet.put_row(row.key, [*six, sum(six)])
    return sheet


def remedies(**groups: Sequence[int]) -> Sheet:
    """表四: four figures for each group named, totals follow."""
    sheet = Sheet()
    for group in form_2021.REMEDY_GROUPS:
        four = groups.get(group.key, (0, 0, 0, 0))
        for column, value in zip(form_2021.REMEDY_COLUMNS, [*four, sum(four)], strict=True):
            sheet.put("remedies", group.key, column.key, value)
    return sheet


def together(*sheets: Sheet) -> Sheet:
    """各表合为一份."""
    return Sheet({place: cell for sheet in sheets for place, cell in sheet.cells.items()})

"""表格数字的名称. How one of the 200 cells is named in an address, on a screen and in the text."""

from gongkai.registers.figures import Cell
from gongkai.rules.annual_report_2021.tables import (
    APPLICANT_COLUMNS,
    APPLICATION_ROWS,
    PROACTIVE_ROWS,
    REMEDY_COLUMNS,
    REMEDY_GROUPS,
    cell_keys,
)

_ROWS = {
    "proactive": {row.key: row.label for row in PROACTIVE_ROWS},
    "applications": {row.key: f"{row.group}{row.label}" for row in APPLICATION_ROWS},
    "remedies": {group.key: group.label for group in REMEDY_GROUPS},
}
_COLUMNS = {
    "proactive": {column.key: column.label for row in PROACTIVE_ROWS for column in row.columns},
    "applications": {column.key: column.label for column in APPLICANT_COLUMNS},
    "remedies": {column.key: column.label for column in REMEDY_COLUMNS},
}


def cell_key(cell: Cell) -> str:
    """In an address: "applications/granted/total"."""
    return "/".join(cell)


def cell_label(cell: Cell) -> str:
    """On a screen and in braces: row and column as printed.

    >>> cell_label(("applications", "granted", "natural_person"))
    '（一）予以公开·自然人'
    """
    table, row, column = cell
    return f"{_ROWS[table][row]}·{_COLUMNS[table][column]}"


CELL_BY_KEY: dict[str, Cell] = {cell_key(cell): cell for cell in cell_keys()}
CELL_BY_LABEL: dict[str, Cell] = {cell_label(cell): cell for cell in cell_keys()}

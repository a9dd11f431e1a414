"""案例表. Reads the Markdown tables of docs/officers/, so that officers and tests go by the same cases."""

from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet

OFFICERS = Path(__file__).parents[2] / "docs" / "officers"

Row = dict[str, str]


def rows(document: str, heading: str) -> list[Row]:
    """Every row of the tables under ``heading`` of ``docs/officers/<document>``, as column head → cell."""
    found: list[Row] = []
    here, columns = False, None
    for line in (OFFICERS / document).read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            here, columns = line.lstrip("# ").strip() == heading, None
        elif not line.startswith("|"):
            columns = None
        elif here:
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if columns is None:
                columns = cells
            elif set("".join(cells)) - set("-: "):
                found.append(dict(zip(columns, cells, strict=True)))
    assert found, f"{document} 中“{heading}”下没有案例表"
    return found


def cases(document: str, heading: str) -> list[ParameterSet]:
    """The same rows ready for ``pytest.mark.parametrize("case", …)``, each named by its first cell."""
    return [pytest.param(row, id=next(iter(row.values()))) for row in rows(document, heading)]

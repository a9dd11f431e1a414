"""年报数据：许可、处罚、强制、收费. Four cells of table two, each with the decisions or sums behind it."""

from typing import Any

from django.db.models import QuerySet

from gongkai.agencies.models import Agency
from gongkai.duties.administrative_acts.models import Charge, Compulsion, Licence, Penalty
from gongkai.registers.figures import Cell, Figure, Number, total_yuan, within
from gongkai.rules.annual_report_2021.counting import in_10k_yuan

TABLE = "proactive"
CHARGES: Cell = (TABLE, "charges", "amount_10k_yuan")
_DECISIONS = {"licence": Licence, "penalty": Penalty, "compulsion": Compulsion}


def records(agency: Agency, year: int, cell: Cell) -> QuerySet[Any]:
    """一格背后的决定或者收费. The charges' cell is the sum of ``amount`` over them, in 万元."""
    if cell == CHARGES:
        return Charge.objects.standing().filter(within("collected_on", year), agency=agency)
    return _DECISIONS[cell[1]].objects.standing().filter(within("decided_on", year), agency=agency)


def table(agency: Agency, year: int) -> dict[Cell, Number]:
    """表二中的这4格."""
    cells: dict[Cell, Number] = {}
    for row in _DECISIONS:
        cell = (TABLE, row, "decisions")
        cells[cell] = records(agency, year, cell).count()
    cells[CHARGES] = in_10k_yuan(total_yuan(records(agency, year, CHARGES), "amount"))
    return cells


def figures(agency: Agency, year: int) -> dict[str, Figure]:
    """文字部分用的数."""
    labels = {"licence": "行政许可决定", "penalty": "行政处罚决定", "compulsion": "行政强制决定"}
    keys = {"licence": "licences", "penalty": "penalties", "compulsion": "compulsion"}
    decided = {
        f"{keys[row]}.decided": Figure(
            label,
            "件",
            records(agency, year, (TABLE, row, "decisions")),
            cell=(TABLE, row, "decisions"),
        )
        for row, label in labels.items()
    }
    charges = Figure("行政事业性收费", "元", records(agency, year, CHARGES), amount="amount")
    return {**decided, "charges.collected": charges}

"""数据和它背后的记录. A figure is a query: the number and the list are the same one, so they cannot disagree."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import BigIntegerField, F, Q, QuerySet, Sum
from django.db.models.functions import Cast, Round

Number = int | Decimal
Cell = tuple[str, str, str]  # table, row, column, as rules.annual_report_2021.tables.cell_keys names them


@dataclass(frozen=True, slots=True)
class Figure:
    """一个数: its label and unit, and the records it counts or, with ``amount``, whose money it adds up."""

    label: str
    unit: str
    records: QuerySet[Any]
    amount: str = ""
    counted: int | None = None  # the count of ``records``, where a grouped query has found it already
    cell: Cell | None = None  # the cell that counts the same records, so that they are counted once

    @property
    def value(self) -> Number:
        if self.counted is not None:
            return self.counted
        return total_yuan(self.records, self.amount) if self.amount else self.records.count()


Figures = Mapping[str, Figure]


def within(field: str, year: int) -> Q:
    """本年: from 1 January to 31 December."""
    return Q(**{f"{field}__gte": date(year, 1, 1), f"{field}__lte": date(year, 12, 31)})


def total_yuan(records: QuerySet[Any], amount: str) -> Decimal:
    """合计（元）, exact: added up in whole fen, since SQLite adds decimals as binary numbers."""
    fen = Cast(Round(F(amount) * 100), BigIntegerField())
    return Decimal(records.aggregate(fen=Sum(fen))["fen"] or 0) / 100

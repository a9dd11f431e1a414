"""汇总. The 200 cells and the figures of the text, each with the records behind it, from every duty's facts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from gongkai.agencies.models import Agency
from gongkai.annual_report.cells import CELL_BY_KEY, CELL_BY_LABEL
from gongkai.duties.administrative_acts import facts as administrative_acts
from gongkai.duties.applications import facts as applications
from gongkai.duties.catalogue import facts as catalogue
from gongkai.duties.channels import facts as channels
from gongkai.duties.inspection import facts as inspection
from gongkai.duties.mailbox import facts as mailbox
from gongkai.duties.oversight import facts as oversight
from gongkai.duties.participation import facts as participation
from gongkai.duties.remedies import facts as remedies
from gongkai.registers.figures import Cell, Figure, Number
from gongkai.rules.annual_report_2021.tables import cell_keys

# Between them these fill the three tables.
_TABLES = (catalogue, administrative_acts, applications, remedies)
_DOCUMENTS = ("rules", "normative_documents")  # the rows of table two that the catalogue keeps
_FIGURES = (
    catalogue,
    administrative_acts,
    applications,
    remedies,
    mailbox,
    participation,
    channels,
    inspection,
    oversight,
)


@dataclass(frozen=True)
class Compiled:
    """一年的数据 of an agency, counted when it is asked for."""

    agency: Agency
    year: int

    @cached_property
    def cells(self) -> Mapping[Cell, Number]:
        """全部200格."""
        counted: dict[Cell, Number] = {}
        for app in _TABLES:
            counted.update(app.table(self.agency, self.year))
        return {key: counted[key] for key in cell_keys()}

    @cached_property
    def figures(self) -> Mapping[str, Figure]:
        """文字数据, by the Chinese name that an editor writes in braces."""
        found: dict[str, Figure] = {}
        for app in _FIGURES:
            for key, figure in app.figures(self.agency, self.year).items():
                # A column is named by the office; its prefix keeps it apart from every other figure.
                found[f"主动公开：{figure.label}" if key.startswith("items.column.") else figure.label] = (
                    figure
                )
        return found

    @cached_property
    def values(self) -> Mapping[str, Number]:
        """全部可用的数值, by name: the figures of the text, then the cells; counted once however often used."""
        named = {
            label: self.cells[figure.cell] if figure.cell else figure.value
            for label, figure in self.figures.items()
        }
        return {**named, **{label: self.cells[cell] for label, cell in CELL_BY_LABEL.items()}}

    def records(self, cell: Cell) -> QuerySet[Any]:
        """一格所计的记录. The cell's number is the count of this very query (an amount adds up its money)."""
        table, row, _ = cell
        if table == "proactive":
            keeper = catalogue if row in _DOCUMENTS else administrative_acts
            return keeper.records(self.agency, self.year, cell)
        keeper = applications if table == "applications" else remedies
        return keeper.records(self.agency, self.year, cell)

    def keys(self, cell: Cell) -> Collection[int]:
        """一格所计记录的编号: of ``records``, with those of table three read for all its cells at once."""
        if cell[0] == applications.TABLE:
            return self._application_keys.get(cell, ())
        return tuple(self.records(cell).values_list("pk", flat=True))

    @cached_property
    def _application_keys(self) -> Mapping[Cell, Collection[int]]:
        return applications.keys(self.agency, self.year)

    def records_behind(self, name: str) -> QuerySet[Any]:
        """The records behind a figure named by its cell or its Chinese name. Raises KeyError."""
        cell = CELL_BY_KEY.get(name) or CELL_BY_LABEL.get(name)
        return self.records(cell) if cell else self.figures[name].records

    def value_of(self, name: str) -> Number:
        """Its number. Raises KeyError."""
        cell = CELL_BY_KEY.get(name)
        return self.cells[cell] if cell else self.values[name]

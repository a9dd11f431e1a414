"""收集读数. Where the readers put the cells they have read, and the doubts they met on the way."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from gongkai.report.model import Cell, CellState, Note, NoteKind, Place, PrintedRow, Unreadable
from gongkai.report.read.figures import read_cell, tidy
from gongkai.report.read.labels import APPLICATION_ORDER, arabic_number

_LINE_BREAK = re.compile(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])")
TWO_READINGS = "两种方法读出的内容不同，不能确定"


@dataclass(frozen=True, slots=True)
class Slot:
    """一格的字: as printed, and why it may not be trusted ("" when it may)."""

    text: str
    doubtful: str = ""
    joinable: bool = True


@dataclass(slots=True)
class _Unnamed:
    """A row whose label means none of the form's, kept until its neighbours are known."""

    position: int  # in printed_rows
    slots: tuple[Slot, ...]


@dataclass(slots=True)
class Gathered:
    """已读的各格. A row that is met twice must say the same both times."""

    tables: dict[str, dict[str, dict[str, Cell]]] = field(default_factory=dict)
    printed_rows: list[PrintedRow] = field(default_factory=list)
    printed_columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)
    heads: set[str] = field(default_factory=set)  # keys of heads of 表二 seen, which tell the forms apart
    unnamed: list[_Unnamed] = field(default_factory=list)

    def saw_row(self, table: str, label: str, row: str) -> None:
        self.printed_rows.append(PrintedRow(table, _LINE_BREAK.sub("", tidy(label)), row))

    def add_to_label(self, rest: str) -> None:
        """The label of the last row goes on behind a page's end."""
        last = self.printed_rows.pop()
        self.saw_row(last.table, f"{last.label}{rest}", last.row)

    def saw_columns(self, table: str, heads: Sequence[str]) -> None:
        self.printed_columns.setdefault(table, tuple(tidy(head).replace(" ", "") for head in heads))

    def put(self, table: str, row: str, columns: Sequence[str], slots: Sequence[Slot]) -> None:
        """Read each slot as the cell of its column."""
        cells: dict[str, Cell] = {}
        notes: list[Note] = []
        doubts: list[Unreadable] = []
        for column, slot in zip(columns, slots, strict=True):
            place = Place(table, row, column)
            if slot.doubtful:
                cells[column] = Cell.unreadable(tidy(slot.text))
                doubts.append(Unreadable(place, slot.doubtful))
                if slot.doubtful == TWO_READINGS:
                    notes.append(Note(NoteKind.READINGS_DIFFER, place, tidy(slot.text)))
                continue
            reading = read_cell(slot.text, column=column, joinable=slot.joinable)
            cells[column] = reading.cell
            if reading.full_width:
                notes.append(Note(NoteKind.FULL_WIDTH_DIGITS, place, reading.cell.text))
            if reading.joined:
                notes.append(Note(NoteKind.DIGITS_JOINED, place, reading.cell.text))
            if reading.why:
                doubts.append(Unreadable(place, reading.why))
        if self._met_before(table, row, cells):
            return
        self.tables.setdefault(table, {}).setdefault(row, {}).update(cells)
        self.notes += notes
        self.unreadable += doubts

    def refuse(self, table: str, row: str, columns: Sequence[str], why: str) -> None:
        """The row is there, but which figure belongs where cannot be known."""
        cells = {column: Cell.unreadable() for column in columns}
        if self._met_before(table, row, cells):
            return
        self.tables.setdefault(table, {}).setdefault(row, {}).update(cells)
        self.unreadable.append(Unreadable(Place(table, row), why))

    def doubt(self, table: str, row: str, columns: Sequence[str], why: str) -> None:
        """Cells of a row already read turn out not to be certain."""
        for column in columns:
            self.tables[table][row][column] = Cell.unreadable()
        self.unreadable.append(Unreadable(Place(table, row), why))

    def put_unnamed(self, table: str, label: str, slots: Sequence[Slot]) -> None:
        """A row with figures whose label is none of the form's."""
        self.saw_row(table, label, "")
        self.unnamed.append(_Unnamed(len(self.printed_rows) - 1, tuple(slots)))

    def name_the_unnamed(self, columns: Sequence[str]) -> None:
        """A renamed row is known by its number and by both neighbours; otherwise it stays unread."""
        for each in self.unnamed:
            printed = self.printed_rows[each.position]
            row = self._between_neighbours(each.position) if len(each.slots) == len(columns) else ""
            if row:
                self.printed_rows[each.position] = PrintedRow(printed.table, printed.label, row)
                self.put(printed.table, row, columns, each.slots)
            else:
                place = Place(printed.table, quote=printed.label)
                why = f"“{printed.label}”不是格式中的行，不能确定对应哪一行"
                if not printed.label:
                    why = "有一行数字前面没有标签，不能确定是哪一行"
                self.unreadable.append(Unreadable(place, why))
        self.unnamed.clear()

    def _between_neighbours(self, position: int) -> str:
        rows = self.printed_rows
        if not 0 < position < len(rows) - 1:
            return ""
        before, this, after = rows[position - 1], rows[position], rows[position + 1]
        if before.row not in APPLICATION_ORDER or after.row not in APPLICATION_ORDER:
            return ""
        start, end = APPLICATION_ORDER.index(before.row), APPLICATION_ORDER.index(after.row)
        between = [row for row in APPLICATION_ORDER[start + 1 : end] if row != "other"]
        number = arabic_number(this.label)
        follows = number is not None and number == (arabic_number(before.label) or 0) + 1
        return (
            between[0] if len(between) == 1 and follows and between[0] not in self._rows(this.table) else ""
        )

    def _rows(self, table: str) -> dict[str, dict[str, Cell]]:
        return self.tables.get(table, {})

    def _met_before(self, table: str, row: str, cells: dict[str, Cell]) -> bool:
        """True when the row was met already; figures that differ make it unreadable."""
        known = self._rows(table).get(row, {})
        clashing = [
            column for column, cell in cells.items() if column in known and not _agree(known[column], cell)
        ]
        for column in clashing:
            known[column] = Cell.unreadable()
            self.unreadable.append(Unreadable(Place(table, row, column), "同一格在文件中出现两次，内容不同"))
        return bool(clashing) or (bool(known) and all(column in known for column in cells))


def _agree(one: Cell, other: Cell) -> bool:
    return one.state is other.state and one.state is not CellState.UNREADABLE and one.value == other.value

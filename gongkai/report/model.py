"""一份年度报告. What every reader fills in, every check reads and every renderer draws."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from gongkai.rules.annual_report_2021.cell_states import CellState as CellState


class Form(StrEnum):
    """格式: which official form the document follows, or that it follows none."""

    FORM_2021 = "2021"
    FORM_2019 = "2019"
    FREE = "free"  # a report of before the forms, prose only
    BLANK = "blank"  # the official form with nothing filled in
    NOT_A_REPORT = "not_a_report"  # a notice about the form, or something else altogether


@dataclass(frozen=True, slots=True)
class Cell:
    """单元格. ``value`` is exact (万元 may carry decimals); ``text`` is what is printed."""

    state: CellState
    value: Decimal | None = None
    text: str = ""

    @classmethod
    def number(cls, value: Decimal | int, text: str | None = None) -> "Cell":
        exact = Decimal(value)
        return cls(CellState.NUMBER, exact, str(value) if text is None else text)

    @classmethod
    def blank(cls) -> "Cell":
        return cls(CellState.BLANK)

    @classmethod
    def mark(cls, text: str) -> "Cell":
        return cls(CellState.MARK, None, text)

    @classmethod
    def unreadable(cls, text: str = "") -> "Cell":
        return cls(CellState.UNREADABLE, None, text)


ABSENT = Cell(CellState.ABSENT)


@dataclass(frozen=True, slots=True)
class Place:
    """位置: a cell (table, row, column) or words of a section (section, quote). All parts may be empty."""

    table: str = ""
    row: str = ""
    column: str = ""
    section: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """标题, as printed, in the order of the document. ``section`` is the part it means (by its words), or ""."""

    printed: str
    section: str = ""
    ordinal: int | None = None  # the number it bears: 3 for 三、


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """表中印出的一行: its label as printed and the row it was taken for ("" when none fits)."""

    table: str
    label: str
    row: str = ""


class NoteKind(StrEnum):
    """读取时注意到的事. The checks turn them into findings; the reader only reports them."""

    FULL_WIDTH_DIGITS = "full_width_digits"  # a cell's digits were 全角
    DIGITS_JOINED = "digits_joined"  # a cell printed as "12 9" was read as 129 or left open
    TABLE_IS_PICTURE = "table_is_picture"  # F-11
    SCANNED = "scanned"  # F-11: the whole document was read by OCR
    TABLE_BY_SCRIPT = "table_by_script"  # F-12: the page has a script's placeholder instead of a table
    READINGS_DIFFER = "readings_differ"  # T3-20: two methods read the same cell differently
    DOCUMENT_CUT = "document_cut"  # the document ends inside a section
    TRADITIONAL_CHARACTERS = "traditional_characters"
    WRONG_EXTENSION = "wrong_extension"  # the name says another format than the content


@dataclass(frozen=True, slots=True)
class Note:
    kind: NoteKind
    place: Place = Place()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """未能读出的地方, with the reason in plain Chinese. Never taken for 0."""

    place: Place
    why: str


Tables = Mapping[str, Mapping[str, Mapping[str, Cell]]]


@dataclass(frozen=True, slots=True)
class Report:
    """年度报告. ``sections`` holds the prose of the parts found, by key; ``tables`` is table → row → column → cell."""

    form: Form
    agency: str = ""  # "" when unknown
    year: int | None = None
    title: str = ""
    preamble: str = ""  # what stands between the title and the first part
    headings: tuple[Heading, ...] = ()
    sections: Mapping[str, str] = field(default_factory=dict)  # paragraphs joined by "\n"
    tables: Tables = field(default_factory=dict)
    printed_rows: tuple[PrintedRow, ...] = ()
    printed_columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # table → heads as printed
    notes: tuple[Note, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    source_format: str = ""  # "html", "docx", "pdf", "text", "json" …

    def cell(self, table: str, row: str, column: str) -> Cell:
        """The cell, ABSENT when the document has none."""
        rows = self.tables.get(table)
        cells = rows.get(row) if rows else None
        return cells.get(column, ABSENT) if cells else ABSENT

    def cells(self) -> Iterator[tuple[str, str, str, Cell]]:
        """Every cell present in ``tables``: (table, row, column, cell)."""
        for table, rows in self.tables.items():
            for row, columns in rows.items():
                for column, cell in columns.items():
                    yield table, row, column, cell

"""读入的文件, whatever its format: paragraphs and tables in the order of print, tables with their own cells."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from gongkai.report.model import Note


class CannotRead(Exception):
    """无法读取. The message is one Chinese sentence for the person who gave the file."""


@dataclass(frozen=True, slots=True)
class Box:
    """表格自己的一个格子: not repeated over what it spans. ``left`` is its first column in the grid."""

    text: str
    colspan: int = 1
    rowspan: int = 1
    left: int = 0
    doubtful: str = ""  # why the text must not be taken for a number


@dataclass(frozen=True, slots=True)
class Table:
    rows: tuple[tuple[Box, ...], ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """图片. Where a table is due and only a picture stands, the table is a picture."""


@dataclass(frozen=True, slots=True)
class Script:
    """脚本或者占位. Where a table is due and only a script stands, the table is made by the script."""


Block = Paragraph | Table | Picture | Script


@dataclass(frozen=True, slots=True)
class Document:
    blocks: tuple[Block, ...]
    source_format: str
    title: str = ""
    notes: tuple[Note, ...] = field(default=())


def placed(rows: Iterable[Sequence[Box]]) -> Table:
    """A table whose boxes know their column, from rows of own cells with spans."""
    taken: dict[int, set[int]] = {}
    result = []
    for index, boxes in enumerate(rows):
        column = 0
        occupied = taken.pop(index, set())
        row = []
        for box in boxes:
            while column in occupied:
                column += 1
            row.append(Box(box.text, box.colspan, box.rowspan, column, box.doubtful))
            for below in range(index + 1, index + box.rowspan):
                taken.setdefault(below, set()).update(range(column, column + box.colspan))
            column += box.colspan
        result.append(tuple(row))
    return Table(tuple(result))

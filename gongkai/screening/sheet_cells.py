"""工作表的单元格. The cells of one sheet in their places, and why one of them is not seen there."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

NARROW = 0.5  # characters
LOW = 2.0  # points
_LAST_COLUMN = 16_384
_TALL = 64  # rows: a merged range higher than that is looked up with every row


@dataclass(slots=True)
class Cell:
    """一个有值的单元格."""

    element: etree._Element
    column: int
    style: int
    kind: str


@dataclass(slots=True)
class Row:
    element: etree._Element
    number: int
    hidden: bool
    default: bool  # it has no height of its own
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Range:
    """A1:C9."""

    left: int
    top: int
    right: int
    bottom: int

    def holds(self, column: int, row: int) -> bool:
        return self.left <= column <= self.right and self.top <= row <= self.bottom

    def covers(self, column: int, row: int) -> bool:
        """Whether a cell lies under the first one, with which it was merged."""
        return self.holds(column, row) and (column, row) != (self.left, self.top)


class Grid:
    """一张工作表的行列: which are hidden, and which cells lie under others."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self._columns: dict[str, int] = {}
        defaults = root.find("{*}sheetFormatPr")
        height = defaults.get("defaultRowHeight") if defaults is not None else None
        width = defaults.get("defaultColWidth") if defaults is not None else None
        self.rows_are_hidden = defaults is not None and defaults.get("zeroHeight") in ("1", "true")
        self._low_rows = height is not None and _below(height, LOW)
        self.hidden_columns, told = _columns_of(root)
        if width is not None and _below(width, NARROW):
            self.hidden_columns |= set(range(1, _LAST_COLUMN + 1)) - told
        self._merged: dict[int, list[Range]] = {}
        self._tall: list[Range] = []
        for each in root.iter("{*}mergeCell"):
            self._take(range_of(each.get("ref") or "", self._columns))

    def _take(self, range_: Range | None) -> None:
        if range_ is None:
            return
        if range_.bottom - range_.top > _TALL:
            self._tall.append(range_)
            return
        for row in range(range_.top, range_.bottom + 1):
            self._merged.setdefault(row, []).append(range_)

    def covered(self, row: int) -> list[Range]:
        """The merged ranges of a row."""
        return self._merged.get(row, []) + [each for each in self._tall if each.top <= row <= each.bottom]

    def rows(self) -> Iterator[Row]:
        number = 0
        for data in self.root.iterchildren("{*}sheetData"):
            for row in data:
                own = row.get("r")
                number = int(own) if own and own.isdecimal() else number + 1
                height = row.get("ht")
                low = _below(height, LOW) if height is not None else self._low_rows
                hidden = row.get("hidden") in ("1", "true") or low
                yield Row(row, number, hidden, height is None, list(self._cells(row)))

    def _cells(self, row: etree._Element) -> Iterator[Cell]:
        column, columns = 0, self._columns
        for cell in row:
            place = cell.get("r")
            if place:
                letters = place.rstrip("0123456789")
                known = columns.get(letters)
                if known is None:
                    known = columns[letters] = column_of(letters)
                column = known
            else:
                column += 1
            if len(cell):
                style = cell.get("s")
                yield Cell(
                    cell,
                    column,
                    int(style) if style and style.isdecimal() else 0,
                    cell.get("t") or "n",
                )


def _columns_of(root: etree._Element) -> tuple[set[int], set[int]]:
    hidden: set[int] = set()
    told: set[int] = set()
    for column in root.iter("{*}col"):
        first, last = (_whole(column.get(each)) for each in ("min", "max"))
        places = range(first, min(last, _LAST_COLUMN) + 1)
        width = column.get("width")
        if column.get("hidden") in ("1", "true") or (width is not None and _below(width, NARROW)):
            hidden.update(places)
        if width is not None or column.get("hidden"):
            told.update(places)
    return hidden, told


def column_of(letters: str) -> int:
    number = 0
    for letter in letters.strip("$")[:3]:
        number = number * 26 + ord(letter) - 64
    return number


def letters_of(column: int) -> str:
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def range_of(ref: str, columns: dict[str, int] | None = None) -> Range | None:
    """None for what is no range."""
    first, _, last = ref.replace("$", "").partition(":")
    corners = []
    for corner in (first, last or first):
        letters = corner.rstrip("0123456789")
        row = corner[len(letters) :]
        if not letters.isascii() or not letters.isupper() or not 0 < len(row) <= 7:
            return None
        corners.append((column_of(letters), int(row)))
    (left, top), (right, bottom) = corners
    return Range(min(left, right), min(top, bottom), max(left, right), max(top, bottom))


def ranges_of(refs: str) -> list[Range]:
    """A1:C9 E5."""
    return [each for ref in refs.split() if (each := range_of(ref)) is not None]


def _below(value: str, limit: float) -> bool:
    try:
        return float(value) <= limit
    except ValueError:
        return False


def _whole(value: str | None) -> int:
    return int(value) if value and value.isdecimal() and len(value) < 8 else 0

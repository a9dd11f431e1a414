"""扫描页上的表格线. A page is set straight, and the cells are the spaces that ruled lines close in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy

Image = Any  # of numpy, one byte a pixel, 0 black

RULE_LENGTH = 46  # pixels of a line's least piece: higher than a letter, lower than a row
GAP = 15  # pixels of a line that print or scan may have lost
LEAST_CELL = 10
LEAST_TABLE = (200, 60)
CLOSED = 0.9  # of its rectangle that a closed cell fills
LARGEST_TILT = 5.0  # degrees


@dataclass(frozen=True, slots=True)
class Cell:
    """一格 on the page in pixels. ``is_closed``: lines on all four sides."""

    left: int
    top: int
    right: int
    bottom: int
    is_closed: bool = True

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class RuledTable:
    """一张有线的表: its outer border and its cells, from top to bottom and left to right."""

    border: Cell
    cells: tuple[Cell, ...]


def straightened(page: Image) -> Image:
    """The page turned so that its long lines lie level."""
    dark = _dark(page)
    width = page.shape[1]
    lines = cv2.HoughLinesP(dark, 1, numpy.pi / 1800, 200, minLineLength=width // 4, maxLineGap=GAP)
    if lines is None:
        return page
    x0, y0, x1, y1 = numpy.asarray(lines, dtype=float).reshape(-1, 4).T
    angles = numpy.degrees(numpy.arctan2(y1 - y0, x1 - x0))
    level = angles[numpy.abs(angles) <= LARGEST_TILT]
    if not len(level) or abs(float(numpy.median(level))) < 0.03:
        return page
    height = page.shape[0]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), float(numpy.median(level)), 1.0)
    return cv2.warpAffine(
        page, turn, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=255
    )


def tables_of(page: Image) -> tuple[RuledTable, ...]:
    """The ruled tables of a straight page, from top to bottom."""
    dark = _dark(page)
    level = _lines(dark, (RULE_LENGTH, 1), (GAP, 1))
    upright = _lines(dark, (1, RULE_LENGTH), (1, GAP))
    rules = cv2.dilate(cv2.bitwise_or(level, upright), numpy.ones((3, 3), numpy.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(rules, connectivity=8)
    tables = []
    for index in range(1, count):
        left, top, width, height = (int(each) for each in stats[index][:4])
        if width < LEAST_TABLE[0] or height < LEAST_TABLE[1]:
            continue
        own = (labels[top : top + height, left : left + width] == index).astype(numpy.uint8)
        cells = _cells(own, left, top)
        if len(cells) >= 2:
            tables.append(RuledTable(Cell(left, top, left + width, top + height), cells))
    return tuple(sorted(tables, key=lambda table: table.border.top))


def _dark(page: Image) -> Image:
    """White where the page is dark, whatever the light on it."""
    return cv2.adaptiveThreshold(page, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 35, 15)


def _lines(dark: Image, shape: tuple[int, int], gap: tuple[int, int]) -> Image:
    pieces = cv2.morphologyEx(dark, cv2.MORPH_OPEN, numpy.ones(shape[::-1], numpy.uint8))
    return cv2.morphologyEx(pieces, cv2.MORPH_CLOSE, numpy.ones(gap[::-1], numpy.uint8))


def _cells(rules: Image, left: int, top: int) -> tuple[Cell, ...]:
    """The spaces between the lines that do not reach the outside."""
    framed = cv2.copyMakeBorder(1 - rules, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=1)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(framed, connectivity=4)
    outside = labels[0, 0]
    cells = []
    for index in range(1, count):
        x, y, width, height, area = (int(each) for each in stats[index])
        if index == outside or width < LEAST_CELL or height < LEAST_CELL:
            continue
        x, y = x + left - 1, y + top - 1
        cells.append(Cell(x, y, x + width, y + height, area >= CLOSED * width * height))
    return tuple(sorted(cells, key=lambda cell: (cell.top, cell.left)))


def edges(places: Sequence[int], *, apart: int = LEAST_CELL) -> list[int]:
    """The lines of a grid from the edges of its cells: those that nearly agree are one.

    >>> edges([10, 12, 50, 51, 90])
    [10, 50, 90]
    """
    found: list[int] = []
    for place in sorted(places):
        if not found or place - found[-1] > apart:
            found.append(place)
    return found

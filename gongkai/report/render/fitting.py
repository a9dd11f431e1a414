"""格宽. How large a figure may be set so that it stays on one line of its cell: a figure that wraps reads as two."""

import unicodedata

from gongkai.report.grid import Grid, GridCell

TABLE_TYPE = {"proactive": 12.0, "applications": 9.0, "remedies": 9.0}  # points
SMALLEST = 4.0
_POINTS_PER_MM = 72 / 25.4
_PADDING = 4.5  # points, both sides together, with the border
_DIGIT = 0.56  # of the size: the widest digit of the faces in use


def type_size(grid: Grid, cell: GridCell, *, column: int) -> float:
    """The size in points, in steps of half a point as Word counts."""
    usual = TABLE_TYPE[grid.table]
    room = grid.width_of(column, cell.colspan) * _POINTS_PER_MM - _PADDING
    wanted = sum(1.0 if unicodedata.east_asian_width(each) in "WFA" else _DIGIT for each in cell.text)
    if not cell.key or wanted * usual <= room:
        return usual
    return max(SMALLEST, int(room / wanted * 2) / 2)

"""单元格的五种状态. A blank, a 0 and a "/" are three different things from reading to print."""

from enum import StrEnum


class CellState(StrEnum):
    """一格是什么."""

    NUMBER = "number"
    BLANK = "blank"
    MARK = "mark"  # "/", "-", "—", "不适用" or other text where a number belongs
    UNREADABLE = "unreadable"  # something stands there, but what is uncertain
    ABSENT = "absent"  # the document has no such cell (cut off, or a row left out)

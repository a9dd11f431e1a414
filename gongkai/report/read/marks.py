"""双重分隔符. Some converters put a mark before and after each cell, so that two stand between neighbours.

Such a text has lost its empty cells: two marks never mean one here, and a row with too few figures stays unread.
"""

import re
from itertools import groupby

_MARK = "|"
_LEAST = 3
MOST = 0.8  # of the marks stand in pairs; others begin and end a table
_ROW = re.compile(r"^\s*\|[^|]+(?:\|\|[^|]+)*\|\s*$")
_ONE_BETWEEN = re.compile(r"[^|]\|[^|]")


def with_single_marks(lines: list[str]) -> list[str]:
    """The same lines with one mark between two cells, or none where each mark has a line of its own.

    >>> with_single_marks(["|规章||0||0||0|", "|行政规范性文件||5||1||8|", "|行政许可||3|"])
    ['|规章|0|0|0|', '|行政规范性文件|5|1|8|', '|行政许可|3|']
    """
    if _MARK not in "".join(lines):
        return lines
    if _are_doubled_on_a_line(lines):
        return [line.replace("||", _MARK) if _ROW.match(line) else line for line in lines]
    if _are_doubled_on_lines_of_their_own(lines):
        return [line for line in lines if line.strip() != _MARK]
    return lines


def _are_doubled_on_a_line(lines: list[str]) -> bool:
    rows = [line for line in lines if "||" in line and _ROW.match(line)]
    marked = [line for line in lines if line.strip().strip(_MARK).count(_MARK)]
    return len(rows) >= _LEAST and len(rows) == len(marked) and not any(map(_ONE_BETWEEN.search, rows))


def _are_doubled_on_lines_of_their_own(lines: list[str]) -> bool:
    filled = [line.strip() == _MARK for line in lines if line.strip()]
    runs = [sum(1 for _ in run) for is_mark, run in groupby(filled) if is_mark]
    pairs = runs.count(2)
    return pairs >= 10 * _LEAST and pairs >= MOST * len(runs)

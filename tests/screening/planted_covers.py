"""Words under shapes and pictures, for the list of everything that can be hidden: name, ending, maker, trace, and how it is told."""

from gongkai.screening.inspection import Trace
from tests.screening import making_covers as make

_PLACES = {"页眉里的图形": "页眉第2段"}
ROWS = tuple(
    (name, ending, maker, Trace.COVERED_TEXT, {"cleanable": False, "place": _PLACES.get(name, place)})
    for ending, place, rows in (("docx", "正文第", make.PLANTED), ("xlsx", "单元格A3", make.PLANTED_CELLS))
    for name, maker in rows
)

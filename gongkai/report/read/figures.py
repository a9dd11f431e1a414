"""格子里的字变成数. What a cell holds: a number, nothing, a mark, or something that must not be guessed."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from gongkai.report.grid import ABSENT_TEXT, UNREADABLE_TEXT
from gongkai.report.model import ABSENT, Cell
from gongkai.report.read.labels import without_invisible

_SPACES = re.compile(r"[\s\u3000\xa0]+")
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_UNIT = re.compile(r"(?P<number>[+-]?[\d,]*\d(?:\.\d+)?)(?P<unit>件次|人次|[件项个条宗例起份家次]|万元|元)")
_FOLDED = re.compile(r"[０-９，．－／＋\u3000]")  # full-width characters that are plain digits and signs
_NOTED = re.compile(
    r"[*#†‡※注]|[\[［【〔（(]\s*[注\d①-⑳]+\s*[\]］】〕）)]|<[^>]*>|~~|\^"
)  # marks of a footnote or an editor
_CHANGE = re.compile(r"(?P<sign>增加?|减少?|新增)(?P<number>\d+)(?:[项个件宗]|件次)?")
_MARKS = frozenset(
    {
        "/",
        "\\",
        "-",
        "--",
        "---",
        "—",
        "——",
        "———",
        "–",
        "―",
        "−",
        "一一",
        "无",
        "不适用",
        "N/A",
        "n/a",
        "*",
        "空",
        "、",
    }
)
LONGEST_FIGURE = 24


@dataclass(frozen=True, slots=True)
class Reading:
    """一格的读数 and what was noticed on the way."""

    cell: Cell
    full_width: bool = False
    joined: bool = False
    why: str = ""  # only for an unreadable cell


@lru_cache(maxsize=8_192)
def tidy(text: str) -> str:
    """The text of a cell on one line, without invisible characters and outer white space."""
    return _SPACES.sub(" ", without_invisible(text)).strip()


def read_cell(text: str, *, column: str = "", joinable: bool = True) -> Reading:
    """What stands in a cell. ``joinable``: the cell has borders of its own, so "12 9" can only be one number.

    >>> read_cell("1,234").cell.value, read_cell("／").cell.state, read_cell(" ").cell.state
    (Decimal('1234'), <CellState.MARK: 'mark'>, <CellState.BLANK: 'blank'>)
    """
    printed = tidy(text)
    if not printed:
        return Reading(Cell.blank())
    if printed.isascii() and printed.isdigit() and len(printed) <= LONGEST_FIGURE:
        return Reading(Cell.number(Decimal(printed), printed))
    if printed.replace(" ", "") == UNREADABLE_TEXT:  # as our own renderings print these two states
        return Reading(Cell.unreadable(printed), why="文件注明这一格无法辨认")
    if printed.replace(" ", "") == ABSENT_TEXT:
        return Reading(ABSENT)
    if (
        len(printed) > LONGEST_FIGURE
        and re.search(r"\d", printed)
        and not re.search(r"[\u4e00-\u9fff]", printed)
    ):
        return Reading(Cell.unreadable(printed), why="格中数字过长，无法确认")
    half = unicodedata.normalize("NFKC", printed).replace("−", "-")
    if _is_noted(printed):
        return Reading(Cell.unreadable(printed), why=f"“{printed}”中的数字带有注号或者符号，不能确认")
    full_width = bool(re.search(r"[０-９]", printed))
    if _NUMBER.fullmatch(half):
        return Reading(Cell.number(_exact(half), printed), full_width)
    if printed in _MARKS or half in _MARKS:
        return Reading(Cell.mark(printed))
    joined = half.replace(" ", "")
    if " " in half and _NUMBER.fullmatch(joined):
        certain = joinable and (not joined.startswith("0") or joined.startswith("0."))
        if certain:
            return Reading(Cell.number(_exact(joined), printed), full_width, joined=True)
        why = f"“{printed}”可能是{joined}，也可能是几个数"
        return Reading(Cell.unreadable(printed), full_width, joined=True, why=why)
    unit = _UNIT.fullmatch(joined)
    if unit and unit["unit"] == "元" and column == "amount_10k_yuan":
        return Reading(Cell.unreadable(printed), full_width, why=f"“{printed}”以元为单位，格式的单位是万元")
    if (
        unit
        and _NUMBER.fullmatch(unit["number"])
        and unit["unit"].endswith("元") == (column == "amount_10k_yuan")
    ):
        return Reading(Cell.number(_exact(unit["number"]), printed), full_width)
    change = _CHANGE.fullmatch(half) if column == "change" else None
    if change:
        amount = Decimal(change["number"])
        return Reading(
            Cell.number(-amount if change["sign"].startswith("减") else amount, printed), full_width
        )
    if re.fullmatch(r"[\d\s,.]+", half):
        return Reading(Cell.unreadable(printed), full_width, why=f"“{printed}”不是一个能确认的数")
    return Reading(Cell.mark(printed))


def _is_noted(printed: str) -> bool:
    """Digits beside the number of a footnote, or digits that are such a number: 3①, 3², 3[1]."""
    if not re.search(r"\d", unicodedata.normalize("NFKC", printed)):
        return False
    plain_digits = _FOLDED.sub(lambda found: unicodedata.normalize("NFKC", found.group()), printed)
    becomes_digit = any(
        not each.isascii() and re.search(r"\d", unicodedata.normalize("NFKC", each)) for each in plain_digits
    )
    return becomes_digit or (bool(re.search(r"\d", plain_digits)) and bool(_NOTED.search(printed)))


@lru_cache(maxsize=8_192)
def looks_like_value(token: str) -> bool:
    """Whether a piece of text without borders is a figure or a mark, and not part of a label."""
    if token.replace(" ", "") in (UNREADABLE_TEXT, ABSENT_TEXT):
        return True
    half = unicodedata.normalize("NFKC", token).replace("−", "-")
    if half in _MARKS - {"、", "空", "*"} or token in _MARKS - {"、", "空", "*"}:
        return True
    return bool(_NUMBER.fullmatch(half)) or bool(_UNIT.fullmatch(half.replace(" ", "")))


def _exact(digits: str) -> Decimal:
    return Decimal(digits.replace(",", "").lstrip("+"))

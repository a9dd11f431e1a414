"""条件格式的颜色. The rules of a sheet that paint letters in the colour behind them, or show nothing, and whom they hit."""

import re

from lxml import etree

from gongkai.screening.cell_looks import ORDINARY, Look, Looks
from gongkai.screening.colours import Colour, alike
from gongkai.screening.number_formats import NumberFormat
from gongkai.screening.sheet_cells import Cell, ranges_of

_NEVER = re.compile(r"=?\s{0,9}(?:FALSE(?:\(\))?|0|1\s{0,9}=\s{0,9}[02])\s{0,9}", re.IGNORECASE)
_OF_ERRORS = re.compile(r"=?\s{0,9}(?:OR\()?(?:ISERROR|ISERR|ISNA|ISBLANK)\(", re.IGNORECASE)
_MOST_WORDS = 500
_COMPARED = {
    "equal": lambda value, than: value == than,
    "notEqual": lambda value, than: value != than,
    "greaterThan": lambda value, than: value > than,
    "greaterThanOrEqual": lambda value, than: value >= than,
    "lessThan": lambda value, than: value < than,
    "lessThanOrEqual": lambda value, than: value <= than,
}


class Painting:
    """一条条件格式规则."""

    def __init__(
        self,
        rule: etree._Element,
        refs: str,
        letters: Colour | None,
        behind: tuple[Colour, ...],
        format_: NumberFormat | None,
    ) -> None:
        self.refs, self.words = refs, list[str]()
        self._ranges = ranges_of(refs)
        self._letters, self._behind, self._format = letters, behind, format_
        self._kind, self._operator = rule.get("type") or "", rule.get("operator") or ""
        self._text = rule.get("text") or ""
        formulas = [each.text or "" for each in rule.iter("{*}formula", "{*}f")]
        self._formula = formulas[0].strip() if formulas else ""

    def take(self, cell: Cell, row: int, value: str, look: Look) -> None:
        """Keep the value, if the rule hides it. Errors and zeros say nothing."""
        if len(self.words) >= _MOST_WORDS or cell.kind == "e" or value == "0":
            return
        if not any(each.holds(cell.column, row) for each in self._ranges):
            return
        if self._hides(cell.kind, value, look) and self._is_met(cell.kind, value):
            self.words.append(value)

    def _hides(self, kind: str, value: str, look: Look) -> bool:
        if look.hides(kind, value):
            return False  # told already
        painted = Look(
            self._letters or look.letters, self._behind or look.behind, True, look.size, self._format
        )
        return painted.hides(kind, value) is not None

    def _is_met(self, kind: str, value: str) -> bool:
        """Where it cannot be said, the rule is taken to hold."""
        if self._kind == "cellIs" and self._operator in _COMPARED:
            return self._compares(kind, value)
        if self._kind == "expression":
            return not (_NEVER.fullmatch(self._formula) or _OF_ERRORS.match(self._formula))
        if self._kind in ("containsText", "beginsWith", "endsWith"):
            return self._text in value
        return self._kind not in ("containsErrors", "containsBlanks")

    def _compares(self, kind: str, value: str) -> bool:
        compare = _COMPARED[self._operator]
        if self._formula.startswith('"'):
            return bool(compare(value, self._formula.strip('"')))
        try:
            return bool(compare(float(value), float(self._formula)))
        except ValueError:
            return kind != "n" or not _is_number(self._formula)


def paintings(root: etree._Element, looks: Looks) -> list[Painting]:
    """Only the rules that can hide something."""
    found = []
    for holder in root.iter("{*}conditionalFormatting"):
        refs = holder.get("sqref") or " ".join(each.text or "" for each in holder.iter("{*}sqref"))
        for rule in holder.iterchildren("{*}cfRule"):
            painted = _painted(rule, looks)
            if painted is not None and _could_hide(painted, looks):
                found.append(Painting(rule, refs, *painted))
    return found


def _could_hide(painted: tuple[Colour | None, tuple[Colour, ...], NumberFormat | None], looks: Looks) -> bool:
    """Whether some cell of this workbook would be hidden by it: most rules paint what all can read."""
    letters, behind, format_ = painted
    if format_ is not None:
        return True
    if letters is None and not behind:
        return False
    return any(
        bool(behind or look.behind) and alike(letters or look.letters, behind or look.behind)
        for look in [*looks.all, ORDINARY]
    )


def _painted(
    rule: etree._Element, looks: Looks
) -> tuple[Colour | None, tuple[Colour, ...], NumberFormat | None] | None:
    for own in rule.iterchildren("{*}dxf"):
        return looks.rule(own)
    place = rule.get("dxfId") or ""
    return looks.rules[int(place)] if place.isdecimal() and int(place[:6]) < len(looks.rules) else None


def _is_number(formula: str) -> bool:
    try:
        float(formula)
    except ValueError:
        return False
    return True

"""错位与断字. When the sums of 表三 fail: which exchange of columns, or which joined digits, would make them hold.

Both only propose. Nothing is ever corrected by itself; a person compares with the original.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from itertools import pairwise

from gongkai.rules.annual_report_2021.cell_states import CellState
from gongkai.rules.annual_report_2021.cross_checks.equations import (
    COLUMNS,
    KINDS,
    Equation,
    application_equations,
    application_rows,
    value_of,
)
from gongkai.rules.annual_report_2021.cross_checks.judgement import (
    CellPlace,
    CellReading,
    CrossCheck,
    Evidence,
    Judgement,
)
from gongkai.rules.annual_report_2021.cross_checks.wording import column_name, number, place_name, row_name

Values = Mapping[CellPlace, Decimal]
Line = tuple[Decimal, ...]


def holds(equation: Equation, values: Values) -> bool:
    """Whether the equation is satisfied; not when a term is unknown."""
    if any(place not in values for place in equation.places):
        return False
    left = sum((values[place] for place in equation.left), Decimal(0))
    return left == sum((values[place] for place in equation.right), Decimal(0))


def _known(evidence: Evidence) -> dict[CellPlace, Decimal]:
    rows = application_rows(evidence.this_year, evidence.form)
    places = [CellPlace("applications", row, column) for row in rows for column in COLUMNS]
    values = {place: value_of(evidence.this_year, place) for place in places}
    return {place: value for place, value in values.items() if value is not None}


# 两列互换、整行错位 ---------------------------------------------------------------------------


def _exchanges() -> Iterator[tuple[str, Callable[[Line], Line]]]:
    """Every way in which one column can stand in another's place: shifted by one, or 总计 exchanged with a kind."""
    yield "各列左移一列", lambda line: (*line[1:], line[0])
    yield "各列右移一列", lambda line: (line[-1], *line[:-1])
    for position, kind in enumerate(KINDS):
        name = column_name("applications", "", kind)
        yield f"“{name}”列与“总计”列互换", partial(_with_total_exchanged, position)


def _with_total_exchanged(position: int, line: Line) -> Line:
    return (*line[:position], line[-1], *line[position + 1 : -1], line[position])


def find_exchanged_columns(check: CrossCheck, evidence: Evidence) -> Iterator[Judgement]:
    """T3-18. Tried on the whole table and on the rows that do not add up; only when all cells are numbers."""
    rows = application_rows(evidence.this_year, evidence.form)
    equations = application_equations(evidence.this_year, evidence.form)
    values = _known(evidence)
    failing = [equation for equation in equations if not holds(equation, values)]
    if len(values) < len(rows) * len(COLUMNS) or not failing:
        return
    failing_rows = tuple(equation.at.row for equation in failing if equation.rule == "T3-03")
    repairs: dict[frozenset[tuple[CellPlace, Decimal]], str] = {}
    for tried in dict.fromkeys((rows, failing_rows)):
        for name, exchange in _exchanges():
            repaired = _with_rows_exchanged(values, tried, exchange)
            if all(holds(equation, repaired) for equation in equations):
                where = (
                    "整表"
                    if tried == rows
                    else "、".join(f"“{row_name('applications', r)}”行" for r in tried)
                )
                repairs.setdefault(frozenset(repaired.items()), f"{where}{name}")
    if repairs:
        message = f"表三疑似错列：{'；或者'.join(repairs.values())}后，各项合计都成立。请对照原件。"
        yield check.finding(CellPlace("applications", failing[0].at.row), message)


def _with_rows_exchanged(values: Values, rows: tuple[str, ...], exchange: Callable[[Line], Line]) -> Values:
    repaired = dict(values)
    for row in rows:
        places = [CellPlace("applications", row, column) for column in COLUMNS]
        repaired.update(zip(places, exchange(tuple(values[place] for place in places)), strict=True))
    return repaired


# 数字断开、相邻两位颠倒 ------------------------------------------------------------------------


def find_split_digits(check: CrossCheck, evidence: Evidence) -> Iterator[Judgement]:
    """T3-19. A reading is proposed for a cell when every sum through it can be formed, fails now, and holds with it."""
    equations = application_equations(evidence.this_year, evidence.form)
    values = _known(evidence)
    if all(holds(equation, values) for equation in equations):
        return
    through: dict[CellPlace, list[Equation]] = {}
    sound: set[CellPlace] = set()  # cells with a sum that holds
    for equation in equations:
        for place in equation.places:
            through.setdefault(place, []).append(equation)
        if holds(equation, values):
            sound.update(equation.places)
    for row in application_rows(evidence.this_year, evidence.form):
        for column in COLUMNS:
            place = CellPlace("applications", row, column)
            if place in sound:
                continue
            touching = through.get(place, [])
            cell = evidence.this_year.cell(place.table, place.row, place.column)
            for read_as, how in _readings(cell):
                if all(holds(equation, {**values, place: read_as}) for equation in touching):
                    message = f"{place_name(place)}印作“{cell.text}”，{how}读作{number(read_as)}时各项合计都成立。请对照原件。"
                    yield check.finding(place, message, left=cell.value, right=read_as)


def _readings(cell: CellReading) -> Iterator[tuple[Decimal, str]]:
    """Other ways to read what is printed: digits joined over a gap, neighbours the other way round."""
    digits = "".join(cell.text.split())
    if not (digits.isascii() and digits.isdecimal()):
        return
    if cell.state != CellState.NUMBER or cell.value != Decimal(digits):
        yield Decimal(digits), "断开的数字相连，"
    for position, (one, next_one) in enumerate(pairwise(digits)):
        if one != next_one:
            yield Decimal(digits[:position] + next_one + one + digits[position + 2 :]), "相邻两位对调，"

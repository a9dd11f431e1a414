"""等式. The sums that an annual report's tables must satisfy, as places on the left and on the right.

One list serves the checks, the search for exchanged columns and the repair of split digits, so that they cannot disagree.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from gongkai.rules.annual_report_2021.cell_states import CellState
from gongkai.rules.annual_report_2021.cross_checks.judgement import (
    CellPlace,
    CrossCheck,
    Evidence,
    Figures,
    Finding,
    FormYear,
    Judgement,
)
from gongkai.rules.annual_report_2021.cross_checks.wording import (
    TABLES,
    addition,
    column_name,
    number,
    place_name,
    row_name,
    state_name,
)
from gongkai.rules.annual_report_2021.tables import (
    APPLICANT_COLUMNS,
    APPLICATION_ROWS,
    OTHER_AS_ONE_ROW,
    OUTCOME_ROWS,
    REMEDY_COLUMNS,
    REMEDY_GROUPS,
)

COLUMNS = tuple(column.key for column in APPLICANT_COLUMNS)
KINDS = COLUMNS[:-1]
_OTHER_ROWS = tuple(row.key for row in OUTCOME_ROWS if row.key.startswith("other_"))


@dataclass(frozen=True, slots=True)
class Equation:
    """一条等式. ``at`` is where a difference is shown; ``by`` says whether the terms are rows of a column or the reverse."""

    rule: str
    at: CellPlace
    left: tuple[CellPlace, ...]
    right: tuple[CellPlace, ...]
    by_column: bool = False

    @property
    def places(self) -> tuple[CellPlace, ...]:
        return self.left + self.right


def present(figures: Figures, place: CellPlace) -> bool:
    """Whether the document has this cell at all."""
    return figures.cell(place.table, place.row, place.column).state != CellState.ABSENT


def value_of(figures: Figures, place: CellPlace) -> Decimal | None:
    """The number in a cell; ``None`` for everything that is not a number, never 0."""
    cell = figures.cell(place.table, place.row, place.column)
    return cell.value if cell.state == CellState.NUMBER else None


def outcome_rows(figures: Figures, form: FormYear) -> tuple[str, ...]:
    """办理结果各行: with the single row 其他处理 where the form, or this report, prints it so."""
    first = tuple(row.key for row in OUTCOME_ROWS if row.key not in _OTHER_ROWS)
    one_row = any(present(figures, CellPlace("applications", OTHER_AS_ONE_ROW.key, c)) for c in COLUMNS)
    three_rows = any(
        present(figures, CellPlace("applications", row, c)) for row in _OTHER_ROWS for c in COLUMNS
    )
    if form is FormYear.FORM_2019 or (one_row and not three_rows):
        return (*first, OTHER_AS_ONE_ROW.key)
    return (*first, *_OTHER_ROWS)


def application_rows(figures: Figures, form: FormYear) -> tuple[str, ...]:
    """表三各行, in the order of print."""
    return _rows_around(outcome_rows(figures, form))


def _rows_around(outcomes: tuple[str, ...]) -> tuple[str, ...]:
    opening = tuple(row.key for row in APPLICATION_ROWS[:2])
    closing = tuple(row.key for row in APPLICATION_ROWS[-2:])
    return (*opening, *outcomes, *closing)


def _cell(row: str, column: str) -> CellPlace:
    return CellPlace("applications", row, column)


def application_equations(figures: Figures, form: FormYear) -> tuple[Equation, ...]:
    """表三的等式: T3-01 and T3-02 in every column, T3-03 in every row."""
    return _equations_over(outcome_rows(figures, form))


@cache
def _equations_over(outcomes: tuple[str, ...]) -> tuple[Equation, ...]:
    """Two layouts exist (其他处理 in one row or in three), and each is made once."""
    carried = [
        Equation(
            "T3-01",
            _cell("total", column),
            (_cell("received", column), _cell("carried_in", column)),
            (_cell("total", column), _cell("carried_out", column)),
            by_column=True,
        )
        for column in COLUMNS
    ]
    summed = [
        Equation(
            "T3-02",
            _cell("total", column),
            (_cell("total", column),),
            tuple(_cell(row, column) for row in outcomes),
            by_column=True,
        )
        for column in COLUMNS
    ]
    across = [
        Equation(
            "T3-03", _cell(row, "total"), tuple(_cell(row, kind) for kind in KINDS), (_cell(row, "total"),)
        )
        for row in _rows_around(outcomes)
    ]
    return (*carried, *summed, *across)


def remedy_equations() -> tuple[Equation, ...]:
    """表四的等式: T4-01 to T4-03, one for each group."""
    return tuple(
        Equation(
            f"T4-0{position}",
            CellPlace("remedies", group.key, "total"),
            tuple(CellPlace("remedies", group.key, column.key) for column in REMEDY_COLUMNS[:-1]),
            (CellPlace("remedies", group.key, "total"),),
        )
        for position, group in enumerate(REMEDY_GROUPS, start=1)
    )


def table_is_absent(figures: Figures, equations: tuple[Equation, ...]) -> bool:
    """Whether nothing of the table stands in the document."""
    return not any(present(figures, place) for equation in equations for place in equation.places)


def judge_equations(
    check: CrossCheck, evidence: Evidence, equations: tuple[Equation, ...]
) -> Iterator[Judgement]:
    """逐式判断. A cell without a number makes its sum "cannot judge"; a table that is not there does so once."""
    if table_is_absent(evidence.this_year, equations):
        table = equations[0].at.table
        yield check.cannot_judge(CellPlace(table), f"文件中没有{TABLES[table]}，不能判断。")
        return
    for equation in equations:
        if equation.rule == check.id:
            yield judge_equation(check, evidence, equation)


def judge_equation(check: CrossCheck, evidence: Evidence, equation: Equation) -> Judgement:
    """判断一式."""
    figures = evidence.this_year
    values = {place: value_of(figures, place) for place in equation.places}
    unknown = [place for place, value in values.items() if value is None]
    if unknown:
        cell = figures.cell(unknown[0].table, unknown[0].row, unknown[0].column)
        more = f"等{len(unknown)}格" if len(unknown) > 1 else ""
        why = f"{place_name(unknown[0], evidence.form)}{state_name(cell)}{more}，不按0计算，不能判断“{check.formula}”。"
        return check.cannot_judge(unknown[0], why)
    known = {place: value for place, value in values.items() if value is not None}
    left = sum((known[place] for place in equation.left), Decimal(0))
    right = sum((known[place] for place in equation.right), Decimal(0))
    if left == right:
        return check.agrees(equation.at)
    return _difference(check, evidence.form, equation, known, left, right)


def _difference(
    check: CrossCheck,
    form: FormYear,
    equation: Equation,
    known: dict[CellPlace, Decimal],
    left: Decimal,
    right: Decimal,
) -> Finding:
    def named(places: tuple[CellPlace, ...]) -> str:
        return addition((_term(place, equation.by_column, form), known[place]) for place in places)

    at = equation.at
    where = (
        column_name(at.table, at.row, at.column) + "列"
        if equation.by_column
        else row_name(at.table, at.row) + "行"
    )
    message = (
        f"{TABLES[at.table]}{where}不符合“{check.formula}”："
        f"{named(equation.left)}，{named(equation.right)}，两边相差{number(abs(left - right))}。"
    )
    return check.finding(at, message, left=left, right=right)


def _term(place: CellPlace, by_column: bool, form: FormYear) -> str:
    if by_column:
        return row_name(place.table, place.row, form)
    return column_name(place.table, place.row, place.column, form)

"""单元格检查. Whether each cell holds the kind of number that belongs there; the same for the three tables."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from gongkai.rules.annual_report_2021.cell_states import CellState
from gongkai.rules.annual_report_2021.cross_checks.equations import present
from gongkai.rules.annual_report_2021.cross_checks.judgement import (
    CellPlace,
    CellReading,
    CrossCheck,
    Evidence,
    Judgement,
    Level,
)
from gongkai.rules.annual_report_2021.cross_checks.wording import TABLES, number, place_name, state_name

# Signs that an office writes for "nothing". Any other text in a cell is not a number at all.
NIL_MARKS = frozenset({"/", "／", "\\", "-", "－", "–", "—", "——", "--", "无", "不适用", "○", "*"})
FULL_WIDTH_DIGITS = frozenset("０１２３４５６７８９")

Places = Callable[[Evidence], tuple[CellPlace, ...]]
Fault = Callable[[Decimal], str]


def is_nil(cell: CellReading) -> bool:
    """空白或者“/”“—”等符号: told apart from 0, and from words."""
    return cell.state == CellState.BLANK or (cell.state == CellState.MARK and cell.text.strip() in NIL_MARKS)


def counts_nil_cells(places: Places) -> Callable[[CrossCheck, Evidence], Iterator[Judgement]]:
    """空格计数: one finding for the table, naming every such cell."""

    def judges(check: CrossCheck, evidence: Evidence) -> Iterator[Judgement]:
        there = [place for place in places(evidence) if present(evidence.this_year, place)]
        nil = [place for place in there if is_nil(_cell(evidence, place))]
        if not there:
            return
        if not nil:
            yield check.agrees(CellPlace(check.table))
            return
        first = f"{place_name(nil[0], evidence.form)}{state_name(_cell(evidence, nil[0]))}"
        message = f"{TABLES[check.table]}有{len(nil)}格空白或者填了符号（{first}{'等' if len(nil) > 1 else ''}），没有的应填0。"
        yield check.finding(nil[0], message, left=Decimal(len(nil)), right=Decimal(0), further=tuple(nil[1:]))

    return judges


def each_cell_is(places: Places, fault: Fault) -> Callable[[CrossCheck, Evidence], Iterator[Judgement]]:
    """逐格检查数字: ``fault`` gives what is wrong with a number, or nothing."""

    def judges(check: CrossCheck, evidence: Evidence) -> Iterator[Judgement]:
        for place in places(evidence):
            cell = _cell(evidence, place)
            if cell.state == CellState.NUMBER and cell.value is not None:
                wrong = fault(cell.value)
                if wrong:
                    message = f"{place_name(place, evidence.form)}填了{number(cell.value)}，{wrong}。"
                    yield check.finding(place, message, left=cell.value)
                else:
                    yield check.agrees(place)

    return judges


def each_cell_is_a_number(places: Places) -> Callable[[CrossCheck, Evidence], Iterator[Judgement]]:
    """逐格检查文字: words where a number belongs are a finding; what was not read cannot be judged."""

    def judges(check: CrossCheck, evidence: Evidence) -> Iterator[Judgement]:
        for place in places(evidence):
            cell = _cell(evidence, place)
            if cell.state == CellState.MARK and not is_nil(cell):
                where = place_name(place, evidence.form)
                yield check.finding(place, f"{where}填了“{cell.text}”，应填数字。")
            elif cell.state == CellState.UNREADABLE:
                where = place_name(place, evidence.form)
                yield check.cannot_judge(place, f"{where}{state_name(cell)}，不能判断是否为数字。")
            elif (
                cell.state == CellState.NUMBER
                and not cell.text.isascii()
                and (FULL_WIDTH_DIGITS & set(cell.text))
            ):
                where = place_name(place, evidence.form)
                message = f"{where}用了全角数字“{cell.text}”，已按{number(cell.value or Decimal(0))}读取。"
                yield check.finding(place, message, left=cell.value, level=Level.INFORMATION)

    return judges


def not_a_count(value: Decimal) -> str:
    """件数应为非负整数."""
    return negative(value) or not_whole(value)


def negative(value: Decimal) -> str:
    return "不应为负数" if value < 0 else ""


def not_whole(value: Decimal) -> str:
    return "件数应为整数" if value != value.to_integral_value() else ""


def _cell(evidence: Evidence, place: CellPlace) -> CellReading:
    return evidence.this_year.cell(place.table, place.row, place.column)

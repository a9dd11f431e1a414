"""跨年核对. This year's opening against last year's closing: X-01 to X-04."""

from collections.abc import Iterator
from decimal import Decimal

from gongkai.rules.annual_report_2021.cross_checks.equations import COLUMNS, KINDS, value_of
from gongkai.rules.annual_report_2021.cross_checks.judgement import (
    CellPlace,
    CrossCheck,
    Evidence,
    Figures,
    Judgement,
    Level,
    Need,
)
from gongkai.rules.annual_report_2021.cross_checks.wording import column_name, number
from gongkai.rules.citation import REPORT_FORM_2021, Certainty

DERIVED = REPORT_FORM_2021.whole(certainty=Certainty.INFERENCE)
TABLE = "applications"
NEEDS_LAST_YEAR = frozenset({Need.FILE, Need.LAST_YEAR})
FORMULA = "上年结转（本年报告） = 结转下年度（上一年度报告）"


def _opening(column: str) -> CellPlace:
    return CellPlace(TABLE, "carried_in", column)


def _closing(figures: Figures, column: str) -> Decimal | None:
    return value_of(figures, CellPlace(TABLE, "carried_out", column))


def _compare(
    check: CrossCheck, evidence: Evidence, columns: tuple[str, ...], note: str
) -> Iterator[Judgement]:
    for column in columns:
        place, name = _opening(column), column_name(TABLE, "carried_in", column)
        opening, closing = value_of(evidence.this_year, place), _closing(evidence.before, column)
        if opening is None or closing is None:
            where = "本年报告的上年结转" if opening is None else "上一年度报告的结转下年度"
            yield check.cannot_judge(place, f"{where}{name}列没有读到数字，不能判断“{check.formula}”。")
        elif opening == closing:
            yield check.agrees(place)
        else:
            message = (
                f"{name}列：本年报告上年结转{number(opening)}件，上一年度报告{_edition(evidence)}结转下年度"
                f"{number(closing)}件，相差{number(abs(opening - closing))}件{note}。"
            )
            yield check.finding(place, message, left=opening, right=closing)


def _edition(evidence: Evidence) -> str:
    return "" if evidence.last_year_first_edition is None else "（更正版）"


def _total_carried_over(check: CrossCheck, evidence: Evidence) -> Iterator[Judgement]:
    if not evidence.reorganised:
        yield from _compare(check, evidence, ("total",), "")


def _kinds_carried_over(check: CrossCheck, evidence: Evidence) -> Iterator[Judgement]:
    if not evidence.reorganised:
        yield from _compare(check, evidence, KINDS, "")


def _carried_over_from_predecessor(check: CrossCheck, evidence: Evidence) -> Iterator[Judgement]:
    if evidence.reorganised:
        yield from _compare(check, evidence, COLUMNS, "；上一年度为改革前机关的报告，请说明")


def _opened_from_the_uncorrected_edition(check: CrossCheck, evidence: Evidence) -> Iterator[Judgement]:
    """X-04: the opening equals the edition of last year's report that was corrected afterwards."""
    first_edition = evidence.last_year_first_edition
    if first_edition is None:
        return
    for column in COLUMNS:
        opening = value_of(evidence.this_year, _opening(column))
        first = _closing(first_edition, column)
        corrected = _closing(evidence.before, column)
        if opening is None or first is None or corrected is None:
            yield check.cannot_judge(
                _opening(column), "两个版本的数没有全部读到，不能判断本年用的是哪个版本。"
            )
        elif opening == first != corrected:
            message = (
                f"{column_name(TABLE, 'carried_in', column)}列：上年结转{number(opening)}件与上一年度报告的原版相同，"
                f"而更正版结转下年度为{number(corrected)}件，应当与更正版核对。"
            )
            yield check.finding(_opening(column), message, left=opening, right=corrected)
        else:
            yield check.agrees(_opening(column))


CHECKS = (
    CrossCheck(
        "X-01", Level.ERROR, "结转衔接（总计）", FORMULA, DERIVED, _total_carried_over, NEEDS_LAST_YEAR, TABLE
    ),
    CrossCheck(
        "X-02", Level.ERROR, "结转衔接（各列）", FORMULA, DERIVED, _kinds_carried_over, NEEDS_LAST_YEAR, TABLE
    ),
    CrossCheck(
        "X-03",
        Level.WARNING,
        "机构改革后的结转",
        FORMULA,
        DERIVED,
        _carried_over_from_predecessor,
        NEEDS_LAST_YEAR,
        TABLE,
    ),
    CrossCheck(
        "X-04",
        Level.WARNING,
        "上年报告更正后的结转",
        "上年结转（本年报告） = 结转下年度（上一年度报告更正版）",
        DERIVED,
        _opened_from_the_uncorrected_edition,
        NEEDS_LAST_YEAR,
        TABLE,
    ),
)

"""表三的勾稽. Applications received and handled: T3-01 to T3-19, as far as figures alone decide."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from gongkai.rules.annual_report_2021.cross_checks.cells import (
    counts_nil_cells,
    each_cell_is,
    each_cell_is_a_number,
    is_nil,
    not_a_count,
)
from gongkai.rules.annual_report_2021.cross_checks.equations import (
    COLUMNS,
    Equation,
    application_equations,
    application_rows,
    judge_equations,
    present,
    value_of,
)
from gongkai.rules.annual_report_2021.cross_checks.judgement import (
    CellPlace,
    CrossCheck,
    Evidence,
    Judgement,
    Ledger,
    Level,
    Need,
)
from gongkai.rules.annual_report_2021.cross_checks.repairs import find_exchanged_columns, find_split_digits
from gongkai.rules.annual_report_2021.cross_checks.wording import number, place_name, row_name
from gongkai.rules.citation import REGULATIONS, REPORT_FORM_2021, Certainty

PRINTED_ON_THE_FORM = REPORT_FORM_2021.whole()
DERIVED = REPORT_FORM_2021.whole(certainty=Certainty.INFERENCE)
TABLE = "applications"
NEEDS_LAST_YEAR = frozenset({Need.FILE, Need.LAST_YEAR})
NEEDS_LEDGER = frozenset({Need.FILE, Need.LEDGER})


def _places(evidence: Evidence) -> tuple[CellPlace, ...]:
    rows = application_rows(evidence.this_year, evidence.form)
    return tuple(CellPlace(TABLE, row, column) for row in rows for column in COLUMNS)


def _total(row: str) -> CellPlace:
    return CellPlace(TABLE, row, "total")


def _sums(check: CrossCheck, evidence: Evidence) -> Iterator[Judgement]:
    yield from judge_equations(check, evidence, application_equations(evidence.this_year, evidence.form))


def _unknown(check: CrossCheck, evidence: Evidence, *places: CellPlace) -> Iterator[Judgement]:
    for place in places:
        if value_of(evidence.this_year, place) is None:
            yield check.cannot_judge(
                place, f"{place_name(place, evidence.form)}没有读到数字，不能判断“{check.formula}”。"
            )


# T3-06 ------------------------------------------------------------------------------------


def _blank_that_is_not_nothing(check: CrossCheck, evidence: Evidence) -> Iterator[Judgement]:
    """A blank may not be taken for 0: where the sums tell what belongs there, and it is not 0, say so."""
    equations = application_equations(evidence.this_year, evidence.form)
    for place in _places(evidence):
        cell = evidence.this_year.cell(place.table, place.row, place.column)
        if not (present(evidence.this_year, place) and is_nil(cell)):
            continue
        needed = [
            _missing_term(evidence, equation, place) for equation in equations if place in equation.places
        ]
        known = {value for value in needed if value is not None}
        value = known.pop() if len(known) == 1 else Decimal(0)
        if value > 0:  # below 0 another cell is wrong
            message = (
                f"{place_name(place, evidence.form)}未填数字，按勾稽关系推算应为{number(value)}，不是0。"
            )
            yield check.finding(place, message, right=value)


def _missing_term(evidence: Evidence, equation: Equation, place: CellPlace) -> Decimal | None:
    """What the equation asks for at ``place``, when every other term is a number."""
    total = Decimal(0)
    on_the_left = place in equation.left
    for other in equation.places:
        value = value_of(evidence.this_year, other)
        if other != place and value is None:
            return None
        if value is not None:
            total += value if (other in equation.right) == on_the_left else -value
    return total


# T3-10 to T3-17 -----------------------------------------------------------------------------


def _more_open_than_received(check: CrossCheck, evidence: Evidence) -> Iterator[Judgement]:
    open_cases = value_of(evidence.this_year, _total("carried_out"))
    received = value_of(evidence.this_year, _total("received"))
    if open_cases is None or received is None:
        yield from _unknown(check, evidence, _total("carried_out"), _total("received"))
    elif open_cases > received:
        message = f"结转下年度{number(open_cases)}件，多于本年新收{number(received)}件，请说明原因。"
        yield check.finding(_total("carried_out"), message, left=open_cases, right=received)
    else:
        yield check.agrees(_total("carried_out"))


def _opened_with_cases_that_were_closed(check: CrossCheck, evidence: Evidence) -> Iterator[Judgement]:
    carried_in = value_of(evidence.this_year, _total("carried_in"))
    closing = value_of(evidence.before, _total("carried_out"))
    if carried_in is None or closing is None:
        where = "本年上年结转" if carried_in is None else "上一年度报告的结转下年度"
        yield check.cannot_judge(_total("carried_in"), f"{where}总计没有读到数字，不能判断。")
    elif carried_in > 0 and closing == 0:
        message = f"上年结转{number(carried_in)}件，而上一年度报告结转下年度为0。"
        yield check.finding(_total("carried_in"), message, left=carried_in, right=closing)
    else:
        yield check.agrees(_total("carried_in"))


def _same_as_last_year(check: CrossCheck, evidence: Evidence) -> Iterator[Judgement]:
    pairs = [(value_of(evidence.this_year, p), value_of(evidence.before, p)) for p in _places(evidence)]
    if any(this is None or last is None for this, last in pairs):
        yield check.cannot_judge(CellPlace(TABLE), "两年的表三没有全部读到数字，不能判断是否照抄。")
    elif any(this != last for this, last in pairs) or not any(this for this, _ in pairs):
        yield check.agrees(CellPlace(TABLE))
    else:
        yield check.finding(
            CellPlace(TABLE), f"表三各格与上一年度完全相同（共{len(pairs)}格），请核对是否照抄。"
        )


LedgerCount = Callable[[Ledger], int | None]


def _ledger_says(
    *rows: str, count: LedgerCount, wrong: Callable[[int, int], bool], says: str
) -> Callable[[CrossCheck, Evidence], Iterator[Judgement]]:
    """与台账比: the rows' total against one figure of the ledger."""

    def judges(check: CrossCheck, evidence: Evidence) -> Iterator[Judgement]:
        counted = count(evidence.registers)
        values = [value_of(evidence.this_year, _total(row)) for row in rows]
        known = [int(value) for value in values if value is not None]
        if counted is None:
            yield check.cannot_judge(_total(rows[0]), f"台账没有相应记录，不能判断“{check.formula}”。")
        elif len(known) < len(rows):
            yield from _unknown(check, evidence, *map(_total, rows))
        elif wrong(sum(known), counted):
            names = "、".join(f"“{row_name(TABLE, row)}”" for row in rows)
            message = f"表三{names}共{sum(known)}件，{says.format(counted)}。"
            yield check.finding(_total(rows[0]), message, left=Decimal(sum(known)), right=Decimal(counted))
        else:
            yield check.agrees(_total(rows[0]))

    return judges


CHECKS = (
    CrossCheck(
        "T3-01",
        Level.ERROR,
        "收与办相符",
        "新收 + 上年结转 = 总计（七） + 结转下年度",
        PRINTED_ON_THE_FORM,
        _sums,
        table=TABLE,
    ),
    CrossCheck(
        "T3-02",
        Level.ERROR,
        "办理结果相加",
        "总计（七） = 予以公开 + 部分公开 + 不予公开 + 无法提供 + 不予处理 + 其他处理",
        PRINTED_ON_THE_FORM,
        _sums,
        table=TABLE,
    ),
    CrossCheck(
        "T3-03",
        Level.ERROR,
        "申请人各列相加",
        "自然人 + 商业企业 + 科研机构 + 社会公益组织 + 法律服务机构 + 其他 = 总计",
        PRINTED_ON_THE_FORM,
        _sums,
        table=TABLE,
    ),
    CrossCheck(
        "T3-05",
        Level.WARNING,
        "空格与符号",
        "空白、“/”、“—”的格数 = 0",
        DERIVED,
        counts_nil_cells(_places),
        table=TABLE,
    ),
    CrossCheck(
        "T3-06",
        Level.WARNING,
        "空白不是0",
        "未填数字的格，按勾稽关系推算 = 0",
        DERIVED,
        _blank_that_is_not_nothing,
        table=TABLE,
    ),
    CrossCheck(
        "T3-07",
        Level.ERROR,
        "非负整数",
        "每格为非负整数",
        DERIVED,
        lambda check, evidence: (
            *each_cell_is(_places, not_a_count)(check, evidence),
            *each_cell_is_a_number(_places)(check, evidence),
        ),
        table=TABLE,
    ),
    CrossCheck(
        "T3-10",
        Level.WARNING,
        "久拖未办",
        "结转下年度中，年末已过最长答复期限的件数 = 0",
        REGULATIONS.article(33),
        _ledger_says(
            "carried_out",
            count=lambda ledger: ledger.carried_out_past_limit,
            wrong=lambda _, past: past > 0,
            says="其中{}件在12月31日已过最长答复期限",
        ),
        NEEDS_LEDGER,
        TABLE,
    ),
    CrossCheck(
        "T3-11",
        Level.WARNING,
        "结转多于新收",
        "结转下年度 ≤ 新收",
        DERIVED,
        _more_open_than_received,
        table=TABLE,
    ),
    CrossCheck(
        "T3-12",
        Level.ERROR,
        "结转无来处",
        "上年结转 > 0 时，上一年度报告结转下年度 > 0",
        DERIVED,
        _opened_with_cases_that_were_closed,
        NEEDS_LAST_YEAR,
        TABLE,
    ),
    CrossCheck(
        "T3-13",
        Level.ERROR,
        "一件一计",
        "部分公开的申请不再计入其他情形",
        PRINTED_ON_THE_FORM,
        _ledger_says(
            "granted_in_part",
            count=lambda ledger: ledger.counted_twice,
            wrong=lambda _, twice: twice > 0,
            says="其中{}件又计入其他情形",
        ),
        NEEDS_LEDGER,
        TABLE,
    ),
    CrossCheck(
        "T3-14",
        Level.WARNING,
        "未缴费须有收费通知",
        "逾期未缴费 ≤ 台账收费通知",
        REGULATIONS.article(42),
        _ledger_says(
            "other_fee_unpaid",
            count=lambda ledger: ledger.fee_notices,
            wrong=lambda cases, notices: cases > notices,
            says="而台账中收费通知{}件",
        ),
        NEEDS_LEDGER,
        TABLE,
    ),
    CrossCheck(
        "T3-16",
        Level.WARNING,
        "补正须有告知",
        "补正后仍不明确 + 逾期不补正 ≤ 台账补正告知",
        REGULATIONS.article(30),
        _ledger_says(
            "unavailable_still_unclear",
            "other_not_corrected",
            count=lambda ledger: ledger.correction_notices,
            wrong=lambda cases, notices: cases > notices,
            says="而台账中补正告知{}件",
        ),
        NEEDS_LEDGER,
        TABLE,
    ),
    CrossCheck(
        "T3-17",
        Level.WARNING,
        "与上年全同",
        "表三各格 ≠ 上一年度各格",
        DERIVED,
        _same_as_last_year,
        NEEDS_LAST_YEAR,
        TABLE,
    ),
    CrossCheck(
        "T3-18", Level.INFORMATION, "错列", "调换后各项合计成立", DERIVED, find_exchanged_columns, table=TABLE
    ),
    CrossCheck(
        "T3-19", Level.INFORMATION, "断字", "相连后各项合计成立", DERIVED, find_split_digits, table=TABLE
    ),
)

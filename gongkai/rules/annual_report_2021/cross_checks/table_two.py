"""表二的勾稽. Proactive disclosure: T2-01 to T2-14, as far as figures alone decide."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from gongkai.rules.annual_report_2021.cross_checks.cells import (
    counts_nil_cells,
    each_cell_is,
    each_cell_is_a_number,
    negative,
    not_whole,
)
from gongkai.rules.annual_report_2021.cross_checks.equations import value_of
from gongkai.rules.annual_report_2021.cross_checks.judgement import (
    CellPlace,
    CrossCheck,
    Evidence,
    FormYear,
    Judgement,
    Ledger,
    Level,
    Need,
)
from gongkai.rules.annual_report_2021.cross_checks.rule_making import BY_NAME, may_make_rules
from gongkai.rules.annual_report_2021.cross_checks.thresholds import CHARGES_GROW_BY
from gongkai.rules.annual_report_2021.cross_checks.wording import number, place_name, proactive_rows, row_name
from gongkai.rules.citation import REPORT_FORM_2021, Certainty
from gongkai.rules.editions import report_form_of

DERIVED = REPORT_FORM_2021.whole(certainty=Certainty.INFERENCE)
TABLE = "proactive"
NEEDS_LAST_YEAR = frozenset({Need.FILE, Need.LAST_YEAR})
NEEDS_LEDGER = frozenset({Need.FILE, Need.LEDGER})
DOCUMENTS = ("rules", "normative_documents")
ACTS = ("licence", "penalty", "compulsion")
AMOUNT = "amount_10k_yuan"
CHANGE = "change"  # 本年增/减 of the 2019 form may be below 0
CHARGES = CellPlace(TABLE, "charges", AMOUNT)


def _places(evidence: Evidence, wanted: Callable[[str], bool] = bool) -> tuple[CellPlace, ...]:
    rows = proactive_rows(evidence.form)
    return tuple(CellPlace(TABLE, row.key, c.key) for row in rows for c in row.columns if wanted(c.key))


def _counts(evidence: Evidence) -> tuple[CellPlace, ...]:
    return _places(evidence, lambda column: column not in {AMOUNT, CHANGE})


def _amounts(evidence: Evidence) -> tuple[CellPlace, ...]:
    return _places(evidence, lambda column: column == AMOUNT)


# 现行有效件数与上年、制发、废止 ------------------------------------------------------------------


def _stock_and_flow(evidence: Evidence, row: str) -> dict[str, Decimal] | None:
    """上年有效、制发、废止、现行有效; none when one of them is not known, as with last year's 2019 form."""
    read = {
        column: value_of(evidence.this_year, CellPlace(TABLE, row, column))
        for column in ("issued", "repealed", "in_force")
    }
    read["before"] = value_of(evidence.before, CellPlace(TABLE, row, "in_force"))
    known = {key: value for key, value in read.items() if value is not None}
    return known if len(known) == 4 else None


def _in_force_follows(check: CrossCheck, evidence: Evidence) -> Iterator[Judgement]:
    for row in DOCUMENTS if evidence.form is FormYear.FORM_2021 else ():
        place = CellPlace(TABLE, row, "in_force")
        flow = _stock_and_flow(evidence, row)
        if flow is None:
            yield _cannot_follow(check, evidence, place)
            continue
        expected = flow["before"] + flow["issued"] - flow["repealed"]
        if flow["in_force"] == expected:
            yield check.agrees(place)
        else:
            message = (
                f"{row_name(TABLE, row)}现行有效{number(flow['in_force'])}件，而{_flow_text(flow)}"
                f" = {number(expected)}，相差{number(abs(flow['in_force'] - expected))}件，请说明（如清理、划转）。"
            )
            yield check.finding(place, message, left=flow["in_force"], right=expected)


def _repealed_more_than_there_were(check: CrossCheck, evidence: Evidence) -> Iterator[Judgement]:
    for row in DOCUMENTS if evidence.form is FormYear.FORM_2021 else ():
        place = CellPlace(TABLE, row, "repealed")
        flow = _stock_and_flow(evidence, row)
        if flow is None:
            yield _cannot_follow(check, evidence, place)
        elif flow["repealed"] > flow["before"] + flow["issued"]:
            most = flow["before"] + flow["issued"]
            message = (
                f"{row_name(TABLE, row)}本年废止{number(flow['repealed'])}件，多于上年有效{number(flow['before'])}"
                f" + 制发{number(flow['issued'])} = {number(most)}件。"
            )
            yield check.finding(place, message, left=flow["repealed"], right=most)
        else:
            yield check.agrees(place)


def _flow_text(flow: Mapping[str, Decimal]) -> str:
    parts = (number(flow["before"]), number(flow["issued"]), number(flow["repealed"]))
    return "上年有效{} + 制发{} - 废止{}".format(*parts)


def _cannot_follow(check: CrossCheck, evidence: Evidence, place: CellPlace) -> Judgement:
    if evidence.last_year_form is FormYear.FORM_2019:
        return check.cannot_judge(place, "上一年度报告用2019年格式，没有现行有效件数，不能与上年比较。")
    row = row_name(TABLE, place.row)
    return check.cannot_judge(place, f"{row}本年或上年的数没有全部读到，不能判断“{check.formula}”。")


# 与台账比 ----------------------------------------------------------------------------------

LedgerCounts = Callable[[Ledger], Mapping[str, int]]


def _equals_ledger(
    rows: tuple[str, ...], column: str, counts: LedgerCounts, what: str
) -> Callable[[CrossCheck, Evidence], Iterator[Judgement]]:
    def judges(check: CrossCheck, evidence: Evidence) -> Iterator[Judgement]:
        ledger = counts(evidence.registers)
        for row in rows if evidence.form is FormYear.FORM_2021 or column == "decisions" else ():
            place = CellPlace(TABLE, row, column)
            value, counted = value_of(evidence.this_year, place), ledger.get(row)
            if value is None or counted is None:
                yield check.cannot_judge(
                    place, f"{place_name(place)}或者台账没有数，不能判断“{check.formula}”。"
                )
            elif value == counted:
                yield check.agrees(place)
            else:
                message = f"{place_name(place)}填了{number(value)}件，{what}{counted}件，相差{number(abs(value - counted))}件。"
                yield check.finding(place, message, left=value, right=Decimal(counted))

    return judges


def _issued_and_interpreted(check: CrossCheck, evidence: Evidence) -> Iterator[Judgement]:
    yield from _equals_ledger(DOCUMENTS, "issued", lambda ledger: ledger.issued, "文件库本年制发")(
        check, evidence
    )
    for row, interpreted in evidence.registers.issued_and_interpreted.items():
        issued = evidence.registers.issued.get(row, interpreted)
        if interpreted < issued:
            message = f"{row_name(TABLE, row)}本年制发{issued}件，其中已公开并解读的只有{interpreted}件。"
            place = CellPlace(TABLE, row, "issued")
            yield check.finding(place, message, left=Decimal(issued), right=Decimal(interpreted))


# 规章制定权、收费单位、格式年份 ------------------------------------------------------------------


def _rules_without_power(check: CrossCheck, evidence: Evidence) -> Iterator[Judgement]:
    may = may_make_rules(evidence.agency)
    columns = next(row.columns for row in proactive_rows(evidence.form) if row.key == "rules")
    for column in columns:
        place = CellPlace(TABLE, "rules", column.key)
        value = value_of(evidence.this_year, place)
        if value is None or (may is None and value > 0):
            why = (
                f"{place_name(place, evidence.form)}没有读到数字"
                if value is None
                else "从名称看不出有无规章制定权"
            )
            yield check.cannot_judge(place, f"{why}，不能判断“{check.formula}”。")
        elif may is False and value > 0:
            message = f"{evidence.agency}没有规章制定权，{place_name(place, evidence.form)}却填了{number(value)}件。"
            yield check.finding(place, message, left=value, right=Decimal(0))
        else:
            yield check.agrees(place)


def _charges_in_the_wrong_unit(check: CrossCheck, evidence: Evidence) -> Iterator[Judgement]:
    value = value_of(evidence.this_year, CHARGES)
    before = value_of(evidence.before, CHARGES)
    in_yuan = evidence.registers.charges_yuan
    if value is None or (before is None and in_yuan is None):
        yield check.cannot_judge(CHARGES, "没有本年、上年的收费金额，也没有台账，不能判断单位是否为万元。")
    elif value and value == in_yuan:
        message = f"收费金额填了{number(value)}，与台账以元计的数相同，单位应为万元。"
        yield check.finding(CHARGES, message, left=value, right=value / 10000)
    elif value and before and not (before / CHARGES_GROW_BY < value < before * CHARGES_GROW_BY):
        message = (
            f"收费金额{number(value)}万元，上年{number(before)}万元，相差达{CHARGES_GROW_BY}倍，请核对单位。"
        )
        yield check.finding(CHARGES, message, left=value, right=before)
    else:
        yield check.agrees(CHARGES)


def _form_of_another_year(check: CrossCheck, evidence: Evidence) -> Iterator[Judgement]:
    place = CellPlace(TABLE)
    if evidence.year is None:
        yield check.cannot_judge(place, "不知道是哪一年的报告，不能判断应当用哪种格式。")
    elif evidence.form is FormYear.FORM_2019 and report_form_of(evidence.year) is REPORT_FORM_2021:
        message = (
            f"{evidence.year}年度报告用了2019年格式的表二，应当用2021年格式（{REPORT_FORM_2021.number}）。"
        )
        yield check.finding(place, message)
    else:
        yield check.agrees(place)


CHECKS = (
    CrossCheck(
        "T2-01", Level.ERROR, "件数不为负", "件数 ≥ 0", DERIVED, each_cell_is(_counts, negative), table=TABLE
    ),
    CrossCheck(
        "T2-02",
        Level.WARNING,
        "件数为整数",
        "件数为整数",
        DERIVED,
        each_cell_is(_counts, not_whole),
        table=TABLE,
    ),
    CrossCheck(
        "T2-03", Level.WARNING, "应填数字", "每格为数字", DERIVED, each_cell_is_a_number(_places), table=TABLE
    ),
    CrossCheck(
        "T2-04",
        Level.ERROR,
        "金额不为负",
        "收费金额 ≥ 0",
        DERIVED,
        each_cell_is(_amounts, negative),
        table=TABLE,
    ),
    CrossCheck(
        "T2-05",
        Level.WARNING,
        "空格与符号",
        "空白、“/”、“—”、“不适用”的格数 = 0",
        DERIVED,
        counts_nil_cells(_places),
        table=TABLE,
    ),
    CrossCheck(
        "T2-07",
        Level.WARNING,
        "现行有效的来历",
        "现行有效 = 上年现行有效 + 本年制发 - 本年废止",
        DERIVED,
        _in_force_follows,
        NEEDS_LAST_YEAR,
        TABLE,
    ),
    CrossCheck(
        "T2-08",
        Level.ERROR,
        "废止不多于所有",
        "本年废止 ≤ 上年现行有效 + 本年制发",
        DERIVED,
        _repealed_more_than_there_were,
        NEEDS_LAST_YEAR,
        TABLE,
    ),
    CrossCheck(
        "T2-09",
        Level.ERROR,
        "现行有效与文件库",
        "现行有效 = 文件库12月31日有效件数",
        DERIVED,
        _equals_ledger(DOCUMENTS, "in_force", lambda ledger: ledger.in_force, "文件库12月31日有效"),
        NEEDS_LEDGER,
        TABLE,
    ),
    CrossCheck(
        "T2-10",
        Level.WARNING,
        "制发与文件库",
        "本年制发 = 文件库本年制发 = 其中已公开并解读的",
        DERIVED,
        _issued_and_interpreted,
        NEEDS_LEDGER,
        TABLE,
    ),
    CrossCheck(
        "T2-11",
        Level.ERROR,
        "无规章制定权",
        "没有规章制定权的机关，规章 = 0",
        BY_NAME,
        _rules_without_power,
        table=TABLE,
    ),
    CrossCheck(
        "T2-12",
        Level.WARNING,
        "处理决定与公示记录",
        "处理决定数量 = 公示记录本年决定数",
        DERIVED,
        _equals_ledger(ACTS, "decisions", lambda ledger: ledger.decisions, "公示记录本年决定"),
        NEEDS_LEDGER,
        TABLE,
    ),
    CrossCheck(
        "T2-13",
        Level.WARNING,
        "收费金额的单位",
        f"上年金额 ÷ {CHARGES_GROW_BY} < 本年金额 < 上年金额 × {CHARGES_GROW_BY}，且不等于以元计的数",
        DERIVED,
        _charges_in_the_wrong_unit,
        table=TABLE,
    ),
    CrossCheck(
        "T2-14",
        Level.ERROR,
        "格式年份",
        "2021年度起用2021年格式",
        REPORT_FORM_2021.whole(),
        _form_of_another_year,
        table=TABLE,
    ),
)

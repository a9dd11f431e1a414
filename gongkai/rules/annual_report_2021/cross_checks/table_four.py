"""表四的勾稽. Reconsideration and litigation: T4-01 to T4-11, as far as figures alone decide."""

from collections.abc import Iterator
from decimal import Decimal

from gongkai.rules.annual_report_2021.cross_checks.cells import (
    counts_nil_cells,
    each_cell_is,
    each_cell_is_a_number,
    not_a_count,
)
from gongkai.rules.annual_report_2021.cross_checks.equations import (
    judge_equations,
    remedy_equations,
    value_of,
)
from gongkai.rules.annual_report_2021.cross_checks.judgement import (
    CellPlace,
    CrossCheck,
    Evidence,
    Figures,
    Judgement,
    Level,
    Need,
)
from gongkai.rules.annual_report_2021.cross_checks.thresholds import RECTIFIED_SHARE_MOVES_BY
from gongkai.rules.annual_report_2021.cross_checks.wording import number
from gongkai.rules.annual_report_2021.tables import REMEDY_COLUMNS, REMEDY_GROUPS
from gongkai.rules.citation import REPORT_FORM_2021, Certainty

PRINTED_ON_THE_FORM = REPORT_FORM_2021.whole()
DERIVED = REPORT_FORM_2021.whole(certainty=Certainty.INFERENCE)
TABLE = "remedies"
NEEDS_LAST_YEAR = frozenset({Need.FILE, Need.LAST_YEAR})
NEEDS_LEDGER = frozenset({Need.FILE, Need.LEDGER})
GROUPS = tuple(group.key for group in REMEDY_GROUPS)
SUM = "结果维持 + 结果纠正 + 其他结果 + 尚未审结 = 总计"


def _places(_: Evidence) -> tuple[CellPlace, ...]:
    return tuple(CellPlace(TABLE, group, column.key) for group in GROUPS for column in REMEDY_COLUMNS)


def _sums(check: CrossCheck, evidence: Evidence) -> Iterator[Judgement]:
    yield from judge_equations(check, evidence, remedy_equations())


def _values(figures: Figures, *places: CellPlace) -> list[Decimal] | None:
    """The numbers at these places, or ``None`` when one of them is not a number."""
    values = [value_of(figures, place) for place in places]
    known = [value for value in values if value is not None]
    return known if len(known) == len(values) else None


def _decided(figures: Figures, group: str) -> Decimal | None:
    """审结数: the total less what is still pending."""
    values = _values(figures, CellPlace(TABLE, group, "total"), CellPlace(TABLE, group, "pending"))
    return None if values is None else values[0] - values[1]


def _suits_after_more_reviews_than_decided(check: CrossCheck, evidence: Evidence) -> Iterator[Judgement]:
    place = CellPlace(TABLE, "suit_after_reconsideration", "total")
    suits = value_of(evidence.this_year, place)
    this_year = _decided(evidence.this_year, "reconsideration")
    last_year = _decided(evidence.before, "reconsideration")
    if suits is None or this_year is None or last_year is None:
        yield check.cannot_judge(place, f"两年的表四没有全部读到数字，不能判断“{check.formula}”。")
    elif suits > this_year + last_year:
        message = (
            f"复议后起诉{number(suits)}件，多于本年审结的复议{number(this_year)}件加上年审结的复议"
            f"{number(last_year)}件，请核对。"
        )
        yield check.finding(place, message, left=suits, right=this_year + last_year)
    else:
        yield check.agrees(place)


def _remedies_without_applications(check: CrossCheck, evidence: Evidence) -> Iterator[Judgement]:
    cases = [CellPlace("applications", row, "total") for row in ("received", "carried_in")]
    remedies = _values(evidence.this_year, *(CellPlace(TABLE, group, "total") for group in GROUPS))
    applications = (_values(evidence.this_year, *cases), _values(evidence.before, *cases))
    if remedies is None or applications[0] is None or applications[1] is None:
        yield check.cannot_judge(CellPlace(TABLE), "表四总计或者两年的申请数没有全部读到数字，不能判断。")
    elif sum(remedies) > 0 and sum(applications[0]) == sum(applications[1]) == 0:
        message = f"表四共{number(sum(remedies, Decimal(0)))}件，而本年和上年都没有收到申请，请核对。"
        yield check.finding(CellPlace(TABLE), message, left=sum(remedies, Decimal(0)), right=Decimal(0))
    else:
        yield check.agrees(CellPlace(TABLE))


def _rectified_share_moved(check: CrossCheck, evidence: Evidence) -> Iterator[Judgement]:
    """A group in which nothing was decided, this year or last, has no share and is passed over."""
    for group in REMEDY_GROUPS:
        place = CellPlace(TABLE, group.key, "rectified")
        this_year = _rectified_of_decided(evidence.this_year, place)
        last_year = _rectified_of_decided(evidence.before, place)
        if this_year is None or last_year is None:
            yield check.cannot_judge(place, f"{group.label}两年的数没有全部读到，不能判断“{check.formula}”。")
        elif this_year[1] and last_year[1]:
            yield _compare_shares(check, group.label, place, _per_cent(*this_year), _per_cent(*last_year))


def _compare_shares(
    check: CrossCheck, group: str, place: CellPlace, this_year: Decimal, last_year: Decimal
) -> Judgement:
    if abs(this_year - last_year) <= RECTIFIED_SHARE_MOVES_BY:
        return check.agrees(place)
    message = (
        f"{group}纠正率由上年的{number(last_year)}%变为{number(this_year)}%，"
        f"超过{number(RECTIFIED_SHARE_MOVES_BY)}个百分点，宜在第四、第五部分说明。"
    )
    return check.finding(place, message, left=this_year, right=last_year)


def _rectified_of_decided(figures: Figures, place: CellPlace) -> tuple[Decimal, Decimal] | None:
    rectified = _values(figures, place)
    decided = _decided(figures, place.row)
    return None if rectified is None or decided is None else (rectified[0], decided)


def _per_cent(part: Decimal, whole: Decimal) -> Decimal:
    return round(part * 100 / whole, 1)


def _ledger_has_cases(check: CrossCheck, evidence: Evidence) -> Iterator[Judgement]:
    in_ledger = evidence.registers.remedy_cases
    totals = _values(evidence.this_year, *(CellPlace(TABLE, group, "total") for group in GROUPS))
    if in_ledger is None or totals is None:
        what = "台账没有复议、诉讼记录" if in_ledger is None else "表四总计没有全部读到数字"
        yield check.cannot_judge(CellPlace(TABLE), f"{what}，不能判断。")
    elif in_ledger > 0 and sum(totals) == 0:
        message = f"台账有复议、诉讼{in_ledger}件，而表四各项总计都是0。"
        yield check.finding(CellPlace(TABLE), message, left=Decimal(0), right=Decimal(in_ledger))
    else:
        yield check.agrees(CellPlace(TABLE))


def _pending_cases_were_lost(check: CrossCheck, evidence: Evidence) -> Iterator[Judgement]:
    place = CellPlace(TABLE, "reconsideration", "pending")
    lost = evidence.registers.pending_last_year_lost
    if lost is None:
        yield check.cannot_judge(place, "台账没有上年未审结案件的记录，不能判断。")
    elif lost:
        message = f"上年尚未审结的案件中有{lost}件，本年台账既无结果也不在审。"
        yield check.finding(place, message, left=Decimal(lost), right=Decimal(0))
    else:
        yield check.agrees(place)


CHECKS = (
    *(
        CrossCheck(
            f"T4-0{n}", Level.ERROR, f"{group.label}各项相加", SUM, PRINTED_ON_THE_FORM, _sums, table=TABLE
        )
        for n, group in enumerate(REMEDY_GROUPS, start=1)
    ),
    CrossCheck(
        "T4-05",
        Level.WARNING,
        "空格与符号",
        "空白、“/”、“—”的格数 = 0",
        DERIVED,
        counts_nil_cells(_places),
        table=TABLE,
    ),
    CrossCheck(
        "T4-06",
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
        "T4-07",
        Level.WARNING,
        "上年未审结有下落",
        "上年尚未审结 = 本年已审结的 + 仍未审结的",
        DERIVED,
        _pending_cases_were_lost,
        NEEDS_LEDGER,
        TABLE,
    ),
    CrossCheck(
        "T4-08",
        Level.WARNING,
        "复议后起诉有来处",
        "复议后起诉 ≤ 本年审结的复议 + 上年审结的复议",
        DERIVED,
        _suits_after_more_reviews_than_decided,
        NEEDS_LAST_YEAR,
        TABLE,
    ),
    CrossCheck(
        "T4-09",
        Level.WARNING,
        "无申请而有争议",
        "表四总计 > 0 时，本年或上年的申请数 > 0",
        DERIVED,
        _remedies_without_applications,
        NEEDS_LAST_YEAR,
        TABLE,
    ),
    CrossCheck(
        "T4-10",
        Level.INFORMATION,
        "纠正率变动",
        f"本年与上年纠正率相差 ≤ {RECTIFIED_SHARE_MOVES_BY}个百分点",
        DERIVED,
        _rectified_share_moved,
        NEEDS_LAST_YEAR,
        TABLE,
    ),
    CrossCheck(
        "T4-11",
        Level.ERROR,
        "台账有案而表四为零",
        "台账有复议、诉讼时，表四总计 > 0",
        DERIVED,
        _ledger_has_cases,
        NEEDS_LEDGER,
        TABLE,
    ),
)

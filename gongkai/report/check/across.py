"""跨年、跨机关. The report beside last year's, the year before, its other editions and those of the agencies below: X-05 to X-09."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from gongkai.report.check.catalogue import RULES
from gongkai.report.check.examination import Examination, number_in, readable
from gongkai.report.check.findings import CannotJudge, Finding, number
from gongkai.report.model import Place, Report
from gongkai.rules.annual_report_2021.cross_checks import CellPlace
from gongkai.rules.annual_report_2021.cross_checks.thresholds import TEXT_IS_SIMILAR_FROM
from gongkai.rules.annual_report_2021.cross_checks.wording import place_name
from gongkai.rules.annual_report_2021.tables import cell_keys

Outcome = Iterator[Finding | CannotJudge]
_LEAST_TEXT = 150  # shorter prose is alike by necessity
_NUMBERS = re.compile(r"\d+(?:\.\d+)?")


def judge_across(examination: Examination) -> Outcome:
    yield from _similar_text(examination)
    yield from _three_years(examination)
    yield from _other_editions(examination)
    if examination.set_of is not None:
        yield from _counted_twice(examination, examination.set_of)
        yield from _sum_of_children(examination, examination.set_of)


# X-07, X-08 -------------------------------------------------------------------------------


def similarity(one: str, other: str) -> Decimal:
    """相似度, 0 to 1: the share of pairs of neighbouring characters that two texts have in common, digits left out.

    >>> similarity("公开信息5条", "公开信息9条"), similarity("公开信息", "办理申请")
    (Decimal('1.00'), Decimal('0.00'))
    """
    first, second = (Counter(map(str.__add__, text, text[1:])) for text in map(_without_digits, (one, other)))
    size = first.total() + second.total()
    return round(Decimal(2 * (first & second).total()) / size, 2) if size else Decimal(0)


def _without_digits(text: str) -> str:
    return re.sub(r"[\d\W_]+", "", text)


def _prose(report: Report) -> str:
    return "\n".join(readable(text) for text in report.sections.values())


def _similar_text(examination: Examination) -> Outcome:
    rule, place = RULES["X-07"], Place(section="overview")
    if examination.last_year is None:
        yield rule.cannot_judge(place, "没有上一年度报告，不能比较文字。")
        return
    here, there = _prose(examination.report), _prose(examination.last_year)
    if min(len(here), len(there)) < _LEAST_TEXT:
        yield rule.cannot_judge(place, "两年的文字太短，不能判断是否雷同。")
        return
    alike = similarity(here, there)
    if alike >= TEXT_IS_SIMILAR_FROM:
        numbers, before = Counter(_NUMBERS.findall(here)), Counter(_NUMBERS.findall(there))
        same = (numbers & before).total()
        message = f"文字与上一年度报告的相似度为{alike * 100:.0f}%，{numbers.total()}个数中有{same}个没有变，请核对是否照抄。"
        yield rule.finding(place, message, left=alike, right=TEXT_IS_SIMILAR_FROM)


def _three_years(examination: Examination) -> Outcome:
    rule = RULES["X-08"]
    years = (examination.report, examination.last_year, examination.year_before_last)
    known = [report for report in years if report is not None]
    if len(known) < len(years):
        if examination.last_year is not None:
            yield rule.cannot_judge(Place(table="applications"), "没有前年的报告，不能比较三年的数字。")
        return
    keys = [key for key in cell_keys() if key[0] != "proactive"]
    rows = [[number_in(report.cell(*key)) for report in known] for key in keys]
    compared = [row for row in rows if None not in row]
    if compared and all(len(set(row)) == 1 for row in compared) and any(any(row) for row in compared):
        message = f"表三、表四的{len(compared)}格数字连续三年完全相同，请核对是否照抄。"
        yield rule.finding(Place(table="applications"), message, left=Decimal(len(compared)))


# X-09 -------------------------------------------------------------------------------------


def _other_editions(examination: Examination) -> Outcome:
    for name, other in examination.other_editions.items():
        for table, row, column in cell_keys():
            here, there = examination.value(table, row, column), number_in(other.cell(table, row, column))
            if here is not None and there is not None and here != there:
                where = place_name(CellPlace(table, row, column))
                message = (
                    f"{where}本件为{number(here)}，{name}为{number(there)}，相差{number(abs(here - there))}。"
                )
                yield RULES["X-09"].finding(Place(table, row, column), message, left=here, right=there)


# X-05, X-06 -------------------------------------------------------------------------------


def _counted_twice(examination: Examination, children: Sequence[Report]) -> Outcome:
    rule = RULES["X-06"]
    names = [report.agency for report in children if report.agency]
    for name, times in Counter(names).items():
        if name == examination.agency:
            yield rule.finding(
                Place(quote=name), f"下级单位中列入了本级“{name}”，汇总会重复计算。", left=name
            )
        elif times > 1:
            message = f"“{name}”的报告在汇总中出现{times}次，只应计一次。"
            yield rule.finding(Place(quote=name), message, left=Decimal(times), right=Decimal(1))


def _sum_of_children(examination: Examination, children: Sequence[Report]) -> Outcome:
    rule = RULES["X-05"]
    reports = {report.agency or str(n): report for n, report in enumerate(children)}
    reports.pop(examination.agency, None)
    missing = [name for name in examination.expected_children if name not in reports]
    if missing:
        names = "、".join(missing)
        message = f"缺少{len(missing)}个下级单位的报告：{names}，其余各格仍按已有的相加。"
        yield rule.finding(Place(), message, left=Decimal(len(missing)), right=Decimal(0))
    for table, row, column in cell_keys():
        place = Place(table, row, column)
        here = examination.value(table, row, column)
        parts = {name: number_in(report.cell(table, row, column)) for name, report in reports.items()}
        unknown = [name for name, value in parts.items() if value is None]
        if here is None or unknown:
            if unknown:
                why = f"{place_name(CellPlace(table, row, column))}：{'、'.join(unknown[:3])}的报告没有读到数字。"
                yield rule.cannot_judge(place, why)
            continue
        total = sum((value for value in parts.values() if value is not None), Decimal(0))
        if here != total and not missing:
            message = (
                f"{place_name(CellPlace(table, row, column))}本级为{number(here)}，{len(parts)}个下级单位相加为"
                f"{number(total)}，相差{number(abs(here - total))}。"
            )
            yield rule.finding(place, message, left=here, right=total)

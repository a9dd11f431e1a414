"""检查一份报告. Every rule of the catalogue, on whatever material there is; the cause is shown, not its consequences."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from gongkai.report.check import across, identity, language, personal_data, structure, tables
from gongkai.report.check.catalogue import CATALOGUE
from gongkai.report.check.examination import Examination
from gongkai.report.check.findings import CannotJudge, CheckResult, Finding
from gongkai.report.check.narrative import (
    against_tables,
    contradictions,
    dates,
    fee,
    kinds_and_results,
    ledgers,
    sums,
    trends,
)
from gongkai.report.model import CellState, Form, Place, Report
from gongkai.rules.annual_report_2021.cross_checks import Ledger

Judge = Callable[[Examination], Iterable[Finding | CannotJudge]]

_JUDGES: tuple[Judge, ...] = (
    tables.judge_missing_tables,
    tables.judge_rows,
    tables.judge_columns,
    tables.judge_readings,
    across.judge_across,
    against_tables.judge_claims,
    against_tables.judge_all_closed,
    against_tables.judge_withdrawn,
    kinds_and_results.judge_kinds,
    kinds_and_results.judge_results,
    sums.judge_sums,
    trends.judge_trends,
    contradictions.judge_contradictions,
    ledgers.judge_ledgers,
    fee.judge_fee,
    dates.judge_dates,
    structure.judge_structure,
    language.judge_language,
    identity.judge_year,
    identity.judge_name,
    identity.judge_contact,
    identity.judge_publication,
    personal_data.judge_personal_data,
)
_NOTHING_TO_JUDGE = {
    Form.FREE: "这是没有使用官方格式的报告（2019年以前的自由格式），没有三张表，本工具不作判断。",
    Form.BLANK: "这是没有填写的空白格式，没有可以检查的内容。",
    Form.NOT_A_REPORT: "这不是政府信息公开工作年度报告，没有可以检查的内容。",
}
_TABLES = ("proactive", "applications", "remedies")
_READ = frozenset({CellState.NUMBER, CellState.BLANK, CellState.MARK})
_ORDER = {rule.id: position for position, rule in enumerate(CATALOGUE)}


def check(
    report: Report,
    last_year: Report | None = None,
    *,
    set_of: Sequence[Report] | None = None,
    expected_children: Sequence[str] = (),
    published_on: date | None = None,
    agency_current_name: str | None = None,
    former_names: Sequence[str] = (),
    last_year_first_edition: Report | None = None,
    year_before_last: Report | None = None,
    other_editions: Mapping[str, Report] | None = None,
    ledger: Ledger | None = None,
    registers: Mapping[str, Decimal | int] | None = None,
) -> CheckResult:
    """检查. ``registers`` are the figures that the agency's registers give for its prose; ``last_year`` is the newest edition of last year's report; what is not given is not judged by."""
    if report.form in _NOTHING_TO_JUDGE:
        return CheckResult((), (CannotJudge("", Place(), _NOTHING_TO_JUDGE[report.form]),), judged=False)
    examination = Examination(
        report,
        last_year=last_year,
        last_year_first_edition=last_year_first_edition,
        year_before_last=year_before_last,
        set_of=set_of,
        expected_children=expected_children,
        other_editions=other_editions or {},
        ledger=ledger,
        registers={name: Decimal(figure) for name, figure in (registers or {}).items()},
        published_on=published_on,
        agency_current_name=agency_current_name,
        former_names=former_names,
    )
    examination, set_aside = _without_a_wrong_year(examination)
    outcomes: list[Finding | CannotJudge] = list(set_aside)
    outcomes += tables.judge_figures(examination, reorganised=_is_reorganised(examination))
    for judge in _JUDGES:
        outcomes += judge(examination)
    findings = _causes(_distinct(o for o in outcomes if isinstance(o, Finding)))
    cannot = _folded([o for o in outcomes if isinstance(o, CannotJudge)])
    return CheckResult(
        tuple(sorted(findings, key=lambda finding: _ORDER[finding.rule])),
        tuple(sorted(cannot, key=lambda entry: _ORDER.get(entry.rule, -1))),
        unread_tables=_unread_tables(report),
    )


def _unread_tables(report: Report) -> tuple[str, ...]:
    """Tables that are there, or seem to be, without a single cell that was read."""
    read = {table for table, _, _, cell in report.cells() if cell.state in _READ}
    there = {*report.tables, *(each.place.table for each in report.unreadable)}
    return tuple(table for table in _TABLES if table in there and table not in read)


def _without_a_wrong_year(examination: Examination) -> tuple[Examination, list[CannotJudge]]:
    """A report that is not of the year before is no "last year's report", whatever it was given as."""
    last, year = examination.last_year, examination.year
    usable = last is None or last.form in {Form.FORM_2021, Form.FORM_2019}
    if last is None or (usable and (year is None or last.year is None or last.year == year - 1)):
        return examination, []
    if not usable:
        why = "所给的上一年度报告没有使用官方格式，没有用来核对。"
    else:
        why = f"所给的上一年度报告是{last.year}年的，不是{(year or 0) - 1}年的，没有用来核对。"
    without = replace(examination, last_year=None, last_year_first_edition=None, year_before_last=None)
    return without, [CannotJudge("X-01", Place(table="applications", row="carried_in"), why)]


def _is_reorganised(examination: Examination) -> bool:
    """机构改革: last year's report is that of a predecessor, by a name known or given."""
    last = examination.last_year
    if last is None or not last.agency or last.agency == examination.agency:
        return False
    former = identity.former_names_of(examination.agency, tuple(examination.former_names))
    return any(old in last.agency for old in former)


def _distinct(findings: Iterable[Finding]) -> Iterator[Finding]:
    seen: set[tuple[str, Place, str]] = set()
    for finding in findings:
        key = (finding.rule, finding.place, finding.message)
        if key not in seen:
            seen.add(key)
            yield finding


def _causes(findings: Iterable[Finding]) -> list[Finding]:
    """因果. X-01 is left out where T3-12 says why: last year's report shows no case that could be carried over.

    A cell with a gap between its digits is told once: by the reading that makes the sums fit, if there is one.
    """
    every = list(findings)
    without_source = any(finding.rule == "T3-12" for finding in every)
    kept: dict[tuple[str, Place] | int, Finding] = {}
    for position, finding in enumerate(every):
        if finding.rule == "X-01" and without_source:
            continue
        kept.setdefault((finding.rule, finding.place) if finding.rule == "T3-19" else position, finding)
    return list(kept.values())


def _folded(entries: list[CannotJudge]) -> list[CannotJudge]:
    """Once per rule: the first place and reason, and how many more there are."""
    by_rule: dict[str, list[CannotJudge]] = {}
    for entry in entries:
        by_rule.setdefault(entry.rule, []).append(entry)
    return [
        group[0] if len(group) == 1 else replace(group[0], why=f"{group[0].why}（共{len(group)}处）")
        for group in by_rule.values()
    ]

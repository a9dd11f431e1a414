"""年报数据：复议、诉讼. The 15 cells of table four, each with the cases behind it."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Count, Q, QuerySet

from gongkai.agencies.models import Agency
from gongkai.duties.remedies.models import RESULTS, LegalOfficeCase, Litigation, Reconsideration
from gongkai.registers.figures import Cell, Figure, within
from gongkai.rules.annual_report_2021.counting import RemedyResult, last_day
from gongkai.rules.annual_report_2021.tables import REMEDY_COLUMNS, REMEDY_GROUPS

TABLE = "remedies"


def _with_result(column: str) -> Callable[[int], Q]:
    results = [result.value for result in RemedyResult if result.column.place == column]
    return lambda year: within("decided_on", year) & Q(result__in=results)


def _pending(year: int) -> Q:
    return Q(accepted_on__lte=last_day(year)) & (
        Q(decided_on__isnull=True) | Q(decided_on__gt=last_day(year))
    )


_Column = Callable[[int], Q]
_COLUMNS: dict[str, _Column] = {
    "upheld": _with_result("upheld"),
    "rectified": _with_result("rectified"),
    "other": _with_result("other"),
    "pending": _pending,
    "total": lambda year: within("decided_on", year) | _pending(year),
}


def _appealed_later(year: int) -> Q:
    """裁判在这一年年底还没有被上诉: the first instance is what stood then."""
    return Q(appealed_on__gt=last_day(year))


def _of_suits(column: str) -> _Column:
    """The same for a suit, by what stood at the end of the year: an appeal of a later year changes no earlier table."""
    plain = _COLUMNS[column]
    results = [result.value for result in RemedyResult if result.column.place == column]

    def counted(year: int) -> Q:
        of_first = within("first_decided_on", year)
        if column == "pending":
            of_first = Q(accepted_on__lte=last_day(year), first_decided_on__gt=last_day(year))
        elif column == "total":
            of_first |= Q(accepted_on__lte=last_day(year), first_decided_on__gt=last_day(year))
        else:
            of_first &= Q(first_result__in=results)
        not_later = Q(appealed_on__isnull=True) | Q(appealed_on__lte=last_day(year))
        return (_appealed_later(year) & of_first) | (not_later & plain(year))

    return counted


_SUIT_COLUMNS: dict[str, _Column] = {column: _of_suits(column) for column in _COLUMNS}


def _columns(group: str) -> dict[str, _Column]:
    return _COLUMNS if group == "reconsideration" else _SUIT_COLUMNS


def records(agency: Agency, year: int, cell: Cell) -> QuerySet[Any]:
    """一格背后的案件."""
    _, group, column = cell
    return _group(agency, group).filter(_columns(group)[column](year))


def table(agency: Agency, year: int) -> dict[Cell, int]:
    """表四, one query for each of its three groups."""
    names = [column.key for column in REMEDY_COLUMNS]
    cells: dict[Cell, int] = {}
    for group in REMEDY_GROUPS:
        counted = {name: Count("pk", filter=_columns(group.key)[name](year)) for name in names}
        counts = _group(agency, group.key).aggregate(**counted)
        cells |= {(TABLE, group.key, name): counts[name] for name in names}
    return cells


def figures(agency: Agency, year: int) -> dict[str, Figure]:
    """文字部分用的数."""
    suits = Litigation.objects.standing().filter(agency=agency, only_as_reconsideration_body=False)
    return {
        "reconsiderations.accepted": Figure(
            "新收行政复议", "件", _group(agency, "reconsideration").filter(within("accepted_on", year))
        ),
        "litigation.accepted": Figure("新收行政诉讼", "件", suits.filter(within("accepted_on", year))),
    }


def _group(agency: Agency, group: str) -> QuerySet[Any]:
    if group == "reconsideration":
        return Reconsideration.objects.standing().filter(agency=agency)
    return Litigation.objects.standing().filter(agency=agency, kind=group, only_as_reconsideration_body=False)


def legal_office_cases(agency: Agency, year: int) -> QuerySet[Any]:
    """法制机构登记簿里本年在审或者审结的案件."""
    return LegalOfficeCase.objects.standing().filter(
        within("decided_on", year) | _pending(year), agency=agency
    )


def disagreements(agency: Agency, year: int) -> Iterator[str]:
    """两本台账说法不一的案件, a clause for each: only in one of them, or with another kind, day or result."""
    theirs = {case[0]: case for case in _told(legal_office_cases(agency, year), "kind")}
    ours = {case[0]: case for group in REMEDY_GROUPS for case in _of_group(agency, year, group.key)}
    for number in sorted(theirs.keys() | ours.keys()):
        if number not in ours:
            yield f"{number}只在法制机构登记簿里有"
        elif number not in theirs:
            yield f"{number}只在复议诉讼台账里有"
        elif theirs[number] != ours[number]:
            yield f"{number}法制机构记为{_worded(theirs[number])}，复议诉讼台账记为{_worded(ours[number])}"


_Told = tuple[str, str, Any, str]  # case number, kind, day of decision, result


def _told(cases: QuerySet[Any], kind: str) -> Iterator[_Told]:
    return cases.values_list("case_number", kind, "decided_on", "result").iterator()


def _of_group(agency: Agency, year: int, group: str) -> Iterator[_Told]:
    cases = _group(agency, group).filter(_columns(group)["total"](year))
    for number, decided_on, result in cases.values_list("case_number", "decided_on", "result").iterator():
        yield number, group, decided_on, result


def _worded(case: _Told) -> str:
    _, kind, decided_on, result = case
    kinds = dict(LegalOfficeCase.Kind.choices)
    return f"{kinds[kind]}、" + (f"{decided_on}{dict(RESULTS)[result]}" if decided_on else "未审结")

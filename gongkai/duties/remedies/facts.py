"""年报数据：复议、诉讼. The 15 cells of table four, each with the cases behind it."""

from collections.abc import Callable
from typing import Any

from django.db.models import Count, Q, QuerySet

from gongkai.agencies.models import Agency
from gongkai.duties.remedies.models import Litigation, Reconsideration
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


_COLUMNS: dict[str, Callable[[int], Q]] = {
    "upheld": _with_result("upheld"),
    "rectified": _with_result("rectified"),
    "other": _with_result("other"),
    "pending": _pending,
    "total": lambda year: within("decided_on", year) | _pending(year),
}


def records(agency: Agency, year: int, cell: Cell) -> QuerySet[Any]:
    """一格背后的案件."""
    _, group, column = cell
    return _group(agency, group).filter(_COLUMNS[column](year))


def table(agency: Agency, year: int) -> dict[Cell, int]:
    """表四, one query for each of its three groups."""
    names = [column.key for column in REMEDY_COLUMNS]
    cells: dict[Cell, int] = {}
    for group in REMEDY_GROUPS:
        counted = {name: Count("pk", filter=_COLUMNS[name](year)) for name in names}
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

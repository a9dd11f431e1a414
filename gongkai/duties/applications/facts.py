"""年报数据：申请. The 175 cells of table three and the fees, each with the applications behind it."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from gongkai.agencies.models import Agency
from gongkai.duties.applications.models import Application, ApplicationEvent, IncomingMail
from gongkai.registers.figures import Cell, Figure, within
from gongkai.rules.annual_report_2021.counting import first_day, last_day
from gongkai.rules.annual_report_2021.tables import APPLICANT_COLUMNS, APPLICATION_ROWS

TABLE = "applications"
TOTAL = "total"
_KINDS = tuple(column.key for column in APPLICANT_COLUMNS if column.key != TOTAL)


def _received(year: int) -> Q:
    return within("received_on", year)


def _carried_in(year: int) -> Q:
    still_open = Q(closed_on__isnull=True) | Q(closed_on__gte=first_day(year))
    return Q(received_on__lt=first_day(year)) & still_open


def _handled(year: int) -> Q:
    return within("closed_on", year)


def _carried_out(year: int) -> Q:
    still_open = Q(closed_on__isnull=True) | Q(closed_on__gt=last_day(year))
    return Q(received_on__lte=last_day(year)) & still_open


# Which applications stand behind a row; the outcome rows divide those handled in the year.
_ROWS: dict[str, Callable[[int], Q]] = {
    "received": _received,
    "carried_in": _carried_in,
    TOTAL: _handled,
    "carried_out": _carried_out,
}


def records(agency: Agency, year: int, cell: Cell) -> QuerySet[Any]:
    """一格背后的申请."""
    _, row, column = cell
    found = _standing(agency).filter(_ROWS[row](year) if row in _ROWS else _handled(year) & Q(outcome=row))
    return found if column == TOTAL else found.filter(applicant_kind=column)


def table(agency: Agency, year: int) -> dict[Cell, int]:
    """表三, in four grouped queries; 总计 is added up from the six columns and from the outcomes."""
    counts = dict.fromkeys(((row.key, kind) for row in APPLICATION_ROWS for kind in _KINDS), 0)
    for name in ("received", "carried_in", "carried_out"):
        for kind, count in _grouped(_standing(agency).filter(_ROWS[name](year)), "applicant_kind"):
            counts[name, kind] = count
    for outcome, kind, count in _grouped(
        _standing(agency).filter(_handled(year)), "outcome", "applicant_kind"
    ):
        counts[outcome, kind] = count
        counts[TOTAL, kind] += count
    cells: dict[Cell, int] = {}
    for row in APPLICATION_ROWS:
        for kind in _KINDS:
            cells[TABLE, row.key, kind] = counts[row.key, kind]
        cells[TABLE, row.key, TOTAL] = sum(counts[row.key, kind] for kind in _KINDS)
    return cells


def keys(agency: Agency, year: int) -> dict[Cell, list[int]]:
    """各格所计申请的编号, as ``records`` would give them cell by cell, in four queries for the whole table."""
    found: defaultdict[Cell, list[int]] = defaultdict(list)
    for name in ("received", "carried_in", "carried_out"):
        for pk, kind in _standing(agency).filter(_ROWS[name](year)).values_list("pk", "applicant_kind"):
            found[TABLE, name, kind].append(pk)
            found[TABLE, name, TOTAL].append(pk)
    handled = _standing(agency).filter(_handled(year)).values_list("pk", "outcome", "applicant_kind")
    for pk, outcome, kind in handled:
        for row in (outcome, TOTAL):
            found[TABLE, row, kind].append(pk)
            found[TABLE, row, TOTAL].append(pk)
    return found


def figures(agency: Agency, year: int) -> dict[str, Figure]:
    """文字部分用的数."""
    standing = _standing(agency)
    paid = ApplicationEvent.objects.filter(
        within("happened_on", year),
        agency=agency,
        kind=ApplicationEvent.Kind.FEE_PAID,
        replaced_by__isnull=True,
        application__voided_at__isnull=True,
    )
    closed = standing.filter(_handled(year))

    def of_row(label: str, row: str) -> Figure:
        cell = (TABLE, row, TOTAL)
        return Figure(label, "件", records(agency, year, cell), cell=cell)

    return {
        "applications.received": of_row("新收申请", "received"),
        "applications.carried_in": of_row("上年结转申请", "carried_in"),
        "applications.handled": of_row("办结申请", TOTAL),
        "applications.handled_late": Figure("超期办结申请", "件", closed.filter(closed_late=True)),
        "applications.carried_out": of_row("结转下年度申请", "carried_out"),
        "applications.received_online": Figure(
            "网络渠道申请", "件", standing.filter(_received(year), channel__in=("online", "email"))
        ),
        "applications.fees_collected": Figure("收取信息处理费", "元", paid, amount="amount"),
    }


def incoming(agency: Agency, year: int) -> QuerySet[Any]:
    """来件登记簿本年的记录: the mail room's and the counter's own list."""
    return IncomingMail.objects.standing().filter(within("received_on", year), agency=agency)


def incoming_not_registered(agency: Agency, year: int) -> QuerySet[Any]:
    """来件登记簿里是申请、申请台账里却没有的."""
    registered = _standing(agency).filter(register_number=OuterRef("register_number"))
    return incoming(agency, year).filter(~Exists(registered), nature=IncomingMail.Nature.APPLICATION)


def _standing(agency: Agency) -> QuerySet[Any]:
    return Application.objects.standing().filter(agency=agency)


def _grouped(applications: QuerySet[Any], *names: str) -> list[tuple[Any, ...]]:
    return list(applications.order_by().values_list(*names).annotate(count=Count("pk")))

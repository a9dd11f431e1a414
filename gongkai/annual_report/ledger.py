"""台账数. What the registers say beside the 200 cells, for the checks that need more than the cells."""

from datetime import date, timedelta

from gongkai.agencies.working_days import calendar
from gongkai.annual_report.compiling import Compiled
from gongkai.duties.catalogue import facts as catalogue
from gongkai.report.model import Report
from gongkai.rules.annual_report_2021.counting import first_day, last_day
from gongkai.rules.annual_report_2021.cross_checks.judgement import Ledger
from gongkai.rules.annual_report_2021.tables import REMEDY_GROUPS
from gongkai.rules.regulations_2019.clock import LONGEST_EXTENSION, REPLY_WORKING_DAYS
from gongkai.rules.working_days import Calendar

_DOCUMENTS = ("rules", "normative_documents")
_ACTS = ("licence", "penalty", "compulsion")


def ledger_of(compiled: Compiled, *, last_year: Report | None) -> Ledger:
    """台账数 of the year."""
    cells = compiled.cells
    return Ledger(
        in_force={row: int(cells["proactive", row, "in_force"]) for row in _DOCUMENTS},
        issued={row: int(cells["proactive", row, "issued"]) for row in _DOCUMENTS},
        issued_and_interpreted=catalogue.issued_and_interpreted(compiled.agency, compiled.year),
        decisions={row: int(cells["proactive", row, "decisions"]) for row in _ACTS},
        charges_yuan=None,  # the cell is computed from it: there is no second source to compare with
        carried_out_past_limit=_past_the_longest_period(compiled),
        counted_twice=0,  # a constraint of the register: one case, one outcome
        fee_notices=_noticed(compiled, "other_fee_unpaid", notice="fee_noticed"),
        correction_notices=sum(
            _noticed(compiled, row, notice="correction_asked")
            for row in ("unavailable_still_unclear", "other_not_corrected")
        ),
        remedy_cases=sum(int(cells["remedies", group.key, "total"]) for group in REMEDY_GROUPS),
        pending_last_year_lost=_lost(compiled, last_year),
    )


def _past_the_longest_period(compiled: Compiled) -> int:
    """结转的申请中，年末已过最长答复期限（20 + 20个工作日）的件数."""
    latest = _latest_receipt_past_the_limit(last_day(compiled.year), calendar())
    return compiled.records(("applications", "carried_out", "total")).filter(received_on__lte=latest).count()


def _latest_receipt_past_the_limit(end: date, days: Calendar) -> date:
    """The last day of receipt whose longest period was over by ``end``."""
    longest = REPLY_WORKING_DAYS + LONGEST_EXTENSION
    received = end - timedelta(days=longest)  # at least as many calendar days as working days
    while days.add_working_days(received, longest).day >= end:
        received -= timedelta(days=1)
    return received


def _noticed(compiled: Compiled, row: str, *, notice: str) -> int:
    """How many of a row's cases had the notice that the law wants before that result."""
    cases = compiled.records(("applications", row, "total"))
    return (
        cases.filter(events__kind=notice).values("pk").distinct().count()
        if compiled.cells["applications", row, "total"]
        else 0
    )


def _lost(compiled: Compiled, last_year: Report | None) -> int | None:
    """上年公布的尚未审结，本年台账里既无结果也不在审的件数; None without last year's report."""
    if last_year is None:
        return None
    pending = [last_year.cell("remedies", group.key, "pending").value for group in REMEDY_GROUPS]
    if any(value is None for value in pending):
        return None
    known = sum(
        compiled.records(("remedies", group.key, "total"))
        .filter(accepted_on__lt=first_day(compiled.year))
        .count()
        for group in REMEDY_GROUPS
    )
    return max(0, sum(int(value or 0) for value in pending) - known)

"""台账核对. Group L of the checks, and those of the other groups that need the records themselves."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from gongkai.annual_report.compiling import Compiled
from gongkai.report.check.findings import Finding
from gongkai.report.model import Place, Report
from gongkai.rules.annual_report_2021.counting import last_day
from gongkai.rules.annual_report_2021.cross_checks.judgement import Level

# Rules whose need "the ledger" is met here, whether or not they found something.
SETTLED = frozenset(
    {"L-01", "L-02", "L-03", "L-04", "L-08", "T2-09", "T2-12", "T3-10", "T3-14", "T3-16", "T4-11", "TX-17"}
)
_ON_TIME = re.compile(r"(均|全部)(已)?(按期|按时|在规定期限内|在法定期限内)(答复|办结|办理)")
# An application open for longer than the longest ordinary period (20 + 20 working days, about 60 days) hangs.
_LONG_OPEN = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class LedgerResult:
    findings: tuple[Finding, ...]
    settled: frozenset[str] = field(default=SETTLED)


def judge(compiled: Compiled, report: Report) -> LedgerResult:
    """All checks of this module."""
    found = (
        *_every_case_has_its_place(compiled),
        *_late(compiled, report),
        *_hanging(compiled),
        *_without_the_notice_before(compiled),
    )
    return LedgerResult(tuple(found))


def _every_case_has_its_place(compiled: Compiled) -> Iterator[Finding]:
    """L-03: received or carried in, yet neither answered nor carried out."""
    cells = {
        row: compiled.cells["applications", row, "total"]
        for row in ("received", "carried_in", "total", "carried_out")
    }
    come, gone = cells["received"] + cells["carried_in"], cells["total"] + cells["carried_out"]
    if come != gone:
        yield Finding(
            "L-03",
            Level.ERROR,
            Place(table="applications", row="received", column="total"),
            f"台账中应办{come}件，办结和结转合计{gone}件，差{come - gone}件。请检查收到日期和办结日期。",
            "新收 + 上年结转 = 办结 + 结转下年度",
            Decimal(come),
            Decimal(gone),
        )


def _late(compiled: Compiled, report: Report) -> Iterator[Finding]:
    """L-04: answered after the limit; an error where the text claims that all were in time."""
    late = compiled.records(("applications", "total", "total")).filter(closed_late=True)
    count = late.count()
    if not count:
        return
    numbers = "、".join(late.values_list("register_number", flat=True)[:10])
    claim = next((found[0] for text in report.sections.values() if (found := _ON_TIME.search(text))), "")
    yield Finding(
        "L-04",
        Level.ERROR if claim else Level.WARNING,
        Place(section="overview", quote=claim)
        if claim
        else Place(table="applications", row="total", column="total"),
        f"{count}件申请超过法定期限办结（{numbers}）"
        + (f"，文字却写“{claim}”。请改写。" if claim else "，请说明。"),
        "办结日期 ≤ 答复期限",
        Decimal(count),
        Decimal(0),
    )


def _hanging(compiled: Compiled) -> Iterator[Finding]:
    """T3-10: carried out although received long before the year's end."""
    records = compiled.records(("applications", "carried_out", "total"))
    old = records.filter(received_on__lt=last_day(compiled.year) - _LONG_OPEN)
    count = old.count()
    if count:
        numbers = "、".join(old.values_list("register_number", flat=True)[:10])
        yield Finding(
            "T3-10",
            Level.WARNING,
            Place(table="applications", row="carried_out", column="total"),
            f"结转的申请中有{count}件在11月1日前就已收到（{numbers}），请核对是否漏登答复，或说明仍在办理的原因。",
            "结转下年度的申请应在年末前约40个工作日内收到",
            Decimal(count),
            Decimal(0),
        )


def _without_the_notice_before(compiled: Compiled) -> Iterator[Finding]:
    """T3-14, T3-16: a result that the law lets follow only upon a notice, without that notice in the ledger."""
    for rule, row, kind, notice in (
        ("T3-14", "other_fee_unpaid", "fee_noticed", "收费通知"),
        ("T3-16", "other_not_corrected", "correction_asked", "补正告知"),
        ("T3-16", "unavailable_still_unclear", "correction_asked", "补正告知"),
    ):
        missing = compiled.records(("applications", row, "total")).exclude(events__kind=kind)
        count = missing.count()
        if count:
            numbers = "、".join(missing.values_list("register_number", flat=True)[:10])
            yield Finding(
                rule,
                Level.WARNING,
                Place(table="applications", row=row, column="total"),
                f"{count}件申请（{numbers}）的台账中没有{notice}，请补登或说明。",
                f"此结果之前应有{notice}",
                Decimal(count),
                Decimal(0),
            )

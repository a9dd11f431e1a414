"""台账核对. Group L of the checks: what only the records behind a report can show.

L-01, L-02 and L-08 hold by construction: cells are counts of records, a case has one kind and one outcome, and a frozen
edition is compared by ``differences``. L-05 to L-07 need a second register, of the mail room or the legal office.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from gongkai.annual_report.compiling import Compiled
from gongkai.report.check.findings import Finding
from gongkai.report.model import Place, Report
from gongkai.rules.annual_report_2021.cross_checks.judgement import Level

_ON_TIME = re.compile(r"(均|全部)(已)?(按期|按时|在规定期限内|在法定期限内)(答复|办结|办理)")


def judge(compiled: Compiled, report: Report) -> tuple[Finding, ...]:
    """All checks of this module."""
    return (*_every_case_has_its_place(compiled), *_late(compiled, report))


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

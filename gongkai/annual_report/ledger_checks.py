"""台账核对. Group L of the checks: what only the records behind a report can show.

L-01, L-02 and L-08 hold by construction: cells are counts of records, a case has one kind and one outcome, and a frozen
edition is compared by ``differences``. L-05 to L-07 compare with a second register: the mail room's and the legal office's.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from gongkai.annual_report.compiling import Compiled
from gongkai.duties.applications import facts as applications
from gongkai.duties.remedies import facts as remedies
from gongkai.report.check.findings import CannotJudge, Finding
from gongkai.report.model import Place, Report
from gongkai.rules.annual_report_2021.cross_checks.judgement import Level

_RECEIVED = Place(table="applications", row="received", column="total")
_REMEDIES = Place(table="remedies")
_NAMED = 10  # how many records a sentence names before it says that there are more
_ON_TIME = re.compile(r"(均|全部)(已)?(按期|按时|在规定期限内|在法定期限内)(答复|办结|办理)")


def judge(compiled: Compiled, report: Report) -> tuple[Finding, ...]:
    """All checks of this module."""
    return (
        *_every_case_has_its_place(compiled),
        *_late(compiled, report),
        *_mail_not_registered(compiled),
        *_legal_office(compiled),
    )


def cannot_judge(compiled: Compiled) -> tuple[CannotJudge, ...]:
    """What no second register was kept for: said as such, never taken for agreement."""
    agency, year, missing = compiled.agency, compiled.year, []
    if not applications.incoming(agency, year).exists():
        why = f"来件登记簿没有{year}年的记录，不知道信函、当面收到的申请是否都已登记。"
        missing += [CannotJudge(rule, _RECEIVED, why) for rule in ("L-05", "L-06")]
    if not remedies.legal_office_cases(agency, year).exists():
        why = f"法制机构案件登记簿没有{year}年的记录，不能和复议诉讼台账对照。"
        missing.append(CannotJudge("L-07", _REMEDIES, why))
    return tuple(missing)


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
            _RECEIVED,
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
    numbers = _named(late.values_list("register_number", flat=True)[:_NAMED], of=count)
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


def _mail_not_registered(compiled: Compiled) -> Iterator[Finding]:
    """L-05: came by paper to our own desk; L-06: handed to another desk. Neither is in the register."""
    missing = applications.incoming_not_registered(compiled.agency, compiled.year)
    for rule, found, where in (
        ("L-05", missing.filter(handed_to="disclosure"), "收到后"),
        ("L-06", missing.exclude(handed_to="disclosure"), "转交其他机构后"),
    ):
        count = found.count()
        if count:
            numbers = _named(
                found.order_by("received_on", "pk").values_list("number", flat=True)[:_NAMED], of=count
            )
            yield Finding(
                rule,
                Level.WARNING,
                _RECEIVED,
                f"来件登记簿有{count}件政府信息公开申请{where}没有登记（来件{numbers}）。请补登记，或者说明。",
                "来件登记簿中的申请都在申请台账中",
                Decimal(count),
                Decimal(0),
            )


def _legal_office(compiled: Compiled) -> Iterator[Finding]:
    """L-07: the legal office's list and ours, case by case."""
    if not remedies.legal_office_cases(compiled.agency, compiled.year).exists():
        return
    differing = list(remedies.disagreements(compiled.agency, compiled.year))
    if differing:
        yield Finding(
            "L-07",
            Level.ERROR,
            _REMEDIES,
            f"{len(differing)}件复议、诉讼与法制机构的登记不一致：{'；'.join(differing[:_NAMED])}。请核对后更正。",
            "法制机构案件登记簿 = 复议诉讼台账",
            Decimal(len(differing)),
            Decimal(0),
        )


def _named(numbers: Iterable[str], *, of: int) -> str:
    named = "、".join(list(numbers)[:_NAMED])
    return f"{named}等" if of > _NAMED else named

"""核对. Every check of the report tool on the office's own draft, with the ledger at hand, and what people said to it."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.annual_report import ledger_checks
from gongkai.annual_report.compiling import Compiled
from gongkai.annual_report.ledger import ledger_of
from gongkai.annual_report.models import AnnualReport, EarlierReport, Edition, Verdict
from gongkai.report.check.engine import check
from gongkai.report.check.findings import CannotJudge, Finding
from gongkai.report.json_form import from_json
from gongkai.report.model import Report
from gongkai.rules.annual_report_2021.cross_checks.judgement import Level


@dataclass(frozen=True, slots=True)
class Judged:
    """一个问题和对它的说明."""

    finding: Finding
    fingerprint: str
    verdict: Verdict | None = None

    @property
    def is_open(self) -> bool:
        """Still in the way of approval: every error, and a warning nobody has explained."""
        level = self.finding.level
        return level is Level.ERROR or (level is Level.WARNING and self.verdict is None)


@dataclass(frozen=True, slots=True)
class Examined:
    """核对结果."""

    judged: tuple[Judged, ...]
    cannot_judge: tuple[CannotJudge, ...]

    @property
    def open(self) -> tuple[Judged, ...]:
        return tuple(each for each in self.judged if each.is_open)

    @property
    def passes(self) -> bool:
        return not self.open


def examine(edition: Edition, compiled: Compiled, report: Report) -> Examined:
    """Findings in the order of the catalogue, those of the ledger last."""
    agency, before = edition.agency, last_year(edition.report)
    result = check(
        report,
        before,
        ledger=ledger_of(compiled, last_year=before),
        registers=compiled.values,
        agency_current_name=agency.name,
        former_names=[agency.predecessor.name] if agency.predecessor else [],
    )
    said = {verdict.fingerprint: verdict for verdict in edition.report.verdicts.all()}
    judged = tuple(
        Judged(finding, fingerprint(finding), said.get(fingerprint(finding)))
        for finding in (*result.findings, *ledger_checks.judge(compiled, report))
    )
    return Examined(judged, (*result.cannot_judge, *ledger_checks.cannot_judge(compiled)))


def fingerprint(finding: Finding) -> str:
    """The same finding again: same rule, place and both values. Anything else needs a new explanation (F-20)."""
    place = finding.place
    words = [
        finding.rule, place.table, place.row, place.column, place.section, place.quote, str(finding.left), str(finding.right)
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(words, ensure_ascii=False).encode()).hexdigest()


def last_year(report: AnnualReport) -> Report | None:
    """The newest published edition of the year before, or what was read from its file."""
    edition = (
        Edition.objects.filter(
            report__agency=report.agency, report__year=report.year - 1, status=Edition.Status.PUBLISHED
        )
        .order_by("-number")
        .first()
    )
    if edition is not None:
        return from_json(edition.document)
    earlier = EarlierReport.objects.filter(agency=report.agency, year=report.year - 1).first()
    return from_json(earlier.document) if earlier else None


def sentence(open_findings: Iterable[Judged]) -> str:
    """Why it cannot go on, in one sentence: how many, and the first of them."""
    each = list(open_findings)
    errors = [judged for judged in each if judged.finding.level is Level.ERROR]
    first = (errors or each)[0].finding
    count = (
        f"{len(errors)}处差错、{len(each) - len(errors)}处警示没有说明"
        if errors
        else f"{len(each)}处警示没有说明"
    )
    return f"还有{count}。先看：{first.message}"

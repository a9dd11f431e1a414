"""gongkai report check. Reads, checks, says what is wrong, and answers with the exit code."""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from gongkai.command_line import exit_codes
from gongkai.command_line.output import write_file
from gongkai.command_line.refusal import Refused
from gongkai.command_line.sources import Source
from gongkai.command_line.terminal import Progress, has_colour
from gongkai.report.check.findings import Level
from gongkai.report.command_line import printing
from gongkai.report.command_line.examining import Examined, examine_all
from gongkai.report.command_line.pairing import LastYear
from gongkai.report.command_line.sources import find, read
from gongkai.report.model import Report
from gongkai.report.read import CannotRead, read_many

_BEIJING = timezone(timedelta(hours=8))


def run(chosen: argparse.Namespace) -> int:
    """核对."""
    sources = find(chosen.sources)
    last_year = _last_year(chosen.last_year, sources)
    progress = Progress(len(sources))
    try:
        examined = list(examine_all(sources, last_year=last_year, advance=progress.advance))
    finally:
        progress.close()
    if chosen.html:
        _write_summary(chosen.html, examined)
    if chosen.json:
        text = json.dumps([as_json(each) for each in examined], ensure_ascii=False, indent=2)
    else:
        text = printing.results(examined, colour=has_colour(sys.stdout))
    sys.stdout.write(text + "\n")
    return max(exit_code(each) for each in examined)


def exit_code(examined: Examined) -> int:
    """0 nothing wrong, 1 errors or warnings, 2 unreadable or nothing judged."""
    result = examined.result
    if result is None or result.is_open:
        return exit_codes.CANNOT_READ
    serious = result.at(Level.ERROR) or result.at(Level.WARNING)
    return exit_codes.PROBLEMS if serious else exit_codes.NOTHING_WRONG


def as_json(examined: Examined) -> dict[str, Any]:
    """One entry of ``--json``."""
    result = examined.result
    entry: dict[str, Any] = {
        "file": examined.name,
        "form": examined.form.value if examined.form and not examined.error else None,
        "agency": examined.agency or None,
        "year": examined.year,
        "findings": [finding.as_json() for finding in result.findings] if result else [],
        "cannot_judge": [each.as_json() for each in result.cannot_judge] if result else [],
    }
    return {**entry, "error": examined.error} if examined.error else entry


def _write_summary(name: str, examined: Sequence[Examined]) -> None:
    from gongkai.report.summary import Entry, summary

    entries = [
        Entry(each.name, each.form, each.agency, each.year, each.result, each.error, each.has_last_year)
        for each in examined
    ]
    write_file(Path(name), summary(entries, made_at=datetime.now(_BEIJING)).encode())


class _ForOne(LastYear):
    """上年报告 given for a single report: it is meant, whatever name it bears."""

    def __init__(self, report: Report) -> None:
        super().__init__(())
        self._report = report

    def of(self, report: Report) -> Report | None:
        return self._report


def _last_year(name: str | None, sources: Sequence[Source]) -> LastYear:
    """What ``--last-year`` names: one report for one file, otherwise reports to be matched by agency."""
    if name is None:
        return LastYear(())
    given = find([name])
    if len(given) == 1 and len(sources) == 1:
        try:
            return _ForOne(read(given[0]))
        except CannotRead as refusal:
            raise Refused(f"上一年度报告“{given[0].name}”读不出：{refusal}") from None
    outcomes = list(read_many([source.path for source in given if source.path]))
    for outcome in outcomes:
        if outcome.report is None:
            sys.stderr.write(f"上一年度报告“{outcome.source}”读不出，没有用来核对：{outcome.refusal}\n")
    return LastYear(outcome.report for outcome in outcomes if outcome.report)

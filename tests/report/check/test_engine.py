"""整份检查. What is not judged says so, the cause is shown without its consequences, and sound reports pass."""

import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from gongkai.report.check.engine import check
from gongkai.report.check.findings import Level
from gongkai.report.model import Form, Note, NoteKind, Place, Report
from gongkai.report.read import read
from tests.report.check.cases_tables import LAST_YEAR
from tests.report.check.office import (
    OVERVIEW,
    sound_report,
    with_row,
    without_heading,
    without_table,
)
from tests.report.documents import reports
from tests.report.samples import report_2019

PUBLISHED = Path(__file__).parents[4] / "shared" / "reports"


@pytest.mark.parametrize("form", [Form.FREE, Form.BLANK, Form.NOT_A_REPORT])
def test_what_is_no_report_in_the_official_form_is_not_judged(form: Form) -> None:
    result = check(replace(sound_report(other=""), form=form))

    assert not result.judged
    assert not result.passes
    assert result.findings == ()
    assert len(result.cannot_judge) == 1
    assert result.cannot_judge[0].why


def test_without_last_year_the_rules_that_need_it_say_so_once() -> None:
    result = check(sound_report())

    whys = {entry.rule: entry.why for entry in result.cannot_judge}
    assert {"X-01", "X-02", "X-07", "T3-12", "T3-17", "F-07"} <= set(whys)
    assert len(whys) == len(result.cannot_judge)
    assert "没有上一年度报告" in whys["X-01"]
    assert result.passes


def test_a_report_of_another_year_is_not_taken_for_last_years() -> None:
    result = check(sound_report(), replace(LAST_YEAR, year=2021))

    assert result.findings == ()
    assert next(e.why for e in result.cannot_judge if e.rule == "X-01").startswith(
        "所给的上一年度报告是2021年的"
    )


def test_a_carry_over_from_nowhere_is_told_by_its_cause() -> None:
    result = check(sound_report(), with_row(LAST_YEAR, "carried_out"))

    rules = [finding.rule for finding in result.findings if finding.level is Level.ERROR]
    assert "T3-12" in rules
    assert "X-01" not in rules


def test_a_missing_part_between_others_is_an_error_and_at_the_end_it_cannot_be_judged() -> None:
    between = check(without_table(without_heading(sound_report(), "remedies"), "remedies"))
    at_the_end = check(without_heading(sound_report(), "other"))

    assert [f.rule for f in between.findings if f.level is Level.ERROR] == ["F-01"]
    assert "F-01" not in [f.rule for f in at_the_end.findings]
    assert "F-01" in [entry.rule for entry in at_the_end.cannot_judge]


def test_what_follows_a_cut_cannot_be_judged() -> None:
    cut = replace(sound_report(problems="一是"), notes=(Note(NoteKind.DOCUMENT_CUT),))
    cut = without_heading(cut, "other")

    result = check(cut)

    assert [f for f in result.findings if f.rule in {"F-07", "F-01", "TX-19"}] == []
    assert {"F-07", "F-01", "TX-19"} <= {entry.rule for entry in result.cannot_judge}


def test_a_finding_in_json_has_both_values_and_their_difference() -> None:
    result = check(sound_report(overview=OVERVIEW.replace("申请8件", "申请9件")))

    finding = next(f for f in result.findings if f.rule == "TX-01").as_json()
    assert finding == {
        "rule": "TX-01",
        "level": "E",
        "place": {"section": "overview", "quote": "新收政府信息公开申请9件"},
        "left": 9,
        "right": 8,
        "difference": 1,
        "formula": "文字中新收件数 = 表三“新收”总计",
        "message": "文字说“新收政府信息公开申请9件”，而表三“本年新收”总计为8件，相差1件，请核对文字和表。",
    }


@st.composite
def sound_reports(draw: DrawFn) -> Report:
    """A random valid report whose prose is written from its own figures."""
    report = draw(reports(faulty_cells=False))

    def total(row: str) -> str:
        return report.cell("applications", row, "total").text

    overview = (
        f"（一）主动公开。全年主动公开政府信息{draw(st.integers(0, 9999))}条。\n"
        f"（二）依申请公开。{report.year}年，新收政府信息公开申请{total('received')}件，"
        f"上年结转{total('carried_in')}件，答复{total('total')}件，结转下年度{total('carried_out')}件。"
        f"发生政府信息公开行政复议{report.cell('remedies', 'reconsideration', 'total').text}件。\n"
        "（三）政府信息管理。逐件审查。\n（四）平台建设。维护专栏。\n（五）监督保障。纳入工作考核。"
    )
    rules = {
        **report.tables["proactive"],
        "rules": {
            c: sound_report().cell("proactive", "rules", c) for c in ("issued", "repealed", "in_force")
        },
    }
    return replace(
        report,
        sections={**report.sections, "overview": overview, "other": "本年度未收取信息处理费。"},
        tables={**report.tables, "proactive": rules},
    )


@given(sound_reports())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_valid_report_has_an_error(report: Report) -> None:
    result = check(report)

    assert result.at(Level.ERROR) == ()


@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="the published reports are not at hand")
def test_published_reports_show_the_faults_they_are_known_for_and_no_others() -> None:
    errors = {}
    for path in sorted(PUBLISHED.iterdir()):
        if path.suffix in {".txt", ".pdf"}:
            errors[path.stem] = sorted({f.rule for f in check(read(path)).at(Level.ERROR)})

    assert errors == {
        "016": [],
        "018": ["T2-11"],
        "022": ["F-13"],
        "045": [],
        "051": [],
        "guofangdongyuan-2023": ["F-01"],
        "hongze-2024": [],
    }


def test_one_report_is_checked_in_a_few_milliseconds() -> None:
    """Generous, since the machine is shared; the measured figure is printed by the benchmark."""
    report = sound_report()
    check(report)

    start = time.process_time()
    for _ in range(20):
        check(report)

    assert (time.process_time() - start) / 20 < 0.03


def test_a_long_line_without_a_stop_is_read_in_time_that_grows_with_its_length() -> None:
    """INP-09: no expression goes back over what it has read."""
    short, long = (
        sound_report(overview=OVERVIEW + "\n" + "未收到政府信息公开申请其中（1件，" * n) for n in (100, 800)
    )
    check(short)
    durations = []
    for report in (short, long):
        start = time.process_time()
        check(report)
        durations.append(time.process_time() - start)

    assert durations[1] < durations[0] * 64 + 0.5


def test_the_check_needs_no_django() -> None:
    code = "import sys, gongkai.report.check.engine; sys.exit('django' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    "kind", [NoteKind.READINGS_DIFFER, NoteKind.DIGITS_JOINED, NoteKind.FULL_WIDTH_DIGITS]
)
def test_a_note_on_a_column_that_only_the_2019_form_has_is_told_by_its_name(kind: NoteKind) -> None:
    note = Note(kind, Place("proactive", "rules", "made"), "１ ２")

    result = check(replace(report_2019(), notes=(note,)))

    told = [finding.message for finding in result.findings if finding.rule == "T3-20"]
    assert told == (
        ["表二“规章”行“本年新制作数量”列用两种方法读出的数不同（１ ２），请对照原文。"]
        if kind is NoteKind.READINGS_DIFFER
        else []
    )

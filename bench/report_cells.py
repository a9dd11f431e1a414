"""读数的准确. Cells right, wrong and not judged for the published reports that have expected values.

The folder is GONGKAI_REPORTS or ../shared/reports beside the repository; where there is none, that is said.
"""

import json
import os
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from bench.figure import Figure, must_be_none
from bench.place import ROOT
from gongkai.report.model import Cell, CellState, Report
from gongkai.report.read import CannotRead, read
from gongkai.report.read.labels import APPLICANT_COLUMNS, REMEDY_COLUMN_KEYS, application_row, proactive_row

DATA = "公开的年度报告和逐格核过的预期值（GONGKAI_REPORTS，默认 ../shared/reports）"
REMEDIES = {
    "复议": "reconsideration",
    "未经复议直接起诉": "direct_suit",
    "复议后起诉": "suit_after_reconsideration",
}
COUNTS = ("issued", "repealed", "in_force")

Expected = tuple[str, str, str, object]


def folder() -> Path:
    """Where the reports with expected values are."""
    return Path(os.environ.get("GONGKAI_REPORTS", ROOT.parent / "shared" / "reports"))


def expected_cells(data: dict[str, object]) -> Iterator[Expected]:
    """(table, row, column, value): null is an empty cell, a text is a mark."""
    for label, values in _table(data, "table2"):
        row = proactive_row(label.split("（")[0])
        if isinstance(values, list):
            yield from (("proactive", row, column, v) for column, v in zip(COUNTS, values, strict=True))
        else:
            yield "proactive", row, "amount_10k_yuan" if row == "charges" else "decisions", values
    for label, values in _table(data, "table3"):
        group, _, leaf = label.rpartition("/")
        row = application_row(leaf, group=group)
        yield from (("applications", row, c, v) for c, v in zip(APPLICANT_COLUMNS, values, strict=True))
    for label, values in _table(data, "table4"):
        yield from (
            ("remedies", REMEDIES[label], c, v) for c, v in zip(REMEDY_COLUMN_KEYS, values, strict=True)
        )


def verdict(cell: Cell, value: object) -> str:
    """right, wrong or cannot judge."""
    if cell.state in (CellState.UNREADABLE, CellState.ABSENT):
        return "cannot judge"
    if value is None:
        return "right" if cell.state is CellState.BLANK else "wrong"
    if isinstance(value, str):
        return "right" if cell.state is CellState.MARK and cell.text == value else "wrong"
    return "right" if cell.value == Decimal(str(value)) else "wrong"


def score(report: Report, data: dict[str, object]) -> tuple[Counter[str], list[str]]:
    """The verdicts on one report, and where it is wrong."""
    counts: Counter[str] = Counter()
    wrong = []
    for table, row, column, value in expected_cells(data):
        cell = report.cell(table, row, column)
        counts[verdict(cell, value)] += 1
        if verdict(cell, value) == "wrong":
            wrong.append(f"{table}/{row}/{column}: 应为{value!r}，读作{cell.text!r}")
    return counts, wrong


def figures() -> Iterator[Figure]:
    """The sum, and a row for each report that is read wrongly or not at all."""
    place = folder()
    total: Counter[str] = Counter()
    files = sorted(place.glob("*.expected.json"))
    if not files:
        yield Figure(what="公开报告的格", measured="没有测", beside=f"没有找到带预期值的报告：{place}")
        return
    for expected in files:
        source = next(
            f for f in sorted(place.glob(expected.name.replace("expected.json", "*"))) if f != expected
        )
        try:
            report = read(source)
        except CannotRead as refusal:
            total["unread"] += 1
            yield Figure(what=source.name, measured="读不出", beside=str(refusal))
            continue
        counts, wrong = score(report, json.loads(expected.read_text(encoding="utf-8")))
        total += counts
        if wrong:
            yield must_be_none(f"读错的格：{source.name}", len(wrong), beside="；".join(wrong[:5]))
    yield must_be_none(f"读错的格，{len(files)}份报告", total["wrong"], beside=f"读对{total['right']:,}格")
    yield must_be_none("读不出的报告", total["unread"])
    yield Figure(what="无法判断的格", measured=f"{total['cannot judge']}", beside="无法判断不算0，也不算错")


def _table(data: dict[str, object], name: str) -> list[tuple[str, list[object]]]:
    table = data.get(name)
    return list(table.items()) if isinstance(table, dict) else []

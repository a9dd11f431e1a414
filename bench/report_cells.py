"""读数的准确. Cells right, wrong and not judged for the published reports that have expected values.

Run: python -m bench.report_cells [FOLDER]. The folder is GONGKAI_REPORTS or ../shared/reports beside the repository.
"""

import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from gongkai.report.model import Cell, CellState, Report
from gongkai.report.read import CannotRead, read
from gongkai.report.read.labels import APPLICANT_COLUMNS, REMEDY_COLUMN_KEYS, application_row, proactive_row

ROOT = Path(__file__).resolve().parents[1]
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


def main() -> int:
    """Print a line for each report and the sum; 1 when anything is wrong."""
    place = Path(sys.argv[1]) if len(sys.argv) > 1 else folder()
    files = sorted(place.glob("*.expected.json"))
    if not files:
        print(f"没有找到预期值：{place}")
        return 2
    total: Counter[str] = Counter()
    for expected in files:
        source = next(
            f for f in sorted(place.glob(expected.name.replace("expected.json", "*"))) if f != expected
        )
        began = time.perf_counter()
        try:
            report = read(source)
        except CannotRead as refusal:
            print(f"{source.name}: {refusal}")
            continue
        took = (time.perf_counter() - began) * 1000
        counts, wrong = score(report, json.loads(expected.read_text(encoding="utf-8")))
        total += counts
        print(f"{source.name:24} {_summary(counts)}  {took:.0f} ms")
        print(*(f"    {line}" for line in wrong), sep="\n", end="\n" if wrong else "")
    print(f"{'total':24} {_summary(total)}")
    return 1 if total["wrong"] else 0


def _summary(counts: Counter[str]) -> str:
    return f"right {counts['right']:4}  wrong {counts['wrong']:3}  cannot judge {counts['cannot judge']:3}"


def _table(data: dict[str, object], name: str) -> list[tuple[str, list[object]]]:
    table = data.get(name)
    return list(table.items()) if isinstance(table, dict) else []


if __name__ == "__main__":
    sys.exit(main())

"""汇总的速度. P5: count, check and freeze a year of 100,000 records; P14: the same beside a million rows of another agency."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bench import bare_counts, offices
from bench.figure import RUNS, Figure, at_most, duration, must_be_none
from gongkai.agencies.models import Agency
from gongkai.annual_report.checking import examine
from gongkai.annual_report.compiling import Compiled
from gongkai.annual_report.document import compose
from gongkai.annual_report.freezing import freeze
from gongkai.annual_report.models import Edition

DATA = "虚构单位2023年14本台账共10万条，另有5万多条申请经过；旁边另一单位先10万行、后100万行信息和100万行申请"


@dataclass(frozen=True, slots=True)
class Parts:
    """各步用时."""

    counted: float
    checked: float
    frozen: float
    bare: float

    @property
    def whole(self) -> float:
        return self.counted + self.checked + self.frozen


def figures() -> Iterator[Figure]:
    before = _measured(agency := offices.small())
    yield must_be_none("200格与直接SQL计数不同的格数", _differences(agency))
    yield from _rows(before)
    yield Figure(what="汇总的查询次数", measured=str(_queries(agency)), beside="直接SQL：25条语句")
    after = _measured(agency := offices.large())
    yield must_be_none("200格与直接SQL计数不同的格数（旁有100万行）", _differences(agency))
    growth = after.whole / before.whole - 1
    yield Figure(
        what="P14 旁有100万行时，用时的增长",
        measured=f"{growth:+.0%}",
        target="≤ +20%",
        met=growth <= 0.2,
        beside=f"{duration(before.whole)} → {duration(after.whole)}；直接SQL {after.bare / before.bare - 1:+.0%}",
    )


def _rows(parts: Parts) -> Iterator[Figure]:
    yield at_most(
        "P5 汇总、核对、定稿并连上记录",
        parts.whole,
        3,
        beside=f"计数{duration(parts.counted)}，核对{duration(parts.checked)}，定稿{duration(parts.frozen)}",
    )
    for what, seconds in (
        ("P5 计数（200格和文字数据）与直接SQL之比", parts.counted),
        ("P5 汇总并核对（每个数连着它的查询）与直接SQL之比", parts.counted + parts.checked),
    ):
        ratio = seconds / parts.bare
        yield Figure(
            what=what,
            measured=f"{ratio:.2f} 倍",
            target="≤ 1.5 倍",
            met=ratio <= 1.5,
            beside=f"直接SQL计数{duration(parts.bare)}",
        )


def _measured(agency: Agency) -> Parts:
    """Each step and the bare counts in turn, so that all see the same machine; the medians."""
    edition = offices.edition_of(agency)
    runs = [_once(edition) for _ in range(RUNS + 1)][1:]
    return Parts(*(sorted(times)[RUNS // 2] for times in zip(*runs, strict=True)))


def _once(edition: Edition) -> tuple[float, float, float, float]:
    with transaction.atomic():
        marks = [time.perf_counter()]
        bare_counts.count(edition.agency_id, offices.YEAR)
        marks.append(time.perf_counter())
        compiled = Compiled(edition.agency, offices.YEAR)
        _ = compiled.values
        marks.append(time.perf_counter())
        examine(edition, compiled, compose(compiled, edition.narrative))
        marks.append(time.perf_counter())
        freeze(edition, compiled)
        marks.append(time.perf_counter())
        transaction.set_rollback(True)
    bare, counted, checked, frozen = (after - before for before, after in pairwise(marks))
    return counted, checked, frozen, bare


def _differences(agency: Agency) -> int:
    bare = bare_counts.count(agency.pk, offices.YEAR)
    cells = Compiled(agency, offices.YEAR).cells
    return sum(bare.get(cell, 0) != value for cell, value in cells.items())


def _queries(agency: Agency) -> int:
    edition = offices.edition_of(agency)
    with CaptureQueriesContext(connection) as asked, transaction.atomic():
        compiled = Compiled(edition.agency, offices.YEAR)
        examine(edition, compiled, compose(compiled, edition.narrative))
        freeze(edition, compiled)
        transaction.set_rollback(True)
    return len(asked)

"""命令行测试. Files on disk, and the command run in this process."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from gongkai.cli import main
from gongkai.report.model import Cell, Report
from gongkai.report.render import render
from tests.report.samples import report_2021, with_cells

Write = Callable[[str, Report], Path]


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


@pytest.fixture
def gongkai(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run ``gongkai report`` with arguments."""

    def run(*arguments: object) -> Ran:
        code = main(["report", *map(str, arguments)])
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return run


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a report under a name, in the format the name says."""

    def written(name: str, report: Report) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(render(report, to=path.suffix.lstrip(".")))
        return path

    return written


@pytest.fixture
def right() -> Report:
    """Nothing wrong in it."""
    return report_2021()


@pytest.fixture
def wrong(right: Report) -> Report:
    """总计（七） of people is one too many."""
    return with_cells(right, {("applications", "total", "natural_person"): Cell.number(4)})


@pytest.fixture
def year_before(right: Report) -> Report:
    """2022: one case of a company carried over."""
    cells = {
        ("applications", row, column): Cell.number(value)
        for row, value in (("carried_out", 1), ("received", 2), ("total", 2), ("carried_in", 1))
        for column in ("company", "total")
    }
    empty = with_cells(right, {key[:3]: Cell.number(0) for key in right.cells() if key[0] == "applications"})
    figures = with_cells(
        empty,
        {**cells, **{("applications", "granted", column): Cell.number(2) for column in ("company", "total")}},
    )
    return replace(
        figures,
        year=2022,
        title=right.title.replace("2023", "2022"),
        preamble=right.preamble.replace("2023", "2022"),
    )

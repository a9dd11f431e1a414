"""年度报告工具的速度. Start, checking and rendering beside the targets P7 and P8; the reports are invented."""

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from bench.figure import Figure, at_least, at_most, duration, median, timed
from bench.place import ROOT
from gongkai.report.check.engine import check
from gongkai.report.read import parse
from gongkai.report.render import CannotRender, Format, render
from tests.report.samples import report_2021

DATA = "一份200格的虚构报告，各格式当场生成；一个目录300份"
COPIES, FOLDER = 30, 300
_MEGABYTE = 1024 * 1024


def figures() -> Iterator[Figure]:
    yield from _starts()
    yield from _speeds()
    yield _whole_folder()
    yield _memory()
    yield from _renderings()


def _starts() -> Iterator[Figure]:
    bare = median(lambda: _run([sys.executable, "-c", "pass"]))
    with tempfile.TemporaryDirectory() as place:
        path = Path(place, "报告.json")
        path.write_bytes(render(report_2021(), to=Format.JSON))
        for name, arguments in (("--help", ["--help"]), ("check 一份JSON", ["check", str(path)])):
            command = [sys.executable, "-m", "gongkai", "report", *arguments]
            seconds = median(partial(_run, command))
            yield at_most(f"P7 gongkai report {name}", seconds, 0.3, beside=f"空的Python进程{duration(bare)}")


def _speeds() -> Iterator[Figure]:
    """Reading and checking in one process, which is what one core does."""
    for target, least in ((Format.HTML, 50.0), (Format.DOCX, 50.0), (Format.PDF, 2.0), (Format.XLSX, 50.0)):
        try:
            data = render(report_2021(), to=target)
        except CannotRender as refusal:
            yield Figure(what=f"P7 读取并核对{target.upper()}", measured="没有测", beside=str(refusal))
            continue
        copies = 2 if target is Format.PDF else COPIES
        both = median(partial(_repeat, partial(_read_and_check, data), copies)) / copies
        read = median(partial(_repeat, partial(parse, data), copies)) / copies
        yield at_least(
            f"P7 读取并核对{target.upper()}，每核",
            1 / both,
            least,
            unit="份/s",
            beside=f"其中读取{duration(read)}",
        )


def _whole_folder() -> Figure:
    """The command on a folder, all cores, start and the summary page included."""
    with tempfile.TemporaryDirectory() as place:
        for number in range(FOLDER):
            target = (Format.HTML, Format.DOCX)[number % 2]
            Path(place, f"{number:03d}.{target}").write_bytes(render(report_2021(), to=target))
        command = [sys.executable, "-m", "gongkai", "report", "check", place, "--html", f"{place}/汇总.html"]
        seconds = statistics.median(timed(partial(_run, command)) for _ in range(3))
    cores = os.cpu_count() or 1
    return at_least(
        f"P7 一个目录{FOLDER}份，含启动和汇总",
        FOLDER / seconds,
        50.0 * cores,
        unit="份/s",
        beside=f"{cores}核",
    )


def _memory() -> Figure:
    """Resident memory after 1,000 and after 10,000 readings, in a process of its own."""
    said = subprocess.run(
        [sys.executable, "-c", "from bench.report_speed import memory; memory()"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    early, late = (float(word) for word in said.split())
    return Figure(
        what="P7 内存，第1,000份到第10,000份",
        measured=f"{late - early:+.1f} MB",
        target="≤ +10 MB",
        met=late - early <= 10,
        beside=f"{early:.0f} → {late:.0f} MB",
    )


def memory() -> None:
    """Prints the two sizes in megabytes."""
    data = render(report_2021(), to=Format.HTML)
    _repeat(partial(_read_and_check, data), 1_000)
    early = _resident()
    _repeat(partial(_read_and_check, data), 9_000)
    print(early, _resident())


def _renderings() -> Iterator[Figure]:
    report = report_2021()
    for target, limit in ((Format.HTML, 0.02), (Format.DOCX, 0.3), (Format.PDF, 1.0), (Format.XLSX, 0.3)):
        try:
            seconds = median(partial(render, report, to=target))
        except CannotRender as refusal:
            yield Figure(what=f"P8 生成{target.upper()}", measured="没有测", beside=str(refusal))
            continue
        yield at_most(f"P8 生成{target.upper()}（已启动）", seconds, limit)


def _run(command: list[str]) -> None:
    subprocess.run(command, capture_output=True, check=False, cwd=ROOT)


def _read_and_check(data: bytes) -> None:
    check(parse(data))


def _repeat(work: Callable[[], object], times: int) -> None:
    for _ in range(times):
        work()


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGESIZE") / _MEGABYTE

"""年度报告工具的速度. Start, checking and rendering, ours beside the targets P7 and P8.

    python bench/report_speed.py            medians of five or more runs on this machine
    python bench/report_speed.py --many     also memory over 10,000 readings

The reports are invented and made afresh in a temporary folder.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from gongkai.report.check.engine import check  # noqa: E402
from gongkai.report.read import parse  # noqa: E402
from gongkai.report.render import CannotRender, Format, render  # noqa: E402
from tests.report.samples import report_2021  # noqa: E402

RUNS = 5
COPIES = 60


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--many", action="store_true")
    chosen = options.parse_args()
    print(f"年度报告工具（{os.cpu_count()}核，负载{os.getloadavg()[0]:.1f}；样例：一份200格的虚构报告）\n")
    print(f"{'项目':<34}{'实测':>14}  目标")
    lines = [*start_times(), *rendering_times(), *checking_speeds(), whole_folder()]
    if chosen.many:
        lines.append(memory_growth())
    for name, measured, target, met in lines:
        print(f"{name:<34}{measured:>14}  {target}　{'达到' if met else '未达到'}")
    return 0


Line = tuple[str, str, str, bool]


def median(work: Callable[[], object], runs: int = RUNS) -> float:
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def run(command: list[str]) -> None:
    subprocess.run(command, capture_output=True, check=False, cwd=ROOT)


def read_and_check(data: bytes, copies: int) -> None:
    for _ in range(copies):
        check(parse(data))


def start_times() -> Iterator[Line]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "报告.json")
        path.write_bytes(render(report_2021(), to=Format.JSON))
        for name, arguments in (
            ("启动：gongkai report --help", ["--help"]),
            ("启动并核对一份JSON", ["check", str(path)]),
        ):
            command = [sys.executable, "-m", "gongkai", "report", *arguments]
            seconds = median(partial(run, command), 9)
            yield f"P7 {name}", f"{seconds:.3f} s", "≤ 0.3 s", seconds <= 0.3


def rendering_times() -> Iterator[Line]:
    report = report_2021()
    for target, limit in ((Format.HTML, 0.02), (Format.DOCX, 0.3), (Format.PDF, 1.0), (Format.XLSX, 0.3)):
        try:
            render(report, to=target)
        except CannotRender as refusal:
            print(refusal)
            continue
        seconds = median(partial(render, report, to=target), 9)
        yield (
            f"P8 生成{target.upper()}（已启动）",
            f"{seconds * 1000:.1f} ms",
            f"≤ {limit * 1000:.0f} ms",
            seconds <= limit,
        )


def checking_speeds() -> Iterator[Line]:
    """Reading and checking in one process, which is what one core does."""
    for target, least in ((Format.HTML, 50.0), (Format.DOCX, 50.0), (Format.PDF, 2.0), (Format.XLSX, 50.0)):
        data = render(report_2021(), to=target)
        check(parse(data))
        copies = 5 if target is Format.PDF else COPIES
        seconds = median(partial(read_and_check, data, copies), 3) / copies
        yield (
            f"P7 读取并核对{target.upper()}，每核",
            f"{1 / seconds:.0f} 份/s",
            f"≥ {least:.0f} 份/s",
            1 / seconds >= least,
        )


def whole_folder() -> Line:
    """The command on a folder of 300, all cores, start included."""
    with tempfile.TemporaryDirectory() as folder:
        for number in range(300):
            target = (Format.HTML, Format.DOCX)[number % 2]
            Path(folder, f"{number:03d}.{target}").write_bytes(render(report_2021(), to=target))
        command = [
            sys.executable,
            "-m",
            "gongkai",
            "report",
            "check",
            folder,
            "--html",
            f"{folder}/汇总.html",
        ]
        seconds = median(partial(run, command), 1)
    least = 50.0 * (os.cpu_count() or 1)
    speed = 300 / seconds
    return "P7 一个目录300份（含启动、汇总）", f"{speed:.0f} 份/s", f"≥ {least:.0f} 份/s", speed >= least


def memory_growth() -> Line:
    """Resident memory after 1,000 and after 10,000 readings."""
    data = render(report_2021(), to=Format.HTML)

    def resident() -> float:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGESIZE") / 1024 / 1024

    for _ in range(1_000):
        check(parse(data))
    early = resident()
    for _ in range(9_000):
        check(parse(data))
    grown = resident() - early
    return "P7 内存，第1,000份到第10,000份", f"{grown:+.1f} MB", "不增长（≤ 10 MB）", grown <= 10


if __name__ == "__main__":
    sys.exit(main())

"""make bench. One row a figure: measured, target, met or not, and what stands beside it.

python -m bench [名称 …]      without names all of them; --list names them
"""

import argparse
import contextlib
import json
import os
import signal
import subprocess
import sys
import unicodedata
from collections.abc import Iterable, Iterator

from bench.catalogue import BENCHMARKS, BOTH, Benchmark
from bench.figure import Figure
from bench.place import ROOT, folder, prepare, surroundings
from bench.postgresql import running

WIDTHS = (46, 16, 16, 8)
HEADS = ("项目", "实测", "目标", "结果", "旁比")
NAMES = {"": "", "sqlite": "SQLite", "postgresql": "PostgreSQL"}


def main() -> int:
    """1 when something was measured to be wrong or could not be measured; a missed target is told, not failed."""
    chosen = _chosen()
    if chosen is None:
        return 0
    print(f"数据目录：{folder()}（首次造数据要几分钟，之后沿用）")
    print(f"机器：{os.cpu_count()}核，开始时负载 {_load()}\n")
    failed = met = told = 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server is stopped too
    servers = contextlib.ExitStack()
    with servers:
        server = ""
        if any("postgresql" in each.databases for each in chosen):
            server = servers.enter_context(running())
            if not server:
                print("没有找到PostgreSQL：这些项目只在SQLite上测。")
        prepared: set[str] = set()
        for benchmark in chosen:
            for database in benchmark.databases:
                if database == "postgresql" and not server:
                    continue
                environment = surroundings(database, server if database == "postgresql" else "")
                if database not in prepared:
                    prepare(environment)
                    prepared.add(database)
                figures = list(_run(benchmark, database, environment))
                failed += any(figure is None or figure.wrong for figure in figures)
                met += sum(bool(figure and figure.met) for figure in figures)
                told += sum(figure is not None and figure.met is not None for figure in figures)
    print(f"\n有目标的{told}项中达到{met}项。结束时负载 {_load()}。")
    return 1 if failed else 0


def _chosen() -> list[Benchmark] | None:
    parser = argparse.ArgumentParser(prog="python -m bench", description="性能：逐项对照目标")
    parser.add_argument("names", nargs="*", metavar="名称", help="只测这些，见 --list")
    parser.add_argument("--list", action="store_true", help="列出名称")
    parser.add_argument("--database", choices=BOTH, help="只在这种数据库上测")
    given = parser.parse_args()
    known = {each.name: each for each in BENCHMARKS}
    if given.list:
        for each in BENCHMARKS:
            print(f"{each.name:<10}{each.meaning}")
        return None
    for name in given.names:
        if name not in known:
            parser.error(f"没有“{name}”这一项，用 --list 查看名称")
    chosen = [known[name] for name in given.names] or list(BENCHMARKS)
    if given.database:
        chosen = [
            Benchmark(each.name, each.meaning, each.module, (given.database,))
            for each in chosen
            if given.database in each.databases
        ]
    return chosen


def _run(benchmark: Benchmark, database: str, environment: dict[str, str]) -> Iterator[Figure | None]:
    """The rows of one benchmark, printed as they come; None when it broke."""
    print(f"\n■ {benchmark.name}：{benchmark.meaning}　{NAMES[database]}")
    with subprocess.Popen(
        [sys.executable, "-m", "bench.one", benchmark.name, database],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        try:
            yield from _told(process.stdout)
        except BaseException:  # asked to stop: the child stops with us
            process.terminate()
            raise
    if process.returncode:
        print(f"  没有测成（退出码{process.returncode}），原因见上方。")
        yield None


def _told(lines: Iterable[str]) -> Iterator[Figure]:
    for line in lines:
        row = json.loads(line)
        if "data" in row:
            print(f"  数据：{row['data']}")
            _print_row(HEADS)
            continue
        figure = Figure(**row)
        verdict = {True: "达到", False: "未达到", None: "—"}[figure.met]
        _print_row((figure.what, figure.measured, figure.target, verdict, figure.beside))
        yield figure


def _print_row(cells: tuple[str, ...]) -> None:
    padded = [_padded(cell, width) for cell, width in zip(cells, WIDTHS, strict=False)]
    print("  " + " ".join([*padded, *cells[len(WIDTHS) :]]).rstrip(), flush=True)


def _padded(text: str, width: int) -> str:
    """Chinese characters are two columns wide."""
    return text + " " * (width - sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text))


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}"


if __name__ == "__main__":
    sys.exit(main())

"""一项基准的进程. Django reads its settings once, so each database has a process; its rows go to standard output."""

import importlib
import json
import os
import sys

from bench.catalogue import BENCHMARKS


def main() -> int:
    name, database = sys.argv[1], sys.argv[2]
    if database:
        from gongkai.operations.process import start_django

        start_django(os.environ["GONGKAI_SIDE"])
    module = importlib.import_module(next(each.module for each in BENCHMARKS if each.name == name))
    rows, sys.stdout = sys.stdout, sys.stderr  # whatever else is said does not mix with the rows
    print(json.dumps({"data": module.DATA}, ensure_ascii=False), file=rows, flush=True)
    for figure in module.figures():
        print(figure.as_line(), file=rows, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

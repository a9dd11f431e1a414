"""P9 接收提交. 50 writers, each application with a file of 1 MB: sealed, stored and in the audit chain before it is acknowledged.

The writers are spread over as many processes as the portal is served with, one a core.
"""

import json
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

from django.db import connections

from bench.figure import Figure, at_least, at_most, duration, must_be_none
from bench.place import ROOT
from gongkai.config.router import public_database
from gongkai.gateways.files import intake_files
from gongkai.portal.intake.accepting import HandedInFile, Origin, accept
from gongkai.portal.intake.models import Submission, SubmissionStatus

WRITERS, SECONDS = 50, 15
PROCESSES = os.cpu_count() or 1
MEGABYTE = 1024 * 1024
DATA = f"{WRITERS}人同时提交，各附1个1MB的文件，{SECONDS}秒；{PROCESSES}个进程，不含HTTP"
_CONTENT = {"name": "示例申请人", "certificate_number": "E00000000", "matters": ["示例事项" * 20]}
_PART = "from gongkai.operations.process import start_django; start_django('portal'); from bench.intake import write; write({writers})"


def figures() -> Iterator[Figure]:
    before = Submission.objects.count()
    environment = {**os.environ, "GONGKAI_SIDE": "portal"}
    shares = [WRITERS // PROCESSES + (number < WRITERS % PROCESSES) for number in range(PROCESSES)]
    parts = [
        subprocess.Popen(
            [sys.executable, "-c", _PART.format(writers=writers)],
            env=environment,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for writers in shares
    ]
    for part in parts:
        assert part.stdout
        part.stdout.readline()  # started
    for part in parts:
        assert part.stdin
        part.stdin.write("go\n")
        part.stdin.flush()
    told = [part.communicate()[0] for part in parts]
    results = [json.loads(each) for each in told]
    took = [seconds for result in results for seconds in result["took"]]
    faults = [name for result in results for name in result["faults"]]
    seconds = max(result["seconds"] for result in results)
    kept = Submission.objects.count() - before
    yield at_least(
        "每秒接收",
        len(took) / seconds,
        60,
        unit="份/s",
        beside=f"中位{duration(statistics.median(took))}；落盘1MB文件{_bare(os.urandom(MEGABYTE)):,.0f}个/s",
    )
    yield at_most("百分之九十九在", statistics.quantiles(took, n=100)[98], 2)
    yield must_be_none(
        "出错、丢失或者重复", len(faults) + abs(kept - len(took)), beside="、".join(set(faults))
    )
    _clear()


def write(writers: int) -> None:
    """One process's share: begins when it is told to, prints how long each took and what went wrong."""
    picture = b"\xff\xd8\xff\xe0" + os.urandom(MEGABYTE)
    files = [HandedInFile("identity", "证件.jpg", "image/jpeg", picture)]
    took: list[float] = []
    faults: list[str] = []
    run = os.urandom(4).hex()
    print("started", flush=True)
    sys.stdin.readline()
    began = time.monotonic()

    def hand_in(writer: int) -> None:
        count = 0
        try:
            while time.monotonic() < began + SECONDS:
                count += 1
                asked = time.monotonic()
                accept(
                    kind="application",
                    agency="0" * 20,
                    token=f"{run} {writer} {count}",
                    second="0000",
                    content=_CONTENT,
                    files=files,
                    origin=Origin(f"{run} {writer}"),
                )
                took.append(time.monotonic() - asked)
        except Exception as error:  # noqa: BLE001 - counted, and told by its kind
            faults.append(type(error).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=hand_in, args=(number,)) for number in range(writers)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    print(json.dumps({"took": took, "faults": faults, "seconds": time.monotonic() - began}))


def _bare(content: bytes) -> float:
    """What the disk allows one writer: files alone, as they are stored."""
    began = time.monotonic()
    for number in range(20):
        intake_files().put(number.to_bytes(4, "big") + content)
    return 20 / (time.monotonic() - began)


def _clear() -> None:
    """The next run begins where this one began."""
    alias = public_database()
    Submission.objects.using(alias).all().delete()
    SubmissionStatus.objects.using(alias).all().delete()
    for name in list(intake_files().names()):
        intake_files().remove(name)

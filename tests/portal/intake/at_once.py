"""许多人同时提交, in one process of the portal with many threads, as its server has them. Prints what came of it."""

import json
import sys
import threading
from collections.abc import Callable

from gongkai.operations.process import start_django

start_django("portal")

from django.db import connections  # noqa: E402

from gongkai.audit.models import Entry  # noqa: E402
from gongkai.audit.proof import prove  # noqa: E402
from gongkai.portal.intake.models import Submission, SubmissionFile, SubmissionStatus  # noqa: E402
from tests.portal.intake.handing_in import handed_in  # noqa: E402

failed: list[str] = []


def together(acts: list[Callable[[], None]]) -> None:
    gate = threading.Barrier(len(acts))

    def go(act: Callable[[], None]) -> None:
        try:
            gate.wait(timeout=30)
            act()
        except Exception as error:  # noqa: BLE001 - whatever it is, the test is told
            failed.append(repr(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=go, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


codes: list[set[str]] = [set() for _ in range(10)]
for number in range(10):
    together([lambda number=number: codes[number].add(handed_in(f"form {number}").code)] * 10)
together([lambda n=n: [handed_in(f"{n}-{each}") for each in range(3)] for n in range(12)])

json.dump(
    {
        "failed": failed,
        "codes of each form": [len(found) for found in codes],
        "submissions": Submission.objects.count(),
        "statuses": SubmissionStatus.objects.count(),
        "files": SubmissionFile.objects.count(),
        "audit lines": Entry.objects.filter(action="intake.submission.accepted").count(),
        "chain holds": prove("default", anchors=[]).holds,
    },
    sys.stdout,
)

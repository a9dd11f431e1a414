"""会死的后台. Workers of their own process at tasks that end them, as a script: python -m tests.outbox.dying.

Says as JSON how each worker ended, and what then stands in the table.
"""

import tests.environment  # noqa: F401, I001

import json
import os
import signal
import sys

import django


def kill(payload):
    os.kill(os.getpid(), signal.SIGKILL)


def put(payload):
    return {"version": 1}


def stay(payload):
    """As long as it may."""
    os.write(payload["begun"], b".")
    while True:
        signal.pause()


def main() -> dict[str, object]:
    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import transaction

    from gongkai.outbox.actions import enqueue
    from gongkai.outbox.models import OutboxItem
    from gongkai.outbox.worker import ATTEMPTS

    call_command("migrate", "outbox", verbosity=0)
    settings.OUTBOX_TASKS = {name: f"tests.outbox.dying.{name}" for name in ("kill", "put", "stay")}
    with transaction.atomic():
        enqueue("kill", {})
        enqueue("put", {})
    killed = []
    for _ in range(ATTEMPTS + 2):
        OutboxItem.objects.update(not_before=None)
        killed.append(_ended(_worker()))
    reader, writer = os.pipe()
    with transaction.atomic():
        enqueue("stay", {"begun": writer})
    worker = _worker()
    os.read(reader, 1)
    os.kill(worker, signal.SIGTERM)
    stopped = _ended(worker)
    rows = OutboxItem.objects.order_by("pk").values_list("kind", "status", "attempts", "failure")
    waits = OutboxItem.objects.get(kind="stay").not_before
    return {"killed": killed, "stopped": stopped, "rows": list(rows), "waits": str(waits)}


def _worker() -> int:
    """One that does what waits and stops as the real one does, in a second."""
    from django.db import connections

    from gongkai.operations.serve import Stop
    from gongkai.outbox.worker import AskedToStop, run_waiting

    connections.close_all()
    child = os.fork()
    if child:
        return child
    try:
        stop = Stop(after=1, broken_off=AskedToStop)
        run_waiting(until=lambda: stop.asked)
        os._exit(0)
    except AskedToStop:
        os._exit(7)


def _ended(worker: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1])


if __name__ == "__main__":
    json.dump(main(), sys.stdout, ensure_ascii=False)

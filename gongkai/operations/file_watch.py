"""文件的看守. Once a night every stored file is read and held against its name, and what a killed process left goes.

A little at a time, when nothing else waits. What was found is one line of the desk's trail each night.
"""

import socket
import time
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from gongkai.audit.record import record
from gongkai.gateways.files import FileDamaged, FileMissing, FileStore, desk_files, intake_files, public_files
from gongkai.outbox.file_findings import CHECKED, NAMED, last_check
from gongkai.portal.forgetting import forget_unnamed
from gongkai.portal.models import PublishedFile

_SLICE = 0.3  # seconds of reading between two looks at what waits
_NOT_BEFORE = 2  # o'clock: the day's own work is done
_LEFT = timedelta(days=1)  # nobody is still writing what was begun so long ago


class Rounds:
    """夜间核对 of one worker. One that is stopped in the middle begins anew."""

    def __init__(self) -> None:
        self._files: Iterator[tuple[str, FileStore, str]] | None = None
        self._count, self._wrong = 0, list[dict[str, str]]()

    def go(self, now: datetime) -> bool:
        """Whether there is more to read."""
        if self._files is None:
            if not _is_due(now):
                return False
            tidy(now)
            self._files, self._count, self._wrong = _everything(), 0, []
        end = time.monotonic() + _SLICE
        while time.monotonic() < end:
            if (each := next(self._files, None)) is None:
                self._files = None
                tell(self._count, self._wrong)
                return False
            self._count += 1
            if what := _fault(*each):
                self._wrong.append({"store": each[0], "file": each[2], "what": what})
        return True


def tidy(now: datetime) -> None:
    """清理: half-made files, and bytes on the public side that nothing published names any more."""
    for store in (desk_files(), public_files(), intake_files()):
        store.sweep(now - _LEFT)
    forget_unnamed(now - _LEFT)


def _is_due(now: datetime) -> bool:
    local = timezone.localtime(now)
    last = last_check()
    return local.hour >= _NOT_BEFORE and (last is None or timezone.localtime(last.at).date() != local.date())


def _everything() -> Iterator[tuple[str, FileStore, str]]:
    """Each stored file; and each that the public side names, whether it is stored or not."""
    for name, store in (("desk", desk_files()), ("public", public_files()), ("intake", intake_files())):
        for file in store.names():
            yield name, store, file
    for file in PublishedFile.objects.values_list("sha256", flat=True).distinct().iterator():
        if not public_files().has(file):
            yield "public", public_files(), file


def _fault(store_name: str, store: FileStore, file: str) -> str:
    try:
        store.check(file)
    except (FileDamaged, OSError):  # also what the disk itself does not give any more
        return "damaged"
    except FileMissing:  # taken away since, as what was withdrawn or has run out is
        if store_name == "public" and PublishedFile.objects.filter(sha256=file).exists():
            return "missing"
    return ""


def tell(count: int, wrong: list[dict[str, str]]) -> None:
    detail = {"files": count, "wrong": len(wrong), "named": wrong[:NAMED]}
    with transaction.atomic():
        record(CHECKED, by=None, subject=f"outbox.workerbeat:{socket.gethostname()}", detail=detail)

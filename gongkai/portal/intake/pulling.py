"""交给工作人员侧. What the worker does on the public side: sees what waits, acknowledges what the desk has, sweeps up."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from gongkai.audit.record import record
from gongkai.config.router import public_database
from gongkai.gateways.files import intake_files
from gongkai.portal.intake import limits
from gongkai.portal.intake.models import Avoided, Offer, OfferedFile, Submission, SubmissionFile
from gongkai.rules.regulations_2019.delivery import OFFERED_FOR_DAYS

# A backup copies the databases one after the other and then the files: for a day longer nothing that a copy may still
# need is taken away, although the desk has it.
KEPT_AFTER = timedelta(days=1)
OFFERED_FOR = timedelta(days=OFFERED_FOR_DAYS)


@dataclass(frozen=True, slots=True)
class Waiting:
    """等候接收: how many, and since when the oldest."""

    count: int
    oldest: datetime | None


def waiting(*, after: int = 0, count: int = 50) -> list[Submission]:
    """Not yet acknowledged, oldest first."""
    rows = Submission.objects.filter(acknowledged_at__isnull=True, pk__gt=after).order_by("pk")
    return list(rows.prefetch_related("files")[:count])


def how_many_wait() -> Waiting:
    rows = Submission.objects.filter(acknowledged_at__isnull=True)
    return Waiting(rows.count(), rows.order_by("pk").values_list("accepted_at", flat=True).first())


def acknowledged_lately() -> list[Submission]:
    """Those still there after the desk said it had them; looked at anew after a restart, as a restored desk may not.

    Their contents are read of those that are missed alone.
    """
    rows = Submission.objects.filter(acknowledged_at__isnull=False).order_by("pk")
    return list(rows.only("public_id"))


def acknowledge(submission: Submission) -> bool:
    """The desk has it, durably. False when that was known."""
    alias = public_database()
    with transaction.atomic(using=alias):
        known = Submission.objects.filter(pk=submission.pk, acknowledged_at__isnull=True)
        if not known.update(acknowledged_at=timezone.now()):
            return False
        record(
            "intake.submission.acknowledged",
            by=None,
            subject=f"submission:{submission.public_id}",
            using=alias,
        )
    return True


def sweep(now: datetime) -> int:
    """清扫: sealed rows a day after the desk had them, then files no row names, then old counts. Returns rows."""
    with transaction.atomic(using=public_database()):
        gone = Submission.objects.filter(acknowledged_at__lt=now - KEPT_AFTER)
        count = gone.count()
        gone.delete()
        Offer.objects.filter(offered_at__lt=now - OFFERED_FOR).delete()
    _remove(_unnamed(), older_than=now - KEPT_AFTER)
    limits.forget_old(now)
    return count


def avoided() -> dict[tuple[str, int], int]:
    """免于申请 by agency and year, for the desk to keep."""
    return {(row.agency, row.year): row.count for row in Avoided.objects.all()}


def _unnamed() -> Iterable[str]:
    return (
        name
        for name in intake_files().names()
        if not SubmissionFile.objects.filter(sha256=name).exists()
        and not OfferedFile.objects.filter(sha256=name).exists()
    )


def _remove(names: Iterable[str], *, older_than: datetime) -> None:
    """A file stands before its row does, so a young one may be about to be named."""
    store = intake_files()
    for name in list(names):
        path = store.folder / name[:2] / name
        if path.stat().st_mtime < older_than.timestamp() <= time.time() + 1:
            store.remove(name)

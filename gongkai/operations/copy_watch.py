"""副本的看守, seen by the worker: that it is alive and up to date, and what it found, told on the desk's own chain."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from gongkai.audit.record import record
from gongkai.outbox.models import WorkerBeat
from gongkai.portal.models import PublicState
from gongkai.portal.static_copy.models import CopyFinding, CopyState

NAME = "静态副本"
_LATE = timedelta(seconds=60)  # PUB-06
_AT_ONCE = 500
_NAMED = 20


def look(now: datetime) -> int:
    """How many findings were told."""
    state = CopyState.objects.filter(pk=1).first()
    if state is None or state.checked_at is None:
        return 0
    public = PublicState.objects.filter(pk=1).first()
    late = public and public.stamp > state.stamp and now - public.changed_at > _LATE
    if not late:  # one that does not keep up falls silent, and is seen among the workers
        WorkerBeat.objects.update_or_create(name=NAME, defaults={"at": state.checked_at})
    return _tell()


def _tell() -> int:
    """Told twice after a crash in between, rather than not at all."""
    found = list(CopyFinding.objects.filter(told=False).order_by("pk")[:_AT_ONCE])
    if found:
        tell(found)
        CopyFinding.objects.filter(pk__in=[each.pk for each in found]).update(told=True)
    return len(found)


def tell(found: Sequence[CopyFinding]) -> None:
    """告知: one line of the desk's trail for all that was found together."""
    detail = {
        "count": len(found),
        "kinds": sorted({str(each.kind) for each in found}),
        "files": [each.path for each in found[:_NAMED]],
    }
    with transaction.atomic():
        subject = f"static_copy.copyfinding:{found[0].pk}"
        record("static_copy.tampered", by=None, subject=subject, detail=detail)

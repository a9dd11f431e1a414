"""写入待发事项. The one way to make something happen after the transaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from gongkai.audit.record import Actor, record
from gongkai.outbox.models import OutboxItem


def enqueue(
    kind: str, payload: Mapping[str, Any], *, urgent: bool = False, not_before: datetime | None = None
) -> OutboxItem:
    """Write the row in the caller's transaction; the worker does it soon after commit, or after ``not_before``."""
    if kind not in settings.OUTBOX_TASKS:
        raise ValueError(f"没有这种待发事项：{kind}")
    if not connection.in_atomic_block:
        raise RuntimeError("待发事项必须与业务写入同一事务")
    return OutboxItem.objects.create(kind=kind, payload=dict(payload), urgent=urgent, not_before=not_before)


@transaction.atomic
def try_again(item: OutboxItem, *, by: Actor) -> bool:
    """重新办理 an item from the shelf, with its five attempts anew. False when somebody was faster."""
    again = OutboxItem.objects.filter(pk=item.pk, status=OutboxItem.Status.SHELVED).update(
        status=OutboxItem.Status.WAITING, attempts=0, not_before=None
    )
    if again:
        record("outbox.tried_again", by=by, subject=item, detail={"kind": item.kind})
    return bool(again)

"""写入待发事项. The one way to make something happen after the transaction."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import connection

from gongkai.outbox.models import OutboxItem


def enqueue(kind: str, payload: Mapping[str, Any], *, urgent: bool = False) -> OutboxItem:
    """Write the row in the caller's transaction; the worker does it soon after commit."""
    if kind not in settings.OUTBOX_TASKS:
        raise ValueError(f"没有这种待发事项：{kind}")
    if not connection.in_atomic_block:
        raise RuntimeError("待发事项必须与业务写入同一事务")
    return OutboxItem.objects.create(kind=kind, payload=dict(payload), urgent=urgent)

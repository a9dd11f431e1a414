"""留痕. Writes the audit entry inside the business transaction: both are kept, or neither (AUD-02, AUD-07)."""

from collections.abc import Mapping
from typing import Any, Protocol

from django.conf import settings
from django.db import connections, models, router
from django.utils import timezone

from gongkai.audit import chain, origin
from gongkai.audit.models import Entry, Head

_LOCK = 7_301_711  # any fixed number: one writer of the chain at a time on PostgreSQL


class Actor(Protocol):
    """操作人: whoever bears an opaque public id."""

    public_id: Any


def record(
    action: str,
    *,
    by: Actor | None,
    subject: models.Model | str = "",
    reason: str = "",
    detail: Mapping[str, Any] | None = None,
    result: str = "done",
    using: str | None = None,
) -> Entry:
    """留痕. ``by`` None means the system itself; ``detail`` holds ids and counts, never personal data.

    Must run inside ``transaction.atomic`` of the same database.
    """
    alias = using or _database_of(subject)
    connection = connections[alias]
    if not connection.in_atomic_block:
        raise RuntimeError("审计记录必须与业务写入同一事务")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    head, _ = Head.objects.using(alias).get_or_create(pk=1, defaults={"digest": chain.GENESIS})
    entry = Entry(
        sequence=head.sequence + 1,
        at=timezone.now(),
        actor=str(by.public_id) if by else "system",
        address=origin.address(),
        action=action,
        subject=chain.plain(_name_of(subject))[:100],
        result=result,
        reason=chain.plain(reason)[:300],
        detail=chain.canonical(detail or {}),
        algorithm=settings.AUDIT_ALGORITHM,
        previous=head.digest,
    )
    entry.digest = chain.digest_of(vars(entry), previous=head.digest)
    entry.save(using=alias, force_insert=True)
    Head.objects.using(alias).filter(pk=1).update(sequence=entry.sequence, digest=entry.digest)
    return entry


def _name_of(subject: models.Model | str) -> str:
    if isinstance(subject, str):
        return subject
    return f"{subject._meta.label_lower}:{getattr(subject, 'public_id', subject.pk)}"


def _database_of(subject: models.Model | str) -> str:
    if isinstance(subject, models.Model):
        return subject._state.db or router.db_for_write(type(subject))
    return "default"

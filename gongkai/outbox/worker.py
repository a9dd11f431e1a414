"""后台. Does what the outbox says: urgent first, in order, again after a failure, five times at most (REL-04).

An attempt counts from the moment it begins: a task that takes its worker down with it, five times over, is shelved like
one that fails. A worker that is asked to stop gives back what it was at, and that attempt does not count.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string

from gongkai.outbox.daily_cap import HELD, held_until
from gongkai.outbox.models import OutboxItem

log = logging.getLogger(__name__)

ATTEMPTS = 5
_PAUSE = timedelta(seconds=2)  # doubles with each attempt, up to
_LONGEST_PAUSE = timedelta(minutes=5)
_DAY = timedelta(days=1)
# Stands with an item from the moment it is begun until its worker says something else, which a dead one never does.
BROKEN_OFF = "办到一半后台中断，没有留下原因（可能是内存不足、程序崩溃或者断电），请系统管理员查看后台日志"

Task = Callable[[Mapping[str, Any]], Mapping[str, Any] | None]


class AskedToStop(BaseException):
    """要求停止: raised in the middle of a task by whoever stops the worker; no task takes it for a failure of its own."""


def run_waiting(*, limit: int = 100, on_time: bool = True, until: Callable[[], bool] = lambda: False) -> int:
    """Do up to ``limit`` waiting items or ``until`` asked to stop; the number done or put off. Safe to run in several
    workers at once.

    Not ``on_time``: the host's clock is not to be believed, and what was set for a time of its own stays where it is.
    """
    count = 0
    while count < limit and not until() and run_next(on_time=on_time):
        count += 1
    return count


def run_next(*, on_time: bool = True) -> bool:
    """Do the next item: its effect first, then its receipt and what follows from it in one desk transaction.

    A crash in between repeats the effect, which every task bears by version.
    """
    item = _claim(on_time=on_time)
    if item is None:
        return False
    if item.status == OutboxItem.Status.SHELVED:
        return True
    if until := held_until(item.kind, timezone.now()):
        _hold(item, until)
        return True
    task: Task = import_string(settings.OUTBOX_TASKS[item.kind])
    try:
        receipt = task(item.payload)
        with transaction.atomic():
            _follow(item, receipt)
            OutboxItem.objects.filter(pk=item.pk).update(
                status=OutboxItem.Status.DONE, receipt=receipt, done_at=timezone.now(), failure=""
            )
    except Exception as error:  # noqa: BLE001 - whatever a task raises is put on the shelf, not lost
        _put_off(item, error)
    except AskedToStop:
        _give_back(item)
        raise
    return True


def _claim(*, on_time: bool) -> OutboxItem | None:
    """The next item due, its attempt counted; shelved when the last attempt allowed broke off. The attempt's pause keeps
    other workers off it meanwhile."""
    now = timezone.now()
    with transaction.atomic():
        due = OutboxItem.objects.filter(status=OutboxItem.Status.WAITING).filter(_due(now, on_time=on_time))
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        item = due.order_by("-urgent", "id").first()
        if item is None:
            return None
        if item.attempts >= ATTEMPTS:  # nobody put it off: its worker did not live to
            log.error("outbox item %s (%s) broke off its worker %s times", item.pk, item.kind, item.attempts)
            item.status, item.failure = OutboxItem.Status.SHELVED, BROKEN_OFF
            item.save(update_fields=["status", "failure"])
            return item
        item.attempts, item.failure = item.attempts + 1, BROKEN_OFF
        # A mail server may take minutes over a letter: no second worker sends it meanwhile.
        by_mail = item.kind in settings.OUTBOX_COUNTED
        item.not_before = now + (_LONGEST_PAUSE if by_mail else _pause(item))
        item.save(update_fields=["attempts", "not_before", "failure"])
    return item


def _due(now: datetime, *, on_time: bool) -> Q:
    """到了时间的. A pause that is longer than pauses are was counted by a clock that ran ahead, and is over."""
    tried, held = Q(attempts__gt=0), Q(attempts=0, failure=HELD)
    over = Q(not_before__lte=now)
    due = (
        Q(not_before__isnull=True)
        | tried & (over | Q(not_before__gt=now + _LONGEST_PAUSE))
        | held & (over | Q(not_before__gt=now + _DAY))
    )
    return due | over if on_time else due


def _pause(item: OutboxItem) -> timedelta:
    return min(_PAUSE * 2 ** min(item.attempts, 10), _LONGEST_PAUSE)


def _hold(item: OutboxItem, until: datetime) -> None:
    """It was not tried, so no attempt is counted."""
    OutboxItem.objects.filter(pk=item.pk).update(attempts=item.attempts - 1, not_before=until, failure=HELD)


def _give_back(item: OutboxItem) -> None:
    """放回: at once, and as if it had not been begun. On a new connection: this one was broken off in the middle."""
    if not connection.in_atomic_block:
        connection.close()
    waiting = OutboxItem.objects.filter(pk=item.pk, status=OutboxItem.Status.WAITING)
    waiting.update(attempts=item.attempts - 1, not_before=None, failure="")


def _follow(item: OutboxItem, receipt: Mapping[str, Any] | None) -> None:
    path = settings.OUTBOX_RECEIPTS.get(item.kind)
    if path:
        import_string(path)(item.payload, receipt)


def _put_off(item: OutboxItem, error: Exception) -> None:
    log.warning("outbox item %s (%s) failed: %s", item.pk, item.kind, type(error).__name__, exc_info=error)
    shelved = item.attempts >= ATTEMPTS
    OutboxItem.objects.filter(pk=item.pk).update(
        status=OutboxItem.Status.SHELVED if shelved else OutboxItem.Status.WAITING,
        not_before=timezone.now() + _pause(item),
        failure=f"{type(error).__name__}: {error}"[:200],
    )

"""查毒. Looked at before it is kept where a person waits for it; noted, and looked at by the worker, where nobody does."""

import hashlib
import logging
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Person
from gongkai.audit.record import record
from gongkai.gateways import antivirus
from gongkai.gateways.files import FileMissing, desk_files
from gongkai.virus_checks.models import FileCheck

log = logging.getLogger(__name__)

State = FileCheck.State
_PAUSE = timedelta(seconds=10)  # doubles with each failure, up to
_LONGEST_PAUSE = timedelta(minutes=10)
_AT_ONCE = 20


def look_at(content: bytes, *, name: str, by: Person | None) -> State | None:
    """查一个正在上传的文件, before it is kept. None when scanning is off; WAITING when there was no answer.

    What is infected is not kept: Refusal, and the attempt is in the audit trail.
    """
    if not antivirus.is_on():
        return None
    try:
        verdict = antivirus.scan(content)
    except antivirus.NotScanned as reason:
        log.warning("upload not scanned: %s", reason)
        return State.WAITING
    if not verdict.virus:
        return State.CLEAN
    digest = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        record(
            "virus_checks.refused", by=by, subject=by or "", detail={"file": digest, "virus": verdict.virus}
        )
    raise Refusal(
        f"不能上传“{name[:100]}”：查出病毒“{verdict.virus}”，没有保存。请换一份干净的文件；这台计算机也请查毒。"
    )


def require_looked_at(content: bytes, *, name: str, by: Person | None) -> State | None:
    """What is read at once and shown cannot wait for the scanner; whoever uploads it can."""
    state = look_at(content, name=name, by=by)
    if state is State.WAITING:
        raise Refusal(
            f"暂时不能上传“{name[:100]}”：查毒程序没有应答，没有查过的文件不读取。请稍后再传；"
            "一直这样的，请系统管理员查看“运行状况”。"
        )
    return state


def note(stored_as: str, state: State | None, *, kept_by: str) -> None:
    """记下 in the caller's transaction what ``look_at`` told of a file that is kept now. What is known stays known."""
    if kept_by not in settings.CHECKED_FILES:
        raise ValueError(f"没有这个存放处：{kept_by}")
    if state is None:
        return
    known, is_new = FileCheck.objects.get_or_create(
        stored_as=stored_as,
        defaults={
            "kept_by": kept_by,
            "state": state,
            "checked_at": None if state == State.WAITING else timezone.now(),
        },
    )
    if not is_new and known.state == State.WAITING and state == State.CLEAN:
        known.state, known.checked_at, known.why_not = state, timezone.now(), ""
        known.save(update_fields=["state", "checked_at", "why_not"])


def note_unnoted() -> int:
    """补记: files that were kept before scanning was switched on, or past this room. How many."""
    count = 0
    for kept_by, path in settings.CHECKED_FILES.items():
        store, names = desk_files(), {name for name in import_module(path).names() if name}
        names.difference_update(FileCheck.objects.values_list("stored_as", flat=True).iterator())
        rows = [FileCheck(stored_as=name, kept_by=kept_by) for name in sorted(names) if store.has(name)]
        FileCheck.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
        count += len(rows)
    return count


def check_waiting(now: datetime) -> int:
    """查等候的文件, some at a time. Raises ScannerAway: then none of them can be scanned and all wait."""
    due = FileCheck.objects.filter(state=State.WAITING).exclude(
        # A pause longer than the longest was counted by a clock that ran ahead.
        try_after__gt=now,
        try_after__lte=now + _LONGEST_PAUSE,
    )
    rows = list(due.order_by("pk")[:_AT_ONCE])
    for row in rows:
        try:
            content = import_module(settings.CHECKED_FILES[row.kept_by]).read(row.stored_as)
            verdict = antivirus.scan(content)
        except antivirus.ScannerAway:
            raise
        except FileMissing:
            row.delete()  # disposed of by rule, or lost: there is nothing to open either
        except antivirus.NotScanned as reason:
            _put_off(row, str(reason))
        except Exception as error:  # noqa: BLE001 - one that cannot be read keeps none of the others waiting
            log.warning("stored file %s not scanned: %s", row.stored_as[:12], type(error).__name__)
            _put_off(row, f"读不出存放的文件（{type(error).__name__}）")
        else:
            _told(row, verdict.virus)
    return len(rows)


def _told(row: FileCheck, virus: str) -> None:
    with transaction.atomic():
        changed: dict[str, Any] = {
            "state": State.INFECTED if virus else State.CLEAN,
            "virus": virus,
            "checked_at": timezone.now(),
            "why_not": "",
        }
        if not FileCheck.objects.filter(pk=row.pk, state=State.WAITING).update(**changed):
            return  # another worker was faster
        if virus:
            detail = {"file": row.stored_as, "kept_by": row.kept_by, "virus": virus}
            record("virus_checks.found", by=None, subject=row, detail=detail)


def _put_off(row: FileCheck, why: str) -> None:
    pause = min(_PAUSE * 2 ** min(row.attempts, 10), _LONGEST_PAUSE)
    FileCheck.objects.filter(pk=row.pk, state=State.WAITING).update(
        attempts=row.attempts + 1, try_after=timezone.now() + pause, why_not=why[:200]
    )

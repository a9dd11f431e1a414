"""公开的办理状态. Compares what the portal was told with how the case stands now; a difference goes into the outbox."""

from datetime import date

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from gongkai.duties.applications.intake.models import ReceivedSubmission
from gongkai.duties.applications.models import Application, ApplicationEvent
from gongkai.outbox.actions import enqueue

KIND = "intake.put_status"
# Events become visible in the order of their commit, not of their numbers: the last so many are looked at again.
_LOOK_BACK = 1_000


def tell(received: ReceivedSubmission) -> bool:
    """In the caller's transaction: the outbox row, if there is anything new to tell."""
    now = standing(received.application)
    if received.told == now:
        return False
    received.told, received.told_version = now, received.told_version + 1
    received.save(update_fields=["told", "told_version"])
    enqueue(KIND, {"submission": received.submission, "version": received.told_version, **now})
    return True


def standing(application: Application) -> dict[str, object]:
    """Words and days alone: no result, no name, nothing of what was asked."""
    if application.voided_at:
        return {"state": "voided", "days": {}}
    days: dict[str, date | None] = {"registered_on": timezone.localdate(application.recorded_at)}
    if application.status != Application.Status.AWAITING_CONFIRMATION:
        days |= {"received_on": application.received_on}
        if application.status == Application.Status.HANDLING:
            days |= {"due_on": application.due_on}
        days |= {"waiting_until": application.waiting_until, "closed_on": application.closed_on}
    told = {key: day.isoformat() for key, day in days.items() if day}
    return {"state": str(application.status), "days": told}


def tell_changes(*, everything: bool = False) -> int:
    """告知变化: cases with late events, or every case that may still change. Safe to run in several workers."""
    rows = ReceivedSubmission.objects.order_by("pk")
    if everything:
        rows = rows.filter(~Q(told__state="closed") | ~Q(application__status=Application.Status.CLOSED))
    else:
        last = ApplicationEvent.objects.aggregate(last=Max("pk"))["last"] or 0
        late = ApplicationEvent.objects.filter(pk__gt=last - _LOOK_BACK).values("application")
        rows = rows.filter(application__in=late)
    count = 0
    for received in rows.select_related("application"):
        if received.told != standing(received.application):
            count += _tell_locked(received.pk)
    return count


def _tell_locked(pk: int) -> bool:
    with transaction.atomic():
        received = (
            ReceivedSubmission.objects.select_for_update(of=("self",))
            .select_related("application")
            .get(pk=pk)
        )
        return tell(received)

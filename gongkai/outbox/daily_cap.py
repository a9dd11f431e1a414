"""每日上限. So many letters leave on one day and no more; the others wait for the next, and the machinery says so (ABU-06).

Whatever goes wrong, a loop or a stolen account, does not make the office a sender of thousands. Nothing is lost or shelved.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from gongkai.outbox.models import OutboxItem

HELD = "今天发信已到上限，次日再发"


@dataclass(frozen=True, slots=True)
class Held:
    """等到次日的: how many, and a sentence about them."""

    count: int

    @property
    def words(self) -> str:
        if not self.count:
            return f"每天最多{settings.OUTBOX_PER_DAY}封，今天没有到上限"
        return (
            f"今天发信已到上限（{settings.OUTBOX_PER_DAY}封），{self.count}封等到次日再发。"
            "请核对是否有异常；确实需要的，调高EMAIL_PER_DAY后重新启动后台"
        )


def held_until(kind: str, now: datetime) -> datetime | None:
    """Until when an item of this kind has to wait, when as many have been done today as may be."""
    if kind not in settings.OUTBOX_COUNTED:
        return None
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    done = OutboxItem.objects.filter(kind__in=settings.OUTBOX_COUNTED, done_at__gte=today)
    return today + timedelta(days=1) if done.count() >= settings.OUTBOX_PER_DAY else None


def held() -> Held:
    """For whoever looks after the machinery."""
    waiting = OutboxItem.objects.filter(status=OutboxItem.Status.WAITING, failure=HELD)
    return Held(waiting.filter(not_before__gt=timezone.now()).count())

"""限制. How often one source may do a thing before it is asked to show that a person is there (ABU-01).

Nothing statutory is refused for being frequent: above the limit comes a question, and whoever answers it goes on.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from gongkai.audit.client_address import network_of
from gongkai.config.router import public_database
from gongkai.portal.intake.models import Count
from gongkai.portal.intake.sealing import keyed_digest

_HOUR, _DAY = "%Y-%m-%dT%H", "%Y-%m-%d"
_EVER = "ever"  # no window: counted once and not forgotten


@dataclass(frozen=True, slots=True)
class Limit:
    """一项限制: so often in an hour, or in a day, or ever, where ``window`` says so."""

    scope: str
    most: int
    window: str = _HOUR


APPLICATIONS_OF_ADDRESS = Limit("application", 5)
APPLICATIONS_OF_IDENTITY = Limit("application-id", 10, _DAY)
FILES_OF_ADDRESS = Limit("file", 30)
QUERIES_OF_ADDRESS = Limit("status", 10)
COLLECTIONS_OF_ADDRESS = Limit("collect", 60)
AVOIDED_OF_ADDRESS = Limit("avoided", 10)
# 信箱、调查: their pages, once they are there, count under these. The source of a survey's answer is device and survey.
LETTERS_OF_ADDRESS = Limit("letter", 3)
ANSWERS_OF_DEVICE = Limit("survey", 1, _EVER)

# 公众侧收表单的网址和各自的限制. Nothing can be sent to an address that has no line here (portal/middleware.py).
FORMS: dict[str, tuple[Limit, ...]] = {
    "display": (),  # a reader's own cookie
    "apply_look_first": (),  # a search
    "apply_found": (AVOIDED_OF_ADDRESS,),
    "apply_form": (),  # looked over and given back; nothing is taken in
    "apply_send": (APPLICATIONS_OF_ADDRESS, APPLICATIONS_OF_IDENTITY, FILES_OF_ADDRESS),
    "apply_status": (QUERIES_OF_ADDRESS,),
    "apply_collect": (COLLECTIONS_OF_ADDRESS,),
    "apply_rights": (QUERIES_OF_ADDRESS,),
}
KEPT = timedelta(days=2)


def source_of_address(address: str) -> str:
    """One household holds a whole /64 of IPv6 (AUTH-04)."""
    return keyed_digest("source", network_of(address))


def source_of_identity(number: str) -> str:
    return keyed_digest("identity", number)


def is_over(limit: Limit, source: str, *, adding: int = 1) -> bool:
    """Whether so many more are above the limit."""
    count = Count.objects.filter(scope=limit.scope, source=source, window=_window(limit)).values_list(
        "count", flat=True
    )
    return (count.first() or 0) + adding > limit.most


def add(limit: Limit, source: str, *, times: int = 1) -> None:
    """Count it. In the caller's transaction where there is one."""
    if not times:
        return
    window = _window(limit)
    counts = Count.objects.filter(scope=limit.scope, source=source, window=window)
    if not counts.update(count=F("count") + times):  # the first of its window
        Count.objects.get_or_create(scope=limit.scope, source=source, window=window)
        counts.update(count=F("count") + times)


@contextmanager
def counted(limit: Limit, source: str) -> Iterator[bool]:
    """Whether the source was over its limit before this; it is counted either way."""
    over = is_over(limit, source)
    with transaction.atomic(using=public_database()):
        add(limit, source)
    yield over


def forget_old(now: datetime) -> int:
    """Counts of windows that are long past."""
    count, _ = Count.objects.filter(window__lt=timezone.localtime(now - KEPT).strftime(_DAY)).delete()
    return count


def _window(limit: Limit) -> str:
    return timezone.localtime().strftime(limit.window)

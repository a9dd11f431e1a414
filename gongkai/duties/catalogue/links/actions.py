"""检查链接. Asked for whenever a draft is saved; done by the worker, some at a time."""

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.duties.catalogue.links.models import LinkCheck
from gongkai.gateways.links import State, look_at
from gongkai.outbox.actions import enqueue

FRESH = timedelta(days=7)
MOST_AT_ONCE = 20  # a task of the worker's is a matter of seconds
_SIDE_BY_SIDE = 8


def ask_about(addresses: Iterable[str], *, agency: Agency) -> None:
    """登记要检查的网址, in the caller's transaction. What was alive lately is not asked about again; what was not, is:
    the officer who mends a link elsewhere saves the draft once more."""
    if not settings.LINK_CHECKS:
        return
    wanted = list(dict.fromkeys(addresses))
    fresh = set(
        LinkCheck.objects.filter(
            agency=agency, address__in=wanted, state=State.ALIVE, checked_at__gte=timezone.now() - FRESH
        ).values_list("address", flat=True)
    )
    stale = [address for address in wanted if address not in fresh]
    LinkCheck.objects.bulk_create(
        (LinkCheck(agency=agency, address=address) for address in stale), ignore_conflicts=True
    )
    for start in range(0, len(stale), MOST_AT_ONCE):
        enqueue("links.check", {"agency": agency.pk, "addresses": stale[start : start + MOST_AT_ONCE]})


def check(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """The worker's part: nothing is written here; the answers are the receipt."""
    addresses = payload["addresses"]
    with ThreadPoolExecutor(_SIDE_BY_SIDE) as pool:
        answers = list(pool.map(look_at, addresses))
    return {
        "answers": [
            [address, answer.state.value, answer.why]
            for address, answer in zip(addresses, answers, strict=True)
        ]
    }


def keep(payload: Mapping[str, Any], receipt: Mapping[str, Any] | None) -> None:
    """记下结果."""
    for address, state, why in (receipt or {}).get("answers", ()):
        LinkCheck.objects.filter(agency_id=payload["agency"], address=address).update(
            state=state, why=why[:100], checked_at=timezone.now()
        )

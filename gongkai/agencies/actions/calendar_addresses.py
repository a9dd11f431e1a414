"""日历订阅地址. Issued, issued anew, revoked and read; whoever knows the address reads what its person has to do."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import CalendarAddress, Person
from gongkai.audit import origin
from gongkai.audit.record import record

READINGS_AN_HOUR = 12
_UNKNOWN_AN_HOUR = 30  # from one client: a forgotten subscription asks now and then, who guesses asks more
_HOUR = timedelta(hours=1)
_TOKEN_BYTES = 32


class TooOften(Exception):
    """读得太多: in how many seconds it may be read again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class NoSuchAddress(Exception):
    """没有这个订阅: never there, revoked, or its person has left."""


@transaction.atomic
def issue_calendar_address(*, by: Person) -> str:
    """开通 or 换一个: the address, to be seen this once; the one before ends."""
    _require_active(by)
    Person.objects.select_for_update(of=("self",)).get(pk=by.pk)
    by.calendar_addresses.filter(revoked_at=None).update(revoked_at=timezone.now())
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    address = CalendarAddress.objects.create(agency=by.agency, person=by, digest=_digest(token))
    record("calendar.issued", by=by, subject=address)
    return f"{settings.DESK_URL}/calendar/{token}.ics"


@transaction.atomic
def revoke_calendar_address(*, by: Person) -> None:
    """停用."""
    _require_active(by)
    address = by.calendar_addresses.select_for_update(of=("self",)).filter(revoked_at=None).first()
    if address is None:
        raise Refusal("没有开通日历订阅，不用停用。")
    address.revoked_at = timezone.now()
    address.save(update_fields=["revoked_at"])
    record("calendar.revoked", by=by, subject=address)


def read_calendar(token: str) -> Person:
    """谁的日历. The first reading of a day, and one from a new place, go on record; more than twelve an hour are refused."""
    unknown = f"calendar-unknown-{_digest(origin.address())}"
    if (cache.get(unknown) or 0) >= _UNKNOWN_AN_HOUR:
        raise TooOften(int(_HOUR.total_seconds()))
    with transaction.atomic():
        known = CalendarAddress.objects.select_for_update(of=("self",)).select_related("person__agency")
        address = known.filter(digest=_digest(token), revoked_at=None, person__is_active=True).first()
        if address:
            _count(address)
            return address.person
    cache.set(unknown, (cache.get(unknown) or 0) + 1, int(_HOUR.total_seconds()))
    raise NoSuchAddress


def _count(address: CalendarAddress) -> None:
    now = timezone.now()
    if address.hour_began_at is None or now - address.hour_began_at >= _HOUR:
        address.hour_began_at, address.read_in_hour = now, 0
    if address.read_in_hour >= READINGS_AN_HOUR:
        raise TooOften(int((address.hour_began_at + _HOUR - now).total_seconds()) + 1)
    address.read_in_hour += 1
    place = origin.address()
    last = timezone.localdate(address.read_at) if address.read_at else None
    if last != timezone.localdate(now) or place != address.read_from:
        record("calendar.read", by=address.person, subject=address)
    address.read_at, address.read_from = now, place
    address.save(update_fields=["hour_began_at", "read_in_hour", "read_at", "read_from"])


def _require_active(by: Person) -> None:
    if not by.is_active:
        raise Refusal("账号已停用，请联系安全管理员。")


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

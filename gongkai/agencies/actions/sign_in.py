"""登录和退出. What is recorded when somebody enters, fails to, or leaves (AUD-01), and what follows from it."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Person
from gongkai.audit.record import record
from gongkai.host_clock.queries import in_order

UNUSED_FOR = timedelta(days=90)


@transaction.atomic
def note_entry(person: Person, *, how: str) -> str:
    """登录成功. Makes this the person's one live session and returns its mark (SES-05)."""
    person.live_session = secrets.token_hex(16)
    person.last_seen_at = timezone.now()
    person.save(update_fields=["live_session", "last_seen_at"])
    record("session.started", by=person, subject=person, detail={"how": how})
    return person.live_session


def note_use(person: Person) -> None:
    """最近使用: no act of its own, so no entry; it decides when an account counts as unused."""
    Person.objects.filter(pk=person.pk).update(last_seen_at=timezone.now())


@transaction.atomic
def note_failure(username: str, *, at: str) -> None:
    """登录失败. The name typed is not kept: people type passwords into the wrong box."""
    person = Person.objects.filter(username=username).first()
    record("session.refused", by=None, subject=person or "", result="refused", detail={"at": at})


@transaction.atomic
def note_exit(person: Person, *, why: str) -> None:
    """退出. ``why``: the person left, was idle, stayed too long."""
    record("session.ended", by=person, subject=person, detail={"why": why})


@transaction.atomic
def leave(person: Person) -> None:
    """退出登录: no cookie of this person opens anything from here on (SES-03)."""
    Person.objects.filter(pk=person.pk).update(live_session="")
    record("session.ended", by=person, subject=person, detail={"why": "left"})


def is_unused(person: Person, *, at: datetime) -> bool:
    """九十天没有使用 (AUTH-09)."""
    return (person.last_seen_at or person.created_at) + UNUSED_FOR < at


@transaction.atomic
def disable_if_unused(person: Person) -> bool:
    """停用长期不用的账号. True when it was disabled just now. A clock that jumped a year locks nobody out (TIM-05)."""
    if not person.is_active or not is_unused(person, at=timezone.now()) or not in_order():
        return False
    Person.objects.filter(pk=person.pk).update(is_active=False, live_session="")
    record("person.disabled", by=None, subject=person, reason="90天没有使用")
    return True


def disable_unused() -> int:
    """停用全部长期不用的账号; the worker runs it once a day."""
    before = timezone.now() - UNUSED_FOR
    idle = Person.objects.filter(is_active=True, created_at__lt=before).exclude(last_seen_at__gte=before)
    return sum(disable_if_unused(person) for person in idle)

"""口令的设置. Checks it, keeps the old one's digest, ends the other sessions (AUTH-01, AUTH-08, SES-03)."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import FormerPassword, Person
from gongkai.agencies.passwords.validators import profile
from gongkai.audit.record import record


@transaction.atomic
def set_password(person: Person, password: str, *, by: Person) -> None:
    """设置口令. Raises ValidationError with what to change."""
    validate_password(password, person)
    if person.password:
        FormerPassword.objects.create(person=person, password=person.password)
    person.set_password(password)
    person.password_changed_at = timezone.now()
    person.live_session = ""
    person.save(update_fields=["password", "password_changed_at", "live_session"])
    record("person.password_set", by=by, subject=person)


def has_expired(person: Person, *, at: datetime) -> bool:
    """口令是否到期 under the active profile."""
    longest = profile().longest_use
    return bool(longest and person.password_changed_at and person.password_changed_at + longest < at)

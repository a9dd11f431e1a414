"""一次一件. Whatever changes the public side waits for its turn."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongkai.config.router import public_database
from gongkai.portal.models import PublicState


@contextmanager
def turn() -> Iterator[datetime]:
    """One release at a time. Gives the time to put on it: the server's, and never before an earlier release's."""
    with transaction.atomic(using=public_database()):
        now = timezone.now()
        PublicState.objects.get_or_create(pk=1, defaults={"changed_at": now})
        state = PublicState.objects.select_for_update().get(pk=1)
        yield max(now, state.changed_at)

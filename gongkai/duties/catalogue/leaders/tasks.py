"""后台事项. Once a day, whoever has left is taken down."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.duties.catalogue.leaders.actions import take_down
from gongkai.outbox.actions import enqueue
from gongkai.outbox.queries import newest


def arrange(today: date) -> None:
    """Once a day, as soon as the day has begun. Twice does no harm."""
    last = newest("leaders.take_down")
    if last is None or timezone.localtime(last.created_at).date() < today:
        with transaction.atomic():
            enqueue("leaders.take_down", {})


def take_down_who_left(given: Mapping[str, Any]) -> None:
    """As of the day on which it is done: a worker that stood still for a week catches up."""
    take_down(today=timezone.localdate())

"""旧站迁入的待办: a batch waits once, however many items it holds."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from gongkai.agencies.models import Person
from gongkai.agencies.to_do import ToDo
from gongkai.duties.catalogue.moving_in import queries


def waiting(person: Person, today: date) -> Iterator[ToDo]:
    """等我办的."""
    for batch in queries.waiting_for(person):
        yield ToDo(
            "迁入",
            f"{batch.name}　{batch.get_state_display()}",
            reverse("moving_in:batch", args=[batch.public_id]),
            why=f"{batch.by.name}迁入",
        )

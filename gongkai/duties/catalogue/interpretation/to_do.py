"""解读的待办. Interpretations that a public document still owes, with the day by which they are due."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from gongkai.agencies.models import Person
from gongkai.agencies.to_do import ToDo
from gongkai.duties.catalogue.interpretation.queries import following
from gongkai.rules.interpretation_2016.plan import FOLLOW_BASIS


def waiting(person: Person, today: date) -> Iterator[ToDo]:
    """等我办的: those whose document this person wrote."""
    yield from (to_do for author, to_do in _owed(person) if author == person.pk)


def coming(person: Person, today: date) -> Iterator[ToDo]:
    """快到期的: all that this person sees."""
    yield from (to_do for _, to_do in _owed(person))


def _owed(person: Person) -> Iterator[tuple[int, ToDo]]:
    for each in following(person):
        yield (
            each.document.author_id,
            ToDo(
                "解读",
                f"{each.interpretation.title}　待公布",
                reverse("catalogue:version", args=[each.document.public_id]) + "#interpretation",
                due_on=each.due.day,
                why=f"文件已经公布，解读最迟在这一天公布（{FOLLOW_BASIS}）",
                in_working_days=True,
            ),
        )

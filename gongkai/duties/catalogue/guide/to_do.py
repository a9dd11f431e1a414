"""公开指南的待办. The edition in force is due to be gone over."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse

from gongkai.agencies.access import powers_of
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.agencies.to_do import ToDo
from gongkai.duties.catalogue.guide.queries import current, due_on
from gongkai.rules.regulations_2019.guide import RECHECK_BASIS

AHEAD = timedelta(days=30)  # this system's own measure: time to review and sign a new edition


def waiting(person: Person, today: date) -> Iterator[ToDo]:
    """等我办的: for whoever drafts in the section of the edition, from the day on which it is due."""
    sheet = current(person.agency)
    if sheet is None or due_on(sheet) > today or Power.DRAFT_ITEMS not in powers_of(person, on=today):
        return
    if person.section_id in (None, sheet.version.section_id):
        yield _to_do(sheet, due_on(sheet))


def coming(person: Person, today: date) -> Iterator[ToDo]:
    sheet = current(person.agency)
    if sheet and due_on(sheet) <= today + AHEAD:
        yield _to_do(sheet, due_on(sheet))


def _to_do(sheet: object, due: date) -> ToDo:
    return ToDo(
        "指南",
        f"{sheet}　到期复核",
        reverse("guide:editions"),
        due_on=due,
        why=f"指南应当及时更新，核对内容是否仍然准确（{RECHECK_BASIS}）",
    )

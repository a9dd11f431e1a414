"""评估审查的待办. What one's section keeps from the public and is due to be assessed again."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse

from gongkai.agencies.access import powers_of
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.agencies.to_do import ToDo
from gongkai.duties.catalogue.withheld.models import Withholding
from gongkai.duties.catalogue.withheld.queries import kept, undetermined
from gongkai.rules.regulations_2019.withholding import REVIEW_BASIS

AHEAD = timedelta(days=30)  # this system's own measure: time to ask whoever the information concerns
_MOST = 20  # the list has them all


def waiting(person: Person, today: date) -> Iterator[ToDo]:
    """等我办的: for the head of a section what is to be determined; for whoever drafts there, what is due again."""
    for version in undetermined(person, today=today)[:_MOST]:
        yield ToDo(
            "不公开",
            f"{version.item.index_number or version.public_id[:8]}　待确定不公开",
            reverse("catalogue:version", args=[version.public_id]),
            why="公开属性不是主动公开的草稿，由科室负责人确定后留存，定期评估",
        )
    if Power.DRAFT_ITEMS not in powers_of(person, on=today):
        return
    due = kept(person, today=today).filter(due_on__lte=today)
    if person.section_id:
        due = due.filter(section=person.section_id)
    yield from map(_to_do, due[:_MOST])


def coming(person: Person, today: date) -> Iterator[ToDo]:
    """快到期的: of what this person sees; a head sees the whole office's."""
    yield from map(_to_do, kept(person, today=today).filter(due_on__lte=today + AHEAD)[:_MOST])


def _to_do(each: Withholding) -> ToDo:
    return ToDo(
        "评估",
        f"{each.item.index_number or each.public_id[:8]}　不公开的信息到期评估",  # a title may tell what is withheld
        reverse("withheld:one", args=[each.public_id]),
        due_on=each.due_on,
        why=f"不公开的信息应当定期评估审查（{REVIEW_BASIS}）",
    )

"""规范性文件的待办. Documents about to end, for whoever keeps them; clean-up rounds that wait for conclusions."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse

from gongkai.agencies.access import powers_of
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.agencies.to_do import ToDo
from gongkai.duties.catalogue.normative.models import CleanUpRound
from gongkai.duties.catalogue.normative.queries import Expiring, expiring


def waiting(person: Person, today: date) -> Iterator[ToDo]:
    """等我办的: of one's own section, or of the whole office for a keeper of no section."""
    if Power.KEEP_REGISTERS not in powers_of(person, on=today):
        return
    own = (None, person.section_id)
    for each in expiring(person, today):
        if person.section_id is None or each.document.section_id in own:
            yield _of_document(each)
    within = Q(document__section=person.section_id) if person.section_id else Q()
    for round_ in CleanUpRound.objects.filter(agency=person.agency_id, state=CleanUpRound.State.OPEN):
        if left := round_.entries.filter(within, conclusion="").count():
            yield ToDo(
                "清理",
                f"{round_.title}：还有{left}件没有提出结论",
                reverse("normative:round", args=[round_.public_id]) + "?show=left",
                why=f"依据{round_.basis}",
            )


def coming(person: Person, today: date) -> Iterator[ToDo]:
    """快到期的，全办: for whoever may read the registers."""
    yield from (_of_document(each) for each in expiring(person, today))


def _of_document(each: Expiring) -> ToDo:
    return ToDo(
        "文件",
        f"{each.document.title}　有效期将届满",
        reverse("normative:document", args=[each.document.public_id]),
        due_on=each.document.lapses_on,
        why="届满后失效；需要继续施行的，评估后在届满前延长",
    )

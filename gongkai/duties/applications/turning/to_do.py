"""转主动公开的待办: what was proposed and nobody has drafted or declined."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse

from gongkai.agencies.access import powers_of
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.agencies.to_do import ToDo
from gongkai.duties.applications.turning.models import Turning
from gongkai.duties.applications.turning.queries import turnings

_AT_MOST = 20


def waiting(person: Person, today: date) -> Iterator[ToDo]:
    """等我办的: of one's own section; of all for who belongs to none."""
    if Power.KEEP_REGISTERS not in powers_of(person, on=today):
        return
    found = turnings(person).filter(state=Turning.State.PROPOSED)
    if person.section_id:
        found = found.filter(Q(application__section=person.section_id) | Q(application__section__isnull=True))
    for each in found.order_by("pk")[:_AT_MOST]:
        yield ToDo(
            "申请",
            f"{each.title}　转主动公开，待办理",
            reverse("turning:one", args=[each.public_id]),
            why=f"{each.get_source_display()}（条例第四十四条）",
        )

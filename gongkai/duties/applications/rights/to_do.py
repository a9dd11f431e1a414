"""个人信息权利的待办. A request that waits for a person, by the day on which it is answered at the latest."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from gongkai.agencies.access import powers_of
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.agencies.to_do import ToDo
from gongkai.duties.applications.rights.models import RightsRequest

_SHOWN = 20


def waiting(person: Person, today: date) -> Iterator[ToDo]:
    """等我办的: for whoever keeps the register and may read applicants."""
    if not {Power.KEEP_REGISTERS, Power.READ_APPLICANTS} <= set(powers_of(person, on=today)):
        return
    found = RightsRequest.objects.filter(agency=person.agency_id, answered_at__isnull=True)
    for each in found.select_related("application").order_by("due_on", "pk")[:_SHOWN]:
        yield ToDo(
            "申请",
            f"{each.application.register_number}　请求{each.get_right_display()}个人信息",
            reverse("application_rights:one", args=[each.public_id]),
            due_on=each.due_on,
            why="答复申请人，不同意的说明理由",
        )

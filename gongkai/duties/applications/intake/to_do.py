"""网上收件的待办. An applicant's file in which a virus was found, as long as the case is open (FIL-07)."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from gongkai.agencies.access import powers_of
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.agencies.to_do import ToDo
from gongkai.duties.applications.intake.models import ApplicationFile
from gongkai.virus_checks.queries import infected_names

_SHOWN = 20


def waiting(person: Person, today: date) -> Iterator[ToDo]:
    """等我办的: for whoever keeps the registers."""
    if Power.KEEP_REGISTERS not in powers_of(person, on=today):
        return
    found = ApplicationFile.objects.filter(
        agency=person.agency_id,
        sha256__in=infected_names(kept_by="applicants"),
        application__closed_on__isnull=True,
        application__voided_at__isnull=True,
    ).select_related("application", "received")
    for file in found.order_by("pk")[:_SHOWN]:
        yield ToDo(
            "申请",
            f"{file.application.register_number}　{file.get_role_display()}查出病毒，请申请人换一份",
            reverse("application_intake:one", args=[file.received.public_id]),
            why="文件已封存，打不开；申请照常办理，期限不变",
        )

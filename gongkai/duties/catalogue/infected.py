"""附件有毒的待办. An attachment in which a virus was found later, also one that is public already (FIL-07)."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from gongkai.agencies.access import powers_of
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.agencies.to_do import ToDo
from gongkai.duties.catalogue.models import Attachment, Version
from gongkai.virus_checks.queries import infected_names

_SHOWN = 20


def waiting(person: Person, today: date) -> Iterator[ToDo]:
    """等我办的: for whoever drafts items; what is public is to be withdrawn or given a further version."""
    if Power.DRAFT_ITEMS not in powers_of(person, on=today):
        return
    found = Attachment.objects.filter(
        agency=person.agency_id, sha256__in=infected_names(kept_by="catalogue")
    ).exclude(version__stage__in=(Version.Stage.SUPERSEDED, Version.Stage.ABANDONED))
    for file in found.select_related("version").order_by("pk")[:_SHOWN]:
        public = file.version.stage == Version.Stage.PUBLISHED
        yield ToDo(
            "信息",
            f"{file.version.title}　附件查出病毒，{'已经公开，请撤下或者更新' if public else '请删除后换一份'}",
            reverse("catalogue:version", args=[file.version.public_id]),
        )

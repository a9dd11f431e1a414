"""清单落实职责. Which lists are in force and since when, for articles 20 (5), (6) and (8)."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localdate

from gongkai.agencies.models import Agency
from gongkai.duties.administrative_acts.lists.models import ListEdition, ListKind
from gongkai.duties.catalogue.upkeep.fulfilment import Shown


def shown(agency: Agency, counted: bool) -> Iterator[Shown]:
    """One query; the day is the public side's own, from its receipt."""
    in_force = ListEdition.objects.filter(agency=agency, stage=ListEdition.Stage.PUBLISHED)
    for kind, receipt in in_force.values_list("kind", "receipt"):
        released = localdate(datetime.fromisoformat(receipt["released_at"])) if receipt else None
        yield Shown(kind, ListKind(kind).label, 1, released, reverse("public_lists:one", args=[kind]))

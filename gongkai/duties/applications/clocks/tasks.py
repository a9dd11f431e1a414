"""后台事项. Once a day, and whenever the calendar changes: count open cases again and remind their handlers."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.agencies.working_days import calendar
from gongkai.duties.applications.clocks.models import Counted
from gongkai.duties.applications.clocks.recounting import fingerprint, recount
from gongkai.duties.applications.clocks.reminding import remind
from gongkai.duties.applications.models import Application
from gongkai.outbox.actions import enqueue


def arrange(today: date) -> int:
    """Called by the worker every few minutes; how many agencies were put in line."""
    digest = fingerprint(calendar())
    arranged = 0
    open_cases = Application.objects.standing().filter(closed_on__isnull=True)
    agencies = Agency.objects.filter(pk__in=open_cases.values("agency"))
    for agency in agencies.exclude(pk__in=Counted.objects.filter(calendar=digest, on=today).values("agency")):
        with transaction.atomic():
            Agency.objects.select_for_update().get(pk=agency.pk)
            if Counted.objects.filter(agency=agency, calendar=digest, on=today).exists():
                continue
            Counted.objects.update_or_create(agency=agency, defaults={"calendar": digest, "on": today})
            enqueue("applications.count", {"agency": agency.public_id})
            arranged += 1
    return arranged


def count(payload: Mapping[str, Any]) -> None:
    agency = Agency.objects.get(public_id=payload["agency"])
    recount(agency)
    remind(agency, today=timezone.localdate())

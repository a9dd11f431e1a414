"""看得到的网上收件: how the intake stands, what came in, its files."""

import json
from datetime import datetime

from django.db.models import QuerySet

from gongkai.agencies.models import Agency, Person
from gongkai.duties.applications.intake.models import (
    ApplicationFile,
    AvoidedApplications,
    PullFailure,
    ReceivedSubmission,
    Watch,
)
from gongkai.duties.applications.models import Application
from gongkai.sealing.suite import CannotOpen


def watch() -> Watch | None:
    return Watch.objects.filter(pk=1).first()


def alarm(now: datetime) -> str:
    """没有接收的报警: one sentence, "" when all is well or nothing was ever looked at."""
    kept = watch()
    return kept.alarm(now) if kept else ""


def failures() -> QuerySet[PullFailure]:
    return PullFailure.objects.order_by("failed_at", "pk")


def received(person: Person) -> QuerySet[ReceivedSubmission]:
    """本机关的网上收件, newest first."""
    rows = ReceivedSubmission.objects.filter(agency=person.agency_id)
    return rows.select_related("application").order_by("-accepted_at", "-id")


def files_of(received: ReceivedSubmission) -> QuerySet[ApplicationFile]:
    return received.files.order_by("position")


def suggests_publication(application: Application) -> bool:
    """申请人在申请表里建议主动公开 (条例第四十四条); for whoever may read applicants."""
    row = ReceivedSubmission.objects.filter(application=application).first()
    try:
        return row is not None and bool(json.loads(row.unseal("particulars")).get("suggest_publication"))
    except CannotOpen:
        return False


def avoided(agency: Agency) -> dict[int, int]:
    """免于申请, by year, newest first."""
    rows = AvoidedApplications.objects.filter(agency=agency).order_by("-year")
    return dict(rows.values_list("year", "count"))

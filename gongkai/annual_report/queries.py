"""能看到的年报. Starts from the person: one's own agency's reports, and nobody else's."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from gongkai.agencies.access import powers_of
from gongkai.agencies.models import Person
from gongkai.annual_report.lifecycle import STEPS
from gongkai.annual_report.models import AnnualReport, EarlierReport, Edition


def reports(person: Person) -> QuerySet[AnnualReport]:
    """各年度, newest first, with their editions."""
    return AnnualReport.objects.filter(agency=person.agency).order_by("-year").prefetch_related("editions")


def editions(person: Person) -> QuerySet[Edition]:
    return Edition.objects.filter(agency=person.agency).select_related(
        "report", "agency__predecessor", "compiled_by", "approved_by"
    )


def edition(person: Person, public_id: str) -> Edition:
    """One edition by its public id; another agency's answers as if it did not exist (ACL-02)."""
    return get_object_or_404(editions(person), public_id=public_id)


def waiting_for(person: Person) -> list[tuple[Edition, str]]:
    """等这个人办的: editions in the making and the step that is theirs to take, by the table of steps."""
    powers = powers_of(person, on=timezone.localdate())
    open_editions = editions(person).exclude(status__in=(Edition.Status.RELEASING, Edition.Status.PUBLISHED))
    found = []
    for edition in open_editions.order_by("-report__year"):
        step = STEPS[_NEXT[Edition.Status(edition.status)]]
        own_draft = step.name == "approve" and edition.compiled_by_id == person.pk
        if step.power in powers and not own_draft:
            found.append((edition, step.label))
    return found


_NEXT = {
    Edition.Status.DRAFTING: "submit",
    Edition.Status.SUBMITTED: "approve",
    Edition.Status.APPROVED: "release",
}


def earlier_reports(person: Person) -> QuerySet[EarlierReport]:
    return EarlierReport.objects.filter(agency=person.agency).order_by("-year")

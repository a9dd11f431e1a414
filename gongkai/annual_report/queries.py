"""能看到的年报. Starts from the person: one's own agency's reports, and nobody else's."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from gongkai.agencies.models import Person
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


def earlier_reports(person: Person) -> QuerySet[EarlierReport]:
    return EarlierReport.objects.filter(agency=person.agency).order_by("-year")

"""件数. How many items one applicant had in a calendar month or a year, by the keyed digest of the name.

Equal names are not always one person: whoever uses these counts checks that, and may enter another.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Greatest

from gongkai.agencies.models import Agency
from gongkai.duties.applications.models import Application

_STANDING_MATTERS = Q(matters__struck_at__isnull=True)


@dataclass(frozen=True, slots=True)
class Counted:
    """申请和件数: an application without matters is one item."""

    applications: int
    items: int


def own_items(application: Application) -> int:
    """一件申请的件数 (一事一申请)."""
    return max(1, application.matters.filter(struck_at__isnull=True).count())


def with_items(found: QuerySet[Application]) -> QuerySet[Application]:
    """Each application with its ``items``."""
    return found.annotate(items=Greatest(Count("matters", filter=_STANDING_MATTERS), 1))


def of_same_applicant(application: Application) -> QuerySet[Application]:
    """同名申请人的申请, standing; none when no name was registered."""
    if not application.applicant_name_index:
        return Application.objects.none()
    return Application.objects.standing().filter(
        agency=application.agency_id, applicant_name_index=application.applicant_name_index
    )


def earlier_in_month(application: Application) -> Counted:
    """本自然月此前的件数 of the same applicant: earlier days, and of the same day what was registered earlier."""
    day = application.received_on
    same_month = of_same_applicant(application).filter(
        received_on__gte=day.replace(day=1), received_on__lte=day
    )
    return count(same_month.exclude(Q(received_on=day) & Q(pk__gte=application.pk)))


def count(found: QuerySet[Application]) -> Counted:
    """申请和件数 of these."""
    counted = with_items(found).order_by().aggregate(applications=Count("pk"), total=Sum("items"))
    return Counted(counted["applications"], counted["total"] or 0)


def month_of(day: date) -> tuple[date, date]:
    """一个自然月 as [first, next first)."""
    first = day.replace(day=1)
    return first, date(first.year + first.month // 12, first.month % 12 + 1, 1)


def in_period(agency: Agency, first: date, before: date) -> QuerySet[Application]:
    """一段时间里有申请人姓名的申请."""
    return (
        Application.objects.standing()
        .filter(agency=agency, received_on__gte=first, received_on__lt=before)
        .exclude(applicant_name_index="")
    )

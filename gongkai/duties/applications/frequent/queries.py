"""高频申请人的查询. Who reaches a mark in a month or a year, one case's counts, and what people grouped."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from gongkai.agencies.models import Agency, Person
from gongkai.duties.applications.frequent.counting import (
    Counted,
    count,
    in_period,
    month_of,
    of_same_applicant,
)
from gongkai.duties.applications.frequent.models import Look, Mark, Membership, Topic
from gongkai.duties.applications.models import Application
from gongkai.rules.explanation import Explanation
from gongkai.rules.regulations_2019.frequency_marks import Marks, reached

SHOWN = 100
_STANDING = Q(matters__isnull=False, matters__struck_at__isnull=True)


@dataclass(frozen=True, slots=True)
class Frequency:
    """一件申请的申请人 in its month and its year; ``flag`` says which mark is passed."""

    month: Counted
    year: Counted
    flag: Explanation | None


@dataclass(frozen=True, slots=True)
class Applicant:
    """一个申请人, without a name: the newest case leads to it."""

    newest: Application
    applications: int
    items: int
    looked: Look | None


def marks_of(agency: Agency) -> Marks:
    """本机关提示的件数."""
    row = Mark.objects.filter(agency=agency).first()
    return Marks(row.month, row.year) if row else Marks()


def frequency(application: Application) -> Frequency | None:
    """申请频次, None where no name was registered."""
    if not application.applicant_name_index:
        return None
    same = of_same_applicant(application)
    first, before = month_of(application.received_on)
    month = count(same.filter(received_on__gte=first, received_on__lt=before))
    year = count(same.filter(received_on__year=application.received_on.year))
    flag = reached(marks_of(application.agency), in_month=month.items, in_year=year.items)
    return Frequency(month, year, flag)


def frequent(agency: Agency, first: date, before: date, *, more_than: int) -> list[Applicant]:
    """超过提示件数的申请人 of a period, most items first."""
    grouped = (
        in_period(agency, first, before)
        .order_by()
        .values("applicant_name_index")
        .annotate(
            applications=Count("pk", distinct=True),
            listed=Count("matters", filter=_STANDING),
            with_matters=Count("pk", distinct=True, filter=_STANDING),
            newest=Max("pk"),
        )
        .annotate(items=F("listed") + F("applications") - F("with_matters"))
        .filter(items__gt=more_than)
        .order_by("-items", "newest")[:SHOWN]
    )
    rows = list(grouped)
    cases = Application.objects.in_bulk([row["newest"] for row in rows])
    looks: dict[str, Look] = {}
    indexes = [row["applicant_name_index"] for row in rows]
    for look in (
        Look.objects.filter(agency=agency, name_index__in=indexes).order_by("pk").select_related("by")
    ):
        looks[look.name_index] = look
    return [
        Applicant(
            cases[row["newest"]], row["applications"], row["items"], looks.get(row["applicant_name_index"])
        )
        for row in rows
    ]


def not_looked_at(agency: Agency, today: date) -> int:
    """本月超过提示件数、这个月还没有人判断的申请人."""
    first, before = month_of(today)
    found = frequent(agency, first, before, more_than=marks_of(agency).month)
    return sum(each.looked is None or timezone.localdate(each.looked.recorded_at) < first for each in found)


def others_of_applicant(application: Application) -> QuerySet[Application]:
    """同一姓名的其他申请, newest first: repeat applications are looked for among these."""
    return of_same_applicant(application).exclude(pk=application.pk).order_by("-received_on", "-pk")


def looks(application: Application) -> QuerySet[Look]:
    """对这个申请人的判断."""
    found = Look.objects.filter(agency=application.agency_id, name_index=application.applicant_name_index)
    return found.exclude(name_index="").select_related("by", "application")


def topics(person: Person) -> QuerySet[Topic]:
    """多人申请的内容 with the number of applications, newest first."""
    standing = Q(memberships__struck_at__isnull=True, memberships__isnull=False)
    return (
        Topic.objects.filter(agency=person.agency_id)
        .annotate(applications=Count("memberships", filter=standing))
        .select_related("by")
    )


def topics_of(application: Application) -> QuerySet[Topic]:
    """这件申请归入的内容."""
    inside = Membership.objects.filter(topic=OuterRef("pk"), application=application, struck_at__isnull=True)
    return Topic.objects.filter(Exists(inside), agency=application.agency_id)


def members(topic: Topic) -> QuerySet[Membership]:
    """归入的申请."""
    return topic.memberships.filter(struck_at__isnull=True).select_related("application", "by")


def askers(topic: Topic) -> int:
    """申请人数: equal names count once, an application without a name counts as one."""
    indexes = list(members(topic).values_list("application__applicant_name_index", flat=True))
    return len({index for index in indexes if index}) + indexes.count("")

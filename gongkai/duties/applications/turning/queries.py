"""转主动公开的查询."""

from django.db.models import QuerySet

from gongkai.agencies.models import Person
from gongkai.duties.applications.frequent.models import Membership
from gongkai.duties.applications.models import Application
from gongkai.duties.applications.turning.models import Turning


def turnings(person: Person) -> QuerySet[Turning]:
    """本机关的事项, the newest first."""
    found = Turning.objects.filter(agency=person.agency_id)
    return found.select_related("application", "by", "decided_by", "item")


def askers(application: Application) -> int:
    """有几个申请人申请同一内容, by what people grouped; the same name counts once."""
    topics = Membership.objects.filter(application=application, struck_at__isnull=True).values("topic")
    same = Application.objects.standing().filter(
        topic_memberships__topic__in=topics, topic_memberships__struck_at__isnull=True
    )
    named = same.exclude(applicant_name_index="").values("applicant_name_index").distinct().count()
    return named + same.filter(applicant_name_index="").distinct().count()

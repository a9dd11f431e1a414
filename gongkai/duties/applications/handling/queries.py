"""承办的查询. Whose case it is, what units owe, the office's own days; each in a bounded number of queries."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Q, QuerySet

from gongkai.agencies.models import Agency, Person
from gongkai.duties.applications.handling.models import Assignment, Commission, Extension, InternalPeriod
from gongkai.duties.applications.models import Application
from gongkai.rules.regulations_2019.internal_periods import PROPOSED, InternalDue, Stage, internal_due
from gongkai.rules.working_days import Calendar


def days_before(agency: Agency) -> Mapping[Stage, int]:
    """内部期限, by stage: the office's newest choice, else what we propose."""
    found = dict(PROPOSED)
    rows = InternalPeriod.objects.filter(agency=agency).order_by("pk").values_list("stage", "days_before")
    found.update({Stage(stage): days for stage, days in rows})
    return found


def internal_dues(
    application: Application, days: Calendar, before: Mapping[Stage, int]
) -> tuple[InternalDue, ...]:
    """各环节的内部期限; none while no reply period runs."""
    if application.due_on is None or application.closed_on:
        return ()
    return tuple(internal_due(stage, application.due_on, before[stage], days) for stage in Stage)


def assignments(application: Application) -> QuerySet[Assignment]:
    """承办的经过, newest first."""
    return application.assignments.select_related("section", "handler", "by")


def commissions(application: Application) -> QuerySet[Commission]:
    """一件申请的交办事项."""
    return application.commissions.select_related("section", "person", "answered_by", "by")


def extensions(application: Application) -> QuerySet[Extension]:
    """一件申请的延期审批."""
    return application.extensions.select_related("by", "decided_by", "event")


def open_commissions(agency: Agency, *, until: date | None = None) -> QuerySet[Commission]:
    """没有答复的交办事项 of open cases, by their day."""
    found = Commission.objects.filter(
        agency=agency,
        answered_on__isnull=True,
        called_back_at__isnull=True,
        application__closed_on__isnull=True,
        application__voided_at__isnull=True,
    ).select_related("application", "section", "person")
    return found.filter(answer_by__lte=until) if until else found


def owed_by(person: Person) -> QuerySet[Commission]:
    """这个人该办的交办事项."""
    return open_commissions(person.agency).filter(person=person)


def cases_of(person: Person) -> QuerySet[Application]:
    """这个人承办的申请, open, by due day."""
    return (
        Application.objects.standing()
        .filter(agency=person.agency_id, handler=person, closed_on__isnull=True)
        .order_by("due_on", "pk")
    )


def unassigned(person: Person) -> QuerySet[Application]:
    """还没有承办人的申请 that this person may assign."""
    found = Application.objects.standing().filter(
        agency=person.agency_id, handler__isnull=True, closed_on__isnull=True
    )
    if person.section_id:
        found = found.filter(Q(section=person.section_id) | Q(section__isnull=True))
    return found.order_by("due_on", "pk")


def readable(person: Person) -> QuerySet[Application]:
    """看得到的申请: the agency's (ACL-02)."""
    return Application.objects.filter(agency=person.agency_id).select_related("agency", "section", "handler")

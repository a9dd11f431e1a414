"""看得见什么. Case files, corrections that wait, lessons; every query starts from the person."""

from datetime import date

from django.db.models import Q, QuerySet

from gongkai.agencies.access import powers_of
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.duties.applications.models import Application
from gongkai.duties.remedies.actions.corrections import AGREEING
from gongkai.duties.remedies.models import CaseEvent, CaseFile, Evidence, Lesson, ProposedCorrection

_ENTRIES = (
    "agency",
    "handler",
    "reconsideration__application",
    "reconsideration__section",
    "litigation__application",
    "litigation__section",
)
NOT_VOIDED = Q(reconsideration__voided_at__isnull=True, litigation__voided_at__isnull=True)


def files(visible_to: Person, *, voided: bool = False) -> QuerySet[CaseFile]:
    """案卷."""
    every = CaseFile.objects.filter(agency=visible_to.agency_id).select_related(*_ENTRIES)
    return every if voided else every.filter(NOT_VOIDED)


def due(visible_to: Person) -> QuerySet[CaseFile]:
    """有我方期限的案卷, the earliest first."""
    return files(visible_to).filter(due_on__isnull=False).order_by("due_on", "pk")


def of_application(application: Application) -> QuerySet[CaseFile]:
    """一件申请的复议、诉讼案卷."""
    of_entry = Q(reconsideration__application=application) | Q(litigation__application=application)
    return (
        CaseFile.objects.filter(NOT_VOIDED, of_entry, agency=application.agency_id)
        .select_related(*_ENTRIES)
        .order_by("accepted_on", "pk")
    )


def events(visible_to: Person) -> QuerySet[CaseEvent]:
    return CaseEvent.objects.filter(agency=visible_to.agency_id).select_related(
        "by", "agreed_by", "replaces", *(f"file__{name}" for name in _ENTRIES)
    )


def evidence(visible_to: Person) -> QuerySet[Evidence]:
    return Evidence.objects.filter(agency=visible_to.agency_id).select_related(
        "by", *(f"file__{name}" for name in _ENTRIES)
    )


def corrections(visible_to: Person) -> QuerySet[ProposedCorrection]:
    return ProposedCorrection.objects.filter(agency=visible_to.agency_id).select_related(
        "by", "decided_by", "agency", "event", *(f"event__file__{name}" for name in _ENTRIES)
    )


def corrections_for(person: Person, *, on: date) -> QuerySet[ProposedCorrection]:
    """等这个人复核的更正: proposed by another."""
    found = corrections(person).filter(state=ProposedCorrection.State.WAITING).order_by("pk")
    if not powers_of(person, on=on) & set(AGREEING):
        return found.none()
    return found.exclude(by=person)


def lessons(visible_to: Person) -> QuerySet[Lesson]:
    """经验教训."""
    return Lesson.objects.filter(agency=visible_to.agency_id, taken_back_at__isnull=True).select_related(
        "by", *(f"file__{name}" for name in _ENTRIES)
    )


def mine(person: Person, *, on: date) -> QuerySet[CaseFile]:
    """该这个人办的: his own, and for a keeper those of his section that nobody was given."""
    of_person = Q(handler=person)
    if Power.KEEP_REGISTERS in powers_of(person, on=on):
        unassigned = Q(handler__isnull=True) | Q(handler__is_active=False)
        section = (
            Q(reconsideration__section=person.section_id)
            | Q(litigation__section=person.section_id)
            | Q(reconsideration__section__isnull=True, litigation__section__isnull=True)
        )
        of_person |= unassigned & (section if person.section_id else Q())
    return files(person).filter(of_person)

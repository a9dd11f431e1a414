"""看得到的文书, from the person; what a page shows of them is bounded."""

from django.db.models import Q, QuerySet
from django.http import Http404

from gongkai.agencies.models import Person
from gongkai.duties.applications.letters.models import Delivery, Letter
from gongkai.duties.applications.models import Application

_WITH = ("application", "agency", "author", "reviewer", "signatory", "issued_by", "event", "template")


def letters(person: Person) -> QuerySet[Letter]:
    return Letter.objects.filter(agency_id=person.agency_id).select_related(*_WITH)


def letter(person: Person, public_id: str) -> Letter:
    found = letters(person).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def delivery(person: Person, public_id: str) -> Delivery:
    found = (
        Delivery.objects.filter(agency_id=person.agency_id, public_id=public_id)
        .select_related("letter__application", "letter__agency", "by")
        .first()
    )
    if found is None:
        raise Http404
    return found


def case(person: Person, public_id: str) -> Application:
    found = (
        Application.objects.filter(agency_id=person.agency_id, public_id=public_id)
        .select_related("agency", "section")
        .first()
    )
    if found is None:
        raise Http404
    return found


def of_case(application: Application) -> list[Letter]:
    """一件申请的文书, newest first, with their deliveries."""
    return list(
        application.letters.select_related("author", "signatory", "event").prefetch_related("deliveries")
    )


def numbered(person: Person) -> QuerySet[Letter]:
    """发文登记簿: every letter that was given a number, the voided ones too."""
    return (
        letters(person).filter(serial__isnull=False, issued_on__isnull=False).prefetch_related("deliveries")
    )


def like(found: QuerySet[Letter], words: str) -> QuerySet[Letter]:
    return found.filter(Q(number__contains=words) | Q(application__register_number__contains=words))

"""规范性文件库里有什么. What is in force on a day, what ends soon, what a person is to do about it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from gongkai.agencies.access import powers_of
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.powers import Power
from gongkai.duties.catalogue.models import NormativeDocument
from gongkai.duties.catalogue.normative.models import (
    ChangeKind,
    CleanUpEntry,
    CleanUpRound,
    DocumentChange,
    LibraryEntry,
)
from gongkai.rules.normative_documents_2018.term import WARN_DAYS, warning

MOST_SHOWN = 200  # of what is to be done; an office has fewer, and the library's list has them all


def library(person: Person) -> QuerySet[NormativeDocument]:
    """本机关的规范性文件, those of the register that stand."""
    found: QuerySet[NormativeDocument] = NormativeDocument.objects.standing().filter(agency=person.agency_id)
    return found


def document(person: Person, public_id: str) -> NormativeDocument:
    found = library(person).select_related("section", "item", "library", "agency")
    return get_object_or_404(found, public_id=public_id)


def round_(person: Person, public_id: str) -> CleanUpRound:
    return get_object_or_404(CleanUpRound, agency=person.agency_id, public_id=public_id)


def in_force(today: date) -> Q:
    """现行有效: neither ended nor still to begin."""
    return (Q(ceased_on__isnull=True) | Q(ceased_on__gt=today)) & (
        Q(in_force_from__isnull=True) | Q(in_force_from__lte=today)
    )


def amended(today: date) -> Q:
    """已修改 and in force as amended."""
    changes = DocumentChange.objects.filter(
        document=OuterRef("pk"), kind=ChangeKind.AMENDED, effective_on__lte=today
    )
    return in_force(today) & Q(Exists(changes))


def repealed(today: date) -> Q:
    return Q(repealed_on__lte=today)


def lapsed(today: date) -> Q:
    return Q(ceased_on__lte=today) & ~repealed(today)


def not_yet(today: date) -> Q:
    return Q(in_force_from__gt=today) & (Q(ceased_on__isnull=True) | Q(ceased_on__gt=today))


def ending_within(days: int, today: date) -> Q:
    """到期: still in force, and its last day is no further away than this. The index by the end answers it."""
    return Q(
        ceased_on__gt=today,
        ceased_on__lte=today + timedelta(days=days + 1),
        lapses_on__gte=today,
        lapses_on__lte=today + timedelta(days=days),
    )


@dataclass(frozen=True, slots=True)
class Expiring:
    """将要到期的文件: how many days are left, and which of the warnings has been reached."""

    document: NormativeDocument
    days_left: int
    warned: int


def expiring(person: Person, today: date) -> list[Expiring]:
    """到期预警: documents within the widest warning, the nearest end first. For whoever keeps them, or reads registers."""
    found = library(person).filter(ending_within(max(WARN_DAYS), today))
    if not powers_of(person, on=today) & {Power.READ_REGISTERS, Power.KEEP_REGISTERS}:
        return []
    return [
        Expiring(each, (each.lapses_on - today).days, warned)
        for each in found.order_by("ceased_on", "pk")[:MOST_SHOWN]
        if each.lapses_on and (warned := warning(each.lapses_on, today))
    ]


def entries(round_: CleanUpRound) -> QuerySet[CleanUpEntry]:
    return round_.entries.select_related("document__section", "concluded_by").order_by("pk")


def entry_of(document: NormativeDocument) -> LibraryEntry | None:
    return LibraryEntry.objects.filter(document=document).first()


def of_number(agency: Agency, number: str) -> NormativeDocument | None:
    found: NormativeDocument | None = (
        NormativeDocument.objects.standing().filter(agency=agency, document_number=number).first()
    )
    return found

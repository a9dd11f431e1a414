"""能看到的批次. What one brings oneself, and what waits for one's review or signature."""

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from gongkai.agencies.access import may, powers_of
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.duties.catalogue.moving_in.models import Batch, Entry

State = Batch.State
SEEN_BY = (Power.DRAFT_ITEMS, Power.REVIEW_CONFIDENTIALITY, Power.SIGN_ITEMS)
_BEFORE_THE_MOVE = (State.PREVIEWED, State.DISCARDED)


def batches(person: Person) -> QuerySet[Batch]:
    """Of one's own section for who drafts; what was moved in, for who reviews or signs it."""
    powers = powers_of(person, on=timezone.localdate())
    within = Q(pk__in=())
    if Power.DRAFT_ITEMS in powers:
        within |= Q(section=person.section_id) if person.section_id else Q(agency=person.agency_id)
    if powers & {Power.REVIEW_CONFIDENTIALITY, Power.SIGN_ITEMS}:
        within |= ~Q(state__in=_BEFORE_THE_MOVE)
    found = Batch.objects.filter(within, agency=person.agency)
    return found.select_related("agency", "section", "by", "reviewer", "signatory")


def batch(person: Person, public_id: str) -> Batch:
    """One batch by its public id; what is out of reach answers as if it did not exist (ACL-02)."""
    return get_object_or_404(batches(person), public_id=public_id)


def entries(batch: Batch) -> QuerySet[Entry]:
    """Without what was read of them, which a list does not show."""
    return batch.entries.select_related("version", "item", "batch").defer(
        "content", "version__body", "item__body"
    )


def counted(batch: Batch) -> dict[str, int]:
    """How many of each standing, in one query."""
    rows = batch.entries.order_by().values_list("standing").annotate(Count("pk"))
    return {**dict.fromkeys(Entry.Standing.values, 0), **dict(rows)}


def may_handle(person: Person, batch: Batch) -> bool:
    """迁入人 of this batch: whoever drafts in the section that brought it."""
    if not may(person, Power.DRAFT_ITEMS, batch.agency, on=timezone.localdate()):
        return False
    return not person.section_id or batch.section_id in (None, person.section_id)


def waiting_for(person: Person) -> QuerySet[Batch]:
    """等这个人办的批次."""
    powers = powers_of(person, on=timezone.localdate())
    waiting = Q(pk__in=())
    if Power.DRAFT_ITEMS in powers:
        waiting |= Q(by=person, state__in=(State.PREVIEWED, State.MOVED_IN, State.SIGNED))
    if Power.REVIEW_CONFIDENTIALITY in powers:
        waiting |= Q(state=State.CONFIDENTIALITY_REVIEW) & ~Q(by=person)
    if Power.SIGN_ITEMS in powers:
        waiting |= Q(state=State.SIGN_OFF) & ~Q(by=person) & ~Q(reviewer=person)
    return batches(person).filter(waiting).order_by("pk")

"""能看到的信息. Starts from the person: what one's posts and section let one see of the versions on their way."""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from gongkai.agencies.access import holders, powers_of
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.powers import Power
from gongkai.duties.catalogue.lifecycle import REVIEWS
from gongkai.duties.catalogue.models import Column, InformationItem, Review, Version
from gongkai.registers.queries import by_number, by_words

Stage = Version.Stage
_NOT_SUBMITTED = (Stage.DRAFTING, Stage.ABANDONED)
_WHOLE_AGENCY = (
    Power.REVIEW_LEGALITY,
    Power.REVIEW_CONFIDENTIALITY,
    Power.SIGN_ITEMS,
    Power.WITHDRAW_ITEMS,
)
SEEN_BY = (Power.DRAFT_ITEMS, Power.REVIEW_SECTION, *_WHOLE_AGENCY)


def versions(person: Person) -> QuerySet[Version]:
    """Drafts of one's own section for who drafts or heads it; what was submitted, for who reviews or signs it."""
    powers = powers_of(person, on=timezone.localdate())
    within = Q(pk__in=())
    if powers & {Power.DRAFT_ITEMS, Power.REVIEW_SECTION}:
        within |= Q(section=person.section_id) if person.section_id else Q(agency=person.agency_id)
    if powers & set(_WHOLE_AGENCY):
        within |= ~Q(stage__in=_NOT_SUBMITTED)
    found = Version.objects.filter(within, agency=person.agency)
    return found.select_related("item", "agency", "section", "main_column", "author")


def versions_like(found: QuerySet[Version], words: str, *, agency: int) -> QuerySet[Version]:
    """查找: by document number or index number as they begin, otherwise by the title's words."""
    # The index of index numbers begins with the agency.
    of_agency = found.filter(item__agency=agency)
    numbered = by_number(found, words, names=["document_number"])
    if numbered := numbered or by_number(of_agency, words, names=["item__index_number"]):
        return found.filter(pk__in=numbered)
    return by_words(found, words, names=("title",), agency=agency)


def version(person: Person, public_id: str) -> Version:
    """One version by its public id; what is out of reach answers as if it did not exist (ACL-02)."""
    return get_object_or_404(versions(person), public_id=public_id)


def waiting_for(person: Person) -> QuerySet[Version]:
    """等这个人办的: the reviews that are this person's to give, and what came back or is ready to go out."""
    powers = powers_of(person, on=timezone.localdate())
    waiting = Q(pk__in=())
    for stage, review in REVIEWS.items():
        if review.power in powers:
            own_section = stage == Stage.SECTION_REVIEW and person.section_id
            within = Q(section=person.section_id) if own_section else Q()
            waiting |= Q(within, stage=stage) & ~Q(author=person)
    if Power.REVIEW_CONFIDENTIALITY in powers:
        waiting |= Q(stage=Stage.REFERRED)
    if Power.DRAFT_ITEMS in powers:
        waiting |= Q(author=person, stage__in=(Stage.DRAFTING, Stage.SIGNED), scheduled_for__isnull=True)
    not_both = Q(stage=Stage.SIGN_OFF, reviewer=person)  # who reviewed does not sign
    # A batch waits once, as that batch.
    found = versions(person).filter(waiting, stage__in=Version.OPEN, with_batch=False)
    return found.exclude(not_both).order_by("submitted_at", "pk")


def column_tree(agency: Agency) -> Iterator[tuple[Column, int]]:
    """全部栏目, each below the one it belongs to, with how deep it lies."""
    below: dict[int | None, list[Column]] = defaultdict(list)
    for column in Column.objects.filter(agency=agency).select_related("owner_section"):
        below[column.parent_id].append(column)

    def walk(parent: int | None, depth: int) -> Iterator[tuple[Column, int]]:
        for column in below[parent]:
            yield column, depth
            yield from walk(column.pk, depth + 1)

    return walk(None, 0)


def came_back(version: Version) -> str:
    """退回的，是哪一步、为什么; "" for a draft whose last review did not send it back."""
    last = version.reviews.order_by("-pk").first() if version.stage == Stage.DRAFTING else None
    returned = last is not None and last.conclusion == Review.Conclusion.RETURNED
    return f"{last.label}退回：{last.opinion}" if last and returned else ""


def who_may_review(version: Version) -> list[Person]:
    """谁可以审查: whoever has the power by post, in the section where it is the section's, and has not taken part before."""
    stage = Stage.CONFIDENTIALITY_REVIEW if version.stage == Stage.REFERRED else Stage(version.stage)
    review = REVIEWS.get(stage)
    if review is None:
        return []
    people = holders(review.power, version.agency, on=timezone.localdate())
    if review.power is Power.REVIEW_SECTION:
        people = people.filter(Q(section=version.section_id) | Q(section__isnull=True))
    if version.stage == Stage.REFERRED:
        return list(people)
    taken_part = [version.author_id, version.reviewer_id if stage == Stage.SIGN_OFF else None]
    return list(people.exclude(pk__in=[pk for pk in taken_part if pk]))


def published(person: Person) -> QuerySet[InformationItem]:
    return InformationItem.objects.standing().filter(
        agency=person.agency, state=InformationItem.State.PUBLISHED
    )

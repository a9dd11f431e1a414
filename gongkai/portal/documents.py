"""规范性文件库里公众能看到什么: the library page by page, and what stands beside a document and its interpretation."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min, Q, QuerySet

from gongkai.portal.models import DocumentChange, PublishedDocument, PublishedItem

PAGE_OF_DOCUMENTS = 30
_PLACE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.([0-9]{1,18})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Documents:
    """文件库的一页, newest first; ``next`` is the place the next page begins after, "" on the last."""

    documents: tuple[PublishedDocument, ...]
    next: str


def library(*, validity: str = "", year: int | None = None) -> QuerySet[PublishedDocument]:
    """文件库, narrowed by validity and by the year of issue."""
    found = PublishedDocument.objects.order_by("-issued_on", "-id")
    if validity:
        found = found.filter(validity=validity)
    if year is not None:
        found = found.filter(issued_on__gte=date(year, 1, 1), issued_on__lte=date(year, 12, 31))
    return found


def page_of(
    found: QuerySet[PublishedDocument], *, after: str = "", count: int = PAGE_OF_DOCUMENTS
) -> Documents:
    """By keyset. A place nobody gave out is the first page."""
    if place := _place(after):
        issued_on, number = place
        found = found.filter(
            Q(issued_on__lt=issued_on) | Q(issued_on=issued_on, id__lt=number), issued_on__lte=issued_on
        )
    documents = list(found.prefetch_related("changes")[: count + 1])
    last = documents[count - 1] if len(documents) > count else None
    return Documents(tuple(documents[:count]), f"{last.issued_on:%Y-%m-%d}.{last.pk}" if last else "")


def every_document() -> Iterator[PublishedDocument]:
    """全库, in pieces, for the lists that machines read."""
    return PublishedDocument.objects.order_by("-issued_on", "-id").prefetch_related("changes").iterator(500)


def years() -> list[int]:
    """From the newest year of issue to the oldest; both ends of the index, no scan."""
    ends = PublishedDocument.objects.aggregate(first=Min("issued_on"), last=Max("issued_on"))
    if ends["first"] is None:
        return []
    return list(range(ends["last"].year, ends["first"].year - 1, -1))


def public_texts(documents: tuple[PublishedDocument, ...]) -> set[str]:
    """Of these documents' own texts and of what changed them: the keys of those that can be read now."""
    keys = {document.item for document in documents}
    keys |= {change.by_item for document in documents for change in document.changes.all()}
    return set(PublishedItem.objects.filter(key__in=keys - {""}).values_list("key", flat=True))


def of_item(item: PublishedItem) -> PublishedDocument | None:
    return PublishedDocument.objects.prefetch_related("changes").filter(item=item.key).first()


def changed_by(item: PublishedItem) -> list[DocumentChange]:
    """What this item did to documents of the library."""
    return list(
        DocumentChange.objects.filter(by_item=item.key).select_related("document").order_by("on", "pk")
    )


def interpretations_of(item: PublishedItem) -> list[PublishedItem]:
    """相关解读 that are public, newest first."""
    found = PublishedItem.objects.filter(interprets__document=item.key).defer("html")
    return list(found.order_by("-listed_at", "-id"))


def interpreted_by(item: PublishedItem) -> list[PublishedItem]:
    """政策原文 of an interpretation, as far as they are public."""
    keys = item.interprets.values_list("document", flat=True)
    return list(PublishedItem.objects.filter(key__in=list(keys)).defer("html").order_by("-listed_at", "-id"))


def _place(written: str) -> tuple[date, int] | None:
    found = _PLACE.fullmatch(written)
    try:
        return (date.fromisoformat(found[1]), int(found[2])) if found else None
    except ValueError:
        return None

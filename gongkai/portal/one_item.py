"""一条信息 as it is kept here: the values of its row, and the row itself for who wants to look before it is released."""

from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from gongkai.portal.cleaning import clean
from gongkai.portal.models import PublishedItem
from gongkai.portal.payloads import ItemPayload


def item_values(item: ItemPayload, *, listed_at: datetime) -> dict[str, Any]:
    """Every value but its column: a slug in what is sent, a row of this database once it is released."""
    values = item.columns()
    before = date.fromisoformat(item.published_before) if item.published_before else None
    values["dated_on"] = date.fromisoformat(item.dated_on) if item.dated_on else None
    values["published_before"] = before
    values["listed_at"] = timezone.make_aware(datetime.combine(before, time())) if before else listed_at
    values["html"] = clean(item.html)
    return values


def as_published(item: ItemPayload, *, at: datetime) -> PublishedItem:
    """The item as it would stand here, unsaved and outside every column: to be shown before it is released."""
    return PublishedItem(**item_values(item, listed_at=at), released_at=at, changed_at=at)

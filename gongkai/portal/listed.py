"""另有清单的信息: what stands beside an item in a list of its own, a leader or an edition of the guide, and goes with it."""

from dataclasses import asdict
from datetime import date

from gongkai.portal.models import PublishedGuide, PublishedItem, PublishedLeader
from gongkai.portal.payloads import ItemPayload


def put_beside(released: PublishedItem, item: ItemPayload) -> None:
    """As this version has it, in the transaction of its release."""
    PublishedLeader.objects.filter(item=released).delete()
    if item.leader:
        values = asdict(item.leader) | {"in_office_from": date.fromisoformat(item.leader.in_office_from)}
        PublishedLeader.objects.create(item=released, **values)
    PublishedGuide.objects.filter(item=released).delete()
    if item.guide:
        PublishedGuide.objects.create(
            item=released,
            edition=item.guide.edition,
            in_force_from=date.fromisoformat(item.guide.in_force_from),
            review_by=date.fromisoformat(item.guide.review_by),
            marked=item.version,
        )


def mark_reviewed(key: str, *, version: int, reviewed_on: str, review_by: str) -> bool:
    """The days (ISO 8601) of a check. False for an edition that is gone or knows better."""
    edition = PublishedGuide.objects.filter(item__key=key, marked__lt=version).first()
    if edition is None:
        return False
    edition.reviewed_on = date.fromisoformat(reviewed_on)
    edition.review_by, edition.marked = date.fromisoformat(review_by), version
    edition.save()
    return True

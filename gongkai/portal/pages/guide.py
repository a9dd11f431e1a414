"""公开指南: the edition in force, and the editions that stand beside it."""

from typing import Any

from gongkai.portal.models import PublishedGuide, PublishedItem


def current() -> PublishedGuide | None:
    """现行版."""
    return PublishedGuide.objects.select_related("item__main_column__parent").first()


def beside(item: PublishedItem) -> dict[str, Any]:
    """What stands with the text of an edition: its days, whether it is in force, every edition."""
    edition = PublishedGuide.objects.filter(item=item).first()
    if edition is None:
        return {}
    editions = list(PublishedGuide.objects.select_related("item").defer("item__html"))
    return {"edition": edition, "editions": editions, "in_force": editions[0]}

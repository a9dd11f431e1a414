"""现任领导. Whose pages are public, in their order; whose last day has passed."""

from datetime import date

from django.db.models import QuerySet

from gongkai.agencies.models import Agency, Person
from gongkai.duties.catalogue.leaders.content import since_review
from gongkai.duties.catalogue.leaders.models import Profile
from gongkai.duties.catalogue.models import ItemKind, Version

_SEPARATORS = "、，,；;　 "


def shown(agency: Agency) -> QuerySet[Profile]:
    """公众侧现在列出的, in the order of the list."""
    found = Profile.objects.filter(
        agency=agency,
        version__kind=ItemKind.LEADER,
        version__stage=Version.Stage.PUBLISHED,
        version__item__live=True,
    )
    return found.select_related("version__item").order_by("position", "in_office_from", "pk")


def every_leader(person: Person) -> QuerySet[Profile]:
    """现任和历任: of each leader the version that is, or was last, public."""
    found = Profile.objects.filter(
        agency=person.agency_id, version__kind=ItemKind.LEADER, version__stage=Version.Stage.PUBLISHED
    )
    return found.select_related("version__item").order_by("position", "in_office_from", "pk")


def over(today: date) -> list[Profile]:
    """Those still shown whose last day has passed, of every agency."""
    found = list(
        Profile.objects.filter(
            version__kind=ItemKind.LEADER, version__stage=Version.Stage.PUBLISHED, version__item__live=True
        ).select_related("version__item")
    )
    registered = since_review(found)
    return [each for each in found if (last := registered[each.pk].last_day) and last < today]


def names(agency: Agency) -> tuple[str, ...]:
    """规范名称 for the wording check: name and post together; a name alone is too short to compare."""
    return tuple(
        written
        for profile in shown(agency)
        for post in _posts(profile.post)
        for written in (f"{profile.name}{post}", f"{post}{profile.name}")
    )


def _posts(post: str) -> list[str]:
    for separator in _SEPARATORS:
        post = post.replace(separator, "\n")
    return [each for each in post.split("\n") if each]

"""公开的东西. What is published, by its address, with what tells one state of it from the next."""

from collections.abc import Iterator

from django.urls import NoReverseMatch, reverse

from gongkai.portal.addresses import address
from gongkai.portal.models import (
    DocumentChange,
    Interpreted,
    PublicState,
    PublishedAct,
    PublishedColumn,
    PublishedDocument,
    PublishedFile,
    PublishedItem,
    PublishedList,
    PublishedPage,
    PublishedReport,
    Site,
)

_URLCONF = "gongkai.config.urls_portal"
Things = dict[str, str]


def stamp() -> int | None:
    """How often the public side has changed; None before anything was released."""
    return PublicState.objects.filter(pk=1).values_list("stamp", flat=True).first()


def things() -> Things:
    """Address → state of everything that has an address of its own."""
    return dict(_things())


def frame() -> str:
    """What stands on every page: the site and its columns. A change of it changes all."""
    return repr([*_versions(Site), *_versions(PublishedColumn)])


def beginnings() -> Iterator[str]:
    """Every address that takes no argument."""
    from gongkai.config.urls_portal import urlpatterns

    for pattern in urlpatterns:
        try:
            yield reverse(str(pattern.name), urlconf=_URLCONF)
        except NoReverseMatch:
            continue


def _things() -> Iterator[tuple[str, str]]:
    for key, *state in PublishedItem.objects.values_list("key", "version", "changed_at").iterator():
        yield address("item", key), repr(state)
    for key, *state in PublishedAct.objects.values_list("key", "version", "changed_at").iterator():
        yield address("act", key), repr(state)
    for model in (PublishedPage, PublishedList, PublishedReport, PublishedColumn):
        for thing in model._default_manager.all().iterator():  # few, and their addresses are their own affair
            yield thing.get_absolute_url(), repr((thing.version, thing.changed_at))
    for key, item, *state in PublishedDocument.objects.values_list("key", "item", "version", "changed_at"):
        yield f"{address('item', item)}#{key}" if item else f"{address('normative')}#{key}", repr(state)
    for sha256 in PublishedFile.objects.values_list("sha256", flat=True).distinct().iterator():
        yield address("file", sha256), ""
    beside = [
        *Interpreted.objects.order_by("pk").values_list(),
        *DocumentChange.objects.order_by("pk").values_list(),
    ]
    yield f"{address('normative')}#beside", repr(beside)


def _versions(model: type[Site] | type[PublishedColumn]) -> Iterator[tuple[int, str]]:
    for pk, version, changed_at in model._default_manager.order_by("pk").values_list(
        "pk", "version", "changed_at"
    ):
        yield pk, f"{version} {changed_at.isoformat()}"

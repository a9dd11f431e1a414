"""链接检查的结果, as the gate and the screen ask for it."""

from dataclasses import dataclass

from django.conf import settings

from gongkai.duties.catalogue.links.found import LONGEST, is_outside, links_of, own_item
from gongkai.duties.catalogue.links.models import LinkCheck
from gongkai.duties.catalogue.models import InformationItem, Version
from gongkai.gateways.links import State


@dataclass(frozen=True, slots=True)
class Dead:
    """一个打不开的链接, and why."""

    address: str
    why: str


def outside_links(version: Version) -> tuple[str, ...]:
    return tuple(
        link
        for link in links_of(version.body)
        if len(link) <= LONGEST and is_outside(link, own=settings.PORTAL_HOST)
    )


def waiting(version: Version) -> int:
    """How many links of the text nobody has looked at yet."""
    if not settings.LINK_CHECKS:
        return 0
    links = outside_links(version)
    seen = LinkCheck.objects.filter(agency=version.agency, address__in=links).exclude(state="").count()
    return len(links) - seen


def dead(version: Version) -> list[Dead]:
    """打不开的链接 of the text: on other sites by the last look, on our own by what is public now."""
    return [*_dead_outside(version), *_dead_inside(version)]


def _dead_outside(version: Version) -> list[Dead]:
    if not settings.LINK_CHECKS:
        return []
    links = outside_links(version)
    checks = LinkCheck.objects.filter(agency=version.agency, address__in=links)
    found = {check.address: check for check in checks.filter(state__in=(State.BROKEN, State.REFUSED))}
    return [Dead(link, found[link].why) for link in links if link in found]


def _dead_inside(version: Version) -> list[Dead]:
    keys = {key: link for link in links_of(version.body) if (key := own_item(link, own=settings.PORTAL_HOST))}
    live = set(
        InformationItem.objects.filter(public_id__in=keys, live=True).values_list("public_id", flat=True)
    )
    return [Dead(link, "本站没有公开这条信息") for key, link in keys.items() if key not in live]

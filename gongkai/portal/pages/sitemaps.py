"""sitemap.xml. Every address that can be read, with the time it last changed; an index of parts when there are many.

A part is a range of numbers of one kind, so that no part is read through to find the next.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from django.db.models import Exists, Max, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.timezone import localtime

from gongkai.portal import queries
from gongkai.portal.addresses import address
from gongkai.portal.models import (
    PublishedAct,
    PublishedColumn,
    PublishedItem,
    PublishedList,
    PublishedPage,
    PublishedReport,
)
from gongkai.portal.pages.unchanged import told_when_unchanged

MOST_ADDRESSES = 50_000  # in one file, by the sitemap protocol
PART = 40_000  # numbers in a part, so at most as many addresses
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
Place = tuple[str, datetime]


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of thing, and how a row of it tells its address and when it changed."""

    things: Callable[[], QuerySet[Any]]
    place: Callable[[Any], Place]


def _of_item(row: tuple[str, datetime]) -> Place:
    return address("item", row[0]), row[1]


def _of_act(row: tuple[str, datetime]) -> Place:
    return address("act", row[0]), row[1]


def _of_thing(thing: PublishedColumn | PublishedPage | PublishedReport | PublishedList) -> Place:
    return thing.get_absolute_url(), thing.changed_at


def _pages() -> QuerySet[PublishedPage]:
    """Without those read at the address of their column."""
    at_their_column = PublishedColumn.Layout.PAGE
    return (
        PublishedPage.objects.exclude(column__layout=at_their_column).select_related("column").defer("html")
    )


def _lists() -> QuerySet[PublishedList]:
    """Earlier editions; the one in force is read at the address of its column."""
    later = PublishedList.objects.filter(kind=OuterRef("kind"), edition__gt=OuterRef("edition"))
    return PublishedList.objects.filter(Exists(later)).defer("rows")


KINDS = {
    "columns": _Kind(PublishedColumn.objects.order_by, _of_thing),
    "pages": _Kind(_pages, _of_thing),
    "reports": _Kind(lambda: PublishedReport.objects.defer("html", "figures"), _of_thing),
    "lists": _Kind(_lists, _of_thing),
    "items": _Kind(lambda: PublishedItem.objects.values_list("key", "changed_at"), _of_item),
    "acts": _Kind(lambda: PublishedAct.objects.values_list("key", "changed_at"), _of_act),
}
_FIXED = ("home", "disclosure", "duties", "leaders", "normative", "site_map", "data")


@told_when_unchanged
def sitemap(request: HttpRequest) -> HttpResponseBase:
    """站点地图 for search engines."""
    if sum(kind.things().count() for kind in KINDS.values()) + len(_FIXED) > MOST_ADDRESSES:
        return _index(request)
    places = [*_fixed()]
    for name in KINDS:
        places += _places(name)
    return _urlset(request, places)


@told_when_unchanged
def part(request: HttpRequest, kind: str, number: int) -> HttpResponseBase:
    """一部分: the things of one kind whose numbers lie in one range."""
    if kind == "fixed" and number == 0:
        return _urlset(request, _fixed())
    places = list(_places(kind, number)) if kind in KINDS else []
    if not places:
        raise Http404
    return _urlset(request, places)


def _fixed() -> list[Place]:
    _, changed_at = queries.state()
    changed_at = changed_at or queries.site().changed_at
    return [(address(name), changed_at) for name in _FIXED]


def _places(kind: str, number: int | None = None) -> Iterator[Place]:
    things = KINDS[kind].things().order_by("pk")
    if number is not None:
        things = things.filter(pk__gte=number * PART, pk__lt=(number + 1) * PART)
    return (KINDS[kind].place(row) for row in things)


def _index(request: HttpRequest) -> HttpResponse:
    """How old a part is, is not kept: each says when anything public last changed, never less than is true."""
    _, changed_at = queries.state()
    time = _time(changed_at or queries.site().changed_at)
    parts = [("fixed", 0), *((kind, number) for kind in KINDS for number in _numbers(kind))]
    lines = (
        f"<sitemap><loc>{_full(request, address('sitemap_part', *each))}</loc><lastmod>{time}</lastmod></sitemap>"
        for each in parts
    )
    return _xml("sitemapindex", lines)


def _numbers(kind: str) -> Iterator[int]:
    """The parts that hold anything."""
    things = KINDS[kind].things()
    last = things.aggregate(last=Max("pk"))["last"]
    for number in range(0 if last is None else last // PART + 1):
        if things.filter(pk__gte=number * PART, pk__lt=(number + 1) * PART).exists():
            yield number


def _urlset(request: HttpRequest, places: list[Place]) -> HttpResponse:
    lines = (
        f"<url><loc>{_full(request, path)}</loc><lastmod>{_time(changed_at)}</lastmod></url>"
        for path, changed_at in places
    )
    return _xml("urlset", lines)


def _xml(root: str, lines: Iterator[str]) -> HttpResponse:
    text = "\n".join(
        ('<?xml version="1.0" encoding="UTF-8"?>', f'<{root} xmlns="{_SPACE}">', *lines, f"</{root}>\n")
    )
    return HttpResponse(text, content_type="application/xml")


def _full(request: HttpRequest, path: str) -> str:
    return escape(request.build_absolute_uri(path))


def _time(moment: datetime) -> str:
    return localtime(moment).isoformat(timespec="seconds")

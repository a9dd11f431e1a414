"""订阅. Atom feeds (RFC 4287) of the site and of each column: the newest 50 of what is published, newest first."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from django.db.models import Model, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.timezone import localtime

from gongkai.portal import queries
from gongkai.portal.addresses import address
from gongkai.portal.models import (
    PublishedColumn,
    PublishedFile,
    PublishedItem,
    PublishedPage,
    PublishedReport,
)
from gongkai.portal.pages import errors
from gongkai.portal.pages.unchanged import told_when_unchanged
from gongkai.portal.payloads import report_key

MOST_ENTRIES = 50
MEDIA_TYPE = "application/atom+xml; charset=utf-8"
Thing = PublishedItem | PublishedPage | PublishedReport
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Enclosure:
    """附件."""

    name: str
    media_type: str
    size: int
    url: str


@dataclass(frozen=True, slots=True)
class Entry:
    """一条. Its id never changes, whatever becomes of its title or its address."""

    id: str
    title: str
    url: str
    published: str
    updated: str
    source: str
    summary: str
    sort: str
    enclosures: tuple[Enclosure, ...]


@told_when_unchanged
def site_feed(request: HttpRequest) -> HttpResponseBase:
    """全站订阅."""
    site = queries.site()
    things = queries.latest(count=MOST_ENTRIES)
    return _feed(
        request,
        things,
        id=lasting_id("site", site.agency),
        title=site.name,
        page=address("home"),
        since=site.released_at,
    )


@told_when_unchanged
def column_feed(request: HttpRequest, slug: str) -> HttpResponseBase:
    """栏目订阅."""
    column = PublishedColumn.objects.filter(slug=slug).first()
    if column is None:
        notice = queries.notice_about_column(slug)
        if notice is None:
            raise Http404
        return errors.withdrawn(request, notice)
    site = queries.site()
    return _feed(
        request,
        queries.latest_in(column, count=MOST_ENTRIES),
        id=lasting_id("column", f"{site.agency}:{column.slug}"),
        title=f"{column.name} - {site.name}",
        page=column.get_absolute_url(),
        since=column.released_at,
    )


def lasting_id(kind: str, key: str) -> str:
    """永久标识, made of what never changes: not of the address, which a new domain would change.

    >>> lasting_id("item", "0123456789abcdef0123")
    'urn:uuid:b671a4f9-3c56-56a7-b17e-f8ab07c6fcb8'
    """
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'gongkai:{kind}:{key}')}"


def _feed(
    request: HttpRequest, things: Iterable[Thing], *, id: str, title: str, page: str, since: datetime
) -> HttpResponse:
    things = list(things)
    _with_files(things)
    return render(
        request,
        "portal/feed.xml",
        {
            "id": id,
            "title": title,
            "page": request.build_absolute_uri(page),
            "self": request.build_absolute_uri(request.path),
            "updated": _time(max([since, *(thing.changed_at for thing in things)])),
            "entries": [_entry(request, thing) for thing in things],
        },
        content_type=MEDIA_TYPE,
    )


def _with_files(things: Iterable[Thing]) -> None:
    """One query a kind."""
    kinds: dict[type[Model], list[Thing]] = defaultdict(list)
    for thing in things:
        kinds[type(thing)].append(thing)
    for kind in kinds.values():
        prefetch_related_objects(kind, "files")


def _entry(request: HttpRequest, thing: Thing) -> Entry:
    id, source, summary, sort = _said(thing)
    return Entry(
        id=id,
        title=_plain(thing.title),
        url=request.build_absolute_uri(thing.get_absolute_url()),
        published=_time(thing.released_at),
        updated=_time(thing.changed_at),
        source=_plain(source),
        summary=_plain(summary),
        sort=_plain(sort),
        enclosures=tuple(_enclosure(request, file) for file in thing.files.all()),
    )


def _said(thing: Thing) -> tuple[str, str, str, str]:
    """Its lasting id, who published it, what it is about, of what sort it is."""
    if isinstance(thing, PublishedItem):
        return lasting_id("item", thing.key), thing.issued_by, thing.description, thing.kind
    if isinstance(thing, PublishedPage):
        agency = queries.site().agency
        return lasting_id("page", f"{agency}:{thing.slug}"), thing.source, thing.description, ""
    key = report_key(thing.agency, year=thing.year, edition=thing.edition)
    return lasting_id("report", key), thing.agency_name, thing.correction_note, "年度报告"


def _enclosure(request: HttpRequest, file: PublishedFile) -> Enclosure:
    return Enclosure(
        _plain(file.name), file.media_type, file.size, request.build_absolute_uri(file.get_absolute_url())
    )


def _plain(text: str) -> str:
    """Without the few characters that no XML may hold."""
    return _NOT_IN_XML.sub("", text)


def _time(moment: datetime) -> str:
    """RFC 3339, Beijing time."""
    return localtime(moment).isoformat(timespec="seconds")

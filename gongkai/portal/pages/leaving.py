"""离开本网站的提示. Says where a link leads before the reader follows it; nothing leads on by itself."""

from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.portal import queries
from gongkai.portal.leaving import target
from gongkai.portal.links import without_withdrawn
from gongkai.portal.models import PublishedItem, PublishedPage

_KINDS = {"item": queries.item, "page": queries.page}


def prompt(request: HttpRequest, kind: str, key: str, number: int) -> HttpResponse:
    """The link of this number in what is published under this key; 404 once it is not there any more."""
    thing: PublishedItem | PublishedPage | None = _KINDS[kind](key)
    href = target(without_withdrawn(thing.html), number=number, own=request.get_host()) if thing else ""
    if thing is None or not href:
        raise Http404
    return render(
        request,
        "portal/leaving.html",
        {"thing": thing, "target": href, "host": urlsplit(href).hostname or href},
    )

"""旧网址. Where the pages and files of the site before this one stand now: a redirect, and the links between them.

An address is looked up among what is public and nowhere else, so that one of an item not published, withdrawn or never
there is answered alike (PUB-08). A link to one that is not public now is shown as its words alone.
"""

import re
from collections.abc import Iterator, Mapping
from html import escape
from urllib.parse import unquote, urlsplit

from django.urls import Resolver404, resolve
from lxml import html

from gongkai.portal.models import LONGEST_OLD_PATH, PublishedFile, PublishedItem

_MAYBE = re.compile(r"""<a\b[^>]*href=["']?/""", re.IGNORECASE)
_KEPT: tuple[tuple[type[PublishedItem | PublishedFile], str], ...] = (
    (PublishedItem, "key"),
    (PublishedFile, "sha256"),
)
MOST_LINKS = 500  # of one text looked up; those after it are words


def old_path(address: str) -> str:
    """路径 of an address of the old site, with what it was asked with, read as people read it; "" when there is none.

    >>> old_path("https://old.example.gov.cn/art/2021/6/1/art_1.html"), old_path("http://a.gov.cn/show.asp?id=3#top")
    ('/art/2021/6/1/art_1.html', '/show.asp?id=3')
    >>> old_path("/%E5%85%AC%E5%91%8A/1.html"), old_path("https://old.example.gov.cn/"), old_path("")
    ('/公告/1.html', '', '')
    """
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    path = unquote(parts.path) + (f"?{unquote(parts.query)}" if parts.query else "")
    usable = path.startswith("/") and path != "/" and path.isprintable() and "\ufffd" not in path
    return path if usable and len(path) <= LONGEST_OLD_PATH and not _is_ours(parts.path) else ""


def moved_to(address: str) -> str:
    """现在的网址 of what stood at this address of the old site and is public, "" otherwise. A look at two indexes."""
    path = old_path(address)
    return _places({path}).get(path, "") if path else ""


def with_links_moved(text: str) -> str:
    """The text with its links to the old site leading to where those pages stand now."""
    if not _MAYBE.search(text):
        return text
    body = html.fragment_fromstring(text, create_parent="div")
    links = [(link, path) for link in list(body.iter("a")) if (path := _leads_to_the_old_site(link))]
    if not links:
        return text
    places = _places({path for _, path in links[:MOST_LINKS]})
    for link, path in links:
        if path in places:
            link.set("href", places[path])
        else:
            link.drop_tag()
    before = escape(body.text or "", quote=False)
    return before + "".join(html.tostring(child, encoding="unicode") for child in body)


def everything() -> Iterator[tuple[str, str]]:
    """全部旧网址 and where each stands now, for the web server that answers at the old site's name."""
    told: set[str] = set()  # a map of nginx names each address once
    for model, name in _KEPT:
        found = model.objects.exclude(old_path="").order_by("old_path", "-id")
        for thing in found.only("old_path", name).iterator(chunk_size=2000):
            if thing.old_path not in told:
                told.add(thing.old_path)
                yield thing.old_path, thing.get_absolute_url()


def _places(paths: set[str]) -> Mapping[str, str]:
    """Pages before files; of several at one address the newest."""
    places: dict[str, str] = {}
    for model, name in _KEPT:
        if left := paths - places.keys():
            # The condition says again what the index is made for: without it no plan can use the index.
            found = model.objects.exclude(old_path="").filter(old_path__in=left).order_by("id")
            places |= {thing.old_path: thing.get_absolute_url() for thing in found.only("old_path", name)}
    return places


def _leads_to_the_old_site(link: html.HtmlElement) -> str:
    href = str(link.get("href") or "")
    return old_path(href) if href.startswith("/") and not href.startswith("//") else ""


def _is_ours(path: str) -> bool:
    try:
        resolve(path, urlconf="gongkai.config.urls_portal")
    except (Resolver404, ValueError):
        return path.startswith("/static/")
    return True

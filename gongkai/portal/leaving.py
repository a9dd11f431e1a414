"""离开本网站. Links from published text to sites that are not the government's lead over a page that says so.

The page takes its target from the published text itself, by number: no address can be handed to it from outside, and
the links of a withdrawn thing go with it (no open redirect).
"""

import re
from collections.abc import Iterator
from html import escape
from urllib.parse import SplitResult, urlsplit

from lxml import html

from gongkai.portal.addresses import address

_GOVERNMENT = (".gov.cn", ".政务", ".xn--zfr164b")
_HOST = re.compile(r"[\w.-]+")
_MAYBE = re.compile(r"<a\b[^>]*href", re.IGNORECASE)


def with_prompts(text: str, *, kind: str, key: str, own: str) -> str:
    """The text with each link that leaves pointing to its prompt. ``own``: the host this site is read at."""
    if not _MAYBE.search(text):
        return text
    body = html.fragment_fromstring(text, create_parent="div")
    leaving = list(_leaving(body, own))
    if not leaving:
        return text
    for number, link in enumerate(leaving, start=1):
        link.set("href", address("leaving", kind, key, number))
        link.set("class", f"{link.get('class', '')} leaves".strip())
        link.set("rel", "nofollow")
    before = escape(body.text or "", quote=False)
    return before + "".join(html.tostring(child, encoding="unicode") for child in body)


def target(text: str, *, number: int, own: str) -> str:
    """Where the prompt of this number leads, "" when the text has no such link."""
    if not _MAYBE.search(text):
        return ""
    links = _leaving(html.fragment_fromstring(text, create_parent="div"), own)
    return next((link.get("href") for place, link in enumerate(links, start=1) if place == number), "")


def leaves(href: str, *, own: str) -> bool:
    """Whether this is an address outside: not of this site, and not of a government body.

    >>> leaves("https://www.example.com/", own="gfdy.example.gov.cn")
    True
    >>> leaves("https://www.gov.cn@example.com/", own=""), leaves(r"https://example.com\\.gov.cn/", own="")
    (True, True)
    >>> leaves("/items/1/", own=""), leaves("https://www.example.gov.cn/", own=""), leaves("mailto:a@b.cn", own="")
    (False, False, False)
    """
    parts = _parts(href)
    if parts is None:
        return True
    if not parts.netloc:
        return False
    host = (parts.hostname or "").rstrip(".")
    if not _HOST.fullmatch(host):
        return True  # what browsers and we might read differently
    return host != own.partition(":")[0].lower() and not f".{host}".endswith(_GOVERNMENT)


def _parts(href: str) -> SplitResult | None:
    try:
        parts = urlsplit(href.strip())
        _ = parts.hostname
    except ValueError:
        return None
    return parts


def _leaving(body: html.HtmlElement, own: str) -> Iterator[html.HtmlElement]:
    return (link for link in body.iter("a") if link.get("href") and leaves(link.get("href"), own=own))

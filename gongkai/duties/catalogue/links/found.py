"""正文里的网址, in their order; and our own pages among them."""

import re
from urllib.parse import urlsplit

from lxml import html

LONGEST = 500
_OWN_ITEM = re.compile(r"/items/(\w{20})/")


def links_of(body: str) -> tuple[str, ...]:
    """Every address a reader could follow, once."""
    if "<a" not in body:
        return ()
    tree = html.fragment_fromstring(body, create_parent="div")
    return tuple(dict.fromkeys(str(link).strip() for link in tree.xpath(".//a/@href")))


def is_outside(address: str, *, own: str) -> bool:
    """An address on another site; ``own`` is the host of our portal."""
    parts = urlsplit(address)
    return parts.scheme.lower() in ("http", "https") and parts.netloc.lower() != own.lower()


def own_item(address: str, *, own: str) -> str:
    """The key of our own item that the address leads to, "" when it leads elsewhere."""
    parts = urlsplit(address)
    if parts.netloc and parts.netloc.lower() != own.lower():
        return ""
    found = _OWN_ITEM.fullmatch(parts.path)
    return found.group(1) if found else ""

"""指向信息的链接. Texts name items by link: a topic lists them, a notice refers to a document. What is withdrawn is named no more.

The text itself stays as it was reviewed and released; what is shown and what is found leave out the links, with their words,
to items that have been withdrawn (PUB-06). Released again, they are back.
"""

import re
from html import escape

from lxml import html

from gongkai.portal.models import LinkToItem, PublishedItem, PublishedPage, Withdrawn
from gongkai.portal.old_addresses import with_links_moved

_LINK = re.compile(r"/items/([0-9a-f]{20})/")
GONE = "〔信息已撤回〕"


def keep_links(thing: PublishedItem | PublishedPage) -> None:
    """Note which items a released text links to, so that a withdrawal finds the texts that name it."""
    thing.links.all().delete()
    owner = {"page": thing} if isinstance(thing, PublishedPage) else {"item": thing}
    LinkToItem.objects.bulk_create(LinkToItem(key=key, **owner) for key in sorted(_keys(thing.html)))


def linking_to(key: str) -> list[PublishedItem | PublishedPage]:
    """已发布的、正文里链接到这条信息的内容."""
    links = LinkToItem.objects.filter(key=key).select_related("page__column", "item__main_column")
    return [thing for link in links if (thing := link.page or link.item)]


def without_withdrawn(text: str) -> str:
    """The text as it may be read now: links of the old site lead to where it stands; an entry of a list goes whole, a link inside a sentence says that it is gone."""
    text = with_links_moved(text)
    keys = _keys(text)
    if not keys:
        return text
    stones = Withdrawn.objects.filter(kind=Withdrawn.Kind.ITEM, key__in=keys)
    gone = set(stones.values_list("key", flat=True))
    return _without(text, gone) if gone else text


def _without(text: str, gone: set[str]) -> str:
    body = html.fragment_fromstring(text, create_parent="div")
    for link in list(body.iter("a")):
        if not _keys(link.get("href", "")) & gone:
            continue
        entry = link.getparent()
        if entry.tag == "li" and entry.text_content().strip() == link.text_content().strip():
            _drop_entry(entry)
        else:
            tail = link.tail
            link.clear()
            link.tag, link.text, link.tail = "span", GONE, tail
    before = escape(body.text or "", quote=False)
    return before + "".join(html.tostring(child, encoding="unicode") for child in body)


def _drop_entry(entry: html.HtmlElement) -> None:
    """An entry, and its list when that was the last."""
    whole = entry.getparent()
    entry.drop_tree()
    if whole is not None and whole.tag in ("ul", "ol") and not len(whole):
        whole.drop_tree()


def _keys(text: str) -> set[str]:
    return set(_LINK.findall(text))

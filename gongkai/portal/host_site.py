"""宿主网站. Header and footer of the site this portal stands in, given by the operator as files, between which our pages stand.

国办公开办函〔2019〕61号: the disclosure column stands inside the existing site and is no site of its own. The files are the
operator's, but what has no place under our content policy (scripts, inline styles, frames, pictures from elsewhere) would not
work in a browser anyway; it is taken out, and a check names it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import nh3
from django.conf import settings
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe
from lxml import html

HEADER, FOOTER, STYLES = "header.html", "footer.html", "host.css"
PREFIX = "host"  # their files stand under /static/host/
_TAGS = {
    *(
        "header",
        "footer",
        "nav",
        "section",
        "div",
        "p",
        "span",
        "a",
        "img",
        "br",
        "hr",
        "strong",
        "em",
        "b",
        "i",
    ),
    *("ul", "ol", "li", "dl", "dt", "dd", "h2", "h3", "table", "tbody", "tr", "th", "td", "small"),
    *("form", "label", "input", "button"),
}
_ATTRIBUTES = {
    "*": {"class", "id", "title", "lang", "role", "hidden"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "form": {"action", "method", "role"},
    "label": {"for"},
    "input": {"type", "name", "value", "placeholder", "maxlength", "size"},
    "button": {"type", "name", "value"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
}
_OURS = {"main", "search-words", "tree-title"}  # ids our own pages need
_INPUTS = {"text", "search", "hidden", "submit"}


@dataclass(frozen=True, slots=True)
class HostSite:
    """宿主网站的页头和页脚, ready to be shown; ``styles`` is the address of their style sheet, "" without one."""

    header: SafeString
    footer: SafeString
    styles: str


def host_site() -> HostSite | None:
    """What the operator gave, read once; None when this portal has header and footer of its own."""
    folder = settings.HOST_SITE_FOLDER
    return _read(folder) if folder else None


def missing(folder: Path) -> list[str]:
    """Files without which the mode does not work."""
    return [name for name in (HEADER, FOOTER) if not (folder / name).is_file()]


def taken_out(folder: Path) -> list[str]:
    """What stands in the files and is not shown, for the operator to put right."""
    found: dict[str, None] = {}
    for name in (HEADER, FOOTER):
        if (folder / name).is_file():
            found |= dict.fromkeys(f"{name}：{each}" for each in _refused((folder / name).read_text("utf-8")))
    return list(found)


@lru_cache(maxsize=2)
def _read(folder: Path) -> HostSite | None:
    """Without one of the files the portal's own header and footer stay; the check says why."""
    if missing(folder):
        return None
    header, footer = (_shown((folder / name).read_text("utf-8")) for name in (HEADER, FOOTER))
    styles = static(f"{PREFIX}/{STYLES}") if (folder / STYLES).is_file() else ""
    return HostSite(header, footer, styles)


def _shown(text: str) -> SafeString:
    cleaned = nh3.clean(
        text,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_kept,
        generic_attribute_prefixes={"aria-"},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )
    return mark_safe(cleaned)  # noqa: S308 - just cleaned


def _kept(tag: str, attribute: str, value: str) -> str | None:
    value = value.strip()
    if attribute == "src":
        return _own_picture(value)
    if attribute == "id" and value in _OURS:
        return None
    if attribute == "action" and not _on_this_host(value):
        return None  # the content policy lets a form go nowhere else
    if (tag, attribute) == ("form", "method") and value.lower() != "get":
        return None
    if (tag, attribute) == ("input", "type") and value.lower() not in _INPUTS:
        return None
    return value


def _own_picture(value: str) -> str | None:
    """From this host: by its whole path, or a file beside header.html by its name."""
    if _on_this_host(value):
        return value
    is_name = value and not value.startswith(("/", "\\")) and ":" not in value and ".." not in value
    return f"{settings.STATIC_URL}{PREFIX}/{value}" if is_name else None


def _on_this_host(value: str) -> bool:
    return value.startswith("/") and not value.startswith("//") and "\\" not in value


def _refused(text: str) -> Iterator[str]:
    for element in html.fragment_fromstring(text, create_parent="div").iter():
        if not isinstance(element.tag, str):
            continue  # a comment
        if element.tag not in _TAGS:
            yield f"<{element.tag}>"
            continue
        allowed = _ATTRIBUTES["*"] | _ATTRIBUTES.get(element.tag, set())
        for name, value in element.attrib.items():
            known = name in allowed or str(name).startswith("aria-")
            if not known or _kept(element.tag, str(name), str(value)) is None:
                yield f"<{element.tag} {name}>"

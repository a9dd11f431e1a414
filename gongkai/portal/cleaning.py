"""清理正文. What may stand in the body of a public page: an allow-list, applied to whatever the desk sends (INP-02)."""

from html import escape
from typing import Any

import nh3
from django.core.exceptions import ValidationError
from lxml import html

_TAGS = {
    *(
        "article",
        "section",
        "h1",
        "h2",
        "h3",
        "h4",
        "p",
        "br",
        "hr",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "div",
    ),
    *("strong", "em", "b", "i", "sub", "sup", "span", "a", "img", "figure", "figcaption", "time"),
    *("table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td"),
}
_CELL = {"colspan", "rowspan", "scope", "headers", "abbr"}
_ATTRIBUTES = {
    "*": {"id", "class", "lang"},
    "a": {"href", "title"},
    "article": {"aria-labelledby"},
    "div": {"role", "tabindex", "aria-label"},
    "img": {"src", "alt", "width", "height"},
    "col": {"span"},
    "colgroup": {"span"},
    "th": _CELL,
    "td": _CELL | {"data-place", "data-state"},
    "time": {"datetime"},
    "ol": {"start"},
}


def clean(text: str) -> str:
    """Allowed tags and attributes only: no script, no style, no form, no picture from another site."""
    cleaned = nh3.clean(
        text,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_keep,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )
    return _tables_that_scroll(cleaned)


def _keep(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "src" and not value.startswith("/files/"):
        return None  # no request to a third party
    if attribute == "tabindex" and value != "0":
        return None  # the order of the keyboard stays the order of the page
    return value


def _tables_that_scroll(text: str) -> str:
    """A wide table scrolls in its own frame, reachable by keyboard, so that a phone's page does not move sideways."""
    if "<table" not in text:
        return text
    body = html.fragment_fromstring(text, create_parent="div")
    for number, table in enumerate(_without_a_frame(body), start=1):
        caption = " ".join((table.findtext("caption") or "").split())
        frame = html.Element("div")
        frame.set("class", "table-frame")
        frame.set("role", "region")
        frame.set("tabindex", "0")
        frame.set("aria-label", f"表格{number}：{caption}" if caption else f"表格{number}")
        table.addprevious(frame)
        frame.tail, table.tail = table.tail, None
        frame.append(table)
    text_before = escape(body.text or "", quote=False)
    return text_before + "".join(html.tostring(child, encoding="unicode") for child in body)


def _without_a_frame(body: html.HtmlElement) -> list[html.HtmlElement]:
    return [
        table for table in body.iter("table") if not table.xpath("ancestor::table | ancestor::*[@tabindex]")
    ]


def refuse_control_characters(values: dict[str, Any]) -> None:
    """Every text that is kept as it is: no control characters."""
    for name, value in values.items():
        if isinstance(value, str) and any(ord(c) < 32 and c not in "\t\r\n" for c in value):
            raise ValidationError({name: "含有控制字符，不能保存。"})

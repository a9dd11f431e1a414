"""INP-02: whatever tree of tags is given, what is kept is on the list, runs nothing, and runs nothing when it is read again."""

import random
import re

from lxml import html

from gongkai.portal.cleaning import clean

TREES = 20_000
_TAGS = [
    "p",
    "div",
    "span",
    "a",
    "b",
    "i",
    "em",
    "strong",
    "h1",
    "h2",
    "h3",
    "ul",
    "ol",
    "li",
    "table",
    "thead",
    "tbody",
    "tr",
    "td",
    "th",
    "caption",
    "img",
    "br",
    "hr",
    "blockquote",
    "pre",
    "code",
    "sup",
    "sub",
    "script",
    "style",
    "iframe",
    "object",
    "embed",
    "form",
    "input",
    "button",
    "textarea",
    "select",
    "svg",
    "math",
    "animate",
    "foreignObject",
    "mtext",
    "mglyph",
    "annotation-xml",
    "template",
    "noscript",
    "noembed",
    "xmp",
    "plaintext",
    "title",
    "base",
    "link",
    "meta",
    "video",
    "audio",
    "source",
    "details",
    "summary",
    "marquee",
    "body",
    "html",
    "frameset",
]
_ATTRIBUTES = [
    "href",
    "src",
    "alt",
    "title",
    "class",
    "id",
    "style",
    "onclick",
    "onerror",
    "onload",
    "onfocus",
    "srcdoc",
    "action",
    "formaction",
    "data",
    "xlink:href",
    "background",
    "poster",
    "ping",
    "target",
    "rel",
    "colspan",
    "rowspan",
    "scope",
    "headers",
    "datetime",
    "xmlns",
    "lang",
    "dir",
]
_VALUES = (
    "javascript:alert(1)",
    "java\tscript:alert(1)",
    "&#106;avascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "https://www.example.gov.cn/a",
    "//evil.example/x",
    "/items/1/",
    'x" onerror="alert(1)',
    "</p><script>alert(1)</script>",
    "图片",
    "2",
    "url(javascript:alert(1))",
)
_TEXTS = (
    "公告",
    "<!--",
    "-->",
    "]]>",
    "<![CDATA[",
    "&lt;script&gt;",
    "</style>",
    "\x00",
    "<",
    "\u202e",
    "𠮷",
)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_SCHEMES = ("http:", "https:", "mailto:", "tel:")


def a_tree(dice: random.Random, depth: int = 0) -> str:
    """Well formed or not: a tag in three is not closed, one in ten is closed twice."""
    if depth > 4 or dice.random() < 0.3:
        return dice.choice(_TEXTS)
    tag = dice.choice(_TAGS)
    chosen = dice.sample(_ATTRIBUTES, dice.randrange(3))
    attributes = "".join(f' {name}="{dice.choice(_VALUES)}"' for name in chosen)
    inside = "".join(a_tree(dice, depth + 1) for _ in range(dice.randrange(4)))
    closed = ("", f"</{tag}>", f"</{tag}>", f"</{tag}></{tag}>")[dice.randrange(4)]
    return f"<{tag}{attributes}>{inside}{closed}"


def faults(kept: str) -> list[str]:
    found = []
    for element in html.fragment_fromstring(kept, create_parent="div").iter():
        if not isinstance(element.tag, str):
            found.append(repr(element))
            continue
        if element.tag in (
            "script",
            "style",
            "iframe",
            "object",
            "embed",
            "form",
            "input",
            "svg",
            "math",
            "base",
            "meta",
            "link",
        ):
            found.append(element.tag)
        for name, value in element.attrib.items():
            leads = name in ("href", "src", "action", "data")
            if name.startswith("on") or name in ("style", "srcdoc", "formaction", "background"):
                found.append(f"{element.tag} {name}")
            elif (
                leads
                and (named := _SCHEME.match("".join(value.split())))
                and named[0].lower() not in _SCHEMES
            ):
                found.append(f"{element.tag} {name}={value}")
    return found


def test_inp_02_twenty_thousand_trees_leave_nothing_that_runs():
    dice, wrong = random.Random(20), {}
    for _ in range(TREES):
        tree = a_tree(dice)
        kept = clean(tree)
        # Read again by a parser of HTML 5, which may move what stands wrongly in a table, it still holds nothing.
        if found := faults(kept) or faults(clean(kept)):
            wrong[tree] = found

    assert dict(list(wrong.items())[:3]) == {}

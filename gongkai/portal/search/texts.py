"""原文. The words of a page of HTML, and a long text in stretches short enough to show a piece of."""

import re
from collections.abc import Iterator

from lxml import html as parser

_BESIDE = frozenset({"a", "abbr", "b", "em", "i", "img", "span", "strong", "sub", "sup", "time"})
_USUAL, _LONGEST = 600, 1000
_BLANK_LINE = re.compile(r"\n\s*\n")
_SENTENCE_ENDS = re.compile(r"[。；！？;!?]")


def of_html(html: str) -> str:
    """The words alone; a blank line parts blocks and cells, so that no word is found across two of them."""
    if not html.strip():
        return ""
    parts: list[str] = []
    for event, element in _walk(parser.fragment_fromstring(html, create_parent="div")):
        edge = "" if element.tag in _BESIDE else "\n" if element.tag == "br" else "\n\n"
        parts += [edge, element.text or ""] if event == "start" else [edge, element.tail or ""]
    return "\n\n".join(filter(None, (" ".join(part.split()) for part in _BLANK_LINE.split("".join(parts)))))


def _walk(root: parser.HtmlElement) -> Iterator[tuple[str, parser.HtmlElement]]:
    from lxml.etree import iterwalk

    for event, element in iterwalk(root, events=("start", "end")):
        if isinstance(element.tag, str):
            yield event, element


def stretches(text: str) -> Iterator[tuple[str, bool]]:
    """The text piece by piece, and whether a sentence ends with the piece."""
    waiting = ""
    for paragraph in _BLANK_LINE.split(text.strip()):
        for piece, whole in _cut(paragraph):
            if waiting and len(waiting) + len(piece) > _USUAL:
                yield waiting, True
                waiting = ""
            waiting = f"{waiting}\n\n{piece}" if waiting else piece
            if not whole:
                yield waiting, False
                waiting = ""
    if waiting:
        yield waiting, True


def _cut(paragraph: str) -> Iterator[tuple[str, bool]]:
    """A paragraph as it is, or cut at ends of sentences; where none comes, between two characters."""
    while len(paragraph) > _LONGEST:
        ends = [found.end() for found in _SENTENCE_ENDS.finditer(paragraph, 0, _LONGEST)]
        at = ends[-1] if ends else _between_characters(paragraph)
        yield paragraph[:at], bool(ends)
        paragraph = paragraph[at:]
    if paragraph:
        yield paragraph, True


def _between_characters(paragraph: str) -> int:
    """No word of letters or digits is cut, unless it is longer than a stretch."""
    for at in range(_LONGEST, _USUAL, -1):
        if paragraph[at - 1] >= "\u2e80":
            return at
    return _LONGEST

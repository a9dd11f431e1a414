"""摘录. The piece of the original around the words that were found, with the words marked. Escaping is Django's."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import F, Value
from django.db.models.functions import StrIndex

from gongkai.portal.search.folding import SIMPLIFIED
from gongkai.portal.search.models import SearchEntry, SearchText
from gongkai.portal.search.query import Query, Word

_BEFORE, _LENGTH = 30, 130
_LAST = 2**62
# What may stand between two characters of a word in the original: gaps, marks nobody sees, brackets, punctuation.
_BETWEEN = r"[^\w]{0,6}"


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Excerpt:
    """摘录. ``source`` names the attachment it was taken from, "" for the text of the thing itself."""

    title: tuple[Piece, ...]
    text: tuple[Piece, ...] = ()
    source: str = ""


def excerpts(found: Sequence[SearchEntry], query: Query) -> list[Excerpt]:
    """One for each entry, in three questions for all of them together."""
    pattern = _pattern(query.words)
    texts = _texts(found, query.words)
    return [_excerpt(entry, texts.get(entry.pk), pattern) for entry in found]


def _excerpt(entry: SearchEntry, text: SearchText | None, pattern: re.Pattern[str] | None) -> Excerpt:
    title = tuple(marked(entry.title, pattern))
    if text is None:
        return Excerpt(title)
    return Excerpt(title, tuple(marked(_around(" ".join(text.text.split()), pattern), pattern)), text.source)


def marked(text: str, pattern: re.Pattern[str] | None) -> Iterator[Piece]:
    """The text in pieces, the words marked."""
    at = 0
    for found in pattern.finditer(text) if pattern else ():
        if found.start() > at:
            yield Piece(text[at : found.start()], marked=False)
        yield Piece(found.group(), marked=True)
        at = found.end()
    if at < len(text):
        yield Piece(text[at:], marked=False)


def _around(text: str, pattern: re.Pattern[str] | None) -> str:
    found = pattern.search(text) if pattern else None
    begin = max(0, found.start() - _BEFORE) if found else 0
    end = begin + _LENGTH
    return f"{'…' if begin else ''}{text[begin:end]}{'…' if end < len(text) else ''}"


def _texts(found: Sequence[SearchEntry], words: Sequence[Word]) -> dict[int, SearchText]:
    """Of each entry the stretch where the first word stands that does not stand in the title, else its beginning."""
    places = _places([entry.pk for entry in found], words)
    stretches: dict[int, list[tuple[int, int]]] = {}
    rows = SearchText.objects.filter(entry__in=list(places)).order_by("entry", "start")
    for entry, start, number in rows.values_list("entry", "start", "pk"):
        stretches.setdefault(entry, []).append((start, number))
    chosen = {
        each[max(0, bisect_right(each, (places[entry], _LAST)) - 1)][1] for entry, each in stretches.items()
    }
    return {text.entry_id: text for text in SearchText.objects.filter(pk__in=chosen)}


def _places(numbers: Sequence[int], words: Sequence[Word]) -> dict[int, int]:
    """Where in the folded text of each entry the first word stands after the title."""
    each = {f"place{number}": StrIndex(F("folded"), Value(word.needle)) for number, word in enumerate(words)}
    title = StrIndex(F("folded"), Value("\n"))
    rows = SearchEntry.objects.filter(pk__in=numbers).annotate(title_ends=title, **each)
    return {
        number: min((place - 1 for place in places if place > title_ends), default=0)
        for number, title_ends, *places in rows.values_list("pk", "title_ends", *each)
    }


def _pattern(words: Iterable[Word]) -> re.Pattern[str] | None:
    """The words as they may be written in the original. Every part has a bounded length, so it cannot run away."""
    each = [
        written for word in sorted(words, key=lambda word: -len(word.folded)) if (written := _written(word))
    ]
    return re.compile("|".join(each), re.IGNORECASE) if each else None


_VARIANTS: dict[str, str] = {}
for _traditional, _simple in SIMPLIFIED.items():
    _VARIANTS[_simple] = _VARIANTS.get(_simple, _simple) + _traditional


def _written(word: Word) -> str:
    characters = [character for character in word.needle if character not in "| "]
    body = _BETWEEN.join(f"[{re.escape(_forms(character))}]" for character in characters)
    if word.needle.startswith("|"):
        body = rf"(?<![0-9A-Za-z]){body}"
    return rf"{body}(?![0-9A-Za-z])" if word.needle.endswith("|") else body


def _forms(character: str) -> str:
    """A character with its traditional forms, a letter or digit with its full-width one."""
    if "!" <= character <= "~":
        return character + chr(ord(character) + 0xFEE0)
    return _VARIANTS.get(character, character)

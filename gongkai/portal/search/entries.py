"""写入检索. An entry, its text and its tokens, in the transaction of the release that shows or withdraws the thing."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connections

from gongkai.config.router import public_database
from gongkai.portal.search import engines, texts, tokens
from gongkai.portal.search.folding import fold
from gongkai.portal.search.models import SearchEntry, SearchText
from gongkai.portal.search.places import places

LONGEST = 300_000  # characters of one thing, attachments with it, that can be found

log = logging.getLogger("gongkai.portal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Findable:
    """可检索的内容: what of a published thing is found and shown."""

    kind: str
    key: str
    version: int
    title: str
    text: str
    url: str
    released_at: datetime
    year: int
    columns: Sequence[str] = ()  # their slugs, the main one first
    sort: str = ""
    validity: str = ""
    document_number: str = ""
    index_number: str = ""
    attachments: Sequence[tuple[str, str]] = ()  # name and text


def index(thing: Findable) -> SearchEntry:
    """编入检索. A further version keeps its place; what is released anew has that of its new time."""
    kept = SearchEntry.objects.filter(kind=thing.kind, key=thing.key).first()
    if kept is None:
        return index_new([thing])[0]
    place = kept.pk
    _take(kept)
    if kept.released_at != thing.released_at:
        return index_new([thing])[0]
    return _write([(thing, place)])[0]


def index_new(things: Iterable[Findable]) -> list[SearchEntry]:
    """Several at once that are not in the index yet; those of one moment in the order given."""
    given = list(things)
    return _write(zip(given, places(thing.released_at for thing in given), strict=True))


def _write(placed: Iterable[tuple[Findable, int]]) -> list[SearchEntry]:
    prepared = [_prepared(thing, place) for thing, place in placed]
    written = SearchEntry.objects.bulk_create([entry for entry, _ in prepared])
    SearchText.objects.bulk_create(
        SearchText(entry=entry, start=start, source=source[:200], text=text)
        for entry, pieces in prepared
        for start, source, text in pieces
    )
    engines.of_this_database().put([(entry.pk, entry.folded, _marks(entry)) for entry in written])
    return written


def remove(kind: str, key: str) -> None:
    """移出检索: what is withdrawn cannot be found, not even by a word of its own."""
    kept = SearchEntry.objects.filter(kind=kind, key=key).first()
    if kept:
        _take(kept)


def clear() -> None:
    """清空检索."""
    engines.of_this_database().clear()
    for model in (SearchText, SearchEntry):  # as one statement each; the ORM would read every entry first
        with connections[public_database()].cursor() as cursor:
            cursor.execute(f"DELETE FROM {model._meta.db_table}")  # noqa: S608 (no outside text in it)


def marks_of_filter(*, year: int | None, columns: Sequence[str], sort: str, validity: str) -> list[list[str]]:
    """筛选标记: of each list one must stand there."""
    chosen = [
        [tokens.mark("y", year)] if year is not None else [],
        [tokens.mark("c", column) for column in columns],
        [tokens.mark("s", sort)] if sort else [],
        [tokens.mark("v", validity)] if validity else [],
    ]
    return [marks for marks in chosen if marks]


def _prepared(thing: Findable, place: int) -> tuple[SearchEntry, list[tuple[int, str, str]]]:
    heads = (thing.title, thing.document_number, thing.index_number)
    folded, pieces = _folded(heads, [("", thing.text), *thing.attachments])
    entry = SearchEntry(
        pk=place,
        kind=thing.kind,
        key=thing.key,
        version=thing.version,
        title=thing.title,
        url=thing.url,
        document_number=thing.document_number,
        index_number=thing.index_number,
        sort=thing.sort,
        validity=thing.validity,
        columns=" ".join(thing.columns),
        year=thing.year,
        released_at=thing.released_at,
        folded=folded,
    )
    return entry, pieces


def _take(entry: SearchEntry) -> None:
    engines.of_this_database().take(entry.pk, entry.folded, marks=_marks(entry))
    entry.delete()


def _marks(entry: SearchEntry) -> list[str]:
    chosen = marks_of_filter(
        year=entry.year, columns=entry.columns.split(), sort=entry.sort, validity=entry.validity
    )
    return [mark for marks in chosen for mark in marks]


def _folded(
    heads: Iterable[str], sources: Iterable[tuple[str, str]]
) -> tuple[str, list[tuple[int, str, str]]]:
    """The folded text, a line each part, and where in it each stretch of the original begins."""
    parts = [fold(head) + "\n" for head in heads]
    at, left = sum(map(len, parts)), LONGEST
    pieces: list[tuple[int, str, str]] = []
    for source, text in sources:
        if len(text) > left:
            log.warning("search: %d characters of one thing are not indexed", len(text) - left)
        for piece, folded in _pieces(text[:left]):
            pieces.append((at, source, piece))
            parts.append(folded)
            at += len(folded)
        left -= min(left, len(text))
        parts.append("\n")
        at += 1
    return "".join(parts), pieces


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    for piece, ends in texts.stretches(text):
        yield piece, fold(piece) + (" " if ends else "")

"""两种数据库的索引. FTS5 on SQLite, tsvector on PostgreSQL, holding the same tokens and asked the same questions.

Both give the numbers of entries newest first, a batch at a time, and read no more of the index than the batch
needs. What they give may be a little too much where a word has several tokens; the text itself is looked at then.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.db import connections

from gongkai.config.router import public_database
from gongkai.portal.search import tokens
from gongkai.portal.search.places import BITS
from gongkai.portal.search.query import Word

TABLE = "portal_search_words"
_NEWEST = 2**62
_ANYWHERE = "{title words}"


@dataclass(frozen=True, slots=True)
class Question:
    """问索引的话: all words, none of ``without``, of each list of marks one. One character is looked for anywhere."""

    words: Sequence[Word]
    without: Sequence[Word] = ()
    marks: Sequence[Sequence[str]] = ()
    in_title: bool = False


Written = tuple[int, str, Sequence[str]]  # an entry's number, folded text and marks


class Engine(Protocol):
    """索引."""

    def put(self, written: Sequence[Written]) -> None: ...

    def take(self, number: int, folded: str, *, marks: Sequence[str]) -> None: ...

    def clear(self) -> None: ...

    def numbers(self, question: Question, *, below: int | None, batch: int) -> Iterator[list[int]]:
        """Entries below a number, newest first; ``batch`` is how many are wanted at first."""
        ...


def of_this_database() -> Engine:
    vendor = connections[public_database()].vendor
    return _PostgreSQL() if vendor == "postgresql" else _SQLite()


class _Statements:
    def _run(self, sql: str, parameters: Sequence[str | int | list[str]] = ()) -> None:
        with connections[public_database()].cursor() as cursor:
            cursor.execute(sql, parameters)

    def _run_each(self, sql: str, rows: Sequence[Sequence[str | int | list[str]]]) -> None:
        with connections[public_database()].cursor() as cursor:
            cursor.executemany(sql, rows)

    def _column(self, sql: str, parameters: Sequence[str | int]) -> list[int]:
        with connections[public_database()].cursor() as cursor:
            cursor.execute(sql, parameters)
            return [row[0] for row in cursor.fetchall()]


class _SQLite(_Statements):
    """FTS5 without a copy of the text; a deletion therefore says again what was written."""

    def put(self, written: Sequence[Written]) -> None:
        self._run_each(
            f"INSERT INTO {TABLE} (rowid, title, words, characters, marks) VALUES (%s, %s, %s, %s, %s)",  # noqa: S608
            [[number, *self._values(folded, marks)] for number, folded, marks in written],
        )

    def take(self, number: int, folded: str, *, marks: Sequence[str]) -> None:
        self._run(
            f"INSERT INTO {TABLE} ({TABLE}, rowid, title, words, characters, marks) "  # noqa: S608
            "VALUES ('delete', %s, %s, %s, %s, %s)",
            [number, *self._values(folded, marks)],
        )

    def clear(self) -> None:
        self._run(f"INSERT INTO {TABLE} ({TABLE}) VALUES ('delete-all')")  # noqa: S608

    def numbers(self, question: Question, *, below: int | None, batch: int) -> Iterator[list[int]]:
        asked, last = self._match(question), below or _NEWEST
        while True:
            found = self._column(
                f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s AND rowid < %s ORDER BY rowid DESC LIMIT %s",  # noqa: S608
                [asked, last, batch],
            )
            if found:
                yield found
            if len(found) < batch:
                return
            last, batch = found[-1], min(batch * 4, 2000)

    @staticmethod
    def _values(folded: str, marks: Sequence[str]) -> list[str]:
        title, _, rest = folded.partition("\n")
        return [
            " ".join(tokens.of_text(title)),
            " ".join(tokens.of_text(rest)),
            " ".join(sorted(tokens.characters(folded))),
            " ".join(sorted(marks)),
        ]

    def _match(self, question: Question) -> str:
        """Tokens hold no quotation mark, so quoting them is enough."""
        where = "title" if question.in_title else _ANYWHERE
        wanted = [self._phrase(word, where) for word in question.words]
        wanted += ["(" + " OR ".join(f'marks : "{mark}"' for mark in marks) + ")" for marks in question.marks]
        asked = " AND ".join(wanted)
        unwanted = [self._phrase(word, _ANYWHERE) for word in question.without if word.certain]
        return f"({asked}) NOT ({' OR '.join(unwanted)})" if unwanted else asked

    @staticmethod
    def _phrase(word: Word, where: str) -> str:
        if word.is_character:
            return f'characters : "{word.folded}"'
        return f'{where} : "{" ".join(word.tokens)}"{" *" if word.open else ""}'


class _PostgreSQL(_Statements):
    """tsvector without positions: the text is looked at instead, which has no limit of length.

    Each entry also bears the blocks of time its number lies in, so that the newest are found among the newest
    without reading where else a common word stands.
    """

    _BLOCKS = {
        "a": BITS + 17,
        "b": BITS + 20,
        "c": BITS + 22,
        "d": BITS + 24,
    }  # about 1.5, 12, 49 and 194 days
    _MOST_BYTES = 900_000  # of one entry's tokens; a tsvector ends at 1 MB

    def put(self, written: Sequence[Written]) -> None:
        self._run_each(
            f"INSERT INTO {TABLE} (id, words) VALUES (%s, array_to_tsvector(%s))",  # noqa: S608
            [[number, self._tokens(number, folded, marks)] for number, folded, marks in written],
        )

    def take(self, number: int, folded: str, *, marks: Sequence[str]) -> None:
        self._run(f"DELETE FROM {TABLE} WHERE id = %s", [number])  # noqa: S608

    def clear(self) -> None:
        self._run(f"DELETE FROM {TABLE}")  # noqa: S608 (TRUNCATE is nobody's right but the owner's)

    def numbers(self, question: Question, *, below: int | None, batch: int) -> Iterator[list[int]]:
        asked = self._asked(question)
        beyond = 1 + (self._column(f"SELECT max(id) FROM {TABLE}", [])[0] or 0)  # noqa: S608
        below = min(below or beyond, beyond)
        for low, blocks in self._windows(below - 1):
            found = self._column(
                # "+ 0": the numbers' own index would have every token of every entry read.
                f"SELECT id FROM {TABLE} WHERE words @@ %s::tsquery AND id + 0 >= %s AND id + 0 < %s",  # noqa: S608
                [f"{asked} & ({' | '.join(map(_quoted, blocks))})" if blocks else asked, low, below],
            )
            if found:
                yield sorted(found, reverse=True)
            below = low

    def _column(self, sql: str, parameters: Sequence[str | int]) -> list[int]:
        """By the index always: reading the whole table looks cheap to the planner, which counts it without its tokens.

        Both statements go in one message, which is one transaction where there is none: the setting ends with it.
        """
        with connections[public_database()].cursor() as cursor:
            cursor.execute(f"SET LOCAL enable_seqscan = off; {sql}", parameters)
            cursor.nextset()
            return [row[0] for row in cursor.fetchall()]

    def _windows(self, newest: int) -> Iterator[tuple[int, list[str]]]:
        """Ever longer stretches of time backwards; the last holds everything that is left."""
        for name, bits in self._BLOCKS.items():
            block = newest >> bits
            low = max(0, (block - 1) << bits)
            yield low, [f"#{name}{block}", f"#{name}{block - 1}"]
            newest = low - 1
        yield 0, []

    def _tokens(self, number: int, folded: str, marks: Sequence[str]) -> list[str]:
        title, _, rest = folded.partition("\n")
        blocks = [f"#{name}{number >> bits}" for name, bits in self._BLOCKS.items()]
        in_title = tokens.of_text(title)
        found = [*marks, *blocks, *(f"^{token}" for token in in_title), *in_title]
        return _within(self._MOST_BYTES, [*found, *sorted(tokens.characters(folded)), *tokens.of_text(rest)])

    def _asked(self, question: Question) -> str:
        wanted = [
            _quoted(f"^{token}" if question.in_title and not word.is_character else token)
            + (":*" if word.open and number == len(word.tokens) else "")
            for word in question.words
            for number, token in enumerate(word.tokens, start=1)
        ]
        wanted += ["(" + " | ".join(map(_quoted, marks)) + ")" for marks in question.marks]
        wanted += [
            "!" + _quoted(word.tokens[0]) + (":*" if word.open else "")
            for word in question.without
            if word.certain
        ]
        return " & ".join(wanted)


def _quoted(token: str) -> str:
    """Tokens hold neither quotation marks nor backslashes."""
    return f"'{token}'"


def _within(size: int, found: Iterable[str]) -> list[str]:
    kept: dict[str, None] = {}
    for token in found:
        if token not in kept:
            size -= len(token.encode())
            if size < 0:
                break
            kept[token] = None
    return list(kept)

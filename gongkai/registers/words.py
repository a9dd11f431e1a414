"""标题中的字. An index of every character and pair of a title, so that a word in its middle is found among a million.

The database keeps it itself, whoever writes the record: triggers and a full-text table on SQLite, an index over a
function on PostgreSQL. It may give a little too much, so the titles found are looked at for the words themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db import connections, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F, Func, QuerySet, Value

from gongkai.audit.triggers import Trigger

LONGEST = 400  # characters of all indexed columns of a record together
FEW = 2_000  # of more records than these hold the words, the newest are soon met by reading the list itself
_UPPER, _LOWER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz"
_LOWERED = str.maketrans(_UPPER, _LOWER)

# What the words of a record are, its agency among them.
FUNCTION = f"""
CREATE FUNCTION registers_words(agency bigint, VARIADIC columns text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1000 AS $$
  SELECT array_agg(DISTINCT word) || ARRAY['#' || agency]
  FROM (SELECT translate(array_to_string(columns, chr(10)), '{_UPPER}', '{_LOWER}') AS text) AS given,
       generate_series(1, length(text)) AS place,
       LATERAL (VALUES (substr(text, place, 2)), (substr(text, place, 1))) AS words (word)
$$"""  # noqa: S608 (letters of the alphabet)
# SQLite counts places in a table: its triggers know no other way to go through a text.
PLACES = (
    "CREATE TABLE registers_place (place integer PRIMARY KEY)",
    f"""INSERT INTO registers_place WITH RECURSIVE counted(place) AS
    (SELECT 1 UNION ALL SELECT place + 1 FROM counted WHERE place < {LONGEST}) SELECT place FROM counted""",  # noqa: S608 (a number of ours)
)


@dataclass(frozen=True, slots=True)
class WordIndex:
    """一张表的文字索引: which columns; ``since`` is the migration that makes it."""

    table: str
    columns: tuple[str, ...]
    since: tuple[str, str]

    @property
    def name(self) -> str:
        return f"{self.table}_words"

    def make(self, apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        """For a migration: the index with what stands in the table already."""
        if editor.connection.vendor == "postgresql":
            columns = ", ".join(self.columns)
            editor.execute(
                f"CREATE INDEX {self.name} ON {self.table} USING gin (registers_words(agency_id, {columns}))"
            )
            return
        editor.execute(
            f"CREATE VIRTUAL TABLE {self.name} USING fts5(agency, words, content='', columnsize=0, "
            "detail='column', tokenize='ascii')"
        )
        editor.execute(
            f"INSERT INTO {self.name} (rowid, agency, words) "  # noqa: S608 (our own names)
            f"SELECT id, 'a' || agency_id, {self._words(self.table)} FROM {self.table}"
        )

    def drop(self, apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "postgresql":
            editor.execute(f"DROP INDEX {self.name}")
            return
        for trigger in self.triggers:
            editor.execute(f"DROP TRIGGER IF EXISTS {trigger.name}")
        editor.execute(f"DROP TABLE {self.name}")

    @property
    def triggers(self) -> list[Trigger]:
        """On SQLite, what keeps the index with the table. Its text is not kept twice, so a deletion says it again."""
        put = (
            f"INSERT INTO {self.name} (rowid, agency, words) "  # noqa: S608 (our own names)
            f"VALUES (NEW.id, 'a' || NEW.agency_id, {self._words('NEW')});"
        )
        take = (
            f"INSERT INTO {self.name} ({self.name}, rowid, agency, words) "  # noqa: S608 (our own names)
            f"VALUES ('delete', OLD.id, 'a' || OLD.agency_id, {self._words('OLD')});"
        )
        changed = ", ".join(("agency_id", *self.columns))
        return [
            self._trigger("added", "INSERT", put),
            self._trigger("removed", "DELETE", take),
            self._trigger("changed", f"UPDATE OF {changed}", take + " " + put),
        ]

    def numbers(self, words: str, *, agency: int, using: str) -> Sequence[int] | None:
        """On SQLite: the records that may hold these words; None where they are too many, or nothing to look up."""
        if not (asked := _asked(words)):
            return None
        match = f"agency : a{agency} AND words : (" + " AND ".join(f'"{word}"' for word in asked) + ")"
        with connections[using].cursor() as cursor:
            cursor.execute(
                f"SELECT rowid FROM {self.name} WHERE {self.name} MATCH %s LIMIT {FEW + 1}",  # noqa: S608
                [match],
            )
            found = [row[0] for row in cursor.fetchall()]
        return found if len(found) <= FEW else None

    def _trigger(self, what: str, moment: str, does: str) -> Trigger:
        name = f"{self.name}_{what}"
        sql = f"CREATE TRIGGER {name} AFTER {moment} ON {self.table} BEGIN {does} END"
        return Trigger(name, self.table, self.since, sql)

    def _words(self, row: str) -> str:
        text = " || char(10) || ".join(f"{row}.{column}" for column in self.columns)
        return (
            "(SELECT group_concat(substr(text, place, 2) || ' ' || substr(text, place, 1), ' ') "  # noqa: S608
            f"FROM (SELECT {text} AS text), registers_place WHERE place <= length(text))"
        )


def index_of(model: type[models.Model]) -> WordIndex | None:
    """The index that the model's app keeps for its table."""
    kept: Sequence[WordIndex] = getattr(model._meta.app_config, "words", ())
    return next((each for each in kept if each.table == model._meta.db_table), None)


def narrowed(found: QuerySet[Any], words: str, *, index: WordIndex, agency: int) -> QuerySet[Any]:
    """Those that may hold these words, by way of the index. The caller looks at the text itself as well."""
    connection = connections[found.db]
    if connection.vendor != "postgresql":
        numbers = index.numbers(words, agency=agency, using=found.db)
        return found if numbers is None else found.filter(pk__in=numbers)
    if not (asked := _asked(words)):
        return found
    kept = Func(F("agency_id"), *map(F, index.columns), function="registers_words")
    holds = Func(
        kept,
        Value([*asked, f"#{agency}"]),
        template="%(expressions)s",
        arg_joiner=" @> ",
        output_field=models.BooleanField(),
    )
    return found.filter(holds)


def _asked(words: str) -> list[str]:
    """What is looked up: pairs, or the one character. Signs of ASCII stand in no index of SQLite and are left out."""
    text = words.translate(_LOWERED)[:LONGEST]
    pairs = {first + second for first, second in pairwise(text)} if len(text) > 1 else {text}
    if known := sorted(pair for pair in pairs if all(map(_is_kept, pair))):
        return known
    return sorted(character for character in set(text) if _is_kept(character))


def _is_kept(character: str) -> bool:
    return character.isalnum() if character.isascii() else True


def make_function(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """For the migration of this app: what the indexes of the others are made with."""
    for statement in (FUNCTION,) if editor.connection.vendor == "postgresql" else PLACES:
        editor.execute(statement)


def drop_function(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    postgresql = editor.connection.vendor == "postgresql"
    editor.execute("DROP FUNCTION registers_words" if postgresql else "DROP TABLE registers_place")

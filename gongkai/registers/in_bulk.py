"""成批建立和写入. How the thousands of records of one file are made and inserted, with what a model itself would have done.

Django's constructor by name and its ``bulk_create`` ask every column of every record the same questions; here each
column is asked once. What comes out is compared with Django's own, column by column, in tests/registers/test_in_bulk.py.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any, TypeVar

from django.db import connections, models, router
from django.db.backends.base.base import BaseDatabaseWrapper

from gongkai.agencies.models import Agency, AgencyRecord

Record = TypeVar("Record", bound=AgencyRecord)


def maker(model: type[Record], agency: Agency) -> Callable[[Mapping[str, Any]], Record]:
    """Makes unsaved records of this agency of values by field name; an empty value leaves the column's own default."""
    columns: list[models.Field[Any, Any]] = list(model._meta.concrete_fields)
    related = [column for column in columns if column.is_relation and column.name != "agency"]
    constants = {column.name: column.get_default() for column in columns if not _is_made_anew(column)}
    constants["agency"] = agency.pk
    made_anew = [column for column in columns if _is_made_anew(column)]
    names = [column.name for column in columns]
    agency_column = model._meta.get_field("agency")

    def make(values: Mapping[str, Any]) -> Record:
        given = {name: value for name, value in values.items() if value is not None}
        filled = {**constants, **given}
        for column in made_anew:
            if column.name not in given:
                filled[column.name] = column.get_default()
        objects = [(column, given[column.name]) for column in related if column.name in given]
        for column, found in objects:
            filled[column.name] = found.pk
        if len(filled) != len(names):
            raise TypeError(f"{model.__name__}: {', '.join(filled.keys() - set(names))}")
        record = model(*[filled[name] for name in names])
        agency_column.set_cached_value(record, agency)  # type: ignore[union-attr]
        for column, found in objects:
            column.set_cached_value(record, found)  # type: ignore[attr-defined]
        return record

    return make


def insert(records: Sequence[models.Model]) -> None:
    """One INSERT for all these new records of one model. Their primary keys are the database's and stay unset."""
    if not records:
        return
    model = type(records[0])
    database = router.db_for_write(model)
    connection = connections[database]
    columns = [column for column in model._meta.local_concrete_fields if not column.primary_key]
    quote = connection.ops.quote_name
    named = ", ".join(quote(str(column.column)) for column in columns)
    statement = (
        f"INSERT INTO {quote(model._meta.db_table)} ({named}) "  # noqa: S608 — names of our own models
        f"VALUES ({', '.join(['%s'] * len(columns))})"
    )
    values = [_prepared(column, records, connection) for column in columns]
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(zip(*values, strict=True)))
    for record in records:
        record._state.adding, record._state.db = False, database


def _prepared(
    column: models.Field[Any, Any], records: Iterable[models.Model], connection: BaseDatabaseWrapper
) -> list[Any]:
    """The column's values as the database takes them; equal values are prepared once."""
    known: dict[tuple[type, Any], Any] = {}
    prepared = []
    for value in _values(column, records):
        kept = (value.__class__, value)
        try:
            found = known.get(kept, known)
        except TypeError:  # a list or an object of JSON
            prepared.append(column.get_db_prep_save(value, connection))
            continue
        if found is known:
            found = known[kept] = column.get_db_prep_save(value, connection)
        prepared.append(found)
    return prepared


def _values(column: models.Field[Any, Any], records: Iterable[models.Model]) -> Iterable[Any]:
    if type(column).pre_save is models.Field.pre_save:  # which gives the attribute
        return map(attrgetter(column.attname), records)
    return (column.pre_save(record, add=True) for record in records)


def _is_made_anew(column: models.Field[Any, Any]) -> bool:
    """A default that each record needs for itself, such as its public id."""
    return column.has_default() and callable(column.default)

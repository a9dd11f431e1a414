"""多塞的栏. Sends a form as a browser does, and again with every column of every model beside it, and compares what was
written (ACL-05). Each sending is taken back. What differs between two plain sendings (numbers, seals, times) proves
nothing and is only looked through for what was planted.
"""

from collections.abc import Callable, Container, Mapping
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connections, models, router

from tests.probing import taken_back

WORDS, DAY, NUMBER = "多塞的内容", "1999-12-31", "987654"
# What no model calls a column, and a careless view might.
_BESIDE = {
    "pk": NUMBER,
    "actor": WORDS,
    "by": NUMBER,
    "user": NUMBER,
    "powers": "manage_security",
    "groups": NUMBER,
}
Rows = dict[str, dict[str, list[str]]]


def planted(*, without: Container[str] = ()) -> dict[str, str]:
    """Every column of every model of the project, with a value of its kind."""
    found = dict(_BESIDE)
    for model in apps.get_models():
        if model.__module__.startswith("gongkai."):
            for field in model._meta.concrete_fields:
                found.setdefault(field.name, _value(field))
                found.setdefault(field.attname, _value(field))
    return {name: value for name, value in found.items() if name not in without}


def _value(field: models.Field[Any, Any]) -> str:
    if field.choices:
        return str(list(field.flatchoices)[-1][0])
    if isinstance(field, models.BooleanField):
        return "on"
    if isinstance(field, models.DateTimeField):
        return f"{DAY}T00:00"
    if isinstance(field, models.DateField):
        return DAY
    if field.is_relation or isinstance(field, models.IntegerField | models.DecimalField | models.AutoField):
        return NUMBER
    return WORDS


def what_is_planted_changes(
    send: Callable[[Mapping[str, Any]], Any], data: Mapping[str, Any], *, without: Container[str] = ()
) -> tuple[list[str], int]:
    """What became otherwise, in words, and how many rows a plain sending writes."""
    status, plain = _written(send, data)
    again, volatile = _written(send, data)[1], set()
    for table, columns in plain.items():
        volatile |= {
            (table, name) for name, values in columns.items() if again.get(table, {}).get(name) != values
        }
    extra = {name: value for name, value in planted(without=without).items() if name not in data}
    planted_status, beside = _written(send, {**data, **extra})

    told = [] if status == planted_status else [f"answered {planted_status} instead of {status}"]
    told += [f"{table}: written only once it was planted" for table in set(beside) ^ set(plain)]
    for table in set(beside) & set(plain):
        for name, values in beside[table].items():
            if (table, name) in volatile:
                if any(value in text for text in values for value in (WORDS, DAY, NUMBER)):
                    told.append(f"{table}.{name} holds what was planted")
            elif values != plain[table][name]:
                told.append(f"{table}.{name}: {values} instead of {plain[table][name]}")
    return told, sum(len(next(iter(columns.values()))) for columns in plain.values())


def _written(send: Callable[[Mapping[str, Any]], Any], data: Mapping[str, Any]) -> tuple[int, Rows]:
    """The answer's status, and of each table the columns of the rows that are new or changed."""
    with taken_back():
        before = _tables()
        status = send(data).status_code
        after = _tables()
    found: Rows = {}
    for table, rows in after.items():
        if new := sorted(set(rows) - set(before[table])):
            names = _queries()[table][0]
            found[table] = {name: sorted(row[place] for row in new) for place, name in enumerate(names)}
    return status, found


def _tables() -> dict[str, list[tuple[str, ...]]]:
    held = {}
    for table, (_, alias, query) in _queries().items():
        with connections[alias].cursor() as cursor:
            cursor.execute(query)
            held[table] = [tuple(map(str, row)) for row in cursor.fetchall()]
    return held


@cache
def _queries() -> dict[str, tuple[list[str], str, str]]:
    """Of each table its columns, its database and the question; without sessions and when a person was last seen."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.managed or model._meta.app_label in ("sessions", "axes"):
            continue
        alias = router.db_for_read(model)
        quoted = connections[alias].ops.quote_name
        columns = [
            field.column for field in model._meta.local_concrete_fields if field.name != "last_seen_at"
        ]
        listed = ", ".join(map(quoted, columns))
        found[model._meta.label] = (
            columns,
            alias,
            f"SELECT {listed} FROM {quoted(model._meta.db_table)}",
        )
    return found

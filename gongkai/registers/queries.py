"""查阅台账. What a person may see of a register, starting from the person."""

import json
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.agencies.models import Person
from gongkai.audit.models import Entry
from gongkai.registers.description import Register
from gongkai.registers.models import Change, ImportRun, RegisterEntry
from gongkai.registers.words import index_of, narrowed

MOST_BY_NUMBER = 500  # more than that is no search for a number
_LAST_CHARACTER = "\U0010ffff"


def records(register: Register, *, visible_to: Person, voided: bool = False) -> QuerySet[Any]:
    """台账的记录 of the person's agency: those that stand, or those that were voided."""
    found = register.model.objects.filter(agency=visible_to.agency, voided_at__isnull=not voided)
    related = [name for name in register.listed if register.model._meta.get_field(name).is_relation]
    return found.select_related(*related) if related else found


def like(register: Register, found: QuerySet[Any], words: str, *, agency: int) -> QuerySet[Any]:
    """查找: numbers by their beginning, by way of their index; if there is none, names and titles anywhere in them."""
    if numbered := by_number(found, words, names=register.search_exact):
        return found.filter(pk__in=numbered)
    return by_words(found, words, names=register.search_within, agency=agency)


def by_number(found: QuerySet[Any], words: str, *, names: Iterable[str]) -> list[int]:
    """The records one of whose numbers begins so, by the first number that any has."""
    for name in names:
        numbered = found.filter(_begins(name, words))
        # Read apart from the list: together with its order, a database may walk the list instead of the index.
        if numbers := list(numbered.order_by().values_list("pk", flat=True)[:MOST_BY_NUMBER]):
            return numbers
    return []


def by_words(found: QuerySet[Any], words: str, *, names: Iterable[str], agency: int) -> QuerySet[Any]:
    """The records in one of whose names the words stand, by way of the index of words where the table has one."""
    if index := index_of(found.model):
        found = narrowed(found, words, index=index, agency=agency)
    within = Q(pk__in=[])
    for name in names:
        within |= Q(**{f"{name}__contains": words})
    return found.filter(within)


def _begins(name: str, words: str) -> Q:
    """SQLite finds a beginning through an index only as a range; elsewhere a range depends on the collation."""
    if connection.vendor == "sqlite":
        return Q(**{f"{name}__gte": words, f"{name}__lt": words + _LAST_CHARACTER})
    return Q(**{f"{name}__startswith": words})


def changes(entry: RegisterEntry) -> QuerySet[Change]:
    """更正和作废, newest first."""
    found = Change.objects.filter(
        agency=entry.agency, record_kind=entry._meta.label_lower, record_id=entry.public_id
    )
    return found.select_related("by").order_by("-pk")


def import_runs(register: Register, *, visible_to: Person) -> QuerySet[ImportRun]:
    """导入批次 of this register."""
    runs = ImportRun.objects.filter(agency=visible_to.agency, register=register.key)
    return runs.select_related("by").order_by("-pk")


def exported_today(person: Person) -> int:
    """当天已经导出多少条, of all registers together: many small exports add up to a large one (PUB-11)."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    told = Entry.objects.filter(
        actor=person.public_id, action__endswith=".exported", at__gte=midnight
    ).values_list("detail", flat=True)
    return sum(json.loads(detail).get("rows", 0) for detail in told if detail)

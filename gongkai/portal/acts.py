"""公众能查到的执法公示. Decisions by kind, year and number, by keyset; lists by edition. Everything here is published."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connections
from django.db.models import Q, QuerySet

from gongkai.config.router import public_database
from gongkai.portal.models import PublishedAct, PublishedList, Withdrawn
from gongkai.portal.search.projection import ACT_COLUMNS

PAGE = 20
YEARS_OFFERED = 12
LONGEST_NUMBER = 60
_PLACE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.([0-9]{1,18})", re.ASCII)
_YEAR = re.compile(r"[0-9]{4}", re.ASCII)
_LAST_CHARACTER = "\U0010ffff"
KINDS = {slug: kind for kind, slug in ACT_COLUMNS.items()}  # slug of a column → kind of act


@dataclass(frozen=True, slots=True)
class Asked:
    """查什么: a kind of act, perhaps a year and the beginning of a number. What nobody offered counts as not asked."""

    kind: str
    year: str = ""
    number: str = ""
    after: str = ""

    @classmethod
    def read(cls, kind: str, given: "dict[str, str]") -> "Asked":
        year = given.get("year", "")
        number = "".join(c for c in given.get("number", "") if c.isprintable()).strip()
        return cls(
            kind,
            year if _YEAR.fullmatch(year) and int(year) > 0 else "",
            number[:LONGEST_NUMBER],
            given.get("after", ""),
        )


@dataclass(frozen=True, slots=True)
class Found:
    """一页; ``next`` is the place the next page begins after, "" on the last."""

    acts: tuple[PublishedAct, ...]
    next: str


def acts(asked: Asked, *, count: int = PAGE) -> Found:
    """Newest decision first, by keyset."""
    found = _matching(asked)
    if place := _place(asked.after):
        day, number = place
        found = found.filter(Q(decided_on__lt=day) | Q(decided_on=day, id__lt=number), decided_on__lte=day)
    rows = list(found.order_by("-decided_on", "-id")[: count + 1])
    last = rows[count - 1] if len(rows) > count else None
    return Found(tuple(rows[:count]), f"{last.decided_on.isoformat()}.{last.pk}" if last else "")


def years(kind: str) -> Sequence[int]:
    """有决定的年份, newest first; each asks the index for the newest decision before it."""
    found: list[int] = []
    before = date.max
    while len(found) < YEARS_OFFERED:
        days = PublishedAct.objects.filter(kind=kind, decided_on__lt=before).order_by("-decided_on", "-id")
        newest = days.values_list("decided_on", flat=True).first()
        if newest is None:
            break
        found.append(newest.year)
        before = date(newest.year, 1, 1)
    return found


def act(key: str) -> PublishedAct | None:
    return PublishedAct.objects.filter(key=key).first()


def notice_about_act(key: str) -> Withdrawn | None:
    return Withdrawn.objects.filter(kind=Withdrawn.Kind.ACT, key=key).exclude(note="").first()


def editions(kind: str) -> list[PublishedList]:
    """一种清单的各版次, newest first; of those before, without their rows."""
    return list(PublishedList.objects.filter(kind=kind).order_by("-edition"))


def notice_about_list(kind: str, edition: int) -> Withdrawn | None:
    key = f"{kind}:{edition}"
    return Withdrawn.objects.filter(kind=Withdrawn.Kind.LIST, key=key).exclude(note="").first()


def _matching(asked: Asked) -> QuerySet[PublishedAct]:
    found = PublishedAct.objects.filter(kind=asked.kind)
    if asked.year:
        year = int(asked.year)
        found = found.filter(decided_on__gte=date(year, 1, 1), decided_on__lte=date(year, 12, 31))
    return found.filter(_begins(asked.number)) if asked.number else found


def _begins(number: str) -> Q:
    """SQLite finds a beginning through an index only as a range; elsewhere a range depends on the collation."""
    if connections[public_database()].vendor == "sqlite":
        return Q(number__gte=number, number__lt=number + _LAST_CHARACTER)
    return Q(number__startswith=number)


def _place(written: str) -> tuple[date, int] | None:
    found = _PLACE.fullmatch(written)
    if not found:
        return None
    try:
        return date.fromisoformat(found[1]), min(int(found[2]), 2**63 - 1)
    except ValueError:
        return None

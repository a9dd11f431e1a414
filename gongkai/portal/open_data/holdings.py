"""有哪些数据集. A data set is what stands in one column and is of one year; in parts when it is large."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils import timezone
from django.utils.timezone import localtime

from gongkai.portal import queries
from gongkai.portal.addresses import address
from gongkai.portal.models import (
    ItemInColumn,
    PublishedAct,
    PublishedColumn,
    PublishedDocument,
    PublishedItem,
    PublishedLeader,
    PublishedList,
)
from gongkai.portal.search.projection import ACT_COLUMNS

MOST_ROWS = 10_000  # in one answer; the rest follows in further parts (PUB-11)
_BATCH = 200  # in memory at a time


@dataclass(frozen=True, slots=True)
class Holding:
    """一个数据集: column, year, how many items."""

    column: PublishedColumn
    year: int
    count: int


@dataclass(frozen=True, slots=True)
class Register:
    """台账类的数据集: decisions, lists, the library of documents; ``json`` and ``csv`` are paths."""

    title: str
    description: str
    json: str
    csv: str


@dataclass(frozen=True, slots=True)
class Part:
    """数据集的一份, oldest first; ``next`` is the place after which the next part begins, "" in the last."""

    places: QuerySet[ItemInColumn]
    next: str

    def items(self) -> Iterator[PublishedItem]:
        """One batch in memory at a time. What is withdrawn meanwhile does not come any more."""
        places, taken = self.places, 0
        while taken < MOST_ROWS:
            batch = list(_whole(places)[: min(_BATCH, MOST_ROWS - taken)])
            yield from (place.item for place in batch)
            if len(batch) < _BATCH:
                return
            taken += len(batch)
            places = _after(self.places, batch[-1].listed_at, batch[-1].item_id)


def holdings() -> list[Holding]:
    """全部数据集, in the order of the columns, the newest year first."""
    counts = _counts(*queries.state())
    return [
        Holding(column, year, counts[column.pk][year])
        for column in PublishedColumn.objects.filter(pk__in=counts)
        for year in sorted(counts[column.pk], reverse=True)
    ]


def registers() -> list[Register]:
    """Registers that hold anything, in the order of their columns, the library last."""
    kinds = {kind for kind in ACT_COLUMNS if PublishedAct.objects.filter(kind=kind).exists()}
    slugs = {ACT_COLUMNS[kind] for kind in kinds}
    slugs |= set(PublishedList.objects.order_by().values_list("kind", flat=True).distinct())
    found = [
        Register(
            column.name,
            column.description,
            address("acts_json", column.slug),
            address("acts_csv", column.slug),
        )
        for column in PublishedColumn.objects.filter(slug__in=slugs)
    ]
    if PublishedDocument.objects.exists():
        library = (address("normative_json"), address("normative_csv"))
        found.append(Register("规范性文件库", "规章和行政规范性文件及其有效性、变动。", *library))
    if PublishedLeader.objects.exists():
        listed = (address("leaders_json"), address("leaders_csv"))
        found.append(Register("领导信息", "现任领导的职务、分工和任职日期。", *listed))
    return found


def part(column: PublishedColumn, year: int, *, after: str = "") -> Part:
    """The part that begins after a place given out before; a place nobody gave out is the beginning."""
    begin, end = _bounds(year)
    places = ItemInColumn.objects.filter(column=column, listed_at__gte=begin, listed_at__lt=end)
    places = places.order_by("listed_at", "item")
    if place := queries.place(after):
        places = _after(places, *place)
    last = list(places[MOST_ROWS - 1 : MOST_ROWS + 1])
    return Part(places, queries.written_place(last[0].listed_at, last[0].item_id) if len(last) == 2 else "")


@lru_cache(maxsize=2)
def _counts(stamp: int, changed_at: datetime | None) -> dict[int, dict[int, int]]:
    """Per column and year, in one pass over the index; counted once after each public change."""
    span = PublishedItem.objects.aggregate(first=Min("listed_at"), last=Max("listed_at"))
    if span["first"] is None:
        return {}
    years = range(localtime(span["first"]).year, localtime(span["last"]).year + 1)
    within = {year: Q(listed_at__gte=_bounds(year)[0], listed_at__lt=_bounds(year)[1]) for year in years}
    rows = ItemInColumn.objects.order_by().values("column")
    counted = rows.annotate(**{f"in_{year}": Count("pk", filter=within[year]) for year in years})
    found: dict[int, dict[int, int]] = {}
    for row in counted.values_list("column", *(f"in_{year}" for year in years)):
        found[row[0]] = {year: count for year, count in zip(years, row[1:], strict=True) if count}
    return found


def _bounds(year: int) -> tuple[datetime, datetime]:
    """A year as Beijing counts it."""
    zone = timezone.get_default_timezone()
    return datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone)


def _after(places: QuerySet[ItemInColumn], listed_at: datetime, item: int) -> QuerySet[ItemInColumn]:
    return places.filter(
        Q(listed_at__gt=listed_at) | Q(listed_at=listed_at, item__gt=item),
        listed_at__gte=listed_at,
    )


def _whole(places: QuerySet[ItemInColumn]) -> QuerySet[ItemInColumn]:
    """With everything a record says, in a fixed number of queries; without the text."""
    return (
        places.select_related("item__main_column")
        .prefetch_related("item__places__column", "item__files")
        .defer("item__html")
    )

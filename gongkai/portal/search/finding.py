"""检索. What a reader finds: a page of results, how many there are up to a limit, and what the results divide into."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import F, Q, Value
from django.db.models.functions import StrIndex, Substr
from django.db.models.lookups import GreaterThan

from gongkai.portal.search import engines, entries
from gongkai.portal.search.models import SearchEntry
from gongkai.portal.search.query import Query, Word

PAGE = 20
MOST_COUNTED = 1_000
# The newest with the words in the title, and as many of the newest of all, are put in order.
MOST_RANKED = 100
_HEAD = 3_000  # characters of an entry its rank is made from


@dataclass(frozen=True, slots=True)
class Filters:
    """筛选. ``columns``: a column with those inside it; empty or none of a kind: no such filter."""

    year: int | None = None
    columns: tuple[str, ...] = ()
    sort: str = ""
    validity: str = ""

    @property
    def marks(self) -> list[list[str]]:
        return entries.marks_of_filter(
            year=self.year, columns=self.columns, sort=self.sort, validity=self.validity
        )


NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class Place:
    """翻页的位置: the last entry shown; by relevance also its rank."""

    number: int
    rank: int = 0

    def __str__(self) -> str:
        return f"{self.rank}-{self.number}" if self.rank else str(self.number)

    @classmethod
    def read(cls, written: str) -> "Place | None":
        """A place nobody gave out is no place: the first page is shown."""
        rank, dash, number = written.rpartition("-")
        if not (number.isascii() and number.isdigit() and len(number) < 19):
            return None
        if not dash:
            return cls(int(number))
        return cls(int(number), int(rank)) if rank.isascii() and rank.isdigit() and len(rank) < 10 else None


@dataclass(frozen=True, slots=True)
class Results:
    """一页结果; ``next`` is where the next page begins, None on the last."""

    entries: tuple[SearchEntry, ...] = ()
    next: Place | None = None


@dataclass(frozen=True, slots=True)
class Survey:
    """结果概况. ``more``: only the newest were counted, so every number is a lower bound."""

    count: int = 0
    more: bool = False
    years: Counter[int] = field(default_factory=Counter)
    columns: Counter[str] = field(default_factory=Counter)
    sorts: Counter[str] = field(default_factory=Counter)
    validities: Counter[str] = field(default_factory=Counter)


def newest(query: Query, *, filters: Filters = NO_FILTERS, after: Place | None = None) -> Results:
    """按时间, newest first."""
    found = _numbers(query, filters=filters, below=after.number if after else None, count=PAGE + 1)
    more = len(found) > PAGE
    return Results(_in_order(found[:PAGE]), Place(found[PAGE - 1]) if more else None)


def most_relevant(query: Query, *, filters: Filters = NO_FILTERS, after: Place | None = None) -> Results:
    """按相关度: the number asked for, words in the title, how often they occur; of equals the newest first."""
    ranked = sorted(_ranked(query, filters), key=lambda place: (place.rank, place.number), reverse=True)
    if after:
        ranked = [place for place in ranked if (place.rank, place.number) < (after.rank, after.number)]
    shown = ranked[:PAGE]
    return Results(_in_order([place.number for place in shown]), shown[-1] if len(ranked) > PAGE else None)


def survey(query: Query, *, filters: Filters = NO_FILTERS) -> Survey:
    """结果概况 over the newest ``MOST_COUNTED``."""
    found = _numbers(query, filters=filters, below=None, count=MOST_COUNTED + 1)
    counted = found[:MOST_COUNTED]
    survey = Survey(len(counted), len(found) > MOST_COUNTED)
    rows = SearchEntry.objects.filter(pk__in=counted).values_list("year", "columns", "sort", "validity")
    for year, columns, sort, validity in rows:
        survey.years[year] += 1
        survey.columns.update(columns.split())
        survey.sorts[sort] += 1
        survey.validities[validity] += 1
    return survey


def anything(query: Query, *, filters: Filters = NO_FILTERS) -> bool:
    """Whether the words occur at all."""
    return bool(_numbers(query, filters=filters, below=None, count=1))


def _numbers(
    query: Query, *, filters: Filters, below: int | None, count: int, in_title: bool = False
) -> list[int]:
    """Entries that hold the words, newest first. The index proposes; the text decides where it must."""
    if not query.words:
        return []
    question = engines.Question(query.words, query.without, filters.marks, in_title)
    found: list[int] = []
    for batch in engines.of_this_database().numbers(question, below=below, batch=count):
        for part in _parts(batch, count - len(found)):
            found += _confirmed(query, part)
            if len(found) >= count:
                return found[:count]
    return found


def _parts(batch: list[int], wanted: int) -> Iterator[list[int]]:
    """A batch may be large where few of it are wanted."""
    size = max(wanted * 2, 50)
    for begin in range(0, len(batch), size):
        yield batch[begin : begin + size]


def _confirmed(query: Query, numbers: list[int]) -> list[int]:
    uncertain = [word for word in query.words if not word.certain]
    unwanted = [word for word in query.without if not word.certain]
    if not uncertain and not unwanted:
        return numbers
    kept = SearchEntry.objects.filter(pk__in=numbers)
    for word in uncertain:
        kept = kept.filter(_holds(word))
    for word in unwanted:
        kept = kept.exclude(_holds(word))
    return sorted(kept.values_list("pk", flat=True), reverse=True)


def _holds(word: Word) -> Q:
    return Q(GreaterThan(StrIndex(F("folded"), Value(word.needle)), 0))


def _ranked(query: Query, filters: Filters) -> Iterator[Place]:
    found = {
        number
        for in_title in (True, False)
        for number in _numbers(query, filters=filters, below=None, count=MOST_RANKED, in_title=in_title)
    }
    heads = SearchEntry.objects.filter(pk__in=found).values_list("pk", Substr("folded", 1, _HEAD))
    for number, head in heads:
        yield Place(number, 1 + sum(_weight(word.needle, head) for word in query.words))


def _weight(needle: str, head: str) -> int:
    """相关度 of one word: an exact number before a title, a title before the text, often before seldom."""
    title, document_number, index_number, text = [*head.split("\n", 3), "", "", ""][:4]
    weight = min(text.count(needle), 9)
    if needle in title:
        weight += 40 + 20 * len(needle) // max(len(title), 1)
    if needle in (document_number, index_number, title):
        weight += 100
    return weight


def _in_order(numbers: Sequence[int]) -> tuple[SearchEntry, ...]:
    found = SearchEntry.objects.defer("folded").in_bulk(numbers)
    return tuple(found[number] for number in numbers if number in found)

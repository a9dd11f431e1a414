"""检索页. What is asked stands in the address, so that a result can be kept and sent; nothing else is remembered."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.portal import queries
from gongkai.portal.addresses import address
from gongkai.portal.models import PublishedColumn, SearchEntry
from gongkai.portal.queries import Branch
from gongkai.portal.search import excerpts, finding
from gongkai.portal.search.excerpts import Excerpt
from gongkai.portal.search.finding import Filters, Place, Results, Survey
from gongkai.portal.search.projection import REPORTS_COLUMN
from gongkai.portal.search.query import LONGEST, MOST_WORDS, Query, read

_MOST_CHOICES = 12
_RELEVANCE = "relevance"
_LONGEST_CHOICE = 50
_DOCUMENT_NUMBER = re.compile(r"(?P<year>[12１２]\d{3})[^\d号號]{1,3}(?P<number>\d{1,6})\s?[号號]")
_RUN = re.compile(r"[A-Za-z0-9]+|[^\W\d_a-zA-Z]+")


@dataclass(frozen=True, slots=True)
class Asked:
    """所问: what the address says, each part once."""

    q: str = ""
    year: str = ""
    column: str = ""
    sort: str = ""
    validity: str = ""
    order: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> "Asked":
        return cls(
            request.GET.get("q", ""),
            *(
                request.GET.get(name, "")[:_LONGEST_CHOICE]
                for name in ("year", "column", "sort", "validity", "order")
            ),
        )

    def address(self, **changes: str) -> str:
        values = {name: getattr(self, name) for name in self.__slots__} | changes
        return f"{address('search')}?{urlencode({name: value for name, value in values.items() if value})}"


@dataclass(frozen=True, slots=True)
class Choice:
    """筛选的一项. ``count`` is empty where it is not known."""

    label: str
    url: str
    count: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Row:
    entry: SearchEntry
    excerpt: Excerpt
    column: str


def search(request: HttpRequest) -> HttpResponse:
    """检索: newest first unless the reader asks for the most relevant."""
    asked = Asked.of(request)
    query = read(asked.q)
    columns = _columns(queries.columns().disclosure + queries.columns().site)
    filters = _filters(asked, columns)
    by_relevance = asked.order == _RELEVANCE
    find = finding.most_relevant if by_relevance else finding.newest
    after = Place.read(request.GET.get("after", ""))
    results = find(query, filters=filters, after=after)
    overview = finding.survey(query, filters=filters)
    return render(
        request,
        "portal/search.html",
        {
            "words": query.text,
            "asked": asked,
            "query": query,
            "longest": LONGEST,
            "most_words": MOST_WORDS,
            "rows": _rows(results, query, columns),
            "survey": overview,
            "count": _number(overview.count, more=overview.more),
            "chosen": tuple(_chosen(asked, columns)),
            "groups": tuple(_groups(asked, overview, columns)),
            "orders": _orders(asked),
            "by_relevance": by_relevance,
            "first": after is None,
            "first_url": asked.address(),
            "next_url": f"{asked.address()}&after={results.next}" if results.next else "",
            "suggestions": () if results.entries else tuple(_suggestions(asked, query)),
            "application": _application(columns),
        },
    )


def _columns(branches: Iterable[Branch]) -> dict[str, Branch]:
    found: dict[str, Branch] = {}
    for branch in branches:
        found[_slug(branch.column)] = branch
        found |= _columns(branch.branches)
    return found


def _slug(column: PublishedColumn) -> str:
    return REPORTS_COLUMN if column.layout == PublishedColumn.Layout.REPORTS else column.slug


def _filters(asked: Asked, columns: dict[str, Branch]) -> Filters:
    """A year or a column that is none finds nothing, as one without results does."""
    inside: tuple[str, ...] = ()
    if asked.column:
        branch = columns.get(asked.column)
        inside = (asked.column, *(_columns(branch.branches) if branch else ()))
    year = int(asked.year) if asked.year.isascii() and asked.year.isdigit() else 0
    return Filters(year if asked.year else None, inside, asked.sort, asked.validity)


def _rows(results: Results, query: Query, columns: dict[str, Branch]) -> list[Row]:
    shown = excerpts.excerpts(results.entries, query)
    return [
        Row(entry, excerpt, _name(entry.columns.partition(" ")[0], columns))
        for entry, excerpt in zip(results.entries, shown, strict=True)
    ]


def _name(slug: str, columns: dict[str, Branch]) -> str:
    return columns[slug].column.name if slug in columns else ""


def _number(count: int, *, more: bool) -> str:
    return f"{count:,}以上" if more else f"{count:,}"


def _chosen(asked: Asked, columns: dict[str, Branch]) -> Iterator[Choice]:
    """已选的筛选, each with the address without it."""
    if asked.year:
        yield Choice(f"{asked.year}年", asked.address(year=""))
    if asked.column:
        yield Choice(_name(asked.column, columns) or asked.column, asked.address(column=""))
    if asked.sort:
        yield Choice(asked.sort, asked.address(sort=""))
    if asked.validity:
        yield Choice(asked.validity, asked.address(validity=""))


def _groups(asked: Asked, found: Survey, columns: dict[str, Branch]) -> Iterator[Group]:
    """可选的筛选: only what divides the results."""
    years = [(str(year), f"{year}年", found.years[year]) for year in sorted(found.years, reverse=True)]
    inside = [(slug, _name(slug, columns), count) for slug, count in found.columns.most_common()]
    sorts = [(sort, sort, count) for sort, count in found.sorts.most_common()]
    validities = [(validity, validity, count) for validity, count in found.validities.most_common()]
    for name, label, values in (
        ("year", "年份", years),
        ("column", "栏目", inside),
        ("sort", "种类", sorts),
        ("validity", "有效性", validities),
    ):
        choices = [
            Choice(shown, asked.address(**{name: value}), _number(count, more=found.more))
            for value, shown, count in values
            if value and shown
        ]
        if not getattr(asked, name) and len(choices) > 1:
            yield Group(label, tuple(choices[:_MOST_CHOICES]))


def _orders(asked: Asked) -> tuple[Choice, Choice]:
    return Choice("按时间", asked.address(order="")), Choice("按相关度", asked.address(order=_RELEVANCE))


def _suggestions(asked: Asked, query: Query) -> Iterator[Choice]:
    """没有结果时: without filters, with fewer words, with a part of a long word; only what has results."""
    if not query.words:
        return
    wide = Asked(asked.q, order=asked.order)
    if wide != asked and finding.anything(query):
        yield Choice("去掉筛选", wide.address())
    if query.without and finding.anything(query.only(*query.words)):
        yield Choice(f"不排除“{query.without[0].typed}”", wide.address(q=query.only(*query.words).text))
    several = len(query.words) > 1
    for part in [word.typed for word in query.words[:5]] if several else _parts(query.words[0].typed):
        if finding.anything(read(part)):
            yield Choice(f"只找“{part}”", wide.address(q=part))


def _parts(word: str) -> tuple[str, ...]:
    """What of a long word may be looked for: of a document number its year and number, or the year; of a run of
    characters its two halves, cut between pairs, for most words are pairs."""
    number = _DOCUMENT_NUMBER.search(word)
    if number is not None:
        return f"〔{number['year']}〕{number['number']}号", number["year"]
    runs = [run for run in _RUN.findall(word) if len(run) > 1]
    if len(runs) > 1:
        return tuple(runs)
    at = (len(word) // 2 + 1) // 2 * 2
    return (word[:at], word[at:]) if len(word) >= 4 else ()


def _application(columns: dict[str, Branch]) -> PublishedColumn | None:
    """依申请公开: what is not published can be applied for (条例第二十七条)."""
    part = PublishedColumn.Part.APPLICATION
    return next((branch.column for branch in columns.values() if branch.column.part == part), None)

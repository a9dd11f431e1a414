"""台账. One pattern for every register: search, filter chips with counts, chosen columns, keyset pages, export.

>>> register = Register(title="申请台账", records=queries.applications(visible_to=person), ...)  # doctest: +SKIP
>>> return render(request, "desk/register.html", {"register": register.page(request.GET)})       # doctest: +SKIP
"""

import base64
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field, Model, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

LONGEST_SEARCH = 100  # characters; nothing in a register is looked for by more
COUNTED_AT_MOST = 10_000  # a count beyond this is shown as 10000+: nobody reads it, and it would cost a scan

_SHORT = 8  # characters
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}( \d{2}:\d{2})?")


@dataclass(frozen=True, slots=True)
class Column:
    """一栏: its label and how its value is read from a record (attribute path, or a function)."""

    label: str
    value: str | Callable[[Any], Any]
    link: Callable[[Any], str] | None = None
    numeric: bool = False

    def text(self, record: Model) -> str:
        return written(self._read(record))

    def _read(self, record: Any) -> Any:
        if callable(self.value):
            return self.value(record)
        for name in self.value.split("."):
            record = getattr(record, name, None)
        return record() if callable(record) else record


@dataclass(frozen=True, slots=True)
class Chip:
    """筛选签: key in the address, label on the screen, and the condition it stands for."""

    key: str
    label: str
    condition: Q


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    link: str
    numeric: bool

    @property
    def is_short(self) -> bool:
        """A word or a time is not broken over two lines."""
        return len(self.text) <= _SHORT or _TIME.fullmatch(self.text) is not None


@dataclass(frozen=True, slots=True)
class ShownChip:
    label: str
    count: str
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ShownColumn:
    label: str
    key: str
    numeric: bool
    chosen: bool


@dataclass(frozen=True, slots=True)
class Page:
    """台账的一页, ready for the template."""

    title: str
    columns: list[ShownColumn]
    rows: list[list[Cell]]
    keys: list[str]  # the public ids of the rows' records, for lists from which some are chosen
    chips: list[ShownChip]
    searchable: bool
    search_hint: str
    searched: str
    kept: list[tuple[str, str]]  # what a search form passes along
    next_address: str
    previous_address: str
    export_address: str
    import_address: str
    add_address: str
    add_label: str
    empty: str

    @property
    def shown_columns(self) -> list[ShownColumn]:
        return [column for column in self.columns if column.chosen]


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """台账: what to list and how. ``order`` names fields that are never null and ends with pk."""

    title: str
    records: QuerySet[Any]
    columns: Sequence[Column]
    order: tuple[str, ...] = ("-pk",)
    chips: Sequence[Chip] = ()
    search: Callable[[QuerySet[Any], str], QuerySet[Any]] | None = None
    search_hint: str = ""
    export_url: str = ""
    import_url: str = ""
    add_url: str = ""
    add_label: str = "登记"
    empty: str = "还没有记录。"
    page_size: int = 50

    def page(self, query: QueryDict) -> Page:
        """The page that the address asks for."""
        searched = self._searched(query)
        chosen = self._chosen_chip(query)
        records = searched.filter(chosen.condition) if chosen else searched
        shown, before, after = self._slice(records, query)
        columns = self._columns(query)
        kept = _without(query, "after", "before")
        return Page(
            title=self.title,
            columns=columns,
            rows=[self._row(record, columns) for record in shown],
            keys=[getattr(record, "public_id", "") for record in shown],
            chips=self._chips(searched, chosen, query),
            searchable=self.search is not None,
            search_hint=self.search_hint,
            searched=query.get("q", ""),
            kept=[(key, value) for key, values in kept.lists() for value in values if key != "q"],
            next_address=_address(kept, after=after),
            previous_address=_address(kept, before=before),
            export_address=_joined(self.export_url, kept) if self.export_url else "",
            import_address=self.import_url,
            add_address=self.add_url,
            add_label=self.add_label,
            empty="没有符合条件的记录，请放宽查找条件。" if kept.get("q") or kept.get("show") else self.empty,
        )

    def all_rows(self, query: QueryDict) -> Iterator[list[str]]:
        """Head and every row that the address's search and chip leave, for an export."""
        columns = [
            column for column, shown in zip(self.columns, self._columns(query), strict=True) if shown.chosen
        ]
        yield [column.label for column in columns]
        chosen = self._chosen_chip(query)
        records = self._searched(query)
        records = records.filter(chosen.condition) if chosen else records
        for record in records.order_by(*self.order).iterator(chunk_size=1000):
            yield [column.text(record) for column in columns]

    def _searched(self, query: QueryDict) -> QuerySet[Any]:
        # A database refuses some characters that cannot be seen, and patterns without end.
        words = "".join(c for c in query.get("q", "") if c.isprintable()).strip()[:LONGEST_SEARCH]
        return self.search(self.records, words) if self.search and words else self.records

    def _chosen_chip(self, query: QueryDict) -> Chip | None:
        return next((chip for chip in self.chips if chip.key == query.get("show")), None)

    def _chips(self, records: QuerySet[Any], chosen: Chip | None, query: QueryDict) -> list[ShownChip]:
        if not self.chips:
            return []
        rest = _without(query, "after", "before", "show")
        every = ShownChip("全部", _bounded_count(records), _address(rest) or "?", chosen is None)
        return [every] + [
            ShownChip(
                chip.label,
                _bounded_count(records.filter(chip.condition)),
                _address(rest, show=chip.key),
                chip is chosen,
            )
            for chip in self.chips
        ]

    def _columns(self, query: QueryDict) -> list[ShownColumn]:
        wanted = set(query.getlist("column")) & {str(place) for place in range(len(self.columns))}
        return [
            ShownColumn(column.label, str(place), column.numeric, not wanted or str(place) in wanted)
            for place, column in enumerate(self.columns)
        ]

    def _row(self, record: Model, columns: list[ShownColumn]) -> list[Cell]:
        return [
            Cell(column.text(record), column.link(record) if column.link else "", column.numeric)
            for column, shown in zip(self.columns, columns, strict=True)
            if shown.chosen
        ]

    def _slice(self, records: QuerySet[Any], query: QueryDict) -> tuple[list[Any], str, str]:
        """The records of the page, and the marks of the pages before and after it ("" when there is none)."""
        backwards = _read_mark(query.get("before", ""), records.model, self.order)
        forwards = _read_mark(query.get("after", ""), records.model, self.order)
        order = tuple(_turned(name) for name in self.order) if backwards else self.order
        mark = backwards or forwards
        if mark:
            records = records.filter(_beyond(order, mark))
        found = list(records.order_by(*order)[: self.page_size + 1])
        more, found = len(found) > self.page_size, found[: self.page_size]
        if backwards:
            found.reverse()
        if not found:
            return [], "", ""
        has_previous, has_next = (more, True) if backwards else (bool(mark), more)
        return (
            found,
            _write_mark(found[0], self.order) if has_previous else "",
            _write_mark(found[-1], self.order) if has_next else "",
        )


def written(value: Any) -> str:
    """How a value stands in a list: dates short, times in Beijing time, nothing as nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _beyond(order: tuple[str, ...], mark: list[Any]) -> Q:
    """Records after the mark in this order: greater in the first field, or equal there and greater in the next.

    The bound on the first field follows from the rest. A database that sees it begins its walk along the index at the
    mark; without it, it begins at the first record, and a page costs more the deeper it lies.
    """
    condition, equal = Q(), Q()
    for name, value in zip(order, mark, strict=True):
        field, comparison = name.removeprefix("-"), "lt" if name.startswith("-") else "gt"
        condition |= equal & Q(**{f"{field}__{comparison}": value})
        equal &= Q(**{field: value})
    bound = "lte" if order[0].startswith("-") else "gte"
    return Q(**{f"{order[0].removeprefix('-')}__{bound}": mark[0]}) & condition


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _field(model: type[Model], name: str) -> "Field[Any, Any]":
    found = model._meta.pk if name == "pk" else model._meta.get_field(name)
    if not isinstance(found, Field):
        raise ValueError(f"台账不能按 {name} 排序")
    return found


def _write_mark(record: Model, order: tuple[str, ...]) -> str:
    values = [_field(type(record), name.removeprefix("-")).value_to_string(record) for name in order]
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def _read_mark(text: str, model: type[Model], order: tuple[str, ...]) -> list[Any]:
    """The values of a mark; a damaged one counts as none, which shows the first page."""
    try:
        values = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if not isinstance(values, list) or len(values) != len(order):
            return []
        return [
            _field(model, name.removeprefix("-")).to_python(value)
            for name, value in zip(order, values, strict=True)
        ]
    except (ValueError, TypeError, OverflowError, RecursionError, ValidationError):
        return []


def _bounded_count(records: QuerySet[Any]) -> str:
    count = records.order_by()[: COUNTED_AT_MOST + 1].count()
    return f"{COUNTED_AT_MOST}+" if count > COUNTED_AT_MOST else str(count)


def _without(query: QueryDict, *names: str) -> QueryDict:
    rest = query.copy()
    for name in names:
        rest.pop(name, None)
    return rest


def _address(query: QueryDict, **more: str) -> str:
    """The same list with something added; "" when what is added is empty or there is nothing to say."""
    if more and not all(more.values()):
        return ""
    query = query.copy()
    for name, value in more.items():
        query[name] = value
    return f"?{query.urlencode()}" if query else ""


def _joined(url: str, query: QueryDict) -> str:
    return f"{url}?{query.urlencode()}" if query else url

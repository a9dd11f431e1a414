"""公众能看到什么. Everything a reader can reach on the portal, all of it published."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from gongkai.portal.addresses import item_address
from gongkai.portal.models import (
    ItemInColumn,
    PublicState,
    PublishedAct,
    PublishedColumn,
    PublishedFile,
    PublishedItem,
    PublishedList,
    PublishedPage,
    PublishedReport,
    Site,
    Withdrawn,
)
from gongkai.portal.payloads import report_key
from gongkai.portal.search.projection import ACT_COLUMNS
from gongkai.rules.regulations_2019.shown_by_register import SHOWN_BY, unit_of

PAGE_OF_ITEMS = 20
TOPICS_COLUMN = "topics"  # the column in which the desk places open topics
_PLACE = re.compile(r"([0-9]{1,11}\.[0-9]{6})-([0-9]{1,18})", re.ASCII)


class NothingReleasedYet(Exception):
    """网站还没有发布: the desk has not sent whose portal this is."""


@dataclass(frozen=True, slots=True)
class Branch:
    """栏目树的一支: a column and the columns inside it."""

    column: PublishedColumn
    branches: tuple["Branch", ...]


def site() -> Site:
    return frame().site


def state() -> tuple[int, datetime | None]:
    """How often anything public has changed, and when last."""
    return PublicState.objects.values_list("stamp", "changed_at").first() or (0, None)


@dataclass(frozen=True, slots=True)
class Columns:
    """全部栏目: the required parts in their order, and the columns of the site beside them (专栏姓专)."""

    disclosure: tuple[Branch, ...]
    site: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """每页的框架: what every page shows and few changes touch. Read again when the public stamp has moved."""

    site: Site
    columns: Columns
    foot: tuple[PublishedPage, ...]  # 关于我们、隐私声明等: pages outside every column
    by_slug: Mapping[str, PublishedColumn]
    inside: Mapping[int, tuple[PublishedColumn, ...]]  # the columns inside a column
    with_pages: frozenset[int]  # the columns that hold pages
    key: str  # of this state of the public side, for what templates keep of it


def frame() -> Frame:
    """每页的框架, for one query as long as nothing public has changed."""
    return _frame(*state())


@lru_cache(maxsize=2)
def _frame(stamp: int, changed_at: datetime | None) -> Frame:
    kept = Site.objects.first()
    if kept is None:
        raise NothingReleasedYet  # an exception is not kept
    all_columns = {column.pk: column for column in PublishedColumn.objects.all()}
    inside: dict[int | None, list[PublishedColumn]] = {}
    for column in all_columns.values():  # by position
        inside.setdefault(column.parent_id, []).append(column)
        column.parent = all_columns.get(column.parent_id or 0)  # known already, no query for it
    pages = PublishedPage.objects.defer("html")
    return Frame(
        key=f"{stamp}.{changed_at}",
        site=kept,
        columns=_tree(inside),
        foot=tuple(pages.filter(column__isnull=True)),
        by_slug={column.slug: column for column in all_columns.values()},
        inside={parent: tuple(found) for parent, found in inside.items() if parent},
        with_pages=frozenset(
            PublishedPage.objects.filter(column__isnull=False).order_by().values_list("column", flat=True)
        ),
    )


def _tree(inside: Mapping[int | None, list[PublishedColumn]]) -> Columns:
    def branches(parent: int | None) -> tuple[Branch, ...]:
        return tuple(Branch(column, branches(column.pk)) for column in inside.get(parent, ()))

    order = list(PublishedColumn.Part)
    top = branches(None)
    parts = (branch for branch in top if branch.column.part)
    return Columns(
        disclosure=tuple(
            sorted(parts, key=lambda branch: order.index(PublishedColumn.Part(branch.column.part)))
        ),
        site=tuple(branch for branch in top if not branch.column.part),
    )


def columns() -> Columns:
    """栏目树, columns inside each other by position."""
    return frame().columns


def topics(*, count: int) -> list[PublishedPage]:
    """专题 that are open or just closed, newest first; archived ones stand in a column of their own."""
    pages = PublishedPage.objects.filter(column__slug=TOPICS_COLUMN).select_related("column").defer("html")
    return list(pages.order_by("-released_at", "-id")[:count])


@dataclass(frozen=True, slots=True)
class Listed:
    """清单上的一条信息: what a list shows of an item, and nothing more is read of it."""

    title: str
    listed_at: datetime
    key: str

    def get_absolute_url(self) -> str:
        return item_address(self.key)


def latest_by_column(
    branches: tuple[Branch, ...], *, columns: int, count: int
) -> list[tuple[PublishedColumn, tuple[Listed, ...]]]:
    """首页各栏目最新: in the order of the tree, those that hold items; topics have a place of their own."""
    holds = Exists(ItemInColumn.objects.filter(column=OuterRef("pk")))
    holding = set(PublishedColumn.objects.filter(holds).values_list("pk", flat=True))
    chosen = [column for column in _flat(branches) if column.pk in holding and column.slug != TOPICS_COLUMN]
    return [(column, items_of(column, count=count).items) for column in chosen[:columns]]


def _flat(branches: tuple[Branch, ...]) -> Iterator[PublishedColumn]:
    for branch in branches:
        yield branch.column
        yield from _flat(branch.branches)


def pages_of(column: PublishedColumn) -> QuerySet[PublishedPage]:
    return column.pages.select_related("column")


@dataclass(frozen=True, slots=True)
class ItemsOfColumn:
    """栏目的一页信息, newest first; ``next`` is the place the next page begins after, "" on the last."""

    items: tuple[Listed, ...]
    next: str


def items_of(column: PublishedColumn, *, after: str = "", count: int = PAGE_OF_ITEMS) -> ItemsOfColumn:
    """By keyset, so that page 10,000 costs what page 1 costs. A place nobody gave out is the first page."""
    places = _places_in(column)
    if begin := place(after):
        listed_at, item = begin
        places = places.filter(
            Q(listed_at__lt=listed_at) | Q(listed_at=listed_at, item__lt=item),
            listed_at__lte=listed_at,  # so that the index is entered at the right place
        )
    return _one_page(places.values_list("item__title", "listed_at", "item__key", "item")[: count + 1], count)


def _places_in(column: PublishedColumn) -> QuerySet[ItemInColumn]:
    return ItemInColumn.objects.filter(column=column).order_by("-listed_at", "-item")


def items_of_duty(key: str, *, after: str = "", count: int = PAGE_OF_ITEMS) -> ItemsOfColumn:
    """一项法定主动公开内容的信息, by keyset as in a column."""
    items = PublishedItem.objects.filter(duty=key).order_by("-listed_at", "-id")
    if begin := place(after):
        listed_at, number = begin
        items = items.filter(
            Q(listed_at__lt=listed_at) | Q(listed_at=listed_at, id__lt=number),
            listed_at__lte=listed_at,
        )
    return _one_page(items.values_list("title", "listed_at", "key", "id")[: count + 1], count)


def _one_page(rows: Iterable[tuple[str, datetime, str, int]], count: int) -> ItemsOfColumn:
    """Of one row more than the page shows, which tells whether another page follows."""
    found = list(rows)
    _, listed_at, _, number = found[count - 1] if len(found) > count else ("", None, "", 0)
    return ItemsOfColumn(
        tuple(Listed(title, day, key) for title, day, key, _ in found[:count]),
        written_place(listed_at, number) if listed_at else "",
    )


def items_of_duties() -> dict[str, int]:
    """每项法定主动公开内容有多少条, from the index alone; counted once after each public change."""
    return dict(_counted_by_duty(*state()))


@lru_cache(maxsize=2)
def _counted_by_duty(stamp: int, changed_at: datetime | None) -> tuple[tuple[str, int], ...]:
    counted = PublishedItem.objects.exclude(duty="").order_by().values_list("duty")
    return tuple(counted.annotate(count=Count("pk")))


@dataclass(frozen=True, slots=True)
class InRegister:
    """一种登记公示: the slug of its column, and how much of it readers see."""

    slug: str
    name: str
    count: int

    @property
    def unit(self) -> str:
        return unit_of(self.slug)


def registers_of_duties() -> dict[str, tuple[InRegister, ...]]:
    """各项法定公开内容由哪些登记公示落实; counted once after each public change."""
    shown = {each.slug: each for each in _counted_registers(*state())}
    found = {duty: tuple(shown[slug] for slug in slugs if slug in shown) for duty, slugs in SHOWN_BY.items()}
    return {duty: registers for duty, registers in found.items() if registers}


@lru_cache(maxsize=2)
def _counted_registers(stamp: int, changed_at: datetime | None) -> tuple[InRegister, ...]:
    kinds = PublishedAct.objects.order_by().values_list("kind").annotate(count=Count("pk"))
    lists = PublishedList.objects.order_by().values_list("kind", flat=True).distinct()
    counts = {ACT_COLUMNS[kind]: count for kind, count in kinds} | dict.fromkeys(lists, 1)
    columns = PublishedColumn.objects.filter(slug__in=counts).values_list("slug", "name")
    return tuple(InRegister(slug, name, counts[slug]) for slug, name in columns)


def latest_in(
    column: PublishedColumn, *, count: int
) -> list[PublishedItem | PublishedPage | PublishedReport]:
    """一个栏目里最新的, newest first: its items and pages, or the reports where it lists those."""
    if column.layout == PublishedColumn.Layout.REPORTS:
        return list(_current().order_by("-released_at", "-id")[:count])
    pages = column.pages.select_related("column").defer("html").order_by("-released_at", "-id")
    things: list[PublishedItem | PublishedPage | PublishedReport] = [
        *(place.item for place in _places_in(column).select_related("item").defer("item__html")[:count]),
        *pages[:count],
    ]
    return sorted(things, key=lambda thing: thing.listed_at, reverse=True)[:count]


def item(key: str) -> PublishedItem | None:
    return PublishedItem.objects.select_related("main_column__parent").filter(key=key).first()


def page(slug: str) -> PublishedPage | None:
    return PublishedPage.objects.select_related("column__parent").filter(slug=slug).first()


def notice_about_item(key: str) -> Withdrawn | None:
    return _notice(Withdrawn.Kind.ITEM, key)


def written_place(time: datetime, number: int) -> str:
    return f"{time.timestamp():.6f}-{number}"


def place(written: str) -> tuple[datetime, int] | None:
    """翻页的位置 as it was given out; None for anything else."""
    found = _PLACE.fullmatch(written)
    if not found:
        return None
    try:
        return datetime.fromtimestamp(float(found[1]), tz=UTC), int(found[2])
    except (ValueError, OverflowError, OSError):
        return None


def current_reports() -> list[PublishedReport]:
    """各年度报告, each agency's newest edition of each year, newest year first."""
    return list(_current().prefetch_related("files"))


def editions(*, year: int, agency: str = "") -> list[PublishedReport]:
    """一个年度的各版次, newest first; without ``agency`` the site's own."""
    whose = Q(agency=agency, own=False) if agency else Q(own=True)
    return list(PublishedReport.objects.filter(whose, year=year).prefetch_related("files"))


def _current() -> QuerySet[PublishedReport]:
    """现行版次: no later edition of the same year stands there."""
    later = PublishedReport.objects.filter(
        agency=OuterRef("agency"), year=OuterRef("year"), edition__gt=OuterRef("edition")
    )
    return PublishedReport.objects.filter(~Exists(later)).defer("html", "figures")


def latest(*, count: int) -> list[PublishedItem | PublishedPage | PublishedReport]:
    """最新公开: items, pages inside columns and reports, newest first."""
    pages = PublishedPage.objects.filter(column__isnull=False).select_related("column").defer("html")
    all_kinds: list[PublishedItem | PublishedPage | PublishedReport] = [
        *PublishedItem.objects.defer("html").order_by("-listed_at", "-id")[:count],
        *pages.order_by("-released_at", "-id")[:count],
        *_current().order_by("-released_at", "-id")[:count],
    ]
    return sorted(all_kinds, key=lambda thing: thing.listed_at, reverse=True)[:count]


def file_named(sha256: str) -> PublishedFile | None:
    """The published file of this hash, None when nothing public names it (PUB-04)."""
    return PublishedFile.objects.filter(sha256=sha256).order_by("-id").first()


def notice_about_page(slug: str) -> Withdrawn | None:
    return _notice(Withdrawn.Kind.PAGE, slug)


def notice_about_column(slug: str) -> Withdrawn | None:
    return _notice(Withdrawn.Kind.COLUMN, slug)


def notice_about_report(*, agency: str, year: int, edition: int) -> Withdrawn | None:
    return _notice(Withdrawn.Kind.REPORT, report_key(agency, year=year, edition=edition))


def _notice(kind: str, key: str) -> Withdrawn | None:
    """撤下说明, only where one may be told; otherwise the address never existed (PUB-08)."""
    return Withdrawn.objects.filter(kind=kind, key=key).exclude(note="").first()

"""公众能看到什么. Everything a reader can reach on the portal, all of it published."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongkai.portal.models import (
    ItemInColumn,
    PublicState,
    PublishedColumn,
    PublishedFile,
    PublishedItem,
    PublishedPage,
    PublishedReport,
    Site,
    Withdrawn,
)
from gongkai.portal.payloads import report_key

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
    kept = Site.objects.first()
    if kept is None:
        raise NothingReleasedYet
    return kept


def state() -> tuple[int, datetime | None]:
    """How often anything public has changed, and when last."""
    return PublicState.objects.values_list("stamp", "changed_at").first() or (0, None)


@dataclass(frozen=True, slots=True)
class Columns:
    """全部栏目: the required parts in their order, and the columns of the site beside them (专栏姓专)."""

    disclosure: tuple[Branch, ...]
    site: tuple[Branch, ...]


def columns() -> Columns:
    """栏目树 in one query: columns inside each other by position."""
    inside: dict[int | None, list[PublishedColumn]] = {}
    for column in PublishedColumn.objects.all():
        inside.setdefault(column.parent_id, []).append(column)

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


def topics(*, count: int) -> list[PublishedPage]:
    """专题 that are open or just closed, newest first; archived ones stand in a column of their own."""
    pages = PublishedPage.objects.filter(column__slug=TOPICS_COLUMN).select_related("column").defer("html")
    return list(pages.order_by("-released_at", "-id")[:count])


def pages_of(column: PublishedColumn) -> QuerySet[PublishedPage]:
    return column.pages.select_related("column")


@dataclass(frozen=True, slots=True)
class ItemsOfColumn:
    """栏目的一页信息, newest first; ``next`` is the place the next page begins after, "" on the last."""

    items: tuple[PublishedItem, ...]
    next: str


def items_of(column: PublishedColumn, *, after: str = "", count: int = PAGE_OF_ITEMS) -> ItemsOfColumn:
    """By keyset, so that page 10,000 costs what page 1 costs. A place nobody gave out is the first page."""
    places = ItemInColumn.objects.filter(column=column).order_by("-released_at", "-item")
    if place := _place(after):
        released_at, item = place
        places = places.filter(
            Q(released_at__lt=released_at) | Q(released_at=released_at, item__lt=item),
            released_at__lte=released_at,  # so that the index is entered at the right place
        )
    found = list(places.select_related("item").defer("item__html")[: count + 1])
    last = found[count - 1] if len(found) > count else None
    return ItemsOfColumn(
        tuple(place.item for place in found[:count]),
        f"{last.released_at.timestamp():.6f}-{last.item_id}" if last else "",
    )


def item(key: str) -> PublishedItem | None:
    return PublishedItem.objects.select_related("main_column__parent").filter(key=key).first()


def notice_about_item(key: str) -> Withdrawn | None:
    return _notice(Withdrawn.Kind.ITEM, key)


def _place(written: str) -> tuple[datetime, int] | None:
    found = _PLACE.fullmatch(written)
    if not found:
        return None
    try:
        return datetime.fromtimestamp(float(found[1]), tz=UTC), int(found[2])
    except (ValueError, OverflowError, OSError):
        return None


def pages_at_the_foot() -> QuerySet[PublishedPage]:
    """关于我们、隐私声明等: pages outside every column."""
    return PublishedPage.objects.filter(column__isnull=True)


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
        *PublishedItem.objects.defer("html").order_by("-released_at", "-id")[:count],
        *pages.order_by("-released_at", "-id")[:count],
        *_current().order_by("-released_at", "-id")[:count],
    ]
    return sorted(all_kinds, key=lambda thing: thing.released_at, reverse=True)[:count]


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

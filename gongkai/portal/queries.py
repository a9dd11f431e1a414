"""公众能看到什么. Everything a reader can reach on the portal, all of it published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongkai.portal.models import (
    PublicState,
    PublishedColumn,
    PublishedFile,
    PublishedPage,
    PublishedReport,
    Site,
    Withdrawn,
)
from gongkai.portal.payloads import report_key


class NothingReleasedYet(Exception):
    """网站还没有发布: the desk has not sent whose portal this is."""


@dataclass(frozen=True, slots=True)
class Branch:
    """栏目树的一支: a column and the columns inside it."""

    column: PublishedColumn
    branches: tuple["Branch", ...]

    def holds(self, slug: str) -> bool:
        return self.column.slug == slug or any(branch.holds(slug) for branch in self.branches)


def site() -> Site:
    kept = Site.objects.first()
    if kept is None:
        raise NothingReleasedYet
    return kept


def state() -> tuple[int, datetime | None]:
    """How often anything public has changed, and when last."""
    return PublicState.objects.values_list("stamp", "changed_at").first() or (0, None)


def column_tree() -> tuple[Branch, ...]:
    """栏目树 in one query: the required parts in their order, columns inside them by position."""
    inside: dict[int | None, list[PublishedColumn]] = {}
    for column in PublishedColumn.objects.all():
        inside.setdefault(column.parent_id, []).append(column)

    def branches(parent: int | None) -> tuple[Branch, ...]:
        return tuple(Branch(column, branches(column.pk)) for column in inside.get(parent, ()))

    order = list(PublishedColumn.Part)
    return tuple(
        sorted(branches(None), key=lambda branch: order.index(PublishedColumn.Part(branch.column.part)))
    )


def pages_of(column: PublishedColumn) -> QuerySet[PublishedPage]:
    return column.pages.select_related("column")


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


def latest(*, count: int) -> list[PublishedPage | PublishedReport]:
    """最新公开: pages inside columns and reports, newest first."""
    pages = PublishedPage.objects.filter(column__isnull=False).select_related("column").defer("html")
    both: list[PublishedPage | PublishedReport] = [
        *pages.order_by("-released_at", "-id")[:count],
        *_current().order_by("-released_at", "-id")[:count],
    ]
    return sorted(both, key=lambda thing: thing.released_at, reverse=True)[:count]


def search(words: str, *, count: int) -> list[PublishedPage | PublishedReport]:
    """检索 by title: every word must occur in it."""
    condition = Q()
    for word in words.split():
        condition &= Q(title__icontains=word)
    if not condition:
        return []
    pages = PublishedPage.objects.filter(condition).select_related("column").defer("html")
    reports = _current().filter(condition)
    found: Sequence[PublishedPage | PublishedReport] = [*reports[:count], *pages[:count]]
    return sorted(found, key=lambda thing: thing.released_at, reverse=True)[:count]


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

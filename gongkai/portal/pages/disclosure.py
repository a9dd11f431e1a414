"""首页和政府信息公开栏目."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from gongkai.portal import presenters, queries
from gongkai.portal.addresses import address
from gongkai.portal.leaving import with_prompts
from gongkai.portal.links import without_withdrawn
from gongkai.portal.models import PublishedColumn, PublishedItem, PublishedPage, Withdrawn
from gongkai.portal.pages import administrative_acts, errors, guide, normative, reports
from gongkai.portal.pages.context import frame_of
from gongkai.portal.qr import printed

LATEST = 12
TOPICS = 6
COLUMNS_ON_THE_HOME_PAGE = 8
OF_EACH_COLUMN = 6


def home(request: HttpRequest) -> HttpResponse:
    own = [report for report in queries.current_reports() if report.own]
    return render(
        request,
        "portal/home.html",
        {
            "latest": queries.latest(count=LATEST),
            "by_column": queries.latest_by_column(
                frame_of(request).columns.site, columns=COLUMNS_ON_THE_HOME_PAGE, count=OF_EACH_COLUMN
            ),
            "reports": own[:6],
            "topics": queries.topics(count=TOPICS),
            "topics_address": address("column", queries.TOPICS_COLUMN),
        },
    )


def disclosure(request: HttpRequest) -> HttpResponse:
    """政府信息公开: the way into the required parts."""
    return render(
        request,
        "portal/disclosure.html",
        {
            "column_tags": presenters.disclosure_tags(frame_of(request).site),
            "trail": presenters.trail(None),
            "latest": queries.latest(count=LATEST),
        },
    )


def column(request: HttpRequest, slug: str) -> HttpResponse:
    frame = frame_of(request)
    shown = frame.by_slug.get(slug)
    if shown is None:
        return _gone_or_absent(request, queries.notice_about_column(slug))
    if shown.layout == PublishedColumn.Layout.REPORTS:
        return reports.all_years(request, shown)
    if shown.layout == PublishedColumn.Layout.ACTS:
        return administrative_acts.column(request, shown)
    if shown.part == PublishedColumn.Part.GUIDE and (edition := guide.current()):
        return _one_item(request, edition.item, column=shown)
    pages = list(queries.pages_of(shown)) if shown.pk in frame.with_pages else []
    if shown.layout == PublishedColumn.Layout.PAGE and pages:
        return _one_page(request, pages[0])
    return render(
        request,
        "portal/column.html",
        {
            "column": shown,
            "beside": _beside(shown),
            "column_tags": presenters.column_tags(shown),
            "trail": presenters.trail(shown),
            "pages": [] if "after" in request.GET else pages,
            "items": queries.items_of(shown, after=request.GET.get("after", "")),
            "inside": frame.inside.get(shown.pk, ()),
            "duties": _duties(shown),
        },
    )


def page(request: HttpRequest, slug: str) -> HttpResponse:
    shown = queries.page(slug)
    if shown is None:
        return _gone_or_absent(request, queries.notice_about_page(slug))
    if shown.get_absolute_url() != request.path:  # it stands in a column of one page
        return HttpResponsePermanentRedirect(shown.get_absolute_url())
    return _one_page(request, shown)


def item(request: HttpRequest, key: str) -> HttpResponse:
    """一条政府信息, with its table of facts, text and attachments."""
    shown = queries.item(key)
    if shown is None:
        return _gone_or_absent(request, queries.notice_about_item(key))
    return _one_item(request, shown, column=shown.main_column)


def site_map(request: HttpRequest) -> HttpResponse:
    own = [report for report in queries.current_reports() if report.own]
    return render(request, "portal/site_map.html", {"reports": own})


def _one_item(request: HttpRequest, shown: PublishedItem, *, column: PublishedColumn) -> HttpResponse:
    """In a column: its own, or the disclosure column's where that shows one item in its place (公开指南)."""
    beside = normative.beside(shown)
    in_place = column != shown.main_column
    return render(
        request,
        "portal/item.html",
        {
            "item": shown,
            "text": _readable(request, shown, kind="item", key=shown.key),
            **printed(request, shown.get_absolute_url()),
            "column": column,
            "beside": _beside(column),
            "column_tags": presenters.column_tags(column),
            "article_tags": presenters.item_tags(shown),
            "trail": presenters.trail(column, "" if in_place else shown.title),
            **beside,
            **guide.beside(shown),
            "fact_rows": presenters.fact_rows(presenters.facts_of_item(shown)) + beside["library_facts"],
            "downloads": _downloads(shown),
        },
    )


def _one_page(request: HttpRequest, shown: PublishedPage) -> HttpResponse:
    inside = shown.column
    return render(
        request,
        "portal/page.html",
        {
            "page": shown,
            "text": _readable(request, shown, kind="page", key=shown.slug),
            **printed(request, shown.get_absolute_url()),
            "duties": _duties(inside),
            "column": inside,
            "beside": _beside(inside) if inside else "disclosure",
            "column_tags": presenters.column_tags(inside)
            if inside
            else presenters.foot_tags(frame_of(request).site),
            "article_tags": presenters.page_tags(shown),
            "trail": _trail(shown),
            "fact_rows": presenters.fact_rows(presenters.facts_of_page(shown)),
            "downloads": _downloads(shown),
        },
    )


def _readable(request: HttpRequest, shown: PublishedItem | PublishedPage, *, kind: str, key: str) -> str:
    """The text without what was withdrawn since, its links to other sites over their prompts."""
    text = without_withdrawn(shown.html)
    return with_prompts(text, kind=kind, key=key, own=request.get_host())


def _downloads(shown: PublishedItem | PublishedPage) -> list[presenters.Download]:
    """What the text itself shows or links to is not listed a second time."""
    return presenters.downloads(file for file in shown.files.all() if file.sha256 not in shown.html)


def _duties(column: PublishedColumn | None) -> list[presenters.CountedDuty]:
    """法定主动公开内容 is read duty by duty, whatever else stands in that column."""
    if column is None or column.part != PublishedColumn.Part.STATUTORY:
        return []
    return presenters.counted_duties(queries.items_of_duties(), queries.registers_of_duties())


def _beside(column: PublishedColumn) -> str:
    """Which tree stands beside the page."""
    return "site" if presenters.in_site(column) else "disclosure"


def _trail(shown: PublishedPage) -> list[presenters.Step]:
    """A one-page column and its page are one place; a page outside the columns stands right below the home page."""
    if shown.column is None:
        return [presenters.Step("首页", "/"), presenters.Step(shown.title)]
    if shown.column.layout == PublishedColumn.Layout.PAGE:
        return presenters.trail(shown.column)
    return presenters.trail(shown.column, shown.title)


def _gone_or_absent(request: HttpRequest, notice: Withdrawn | None) -> HttpResponse:
    if notice is None:
        raise Http404
    return errors.withdrawn(request, notice)

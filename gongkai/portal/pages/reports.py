"""政府信息公开年报: all years, and each edition with its tables and files."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from gongkai.portal import presenters, queries
from gongkai.portal.models import PublishedColumn, PublishedReport
from gongkai.portal.pages import errors
from gongkai.portal.qr import printed


def index(request: HttpRequest) -> HttpResponse:
    """/reports/ alone, as people shorten an address: on to the column of all years."""
    column = PublishedColumn.objects.filter(layout=PublishedColumn.Layout.REPORTS).order_by("pk").first()
    if column is None:
        raise Http404
    return redirect(column)


def all_years(request: HttpRequest, column: PublishedColumn) -> HttpResponse:
    """年报栏目: the agency's own reports, then those of the agencies below it."""
    current = queries.current_reports()
    rows = [(report, presenters.downloads(report.files.all())) for report in current]
    return render(
        request,
        "portal/reports.html",
        {
            "column": column,
            "column_tags": presenters.column_tags(column),
            "trail": presenters.trail(column),
            "own": [row for row in rows if row[0].own],
            "subordinate": [row for row in rows if not row[0].own],
        },
    )


def newest_edition(request: HttpRequest, year: int, agency: str = "") -> HttpResponse:
    """一个年度的现行版次."""
    editions = queries.editions(year=year, agency=agency)
    if not editions:
        return _notice(request, agency=agency, year=year, edition=1)
    return _edition(request, editions[0], editions)


def edition(request: HttpRequest, year: int, edition: int, agency: str = "") -> HttpResponse:
    """一个版次, earlier ones included."""
    editions = queries.editions(year=year, agency=agency)
    shown = next((report for report in editions if report.edition == edition), None)
    if shown is None:
        return _notice(request, agency=agency, year=year, edition=edition)
    return _edition(request, shown, editions)


def _edition(request: HttpRequest, shown: PublishedReport, editions: list[PublishedReport]) -> HttpResponse:
    column = PublishedColumn.objects.filter(part=PublishedColumn.Part.REPORTS).first()
    return render(
        request,
        "portal/report.html",
        {
            "report": shown,
            **printed(request, shown.get_absolute_url()),
            "newest": editions[0],
            "editions": [
                (report, presenters.edition_label(report), presenters.downloads(report.files.all()))
                for report in editions
            ],
            "column": column,
            "column_tags": presenters.column_tags(column) if column else None,
            "article_tags": presenters.report_tags(shown),
            "trail": presenters.trail(column, f"{shown.year}年"),
            "fact_rows": presenters.fact_rows(presenters.facts_of_report(shown, newest=editions[0])),
            "downloads": presenters.downloads(shown.files.all()),
        },
    )


def _notice(request: HttpRequest, *, agency: str, year: int, edition: int) -> HttpResponse:
    whose = agency or queries.site().agency
    notice = queries.notice_about_report(agency=whose, year=year, edition=edition)
    if notice is None:
        raise Http404
    return errors.withdrawn(request, notice)

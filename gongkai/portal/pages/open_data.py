"""开放数据页面. What data there are, in Chinese for people; the catalogue, the data and their formats for machines."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.timezone import localtime

from gongkai.portal import queries
from gongkai.portal.addresses import address
from gongkai.portal.links import without_withdrawn
from gongkai.portal.models import PublishedColumn, PublishedReport
from gongkai.portal.open_data import schemas, writing
from gongkai.portal.open_data.catalogue import TERMS, catalogue
from gongkai.portal.open_data.holdings import MOST_ROWS, holdings, part, registers
from gongkai.portal.open_data.records import FIELDS, Record, cells, record
from gongkai.portal.pages import errors
from gongkai.portal.pages.unchanged import told_when_unchanged
from gongkai.portal.presenters import ColumnTags, Step

_TITLE = "开放数据"
_SCHEMA_NAMES = {
    "items": "一个栏目一年的信息",
    "item": "一条信息",
    "reports": "年度报告目录",
    "report": "一份年度报告",
}
_REPORT_HEADS = {
    "agency_name": "机关",
    "year": "年度",
    "edition": "版次",
    "current": "现行",
    "title": "标题",
    "released_at": "发布时间",
    "correction_note": "更正说明",
    "digest": "内容校验值",
    "url": "网址",
    "data": "数据",
}


def overview(request: HttpRequest) -> HttpResponse:
    """数据说明: what there is, what the fields mean, how old it is, how it may be used."""
    site = queries.site()
    return render(
        request,
        "portal/open_data.html",
        {
            "column_tags": ColumnTags(
                _TITLE,
                f"{site.agency_name}主动公开的政府信息的数据文件",
                f"{_TITLE},{site.agency_name}",
                "信息公开",
            ),
            "trail": [Step("首页", address("home")), Step(_TITLE)],
            "holdings": holdings(),
            "registers": registers(),
            "reports": [report for report in _reports() if report.own],
            "fields": FIELDS,
            "most_rows": MOST_ROWS,
            "changed_at": queries.state()[1],
            "terms": TERMS,
            "schemas": [(name, _SCHEMA_NAMES[name]) for name in schemas.NAMES],
        },
    )


@told_when_unchanged
def data_catalogue(request: HttpRequest) -> HttpResponseBase:
    site = queries.site()
    changed_at = queries.state()[1] or site.changed_at
    found = catalogue(
        site, holdings(), registers(), changed_at=changed_at, absolute=request.build_absolute_uri
    )
    return _json(found)


@told_when_unchanged
def items(request: HttpRequest, slug: str, year: int, form: str) -> HttpResponseBase:
    """一个栏目一年的信息. More than fit into one answer follow at the address in ``next`` and in the Link header."""
    column = PublishedColumn.objects.filter(slug=slug).first()
    if column is None or not 1 < year < 9999:
        raise Http404
    found = part(column, year, after=request.GET.get("after", ""))
    here = address("data_items", slug, year, form)
    following = request.build_absolute_uri(f"{here}?after={found.next}") if found.next else None
    records = (record(item, absolute=request.build_absolute_uri) for item in found.items())
    if form == "csv":
        rows = writing.as_csv((field.label for field in FIELDS), map(cells, records))
        response = _streamed(rows, "text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{slug}-{year}.csv"'
    else:
        head = _head(request, f"{column.name}{year}年", "items")
        head |= {"column": column.name, "year": year, "next": following}
        response = _streamed(writing.as_json(head, records), "application/json; charset=utf-8")
    if following:
        response["Link"] = f'<{following}>; rel="next"'
    return response


@told_when_unchanged
def item(request: HttpRequest, key: str) -> HttpResponseBase:
    """一条信息, with its text."""
    found = queries.item(key)
    if found is None:
        notice = queries.notice_about_item(key)
        if notice is None:
            raise Http404
        return errors.withdrawn(request, notice)
    return _json(
        {**record(found, absolute=request.build_absolute_uri), "html": without_withdrawn(found.html)}
    )


@told_when_unchanged
def reports(request: HttpRequest, form: str) -> HttpResponseBase:
    """年度报告目录: every edition, each with the address of its figures."""
    records = _report_records(request)
    if form == "csv":
        rows = ([_plain(each[key]) for key in _REPORT_HEADS] for each in records)
        response = _streamed(writing.as_csv(_REPORT_HEADS.values(), rows), "text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="reports.csv"'
        return response
    head = _head(request, "政府信息公开工作年度报告", "reports")
    return _streamed(writing.as_json(head, records, name="reports"), "application/json; charset=utf-8")


@told_when_unchanged
def report(request: HttpRequest, agency: str, year: int, edition: int) -> HttpResponseBase:
    """一个版次: text and tables in the form the report tool reads and writes."""
    found = PublishedReport.objects.filter(agency=agency, year=year, edition=edition).first()
    if found is None:
        notice = queries.notice_about_report(agency=agency, year=year, edition=edition)
        if notice is None:
            raise Http404
        return errors.withdrawn(request, notice)
    return _json(found.figures)


@told_when_unchanged
def schema(request: HttpRequest, name: str) -> HttpResponseBase:
    found = schemas.schema(name)
    if found is None:
        raise Http404
    return _json(found)


def _reports() -> list[PublishedReport]:
    return list(
        PublishedReport.objects.defer("html", "figures")
        .order_by("-own", "agency", "-year", "-edition")
        .prefetch_related("files")
    )


def _report_records(request: HttpRequest) -> Iterator[Record]:
    before: tuple[str, int] | None = None
    for each in _reports():
        whose = (each.agency, each.year)
        yield {
            "agency": each.agency,
            "agency_name": each.agency_name,
            "year": each.year,
            "edition": each.edition,
            "current": whose != before,  # the newest edition of a year comes first
            "title": each.title,
            "released_at": localtime(each.released_at).isoformat(timespec="seconds"),
            "correction_note": each.correction_note,
            "digest": each.digest,
            "url": request.build_absolute_uri(each.get_absolute_url()),
            "data": request.build_absolute_uri(address("data_report", each.agency, each.year, each.edition)),
            "files": [
                {
                    "name": file.name,
                    "media_type": file.media_type,
                    "url": request.build_absolute_uri(file.get_absolute_url()),
                }
                for file in each.files.all()
            ],
        }
        before = whose


def _head(request: HttpRequest, title: str, schema: str) -> Record:
    site = queries.site()
    return {
        "title": title,
        "publisher": site.agency_name,
        "site": request.build_absolute_uri("/"),
        "schema": request.build_absolute_uri(address("data_schema", schema)),
        "terms": TERMS,
    }


def _plain(value: Any) -> Any:
    return {True: "是", False: "否"}[value] if isinstance(value, bool) else value


def _json(value: Record) -> JsonResponse:
    return JsonResponse(value, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _streamed(rows: Iterator[str], content_type: str) -> StreamingHttpResponse:
    return StreamingHttpResponse((row.encode() for row in rows), content_type=content_type)

"""领导信息: the leaders in their order with posts and division of work, and the same as JSON and CSV for machines."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from gongkai.portal import presenters, queries
from gongkai.portal.models import PublishedLeader
from gongkai.portal.open_data import writing

TITLE = "领导信息"
_HEADS = (
    ("key", "编号"),
    ("name", "姓名"),
    ("post", "职务"),
    ("work", "分工"),
    ("in_office_from", "任职日期"),
    ("url", "网址"),
)


def leaders(request: HttpRequest) -> HttpResponse:
    """现任领导."""
    return render(
        request,
        "portal/leaders.html",
        {
            "title": TITLE,
            "column_tags": _tags(),
            "trail": presenters.trail(None, TITLE),
            "leaders": _every_leader(),
        },
    )


def as_json(request: HttpRequest) -> JsonResponse:
    """现任领导, as JSON at an address that stays."""
    site, (_, changed_at) = queries.site(), queries.state()
    listed = {
        "title": f"{site.agency_name}{TITLE}",
        "publisher": site.agency_name,
        "updated_at": changed_at.isoformat() if changed_at else "",
        "fields": dict(_HEADS),
        "leaders": [_as_data(each, request) for each in _every_leader()],
    }
    return JsonResponse(listed, json_dumps_params={"ensure_ascii": False, "indent": 1})


def as_csv(request: HttpRequest) -> HttpResponse:
    """现任领导, as CSV that a spreadsheet opens as it is."""
    rows = ([str(_as_data(each, request)[name]) for name, _ in _HEADS] for each in _every_leader())
    lines = writing.as_csv([label for _, label in _HEADS], rows)
    response = HttpResponse("".join(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="leaders.csv"'
    return response


def _every_leader() -> QuerySet[PublishedLeader]:
    return PublishedLeader.objects.select_related("item").defer("item__html")


def _as_data(leader: PublishedLeader, request: HttpRequest) -> dict[str, Any]:
    return {
        "key": leader.item.key,
        "name": leader.name,
        "post": leader.post,
        "work": leader.work,
        "in_office_from": leader.in_office_from.isoformat(),
        "url": request.build_absolute_uri(leader.item.get_absolute_url()),
    }


def _tags() -> presenters.ColumnTags:
    site = queries.site()
    return presenters.ColumnTags(
        TITLE,
        f"{site.agency_name}现任领导的职务、分工和简历",
        f"{TITLE},{site.agency_name}",
        "机构概况",
    )

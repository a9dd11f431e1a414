"""法定主动公开内容. What articles 20 and 21 require, matter by matter, each with its count and its list."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.portal import presenters, queries
from gongkai.portal.addresses import address
from gongkai.portal.models import PublishedColumn, Site
from gongkai.portal.presenters import ColumnTags, Step
from gongkai.rules.regulations_2019.proactive import DUTIES_OF_ARTICLE_20, DUTIES_OF_ARTICLE_21, numbered

_DUTIES = {duty.key: duty for duty in DUTIES_OF_ARTICLE_20 + DUTIES_OF_ARTICLE_21}


def duties(request: HttpRequest) -> HttpResponse:
    """按条例第二十条的事项查阅."""
    return render(
        request,
        "portal/duties.html",
        {
            "column": _column(),
            "column_tags": _tags(queries.site()),
            "trail": _trail(),
            "duties": presenters.counted_duties(queries.items_of_duties(), queries.registers_of_duties()),
        },
    )


def duty(request: HttpRequest, key: str) -> HttpResponse:
    """一项内容的清单, newest first."""
    shown = _DUTIES.get(key)
    if shown is None:
        raise Http404
    return render(
        request,
        "portal/duty.html",
        {
            "duty": shown,
            "name": numbered(shown),
            "column": _column(),
            "column_tags": _tags(queries.site(), shown.label),
            "trail": _trail(shown.label),
            "registers": queries.registers_of_duties().get(key, ()),
            "items": queries.items_of_duty(key, after=request.GET.get("after", "")),
        },
    )


def _column() -> PublishedColumn | None:
    return PublishedColumn.objects.filter(part=PublishedColumn.Part.STATUTORY).first()


def _tags(site: Site, label: str = "") -> ColumnTags:
    name = label or presenters.BY_DUTY
    return ColumnTags(
        name,
        f"{site.agency_name}{name}，依据《中华人民共和国政府信息公开条例》主动公开",
        f"{presenters.DISCLOSURE},法定主动公开内容,{name}",
        "信息公开",
    )


def _trail(label: str = "") -> list[Step]:
    above = presenters.trail(_column(), presenters.BY_DUTY)
    if not label:
        return above
    return [*above[:-1], Step(presenters.BY_DUTY, address("duties")), Step(label)]

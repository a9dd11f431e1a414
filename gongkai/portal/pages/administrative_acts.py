"""行政执法公示. Lists of licences and penalties, a single decision, lists of powers, duties, charges and statistics; data."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime

from gongkai.portal import acts, presenters
from gongkai.portal.acts import Asked
from gongkai.portal.addresses import address
from gongkai.portal.models import PublishedAct, PublishedColumn, PublishedList
from gongkai.portal.open_data import writing
from gongkai.portal.pages import errors
from gongkai.portal.presenters import ArticleTags, Fact, Step
from gongkai.portal.search.projection import ACT_COLUMNS
from gongkai.rules.enforcement_publicity_2019.periods import Act
from gongkai.rules.enforcement_publicity_2019.public_fields import SMALL_PARTS

_STATISTICS = "compulsion-statistics"
MOST_AT_ONCE = 500  # rows in one answer for machines; the next address goes on (PUB-11)


def column(request: HttpRequest, shown: PublishedColumn) -> HttpResponse:
    """栏目页: a list of decisions, or the newest edition of a list."""
    if kind := acts.KINDS.get(shown.slug):
        return _decisions(request, shown, kind)
    editions = acts.editions(shown.slug)
    if not editions:
        return render(request, "portal/acts.html", _frame(shown))
    return _edition(request, shown, editions[0], editions)


def one(request: HttpRequest, key: str) -> HttpResponse:
    """一件决定."""
    shown = acts.act(key)
    if shown is None:
        if notice := acts.notice_about_act(key):
            return errors.withdrawn(request, notice)
        raise Http404
    place = _column(ACT_COLUMNS[shown.kind])
    return render(
        request,
        "portal/act.html",
        {
            **_frame(place, last=shown.title),
            "act": shown,
            "article_tags": _tags(shown),
            "fact_rows": presenters.fact_rows(_facts(shown)),
        },
    )


def list_edition(request: HttpRequest, kind: str, edition: int) -> HttpResponse:
    """清单的一个版次."""
    editions = acts.editions(kind)
    shown = next((each for each in editions if each.edition == edition), None)
    if shown is None:
        if notice := acts.notice_about_list(kind, edition):
            return errors.withdrawn(request, notice)
        raise Http404
    if shown == editions[0]:  # one address for what is in force
        return redirect(address("column", kind))
    return _edition(request, _column(kind), shown, editions)


def as_json(request: HttpRequest, slug: str) -> HttpResponse:
    """开放数据（JSON）."""
    answer: dict[str, Any]
    if kind := acts.KINDS.get(slug):
        asked, found = _asked_by_machine(request, kind)
        rows = [_row(each, request) for each in found.acts]
        answer = {"kind": kind, "name": Act(kind).label, "items": rows, "next": _next(request, asked, found)}
    else:
        sheet = _in_force(slug)
        answer = {
            "kind": slug,
            "name": sheet.title,
            "edition": sheet.edition,
            "released_at": localtime(sheet.released_at).isoformat(),
            "items": [dict(zip(sheet.heads, row, strict=True)) for row in sheet.rows],
            "next": "",
        }
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


def as_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """开放数据（CSV）, with a mark that spreadsheets know the characters by; nothing in it runs as a formula (INP-03)."""
    if kind := acts.KINDS.get(slug):
        asked, found = _asked_by_machine(request, kind)
        labels = list(dict.fromkeys(label for each in found.acts for _, label, _ in each.fields))
        table = [[*labels, "公示至", "网址"]]
        for each in found.acts:
            values = {label: value for _, label, value in each.fields}
            link = request.build_absolute_uri(each.get_absolute_url())
            table.append([*(values.get(label, "") for label in labels), f"{each.shown_until:%Y-%m-%d}", link])
        onward = _next(request, asked, found)
    else:
        sheet = _in_force(slug)
        table, onward = [sheet.heads, *sheet.rows], ""
    lines = writing.as_csv(table[0], table[1:])
    answer = HttpResponse("".join(lines), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{slug}.csv"'
    if onward:
        answer["Link"] = f'<{onward}>; rel="next"'
    return answer


def _decisions(request: HttpRequest, shown: PublishedColumn, kind: str) -> HttpResponse:
    asked = Asked.read(kind, request.GET.dict())
    found = acts.acts(asked)
    context = {
        **_frame(shown),
        "decisions": True,
        "asked": asked,
        "acts": found.acts,
        "years": acts.years(kind),
        "next_address": _with(asked, after=found.next) if found.next else "",
        "data": _data(shown.slug, asked),
    }
    return render(request, "portal/acts.html", context)


def _edition(
    request: HttpRequest, place: PublishedColumn, sheet: PublishedList, editions: list[PublishedList]
) -> HttpResponse:
    newest = editions[0]
    context = {
        **_frame(place, last="" if sheet == newest else f"第{sheet.edition}版"),
        "sheet": sheet,
        "newest": newest,
        "newest_address": address("column", sheet.kind),
        "editions": editions,
        "article_tags": ArticleTags(
            sheet.title,
            sheet.released_at,
            sheet.issued_by,
            sheet.get_absolute_url() if sheet != newest else address("column", sheet.kind),
            f"{place.name},{sheet.issued_by}",
            f"{sheet.issued_by}{place.name}（第{sheet.edition}版）",
        ),
        "fact_rows": presenters.fact_rows(
            (
                Fact("发布机构", sheet.issued_by),
                Fact("版次", f"第{sheet.edition}版" + ("" if sheet == newest else "，已有新的版次")),
                Fact("发布时间", f"{localtime(sheet.released_at):%Y-%m-%d %H:%M}"),
                *(() if sheet.kind == _STATISTICS else (Fact("事项数", f"{len(sheet.rows)}项"),)),
                *((Fact("更新说明", sheet.change_note, wide=True),) if sheet.change_note else ()),
            )
        ),
        "note": SMALL_PARTS if sheet.kind == _STATISTICS else "",
        "data": _data(sheet.kind) if sheet == newest else (),
    }
    return render(request, "portal/act_list.html", context)


def _facts(act: PublishedAct) -> list[Fact]:
    facts = [Fact(label, value, wide=len(value) > 24) for _, label, value in act.fields]
    facts.append(Fact("公示时间", f"{localtime(act.released_at):%Y-%m-%d %H:%M}"))
    if act.changed_at != act.released_at:
        facts.append(Fact("更新时间", f"{localtime(act.changed_at):%Y-%m-%d %H:%M}"))
    facts.append(Fact("公示至", f"{act.shown_until:%Y-%m-%d}"))
    return facts


def _tags(act: PublishedAct) -> ArticleTags:
    label = Act(act.kind).label
    return ArticleTags(
        str(act),
        act.released_at,
        act.issued_by,
        act.get_absolute_url(),
        f"{label},{act.number}",
        f"{act.issued_by}{label}决定{act.number}",
    )


def _frame(shown: PublishedColumn, last: str = "") -> dict[str, Any]:
    """What every page of a column has."""
    trail: list[Step] = presenters.trail(shown, last)
    return {
        "column": shown,
        "beside": "disclosure",
        "column_tags": presenters.column_tags(shown),
        "trail": trail,
    }


def _column(slug: str) -> PublishedColumn:
    """The column stands there as long as anything in it does: the worker puts it first."""
    return PublishedColumn.objects.select_related("parent__parent").get(slug=slug)


def _in_force(slug: str) -> PublishedList:
    sheet = PublishedList.objects.filter(kind=slug).order_by("-edition").first()
    if sheet is None:
        raise Http404
    return sheet


def _asked_by_machine(request: HttpRequest, kind: str) -> tuple[Asked, acts.Found]:
    asked = Asked.read(kind, request.GET.dict())
    return asked, acts.acts(asked, count=MOST_AT_ONCE)


def _row(act: PublishedAct, request: HttpRequest) -> Mapping[str, str]:
    return {
        **{key: value for key, _, value in act.fields},
        "released_at": localtime(act.released_at).isoformat(),
        "shown_until": act.shown_until.isoformat(),
        "url": request.build_absolute_uri(act.get_absolute_url()),
    }


def _next(request: HttpRequest, asked: Asked, found: acts.Found) -> str:
    return request.build_absolute_uri(_with(asked, after=found.next)) if found.next else ""


def _with(asked: Asked, **changed: str) -> str:
    asked = replace(asked, **changed)
    words = {name: getattr(asked, name) for name in ("year", "number", "after") if getattr(asked, name)}
    return f"?{urlencode(words)}"


def _data(slug: str, asked: Asked | None = None) -> tuple[tuple[str, str], ...]:
    tail = _with(asked, after="").removesuffix("?") if asked else ""
    return (
        ("开放数据（JSON）", address("acts_json", slug) + tail),
        ("开放数据（CSV）", address("acts_csv", slug) + tail),
    )

"""领导信息的页面: who is shown and who was, what stands beside a CV, that somebody leaves."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.agencies.access import Refusal, may
from gongkai.agencies.powers import Power
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.duties.catalogue import queries as items
from gongkai.duties.catalogue.desk.filling import Sheet, fill_in, require_open
from gongkai.duties.catalogue.leaders import actions, queries
from gongkai.duties.catalogue.leaders.content import since_review
from gongkai.duties.catalogue.leaders.desk.forms import LeaveForm, OrderForm, ProfileForm
from gongkai.duties.catalogue.leaders.models import LAST
from gongkai.duties.catalogue.models import Version


@powered(*items.SEEN_BY)
def leaders(request: HttpRequest) -> HttpResponse:
    """现任和历任."""
    person = person_of(request)
    found = list(queries.every_leader(person))
    registered = since_review(found)
    rows = sorted(((each, *registered[each.pk]) for each in found), key=lambda row: row[2])
    context: dict[str, Any] = {
        "title": "领导信息",
        "shown": [row for row in rows if row[0].version.item.live],
        "former": [row for row in rows if not row[0].version.item.live],
        "may_order": bool(may(person, Power.MANAGE_COLUMNS, person.agency, on=timezone.localdate())),
        "last": LAST,
        "may_draft": bool(may(person, Power.DRAFT_ITEMS, person.agency, on=timezone.localdate())),
    }
    return render(request, "leaders/list.html", context)


@powered(Power.MANAGE_COLUMNS)
@require_POST
def order(request: HttpRequest) -> HttpResponse:
    """保存排序."""
    person = person_of(request)
    form = OrderForm(queries.shown(person.agency), request.POST)
    if not form.is_valid():
        raise Refusal(f"没有保存：排序填1到{LAST}的整数，小的排在前面。")
    moved = actions.reorder(form.positions(), by=person)
    words = f"已调整{moved}位的排序，一分钟内在公众侧更新。" if moved else "排序没有变化。"
    messages.success(request, words)
    return redirect("leaders:list")


@powered(Power.DRAFT_ITEMS)
def profile(request: HttpRequest, public_id: str) -> HttpResponse:
    """填写任职信息."""
    person = person_of(request)
    version = items.version(person, public_id)
    require_open(request, version)
    asked = Sheet(
        title=f"任职信息：{version.title}",
        submit_label="保存任职信息",
        said="已保存任职信息。",
        consequence="和简历一起审查、签发。公开以后列入“领导信息”，姓名和职务用于表述检查。",
        back=_back(version),
    )
    form = ProfileForm(version, request.POST or None)
    return fill_in(
        request, form, asked, save=lambda values: actions.save_profile(version, values=values, by=person)
    )


@powered(Power.WITHDRAW_ITEMS)
def leave(request: HttpRequest, public_id: str) -> HttpResponse:
    """登记离任."""
    person = person_of(request)
    version = items.version(person, public_id)
    asked = Sheet(
        title=f"登记离任：{version.title}",
        submit_label="登记离任",
        said="已登记。最后一天过后，公众侧不再列出。",
        consequence="最后一天过后，列表、页面、检索、数据一起撤下；已公开过的内容留在工作台。",
        back=_back(version),
    )
    return fill_in(
        request,
        LeaveForm(request.POST or None),
        asked,
        save=lambda values: actions.leave(version, by=person, **values),
    )


def _back(version: Version) -> str:
    return reverse("catalogue:version", args=[version.public_id]) + "#leader"

"""公开指南的页面: the editions, what stands beside a text, going over the one in force."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.agencies.access import may
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.duties.catalogue import queries as items
from gongkai.duties.catalogue.desk.filling import Sheet, fill_in, require_open
from gongkai.duties.catalogue.guide import actions, queries
from gongkai.duties.catalogue.guide.desk.forms import RecheckForm, SheetForm
from gongkai.duties.catalogue.models import Version


@powered(*items.SEEN_BY)
def editions(request: HttpRequest) -> HttpResponse:
    """各版指南, the one in force first, with when it was gone over."""
    person = person_of(request)
    found = list(queries.editions(person.agency))
    current = found[0] if found else None
    context = {
        "title": "公开指南",
        "editions": found,
        "current": current,
        "due_on": queries.due_on(current) if current else None,
        "today": timezone.localdate(),
        "rechecks": queries.rechecks(current) if current else (),
        "under_way": _under_way(person),
        "may_draft": bool(may(person, Power.DRAFT_ITEMS, person.agency, on=timezone.localdate())),
    }
    return render(request, "guide/editions.html", context)


@powered(Power.DRAFT_ITEMS)
@require_POST
def new_edition(request: HttpRequest) -> HttpResponse:
    """起草新的一版."""
    person = person_of(request)
    if begun := _under_way(person):
        messages.error(request, "没有另外起草：新的一版已经在办理，就是这一份，请在这里继续。")
        return redirect("catalogue:version", public_id=begun.public_id)
    version = actions.new_edition(person.agency, by=person)
    messages.success(request, "已按现行版建立新的一版的草稿。请改指南要素，填写版次。")
    return redirect("catalogue:version", public_id=version.public_id)


def _under_way(person: Person) -> Version | None:
    """新的一版, where this person may open it."""
    begun = queries.under_way(person.agency)
    return items.versions(person).filter(pk=begun.pk).first() if begun else None


@powered(Power.DRAFT_ITEMS)
def sheet(request: HttpRequest, public_id: str) -> HttpResponse:
    """填写指南要素."""
    person = person_of(request)
    version = items.version(person, public_id)
    require_open(request, version)
    asked = Sheet(
        title=f"指南要素：{version.title}",
        submit_label="保存指南要素",
        said="已保存指南要素。",
        consequence="和正文一起审查、签发。公开以后，专栏里的指南就是这一版；以前的各版继续可以查阅。",
        back=reverse("catalogue:version", args=[public_id]) + "#guide",
    )
    form = SheetForm(version, request.POST or None)
    return fill_in(
        request, form, asked, save=lambda values: actions.save_sheet(version, values=values, by=person)
    )


@powered(Power.DRAFT_ITEMS)
def recheck(request: HttpRequest) -> HttpResponse:
    """复核现行版."""
    person = person_of(request)
    asked = Sheet(
        title="复核公开指南",
        submit_label="记录复核结果",
        said="已记录复核结果。",
        consequence="不需修改的，公众侧显示这次和下次的复核日期；需要修改的，按现行版建立新的一版的草稿。",
        back=reverse("guide:editions"),
    )
    return fill_in(
        request,
        RecheckForm(request.POST or None),
        asked,
        save=lambda values: actions.recheck(person.agency, by=person, **values),
    )

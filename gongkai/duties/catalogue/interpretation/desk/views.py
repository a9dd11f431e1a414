"""解读的页面: the plan, beginning an interpretation with one click, links, the office's own requirement."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.agencies.powers import Power
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.duties.catalogue import queries
from gongkai.duties.catalogue.desk.filling import Sheet, fill_in, require_open
from gongkai.duties.catalogue.interpretation import actions
from gongkai.duties.catalogue.interpretation.content import plan_of
from gongkai.duties.catalogue.interpretation.desk.forms import DocumentForm, PlanForm, PracticeForm
from gongkai.duties.catalogue.interpretation.queries import INTERPRETED, practice_of
from gongkai.duties.catalogue.models import InformationItem, Version

DRAFTERS = (Power.DRAFT_ITEMS,)


@powered(*DRAFTERS)
def plan(request: HttpRequest, public_id: str) -> HttpResponse:
    """填写解读方案."""
    person = person_of(request)
    version = queries.version(person, public_id)
    require_open(request, version)
    asked = Sheet(
        title=f"解读方案：{version.title}",
        submit_label="保存解读方案",
        said="已保存解读方案。",
        consequence="解读方案和文件一起审查、签发。审查以后改动的，原来的审查作废。",
        back=_back(version),
    )

    def save(given: Mapping[str, Any]) -> object:
        values = dict(given)
        return actions.save_plan(version, having_seen=values.pop("having_seen"), values=values, by=person)

    return fill_in(request, PlanForm(plan_of(version), request.POST or None), asked, save=save)


@powered(*DRAFTERS)
@require_POST
def begin(request: HttpRequest, public_id: str) -> HttpResponse:
    """起草解读: one click from the document."""
    person = person_of(request)
    begun = actions.begin(queries.version(person, public_id), by=person)
    messages.success(request, "已建立解读的草稿，并与文件关联。请写好正文后保存。")
    return redirect("catalogue:write", public_id=begun.public_id)


@powered(*DRAFTERS)
def link(request: HttpRequest, public_id: str) -> HttpResponse:
    """标明所解读的文件."""
    person = person_of(request)
    version = queries.version(person, public_id)
    require_open(request, version)
    asked = Sheet(
        title=f"标明所解读的文件：{version.title}",
        submit_label="标明",
        said="已标明。",
        consequence="公开以后，文件和解读的页面互相链接；其中一个撤回时，链接随之去掉。",
        back=_back(version),
    )
    form = DocumentForm(version, request.POST or None)
    return fill_in(
        request,
        form,
        asked,
        save=lambda values: actions.link(version, by=person, document=values["document"]),
    )


@powered(*DRAFTERS)
@require_POST
def unlink(request: HttpRequest, public_id: str, other: str) -> HttpResponse:
    """去掉解读关系, from either side's page."""
    person = person_of(request)
    version = queries.version(person, public_id)
    beside = get_object_or_404(InformationItem, agency=person.agency, public_id=other)
    if version.kind in INTERPRETED:
        actions.unlink(beside, document=version.item, by=person)
    else:
        actions.unlink(version.item, document=beside, by=person)
    messages.success(request, "已去掉。")
    return redirect(_back(version))


@powered(Power.MANAGE_COLUMNS)
def practice(request: HttpRequest) -> HttpResponse:
    """解读要求."""
    person = person_of(request)
    asked = Sheet(
        title="解读要求",
        submit_label="保存",
        said="已保存。",
        consequence="政策文件和解读同步起草、同步审签、同步发布。这里只决定解读可不可以晚几天公布。",
        back=reverse("catalogue:items"),
        after=reverse("interpretation:practice"),
    )
    form = PracticeForm(practice_of(person.agency), request.POST or None)
    return fill_in(request, form, asked, save=lambda values: actions.set_practice(by=person, **values))


def _back(version: Version) -> str:
    return reverse("catalogue:version", args=[version.public_id]) + "#interpretation"

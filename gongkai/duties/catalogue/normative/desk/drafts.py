"""起草规范性文件的页面: its sheet, and the documents that it amends or repeals."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.agencies.access import Refusal
from gongkai.agencies.powers import Power
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.duties.catalogue import lifecycle
from gongkai.duties.catalogue import queries as items
from gongkai.duties.catalogue.models import Version
from gongkai.duties.catalogue.normative import actions, queries
from gongkai.duties.catalogue.normative.desk.forms import IntendForm, SheetForm

DRAFTERS = (Power.DRAFT_ITEMS,)


@powered(*DRAFTERS)
def sheet(request: HttpRequest, public_id: str) -> HttpResponse:
    """填写文件要素."""
    person = person_of(request)
    version = items.version(person, public_id)
    if request.method != "POST":
        lifecycle.require(version, "write")
    form = SheetForm(version, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_sheet(version, by=person, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已保存文件要素。")
            return redirect(_back(version))
    context = {
        "title": f"文件要素：{version.title}",
        "form": form,
        "submit_label": "保存文件要素",
        "back": _back(version),
        "consequence": "和文件一起审查、签发；公开以后进入规范性文件库。",
    }
    return render(request, "desk/form.html", context, status=400 if form.errors else 200)


@powered(*DRAFTERS)
def intend(request: HttpRequest, public_id: str) -> HttpResponse:
    """写明修改、废止哪个文件."""
    person = person_of(request)
    version = items.version(person, public_id)
    if request.method != "POST":
        lifecycle.require(version, "write")
    form = IntendForm(version, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.intend(version, by=person, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已写明，本文件公开时生效。")
            return redirect(_back(version))
    context = {
        "title": f"修改、废止的文件：{version.title}",
        "form": form,
        "submit_label": "写明",
        "back": _back(version),
        "consequence": "本文件公开时，那个文件在文件库和公众侧标明修改或者废止，并链接到本文件。",
    }
    return render(request, "desk/form.html", context, status=400 if form.errors else 200)


@powered(*DRAFTERS)
@require_POST
def drop(request: HttpRequest, public_id: str, document: str) -> HttpResponse:
    """去掉一项拟作的变动."""
    person = person_of(request)
    version = items.version(person, public_id)
    actions.drop(version, document=queries.document(person, document), by=person)
    messages.success(request, "已去掉。")
    return redirect(_back(version))


def _back(version: Version) -> str:
    return reverse("catalogue:version", args=[version.public_id]) + "#normative"

"""清理的页面: rounds, one round with its progress, a conclusion on each document, the list of results."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.access import Refusal, powers_of
from gongkai.agencies.powers import Power
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.desk.register import Chip, Column, Register
from gongkai.duties.catalogue.normative import actions, queries
from gongkai.duties.catalogue.normative.desk.forms import ConcludeForm, FinishForm, ReasonForm, RoundForm
from gongkai.duties.catalogue.normative.desk.library import KEEPERS, READERS
from gongkai.duties.catalogue.normative.models import CleanUpEntry, CleanUpRound

Conclusion = CleanUpEntry.Conclusion
ORGANISERS = (Power.DRAFT_ITEMS,)


@powered(*READERS, write=ORGANISERS)
def rounds(request: HttpRequest) -> HttpResponse:
    """规范性文件清理: rounds there were, and beginning one."""
    person = person_of(request)
    form = RoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            opened = actions.open_round(by=person, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已开始清理，现行有效的文件都列在这里。")
            return redirect("normative:round", public_id=opened.public_id)
    counted = CleanUpRound.objects.filter(agency=person.agency).annotate(
        documents=Count("entries"), concluded=Count("entries", filter=~Q(entries__conclusion=""))
    )
    context = {
        "title": "规范性文件清理",
        "form": form,
        "rounds": counted.order_by("-pk")[:50],
        "may_open": Power.DRAFT_ITEMS in powers_of(person, on=timezone.localdate()),
        "submit_label": "开始清理",
        "consequence": "今天现行有效的文件都列入清理，由各科室逐件提出结论。",
    }
    return render(request, "normative/rounds.html", context, status=400 if form.errors else 200)


@powered(*READERS)
def round_(request: HttpRequest, public_id: str) -> HttpResponse:
    """一轮清理: each document and its conclusion."""
    person = person_of(request)
    shown = queries.round_(person, public_id)
    entries = queries.entries(shown)
    is_open = shown.state == CleanUpRound.State.OPEN
    register = Register(
        title=shown.title,
        records=entries,
        columns=(
            Column("名称", "document.title", link=_concluding if is_open else _reading),
            Column("文号", "document.document_number"),
            Column("有效期至", "document.lapses_on"),
            Column("科室", "document.section.name"),
            Column("结论", lambda each: each.get_conclusion_display() or "还没有"),
            Column("理由", "reason"),
            Column("提出人", "concluded_by.name"),
        ),
        order=("pk",),
        chips=(
            Chip("left", "没有结论", Q(conclusion="")),
            *(Chip(each.value, each.label, Q(conclusion=each)) for each in Conclusion),
        ),
    )
    powers = powers_of(person, on=timezone.localdate())
    context = {
        "title": shown.title,
        "round": shown,
        "register": register.page(request.GET),
        "left": entries.filter(conclusion="").count(),
        "total": entries.count(),
        "result": shown.result.versions.order_by("-number").first() if shown.result else None,
        "may_organise": Power.DRAFT_ITEMS in powers,
    }
    return render(request, "normative/round.html", context)


@powered(*KEEPERS)
def conclude(request: HttpRequest, public_id: str, document: str) -> HttpResponse:
    """提出结论."""
    person = person_of(request)
    shown = queries.round_(person, public_id)
    entry = get_object_or_404(queries.entries(shown), document__public_id=document)
    form = ConcludeForm(entry, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.conclude(entry, by=person, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"已提出《{entry.document.title}》的清理结论。")
            return redirect(reverse("normative:round", args=[public_id]) + "?show=left")
    context = {
        "title": f"清理结论：{entry.document}",
        "form": form,
        "consequences": [
            "结论在清理结果公布时生效；公布以前可以改。",
            "结论是“修改”的，由修改它的文件公开时生效；“继续有效”而有效期将届满的，还要另外延长有效期。",
        ],
        "submit_label": "提出结论",
        "back": reverse("normative:round", args=[public_id]),
    }
    return render(request, "desk/confirm.html", context, status=400 if form.errors else 200)


@powered(*ORGANISERS)
def finish(request: HttpRequest, public_id: str) -> HttpResponse:
    """定下结论, and draft the list of results."""
    person = person_of(request)
    shown = queries.round_(person, public_id)
    form = FinishForm(person.agency, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            version = actions.finish(shown, column=form.cleaned_data["column"], by=person)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已定下结论，并起草了公布清理结果的公告。请核对后送审。")
            return redirect("catalogue:version", public_id=version.public_id)
    context = {
        "title": f"定下结论：{shown.title}",
        "form": form,
        "consequences": [
            "结论不再改动，系统起草公布清理结果的公告，照一般信息审查、签发。",
            "公告公开之日起，结论为废止、宣布失效的文件停止施行，公众侧随之标明。",
        ],
        "submit_label": "定下结论并起草公告",
        "back": reverse("normative:round", args=[public_id]),
    }
    return render(request, "desk/confirm.html", context, status=400 if form.errors else 200)


@powered(*ORGANISERS)
def reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    """重新清理."""
    person = person_of(request)
    shown = queries.round_(person, public_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.reopen(shown, by=person, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "可以重新提出结论。")
            return redirect("normative:round", public_id=public_id)
    context = {
        "title": f"重新清理：{shown.title}",
        "form": form,
        "consequences": ["公告的草稿放弃以后，各件的结论可以再改。"],
        "submit_label": "重新清理",
        "back": reverse("normative:round", args=[public_id]),
    }
    return render(request, "desk/confirm.html", context, status=400 if form.errors else 200)


def _concluding(entry: CleanUpEntry) -> str:
    return reverse("normative:conclude", args=[entry.round.public_id, entry.document.public_id])


def _reading(entry: CleanUpEntry) -> str:
    return reverse("normative:document", args=[entry.document.public_id])

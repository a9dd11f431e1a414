"""窗口收件: register an application with what is like it in view, keep the scans, print label and record, find by scanner gun."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from gongkai.agencies.access import Refusal
from gongkai.agencies.desk.qr import qr_address
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.desk.downloads import download
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.duties.applications import barcode
from gongkai.duties.applications.actions import register_application
from gongkai.duties.applications.counter import actions, queries
from gongkai.duties.applications.counter.desk.forms import PaperForm, RegisterForm, ScanForm
from gongkai.duties.applications.counter.likenesses import likenesses
from gongkai.duties.applications.counter.models import ReceivedPaper
from gongkai.duties.applications.desk.case import case_of
from gongkai.duties.applications.intake.models import ApplicationFile
from gongkai.duties.applications.models import Application
from gongkai.registers import actions as registers
from gongkai.registers.desk.forms import ReasonForm
from gongkai.rules.explanation import day_text
from gongkai.virus_checks.queries import Standing, standings

_READ = (Power.READ_REGISTERS, Power.KEEP_REGISTERS)


@powered(Power.KEEP_REGISTERS)
def register(request: HttpRequest) -> HttpResponse:
    """登记一件申请. First what is like it is shown, then it is registered; what was typed travels in the form."""
    person = person_of(request)
    form = RegisterForm(person.agency, request.POST or None)
    context: dict[str, Any] = {"title": "登记一件申请", "form": form, "back": _list()}
    if request.method != "POST" or not form.is_valid() or request.POST.get("to") == "edit":
        if request.POST.get("to") == "edit":
            form = RegisterForm(person.agency)
            form.initial = {name: request.POST.get(name, "") for name in form.fields}
            context["form"] = form
        context |= {"submit_label": "下一步：查找重复和相似", "consequence": "还没有登记，先看有没有重复的。"}
        return render(request, "desk/form.html", context, status=400 if form.errors else 200)
    if request.POST.get("to") == "register":
        try:
            case = register_application(by=person, **form.entry())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return render(request, "desk/form.html", {**context, "submit_label": "下一步"}, status=400)
        messages.success(
            request,
            f"已登记为{case.register_number}。请把申请书、信封和收件章的扫描件登记到这一件，再打印标签。",
        )
        return redirect("application_counter:papers", public_id=case.public_id)
    said = form.cleaned_data
    found = likenesses(person, name=said["applicant_name"], words="\n".join(said["matters"]))
    carried = [(name, request.POST.get(name, "")) for name in form.fields]
    return render(request, "application_counter/alike.html", context | {"found": found, "carried": carried})


@powered(*_READ)
def papers(request: HttpRequest, public_id: str) -> HttpResponse:
    """材料: the scans of a case and how its day of receipt came about."""
    person = person_of(request)
    case = case_of(person, public_id)
    context = {
        "title": f"材料：申请{case.register_number}",
        "case": case,
        "papers": _with_checks(list(queries.papers_of(case))),
        "files": ApplicationFile.objects.filter(application=case),
        "arrival": queries.arrival(case),
    }
    return render(request, "application_counter/papers.html", context)


@powered(Power.KEEP_REGISTERS)
def add(request: HttpRequest, public_id: str) -> HttpResponse:
    """登记一份扫描件."""
    person = person_of(request)
    case = case_of(person, public_id)
    registers.require_standing(case, by=person, to_do="登记材料")
    form = PaperForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            if given["file"].size > actions.LARGEST:
                raise Refusal(
                    f"扫描件超过{actions.LARGEST // actions.MEGABYTE}MB，请降低分辨率或者分成几份。"
                )
            actions.add_paper(
                case,
                kind=given["kind"],
                name=given["file"].name,
                data=given["file"].read(),
                note=given["note"],
                by=person,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已登记这份材料。")
            return redirect("application_counter:papers", public_id=public_id)
    context = {
        "title": f"登记材料：申请{case.register_number}",
        "form": form,
        "submit_label": "登记",
        "consequence": "原样加密保存，归档时装订进案卷；打开要写明原因。",
        "back": _papers(public_id),
    }
    return render(request, "desk/form.html", context, status=400 if form.errors else 200)


@powered(Power.READ_APPLICANTS)
def paper(request: HttpRequest, public_id: str) -> HttpResponse:
    """写明原因，下载一份扫描件. Always a download, never shown in the desk's own pages (FIL-08)."""
    person = person_of(request)
    found = _paper(person, public_id)
    form = ReasonForm(request.POST or None)
    form.fields["reason"].help_text = "写明办理什么事项要用，如“核对邮戳日期”。"
    if request.method == "POST" and form.is_valid():
        try:
            name, content = actions.open_paper(found, reason=form.cleaned_data["reason"], by=person)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return download(name, content, found.media_type)
    context = {
        "title": f"下载{found}",
        "form": form,
        "consequences": [
            "内容是申请人的个人信息，只用于办理这件申请。",
            "查看人、时间和原因记入审计记录，不能删除。",
        ],
        "submit_label": "下载",
        "back": _papers(found.application.public_id),
    }
    return render(request, "desk/confirm.html", context)


@powered(Power.KEEP_REGISTERS)
def take_out(request: HttpRequest, public_id: str) -> HttpResponse:
    """撤出错登的扫描件."""
    person = person_of(request)
    found = _paper(person, public_id)
    registers.require_standing(found.application, by=person, to_do="撤出材料")
    form = ReasonForm(request.POST or None)
    form.fields["reason"].help_text = "如“扫描了别的申请的信封”。"
    if request.method == "POST" and form.is_valid():
        try:
            actions.take_out(found, reason=form.cleaned_data["reason"], by=person)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已撤出，原因留在记录里。")
            return redirect(_papers(found.application.public_id))
    context = {
        "title": f"撤出{found}",
        "form": form,
        "consequences": ["撤出以后不再装订进案卷；登记人、撤出人和原因都留下。"],
        "submit_label": "撤出",
        "danger": True,
        "back": _papers(found.application.public_id),
    }
    return render(request, "desk/confirm.html", context)


@powered(*_READ)
def label(request: HttpRequest, public_id: str) -> HttpResponse:
    """标签和回执条, to print: the number as bars and as words, and nothing of the person."""
    case = case_of(person_of(request), public_id)
    carried = barcode.carried(case.register_number, case.public_id)
    arrival = queries.arrival(case)
    context = {
        "title": f"标签：申请{case.register_number}",
        "case": case,
        "arrival": arrival,
        "carried": carried,
        "bars": barcode.svg(carried),
        "qr": qr_address("\n".join(_slip(case, arrival))),
    }
    return render(request, "application_counter/label.html", context)


def _slip(case: Application, arrival: queries.Arrival) -> Iterator[str]:
    """What a telephone reads off the slip: its own words, so that no network and no site is needed."""
    yield f"{case.agency.name}　政府信息公开申请登记回执"
    yield f"登记编号：{case.register_number}"
    yield f"{arrival.channel}，{day_text(arrival.arrived_on)}到达"
    if arrival.awaits_confirmation:
        yield "收到申请之日：待与您确认，以确认之日为准"
    else:
        yield f"收到申请之日：{day_text(case.received_on)}"
    if case.agency.telephone:
        yield f"联系电话：{case.agency.telephone}"


@powered(Power.READ_APPLICANTS)
def oral_record(request: HttpRequest, public_id: str) -> HttpResponse:
    """口头申请笔录, to print, read back and have signed (条例第二十九条)."""
    person = person_of(request)
    case = case_of(person, public_id)
    said = actions.print_oral_record(case, by=person)
    context = {"title": f"口头申请笔录：申请{case.register_number}", "case": case, "said": said}
    return render(request, "application_counter/oral_record.html", context)


@powered(*_READ)
def find(request: HttpRequest) -> HttpResponse:
    """扫条码: straight to the case."""
    person = person_of(request)
    form = ScanForm(request.GET if "number" in request.GET else None)
    found = queries.by_scan(person, form.cleaned_data["number"]) if form.is_valid() else []
    if len(found) == 1 or (
        found and found[0].voided_at is None and all(each.voided_at for each in found[1:])
    ):
        return redirect("applications:case", public_id=found[0].public_id)
    if form.is_valid() and not found:
        form.add_error(
            "number",
            "没有这个登记编号的申请。请核对标签，或者到申请台账里按日期查找；别的机关的申请在这里查不到。",
        )
    context = {"title": "扫条码查申请", "form": form, "found": found}
    return render(request, "application_counter/find.html", context, status=404 if form.errors else 200)


def _with_checks(papers: list[ReceivedPaper]) -> list[tuple[ReceivedPaper, Standing]]:
    """Each scan with what the virus check told of it."""
    told = standings([each.stored_as for each in papers])
    return [(each, told[each.stored_as]) for each in papers]


def _paper(person: Person, public_id: str) -> ReceivedPaper:
    kept: ReceivedPaper = get_object_or_404(
        ReceivedPaper.objects.select_related("application__agency", "application__section", "agency"),
        agency=person.agency,
        public_id=public_id,
    )
    return kept


def _papers(public_id: str) -> str:
    return reverse("application_counter:papers", args=[public_id])


def _list() -> str:
    return reverse("registers:list", args=["applications"])

"""文书模板、文书字、复议机关的页面."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from gongkai.agencies.access import Refusal, holders, may
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.desk.downloads import download
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.duties.applications.letters import actions
from gongkai.duties.applications.letters.desk.forms import FileForm, SettingForm, SignForm
from gongkai.duties.applications.letters.desk.views import DOCX, PEOPLE, read
from gongkai.duties.applications.letters.documents.placeholders import ALL, required
from gongkai.duties.applications.letters.gathering import office_setting
from gongkai.duties.applications.letters.models import Numbering, Template
from gongkai.duties.applications.letters.wording import template_bytes
from gongkai.rules.regulations_2019.letters import KIND_BY_KEY, KINDS


@dataclass(frozen=True, slots=True)
class Row:
    """一种文书的模板."""

    key: str
    name: str
    sign: str
    template: Template | None


@powered(*PEOPLE, write=Power.SIGN_LETTERS)
def templates(request: HttpRequest) -> HttpResponse:
    """各种文书的模板和文书字; 复议机关和法院."""
    person = person_of(request)
    setting = office_setting(person.agency)
    initial = {"reconsideration_body": setting.reconsideration_body, "court": setting.court}
    form = SettingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_setting(by=person, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已保存。此后拟的答复书按它告知；已经拟好的请重新拟稿。")
            return redirect("letters:templates")
    context = {
        "title": "文书模板",
        "rows": list(_rows(person)),
        "form": form,
        "can_prepare": _may(person),
        "setting": setting,
    }
    return render(request, "letters/templates.html", context, status=400 if form.errors else 200)


@powered(*PEOPLE, write=Power.SIGN_LETTERS)
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """一种文书的模板: upload, restore, its 字. One form a press."""
    person = person_of(request)
    if kind not in KIND_BY_KEY:
        raise Http404
    what = request.POST.get("what", "")
    row = next(each for each in _rows(person) if each.key == kind)
    upload = FileForm(*(request.POST, request.FILES) if what == "upload" else ())
    sign = SignForm(request.POST if what == "sign" else None, initial={"sign": row.sign})
    wrong = ""
    if request.method == "POST":
        try:
            if what == "upload" and upload.is_valid():
                file = upload.cleaned_data["file"]
                actions.save_template(kind, name=file.name, data=read(file), by=person)
                messages.success(request, "已换用上传的模板，此后拟的文书用它。")
                return redirect("letters:template", kind=kind)
            if what == "sign" and sign.is_valid():
                actions.save_sign(kind, sign=sign.cleaned_data["sign"], by=person)
                messages.success(request, "已保存文书字，此后发出的文书用它。")
                return redirect("letters:template", kind=kind)
            if what == "restore":
                actions.restore_template(kind, by=person)
                messages.success(request, "已恢复系统自带的模板。")
                return redirect("letters:template", kind=kind)
        except Refusal as refusal:
            wrong = str(refusal)
    able = holders(Power.SIGN_LETTERS, person.agency, on=timezone.localdate())
    context = {
        "title": f"{row.name}的模板",
        "row": row,
        "upload": upload,
        "sign": sign,
        "wrong": wrong,
        "placeholders": ALL,
        "required": required(KIND_BY_KEY[kind]),
        "can_prepare": _may(person),
        "power": Power.SIGN_LETTERS.label,
        "holders": "、".join(each.name for each in able[:3]),
        "earlier": list(Template.objects.filter(agency=person.agency, kind=kind).select_related("by")[:20]),
    }
    return render(request, "letters/template.html", context, status=400 if wrong or upload.errors else 200)


@powered(*PEOPLE)
def file(request: HttpRequest, kind: str) -> HttpResponse:
    """下载现在用的模板, to be edited in Word or WPS."""
    person = person_of(request)
    if kind not in KIND_BY_KEY:
        raise Http404
    row = next(each for each in _rows(person) if each.key == kind)
    return download(f"{row.name}模板.docx", template_bytes(row.template, kind), DOCX)


def _rows(person: Person) -> Iterator[Row]:
    signs = dict(Numbering.objects.filter(agency=person.agency).values_list("kind", "sign"))
    own = {
        each.kind: each
        for each in Template.objects.filter(agency=person.agency, set_aside_at__isnull=True).select_related(
            "by"
        )
    }
    for kind in KINDS:
        sign = signs.get(kind.key) or f"{person.agency.short_name}{kind.sign}"
        yield Row(kind.key, kind.name, sign, own.get(kind.key))


def _may(person: Person) -> bool:
    return bool(may(person, Power.SIGN_LETTERS, person.agency, on=timezone.localdate()))

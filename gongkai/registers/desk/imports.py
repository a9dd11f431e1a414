"""导入的页面: choose a file, read what it would do, confirm or give up."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from gongkai.agencies.access import Refusal
from gongkai.agencies.powers import Power
from gongkai.desk.downloads import download
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.registers import importing, queries
from gongkai.registers.description import Register
from gongkai.registers.desk.forms import UploadForm
from gongkai.registers.desk.screens import address
from gongkai.registers.models import ImportRun
from gongkai.spreadsheets.workbook import LARGEST
from gongkai.spreadsheets.written import template as template_of

SHOWN_ROWS = 200
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@powered(Power.KEEP_REGISTERS)
def upload(request: HttpRequest, *, register: Register) -> HttpResponse:
    """选择文件并试算."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            if file.size > LARGEST:
                raise Refusal(f"文件超过{LARGEST // 1024 // 1024}MB，请分成几个文件导入。")
            run, _ = importing.preview(register, file_name=file.name, data=file.read(), by=person_of(request))
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect(address(register, "import_run", run.public_id))
    context = {
        "title": f"导入：{register.title}",
        "form": form,
        "submit_label": "试算",
        "consequence": "先试算，列出要新增、更正和不能导入的行；确认之前不写入任何记录。",
        "template_address": address(register, "template"),
        "back": address(register),
    }
    return render(request, "registers/upload.html", context)


@powered(Power.KEEP_REGISTERS)
def run(request: HttpRequest, public_id: str, *, register: Register) -> HttpResponse:
    """试算结果; confirming writes it, giving up lets the file go."""
    person = person_of(request)
    found = get_object_or_404(
        queries.import_runs(register, visible_to=person), public_id=public_id, by=person
    )
    here = address(register, "import_run", public_id)
    if request.method == "POST":
        try:
            if "discard" in request.POST:
                importing.discard(found, by=person)
                messages.success(request, "已放弃这次导入，没有写入任何记录。")
            else:
                done = importing.confirm(register, found, by=person, skip_refused="skip" in request.POST)
                messages.success(request, f"已导入：新增{done.to_add}条，更正{done.to_change}条。")
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect(here)
        return redirect(address(register))
    waiting = found.status == ImportRun.Status.PREVIEWED
    plan = importing.plan_of(register, found, by=person) if waiting else None
    context = {
        "title": f"试算：{found.file_name}",
        "run": found,
        "plan": plan,
        "labels": [register.label_of(name) for name in plan.sampled] if plan else [],
        "sample": plan.sample if plan else [],
        "problems": plan.problems[:SHOWN_ROWS] if plan else [],
        "has_empty": any(not each.value for each in plan.problems[:SHOWN_ROWS]) if plan else False,
        "changes": plan.change[:SHOWN_ROWS] if plan else [],
        "shown_rows": SHOWN_ROWS,
        "back": address(register, "import"),
    }
    return render(request, "registers/import_run.html", context)


@powered(Power.READ_REGISTERS, Power.KEEP_REGISTERS)
def runs(request: HttpRequest, *, register: Register) -> HttpResponse:
    """导入记录."""
    context = {
        "title": f"导入记录：{register.title}",
        "runs": queries.import_runs(register, visible_to=person_of(request))[:SHOWN_ROWS],
        "back": address(register),
    }
    return render(request, "registers/import_runs.html", context)


@powered(Power.KEEP_REGISTERS)
def template(request: HttpRequest, *, register: Register) -> HttpResponse:
    """导入模板."""
    data = template_of(register.title, register.fields_for(person_of(request).agency))
    return download(f"{register.title}模板.xlsx", data, _XLSX)

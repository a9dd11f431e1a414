"""网上收件: how the intake stands, what came in, and the applicant's form and files for whoever may open them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.powers import Power
from gongkai.desk.downloads import download
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.duties.applications.intake import opening, presenters, queries
from gongkai.duties.applications.intake.models import ApplicationFile, ReceivedSubmission
from gongkai.gateways import antivirus
from gongkai.registers.desk.forms import ReasonForm
from gongkai.virus_checks.queries import Standing, standings

_READ = (Power.READ_REGISTERS, Power.KEEP_REGISTERS)
PAGE = 20


@powered(*_READ)
def received(request: HttpRequest) -> HttpResponse:
    """网上收件, newest first."""
    person = person_of(request)
    rows = queries.received(person)
    after = request.GET.get("after", "")
    if after.isascii() and after.isdigit() and len(after) < 19:
        rows = rows.filter(pk__lt=int(after))
    found = list(rows.order_by("-pk")[: PAGE + 1])
    watch = queries.watch()
    context = {
        "title": "网上收件",
        "rows": found[:PAGE],
        "next": found[PAGE - 1].pk if len(found) > PAGE else "",
        "watch": watch,
        "alarm": watch.alarm(timezone.now()) if watch else "",
        "failures": queries.failures()[:PAGE],
        "avoided": queries.avoided(person.agency),
    }
    return render(request, "application_intake/list.html", context)


@powered(*_READ)
def one(request: HttpRequest, public_id: str) -> HttpResponse:
    person = person_of(request)
    row = get_object_or_404(queries.received(person), public_id=public_id)
    context = {
        "title": f"网上收件：{row.application}",
        "row": row,
        "files": _files(row),
        "is_scanned": antivirus.is_on(),
        "back": reverse("application_intake:list"),
    }
    return render(request, "application_intake/one.html", context)


@powered(Power.READ_APPLICANTS)
def particulars(request: HttpRequest, public_id: str) -> HttpResponse:
    """写明原因，查看申请表一次."""
    person = person_of(request)
    row = get_object_or_404(queries.received(person), public_id=public_id)
    context = _asking(f"查看申请表：{row.application}", row.public_id, "查看")
    form = _reason(request)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            content = opening.open_particulars(row, reason=reason, by=person)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            shown = {**context, "lines": presenters.lines(content), "reason": reason}
            return render(request, "application_intake/particulars.html", shown)
    return render(request, "desk/confirm.html", {**context, "form": form})


@powered(Power.READ_APPLICANTS)
def file(request: HttpRequest, public_id: str) -> HttpResponse:
    """写明原因，下载一个文件. Always a download, never shown in the desk's own pages (FIL-08)."""
    person = person_of(request)
    kept = get_object_or_404(
        ApplicationFile.objects.select_related("received__application", "agency"),
        agency=person.agency,
        public_id=public_id,
    )
    context = _asking(f"下载{kept}：{kept.received.application}", kept.received.public_id, "下载")
    form = _reason(request)
    if request.method == "POST" and form.is_valid():
        try:
            name, content = opening.open_file(kept, reason=form.cleaned_data["reason"], by=person)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return download(name, content, kept.media_type)
    return render(request, "desk/confirm.html", {**context, "form": form})


def _files(row: ReceivedSubmission) -> list[tuple[ApplicationFile, Standing]]:
    """Each file with what the scanner told of it."""
    files = list(queries.files_of(row))
    told = standings([each.sha256 for each in files])
    return [(each, told[each.sha256]) for each in files]


def _reason(request: HttpRequest) -> ReasonForm:
    form = ReasonForm(request.POST or None)
    form.fields["reason"].help_text = "写明办理什么事项要用，如“核对身份证明”。"
    return form


def _asking(title: str, received_id: str, label: str) -> dict[str, Any]:
    return {
        "title": title,
        "back": reverse("application_intake:one", args=[received_id]),
        "consequences": [
            "内容是申请人的个人信息，只用于办理这件申请。",
            "查看人、时间和原因记入审计记录，不能删除。",
        ],
        "submit_label": label,
    }

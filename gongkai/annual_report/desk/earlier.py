"""录入过去的报告: upload last year's published report in any format, see what was read of it, keep it."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from gongkai.agencies.access import Refusal
from gongkai.agencies.powers import Power
from gongkai.annual_report import actions
from gongkai.annual_report.models import EarlierReport
from gongkai.desk.forms import DeskForm
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.report.read import CannotRead, read
from gongkai.virus_checks.actions import require_looked_at

_LARGEST = 20 * 1024 * 1024  # bytes (FIL-02)


class EarlierReportForm(DeskForm):
    """上传."""

    file = forms.FileField(label="上一年度的报告", help_text="网页、Word、PDF或文本文件，20 MB以内")

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        if file.size > _LARGEST:
            raise forms.ValidationError("文件超过20 MB。请换一份，或把报告另存为网页或Word文件。")
        return file


@powered(Power.COMPILE_REPORT)
def enter(request: HttpRequest) -> HttpResponse:
    """录入."""
    form = EarlierReportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read()
        try:
            require_looked_at(content, name=file.name, by=person_of(request))
            report = read(content, name=file.name)
            entered = actions.enter_earlier_report(
                report, content=content, file_name=file.name, by=person_of(request)
            )
        except (CannotRead, Refusal) as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, f"已录入{entered.year}年的报告，用于核对上年结转。")
            _warn_of_another_agency(request, entered)
            return redirect("annual_report:list")
    context = {
        "title": "录入过去的报告",
        "form": form,
        "submit_label": "读取并录入",
        "consequence": "只用来核对上年结转、现行有效件数等跨年数据，不会公布。",
        "back": reverse("annual_report:list"),
    }
    return render(request, "desk/form.html", context)


def _warn_of_another_agency(request: HttpRequest, entered: EarlierReport) -> None:
    """A predecessor's report bears another name and is kept; a neighbour's, uploaded by mistake, bears one too."""
    own = entered.agency.name
    if not entered.agency_name:
        messages.warning(
            request, "文件中没有认出报告机关，请核对是不是本机关的报告；不是的，重新录入即可替换。"
        )
    elif entered.agency_name != own:
        messages.warning(
            request,
            f"文件的报告机关是“{entered.agency_name}”，不是“{own}”。不是本机关或者原单位的，重新录入即可替换。",
        )

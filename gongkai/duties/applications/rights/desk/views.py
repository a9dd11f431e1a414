"""个人信息权利: what applicants asked of their data, and the answer."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from gongkai.agencies.access import Refusal
from gongkai.agencies.powers import Power
from gongkai.desk.forms import DeskForm
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.duties.applications.rights import actions
from gongkai.duties.applications.rights.models import RightsRequest
from gongkai.rules.personal_information.rights import Right

PAGE = 20


class AnswerForm(DeskForm):
    """答复."""

    decision = forms.ChoiceField(label="决定", choices=RightsRequest.Decision.choices)
    words = forms.CharField(
        label="答复的内容和理由",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="申请人凭查询码可以看到。不同意的写明理由。",
    )
    name = forms.CharField(label="更正后的姓名或者名称", max_length=100, required=False)
    contact = forms.CharField(label="更正后的联系方式", max_length=200, required=False)

    def __init__(self, right: str, data: object = None) -> None:
        super().__init__(data)
        if right != Right.CORRECT:
            del self.fields["name"], self.fields["contact"]


@powered(Power.READ_REGISTERS, Power.KEEP_REGISTERS)
def listing(request: HttpRequest) -> HttpResponse:
    """个人信息权利的请求, newest first."""
    rows = RightsRequest.objects.filter(agency=person_of(request).agency).select_related("application")
    after = request.GET.get("after", "")
    if after.isascii() and after.isdigit() and len(after) < 19:
        rows = rows.filter(pk__lt=int(after))
    found = list(rows.order_by("-pk")[: PAGE + 1])
    context = {
        "title": "个人信息权利",
        "rows": found[:PAGE],
        "next": found[PAGE - 1].pk if len(found) > PAGE else "",
    }
    return render(request, "application_rights/list.html", context)


@powered(Power.READ_APPLICANTS)
def one(request: HttpRequest, public_id: str) -> HttpResponse:
    """一次请求 and its answer."""
    person = person_of(request)
    asked = get_object_or_404(
        RightsRequest.objects.select_related("application__agency", "application__section", "answered_by"),
        agency=person.agency,
        public_id=public_id,
    )
    form = AnswerForm(asked.right, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer(asked, by=person, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已答复，申请人凭查询码可以看到。")
            return redirect("application_rights:one", public_id=public_id)
    context = {
        "title": f"{asked.get_right_display()}个人信息的请求：{asked.application}",
        "asked": asked,
        "text": actions.open_text(asked, by=person),
        "form": form,
        "submit_label": "答复",
        "consequence": "答复以后不能修改；同意删除的，联系方式、证件号码和身份证明随即销毁，不能恢复。",
        "back": reverse("application_rights:list"),
    }
    return render(request, "application_rights/one.html", context, status=400 if form.errors else 200)

"""转主动公开的页面: the list, one, propose, draft, decline."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.access import Refusal, may
from gongkai.agencies.powers import Power
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.desk.register import Chip, Column, Register
from gongkai.duties.applications.desk.case import case_of
from gongkai.duties.applications.intake.queries import suggests_publication
from gongkai.duties.applications.turning import actions, queries
from gongkai.duties.applications.turning.desk.forms import DraftForm, ProposeForm
from gongkai.duties.applications.turning.models import Turning
from gongkai.registers.desk.forms import ReasonForm


@powered(Power.READ_REGISTERS, Power.KEEP_REGISTERS)
def listing(request: HttpRequest) -> HttpResponse:
    """转主动公开的事项."""
    screen = Register(
        title="转主动公开",
        records=queries.turnings(person_of(request)),
        columns=[
            Column("拟公开的信息", "title", link=lambda each: reverse("turning:one", args=[each.public_id])),
            Column("由来", "get_source_display"),
            Column("申请", "application.register_number"),
            Column("提出", "recorded_at"),
            Column("状态", "get_state_display"),
        ],
        chips=[Chip(state.value, state.label, Q(state=state)) for state in Turning.State],
        empty="没有转主动公开的事项。申请人建议公开，或者多人申请同一信息的，在申请的页面上点“转主动公开”。",
    )
    return render(request, "desk/register.html", {"register": screen.page(request.GET)})


@powered(Power.READ_REGISTERS, Power.KEEP_REGISTERS)
def one(request: HttpRequest, public_id: str) -> HttpResponse:
    """一件事项."""
    turning = _turning(request, public_id)
    version = turning.item.versions.order_by("-number").first() if turning.item else None
    context = {
        "title": turning.title,
        "turning": turning,
        "askers": queries.askers(turning.application),
        "version": version,
    }
    return render(request, "turning/one.html", context)


@powered(Power.KEEP_REGISTERS)
def propose(request: HttpRequest, public_id: str) -> HttpResponse:
    """提出转主动公开."""
    person = person_of(request)
    case = case_of(person, public_id)
    reads = may(person, Power.READ_APPLICANTS, person.agency, on=timezone.localdate())
    source = Turning.Source.APPLICANT if reads and suggests_publication(case) else Turning.Source.OFFICER
    form = ProposeForm(request.POST or None, initial={"source": source})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.propose(case, by=person, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已提出。")
            return redirect("turning:one", made.public_id)
    context = {
        "title": f"转主动公开：{case}",
        "form": form,
        "submit_label": "提出",
        "consequence": "提出后起草成一条信息，和其他信息一样送审、签发、发布；也可以写明理由不转。",
        "back": reverse("applications:case", args=[public_id]),
    }
    return render(request, "desk/form.html", context)


@powered(Power.KEEP_REGISTERS)
def draft(request: HttpRequest, public_id: str) -> HttpResponse:
    """起草."""
    turning = _turning(request, public_id)
    form = DraftForm(person_of(request).agency, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            version = actions.draft(turning, by=person_of(request), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已起草，请补充内容后送审。")
            return redirect("catalogue:version", version.public_id)
    context = {
        "title": f"起草：{turning}",
        "form": form,
        "submit_label": "起草",
        "consequence": "写入查到的、可以公开的信息的名称和文号，附上遮盖后经复核的材料；申请人的任何内容都不带入。",
        "back": reverse("turning:one", args=[public_id]),
    }
    return render(request, "desk/form.html", context)


@powered(Power.KEEP_REGISTERS)
def decline(request: HttpRequest, public_id: str) -> HttpResponse:
    """不转."""
    turning = _turning(request, public_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.decline(turning, opinion=form.cleaned_data["reason"], by=person_of(request))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已记录不转的理由。")
            return redirect("turning:one", public_id)
    context = {
        "title": f"不转主动公开：{turning}",
        "form": form,
        "consequences": ["理由留在这件事项里，可以答复申请人。以后可以再次提出。"],
        "submit_label": "不转",
        "back": reverse("turning:one", args=[public_id]),
    }
    return render(request, "desk/confirm.html", context)


def _turning(request: HttpRequest, public_id: str) -> Turning:
    return get_object_or_404(queries.turnings(person_of(request)), public_id=public_id)

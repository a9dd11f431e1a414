"""更正的同意、期限重算的页面."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from gongkai.agencies.access import Refusal
from gongkai.agencies.powers import Power
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.duties.applications import actions
from gongkai.duties.applications.clocks import recounting, rectifying
from gongkai.duties.applications.clocks.desk.forms import DecisionForm
from gongkai.duties.applications.clocks.models import Recount, Rectification
from gongkai.duties.applications.desk.forms import EventForm
from gongkai.duties.applications.models import Application, ApplicationEvent

LINES_SHOWN = 500


@powered(Power.KEEP_REGISTERS)
def rectify_event(request: HttpRequest, public_id: str) -> HttpResponse:
    """提出更正."""
    person = person_of(request)
    event = get_object_or_404(
        ApplicationEvent.objects.select_related("application__agency", "application__section"),
        agency=person.agency,
        public_id=public_id,
    )
    actions.require_rectifiable(event, event.application, by=person)
    form = EventForm(event, request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        cancels = values.get("cancel", False)
        try:
            rectifying.propose(
                event,
                reason=values["reason"],
                by=person,
                happened_on=None if cancels else values["on"],
                outcome=None if cancels else values.get("outcome") or None,
                cancels=cancels,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已提出更正，另一人同意以后生效。")
            return redirect(_case_address(event.application))
    context = {
        "title": f"更正：{event}",
        "form": form,
        "submit_label": "提出更正",
        "consequence": "另一人同意后才更正。原来的登记和原因保留，期限和结果按更正后的重新算出。",
        "back": _case_address(event.application),
    }
    return render(request, "desk/form.html", context)


@powered(Power.KEEP_REGISTERS)
def rectification(request: HttpRequest, public_id: str) -> HttpResponse:
    """同意或者不同意更正."""
    person = person_of(request)
    proposal = get_object_or_404(
        Rectification.objects.select_related(
            "event__application__agency", "event__application__section", "by"
        ),
        agency=person.agency,
        public_id=public_id,
    )
    case = proposal.event.application
    may_decide = proposal.state == Rectification.State.WAITING and proposal.by_id != person.pk
    if request.method == "POST" and not may_decide:
        raise Refusal("不能由提出人自己决定，也不能再次决定：更正经过要由另一人同意一次。")
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if form.cleaned_data["agrees"]:
                rectifying.agree(proposal, by=person)
            else:
                rectifying.decline(proposal, opinion=form.cleaned_data["opinion"], by=person)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已更正。" if form.cleaned_data["agrees"] else "已退回，没有更正。")
            return redirect(_case_address(case))
    context = {
        "title": f"更正经过：{case}",
        "proposal": proposal,
        "form": form,
        "may_decide": may_decide,
        "back": _case_address(case),
    }
    return render(request, "application_clocks/rectification.html", context)


@powered(Power.KEEP_REGISTERS, Power.EXTEND_REPLY)
def recount(request: HttpRequest, public_id: str) -> HttpResponse:
    """期限重算的变化, to agree to."""
    person = person_of(request)
    made = get_object_or_404(Recount, agency=person.agency, public_id=public_id)
    if request.method == "POST":
        moved = recounting.agree(made, by=person)
        messages.success(request, f"已按现行放假安排改动{moved}件申请的期限。")
        return redirect(reverse("applications:overdue"))
    lines = list(made.lines.select_related("application").order_by("application_id", "pk")[: LINES_SHOWN + 1])
    labels = {field.name: str(field.verbose_name) for field in Application._meta.concrete_fields}
    context = {
        "title": "期限重新计算",
        "recount": made,
        "lines": [(line, labels.get(line.column, line.column)) for line in lines[:LINES_SHOWN]],
        "more": len(lines) > LINES_SHOWN,
        "may_agree": made.state == Recount.State.WAITING and recounting.may_agree(made.agency, by=person),
        "who_agrees": recounting.WHO_AGREES,
        "back": reverse("applications:overdue"),
    }
    return render(request, "application_clocks/recount.html", context)


def _case_address(case: Application) -> str:
    return reverse("applications:case", args=[case.public_id])

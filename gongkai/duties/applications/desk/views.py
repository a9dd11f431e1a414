"""登记申请的经过."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.duties.applications import actions
from gongkai.duties.applications.desk.forms import OFFERED, StepForm
from gongkai.duties.applications.models import Application, ApplicationEvent
from gongkai.duties.applications.opening import require_open
from gongkai.rules.regulations_2019.consultation import Consulted

Kind = ApplicationEvent.Kind
Values = dict[str, Any]
_STEPS: dict[str, Callable[[Application, Values, Person], Application]] = {
    Kind.RECEIPT_CONFIRMED: lambda case, v, by: actions.confirm_receipt(
        case, on=v["on"], by=by, note=v["note"]
    ),
    Kind.CORRECTION_ASKED: lambda case, v, by: actions.ask_for_correction(
        case, on=v["on"], by=by, working_days=v["working_days"], late_on_paper=v["late_on_paper"]
    ),
    Kind.CORRECTION_DELIVERED: lambda case, v, by: actions.deliver_correction(case, on=v["on"], by=by),
    Kind.CORRECTED: lambda case, v, by: actions.receive_correction(case, on=v["on"], by=by),
    Kind.CONSULTATION_SENT: lambda case, v, by: actions.consult(
        case, on=v["on"], by=by, key=v["consultation_key"], consulted=Consulted(v["consulted"])
    ),
    Kind.CONSULTATION_DELIVERED: lambda case, v, by: actions.deliver_consultation(
        case, on=v["on"], by=by, key=v["consultation_key"]
    ),
    Kind.CONSULTATION_ANSWERED: lambda case, v, by: actions.receive_opinion(
        case, on=v["on"], by=by, key=v["consultation_key"], note=v["note"]
    ),
    Kind.EXTENDED: lambda case, v, by: actions.extend_reply(
        case,
        on=v["on"],
        by=by,
        working_days=v["working_days"],
        note=v["note"],
        late_on_paper=v["late_on_paper"],
    ),
    Kind.FEE_NOTICED: lambda case, v, by: actions.notice_fee(
        case, on=v["on"], by=by, amount=v["amount"], sent_on=v["sent_on"]
    ),
    Kind.FEE_PAID: lambda case, v, by: actions.collect_fee(case, on=v["on"], by=by, amount=v["amount"]),
    Kind.DEFERRAL_NOTICED: lambda case, v, by: actions.defer_reply(case, on=v["on"], by=by, until=v["until"]),
    Kind.REPLIED: lambda case, v, by: actions.reply(
        case, on=v["on"], by=by, outcome=v["outcome"], delivery_means=v["delivery_means"], note=v["note"]
    ),
    Kind.CLOSED: lambda case, v, by: actions.close(
        case, on=v["on"], by=by, outcome=v["outcome"], note=v["note"]
    ),
}


@powered(Power.KEEP_REGISTERS)
def step(request: HttpRequest, public_id: str) -> HttpResponse:
    """登记经过."""
    person = person_of(request)
    case = get_object_or_404(Application, agency=person.agency, public_id=public_id)
    require_open(case, by=person)
    kind = request.POST.get("kind", request.GET.get("kind", ""))
    if request.method != "POST" and kind not in OFFERED:
        choosing = {"title": f"登记经过：{case}", "kinds": OFFERED, "back": _back(public_id)}
        return render(request, "applications/steps.html", choosing)
    form = StepForm(kind, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            case = _STEPS[form.cleaned_data["kind"]](case, form.cleaned_data, person)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"已登记。{_where_it_stands(case)}")
            return redirect(_back(public_id))
    step_label = Kind(kind).label if kind in OFFERED else "登记经过"
    context = {
        "title": f"{step_label}：{case}",
        "form": form,
        "submit_label": "登记",
        "consequence": "期限、状态和结果由登记的经过算出，登记后不能直接修改，只能更正。",
        "back": _back(public_id),
    }
    return render(request, "desk/form.html", context)


def _where_it_stands(case: Application) -> str:
    if case.due_on:
        return f"现在{case.get_status_display()}，答复期限{case.due_on:%Y-%m-%d}。"
    return f"现在{case.get_status_display()}。"


def _back(public_id: str) -> str:
    return reverse("applications:case", args=[public_id])

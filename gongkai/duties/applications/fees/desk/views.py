"""收费的页面: the fee of a case, a proposal, one step, the office's practice."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.access import Refusal, may, require
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.desk.forms import DeskForm
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.duties.applications.fees import actions
from gongkai.duties.applications.fees.computing import computed, fee_of, practice_of
from gongkai.duties.applications.fees.desk import forms
from gongkai.duties.applications.fees.models import FeeProposal, Practice
from gongkai.duties.applications.fees.panel import panel
from gongkai.duties.applications.handling import queries as handling
from gongkai.duties.applications.handling.desk import steps
from gongkai.duties.applications.opening import require_open
from gongkai.rules.regulations_2019.clock import PAYMENT_WORKING_DAYS

READERS = (Power.READ_REGISTERS, Power.KEEP_REGISTERS, Power.DECIDE_FEE)
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    label: str
    form: Callable[[FeeProposal, Any], DeskForm]
    do: Callable[[FeeProposal, Values, Person], object]
    consequences: tuple[str, ...]
    danger: bool = False


_STEPS: dict[str, Step] = {
    "decide": Step(
        "决定收费",
        lambda each, data: forms.DecideForm(each, data),
        lambda each, v, by: actions.decide(each, by=by, **v),
        ("决定后由承办人通知申请人；填0为不收费。",),
    ),
    "notice": Step(
        "登记收费通知",
        lambda each, data: forms.NoticeForm(data),
        lambda each, v, by: actions.notice(each, by=by, **v),
        (
            "填申请人收到通知的日期：答复期限停止计算，缴费之日重新起算。",
            f"申请人自收到之次日起{PAYMENT_WORKING_DAYS}个工作日内缴费；逾期未缴的视为放弃申请。",
        ),
    ),
    "pay": Step(
        "登记缴费",
        lambda each, data: forms.PayForm(data),
        lambda each, v, by: actions.pay(each, by=by, **v),
        ("缴费之日起答复期限重新计算。", "金额是决定收取的全部金额；没有缴足的，不登记。"),
    ),
    "unpaid": Step(
        "登记逾期未缴费",
        lambda each, data: steps.NothingForm(data),
        lambda each, v, by: actions.end_unpaid(each, by=by),
        ("视为放弃申请，不再处理，今天办结。", "申请人可以对不再处理申请行政复议、提起诉讼。"),
        danger=True,
    ),
    "withdraw": Step(
        "撤回收费",
        lambda each, data: steps.WordsForm(data),
        lambda each, v, by: actions.withdraw(each, reason=v["words"], by=by),
        ("还没有通知申请人的才能撤回；撤回后可以重新提出。",),
    ),
}


@powered(*READERS)
def case(request: HttpRequest, public_id: str) -> HttpResponse:
    """一件申请的收费."""
    person = person_of(request)
    found = get_object_or_404(handling.readable(person), public_id=public_id)
    context = {
        "title": f"收费：{found}",
        "panel": panel(found, person),
        "back": reverse("applications:case", args=[public_id]),
    }
    return render(request, "fees/case.html", context)


@powered(Power.KEEP_REGISTERS)
def propose(request: HttpRequest, public_id: str) -> HttpResponse:
    """提出收费."""
    person = person_of(request)
    found = get_object_or_404(handling.readable(person), public_id=public_id)
    require_open(found, by=person)
    counted = computed(found)
    said = [f"{fee.way.label}：{'；'.join(fee.explanation.lines)}" for fee in counted.fees]
    return steps.take(
        request,
        title=f"提出收费：{found}",
        label="提出",
        form=forms.ProposeForm(counted, request.POST or None),
        do=lambda values: actions.propose(found, by=person, **values),
        consequences=[*said, "收费是可以，不是必须。由另一个人决定收不收、收多少。"],
        back=reverse("fees:case", args=[public_id]),
    )


@powered(*READERS, write=(Power.KEEP_REGISTERS, Power.DECIDE_FEE))
def step(request: HttpRequest, public_id: str, name: str) -> HttpResponse:
    """办理一步."""
    person = person_of(request)
    each = get_object_or_404(
        FeeProposal.objects.select_related("application__agency", "application__section", "by"),
        agency=person.agency_id,
        public_id=public_id,
    )
    taken = _STEPS.get(name)
    if taken is None:
        raise Http404
    if name == "decide":
        require(person, Power.DECIDE_FEE, person.agency, on=timezone.localdate())
    else:
        require_open(each.application, by=person)
    said = [f"{each.by.name}拟收{each.proposed}元；{fee_of(each).explanation}"]
    if each.relief:
        said.append(f"减免的理由：{each.unseal('relief')}")
    return steps.take(
        request,
        title=f"{taken.label}：{each.application}",
        label=taken.label,
        form=taken.form(each, request.POST or None),
        do=lambda values: taken.do(each, values, person),
        consequences=[*said, *taken.consequences],
        back=reverse("fees:case", args=[each.application.public_id]),
        danger=taken.danger,
    )


@powered(Power.READ_REGISTERS, Power.DECIDE_FEE, write=Power.DECIDE_FEE)
def practice(request: HttpRequest) -> HttpResponse:
    """收费做法."""
    person = person_of(request)
    standing = practice_of(person.agency)
    form = forms.PracticeForm(standing, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_practice(by=person, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已保存，以后提出的收费按新的做法算。")
            return redirect("fees:practice")
    sets = bool(may(person, Power.DECIDE_FEE, person.agency, on=timezone.localdate()))
    context = {
        "title": "信息处理费",
        "form": form if sets else None,
        "standing": standing,
        "history": Practice.objects.filter(agency=person.agency_id).select_related("by")[:50],
    }
    return render(request, "fees/practice.html", context, status=400 if form.errors else 200)

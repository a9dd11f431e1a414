"""承办的页面: a case's handling, one commission, an extension, the office's own deadlines."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.access import Refusal, require
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.agencies.working_days import calendar
from gongkai.desk.forms import DeskForm
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.duties.applications.handling import actions, queries
from gongkai.duties.applications.handling.actions.commissioning import require_may_answer
from gongkai.duties.applications.handling.desk import forms, steps
from gongkai.duties.applications.handling.models import Commission, Extension, InternalPeriod
from gongkai.duties.applications.handling.panel import panel, words_of
from gongkai.duties.applications.handling.to_do import address
from gongkai.duties.applications.models import Application
from gongkai.duties.applications.opening import require_open
from gongkai.rules.regulations_2019.internal_periods import Stage

READERS = (Power.READ_REGISTERS, Power.KEEP_REGISTERS, Power.EXTEND_REPLY)
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """一步: its name, its form, what follows from it, and the action."""

    label: str
    form: Callable[[Application, Any], DeskForm]
    do: Callable[[Application, Values, Person], object]
    consequences: tuple[str, ...]


def _seen(case: Application) -> str:
    standing = case.assignments.first()
    return standing.public_id if standing else ""


_STEPS: dict[str, Step] = {
    "assign": Step(
        "分办",
        lambda case, data: forms.AssignForm(case.agency, _seen(case), data),
        lambda case, v, by: actions.assign(case, by=by, **v),
        ("申请列入承办人的待办，按内部期限提醒。", "分给别的科室的，由那个科室登记经过。"),
    ),
    "hand_over": Step(
        "移交",
        lambda case, data: forms.HandOverForm(case.agency, _seen(case), data),
        lambda case, v, by: actions.hand_over(case, by=by, **v),
        ("以后由新的承办人办理；原来的承办记录和原因保留。", "期限照常计算，不因移交而延长。"),
    ),
    "give_back": Step(
        "退回",
        lambda case, data: forms.GiveBackForm(data, initial={"seen": _seen(case)}),
        lambda case, v, by: actions.give_back(case, by=by, **v),
        ("退回给上一个承办人；没有上一个的，退回给分办的人。", "期限照常计算。"),
    ),
    "commission": Step(
        "交办、协办",
        lambda case, data: forms.CommissionForm(case.agency, data),
        lambda case, v, by: actions.commission(case, by=by, **v),
        ("答复期限不因交办而停止。", "要停止计算的，用“征求意见”（条例第三十三条第三款）。"),
    ),
    "extend": Step(
        "提出延期",
        lambda case, data: forms.ExtendForm(data),
        lambda case, v, by: actions.propose(case, by=by, **v),
        (
            "由公开工作机构负责人决定是否同意（条例第三十三条第二款）。",
            "同意后还要在答复期限届满前告知申请人，告知了才延长。",
        ),
    ),
}


@powered(*READERS)
def case(request: HttpRequest, public_id: str) -> HttpResponse:
    """一件申请的承办."""
    person = person_of(request)
    found = get_object_or_404(queries.readable(person), public_id=public_id)
    context = {
        "title": f"承办：{found}",
        "panel": panel(found, person),
        "back": reverse("applications:case", args=[public_id]),
    }
    return render(request, "handling/case.html", context)


@powered(Power.KEEP_REGISTERS)
def step(request: HttpRequest, public_id: str, name: str) -> HttpResponse:
    """办理一步."""
    person = person_of(request)
    found = get_object_or_404(queries.readable(person), public_id=public_id)
    taken = _STEPS.get(name)
    if taken is None:
        raise Http404
    require_open(found, by=person)
    return steps.take(
        request,
        title=f"{taken.label}：{found}",
        label=taken.label,
        form=taken.form(found, request.POST or None),
        do=lambda values: taken.do(found, values, person),
        consequences=taken.consequences,
        back=address(found),
    )


@powered(*READERS)
def commission(request: HttpRequest, public_id: str) -> HttpResponse:
    """一件交办."""
    person = person_of(request)
    given = _commission(person, public_id)
    context = {
        "title": f"{given}：{given.application}",
        "given": given,
        "words": words_of(given, calendar()),
        "asked": given.unseal("asked"),
        "answer": given.unseal("answer"),
        "reminders": given.reminders.select_related("person"),
        "may_answer": _may(lambda: require_may_answer(given, by=person)),
        "may_call_back": given.is_open and _may(lambda: require_open(given.application, by=person)),
        "back": address(given.application),
    }
    return render(request, "handling/commission.html", context)


@powered(Power.KEEP_REGISTERS)
def answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """登记办理意见."""
    person = person_of(request)
    given = _commission(person, public_id)
    require_may_answer(given, by=person)
    return steps.take(
        request,
        title=f"办理意见：{given}，{given.application}",
        label="登记办理意见",
        form=forms.AnswerForm(request.POST or None),
        do=lambda values: actions.answer(given, by=person, **values),
        consequences=("登记后不能修改；补充意见请另行交办。", "晚于办理期限的，记为迟延。"),
        back=reverse("handling:commission", args=[public_id]),
    )


@powered(Power.KEEP_REGISTERS)
def call_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """收回."""
    person = person_of(request)
    given = _commission(person, public_id)
    require_open(given.application, by=person)
    return steps.take(
        request,
        title=f"收回：{given}，{given.application}",
        label="收回",
        form=steps.WordsForm(request.POST or None),
        do=lambda values: actions.call_back(given, reason=values["words"], by=person),
        consequences=("不再催办，也不再提醒；交办的记录和收回的原因保留。",),
        back=reverse("handling:commission", args=[public_id]),
        danger=True,
    )


_EXTENSION: dict[str, tuple[str, type[DeskForm], Callable[[Extension, Values, Person], object], str]] = {
    "agree": (
        "同意延期",
        steps.OptionalWordsForm,
        lambda each, v, by: actions.agree(each, opinion=v["words"], by=by),
        "同意后由承办人告知申请人；告知之日起延长，没有告知的不延长。",
    ),
    "decline": (
        "不同意延期",
        steps.WordsForm,
        lambda each, v, by: actions.decline(each, opinion=v["words"], by=by),
        "应当在现在的答复期限内答复。",
    ),
    "tell": (
        "登记告知申请人",
        steps.OnForm,
        lambda each, v, by: actions.tell_applicant(each, on=v["on"], by=by),
        "登记“延长答复期限”的经过，答复期限随之改变。",
    ),
    "withdraw": (
        "撤回延期审批",
        steps.NothingForm,
        lambda each, v, by: actions.withdraw(each, by=by),
        "不再延期；需要的可以重新提出。",
    ),
}


@powered(*READERS, write=(Power.KEEP_REGISTERS, Power.EXTEND_REPLY))
def extension(request: HttpRequest, public_id: str, name: str) -> HttpResponse:
    """延期审批的一步."""
    person = person_of(request)
    each = get_object_or_404(
        Extension.objects.select_related("application__agency", "application__section"),
        agency=person.agency_id,
        public_id=public_id,
    )
    if name not in _EXTENSION:
        raise Http404
    label, form, do, consequence = _EXTENSION[name]
    if name in ("agree", "decline"):
        require(person, Power.EXTEND_REPLY, person.agency, on=timezone.localdate())
    else:
        require_open(each.application, by=person)
    return steps.take(
        request,
        title=f"{label}：{each.application}",
        label=label,
        form=form(request.POST or None),
        do=lambda values: do(each, values, person),
        consequences=(f"{each.by.name}提出{each}，理由：{each.unseal('reason')}", consequence),
        back=address(each.application),
        danger=name == "decline",
    )


@powered(Power.READ_REGISTERS, Power.MANAGE_COLUMNS, write=Power.MANAGE_COLUMNS)
def periods(request: HttpRequest) -> HttpResponse:
    """内部期限."""
    person = person_of(request)
    form = forms.PeriodsForm(dict(queries.days_before(person.agency)), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_internal_periods(form.given(), by=person)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已保存，各件申请的内部期限随之改变。")
            return redirect("handling:periods")
    sets = _may(lambda: require(person, Power.MANAGE_COLUMNS, person.agency, on=timezone.localdate()))
    context = {
        "title": "内部期限",
        "form": form if sets else None,
        "standing": [(stage.label, days) for stage, days in queries.days_before(person.agency).items()],
        "history": InternalPeriod.objects.filter(agency=person.agency_id).select_related("by")[:50],
        "stages": list(Stage),
    }
    return render(request, "handling/periods.html", context, status=400 if form.errors else 200)


def _commission(person: Person, public_id: str) -> Commission:
    found = Commission.objects.select_related(
        "application__agency", "application__section", "section", "person", "by", "answered_by"
    )
    return get_object_or_404(found, agency=person.agency_id, public_id=public_id)


def _may(ask: Callable[[], None]) -> bool:
    try:
        ask()
    except Refusal:
        return False
    return True

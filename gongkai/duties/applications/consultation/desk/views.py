"""征求意见的页面: those of a case, a new one, one step, one sealed field opened with a reason."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.desk.forms import DeskForm
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.duties.applications.consultation import actions
from gongkai.duties.applications.consultation.desk import forms
from gongkai.duties.applications.consultation.models import Consultation
from gongkai.duties.applications.consultation.panel import panel
from gongkai.duties.applications.handling import queries as handling
from gongkai.duties.applications.handling.desk import steps
from gongkai.duties.applications.opening import require_open
from gongkai.registers.desk.sealed import show_once
from gongkai.rules.regulations_2019.consultation import ANSWER_WORKING_DAYS

READERS = (Power.READ_REGISTERS, Power.KEEP_REGISTERS)
_REVEALED = {"name": "名称", "address": "地址", "asked": "征求意见的内容"}
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    label: str
    form: type[DeskForm]
    do: Callable[[Consultation, Values, Person], object]
    consequences: tuple[str, ...]
    danger: bool = False


_STEPS: dict[str, Step] = {
    "send": Step(
        "登记发出",
        steps.OnForm,
        lambda each, v, by: actions.send(each, on=v["on"], by=by),
        (
            "自次日起至收到意见之日不计入答复期限（条例第三十三条第三款）。",
            f"逾期没有意见的，最多停到送达后{ANSWER_WORKING_DAYS}个工作日。",
        ),
    ),
    "deliver": Step(
        "登记送达",
        steps.OnForm,
        lambda each, v, by: actions.deliver(each, on=v["on"], by=by),
        (f"自送达之日起{ANSWER_WORKING_DAYS}个工作日内提出意见。",),
    ),
    "answer": Step(
        "登记意见",
        forms.AnswerForm,
        lambda each, v, by: actions.receive_answer(each, by=by, **v),
        ("答复期限从次日起继续计算。", "登记后不能修改；日期登记错的，在经过里更正。"),
    ),
    "silence": Step(
        "确认逾期未提出意见",
        steps.NothingForm,
        lambda each, v, by: actions.note_silence(each, by=by),
        (
            "第三方逾期未提出意见的，由本机关依照条例决定是否公开。",
            "共同制作机关逾期未提出意见的，视为同意公开（条例第三十四条）。",
        ),
    ),
    "public_interest": Step(
        "第三方不同意，决定公开",
        forms.PublicInterestForm,
        lambda each, v, by: actions.decide_in_public_interest(each, by=by, **v),
        (
            "第三方不同意公开：理由合理的，公共利益需要才能决定公开；理由不合理的，应当公开。",
            "要将决定公开的内容和理由书面告知第三方（条例第三十二条）。",
        ),
        danger=True,
    ),
    "tell": Step(
        "登记书面告知第三方",
        forms.TellForm,
        lambda each, v, by: actions.tell_third_party(each, by=by, **v),
        ("登记后不能修改。",),
    ),
    "withdraw": Step(
        "取消",
        steps.WordsForm,
        lambda each, v, by: actions.withdraw(each, reason=v["words"], by=by),
        ("没有发出的才能取消；记录和原因保留。",),
        danger=True,
    ),
}


@powered(*READERS)
def case(request: HttpRequest, public_id: str) -> HttpResponse:
    """一件申请的征求意见."""
    person = person_of(request)
    found = get_object_or_404(handling.readable(person), public_id=public_id)
    context = {
        "title": f"征求意见：{found}",
        "panel": panel(found, person),
        "back": reverse("applications:case", args=[public_id]),
    }
    return render(request, "consultation/case.html", context)


@powered(Power.KEEP_REGISTERS)
def prepare(request: HttpRequest, public_id: str) -> HttpResponse:
    """拟征求意见."""
    person = person_of(request)
    found = get_object_or_404(handling.readable(person), public_id=public_id)
    require_open(found, by=person)
    form = forms.PrepareForm(found, request.POST or None)
    return steps.take(
        request,
        title=f"征求意见：{found}",
        label="保存",
        form=form,
        do=lambda _: actions.prepare(found, by=person, **form.given()),
        consequences=(
            "保存后还没有发出，期限照常计算。",
            "可以同时向几个对象征求，停止计算的日子重叠的只算一次。",
        ),
        back=reverse("consultation:case", args=[public_id]),
        done="已保存。制作征求意见书寄出后，请登记发出。",
    )


@powered(Power.KEEP_REGISTERS)
def step(request: HttpRequest, public_id: str, name: str) -> HttpResponse:
    """办理一步."""
    person = person_of(request)
    each = _consultation(person, public_id)
    taken = _STEPS.get(name)
    if taken is None:
        raise Http404
    require_open(each.application, by=person)
    return steps.take(
        request,
        title=f"{taken.label}：{each}，{each.application}",
        label=taken.label,
        form=taken.form(request.POST or None),
        do=lambda values: taken.do(each, values, person),
        consequences=taken.consequences,
        back=reverse("consultation:case", args=[each.application.public_id]),
        danger=taken.danger,
    )


@powered(Power.READ_APPLICANTS)
def reveal(request: HttpRequest, public_id: str, name: str) -> HttpResponse:
    """写明原因，查看一次."""
    each = _consultation(person_of(request), public_id)
    if name not in _REVEALED:
        raise Http404
    back = reverse("consultation:case", args=[each.application.public_id])
    return show_once(request, each, name, of=each, label=_REVEALED[name], back=back)


def _consultation(person: Person, public_id: str) -> Consultation:
    found = Consultation.objects.select_related("application__agency", "application__section")
    return get_object_or_404(found, agency=person.agency_id, public_id=public_id)

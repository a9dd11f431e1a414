"""高频申请人的页面: applicants beyond a mark, one case's counts, reasons, comparison, and what people grouped."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.access import Refusal, may
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.desk.forms import DeskForm
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.duties.applications.frequent import actions, queries
from gongkai.duties.applications.frequent.counting import month_of
from gongkai.duties.applications.frequent.desk import forms
from gongkai.duties.applications.frequent.models import Mark, Membership, ReasonsAsked
from gongkai.duties.applications.frequent.panel import panel
from gongkai.duties.applications.handling import queries as handling
from gongkai.duties.applications.handling.desk import steps
from gongkai.duties.applications.models import Application
from gongkai.duties.applications.opening import require_open
from gongkai.registers.desk.sealed import show_once

READERS = (Power.READ_REGISTERS, Power.KEEP_REGISTERS)
_TOPICS_SHOWN = 200


@powered(*READERS)
def applicants(request: HttpRequest) -> HttpResponse:
    """高频申请人 of this month or this year."""
    person, today = person_of(request), timezone.localdate()
    standing = queries.marks_of(person.agency)
    of_year = request.GET.get("period") == "year"
    first, before = (date(today.year, 1, 1), date(today.year + 1, 1, 1)) if of_year else month_of(today)
    mark = standing.year if of_year else standing.month
    context = {
        "title": "高频申请人",
        "of_year": of_year,
        "mark": mark,
        "period": f"{today.year}年" + ("" if of_year else f"{today.month}月"),
        "rows": queries.frequent(person.agency, first, before, more_than=mark),
        "shown": queries.SHOWN,
    }
    return render(request, "frequent/list.html", context)


@powered(*READERS)
def case(request: HttpRequest, public_id: str) -> HttpResponse:
    """一件申请的申请频次."""
    person = person_of(request)
    found = _case(person, public_id)
    context = {
        "title": f"申请频次：{found}",
        "panel": panel(found, person),
        "back": reverse("applications:case", args=[public_id]),
    }
    return render(request, "frequent/case.html", context)


@powered(Power.KEEP_REGISTERS)
def step(request: HttpRequest, public_id: str, name: str) -> HttpResponse:
    """登记判断、要求说明理由."""
    person = person_of(request)
    found = _case(person, public_id)
    if name not in ("look", "ask"):
        raise Http404
    require_open(found, by=person)
    looking = name == "look"
    form: DeskForm = forms.LookForm(request.POST or None) if looking else steps.OnForm(request.POST or None)

    def do(values: dict[str, Any]) -> object:
        if looking:
            return actions.look(found, by=person, **values)
        return actions.ask_for_reasons(found, on=values["on"], by=person)

    label = "登记判断" if looking else "登记要求说明理由"
    said = (
        ("只是记下人的判断，申请照常办理，期限照常计算。", "同名的不一定是同一人，请先核对身份。")
        if looking
        else ("答复期限照常计算，不因要求说明理由而停止（条例第三十五条）。",)
    )
    return steps.take(
        request,
        title=f"{label}：{found}",
        label=label,
        form=form,
        do=do,
        consequences=said,
        back=_address(found),
    )


@powered(Power.KEEP_REGISTERS)
def asked(request: HttpRequest, public_id: str, name: str) -> HttpResponse:
    """说明、判断、延迟答复."""
    person = person_of(request)
    each = get_object_or_404(
        ReasonsAsked.objects.select_related("application__agency", "application__section"),
        agency=person.agency_id,
        public_id=public_id,
    )
    data = request.POST or None
    judging = forms.JudgeForm(data)
    ways: dict[str, tuple[str, DeskForm, Callable[[dict[str, Any]], object], str]] = {
        "explain": (
            "登记申请人的说明",
            forms.ExplainForm(data),
            lambda v: actions.receive_reasons(each, by=person, **v),
            "登记后由人判断理由是否合理。",
        ),
        "judge": (
            "判断理由",
            judging,
            lambda v: actions.judge_reasons(each, by=person, **judging.given()),
            "理由不合理的，告知不予处理；合理但来不及的，确定延迟答复的合理期限（条例第三十五条）。",
        ),
        "defer": (
            "登记告知延迟答复",
            forms.DeferForm(data),
            lambda v: actions.defer(each, by=person, **v),
            "答复期限改为告知申请人的日期。",
        ),
    }
    if name not in ways:
        raise Http404
    require_open(each.application, by=person)
    label, form, do, consequence = ways[name]
    said = [consequence]
    if name == "judge":
        came = "已经登记，要看的在申请频次页写明原因查看" if each.explained_on else "还没有登记"
        said.insert(0, f"申请人的说明：{came}。")
    return steps.take(
        request,
        title=f"{label}：{each.application}",
        label=label,
        form=form,
        do=do,
        consequences=said,
        back=_address(each.application),
    )


@powered(Power.READ_APPLICANTS)
def reveal(request: HttpRequest, public_id: str) -> HttpResponse:
    """申请人的说明, read once with a reason: it is what the applicant wrote of himself (ACL-05)."""
    asked = ReasonsAsked.objects.select_related("application")
    each = get_object_or_404(asked, agency=person_of(request).agency_id, public_id=public_id)
    if not each.explained_on:
        raise Http404
    back = _address(each.application)
    return show_once(request, each, "explanation", of=each.application, label="申请人的说明", back=back)


@powered(Power.READ_APPLICANTS)
def compare(request: HttpRequest, public_id: str) -> HttpResponse:
    """比对内容, once, with a reason. The texts are at no address: only how alike they are is shown."""
    person = person_of(request)
    found = _case(person, public_id)
    form = steps.WordsForm(request.POST or None)
    context: dict[str, Any] = {"title": f"比对内容：{found}", "back": _address(found), "case": found}
    if request.method == "POST" and form.is_valid():
        try:
            comparison = actions.compare(found, reason=form.cleaned_data["words"], by=person)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return render(request, "frequent/compared.html", {**context, "comparison": comparison})
    context |= {
        "form": form,
        "consequences": [
            "在内存里比对同一申请人的其他申请和本机关一年内的申请，不显示内容。",
            "相似只是提示，是否重复、是否同一内容由人判断。",
            "比对人、时间、原因记入审计记录，不能删除。",
        ],
        "submit_label": "比对",
    }
    return render(request, "desk/confirm.html", context, status=400 if form.errors else 200)


@powered(Power.KEEP_REGISTERS)
def put_in(request: HttpRequest, public_id: str) -> HttpResponse:
    """归入多人申请的内容."""
    person = person_of(request)
    found = _case(person, public_id)

    def do(values: dict[str, Any]) -> object:
        if values["topic"]:
            return actions.put_in(values["topic"], found, by=person)
        return actions.begin_topic(found, title=values["title"], by=person)

    return steps.take(
        request,
        title=f"归入多人申请的内容：{found}",
        label="归入",
        form=forms.TopicForm(person, request.POST or None),
        do=do,
        consequences=(
            "多个申请人就相同信息提出申请、可以公开的，可以纳入主动公开的范围（条例第四十四条）。",
        ),
        back=_address(found),
    )


@powered(*READERS)
def topics(request: HttpRequest) -> HttpResponse:
    """多人申请的内容."""
    person = person_of(request)
    found = queries.topics(person)[:_TOPICS_SHOWN]
    return render(request, "frequent/topics.html", {"title": "多人申请的内容", "topics": found})


@powered(*READERS)
def topic(request: HttpRequest, public_id: str) -> HttpResponse:
    """一项内容 with its applications."""
    person = person_of(request)
    found = get_object_or_404(queries.topics(person), public_id=public_id)
    context = {
        "title": f"多人申请的内容：{found}",
        "topic": found,
        "members": queries.members(found),
        "askers": queries.askers(found),
        "keeps": bool(may(person, Power.KEEP_REGISTERS, person.agency, on=timezone.localdate())),
    }
    return render(request, "frequent/topic.html", context)


@powered(Power.KEEP_REGISTERS)
def take_out(request: HttpRequest, public_id: str) -> HttpResponse:
    """移出."""
    person = person_of(request)
    member = get_object_or_404(
        Membership.objects.select_related("topic", "application__agency"),
        agency=person.agency_id,
        public_id=public_id,
    )
    return steps.take(
        request,
        title=f"移出：{member.application}",
        label="移出",
        form=steps.WordsForm(request.POST or None),
        do=lambda values: actions.take_out(member, reason=values["words"], by=person),
        consequences=(f"不再算在“{member.topic}”里；记录和原因保留。",),
        back=reverse("frequent:topic", args=[member.topic.public_id]),
        danger=True,
    )


@powered(Power.READ_REGISTERS, Power.MANAGE_COLUMNS, write=Power.MANAGE_COLUMNS)
def marks(request: HttpRequest) -> HttpResponse:
    """提示的件数."""
    person = person_of(request)
    standing = queries.marks_of(person.agency)
    form = forms.MarksForm(standing, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_marks(by=person, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已保存。")
            return redirect("frequent:marks")
    sets = bool(may(person, Power.MANAGE_COLUMNS, person.agency, on=timezone.localdate()))
    context = {
        "title": "提示的件数",
        "form": form if sets else None,
        "standing": standing,
        "history": Mark.objects.filter(agency=person.agency_id).select_related("by")[:50],
    }
    return render(request, "frequent/marks.html", context, status=400 if form.errors else 200)


def _case(person: Person, public_id: str) -> Application:
    found: Application = get_object_or_404(handling.readable(person), public_id=public_id)
    return found


def _address(case: Application) -> str:
    return reverse("frequent:case", args=[case.public_id])

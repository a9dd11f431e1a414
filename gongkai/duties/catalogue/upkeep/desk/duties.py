"""公开职责的页面: the list with its states, one duty with its history, handing down, leaving out, taking back."""

from collections.abc import Callable

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.access import Refusal, may
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.audit.record import record
from gongkai.desk.downloads import download
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.duties.catalogue.upkeep import actions, duty_list, queries
from gongkai.duties.catalogue.upkeep.desk.columns import READERS
from gongkai.duties.catalogue.upkeep.desk.forms import HandDownForm, ReasonForm
from gongkai.duties.catalogue.upkeep.duty_list import Line, Standing
from gongkai.spreadsheets.written import as_xlsx

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_HEADS = (
    "依据",
    "法定公开内容",
    "状态",
    "说明",
    "责任科室",
    "责任人",
    "审核人",
    "更新周期（天）",
    "公开栏目",
    "条数",
    "最近公开",
    "应更新",
)


@powered(*READERS)
def duties(request: HttpRequest) -> HttpResponse:
    """公开职责: every head of articles 20 and 21, gaps first in the counts."""
    person = person_of(request)
    lines = duty_list.lines(person.agency, today=timezone.localdate())
    chosen = next((each for each in Standing if each.value == request.GET.get("show")), None)
    context = {
        "title": "公开职责",
        "lines": [line for line in lines if chosen in (None, line.standing)],
        "chips": [(each, sum(line.standing is each for line in lines)) for each in Standing],
        "chosen": chosen,
        "total": len(lines),
        "manages": _may(person, Power.MANAGE_COLUMNS),
        "exports": _may(person, Power.EXPORT_REGISTERS),
    }
    return render(request, "upkeep/duties.html", context)


@powered(Power.EXPORT_REGISTERS)
def export(request: HttpRequest) -> HttpResponse:
    """导出公开职责."""
    person = person_of(request)
    lines = duty_list.lines(person.agency, today=timezone.localdate())
    with transaction.atomic():
        record(
            "upkeep.assignment.exported", by=person, subject="upkeep.assignment", detail={"rows": len(lines)}
        )
    return download("公开职责.xlsx", as_xlsx("公开职责", _HEADS, map(_row, lines)), _XLSX)


@powered(*READERS)
def duty(request: HttpRequest, key: str) -> HttpResponse:
    """一项职责: who keeps it now, and who did before."""
    person = person_of(request)
    line = _line(person, key)
    context = {
        "title": line.label,
        "line": line,
        "history": queries.history(person.agency, key),
        "manages": _may(person, Power.MANAGE_COLUMNS),
    }
    return render(request, "upkeep/duty.html", context)


@powered(Power.MANAGE_COLUMNS)
def hand_down(request: HttpRequest, key: str) -> HttpResponse:
    """落实."""
    person = person_of(request)
    line = _line(person, key)
    form = HandDownForm(person.agency, line.assignment, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.hand_down(key, by=person, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"已落实：{line.label}。")
            return redirect("upkeep:duty", key=key)
    context = {
        "title": f"落实：{line.label}",
        "form": form,
        "submit_label": "落实",
        "consequence": "从现在起由责任人按周期更新；超期时在责任人的工作台提醒。原来的落实留作记录。",
        "back": reverse("upkeep:duty", args=[key]),
    }
    return render(request, "desk/form.html", context, status=400 if form.errors else 200)


@powered(Power.MANAGE_COLUMNS)
def leave_out(request: HttpRequest, key: str) -> HttpResponse:
    """记为不涉及."""

    def do(person: Person, line: Line, *, reason: str, standing: str) -> None:
        actions.leave_out(line.duty.key, reason=reason, standing=standing, by=person)

    sentences = ["这一项不再算作没有落实，也不再计时。", "以后有这类事项时，再落实到科室。"]
    return _with_reason(request, key, "记为不涉及", sentences, do)


@powered(Power.MANAGE_COLUMNS)
def take_back(request: HttpRequest, key: str) -> HttpResponse:
    """收回."""

    def do(person: Person, line: Line, *, reason: str, standing: str) -> None:
        if line.assignment is None or line.assignment.public_id != standing:
            raise Refusal("不能收回：这一项已经由别人收回或者另行落实。请重新打开公开职责。")
        actions.take_back(line.assignment, reason=reason, by=person)

    sentences = ["这一项变为“没有落实”，直到另行落实。", "原来的落实留作记录。"]
    return _with_reason(request, key, "收回", sentences, do)


def _with_reason(
    request: HttpRequest, key: str, label: str, sentences: list[str], do: Callable[..., None]
) -> HttpResponse:
    person = person_of(request)
    line = _line(person, key)
    seen = line.assignment.public_id if line.assignment else ""
    form = ReasonForm(seen, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            do(person, line, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"已{label}：{line.label}。")
            return redirect("upkeep:duty", key=key)
    context = {
        "title": f"{label}：{line.label}",
        "form": form,
        "consequences": sentences,
        "submit_label": label,
        "back": reverse("upkeep:duty", args=[key]),
    }
    return render(request, "desk/confirm.html", context, status=400 if form.errors else 200)


def _line(person: Person, key: str) -> Line:
    found = [
        line for line in duty_list.lines(person.agency, today=timezone.localdate()) if line.duty.key == key
    ]
    if not found:
        raise Http404
    return found[0]


def _row(line: Line) -> tuple[object, ...]:
    given = line.assignment if line.is_handed_down else None
    return (
        str(line.duty.basis),
        line.duty.label,
        line.standing.label,
        line.why,
        given.section.name if given and given.section else "",
        given.owner.name if given and given.owner else "",
        given.reviewer.name if given and given.reviewer else "",
        given.period_days if given else None,
        given.column.name if given and given.column else "",
        line.total,
        line.newest_on,
        line.due_on,
    )


def _may(person: Person, power: Power) -> bool:
    return bool(may(person, power, person.agency, on=timezone.localdate()))

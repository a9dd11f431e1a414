"""逐项办理的页面. Every one comes from the case's page and goes back to its part on it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.access import Refusal, may
from gongkai.agencies.powers import Power
from gongkai.audit.record import record
from gongkai.desk.forms import DeskForm
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.duties.applications.matters import actions, queries
from gongkai.duties.applications.matters.desk import forms
from gongkai.duties.applications.matters.models import FoundDocument, Matter, Search
from gongkai.duties.applications.models import Application
from gongkai.duties.applications.opening import require_open
from gongkai.registers.desk.forms import ReasonForm


@powered(Power.KEEP_REGISTERS)
def add(request: HttpRequest, public_id: str) -> HttpResponse:
    """列出申请事项."""
    case = _case(request, public_id)
    form = forms.MattersForm(request.POST or None)
    return _answered(
        request,
        case,
        form,
        lambda v: actions.add_matters(case, v["texts"], by=person_of(request)),
        title=f"列出申请事项：{case}",
        submit_label="列出",
        consequence="列出后每一项都要有结果，才能登记答复。",
        done="已列出。",
    )


@powered(Power.KEEP_REGISTERS)
def decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """决定一项."""
    matter = _matter(request, public_id)
    form = forms.DecisionForm(request.POST or None)
    return _answered(
        request,
        matter.application,
        form,
        lambda v: actions.decide(matter, by=person_of(request), **v),
        template="matters/decide.html",
        title=f"决定{matter}：{matter.application}",
        submit_label="决定",
        consequence="以后的决定代替以前的，以前的仍可查到。",
        done=f"{matter}已决定。",
        more={"text": _text(request, matter), "said": form.said},
    )


@powered(Power.KEEP_REGISTERS)
def strike(request: HttpRequest, public_id: str) -> HttpResponse:
    """划去一项."""
    matter = _matter(request, public_id)
    return _struck(
        request,
        matter.application,
        str(matter),
        lambda reason: actions.strike_matter(matter, reason=reason, by=person_of(request)),
    )


@powered(Power.KEEP_REGISTERS)
def search(request: HttpRequest, public_id: str) -> HttpResponse:
    """登记检索."""
    case = _case(request, public_id)
    form = forms.SearchForm(
        queries.matters(case), request.POST or None, initial={"searched_on": timezone.localdate()}
    )
    return _answered(
        request,
        case,
        form,
        lambda v: actions.record_search(case, by=person_of(request), **v),
        title=f"登记检索：{case}",
        submit_label="登记",
        consequence="告知信息不存在的，检索记录就是证据。登记错了的可以划去，不能改写。",
        done="检索已登记。",
    )


@powered(Power.KEEP_REGISTERS)
def strike_search(request: HttpRequest, public_id: str) -> HttpResponse:
    """划去检索记录."""
    found = get_object_or_404(
        Search.objects.select_related("application__agency", "application__section"),
        agency=person_of(request).agency,
        public_id=public_id,
    )
    return _struck(
        request,
        found.application,
        str(found),
        lambda reason: actions.strike_search(found, reason=reason, by=person_of(request)),
    )


@powered(Power.KEEP_REGISTERS)
def document(request: HttpRequest, public_id: str) -> HttpResponse:
    """登记查到的信息."""
    matter = _matter(request, public_id)
    return _answered(
        request,
        matter.application,
        forms.DocumentForm(request.POST or None),
        lambda v: actions.list_document(matter, by=person_of(request), **v),
        title=f"登记查到的信息：{matter.application}{matter}",
        submit_label="登记",
        consequence="登记后逐页决定公开、遮盖还是不公开。",
        done="已登记，请逐页决定。",
    )


@powered(Power.KEEP_REGISTERS)
def strike_document(request: HttpRequest, public_id: str) -> HttpResponse:
    """划去查到的信息."""
    found = _document(request, public_id)
    return _struck(
        request,
        found.matter.application,
        str(found),
        lambda reason: actions.strike_document(found, reason=reason, by=person_of(request)),
    )


@powered(Power.KEEP_REGISTERS)
def pages(request: HttpRequest, public_id: str) -> HttpResponse:
    """决定一段页码."""
    found = _document(request, public_id)
    form = forms.PagesForm(request.POST or None, initial={"first": 1, "last": found.pages})
    return _answered(
        request,
        found.matter.application,
        form,
        lambda v: actions.decide_pages(found, by=person_of(request), **v),
        title=f"逐页决定：{found}（共{found.pages}页）",
        submit_label="决定",
        consequence="这几页以前的决定由这次的代替，其余各页不变。",
        done="已决定。",
    )


@powered(Power.KEEP_REGISTERS)
def main_ground(request: HttpRequest, public_id: str) -> HttpResponse:
    """确定主要理由."""
    case = _case(request, public_id)
    standing = case.matters.filter(struck_at__isnull=True).exclude(result="")
    results = list(dict.fromkeys(standing.values_list("result", flat=True)))
    form = forms.MainGroundForm(results, request.POST or None, initial={"result": queries.main_ground(case)})
    return _answered(
        request,
        case,
        form,
        lambda v: actions.name_main_ground(case, v["result"], by=person_of(request)),
        title=f"确定主要理由：{case}",
        submit_label="确定",
        consequence="各项都没有公开、结果又不相同的，年报按主要理由计一件。",
        done="主要理由已确定。",
    )


def _text(request: HttpRequest, matter: Matter) -> str:
    """What was asked for, above the form, for whoever may read it; the reading is kept."""
    person = person_of(request)
    if request.method == "POST" or not may(
        person, Power.READ_APPLICANTS, matter.agency, on=timezone.localdate()
    ):
        return ""
    with transaction.atomic():
        record("applications.application.read", by=person, subject=matter.application)
        return matter.unseal("text")


def _case(request: HttpRequest, public_id: str) -> Application:
    case: Application = get_object_or_404(
        Application.objects.select_related("agency", "section"),
        agency=person_of(request).agency,
        public_id=public_id,
    )
    require_open(case, by=person_of(request))
    return case


def _matter(request: HttpRequest, public_id: str) -> Matter:
    matter = get_object_or_404(
        Matter.objects.select_related("application__agency", "application__section"),
        agency=person_of(request).agency,
        public_id=public_id,
    )
    require_open(matter.application, by=person_of(request))
    return matter


def _document(request: HttpRequest, public_id: str) -> FoundDocument:
    found = get_object_or_404(
        FoundDocument.objects.select_related("matter__application__agency", "matter__application__section"),
        agency=person_of(request).agency,
        public_id=public_id,
    )
    require_open(found.matter.application, by=person_of(request))
    return found


def _answered(
    request: HttpRequest,
    case: Application,
    form: DeskForm,
    act: Callable[[dict[str, Any]], object],
    *,
    title: str,
    submit_label: str,
    consequence: str,
    done: str,
    template: str = "desk/form.html",
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """Fill in, do, go back to the case; what is refused is said above the form and nothing typed is lost."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect(back(case))
    context = {
        "title": title,
        "form": form,
        "submit_label": submit_label,
        "consequence": consequence,
        "back": back(case),
        **(more or {}),
    }
    return render(request, template, context)


def _struck(request: HttpRequest, case: Application, name: str, act: Callable[[str], object]) -> HttpResponse:
    require_open(case, by=person_of(request))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data["reason"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已划去，原来的内容和原因仍可查到。")
            return redirect(back(case))
    context = {
        "title": f"划去：{name}",
        "form": form,
        "consequences": ["划去后不再作数；内容、原因、时间都保留。"],
        "submit_label": "划去",
        "danger": True,
        "back": back(case),
    }
    return render(request, "desk/confirm.html", context)


def back(case: Application) -> str:
    return reverse("applications:case", args=[case.public_id]) + "#matters"

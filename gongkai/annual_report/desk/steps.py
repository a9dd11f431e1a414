"""年报的步骤页面: start, submit, return, approve, release, correct; each shows its consequence before it is taken."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.agencies.access import Refusal, require
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.annual_report import actions, lifecycle, queries
from gongkai.annual_report.models import Edition
from gongkai.desk.forms import DeskForm
from gongkai.desk.gatekeeping import person_of, powered


class Words(DeskForm):
    """意见."""

    words = forms.CharField(label="意见", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class OptionalWords(Words):
    words = forms.CharField(
        label="意见", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class Explanation(DeskForm):
    """说明, of a warning."""

    explanation = forms.CharField(
        label="说明",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明为什么数字没有错。",
    )


_Taker = Callable[[Edition, Person, str], object]
_FORMS: dict[str, type[Words]] = {"return": Words, "approve": OptionalWords, "reopen": Words}
_TAKE: dict[str, _Taker] = {
    "submit": lambda edition, by, words: actions.submit(edition, by=by),
    "take_back": lambda edition, by, words: actions.take_back(edition, by=by),
    "return": lambda edition, by, words: actions.send_back(edition, words=words, by=by),
    "approve": lambda edition, by, words: actions.approve(edition, words=words, by=by),
    "reopen": lambda edition, by, words: actions.reopen(edition, words=words, by=by),
    "release": lambda edition, by, words: actions.release(edition, by=by),
}


@powered(Power.COMPILE_REPORT)
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """开始编制一年的报告."""
    year = request.POST.get("year", "")
    if not year.isdecimal():
        raise Refusal("请选择年度。")
    edition = actions.start(year=int(year), by=person_of(request))
    messages.success(request, "已汇总全年数据并起草文字，请核对。")
    return redirect("annual_report:edition", public_id=edition.public_id)


@powered(Power.COMPILE_REPORT, Power.APPROVE_REPORT, Power.RELEASE_REPORT)
def step(request: HttpRequest, public_id: str, name: str) -> HttpResponse:
    """一步: first its consequence, then the step itself."""
    if name not in _TAKE:
        raise Http404
    edition = queries.edition(person_of(request), public_id)
    taken = lifecycle.require(edition, name)
    if taken.power is not None:
        require(person_of(request), taken.power, edition.agency, on=timezone.localdate())
    form_class = _FORMS.get(name)
    form = form_class(request.POST or None) if form_class else None
    back = reverse("annual_report:edition", args=[public_id])
    if request.method == "POST" and (form is None or form.is_valid()):
        _TAKE[name](edition, person_of(request), form.cleaned_data["words"] if form else "")
        # The public side answers a little later; until then nothing is published.
        said = "已提交发布，稍后在本页可以看到结果。" if name == "release" else f"已{taken.label}。"
        messages.success(request, said)
        return redirect(back)
    context = {
        "title": taken.label,
        "consequences": [taken.effect + "。"],
        "submit_label": taken.label,
        "form": form,
        "back": back,
        "danger": name == "reopen",
    }
    return render(request, "desk/confirm.html", context)


@powered(Power.EXPLAIN_FINDINGS)
@require_POST
def explain(request: HttpRequest, public_id: str, fingerprint: str) -> HttpResponse:
    """说明一个提示. What was typed comes back with the reason when it cannot be kept."""
    edition = queries.edition(person_of(request), public_id)
    back = reverse("annual_report:edition", args=[public_id]) + "#findings"
    form = Explanation(request.POST)
    if form.is_valid():
        words = form.cleaned_data["explanation"]
        try:
            actions.explain(edition, fingerprint=fingerprint, explanation=words, by=person_of(request))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "说明已保存。")
            return redirect(back)
    context = {"title": "说明核对问题", "form": form, "submit_label": "保存说明", "back": back}
    return render(request, "desk/form.html", context)


@powered(Power.COMPILE_REPORT)
def correct(request: HttpRequest, public_id: str) -> HttpResponse:
    """起草更正."""
    edition = queries.edition(person_of(request), public_id)
    form = Words(request.POST or None)
    form.fields["words"].label = "更正原因"
    form.fields["words"].help_text = "会随更正后的报告一起公布"
    if request.method == "POST" and form.is_valid():
        drafted = actions.draft_correction(
            edition.report, reason=form.cleaned_data["words"], by=person_of(request)
        )
        messages.success(request, f"已按今天的记录起草第{drafted.number}版。")
        return redirect("annual_report:edition", public_id=drafted.public_id)
    context = {
        "title": f"起草{edition.report.year}年度报告的更正",
        "consequences": [
            "新的版次按今天的记录重新汇总，核对、批准后发布。",
            "已发布的版次保持可读，注明已更正。",
        ],
        "submit_label": "起草更正",
        "form": form,
        "back": reverse("annual_report:edition", args=[public_id]),
    }
    return render(request, "desk/confirm.html", context)

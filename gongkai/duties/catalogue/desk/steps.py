"""信息发布的步骤页面: submit, review, release, schedule, withdraw, revise, attach; each tells its effect before it is taken."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.duties.catalogue import actions, lifecycle, queries
from gongkai.duties.catalogue.concerns import concerns
from gongkai.duties.catalogue.content import attachments
from gongkai.duties.catalogue.desk.forms import DecidedForm, ReviewForm, ScheduleForm, WithdrawForm
from gongkai.duties.catalogue.desk.items import DRAFTERS, beside, facts
from gongkai.duties.catalogue.interpretation.gate import named
from gongkai.duties.catalogue.interpretation.queries import together
from gongkai.duties.catalogue.models import Version
from gongkai.duties.catalogue.pictures import on_the_desk

_SIMPLE: dict[str, Callable[[Version, Person], object]] = {
    "submit": lambda version, by: actions.submit(version, by=by),
    "take_back": lambda version, by: actions.take_back(version, by=by),
    "abandon": lambda version, by: actions.abandon(version, by=by),
    "release": lambda version, by: actions.publish(version, by=by),
}
_SAID = {
    "submit": "已送审。",
    "take_back": "已撤回，可以修改后重新送审。",
    "abandon": "已放弃，草稿留存。",
    "release": "已提交发布，稍后在本页可以看到结果。",
}
_REVIEWERS = tuple(each.power for each in lifecycle.REVIEWS.values())


@powered(*DRAFTERS)
def step(request: HttpRequest, public_id: str, name: str) -> HttpResponse:
    """起草人的一步: first its consequence, then the step itself."""
    if name not in _SIMPLE:
        raise Http404
    person = person_of(request)
    version = queries.version(person, public_id)
    taken = lifecycle.require(version, name)
    back = reverse("catalogue:version", args=[public_id])
    if request.method == "POST":
        _SIMPLE[name](version, person)
        messages.success(request, _SAID[name])
        return redirect(back)
    context = {
        "title": f"{taken.label}：{version.title}",
        "consequences": [taken.effect + "。", *(_along(version) if name == "release" else ())],
        "submit_label": taken.label,
        "back": back,
        "danger": name == "abandon",
    }
    return render(request, "desk/confirm.html", context)


def _along(version: Version) -> list[str]:
    """What leaves together with it (三同步)."""
    titles = "、".join(named(each.item) for each in together(version)[1:])
    return [f"同时发布：{titles}。有一个不能发布的，都不发布。"] if titles else []


@powered(*DRAFTERS)
@require_POST
def take_up(request: HttpRequest, public_id: str) -> HttpResponse:
    """开始编辑, or take it over from somebody who is at it."""
    person = person_of(request)
    version = queries.version(person, public_id)
    actions.take_up(version, by=person, over="over" in request.POST)
    return redirect("catalogue:write", public_id=public_id)


@powered(*_REVIEWERS)
def review(request: HttpRequest, public_id: str) -> HttpResponse:
    """审查、签发: what the public would see on the left, the conclusion on the right. There is no button to publish."""
    person = person_of(request)
    version = queries.version(person, public_id)
    due = lifecycle.REVIEWS.get(Version.Stage(version.stage))
    if due is None:
        raise Refusal(f"没有待办的审查：{version}现在是“{version.get_stage_display()}”。")
    form = ReviewForm(version, request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            actions.review(
                version,
                stage=values["stage"],
                conclusion=values["conclusion"],
                opinion=values["opinion"],
                files=form.conclusions(),
                by=person,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"已记录{due.label}结论。")
            return redirect(reverse("catalogue:items") + "?show=waiting")
    context = {
        "title": f"{due.label}：{version.title}",
        "version": version,
        "body": on_the_desk(version),
        "form": form,
        "facts": facts(version),
        "attachments": attachments(version),
        "concerns": concerns(version),
        **beside(version, person),
        "reviews": version.reviews.select_related("by"),
        "submit_label": f"记录{due.label}结论",
    }
    return render(request, "catalogue/review.html", context, status=400 if form.errors else 200)


@powered(Power.REVIEW_CONFIDENTIALITY)
def decide_secrecy(request: HttpRequest, public_id: str) -> HttpResponse:
    """记录保密行政管理部门的确定结果."""
    person = person_of(request)
    version = queries.version(person, public_id)
    taken = lifecycle.require(version, "decide_secrecy")
    form = DecidedForm(request.POST or None)
    back = reverse("catalogue:version", args=[public_id])
    if request.method == "POST" and form.is_valid():
        is_secret = form.cleaned_data["is_secret"] == "yes"  # noqa: S105 - no password
        actions.decide_secrecy(version, is_secret=is_secret, opinion=form.cleaned_data["words"], by=person)
        messages.success(request, "已记录。")
        return redirect(back)
    context = {
        "title": f"{taken.label}：{version.title}",
        "form": form,
        "consequences": [taken.effect + "。"],
        "submit_label": "记录",
        "back": back,
    }
    return render(request, "desk/confirm.html", context, status=400 if form.errors else 200)


@powered(*DRAFTERS)
def schedule(request: HttpRequest, public_id: str) -> HttpResponse:
    """定时发布."""
    person = person_of(request)
    version = queries.version(person, public_id)
    lifecycle.require(version, "release")
    form = ScheduleForm(request.POST or None)
    back = reverse("catalogue:version", args=[public_id])
    if request.method == "POST" and form.is_valid():
        try:
            actions.schedule(version, at=form.cleaned_data["at"], by=person)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已定时。到时再核对一次审查，通过才发布。")
            return redirect(back)
    context = {
        "title": f"定时发布：{version.title}",
        "form": form,
        "consequences": ["到时再核对一次审查和附件，通过的才发布；不能发布的留在原处并写明原因。"],
        "submit_label": "定时发布",
        "back": back,
    }
    return render(request, "desk/confirm.html", context, status=400 if form.errors else 200)


@powered(*DRAFTERS)
@require_POST
def revise(request: HttpRequest, public_id: str) -> HttpResponse:
    """起草新版本."""
    person = person_of(request)
    version = actions.revise(queries.version(person, public_id).item, by=person)
    messages.success(request, "已复制为新的版本。公开的内容在新版本发布以前不变。")
    return redirect("catalogue:write", public_id=version.public_id)


@powered(Power.WITHDRAW_ITEMS)
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """撤回."""
    person = person_of(request)
    version = queries.version(person, public_id)
    form = WithdrawForm(request.POST or None)
    back = reverse("catalogue:version", args=[public_id])
    if request.method == "POST" and form.is_valid():
        actions.withdraw(version.item, by=person, **form.cleaned_data)
        messages.success(request, "已撤回，公众侧将在一分钟内撤下。")
        return redirect(back)
    context = {
        "title": f"撤回：{version.title}",
        "form": form,
        "consequences": [
            "页面、栏目列表、检索、附件一起从公众侧撤下。",
            "索引号不再给别的信息；需要更正的，撤回后可以起草新版本重新公开。",
        ],
        "submit_label": "撤回",
        "danger": True,
        "back": back,
    }
    return render(request, "desk/confirm.html", context, status=400 if form.errors else 200)


@powered(*DRAFTERS)
@require_POST
def attach(request: HttpRequest, public_id: str) -> HttpResponse:
    """上传附件; what cannot be taken is told beside those that were."""
    person = person_of(request)
    version = queries.version(person, public_id)
    uploaded = request.FILES.getlist("files")
    if not uploaded:
        messages.error(request, "没有选择文件，请选择后上传。")
    for each in uploaded:
        try:
            actions.attach(version, name=each.name or "", content=each.read(), by=person)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"已上传“{each.name}”。")
    return redirect(reverse("catalogue:write", args=[public_id]) + "#attachments")


@powered(*DRAFTERS)
@require_POST
def detach(request: HttpRequest, public_id: str, sha256: str) -> HttpResponse:
    """删除附件."""
    person = person_of(request)
    actions.detach(queries.version(person, public_id), sha256=sha256, by=person)
    messages.success(request, "已删除附件。")
    return redirect(reverse("catalogue:write", args=[public_id]) + "#attachments")


@powered(*DRAFTERS)
@require_POST
def clean(request: HttpRequest, public_id: str, sha256: str) -> HttpResponse:
    """清理附件, and what was left that only a person can take out."""
    person = person_of(request)
    file = actions.clean_attachment(queries.version(person, public_id), sha256=sha256, by=person)
    if file.hidden:
        messages.warning(request, f"已清理“{file.name}”，还有{len(file.hidden)}处要在原稿中处理。")
    else:
        messages.success(request, f"已清理“{file.name}”，看得见的内容没有变，原件留存。请打开核对。")
    place = "catalogue:version" if request.POST.get("from") == "version" else "catalogue:write"
    return redirect(reverse(place, args=[public_id]) + "#attachments")


@powered(*DRAFTERS)
@require_POST
def answer(request: HttpRequest, public_id: str, fingerprint: str) -> HttpResponse:
    """处理一处检查发现."""
    person = person_of(request)
    reason = request.POST.get("reason", "")
    actions.answer(queries.version(person, public_id), fingerprint=fingerprint, reason=reason, by=person)
    messages.success(request, "已记录理由。")
    return redirect(reverse("catalogue:version", args=[public_id]) + "#concerns")

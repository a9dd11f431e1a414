"""遮盖材料: the list, the upload, one job with what may be done now, making, review, proof."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.access import Refusal, may
from gongkai.agencies.models import Person
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.duties.applications.models import Application
from gongkai.duties.applications.redaction import actions, lifecycle, queries
from gongkai.duties.applications.redaction.desk.forms import BeginForm, MakeForm, ReasonForm
from gongkai.duties.applications.redaction.lifecycle import KEEPERS, REVIEWERS, STEPS
from gongkai.duties.applications.redaction.models import RedactionJob
from gongkai.duties.applications.redaction.presenters import box_rows, ground_name, page_rows
from gongkai.redaction.box import Origin

Stage = RedactionJob.Stage
SHOWN = 50
SHOWN_PAGES = 60


@powered(*queries.SEEN_BY)
def jobs(request: HttpRequest) -> HttpResponse:
    """遮盖材料, the newest first."""
    person = person_of(request)
    found = queries.jobs(person, on=timezone.localdate()).defer("pages", "words", "proof").order_by("-pk")
    stage = request.GET.get("stage", "")
    if stage in Stage.values:
        found = found.filter(stage=stage)
    before = request.GET.get("before", "")
    if before:
        found = found.filter(pk__lt=_place(person, before))
    rows = list(found[: SHOWN + 1])
    context = {
        "title": "遮盖",
        "jobs": rows[:SHOWN],
        "next": rows[SHOWN - 1].public_id if len(rows) > SHOWN else "",
        "stage": stage,
        "stages": Stage.choices,
        "keeps": _may(person, KEEPERS),
    }
    return render(request, "redaction/jobs.html", context)


@powered(*KEEPERS)
def begin(request: HttpRequest) -> HttpResponse:
    """上传材料."""
    person = person_of(request)
    initial = {"register_number": request.GET.get("case", "")[:40]}
    form = BeginForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        number, upload = form.cleaned_data["register_number"].strip(), form.cleaned_data["file"]
        case = Application.objects.filter(
            agency=person.agency, register_number=number, voided_at__isnull=True
        ).first()
        if case is None:
            form.add_error("register_number", f"没有登记编号为“{number}”的申请，请核对。")
        else:
            try:
                job = actions.begin(
                    case,
                    title=form.cleaned_data["title"],
                    name=upload.name or "",
                    data=upload.read(),
                    by=person,
                )
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, f"已上传，共{len(job.pages)}页。先看识别出的个人信息，再逐页核对。")
                return redirect(_address(job))
    context = {
        "title": "上传要遮盖的材料",
        "form": form,
        "submit_label": "上传",
        "consequence": "原件加密保存，不会改动；成品是另一个文件，只有图片。",
        "back": reverse("redaction:list"),
    }
    return render(request, "desk/form.html", context, status=400 if form.errors else 200)


@powered(*queries.SEEN_BY)
def job(request: HttpRequest, public_id: str) -> HttpResponse:
    """一份材料."""
    person, shown = person_of(request), job_of(request, public_id)
    context = {
        "title": shown.title,
        "job": shown,
        "case": shown.application,
        "rows": page_rows(shown, most=SHOWN_PAGES),
        "grounds": [(ground_name(key), count) for key, count in _grounds(shown)],
        "origins": [
            (Origin(key).label, count) for key, count in Counter(b["origin"] for b in shown.boxes).items()
        ],
        "scanned": shown.scanned[:30],
        "more_scanned": max(0, len(shown.scanned) - 30),
        "marking": may_take(shown, person, "mark"),
        "makes": may_take(shown, person, "make"),
        "agrees": may_take(shown, person, "agree") and not _took_part(shown, person),
        "took_part": shown.stage == Stage.REVIEW and _took_part(shown, person),
        "steps": [
            STEPS[name]
            for name in ("take_back", "return", "abandon")
            if may_take(shown, person, name) and not (name == "return" and _took_part(shown, person))
        ],
    }
    return render(request, "redaction/job.html", context)


@powered(*KEEPERS)
def make(request: HttpRequest, public_id: str) -> HttpResponse:
    """制作."""
    person, shown = person_of(request), job_of(request, public_id)
    lifecycle.require(shown, "make")
    form = MakeForm(request.POST or None, initial={"resolution": shown.resolution})
    if request.method == "POST" and form.is_valid():
        try:
            actions.make(
                shown,
                resolution=form.cleaned_data["resolution"],
                left_open_reason=form.cleaned_data["reason"],
                by=person,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已交后台制作，通常几秒钟，页数多的几分钟。制成并通过检查后转复核。")
            return redirect(_address(shown))
    context = {
        "title": f"制作：{shown}",
        "job": shown,
        "form": form,
        "open": open_rows(shown),
        "submit_label": "制作",
        "consequence": STEPS["make"].effect + "。",
        "back": _address(shown),
    }
    return render(request, "redaction/make.html", context, status=400 if form.errors else 200)


@powered(*REVIEWERS)
def agree(request: HttpRequest, public_id: str) -> HttpResponse:
    """复核."""
    person, shown = person_of(request), job_of(request, public_id)
    if request.method == "POST":
        try:
            actions.agree(shown, having_seen=request.POST.get("seen", ""), by=person)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "已复核通过，成品可以使用。")
        return redirect(_address(shown))
    lifecycle.require(shown, "agree")
    context = {
        "title": f"复核通过：{shown}",
        "job": shown,
        "consequences": [
            STEPS["agree"].effect + "。",
            f"共{len(shown.pages)}页、{len(shown.boxes)}处遮盖；成品摘要{shown.output_file[:12]}。",
            *(
                [f"有{shown.left_open}处查找到的内容没有遮盖，理由：{shown.left_open_reason}。"]
                if shown.left_open
                else []
            ),
        ],
        "submit_label": "复核通过",
        "back": _address(shown),
    }
    return render(request, "redaction/agree.html", context)


@powered(*queries.SEEN_BY)
def step(request: HttpRequest, public_id: str, name: str) -> HttpResponse:
    """撤回、退回、放弃."""
    if name not in _STEPS:
        raise Http404
    person, shown = person_of(request), job_of(request, public_id)
    taken = STEPS[name]
    if request.method != "POST":
        lifecycle.require(shown, name)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _STEPS[name](shown, form.cleaned_data["reason"], person)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"已办理：{taken.label}。")
            return redirect(_address(shown))
    context = {
        "title": f"{taken.label}：{shown}",
        "consequences": [taken.effect + "。"],
        "form": form,
        "submit_label": taken.label,
        "danger": taken.danger,
        "back": _address(shown),
    }
    return render(request, "desk/confirm.html", context, status=400 if form.errors else 200)


@powered(*queries.SEEN_BY)
def proof(request: HttpRequest, public_id: str) -> HttpResponse:
    """区分处理和检查记录, to be printed and filed."""
    shown = job_of(request, public_id)
    context = {
        "title": "区分处理和检查记录",
        "job": shown,
        "case": shown.application,
        "proof": shown.proof,
        "boxes": box_rows(shown),
        "now": _now(),
    }
    return render(request, "redaction/proof.html", context)


_STEPS: dict[str, Callable[[RedactionJob, str, Person], object]] = {
    "take_back": lambda job, words, by: actions.take_back(job, reason=words, by=by),
    "return": lambda job, words, by: actions.send_back(job, opinion=words, by=by),
    "abandon": lambda job, words, by: actions.abandon(job, reason=words, by=by),
}


def job_of(request: HttpRequest, public_id: str) -> RedactionJob:
    found: RedactionJob = get_object_or_404(
        queries.jobs(person_of(request), on=timezone.localdate()), public_id=public_id
    )
    return found


def may_take(job: RedactionJob, person: Person, name: str) -> bool:
    """Whether this step is open and in the person's power."""
    return not lifecycle.closed_because(job, name) and _may(person, STEPS[name].powers)


def open_rows(job: RedactionJob) -> list[tuple[int, str, str]]:
    """没有遮盖的: page, what, how it may be shown."""
    words = set(queries.words_of(job))
    found = queries.left_open(job, queries.reading_of(job))
    return [
        (hit.areas[0].page, "查找过的词" if hit.what in words else hit.what, hit.shown) for hit in found[:200]
    ]


def _may(person: Person, powers: tuple) -> bool:  # type: ignore[type-arg]
    return any(may(person, power, person.agency, on=timezone.localdate()) for power in powers)


def _took_part(job: RedactionJob, person: Person) -> bool:
    return person.pk in (job.author_id, job.maker_id) or person.public_id in job.drawers()


def _grounds(job: RedactionJob) -> list[tuple[str, int]]:
    return Counter(box["ground"] for box in job.boxes).most_common()


def _place(person: Person, public_id: str) -> int:
    found = queries.jobs(person, on=timezone.localdate()).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return int(found.pk)


def _now() -> datetime:
    return timezone.localtime()


def _address(job: RedactionJob) -> str:
    return reverse("redaction:job", args=[job.public_id])

"""信息发布的页面: the list, a version with its gate and its route, the editor, preview, comparison, the review record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.access import Refusal, known_once, may
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.desk.downloads import download
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.desk.register import Chip, Column, Register
from gongkai.duties.catalogue import actions, comparison, editing, lifecycle, queries, release_gate
from gongkai.duties.catalogue.actions.drafting import LARGEST_FILE
from gongkai.duties.catalogue.concerns import concerns
from gongkai.duties.catalogue.content import attachments
from gongkai.duties.catalogue.desk.forms import BeginForm, WriteForm
from gongkai.duties.catalogue.guide.desk.panel import panel as guide
from gongkai.duties.catalogue.interpretation.desk.panel import DECIDED
from gongkai.duties.catalogue.interpretation.desk.panel import panel as interpretation
from gongkai.duties.catalogue.leaders.desk.panel import panel as leader
from gongkai.duties.catalogue.models import InformationItem, Review, Version
from gongkai.duties.catalogue.normative.desk.panel import panel as normative
from gongkai.duties.catalogue.pictures import on_the_desk
from gongkai.duties.catalogue.routes import route_of
from gongkai.duties.catalogue.withheld.desk.panel import panel as withheld
from gongkai.duties.catalogue.withheld.queries import is_closed_by, with_withholding
from gongkai.gateways.files import desk_files
from gongkai.portal.addresses import public_address
from gongkai.virus_checks.queries import require_scanned

Stage = Version.Stage
DRAFTERS = (Power.DRAFT_ITEMS,)


@known_once()
@powered(*queries.SEEN_BY)
def items(request: HttpRequest) -> HttpResponse:
    """信息发布: what is on its way, and what is out."""
    person = person_of(request)
    drafts = bool(may(person, Power.DRAFT_ITEMS, person.agency, on=timezone.localdate()))
    register = Register(
        title="信息发布",
        records=with_withholding(queries.versions(person)),
        columns=(
            Column("标题", "title", link=address_of),
            Column("版次", lambda version: f"第{version.number}版", numeric=True),
            Column(
                "步骤",
                lambda version: "不公开，留存" if is_closed_by(version) else version.get_stage_display(),
            ),
            Column("栏目", "main_column.name"),
            Column("起草科室", "section.name"),
            Column("起草人", "author.name"),
            Column("送审时间", "submitted_at"),
            Column("公开时间", "released_at"),
        ),
        chips=(
            Chip("waiting", "等我办", Q(pk__in=queries.waiting_for(person).order_by().values("pk"))),
            Chip("open", "办理中", Q(stage__in=Version.OPEN)),
            Chip("published", "已发布", Q(stage=Stage.PUBLISHED)),
        ),
        search=lambda records, words: queries.versions_like(records, words, agency=person.agency_id),
        search_hint="标题、文号、索引号",
        add_url=reverse("catalogue:begin") if drafts else "",
        add_label="起草信息",
        empty="还没有信息。点“起草信息”，写好后送审；审查、签发以后在公众侧公开。",
    )
    context = {"title": "信息发布", "register": register.page(request.GET)}
    return render(request, "desk/register.html", context)


@powered(*DRAFTERS)
def begin(request: HttpRequest) -> HttpResponse:
    """起草."""
    person = person_of(request)
    form = BeginForm(person.agency, request.POST or None)
    form.initial["kind"] = request.GET.get("kind", "")
    if request.method == "POST" and form.is_valid():
        try:
            version = actions.begin(by=person, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("catalogue:write", public_id=version.public_id)
    context = {
        "title": "起草信息",
        "form": form,
        "submit_label": "开始起草",
        "back": reverse("catalogue:items"),
    }
    return render(request, "desk/form.html", context, status=400 if form.errors else 200)


@powered(*queries.SEEN_BY)
def version(request: HttpRequest, public_id: str) -> HttpResponse:
    """一个版本: what the public would see, whether it may go out, who has concluded what, what may be done now."""
    person = person_of(request)
    shown = queries.version(person, public_id)
    context = {
        "title": shown.title,
        "version": shown,
        "body": on_the_desk(shown),
        "held": editing.held(shown, by=person),
        "item": shown.item,
        "facts": facts(shown),
        "attachments": attachments(shown),
        "requirements": () if shown.stage in DECIDED else release_gate.requirements(shown),
        "concerns": concerns(shown),
        "may_answer": _may(person, Power.DRAFT_ITEMS) and not shown.with_batch,
        **beside(shown, person),
        "route": _route(shown),
        "reviews": shown.reviews.select_related("by"),
        "steps": _steps(person, shown),
        "may_review": _may_review(person, shown),
        "public_address": public_address(shown.receipt) if _is_public(shown) else "",
        "versions": shown.item.versions.order_by("-number"),
        "may_revise": shown.stage == Stage.PUBLISHED and _may(person, Power.DRAFT_ITEMS),
        "may_withdraw": _is_public(shown) and _may(person, Power.WITHDRAW_ITEMS),
    }
    return render(request, "catalogue/version.html", context)


@powered(*DRAFTERS)
def write(request: HttpRequest, public_id: str) -> HttpResponse:
    """编辑."""
    person = person_of(request)
    shown = queries.version(person, public_id)
    if request.method != "POST":  # what is typed is never thrown away: a POST is refused beside the text
        lifecycle.require(shown, "write")
    form = WriteForm(shown, request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        other_columns, edits = tuple(values.pop("other_columns")), values.pop("edits")
        try:
            if "over" in request.POST:
                actions.take_up(shown, by=person, over=True)
            actions.write(shown, values=values, other_columns=other_columns, edits=edits, by=person)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已保存。")
            return redirect("catalogue:version", public_id=public_id)
    context = {
        "title": f"编辑：{shown.title}",
        "held": editing.held(shown, by=person),
        "version": shown,
        "form": form,
        "attachments": attachments(shown),
        "back": reverse("catalogue:version", args=[public_id]),
        "largest": LARGEST_FILE // 1024 // 1024,
    }
    return render(request, "catalogue/write.html", context, status=400 if form.errors else 200)


@powered(*queries.SEEN_BY)
def file(request: HttpRequest, public_id: str, sha256: str) -> HttpResponse:
    """附件, always as a download and never run in the desk's own name (FIL-08)."""
    shown = queries.version(person_of(request), public_id)
    found = shown.attachments.filter(sha256=sha256).first()
    if found is None:
        raise Http404
    require_scanned(sha256, what=f"附件“{found.name}”")
    return download(found.name, desk_files().read(sha256))


@powered(*queries.SEEN_BY)
def compare(request: HttpRequest, public_id: str) -> HttpResponse:
    """与上一版比较."""
    shown = queries.version(person_of(request), public_id)
    before = (
        shown.item.versions.filter(number__lt=shown.number)
        .exclude(stage=Stage.ABANDONED)
        .order_by("-number")
        .first()
    )
    if before is None:
        raise Refusal("这是第一版，没有可以比较的上一版。")
    context = {
        "title": f"第{before.number}版和第{shown.number}版的不同",
        "version": shown,
        "before": before,
        "differences": comparison.differences(before, shown),
    }
    return render(request, "catalogue/compare.html", context)


@powered(*queries.SEEN_BY)
def record(request: HttpRequest, public_id: str) -> HttpResponse:
    """审查表, to print: the form an inspector asks for."""
    person = person_of(request)
    shown = queries.version(person, public_id)
    context = {
        "title": "政府信息公开审查表",
        **beside(shown, person),
        "version": shown,
        "facts": facts(shown),
        "attachments": attachments(shown),
        "reviews": shown.reviews.select_related("by"),
    }
    return render(request, "catalogue/record.html", context)


def beside(version: Version, person: Person) -> dict[str, Any]:
    """What is reviewed beside the text: a plan of interpretation, or the sheet that its kind has."""
    return {
        "interpretation": interpretation(version, person),
        "normative": normative(version, person),
        "leader": leader(version, person),
        "guide": guide(version, person),
        "withheld": withheld(version, person),
    }


def address_of(version: Version) -> str:
    return reverse("catalogue:version", args=[version.public_id])


def facts(version: Version) -> list[tuple[str, str]]:
    """信息表: what is filled in, by its label."""
    found: list[tuple[str, Any]] = [
        ("索引号", version.item.index_number),
        ("信息种类", version.get_kind_display()),
        ("栏目", version.main_column),
        ("同时列在", "、".join(version.other_columns.values_list("name", flat=True))),
        ("发布机构", "、".join(filter(None, (version.issued_by, version.co_issued_by)))),
        ("文号", version.document_number),
        ("成文日期", version.dated_on),
        ("公开属性", version.get_attribute_display()),
        ("属性依据", version.attribute_ground),
        ("法定公开内容", version.get_article_20_duty_display()),
        ("主题分类", " / ".join(filter(None, (version.subject, version.subject_detail)))),
        ("体裁", version.genre),
        ("有效性", version.get_validity_display() if version.document_number else ""),
        ("关键词", version.keywords),
        ("内容概述", version.summary),
        ("更新说明", version.change_note),
        ("原发布日期", version.item.public_before),
        ("原网址", version.item.address if version.item.public_before else ""),
    ]
    return [(label, str(value)) for label, value in found if value]


@dataclass(frozen=True, slots=True)
class Stop:
    """流程上的一站."""

    label: str
    state: str  # "done", "now", "ahead"
    by: str = ""
    at: datetime | None = None
    waits_for: str = ""  # who may take it now, or that nobody can


def _route(version: Version) -> list[Stop]:
    passed: Mapping[str, Review] = {}
    if version.submitted_at:
        passed = {
            review.step: review
            for review in version.reviews.filter(recorded_at__gte=version.submitted_at).select_related("by")
            if review.conclusion == Review.Conclusion.PASSED
        }
    stops = [Stop("起草", "now" if version.stage == Stage.DRAFTING else "done", version.author.name)]
    for stage in route_of(version):
        review, label = passed.get(stage), lifecycle.REVIEWS[stage].label
        at_it = version.stage == stage or (
            version.stage == Stage.REFERRED and stage == Stage.CONFIDENTIALITY_REVIEW
        )
        state = "now" if at_it else "done" if review else "ahead"
        by, at = (review.by.name, review.recorded_at) if review else ("", None)
        stops.append(Stop(label, state, by, at, _waits_for(version) if at_it else ""))
    done = version.stage in (Stage.PUBLISHED, Stage.SUPERSEDED)
    going = version.stage in (Stage.SIGNED, Stage.RELEASING)
    stops.append(Stop("公开", "done" if done else "now" if going else "ahead", "", version.released_at))
    return stops


def _waits_for(version: Version) -> str:
    """等谁办: a review that nobody can give would wait for ever, unseen on anybody's desk."""
    if version.with_batch:
        return ""
    names = [person.name for person in queries.who_may_review(version)]
    if names:
        return f"可以办理的：{'、'.join(names)}"
    where = f"{version.section}" if version.stage == Stage.SECTION_REVIEW and version.section else "本机关"
    return f"目前{where}没有人可以办理，请安全管理员配置岗位。"


def _steps(person: Person, version: Version) -> list[tuple[lifecycle.Step, str]]:
    """What may be done now, and why what is not open to this person is closed."""
    shown: list[tuple[lifecycle.Step, str]] = []
    if version.with_batch:
        return shown
    for step in lifecycle.STEPS.values():
        if step.name in ("write", "confirm") or step.power is None or version.stage not in step.from_:
            continue
        answer = may(person, step.power, version.agency, on=timezone.localdate())
        shown.append((step, "" if answer else getattr(answer, "reason", "")))
    return shown


def _may_review(person: Person, version: Version) -> str:
    """The label of the review that is this person's to give now, "" when none is."""
    review = lifecycle.REVIEWS.get(Stage(version.stage))
    if review is None or not queries.waiting_for(person).filter(pk=version.pk).exists():
        return ""
    return review.label


def _is_public(version: Version) -> bool:
    return version.stage == Stage.PUBLISHED and version.item.state == InformationItem.State.PUBLISHED


def _may(person: Person, power: Power) -> bool:
    return bool(may(person, power, person.agency, on=timezone.localdate()))

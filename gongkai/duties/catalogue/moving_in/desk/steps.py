"""旧站迁入的各步: the importer's own, each with its effect; review and signature as a batch; taking one out."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.duties.catalogue.moving_in import actions, queries
from gongkai.duties.catalogue.moving_in.desk.forms import ConcludeForm, ReasonForm
from gongkai.duties.catalogue.moving_in.models import Batch, Entry
from gongkai.duties.catalogue.moving_in.together import digest_of_stored

State = Batch.State
Standing = Entry.Standing
REVIEWERS = (Power.REVIEW_CONFIDENTIALITY, Power.SIGN_ITEMS)
_BEFORE_RELEASE = (State.MOVED_IN, State.CONFIDENTIALITY_REVIEW, State.SIGN_OFF, State.SIGNED)
_SHOWN = 20
_HINTED = 200


@dataclass(frozen=True, slots=True)
class Step:
    """迁入人的一步."""

    label: str
    state: str  # in which it may be taken
    effects: tuple[str, ...]
    done: str
    act: Callable[[Batch, Person], Batch]
    danger: bool = False


STEPS = {
    "move_in": Step(
        "确认迁入",
        State.PREVIEWED,
        (
            "“待迁入”的每一条写成一份草稿，原发布日期照旧；已有的和不能迁入的不动。",
            "写完马上逐条读回，与来源对账。",
            "公众侧没有任何变化，要送审、审查、签发以后才发布。",
        ),
        "已迁入，并已对账。",
        lambda batch, by: actions.move_in(batch, by=by),
    ),
    "discard": Step(
        "放弃",
        State.PREVIEWED,
        ("读到的内容全部删去，没有写入任何信息。", "留下一条记录：什么时候预览过哪个文件。"),
        "已放弃，没有写入任何信息。",
        lambda batch, by: actions.discard(batch, by=by),
        danger=True,
    ),
    "submit": Step(
        "送审",
        State.MOVED_IN,
        (
            "逐条做发布前检查：有个人信息、密级标志、隐藏内容、错误表述或者缺少内容的移出这一批，单独办理。",
            "其余的内容定住，由保密审查人成批审查，再由另一人签发。",
        ),
        "已送审。",
        lambda batch, by: actions.submit(batch, by=by),
    ),
    "release": Step(
        "发布",
        State.SIGNED,
        (
            "每一条再核对一次审查、签发和发布前检查，不符的移出这一批。",
            "其余的由后台发往公众侧，按原发布日期排在各栏目里；页面写明原发布日期和在本站的发布时间。",
        ),
        "已提交发布，稍后在本页可以看到结果。",
        lambda batch, by: actions.release(batch, by=by),
    ),
}


@powered(Power.DRAFT_ITEMS)
def step(request: HttpRequest, public_id: str, name: str) -> HttpResponse:
    """迁入人的一步: first its effect, then the step itself."""
    if name not in STEPS:
        raise Http404
    person, taken = person_of(request), STEPS[name]
    shown = queries.batch(person, public_id)
    if shown.state != taken.state:
        raise Refusal(f"不能{taken.label}：这一批现在是“{shown.get_state_display()}”。")
    if request.method == "POST":
        try:
            taken.act(shown, person)
            messages.success(request, taken.done)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect(address(shown))
    context = {
        "title": f"{taken.label}：{shown.name}",
        "consequences": taken.effects,
        "submit_label": taken.label,
        "danger": taken.danger,
        "back": address(shown),
    }
    return render(request, "desk/confirm.html", context)


@powered(*REVIEWERS)
def conclude(request: HttpRequest, public_id: str) -> HttpResponse:
    """成批保密审查、签发: what it is taken on, with the items to open, then the conclusion."""
    person = person_of(request)
    shown = queries.batch(person, public_id)
    form = ConcludeForm(request.POST or None, initial={"seen": digest_of_stored(shown)})
    if request.method == "POST" and form.is_valid():
        try:
            _conclude(shown, person, form)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(address(shown))
    if request.method != "POST" and not concludes(shown, person):
        raise Refusal(f"这一批现在是“{shown.get_state_display()}”，没有等您审查或者签发的内容。")
    going = queries.entries(shown).filter(standing=Standing.IN_BATCH).order_by("position")
    label = concludes(shown, person) or "审查"
    context = {
        "title": f"{label}：{shown.name}",
        "label": label,
        "form": form,
        "batch": shown,
        "count": going.count(),
        "hinted": going.exclude(reason="")[:_HINTED],
        "sample": going.filter(reason="")[:_SHOWN],
        "back": address(shown),
    }
    return render(request, "moving_in/conclude.html", context, status=400 if form.errors else 200)


@powered(*queries.SEEN_BY)
def take_out(request: HttpRequest, public_id: str, entry: str) -> HttpResponse:
    """移出一条."""
    person = person_of(request)
    shown = queries.batch(person, public_id)
    found = get_object_or_404(queries.entries(shown), public_id=entry)
    back = reverse("moving_in:entries", args=[public_id])
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.take_out(found, reason=form.cleaned_data["reason"], by=person)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已移出，由起草人单独办理。")
            return redirect(back)
    context = {
        "title": f"移出：{found.title}",
        "form": form,
        "consequences": ["这一条回到起草，单独送审、审查、签发。", "其余各条的审查不受影响。"],
        "submit_label": "移出",
        "danger": True,
        "back": back,
    }
    return render(request, "desk/confirm.html", context, status=400 if form.errors else 200)


def _conclude(shown: Batch, person: Person, form: ConcludeForm) -> None:
    seen, opinion = form.cleaned_data["seen"], form.cleaned_data["opinion"]
    if form.cleaned_data["conclusion"] == "returned":
        actions.send_back(shown, opinion=opinion, by=person)
    elif shown.state == State.SIGN_OFF:
        actions.sign(shown, seen=seen, opinion=opinion, by=person)
    else:
        actions.review(shown, seen=seen, opinion=opinion, by=person)


def concludes(shown: Batch, person: Person) -> str:
    """What this person concludes on now, "" when nothing."""
    if not queries.waiting_for(person).filter(pk=shown.pk).exists():
        return ""
    return {State.CONFIDENTIALITY_REVIEW.value: "成批保密审查", State.SIGN_OFF.value: "成批签发"}.get(
        shown.state, ""
    )


def steps_for(shown: Batch, person: Person) -> list[tuple[str, Step]]:
    """What the importer may do now."""
    if not queries.may_handle(person, shown):
        return []
    return [(name, each) for name, each in STEPS.items() if each.state == shown.state]


def may_take_out(shown: Batch, person: Person) -> bool:
    return shown.state in _BEFORE_RELEASE and (
        queries.may_handle(person, shown) or bool(concludes(shown, person))
    )


def address(batch: Batch) -> str:
    return reverse("moving_in:batch", args=[batch.public_id])

"""公示的页面: the list with its clocks, a decision with what readers will see, one step, a step on several at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.access import Refusal, may
from gongkai.agencies.models import Person
from gongkai.agencies.working_days import calendar
from gongkai.desk.forms import DeskForm
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.desk.register import Chip, Column, Register
from gongkai.duties.administrative_acts import actions, gate, lifecycle, presenters, queries
from gongkai.duties.administrative_acts.clock import clock_of
from gongkai.duties.administrative_acts.desk.forms import KeepBackForm, ReasonForm, SeenForm, WithdrawForm
from gongkai.duties.administrative_acts.lifecycle import STEPS, Step
from gongkai.duties.administrative_acts.models import PublicDecision, PublicState
from gongkai.duties.administrative_acts.public_fields import PublicField, digest, public_fields
from gongkai.host_clock import queries as host_clock
from gongkai.portal.addresses import public_address

MOST_AT_ONCE = 50  # a page of the list
_TOLD_AT_MOST = 5
_OLDEST_FIRST = ("waiting", "late", "returned", "reviewed", "changed", "elsewhere")


@powered(*queries.SEEN_BY)
def listing(request: HttpRequest, kind: str) -> HttpResponse:
    """公示台账: what is due first, where a chip asks for what waits; otherwise the newest."""
    person, model = person_of(request), _model(kind)
    today, days = host_clock.today(), calendar()
    show = request.GET.get("show", "")
    oldest_first = show in _OLDEST_FIRST
    register = Register(
        title=f"{model.ACT.label}公示",
        records=queries.decisions(kind, visible_to=person),
        columns=(
            Column(
                "文号", "number", link=lambda each: reverse("publicity:decision", args=[kind, each.public_id])
            ),
            Column("名称", "name"),
            Column("决定日期", "decided_on"),
            Column("公示", lambda each: _state(each)),
            Column("期限", lambda each: clock_of(each, days, today=today).words),
            Column("科室", "section.name"),
        ),
        order=("decided_on", "pk") if oldest_first else ("-decided_on", "-pk"),
        chips=_chips(model),
        search=lambda found, words: found.filter(Q(number__startswith=words) | Q(name__contains=words)),
        search_hint="文号、名称",
        page_size=MOST_AT_ONCE,
        empty="还没有决定。在台账登记或者导入以后列在这里，审查、发布后公示。",
    )
    page = register.page(request.GET)
    step = _batch_step(person, show)
    context = {
        "title": page.title,
        "register": page,
        "lines": list(zip(page.keys, page.rows, strict=True)),
        "kind": kind,
        "kinds": [(each, queries.MODELS[each].ACT.label) for each in queries.MODELS],
        "batch_step": step,
        "register_address": reverse("registers:list", args=[kind]),
    }
    return render(request, "administrative_acts/list.html", context)


@powered(*queries.SEEN_BY)
def decision(request: HttpRequest, kind: str, public_id: str) -> HttpResponse:
    """一件决定: what readers will see, whether it may go out, by when and why, who did what, what may be done now."""
    person, shown = person_of(request), _decision(request, kind, public_id)
    today = timezone.localdate()
    clock = clock_of(shown, calendar(), today=host_clock.today())
    is_settled = shown.is_public and shown.public_state not in lifecycle.TO_BE_REVIEWED
    objections = [] if is_settled else gate.objections(shown, today=today)
    open_to_me = _steps(person, shown)
    context = {
        "title": str(shown),
        "decision": shown,
        "kind": kind,
        "state": _state(shown),
        "clock": clock,
        "fields": (fields := public_fields(shown)),
        "basis": presenters.basis_of_fields(fields),
        "public_address": public_address(shown.receipt) if shown.is_public else "",
        "objections": objections,
        "steps": [each for each in open_to_me if not (objections and each.asks_gate)],
        "closed": [
            *((each, "上面所列的改好以后才能办理。") for each in open_to_me if objections and each.asks_gate),
            *_closed(person, shown),
        ],
        "history": queries.steps(shown),
        "record_address": reverse("registers:record", args=[kind, public_id]),
    }
    return render(request, "administrative_acts/decision.html", context)


@powered(*queries.SEEN_BY)
def step(request: HttpRequest, kind: str, public_id: str, name: str) -> HttpResponse:
    """办理一步: first its consequence and what it is taken on, then the step itself."""
    if name not in STEPS:
        raise Http404
    person, shown = person_of(request), _decision(request, kind, public_id)
    taken, back = STEPS[name], reverse("publicity:decision", args=[kind, public_id])
    if request.method != "POST":  # what is typed is not thrown away: a POST is refused beside the text
        lifecycle.require(shown, name)
        if taken.asks_gate:
            gate.require(shown, taken.label.removesuffix("通过"), today=timezone.localdate())
    form = _form(name, shown, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _ACTIONS[name](shown, person, form)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _SAID.get(name, f"已办理：{taken.label}。"))
            return redirect(back)
    context = {
        "title": f"{taken.label}：{shown.number}",
        "decision": shown,
        "kind": kind,
        "fields": public_fields(shown),
        "form": form,
        "consequences": [taken.effect + "。"],
        "submit_label": taken.label,
        "danger": taken.danger,
        "back": back,
    }
    return render(request, "administrative_acts/step.html", context, status=400 if form.errors else 200)


@powered(*queries.SEEN_BY)
def batch(request: HttpRequest, kind: str, name: str) -> HttpResponse:
    """成批办理: every decision is shown with what readers will see, then each is concluded on by itself."""
    if name not in STEPS or not STEPS[name].in_batches:
        raise Http404
    person, back = person_of(request), reverse("publicity:list", args=[kind])
    _model(kind)
    if request.method != "POST":
        return redirect(back)
    if "confirm" in request.POST:
        _conclude(request, kind, name, person)
        return redirect(back)
    chosen = _chosen(person, kind, request.POST.getlist("chosen"))
    if not chosen:
        messages.error(request, f"没有选择要办理的决定。请勾选以后再点“{STEPS[name].label}”。")
        return redirect(back)
    lines = [_line(each, name) for each in chosen]
    context = {
        "title": f"成批办理：{STEPS[name].label}",
        "lines": lines,
        "ready": sum(not line.objection for line in lines),
        "step": STEPS[name],
        "kind": kind,
        "back": back,
    }
    return render(request, "administrative_acts/batch.html", context)


@dataclass(frozen=True, slots=True)
class Line:
    """成批办理的一件: what readers will see, or why it cannot be done."""

    decision: PublicDecision
    fields: tuple[PublicField, ...]
    seen: str
    objection: str


def _line(decision: PublicDecision, name: str) -> Line:
    fields = public_fields(decision)
    objection = lifecycle.closed_because(decision, name)
    if not objection and (found := gate.objections(decision, today=timezone.localdate())):
        objection = found[0]
    return Line(decision, fields, f"{decision.public_id}.{digest(fields)}", objection)


def _conclude(request: HttpRequest, kind: str, name: str, person: Person) -> None:
    """Each in a transaction of its own: what is refused does not hold up the others."""
    seen = dict(each.partition(".")[::2] for each in request.POST.getlist("seen")[:MOST_AT_ONCE])
    done, refused = 0, []
    for decision in _chosen(person, kind, list(seen)):
        form = SeenForm({"seen": seen[decision.public_id]})
        try:
            if not form.is_valid():
                raise Refusal(f"没有办理{decision.number}：没有收到看过的内容，请重新打开。")
            _ACTIONS[name](decision, person, form)
        except Refusal as refusal:
            refused.append(str(refusal))
        else:
            done += 1
    if done:
        messages.success(request, f"{STEPS[name].label}：已办理{done}件。")
    for sentence in refused[:_TOLD_AT_MOST]:
        messages.error(request, sentence)
    if len(refused) > _TOLD_AT_MOST:
        messages.error(request, f"另有{len(refused) - _TOLD_AT_MOST}件没有办理，请逐件打开查看原因。")


def _chosen(person: Person, kind: str, keys: Sequence[str]) -> list[PublicDecision]:
    found = queries.decisions(kind, visible_to=person).filter(public_id__in=keys[:MOST_AT_ONCE])
    return list(found.order_by("decided_on", "pk"))


def _form(name: str, decision: PublicDecision, data: object) -> DeskForm:
    if name in ("review", "publish"):
        seen = digest(public_fields(decision))
        return SeenForm(data, initial={"seen": seen})
    if name == "keep_back":
        return KeepBackForm(decision, data)
    return (WithdrawForm if name == "withdraw" else ReasonForm)(data)


_ACTIONS: dict[str, Callable[[PublicDecision, Person, DeskForm], object]] = {
    "review": lambda each, by, form: actions.review(each, seen=form.cleaned_data["seen"], by=by),
    "publish": lambda each, by, form: actions.publish(each, seen=form.cleaned_data["seen"], by=by),
    "send_back": lambda each, by, form: actions.send_back(each, reason=form.cleaned_data["reason"], by=by),
    "keep_back": lambda each, by, form: actions.keep_back(
        each, ground=form.cleaned_data["ground"], reason=form.cleaned_data["reason"], by=by
    ),
    "decline": lambda each, by, form: actions.decline(each, reason=form.cleaned_data["reason"], by=by),
    "reconsider": lambda each, by, form: actions.reconsider(each, reason=form.cleaned_data["reason"], by=by),
    "withdraw": lambda each, by, form: actions.withdraw(
        each, cause=form.cleaned_data["cause"], note=form.cleaned_data["note"], by=by
    ),
}
_SAID = {
    "review": "已审查通过，等待发布。",
    "publish": "已提交发布，一分钟内在公众侧可以查到。",
    "withdraw": "已撤回，公众侧一分钟内不再显示。",
}


def _chips(model: type[PublicDecision]) -> list[Chip]:
    return [
        Chip("waiting", "待审查", queries.to_be_reviewed(model)),
        Chip("late", "已超期", queries.late(model, today=host_clock.today(), days=calendar())),
        Chip("returned", "待更正", queries.to_be_put_right()),
        Chip("reviewed", "待发布", Q(public_state=PublicState.REVIEWED)),
        Chip("changed", "公示后有变动", queries.out_of_date()),
        Chip("elsewhere", "其他渠道待撤回", queries.revoked_elsewhere()),
        Chip("live", "公示中", Q(public_state=PublicState.LIVE)),
        Chip("kept-back", "不公示", Q(public_state=PublicState.KEPT_BACK)),
    ]


def _batch_step(person: Person, show: str) -> Step | None:
    """What may be done with several at once on this list, by this person."""
    name = {"waiting": "review", "late": "review", "reviewed": "publish"}.get(show)
    return STEPS[name] if name and _may(person, STEPS[name]) else None


def _steps(person: Person, decision: PublicDecision) -> list[Step]:
    return [
        each
        for each in STEPS.values()
        if not lifecycle.closed_because(decision, each.name) and _may(person, each)
    ]


def _closed(person: Person, decision: PublicDecision) -> list[tuple[Step, str]]:
    """Steps open here, but not to this person, and who has the power."""
    found = []
    for each in STEPS.values():
        answer = may(person, each.power, person.agency, on=timezone.localdate())
        if not answer and not lifecycle.closed_because(decision, each.name):
            found.append((each, getattr(answer, "reason", "")))
    return found


def _may(person: Person, step: Step) -> bool:
    return bool(may(person, step.power, person.agency, on=timezone.localdate()))


def _state(decision: PublicDecision) -> str:
    if decision.is_public and decision.public_state not in (PublicState.LIVE, PublicState.CHANGED):
        return f"公示后有变动，{decision.get_public_state_display()}"
    return decision.get_public_state_display()


def _model(kind: str) -> type[PublicDecision]:
    if kind not in queries.MODELS:
        raise Http404
    return queries.MODELS[kind]


def _decision(request: HttpRequest, kind: str, public_id: str) -> PublicDecision:
    _model(kind)
    found: PublicDecision = get_object_or_404(
        queries.decisions(kind, visible_to=person_of(request)), public_id=public_id
    )
    return found

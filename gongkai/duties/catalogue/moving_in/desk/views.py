"""旧站迁入的页面: upload, what the preview found, the columns, the items, the comparison, each step with its effect."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.access import Refusal, may
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.desk.register import Chip, Column, Register
from gongkai.duties.catalogue.moving_in import actions, judging, queries
from gongkai.duties.catalogue.moving_in.actions.previewing import LARGEST
from gongkai.duties.catalogue.moving_in.desk.forms import ConcludeForm, MappingForm, ReasonForm, UploadForm
from gongkai.duties.catalogue.moving_in.models import Batch, Entry
from gongkai.duties.catalogue.moving_in.presenters import code_of
from gongkai.duties.catalogue.moving_in.reconciliation import reconcile
from gongkai.duties.catalogue.moving_in.together import digest_of_stored

State = Batch.State
Standing = Entry.Standing
REVIEWERS = (Power.REVIEW_CONFIDENTIALITY, Power.SIGN_ITEMS)
_SHOWN = 20
_PROBLEMS = 200
_AFTER_THE_MOVE = (
    State.MOVED_IN,
    State.CONFIDENTIALITY_REVIEW,
    State.SIGN_OFF,
    State.SIGNED,
    State.RELEASING,
    State.RELEASED,
)


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


@powered(*queries.SEEN_BY)
def batches(request: HttpRequest) -> HttpResponse:
    """批次."""
    person = person_of(request)
    drafts = _may(person, Power.DRAFT_ITEMS)
    register = Register(
        title="旧站迁入",
        records=queries.batches(person),
        columns=(
            Column("来源", "name", link=_address),
            Column("形式", "get_form_display"),
            Column("状态", "get_state_display"),
            Column("迁入条数", "moved_in", numeric=True),
            Column("迁入人", "by.name"),
            Column("预览时间", "recorded_at"),
            Column("迁入时间", "moved_in_at"),
        ),
        chips=(
            Chip("waiting", "等我办", Q(pk__in=queries.waiting_for(person).order_by().values("pk"))),
            Chip("open", "办理中", ~Q(state__in=(State.RELEASED, State.DISCARDED))),
        ),
        add_url=reverse("moving_in:upload") if drafts else "",
        add_label="迁入旧站信息",
        empty="还没有迁入过。点“迁入旧站信息”，上传旧站的表格或者网页，先看预览，确认以后才写入。",
    )
    return render(
        request, "moving_in/list.html", {"title": "旧站迁入", "register": register.page(request.GET)}
    )


@powered(Power.DRAFT_ITEMS)
def upload(request: HttpRequest) -> HttpResponse:
    """选择来源并预览."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            if file.size > LARGEST:
                raise Refusal(f"文件超过{LARGEST // 1024 // 1024}兆，请分几批迁入。")
            batch = actions.preview(
                name=form.cleaned_data["name"], file=file.name, data=file.read(), by=person_of(request)
            )
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect(_address(batch))
    context = {
        "title": "迁入旧站信息",
        "form": form,
        "submit_label": "预览",
        "consequence": "先预览：列出要迁入的、已有的和不能迁入的；确认之前不写入任何信息。",
        "back": reverse("moving_in:list"),
    }
    return render(request, "moving_in/upload.html", context, status=400 if form.errors else 200)


@powered(*queries.SEEN_BY)
def batch(request: HttpRequest, public_id: str) -> HttpResponse:
    """一批: what the preview found, how far it is, what may be done now."""
    person = person_of(request)
    shown = queries.batch(person, public_id)
    counts = queries.counted(shown)
    found = queries.entries(shown).order_by("position")
    previewed = shown.state == State.PREVIEWED
    context = {
        "title": shown.name,
        "batch": shown,
        "figures": [(Standing(name).label, count) for name, count in counts.items() if count],
        "problems": found.filter(standing=Standing.REFUSED)[:_PROBLEMS] if previewed else [],
        "set_aside": found.filter(standing=Standing.SET_ASIDE)[:_SHOWN],
        "set_aside_count": counts[Standing.SET_ASIDE],
        "sample": shown.entries.filter(standing=Standing.NEW).order_by("position")[:_SHOWN]
        if previewed
        else [],
        "mapping": _mapping(shown) if previewed else [],
        "problem_limit": _PROBLEMS,
        "refused_count": counts[Standing.REFUSED],
        "moved": shown.state in _AFTER_THE_MOVE,
        "equal": shown.digest == shown.received_digest,
        "codes": (code_of(shown.digest), code_of(shown.received_digest)),
        "steps": _steps(shown, person),
        "own": shown.by_id == person.pk and previewed,
        "concludes": _concludes(shown, person),
    }
    return render(request, "moving_in/batch.html", context)


@powered(Power.DRAFT_ITEMS)
def mapping(request: HttpRequest, public_id: str) -> HttpResponse:
    """栏目对应."""
    person = person_of(request)
    shown = queries.batch(person, public_id)
    form = MappingForm(
        [source for source, _ in _mapping(shown)],
        judging.columns(shown.agency),
        shown.mapping,
        request.POST or None,
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.map_columns(shown, mapping=form.mapping, by=person)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已按所选的栏目重新核对。")
            return redirect(_address(shown))
    context = {
        "title": "栏目对应",
        "form": form,
        "submit_label": "重新核对",
        "consequence": "按所选的栏目重新核对哪些是已有的；仍然不写入任何信息。",
        "back": _address(shown),
    }
    return render(request, "moving_in/mapping.html", context, status=400 if form.errors else 200)


@powered(*queries.SEEN_BY)
def entries(request: HttpRequest, public_id: str) -> HttpResponse:
    """逐条: each with where it stood in the source and where it stands now; every one opens."""
    person = person_of(request)
    shown = queries.batch(person, public_id)
    may_take_out, counts = _may_take_out(shown, person), queries.counted(shown)
    register = Register(
        title=f"{shown.name}：逐条",
        records=queries.entries(shown),
        columns=(
            Column("标题", lambda entry: entry.title or "没有标题", link=_entry_address),
            Column("位置", "place"),
            Column("来源栏目", "source_column"),
            Column("原发布日期", "item.published_on"),
            Column("状态", "get_standing_display"),
            Column("说明", "reason"),
            *(
                (Column("移出", lambda entry: _take_out_label(entry), link=_take_out_address),)
                if may_take_out
                else ()
            ),
        ),
        order=("position", "pk"),
        chips=tuple(
            Chip(standing.value, standing.label, Q(standing=standing))
            for standing in Standing
            if counts[standing]
        ),
        search=lambda records, words: records.filter(Q(title__contains=words) | Q(place=words)),
        search_hint="标题、位置",
        empty="没有这样的条目。",
    )
    context = {"title": register.title, "register": register.page(request.GET), "back": _address(shown)}
    return render(request, "moving_in/entries.html", context)


@powered(*queries.SEEN_BY)
def reconciliation(request: HttpRequest, public_id: str) -> HttpResponse:
    """对账, done anew each time the page is opened."""
    shown = queries.batch(person_of(request), public_id)
    if shown.state not in _AFTER_THE_MOVE:
        raise Refusal("还没有迁入，没有可以对账的内容。")
    found = reconcile(shown)
    context = {
        "title": f"对账：{shown.name}",
        "found": found,
        "codes": (code_of(found.digest), code_of(found.received_digest)),
        "differences": found.differences[:_PROBLEMS],
        "limit": _PROBLEMS,
        "back": _address(shown),
    }
    return render(request, "moving_in/reconciliation.html", context)


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
        return redirect(_address(shown))
    context = {
        "title": f"{taken.label}：{shown.name}",
        "consequences": taken.effects,
        "submit_label": taken.label,
        "danger": taken.danger,
        "back": _address(shown),
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
            return redirect(_address(shown))
    if request.method != "POST" and not _concludes(shown, person):
        raise Refusal(f"这一批现在是“{shown.get_state_display()}”，没有等您审查或者签发的内容。")
    going = queries.entries(shown).filter(standing=Standing.IN_BATCH).order_by("position")
    label = _concludes(shown, person) or "审查"
    context = {
        "title": f"{label}：{shown.name}",
        "label": label,
        "form": form,
        "batch": shown,
        "count": going.count(),
        "hinted": going.exclude(reason="")[:_PROBLEMS],
        "sample": going.filter(reason="")[:_SHOWN],
        "back": _address(shown),
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


def _concludes(shown: Batch, person: Person) -> str:
    """What this person concludes on now, "" when nothing."""
    if not queries.waiting_for(person).filter(pk=shown.pk).exists():
        return ""
    return {State.CONFIDENTIALITY_REVIEW.value: "成批保密审查", State.SIGN_OFF.value: "成批签发"}.get(
        shown.state, ""
    )


def _steps(shown: Batch, person: Person) -> list[tuple[str, Step]]:
    if shown.by_id != person.pk or not _may(person, Power.DRAFT_ITEMS):
        return []
    return [(name, each) for name, each in STEPS.items() if each.state == shown.state]


def _mapping(shown: Batch) -> list[tuple[str, str]]:
    """来源栏目 and where each goes, the unmapped first."""
    columns = judging.columns(shown.agency)
    names = shown.entries.exclude(digest="").order_by("source_column").values_list("source_column", flat=True)
    found = []
    for name in names.distinct():
        mapped = shown.mapping.get(name, "")
        column = columns.get(mapped)
        found.append((name, "不迁入" if mapped == judging.LEAVE_OUT else column.name if column else ""))
    return sorted(found, key=lambda pair: pair[1] != "")


def _may_take_out(shown: Batch, person: Person) -> bool:
    before_release = (State.MOVED_IN, State.CONFIDENTIALITY_REVIEW, State.SIGN_OFF, State.SIGNED)
    return shown.state in before_release and (shown.by_id == person.pk or bool(_concludes(shown, person)))


def _take_out_label(entry: Entry) -> str:
    return "移出" if entry.standing == Standing.IN_BATCH else ""


def _take_out_address(entry: Entry) -> str:
    if entry.standing != Standing.IN_BATCH:
        return ""
    return reverse("moving_in:take_out", args=[entry.batch.public_id, entry.public_id])


def _entry_address(entry: Entry) -> str:
    return reverse("catalogue:version", args=[entry.version.public_id]) if entry.version else ""


def _address(batch: Batch) -> str:
    return reverse("moving_in:batch", args=[batch.public_id])


def _may(person: Person, power: Power) -> bool:
    return bool(may(person, power, person.agency, on=timezone.localdate()))

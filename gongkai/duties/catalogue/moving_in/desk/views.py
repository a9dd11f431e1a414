"""旧站迁入的页面: the batches, upload, what the preview found, the columns, the items, the comparison."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.access import Refusal, may
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.desk.register import Chip, Column, Register
from gongkai.desk.spreadsheet import csv_download
from gongkai.duties.catalogue.moving_in import actions, judging, queries
from gongkai.duties.catalogue.moving_in.desk.forms import MappingForm, UploadForm
from gongkai.duties.catalogue.moving_in.desk.steps import address, concludes, may_take_out, steps_for
from gongkai.duties.catalogue.moving_in.models import Batch, Entry
from gongkai.duties.catalogue.moving_in.presenters import code_of, in_groups, rows
from gongkai.duties.catalogue.moving_in.reconciliation import lines, reconcile

State = Batch.State
Standing = Entry.Standing
_SHOWN = 20
_PROBLEMS = 200
_LINES = 2_000  # of the comparison on one page; the file holds all of them
_AFTER_THE_MOVE = (
    State.MOVED_IN,
    State.CONFIDENTIALITY_REVIEW,
    State.SIGN_OFF,
    State.SIGNED,
    State.RELEASING,
    State.RELEASED,
)


@powered(*queries.SEEN_BY)
def batches(request: HttpRequest) -> HttpResponse:
    """批次."""
    person = person_of(request)
    drafts = _may(person, Power.DRAFT_ITEMS)
    register = Register(
        title="旧站迁入",
        records=queries.batches(person),
        columns=(
            Column("来源", "name", link=address),
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
        chosen = form.cleaned_data
        try:
            batch = actions.preview(
                name=chosen["name"],
                file=chosen["file"].name,
                data=chosen["file"],
                address=chosen["address"],
                by=person_of(request),
            )
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect(address(batch))
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
        "steps": steps_for(shown, person),
        "own": previewed and queries.may_handle(person, shown),
        "concludes": concludes(shown, person),
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
            return redirect(address(shown))
    context = {
        "title": "栏目对应",
        "form": form,
        "submit_label": "重新核对",
        "consequence": "按所选的栏目重新核对哪些是已有的；仍然不写入任何信息。",
        "back": address(shown),
    }
    return render(request, "moving_in/mapping.html", context, status=400 if form.errors else 200)


@powered(*queries.SEEN_BY)
def entries(request: HttpRequest, public_id: str) -> HttpResponse:
    """逐条: each with where it stood in the source and where it stands now; every one opens."""
    person = person_of(request)
    shown = queries.batch(person, public_id)
    taking_out, counts = may_take_out(shown, person), queries.counted(shown)
    register = Register(
        title=f"{shown.name}：逐条",
        records=queries.entries(shown),
        columns=(
            Column("标题", lambda entry: entry.title or "没有标题", link=_entry_address),
            Column("位置", "place"),
            Column("来源栏目", "source_column"),
            Column("原发布日期", "published_on"),
            Column("状态", "get_standing_display"),
            Column("说明", "reason"),
            *(
                (Column("移出", lambda entry: _take_out_label(entry), link=_take_out_address),)
                if taking_out
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
    context = {"title": register.title, "register": register.page(request.GET), "back": address(shown)}
    return render(request, "moving_in/entries.html", context)


@powered(*queries.SEEN_BY)
def reconciliation(request: HttpRequest, public_id: str) -> HttpResponse:
    """对账, done anew each time the page is opened: for the screen and for paper."""
    shown = _moved(request, public_id)
    found = reconcile(shown)
    context = {
        "title": f"对账：{shown.name}",
        "batch": shown,
        "found": found,
        "codes": (code_of(found.digest), code_of(found.received_digest)),
        "differences": found.differences[:_PROBLEMS],
        "limit": _PROBLEMS,
        "file_digest": in_groups(shown.file_digest),
        "lines": [
            (line, code_of(line.digest), code_of(line.received_digest))
            for line, _ in zip(lines(shown), range(_LINES), strict=False)
        ],
        "now": timezone.now(),
        "back": address(shown),
    }
    return render(request, "moving_in/reconciliation.html", context)


@powered(*queries.SEEN_BY)
def reconciliation_file(request: HttpRequest, public_id: str) -> StreamingHttpResponse:
    """对账清单: every item with both digests in full."""
    shown = _moved(request, public_id)
    return csv_download(rows(shown), name=f"对账清单-{shown.name}")


def _moved(request: HttpRequest, public_id: str) -> Batch:
    shown = queries.batch(person_of(request), public_id)
    if shown.state not in _AFTER_THE_MOVE:
        raise Refusal("还没有迁入，没有可以对账的内容。")
    return shown


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


def _take_out_label(entry: Entry) -> str:
    return "移出" if entry.standing == Standing.IN_BATCH else ""


def _take_out_address(entry: Entry) -> str:
    if entry.standing != Standing.IN_BATCH:
        return ""
    return reverse("moving_in:take_out", args=[entry.batch.public_id, entry.public_id])


def _entry_address(entry: Entry) -> str:
    return reverse("catalogue:version", args=[entry.version.public_id]) if entry.version else ""


def _may(person: Person, power: Power) -> bool:
    return bool(may(person, power, person.agency, on=timezone.localdate()))

"""规范性文件库的页面: the library with its warnings, one document with its chain, and what may be done with it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.agencies.access import Refusal, powers_of
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.desk.forms import DeskForm
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.desk.register import Chip, Column, Register
from gongkai.duties.catalogue import queries as items
from gongkai.duties.catalogue.models import NormativeDocument, Version
from gongkai.duties.catalogue.normative import actions, queries
from gongkai.duties.catalogue.normative.desk.forms import DeclareForm, EntryForm, ExtendForm, ReasonForm
from gongkai.duties.catalogue.normative.models import DocumentChange
from gongkai.duties.catalogue.normative.publishing import validity_on
from gongkai.portal.models import PublishedDocument
from gongkai.rules.normative_documents_2018.term import WARN_DAYS, usual_term

READERS = (Power.READ_REGISTERS, Power.KEEP_REGISTERS)
KEEPERS = (Power.KEEP_REGISTERS,)


@powered(*READERS)
def library(request: HttpRequest) -> HttpResponse:
    """规范性文件库."""
    person, today = person_of(request), timezone.localdate()
    register = Register(
        title="规范性文件库",
        records=queries.library(person)
        .select_related("section", "library", "item")
        .prefetch_related("changes"),
        columns=(
            Column("名称", "title", link=address_of),
            Column("文号", "document_number"),
            Column("印发日期", "issued_on"),
            Column("施行日期", "in_force_from"),
            Column("有效期至", "lapses_on"),
            Column("有效性", lambda each: words_of(each)),
            Column("公众侧", lambda each: "已列入" if _is_shown(each) else ""),
            Column("科室", "section.name"),
        ),
        order=("-issued_on", "-pk"),
        chips=(
            Chip("in_force", "现行有效", queries.in_force(today)),
            *(
                Chip(f"ending{days}", f"{days}天内到期", queries.ending_within(days, today))
                for days in WARN_DAYS
            ),
            Chip("amended", "已修改", queries.amended(today)),
            Chip("not_yet", "尚未施行", queries.not_yet(today)),
            Chip("lapsed", "失效", queries.lapsed(today)),
            Chip("repealed", "废止", queries.repealed(today)),
        ),
        search=lambda records, words: records.filter(
            Q(title__icontains=words) | Q(document_number__startswith=words)
        ),
        search_hint="名称、文号",
        add_url=reverse("registers:add", args=["normative-documents"])
        if Power.KEEP_REGISTERS in powers_of(person, on=today)
        else "",
        add_label="登记以前的文件",
        empty="还没有文件。从“信息发布”起草的行政规范性文件公开以后列在这里；以前的文件可以登记或者导入台账。",
    )
    context = {"title": "规范性文件库", "register": register.page(request.GET)}
    return render(request, "normative/library.html", context)


@powered(*READERS)
def document(request: HttpRequest, public_id: str) -> HttpResponse:
    """一个文件: its days and why they are so, its chain, what may be done."""
    person, today = person_of(request), timezone.localdate()
    shown = queries.document(person, public_id)
    powers = powers_of(person, on=today)
    ended = validity_on(shown, today) in ("lapsed", "repealed")
    context = {
        "title": shown.title,
        "document": shown,
        "facts": _facts(shown),
        "validity": words_of(shown),
        "ended": ended,
        "version": _version_of(shown, person),
        "chain": shown.changes.select_related("by_document", "by_item", "by"),
        "does": DocumentChange.objects.filter(by_document=shown).select_related("document"),
        "is_shown": _is_shown(shown),
        "may_keep": Power.KEEP_REGISTERS in powers,
        "may_show": Power.RELEASE_REPORT in powers and not _is_shown(shown),
        "may_hide": Power.WITHDRAW_ITEMS in powers and _is_shown(shown) and not _has_public_text(shown),
    }
    return render(request, "normative/document.html", context)


@powered(*KEEPERS)
def declare(request: HttpRequest, public_id: str) -> HttpResponse:
    """登记变动."""
    return _step(
        request,
        public_id,
        form_of=lambda shown, data: DeclareForm(shown, data),
        act=actions.declare,
        title="登记修改、废止、失效",
        said="已登记，公众侧的有效性随之更新。",
        consequences=[
            "台账的废止、失效日期随之更新，年报表二据此统计。",
            "登记以后不能删改；公众侧的标记随之更新。",
        ],
    )


@powered(*KEEPERS)
def extend(request: HttpRequest, public_id: str) -> HttpResponse:
    """延长有效期."""
    return _step(
        request,
        public_id,
        form_of=lambda shown, data: ExtendForm(data),
        act=actions.extend,
        title="延长有效期",
        said="已延长。",
        consequences=["有效期届满以前评估，需要继续施行的可以延长；已经届满的，重新制发。"],
    )


@powered(*KEEPERS)
def entry(request: HttpRequest, public_id: str) -> HttpResponse:
    """登记统一登记号."""
    return _step(
        request,
        public_id,
        form_of=lambda shown, data: EntryForm(queries.entry_of(shown), data),
        act=actions.save_entry,
        title="统一登记号",
        said="已保存。",
        consequences=["登记号随文件一起列在公众侧的文件库。"],
    )


@powered(Power.WITHDRAW_ITEMS)
def hide(request: HttpRequest, public_id: str) -> HttpResponse:
    """从公开的文件库撤下."""
    return _step(
        request,
        public_id,
        form_of=lambda shown, data: ReasonForm(data),
        act=actions.hide,
        title="从公开的文件库撤下",
        said="已撤下，公众侧将在一分钟内更新。",
        consequences=["公众侧的文件库和数据里不再有这个文件，台账里的记录不变。"],
    )


@powered(Power.RELEASE_REPORT)
@require_POST
def show(request: HttpRequest, public_id: str) -> HttpResponse:
    """列入公开的文件库."""
    person = person_of(request)
    shown = queries.document(person, public_id)
    actions.show(shown, by=person)
    messages.success(request, "已列入，公众侧将在一分钟内更新。")
    return redirect(address_of(shown))


def address_of(shown: NormativeDocument) -> str:
    return reverse("normative:document", args=[shown.public_id])


def words_of(shown: NormativeDocument) -> str:
    """有效性, as it is worded for the public."""
    return str(PublishedDocument.Validity(validity_on(shown, timezone.localdate())).label)


def _step(
    request: HttpRequest,
    public_id: str,
    *,
    form_of: Callable[[NormativeDocument, Any], DeskForm],
    act: Callable[..., object],
    title: str,
    said: str,
    consequences: list[str],
) -> HttpResponse:
    """One step on a document: first its consequence, then the step itself."""
    person = person_of(request)
    shown = queries.document(person, public_id)
    form = form_of(shown, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            act(shown, by=person, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, said)
            return redirect(address_of(shown))
    context = {
        "title": f"{title}：{shown.title}",
        "form": form,
        "consequences": consequences,
        "submit_label": title,
        "back": address_of(shown),
    }
    return render(request, "desk/confirm.html", context, status=400 if form.errors else 200)


def _facts(shown: NormativeDocument) -> list[tuple[str, str]]:
    found = queries.entry_of(shown)
    usual = str(usual_term(shown.title, shown.in_force_from).explanation) if shown.in_force_from else ""
    facts = [
        ("文号", shown.document_number),
        ("统一登记号", found.registered_number if found else ""),
        ("种类", shown.get_kind_display()),
        ("科室", shown.section),
        ("印发日期", shown.issued_on),
        ("施行日期", shown.in_force_from),
        ("有效期至", shown.lapses_on or "没有定有效期"),
        ("通常的有效期", usual),
        ("另定有效期的理由", found.term_reason if found else ""),
        ("停止施行日期", shown.ceased_on if shown.repealed_on else ""),
        ("合法性审核", shown.get_legality_review_display()),
        ("审核日期", shown.legality_reviewed_on),
        ("公开日期", shown.published_on),
        ("解读日期", shown.interpreted_on),
        ("不解读的理由", shown.not_interpreted_because),
        ("备注", shown.remark),
    ]
    return [(label, str(value)) for label, value in facts if value]


def _is_shown(shown: NormativeDocument) -> bool:
    found = getattr(shown, "library", None)
    return bool(found and found.is_public and (shown.item is None or shown.item.live))


def _version_of(shown: NormativeDocument, person: Person) -> Version | None:
    """The newest version of its text, if this person may open it."""
    return (
        items.versions(person).filter(item=shown.item_id).order_by("-number").first()
        if shown.item_id
        else None
    )


def _has_public_text(shown: NormativeDocument) -> bool:
    return bool(shown.item and shown.item.live)

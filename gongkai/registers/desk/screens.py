"""台账的页面: list, export, one record, enter, rectify, void. The addresses stand in urls.py."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.audit.record import record
from gongkai.desk.downloads import download
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.desk.register import Chip, Column
from gongkai.desk.register import Register as Listing
from gongkai.registers import actions, queries
from gongkai.registers.description import Register
from gongkai.registers.desk.forms import EntryForm, ReasonForm, entry_fields, rectified_fields, values_of
from gongkai.registers.models import RegisterEntry
from gongkai.sealing.fields import SealedText
from gongkai.spreadsheets.written import as_csv, as_xlsx

MOST_EXPORTED = 50_000  # rows in one file; more is asked for by year (PUB-11)
YEARS_OFFERED = 3
CHOICES_OFFERED = 4  # each costs a count, and a list stays within its fifteen queries
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@powered(Power.READ_REGISTERS, Power.KEEP_REGISTERS)
def listing(request: HttpRequest, *, register: Register) -> HttpResponse:
    """台账."""
    voided = "voided" in request.GET
    screen = listing_of(request, register, register.listed, voided=voided)
    context = {
        "register": screen.page(request.GET),
        "voided": voided,
        "runs_address": address(register, "imports"),
    }
    return render(request, "registers/listing.html", context)


@powered(Power.EXPORT_REGISTERS)
def export(request: HttpRequest, *, register: Register) -> HttpResponseBase:
    """导出: xlsx, or csv when the address asks for it; what is sealed stays behind."""
    person = person_of(request)
    screen = listing_of(request, register, _exported(register), voided="voided" in request.GET)
    rows = []
    for row in screen.all_rows(request.GET):
        rows.append(row)
        if len(rows) > MOST_EXPORTED + 1:
            raise Refusal(f"一次最多导出{MOST_EXPORTED}条，没有导出。请先按年份筛选，再分次导出。")
    heading, body = rows[0], rows[1:]
    with transaction.atomic():
        record(
            f"{register.model._meta.label_lower}.exported",
            by=person,
            subject=register.model._meta.label_lower,
            detail={
                "rows": len(body),
                "rows_today": len(body) + queries.exported_today(person),
                "query": sorted(request.GET),
            },
        )
    if request.GET.get("format") == "csv":
        return download(f"{register.title}.csv", as_csv(heading, body), "text/csv; charset=utf-8")
    numeric = [column.numeric for column in screen.columns]
    typed = (
        [_number(text) if is_number else text for text, is_number in zip(row, numeric, strict=True)]
        for row in body
    )
    return download(f"{register.title}.xlsx", as_xlsx(register.title, heading, typed), _XLSX)


@powered(Power.READ_REGISTERS, Power.KEEP_REGISTERS)
def one(request: HttpRequest, public_id: str, *, register: Register) -> HttpResponse:
    """一条记录 with its history."""
    entry = entry_of(request, register, public_id)
    context = {
        "title": str(entry),
        "register": register,
        "entry": entry,
        "facts": _facts(register, entry),
        "closed_because": _why_closed(entry, person_of(request)),
        "history": register.history(entry) if register.history else [],
        "changes": queries.changes(entry),
        "back": address(register),
        "rectify_address": address(register, "rectify", public_id),
        "void_address": address(register, "void", public_id),
        "page_address": reverse(register.page_at, args=[public_id]) if register.page_at else "",
        "step_address": reverse(register.steps_at, args=[public_id]) if register.steps_at else "",
    }
    return render(request, "registers/record.html", context)


@powered(Power.KEEP_REGISTERS)
def enter(request: HttpRequest, *, register: Register) -> HttpResponse:
    """登记一条."""
    person = person_of(request)
    form = EntryForm(
        entry_fields(register, person.agency), today=timezone.localdate(), data=request.POST or None
    )
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if value is not None}
        try:
            entry = register.enter(by=person, **given)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已登记。")
            return redirect(page_of(register, entry))
    context = {
        "title": f"登记：{register.title}",
        "form": form,
        "submit_label": "登记",
        "consequence": "登记以后不能删除；有误的更正或者作废，都留下原因。",
        "back": address(register),
    }
    return render(request, "desk/form.html", context)


@powered(Power.KEEP_REGISTERS)
def rectify(request: HttpRequest, public_id: str, *, register: Register) -> HttpResponse:
    """更正. What cannot be rectified is refused here already, not after the form is filled in."""
    person, entry = person_of(request), entry_of(request, register, public_id)
    actions.require_standing(entry, by=person, to_do="更正")
    fields = rectified_fields(register, person.agency)
    before = values_of(entry, fields)
    form = EntryForm(fields, today=timezone.localdate(), data=request.POST or None, values=before)
    reason = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and reason.is_valid():
        try:
            actions.rectify(entry, changes=form.cleaned_data, reason=reason.cleaned_data["reason"], by=person)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已更正，原来的内容和原因可以在这一页查到。")
            return redirect(address(register, "record", public_id))
    context = {
        "title": f"更正：{entry}",
        "form": form,
        "reason": reason,
        "submit_label": "更正",
        "consequence": "原来的内容、原因和办理人都会留下。" + entry.told_on_change(),
        "back": address(register, "record", public_id),
    }
    return render(request, "registers/rectify.html", context)


@powered(Power.KEEP_REGISTERS)
def void(request: HttpRequest, public_id: str, *, register: Register) -> HttpResponse:
    """作废."""
    person, entry = person_of(request), entry_of(request, register, public_id)
    actions.require_standing(entry, by=person, to_do="作废")
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.void(entry, reason=form.cleaned_data["reason"], by=person)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已作废。")
            return redirect(address(register, "record", public_id))
    context = {
        "title": f"作废：{entry}",
        "form": form,
        "consequences": ["这一条不再计入任何统计和年报。", "记录仍然可以查到，不能恢复；需要时请重新登记。"],
        "submit_label": "作废",
        "danger": True,
        "back": address(register, "record", public_id),
    }
    return render(request, "desk/confirm.html", context)


def address(register: Register, name: str = "list", *arguments: str) -> str:
    """An address of this register."""
    return reverse(f"registers:{name}", args=[register.key, *arguments])


def page_of(register: Register, entry: RegisterEntry) -> str:
    """Where a record is worked on: its own page, or the register's."""
    if register.page_at:
        return reverse(register.page_at, args=[entry.public_id])
    return address(register, "record", entry.public_id)


def entry_of(request: HttpRequest, register: Register, public_id: str) -> RegisterEntry:
    """The record, if the person may see it; another agency's answers like one that is not there (ACL-02)."""
    person = person_of(request)
    found: RegisterEntry = get_object_or_404(
        register.model.objects.select_related("agency", "section", "recorded_by", "import_run"),
        agency=person.agency,
        public_id=public_id,
    )
    return found


def listing_of(request: HttpRequest, register: Register, names: tuple[str, ...], *, voided: bool) -> Listing:
    person = person_of(request)
    searched = bool(register.search_exact or register.search_within)
    return Listing(
        title=f"{register.title}（作废的）" if voided else register.title,
        records=queries.records(register, visible_to=person, voided=voided),
        columns=[_column(request, register, name, first=number == 0) for number, name in enumerate(names)],
        order=(f"-{register.by_date}", "-pk"),
        # Counting every chip anew for every search would cost a scan each.
        chips=[] if request.GET.get("q") else _chips(register, person),
        search=(
            (lambda found, words: queries.like(register, found, words, agency=person.agency_id))
            if searched
            else None
        ),
        search_hint="、".join(
            register.label_of(name) for name in (*register.search_exact, *register.search_within)
        ),
        export_url=address(register, "export"),
        import_url=address(register, "import"),
        add_url=reverse(register.add_at) if register.add_at else address(register, "add"),
        empty="还没有记录。点“登记”添加一条，或者点“导入”从表格导入。",
    )


def _column(request: HttpRequest, register: Register, name: str, *, first: bool) -> Column:
    model_field = register.model._meta.get_field(name)
    has_choices = bool(getattr(model_field, "flatchoices", None))
    return Column(
        register.label_of(name),
        _marked(name, register.provisional[name])
        if name in register.provisional
        else f"get_{name}_display"
        if has_choices
        else name,
        link=(lambda entry: page_of(register, entry)) if first else None,
        numeric=model_field.get_internal_type() in ("DecimalField", "PositiveIntegerField"),  # type: ignore[union-attr]
    )


def _marked(name: str, flag: str) -> Callable[[Any], str]:
    """A day counted over a year without a holiday notice is never shown bare."""

    def shown(entry: Any) -> str:
        day = getattr(entry, name)
        return f"{day}（暂算）" if day and getattr(entry, flag) else str(day or "")

    return shown


def _chips(register: Register, person: Person) -> list[Chip]:
    this_year = timezone.localdate().year
    chips = []
    for year in range(this_year, this_year - YEARS_OFFERED, -1):
        between = {f"{register.by_date}__gte": f"{year}-01-01", f"{register.by_date}__lte": f"{year}-12-31"}
        chips.append(Chip(str(year), f"{year}年", Q(**between)))
    for name in register.filters[:1]:
        offered = _offered(register, name, person)[:CHOICES_OFFERED]
        chips += [
            Chip(f"{name}-{number}", label, Q(**{name: value}))
            for number, (label, value) in enumerate(offered)
        ]
    return chips


def _offered(register: Register, name: str, person: Person) -> list[tuple[str, Any]]:
    if name in register.lookups:
        return list(register.lookups[name](person.agency).items())
    choices = getattr(register.model._meta.get_field(name), "flatchoices", ())
    return [(str(label), value) for value, label in choices if value]


def _exported(register: Register) -> tuple[str, ...]:
    """Every column but the sealed ones, the listed first."""
    model = register.model._meta
    names = {each.name for each in model.concrete_fields if not isinstance(each, SealedText)}
    entered = tuple(
        each.name for each in register.fields if each.name in names and each.name not in register.listed
    )
    return (*register.listed, *entered)


def _why_closed(entry: RegisterEntry, person: Person) -> str:
    """Why this person can change nothing here, "" when he can."""
    try:
        actions.require_standing(entry, by=person, to_do="更正")
    except Refusal as refusal:
        return str(refusal)
    return ""


@dataclass(frozen=True, slots=True)
class Fact:
    """记录的一栏. ``reveal`` is where a sealed value is read, "" for what is not sealed or not there."""

    label: str
    text: str
    reveal: str = ""


def _facts(register: Register, entry: RegisterEntry) -> list[Fact]:
    """Every column with its label, worded; a sealed value is only said to be there."""
    facts = []
    for name in dict.fromkeys((*(each.name for each in register.fields), *register.listed)):
        model_field = next((each for each in entry._meta.concrete_fields if each.name == name), None)
        if model_field is None:
            continue
        label = register.label_of(name)
        if not isinstance(model_field, SealedText):
            words = actions.worded(entry, model_field)
            if name in register.provisional:
                words = _marked(name, register.provisional[name])(entry)
            facts.append(Fact(label, words))
        elif getattr(entry, name):
            facts.append(Fact(label, "已加密保存", address(register, "reveal", entry.public_id, name)))
        else:
            facts.append(Fact(label, ""))
    return facts


def _number(text: str) -> Any:
    return Decimal(text) if text else None

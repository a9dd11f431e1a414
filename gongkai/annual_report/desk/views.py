"""年报页面: the list, an edition with its tables and findings, its text, the records behind a figure, the files."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from gongkai.agencies.access import Refusal, may
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.annual_report import actions, checking, differences, lifecycle, presenters, queries, writing
from gongkai.annual_report.cells import CELL_BY_KEY, CELL_BY_LABEL, cell_key, cell_label
from gongkai.annual_report.compiling import Compiled
from gongkai.annual_report.desk import addresses
from gongkai.annual_report.document import compose
from gongkai.annual_report.freezing import unpack
from gongkai.annual_report.models import Edition
from gongkai.desk.downloads import download
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.desk.register import Column, Register
from gongkai.gateways.files import desk_files
from gongkai.registers.figures import Number
from gongkai.report.json_form import from_json
from gongkai.report.model import Report
from gongkai.report.render import Format
from gongkai.report.render import render as render_report
from gongkai.report.render.html import fragment
from gongkai.rules.annual_report_2021.tables import SECTIONS
from gongkai.rules.regulations_2019.reporting import DEADLINES, Reporter

READERS = (Power.COMPILE_REPORT, Power.APPROVE_REPORT, Power.RELEASE_REPORT, Power.READ_REGISTERS)


@powered(*READERS)
def reports(request: HttpRequest) -> HttpResponse:
    """各年度的报告."""
    person = person_of(request)
    this_year = timezone.localdate().year
    shown = list(queries.reports(person))
    begun = {report.year for report in shown}
    context = {
        "title": "年度报告",
        "reports": shown,
        "earlier": queries.earlier_reports(person),
        "years": [year for year in range(this_year, actions.FIRST_YEAR - 1, -1) if year not in begun],
        "suggested": this_year - 1,
        "may_compile": bool(_may(person, Power.COMPILE_REPORT)),
        "deadline": DEADLINES[Reporter.DEPARTMENT],
    }
    return render(request, "annual_report/list.html", context)


@powered(*READERS)
def edition(request: HttpRequest, public_id: str) -> HttpResponse:
    """一个版次: six parts, what the checks found, what may be done now."""
    person = person_of(request)
    shown = queries.edition(person, public_id)
    compiled = Compiled(shown.agency, shown.report.year)
    report = _document(shown, compiled)
    examined = None if shown.is_frozen else checking.examine(shown, compiled, report)
    changed = differences.differences(shown, compiled) if shown.is_frozen else ()
    context = {
        "title": report.title,
        "edition": shown,
        "editions": shown.report.editions.all(),
        "parts": presenters.parts(shown, report, _values(shown, compiled), examined),
        "findings": presenters.findings(shown, examined) if examined else (),
        "cannot_judge": examined.cannot_judge if examined else (),
        "open_count": len(examined.open) if examined else 0,
        "differences": changed,
        "may_correct": shown.status == Edition.Status.PUBLISHED
        and not shown.report.editions.exclude(status=Edition.Status.PUBLISHED).exists()
        and bool(_may(person, Power.COMPILE_REPORT)),
        "steps": _steps(person, shown),
        "history": presenters.history(shown),
        "formats": [form.value for form in Format],
    }
    return render(request, "annual_report/edition.html", context)


@powered(Power.COMPILE_REPORT)
def text(request: HttpRequest, public_id: str) -> HttpResponse:
    """文字编辑: figures are chosen by name and cannot be typed over."""
    person = person_of(request)
    shown = queries.edition(person, public_id)
    if request.method != "POST":  # what is typed is never thrown away: a POST is refused beside the text
        lifecycle.require(shown, "write")
    compiled = Compiled(shown.agency, shown.report.year)
    narrative, version, refusal = dict(shown.narrative), shown.version, ""
    if request.method == "POST":
        narrative = {part.key: request.POST.get(part.key, "") for part in SECTIONS}
        version = int(request.POST.get("version", "0")) if request.POST.get("version", "").isdecimal() else 0
        try:
            actions.write(shown, narrative=narrative, version=version, by=person)
        except Refusal as refused:
            refusal = str(refused)
        else:
            messages.success(request, "文字已保存。")
            return redirect("annual_report:edition", public_id=public_id)
    context = {
        "title": f"{shown.report.year}年度报告的文字",
        "edition": shown,
        "version": version,
        "parts": [(part, narrative.get(part.key, "")) for part in SECTIONS],
        "figures": [
            (label, writing.shown(value), compiled.figures[label].unit if label in compiled.figures else "")
            for label, value in compiled.values.items()
        ],
        "refusal": refusal,
    }
    return render(request, "annual_report/text.html", context, status=409 if refusal else 200)


@powered(*READERS)
def records(request: HttpRequest, public_id: str) -> HttpResponse:
    """数字背后的记录. The list is the very query that was counted; of a frozen edition, the records counted then."""
    shown = queries.edition(person_of(request), public_id)
    key = request.GET.get("figure", "")
    cell = CELL_BY_KEY.get(key) or CELL_BY_LABEL.get(key)
    key, label = (cell_key(cell), cell_label(cell)) if cell else (key, key)
    compiled = Compiled(shown.agency, shown.report.year)
    try:
        found, value = compiled.records_behind(key), compiled.value_of(key)
    except KeyError:
        raise Http404 from None
    if shown.is_frozen:
        frozen = shown.figures.filter(key=key).first()
        if frozen is None:
            raise Http404
        value = frozen.value
        found = found.model._default_manager.filter(agency=shown.agency, pk__in=unpack(frozen.records))
    register = Register(
        title=label,
        records=found,
        columns=_columns(found.model),
        order=("-pk",),
        empty="这一格是0，没有记录。",
    )
    context = {
        "title": f"{label}：{writing.shown(value)}",
        "edition": shown,
        "register": register.page(request.GET),
        "frozen": shown.is_frozen,
    }
    return render(request, "annual_report/records.html", context)


@powered(*READERS)
def preview(request: HttpRequest, public_id: str) -> HttpResponse:
    """预览公开页."""
    shown = queries.edition(person_of(request), public_id)
    report = _document(shown, Compiled(shown.agency, shown.report.year))
    context = {"title": f"预览：{report.title}", "edition": shown, "body": fragment(report, level=2)}
    return render(request, "annual_report/preview.html", context)


@powered(*READERS)
def file(request: HttpRequest, public_id: str, form: str) -> HttpResponse:
    """导出. A released edition's own file; before that one made now, a draft's marked as a draft by its name."""
    shown = queries.edition(person_of(request), public_id)
    try:
        kind = Format(form)
    except ValueError:
        raise Http404 from None
    report = _document(shown, Compiled(shown.agency, shown.report.year))
    if shown.files:
        content = desk_files().read(shown.files[kind.value])
    else:
        content = render_report(report, to=kind)
    name = f"{report.title}{'' if shown.is_frozen else '（草稿）'}.{kind.value}"
    return download(name, content, kind.media_type)


def _document(edition: Edition, compiled: Compiled) -> Report:
    return from_json(edition.document) if edition.is_frozen else compose(compiled, edition.narrative)


def _values(edition: Edition, compiled: Compiled) -> Mapping[str, Number]:
    """The figures of the text: as they were frozen, or as they are."""
    if not edition.is_frozen:
        return compiled.values
    return dict(edition.figures.values_list("label", "value"))


def _steps(person: Person, edition: Edition) -> list[tuple[lifecycle.Step, str]]:
    """What may be done now, and why what is not open to this person is closed."""
    shown = []
    for step in lifecycle.STEPS.values():
        if step.name in ("write", "explain") or step.power is None or edition.status not in step.from_:
            continue
        answer = may(person, step.power, edition.agency, on=timezone.localdate())
        closed = "" if answer else getattr(answer, "reason", "")
        if step.name == "approve" and edition.compiled_by_id == person.pk:
            closed = "编制人不能批准自己编制的报告。"
        shown.append((step, closed))
    return shown


def _may(person: Person, power: Power) -> object:
    return may(person, power, person.agency, on=timezone.localdate())


def _columns(model: Any) -> tuple[Column, ...]:
    """What a record is called, and its first dates: enough to recognise it; its own page tells the rest."""
    dates = [field for field in model._meta.concrete_fields if field.get_internal_type() == "DateField"][:3]
    return (
        Column(str(model._meta.verbose_name), str, link=addresses.address_of),
        *(Column(str(field.verbose_name), field.name) for field in dates),
        Column("科室", "section.name"),
    )

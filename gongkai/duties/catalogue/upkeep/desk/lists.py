"""栏目更新的列表: the items behind a square or a figure, what the nightly check found, notices of inspections."""

from calendar import monthrange
from datetime import date

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.desk.register import Chip, Column, Register
from gongkai.duties.catalogue.models import InformationItem
from gongkai.duties.catalogue.statutory import duties
from gongkai.duties.catalogue.upkeep import actions, queries
from gongkai.duties.catalogue.upkeep.clocks import clocks
from gongkai.duties.catalogue.upkeep.desk.columns import READERS
from gongkai.duties.catalogue.upkeep.desk.forms import NoticeForm, ReasonForm
from gongkai.duties.catalogue.upkeep.models import Finding, Notice
from gongkai.rules.regulations_2019.proactive import numbered


@powered(*READERS)
def items(request: HttpRequest) -> HttpResponse:
    """方格或者数字背后的信息: the same condition as counted, so that they cannot disagree."""
    person = person_of(request)
    title, condition = _asked_for(request, person)
    register = Register(
        title=title,
        records=queries.items(person.agency).filter(condition).select_related("main_column"),
        columns=(
            Column("标题", "title", link=_address),
            Column("栏目", "main_column.name"),
            Column("发布日期", "published_on"),
            Column("成文日期", "dated_on"),
            Column("入库时间", "recorded_at"),
            Column("状态", "get_state_display"),
        ),
        order=("-published_on", "-pk"),
        empty="没有这样的信息。",
    )
    return render(request, "desk/register.html", {"title": title, "register": register.page(request.GET)})


@powered(*READERS)
def findings(request: HttpRequest) -> HttpResponse:
    """检查发现: what stands open, and what was mended."""
    person = person_of(request)
    register = Register(
        title="栏目和职责检查发现",
        records=queries.findings(person.agency),
        columns=(
            Column("种类", "get_kind_display"),
            Column("栏目或者职责", "about", link=_about),
            Column("说明", "text"),
            Column("起于", "since"),
            Column("发现时间", "recorded_at"),
            Column("提醒时间", "reminded_at"),
            Column("改好时间", "closed_at"),
        ),
        chips=(
            Chip("open", "没有改好", Q(closed_at__isnull=True)),
            Chip("closed", "已改好", Q(closed_at__isnull=False)),
        ),
        empty="夜间检查还没有发现问题。每天凌晨检查一次，发现的列在这里，改好以后自动销号。",
    )
    context = {"title": "栏目和职责检查发现", "register": register.page(request.GET)}
    return render(request, "desk/register.html", context)


@powered(*READERS, write=Power.MANAGE_COLUMNS)
def notices(request: HttpRequest) -> HttpResponse:
    """检查通知: those recorded, and recording one."""
    person = person_of(request)
    form = NoticeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.note_notice(by=person, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已登记。通知以后七天内集中发布的，在栏目更新里标出。")
            return redirect("upkeep:notices")
    context = {"title": "检查通知", "form": form, "notices": queries.notices(person.agency)[:100]}
    return render(request, "upkeep/notices.html", context, status=400 if form.errors else 200)


@powered(Power.MANAGE_COLUMNS)
def void_notice(request: HttpRequest, public_id: str) -> HttpResponse:
    """作废登记错的通知."""
    person = person_of(request)
    notice = get_object_or_404(Notice, agency=person.agency_id, public_id=public_id)
    form = ReasonForm(data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.void_notice(notice, reason=form.cleaned_data["reason"], by=person)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已作废。")
            return redirect("upkeep:notices")
    context = {
        "title": f"作废：{notice.title}",
        "form": form,
        "consequences": ["这个通知不再用来核对突击发布。", "登记和作废的记录都留下。"],
        "submit_label": "作废",
        "danger": True,
        "back": reverse("upkeep:notices"),
    }
    return render(request, "desk/confirm.html", context, status=400 if form.errors else 200)


def _asked_for(request: HttpRequest, person: Person) -> tuple[str, Q]:
    """What the address asks for, in words and as a condition; what it names wrongly leaves nothing."""
    words, condition = [], Q()
    if public_id := request.GET.get("in"):
        column = queries.column(person, public_id)
        columns = list(queries.columns(person.agency, closed_after=date.min))
        below = next(each.below for each in clocks(columns, today=date.max) if each.column == column)
        words.append(column.name)
        condition &= Q(main_column__in=below) | Q(
            pk__in=InformationItem.other_columns.through.objects.filter(column__in=below).values(
                "informationitem"
            )
        )
    if key := request.GET.get("duty"):
        named = {duty.key: numbered(duty) for duty in duties(person.agency)}
        words.append(named.get(key, "没有这一项职责"))
        condition &= Q(article_20_duty=key)
    if month := request.GET.get("month"):
        try:
            first = date.fromisoformat(f"{month}-01")
        except ValueError:
            return "没有这个月", Q(pk__in=())
        words.append(f"{first.year}年{first.month}月")
        condition &= Q(published_on__range=(first, first.replace(day=monthrange(*first.timetuple()[:2])[1])))
    return "，".join(words) or "已公开的信息", condition


def _address(item: InformationItem) -> str:
    return reverse("registers:record", args=["items", item.public_id])


def _about(finding: Finding) -> str:
    if finding.column:
        return reverse("upkeep:column", args=[finding.column.public_id])
    return reverse("upkeep:duty", args=[finding.duty])

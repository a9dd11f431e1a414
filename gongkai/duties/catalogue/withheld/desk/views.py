"""不公开的信息的页面: what is kept and when it is due, one of them with its history to print, the conclusion, the period."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.access import may
from gongkai.agencies.powers import Power
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.desk.register import Chip, Column, Register
from gongkai.duties.catalogue import queries as items
from gongkai.duties.catalogue.desk.filling import Sheet, fill_in
from gongkai.duties.catalogue.withheld import actions, queries
from gongkai.duties.catalogue.withheld.desk.forms import AssessForm, DetermineForm, PracticeForm
from gongkai.duties.catalogue.withheld.models import Withholding


@powered(*queries.SEEN_BY)
def withheld(request: HttpRequest) -> HttpResponse:
    """不公开的信息, what is due first first; the overdue ones by one click."""
    person, today = person_of(request), timezone.localdate()
    kept = Q(disclosing=False)
    register = Register(
        title="不公开的信息",
        records=queries.withheld(person, today=today),
        order=("due_on", "pk"),
        columns=(
            Column("标题", "item.title", link=address_of),
            Column("公开属性", "get_attribute_display"),
            Column("依据", "ground"),
            Column("责任科室", "section.name"),
            Column("确定日期", "determined_on"),
            Column("下次评估", _due),
        ),
        chips=(
            Chip("overdue", "已到期", kept & Q(due_on__lte=today)),
            Chip("kept", "不公开的", kept),
            Chip("disclosing", "已转为主动公开", ~kept),
        ),
        search=lambda records, words: records.filter(item__title__icontains=words),
        search_hint="标题",
        empty="还没有确定不公开的信息。起草时属性选“依申请公开”“不予公开”的，由科室负责人确定后列在这里。",
    )
    context = {"title": "不公开的信息", "register": register.page(request.GET)}
    return render(request, "desk/register.html", context)


@powered(*queries.SEEN_BY)
def one(request: HttpRequest, public_id: str) -> HttpResponse:
    """一条不公开的信息, with every assessment; made to be printed."""
    person, today = person_of(request), timezone.localdate()
    shown = queries.one(person, public_id, today=today)
    context = {
        "title": "不公开信息定期评估审查表",
        "kept": shown,
        "assessments": shown.assessments.select_related("by"),  # type: ignore[attr-defined]
        "due": queries.due_after(shown.agency, shown.determined_on),
        "today": today,
        "may_assess": not shown.disclosing  # type: ignore[attr-defined]
        and person.section_id in (None, shown.section_id)
        and bool(may(person, Power.DRAFT_ITEMS, person.agency, on=today)),
        "further": queries.further(shown, items.versions(person)),
        "may_read": items.versions(person).filter(pk=shown.version_id).exists(),
    }
    return render(request, "withheld/one.html", context)


@powered(Power.DRAFT_ITEMS)
def assess(request: HttpRequest, public_id: str) -> HttpResponse:
    """记录评估结论."""
    person = person_of(request)
    shown = queries.one(person, public_id, today=timezone.localdate())
    asked = Sheet(
        title=f"评估审查：{shown.item.title}",
        submit_label="记录结论",
        said="已记录评估结论。",
        consequence="继续不公开的，下次评估日期顺延一个周期；转为主动公开的，开始一份新的草稿，照常审查、签发后才公开。",
        back=address_of(shown),
    )
    form = AssessForm(request.POST or None)
    return fill_in(request, form, asked, save=lambda values: actions.assess(shown, by=person, **values))


@powered(Power.REVIEW_SECTION)
def determine(request: HttpRequest, public_id: str) -> HttpResponse:
    """确定不公开."""
    person = person_of(request)
    version = items.version(person, public_id)
    asked = Sheet(
        title=f"确定不公开：{version.title}",
        submit_label="确定不公开",
        said="已确定不公开，列入定期评估。",
        consequence=f"公开属性是“{version.get_attribute_display()}”，依据：{version.attribute_ground or '没有写'}。"
        "草稿留存，不再办理；到期提醒科室评估。",
        back=reverse("catalogue:version", args=[public_id]),
    )
    form = DetermineForm(request.POST or None)
    form.initial = {"having_seen": version.edits}
    return fill_in(request, form, asked, save=lambda values: actions.determine(version, by=person, **values))


@powered(Power.MANAGE_COLUMNS)
def practice(request: HttpRequest) -> HttpResponse:
    """评估周期."""
    person = person_of(request)
    asked = Sheet(
        title="评估周期",
        submit_label="保存",
        said="已保存。",
        consequence="以后确定、评估的按新的周期；已经定下的日期不变。",
        back=reverse("catalogue:items"),
        after=reverse("withheld:practice"),
    )
    form = PracticeForm(queries.months_of(person.agency), request.POST or None)
    return fill_in(request, form, asked, save=lambda values: actions.set_practice(by=person, **values))


def _due(each: Withholding) -> str:
    return "已转为主动公开" if each.disclosing else str(each.due_on)  # type: ignore[attr-defined]


def address_of(each: Withholding) -> str:
    return reverse("withheld:one", args=[each.public_id])

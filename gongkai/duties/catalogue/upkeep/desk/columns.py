"""栏目更新的页面: the board of twelve months, one column with its clock, changing it."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.access import Refusal, may
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.duties.catalogue.upkeep import actions, queries, squares
from gongkai.duties.catalogue.upkeep.clocks import Clock, Standing, clocks, period_words
from gongkai.duties.catalogue.upkeep.desk.forms import ColumnForm
from gongkai.duties.catalogue.upkeep.squares import Mark
from gongkai.rules.site_indicators_2019 import hurried_filling
from gongkai.rules.site_indicators_2019.update_periods import ColumnClass
from gongkai.rules.site_indicators_2019.veto_items import COLUMNS_NOT_UPDATED

READERS = (Power.READ_REGISTERS, Power.MANAGE_COLUMNS)
# 栏目不更新: news of any level, notices and policy documents where they stand at the first level
_FIRST_LEVEL = (ColumnClass.NOTICES.value, ColumnClass.POLICY_DOCUMENTS.value)


@powered(*READERS)
def board(request: HttpRequest) -> HttpResponse:
    """栏目更新: columns down, twelve months across."""
    person, today = person_of(request), timezone.localdate()
    until = min(_month(request.GET.get("until", "")) or today, today)
    months = squares.months_until(until)
    found = list(queries.columns(person.agency, closed_after=months[0]))
    running = [column for column in found if column.closed_on is None or column.closed_on > today]
    shown = clocks(found, today=today)
    timed = [clock for clock in shown if clock.column in running]
    context = {
        "title": "栏目更新",
        "months": months,
        "rows": squares.rows(person.agency, shown, until=until, today=today),
        "standings": [
            (each, sum(clock.standing is each for clock in timed))
            for each in (Standing.OVERDUE, Standing.EMPTY, Standing.NEARLY)
        ],
        "vetoes": _vetoes(timed),
        "marks": [mark for mark in Mark if mark is not Mark.CLOSED],
        "earlier": f"{_before(months[0]):%Y-%m}",
        "later": f"{_a_year_after(months[-1]):%Y-%m}" if months[-1] < today.replace(day=1) else "",
        "checked": queries.last_check(person.agency),
        "open_findings": queries.open_findings(person.agency).count(),
        "manages": _may(person, Power.MANAGE_COLUMNS),
        "numbers": hurried_filling,
    }
    return render(request, "upkeep/board.html", context)


@powered(*READERS)
def column(request: HttpRequest, public_id: str) -> HttpResponse:
    """一个栏目: its clock with 怎么算的, its twelve months in words, the history of what was found."""
    person, today = person_of(request), timezone.localdate()
    shown = queries.column(person, public_id)
    columns = list(queries.columns(person.agency, closed_after=date.min))
    clock = next(each for each in clocks(columns, today=today) if each.column == shown)
    (row,) = squares.rows(person.agency, [clock], until=today, today=today)
    context = {
        "title": shown.name,
        "column": shown,
        "clock": clock,
        "period": period_words(shown),
        "row": row,
        "findings": queries.findings(person.agency).filter(column=shown).order_by("-pk")[:50],
        "manages": _may(person, Power.MANAGE_COLUMNS),
        "numbers": hurried_filling,
    }
    return render(request, "upkeep/column.html", context)


@powered(Power.MANAGE_COLUMNS)
def change(request: HttpRequest, public_id: str) -> HttpResponse:
    """修改栏目."""
    person = person_of(request)
    shown = queries.column(person, public_id)
    form = ColumnForm(shown, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_column(shown, by=person, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已保存。周期从上次更新的那天起按新的算。")
            return redirect("upkeep:column", public_id=public_id)
    context = {
        "title": f"修改栏目：{shown.name}",
        "form": form,
        "consequence": "名称、类别、位置改了以后，公众侧一分钟内跟着改。",
        "back": reverse("upkeep:column", args=[public_id]),
    }
    return render(request, "desk/form.html", context, status=400 if form.errors else 200)


def _vetoes(timed: list[Clock]) -> list[tuple[str, int, int]]:
    """对照单项否决: how many columns count towards each trigger of 栏目不更新, and from how many on it fails the site."""
    not_updated, _, empty = COLUMNS_NOT_UPDATED.triggers
    overdue = sum(
        clock.standing is Standing.OVERDUE
        and (
            clock.column.column_class == ColumnClass.NEWS
            or (clock.column.column_class in _FIRST_LEVEL and clock.is_first_level)
        )
        for clock in timed
    )
    blank = sum(clock.standing is Standing.EMPTY for clock in timed)
    return [
        (not_updated.text, overdue, not_updated.limits["columns"]),
        (empty.text, blank, empty.limits["columns"]),
    ]


def _month(text: str) -> date | None:
    """2026-03 as its first day; anything else counts as nothing."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None


def _before(month: date) -> date:
    return squares.months_until(month)[-2]


def _a_year_after(month: date) -> date:
    """The month a year later."""
    return month.replace(year=month.year + 1)


def _may(person: Person, power: Power) -> bool:
    return bool(may(person, power, person.agency, on=timezone.localdate()))

"""放假安排. What is known of each year, and the form for a new notice."""

from datetime import date

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.access import Refusal
from gongkai.agencies.actions.holidays import HolidayDays, enter_holidays
from gongkai.agencies.desk.security_forms import Day
from gongkai.agencies.powers import Power
from gongkai.agencies.working_days import calendar
from gongkai.desk.forms import DeskForm
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.rules.working_days import Holiday, YearDays

NAMES = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
FIRST_YEAR = 2004  # the first year whose notice is shipped
_MORE_LINES = 1  # for a year with a day off of its own


class OneHoliday(DeskForm):
    """一个节日."""

    name = forms.CharField(label="节日", max_length=20, required=False)
    first = Day(label="放假首日", required=False)
    last = Day(label="放假末日", required=False)
    made_up = forms.CharField(
        label="调休上班日", required=False, help_text="写成2027-01-30，几天的用空格隔开。"
    )

    def clean_made_up(self) -> list[date]:
        try:
            return [date.fromisoformat(word) for word in self.cleaned_data["made_up"].split()]
        except ValueError:
            raise forms.ValidationError("日期写错了，应写成2027-01-30，几天的用空格隔开。") from None

    def clean(self) -> dict[str, object]:
        given = self.cleaned_data
        if bool(given.get("first")) != bool(given.get("last")):
            raise forms.ValidationError("放假首日和末日要一起填。只放一天的，两处填同一天。")
        return given

    def days(self) -> HolidayDays | None:
        given = self.cleaned_data
        if not given.get("first") or not given.get("name"):
            return None
        return HolidayDays(
            name=given["name"], first=given["first"], last=given["last"], made_up=given["made_up"]
        )


class Notice(DeskForm):
    """通知."""

    notice = forms.CharField(label="通知文号", max_length=50, help_text="如：国办发明电〔2025〕7号")


_MOST_LINES = 30
_Lines = forms.formset_factory(
    OneHoliday, extra=0, max_num=_MOST_LINES, absolute_max=_MOST_LINES, validate_max=True
)
_LINES_LOST = {
    "missing_management_form": "表单没有传全，没有保存。请刷新后重新填写。",
    "too_many_forms": f"最多{_MOST_LINES}个节日，请核对。",
}


@powered(Power.MANAGE_HOLIDAYS)
@require_GET
def years(request: HttpRequest) -> HttpResponse:
    """放假安排：各年."""
    days = calendar()
    known = [days.year(year) for year in range(timezone.localdate().year + 1, FIRST_YEAR - 1, -1)]
    return render(request, "agencies/holidays.html", {"title": "放假安排", "years": known})


@powered(Power.MANAGE_HOLIDAYS)
@require_http_methods(["GET", "POST"])
def year(request: HttpRequest, number: int) -> HttpResponse:
    """录入一年的放假安排."""
    if not FIRST_YEAR <= number <= timezone.localdate().year + 1:
        raise Http404
    known = calendar().year(number)
    lines = _Lines(request.POST or None, initial=_initial(known), error_messages=_LINES_LOST)
    notice = Notice(request.POST or None, initial={"notice": known.notice})
    if request.method == "POST" and notice.is_valid() and lines.is_valid():
        given = [days for days in (line.days() for line in lines.forms) if days]
        try:
            enter_holidays(
                number, notice=notice.cleaned_data["notice"], holidays=given, by=person_of(request)
            )
        except Refusal as refusal:
            notice.add_error(None, str(refusal))
        else:
            messages.success(request, f"{number}年放假安排已录入，期限从现在起按它计算。")
            return redirect("agencies:holidays")
    context = {
        "title": f"{number}年放假安排",
        "notice": notice,
        "lines": lines,
        "back": reverse("agencies:holidays"),
    }
    return render(request, "agencies/holiday_year.html", context)


def _initial(known: YearDays) -> list[dict[str, object]]:
    by_name = {holiday.name: holiday for holiday in known.holidays}
    names = [*NAMES, *(name for name in by_name if name not in NAMES)]
    blank: list[dict[str, object]] = [{} for _ in range(_MORE_LINES)]
    return [_line(name, None if known.provisional else by_name.get(name)) for name in names] + blank


def _line(name: str, holiday: Holiday | None) -> dict[str, object]:
    if holiday is None:
        return {"name": name}
    made_up = " ".join(day.isoformat() for day in holiday.made_up)
    return {"name": name, "first": holiday.first, "last": holiday.last, "made_up": made_up}

"""日历订阅的页面: one's own secret address, shown once; issued anew or revoked."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from gongkai.agencies.access import Refusal
from gongkai.agencies.actions.calendar_addresses import (
    READINGS_AN_HOUR,
    issue_calendar_address,
    revoke_calendar_address,
)
from gongkai.desk.forms import DeskForm
from gongkai.desk.gatekeeping import for_staff, person_of


class WhatForm(DeskForm):
    """开通还是停用."""

    what = forms.ChoiceField(label="办什么", choices=[("issue", "开通"), ("revoke", "停用")])


@for_staff
def calendar(request: HttpRequest) -> HttpResponse:
    """日历订阅."""
    person, shown = person_of(request), ""
    form = WhatForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["what"] == "issue":
            shown = issue_calendar_address(by=person)
        else:
            try:
                revoke_calendar_address(by=person)
            except Refusal as refusal:
                messages.error(request, str(refusal))
            else:
                messages.success(request, "已停用，日历程序不再读到待办。")
            return redirect("agencies:calendar")
    context = {
        "title": "日历订阅",
        "shown": shown,
        "standing": person.calendar_addresses.filter(revoked_at=None).first(),
        "an_hour": READINGS_AN_HOUR,
    }
    answer = render(request, "desk/calendar.html", context)
    answer["Cache-Control"] = "no-store"
    return answer

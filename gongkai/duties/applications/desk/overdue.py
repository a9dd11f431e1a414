"""超期和快到期的申请. Counted from what happened, so nothing can be taken off the list but by what happens next (TIM-07)."""

from datetime import date

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from gongkai.agencies.powers import Power
from gongkai.agencies.to_do import ToDo
from gongkai.agencies.working_days import calendar
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.desk.home import time_left
from gongkai.desk.register import Chip, Column, Register
from gongkai.duties.applications.models import Application
from gongkai.host_clock import queries as host_clock


@powered(Power.READ_REGISTERS, Power.KEEP_REGISTERS)
def listing(request: HttpRequest) -> HttpResponse:
    """按期限排的未办结申请, the longest overdue first."""
    today, days = host_clock.today(), calendar()
    # "On or after the first of all days" says "has a day", and SQLite then enters the index of open cases by it.
    running = Application.objects.standing().filter(
        agency=person_of(request).agency, closed_on__isnull=True, due_on__gte=date.min
    )

    def left(case: Application) -> str:
        return time_left(ToDo("", "", "", due_on=case.due_on, in_working_days=True), days, today)

    screen = Register(
        title="期限：未办结的申请",
        records=running.select_related("section", "handler"),
        columns=[
            Column(
                "登记编号",
                "register_number",
                link=lambda case: reverse("applications:case", args=[case.public_id]),
            ),
            Column("状态", "get_status_display"),
            Column("收到日期", "received_on"),
            Column("答复期限", lambda case: f"{case.due_on}{'（暂算）' if case.due_is_provisional else ''}"),
            Column("还剩", left),
            Column("承办科室", "section.name"),
            Column("承办人", "handler.name"),
        ],
        order=("due_on", "pk"),
        chips=[
            Chip("late", "已超期", Q(due_on__lt=today)),
            Chip("provisional", "期限为暂算", Q(due_is_provisional=True)),
        ],
        empty="没有正在计算期限的申请。登记的申请按答复期限的先后列在这里。",
    )
    return render(request, "desk/register.html", {"register": screen.page(request.GET)})

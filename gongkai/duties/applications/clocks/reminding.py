"""提醒. Mail to whoever handles a case, some working days before it is due and on the day, exactly once each (TIM-09).
Days without a worker are caught up with once, by the nearest of the marks passed."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from gongkai.agencies.access import holders
from gongkai.agencies.mail import write_to
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.powers import Power
from gongkai.agencies.working_days import calendar
from gongkai.duties.applications.clocks.models import Reminder
from gongkai.duties.applications.models import Application
from gongkai.rules.explanation import day_text
from gongkai.rules.working_days import Calendar
from gongkai.rules.working_days.reminders import mark_reached

_LOOKED_AHEAD = timedelta(days=21)  # five working days with the longest holiday between them


def remind(agency: Agency, *, today: date) -> int:
    """发出当天的提醒; how many. A second worker, or the same after a restart, sends none again."""
    days = calendar()
    sent = 0
    for case, due_on, left in due_soon(agency, days, today=today):
        mark = mark_reached(due_on, today, days, since=case.received_on)
        if mark is None:
            continue
        for person in handlers(case, today=today):
            with transaction.atomic():
                _, is_new = Reminder.objects.get_or_create(
                    application=case,
                    person=person,
                    due_on=due_on,
                    working_days_left=mark,
                    defaults={"agency": agency},
                )
                if is_new:
                    _write(person, case, due_on, left)
                    sent += 1
    return sent


def due_soon(agency: Agency, days: Calendar, *, today: date) -> Iterator[tuple[Application, date, int]]:
    """未办结、快到期的, with the due day and the working days left; nothing that is overdue."""
    found = Application.objects.standing().filter(
        agency=agency,
        closed_on__isnull=True,
        due_on__gte=today,
        due_on__lte=today + _LOOKED_AHEAD,
    )
    for case in found.select_related("handler", "section").order_by("due_on", "pk"):
        if case.due_on is not None:  # as filtered
            yield case, case.due_on, days.working_days_between(today, case.due_on)


def handlers(case: Application, *, today: date) -> list[Person]:
    """谁来办: the handler; without one, those who keep the registers of its section, then those of the whole agency."""
    if case.handler and case.handler.is_active:
        return [case.handler]
    keepers = holders(Power.KEEP_REGISTERS, case.agency, on=today)
    return list(keepers.filter(section=case.section_id)) or list(keepers.filter(section__isnull=True))


def _write(person: Person, case: Application, due_on: date, left: int) -> None:
    when = f"还剩{left}个工作日" if left else "今天到期"
    write_to(
        person,
        subject=f"申请{case.register_number}{when}",
        text=f"依申请公开{case.register_number}应于{day_text(due_on)}前答复，{when}。\n"
        f"请登录公开工作台办理：{settings.DESK_URL}{reverse('applications:case', args=[case.public_id])}",
    )

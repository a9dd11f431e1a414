"""期限提醒. A letter at five, three and one working days before the day, and on the day; each once a person (TIM-09). Days
without a worker are caught up with once, by the nearest of the marks passed."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from gongkai.agencies.access import holders
from gongkai.agencies.mail import write_to
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.agencies.working_days import calendar
from gongkai.duties.remedies.models import CaseFile, Reminder
from gongkai.duties.remedies.queries import NOT_VOIDED
from gongkai.rules.explanation import day_text
from gongkai.rules.working_days.reminders import mark_reached

_FURTHEST = timedelta(days=30)  # five working days are never further, whatever the holidays


def remind(today: date) -> int:
    """提醒当天该提醒的, how many letters. Done twice on a day, the second time finds nothing new."""
    days, written = calendar(), 0
    if not days.is_working_day(today):
        return 0
    near = CaseFile.objects.filter(NOT_VOIDED, due_on__gte=today, due_on__lte=today + _FURTHEST)
    for file in near.select_related("agency", "handler", "reconsideration", "litigation").iterator():
        assert file.due_on  # noqa: S101 — filtered
        mark = mark_reached(file.due_on, today, days, since=file.accepted_on)
        if mark is not None:
            left = days.working_days_between(today, file.due_on)
            written += sum(
                _write(file, file.due_on, person, mark, left) for person in _addressees(file, today)
            )
    return written


def _addressees(file: CaseFile, today: date) -> Iterator[Person]:
    """承办人; without one the keepers of its section, or of the whole office."""
    if file.handler and file.handler.is_active:
        yield file.handler
        return
    keepers = holders(Power.KEEP_REGISTERS, file.agency, on=today)
    section = file.entry.section_id
    yield from keepers.filter(section=section) if section else keepers


def _write(file: CaseFile, due_on: date, person: Person, mark: int, left: int) -> bool:
    with transaction.atomic():
        _, is_new = Reminder.objects.get_or_create(
            file=file,
            person=person,
            due_what=file.due_what,
            due_on=due_on,
            days_left=mark,
            defaults={"agency": file.agency},
        )
        if not is_new:
            return False
        when = f"还剩{left}个工作日" if left else "今天到期"
        write_to(
            person,
            subject=f"公开提醒：一件{file.get_track_display()}案件{when}",
            text=f"{person.name}：\n\n一件{file.get_track_display()}案件应当在{day_text(due_on)}前"
            f"{file.due_label}，{when}。\n\n请登录工作台办理：{settings.DESK_URL}{reverse('remedies:file', args=[file.public_id])}\n",
        )
    return True

"""交办提醒. 5, 3, 1 working days before the day and on it, each exactly once a person (TIM-09).

The row of a reminder and its letter are written in one transaction; a second worker runs into the row's constraint.
What was missed while no worker ran is caught up with once, by the nearest of the days passed.
"""

from datetime import date, timedelta

from django.db import IntegrityError, transaction

from gongkai.agencies.mail import write_to
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.working_days import calendar
from gongkai.duties.applications.handling.models import Commission, CommissionReminder
from gongkai.duties.applications.handling.queries import open_commissions
from gongkai.rules.working_days import Calendar
from gongkai.rules.working_days.reminders import mark_reached

_FARTHEST = timedelta(days=20)  # more than five working days, whatever holidays lie between


def remind(today: date) -> int:
    """提醒今天该提醒的; how many letters were written."""
    days, written = calendar(), 0
    for agency in Agency.objects.filter(ended_on__isnull=True):
        due = list(open_commissions(agency, until=today + _FARTHEST).filter(answer_by__gte=today))
        sent = set(
            CommissionReminder.objects.filter(commission__in=due).values_list(
                "commission_id", "person_id", "due_on", "days_before"
            )
        )
        for given in due:
            before = which(given, today, days)
            if before is None or (given.pk, given.person_id, given.answer_by, before) in sent:
                continue
            written += _write(given, given.person, before, days.working_days_between(today, given.answer_by))
    return written


def which(given: Commission, today: date, days: Calendar) -> int | None:
    """今天是哪一次提醒."""
    return mark_reached(given.answer_by, today, days, since=given.asked_on)


def _write(given: Commission, person: Person, before: int, left: int) -> bool:
    try:
        with transaction.atomic():
            CommissionReminder.objects.create(
                agency=given.agency,
                commission=given,
                person=person,
                due_on=given.answer_by,
                days_before=before,
            )
            when = f"还剩{left}个工作日" if before else "今天到期"
            if not write_to(
                person,
                subject=f"公开申请交办提醒：{when}",
                text=f"{person.name}：\n\n{given.application}交给{given.to}办理的事项，应于"
                f"{given.answer_by:%Y-%m-%d}前答复，{when}。请登录工作台办理。\n",
            ):
                raise _NotWritten
    except (IntegrityError, _NotWritten):
        return False
    return True


class _NotWritten(Exception):
    """Mail is off or the person has no address: the row goes too, so that it is written once that is mended."""

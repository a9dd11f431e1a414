"""复议诉讼的待办. What this person is to do in case files, and what of the whole office falls due."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse

from gongkai.agencies.access import powers_of
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.agencies.to_do import ToDo
from gongkai.duties.remedies import queries
from gongkai.duties.remedies.models import CaseFile

_AT_MOST = 50  # the list of case files has them all
_COMING_DAYS = 15


def waiting(person: Person, today: date) -> Iterator[ToDo]:
    """等我办的: what falls due in one's case files, replies to make again, corrections to look at."""
    mine = queries.mine(person, on=today)
    yield from (_due(file) for file in mine.filter(due_on__isnull=False).order_by("due_on", "pk")[:_AT_MOST])
    again = mine.filter(must_answer_again=True, reopened_as__isnull=True, performed_on__isnull=True)
    for file in again.order_by("pk")[:_AT_MOST]:
        if file.entry.application_id:
            yield ToDo(_kind(file), f"{file.entry.case_number}　重新办理申请", _address(file))
    for correction in queries.corrections_for(person, on=today)[:_AT_MOST]:
        yield ToDo(
            _kind(correction.event.file),
            f"{correction.event.file.entry.case_number}　复核更正",
            reverse("remedies:correction", args=[correction.public_id]),
            why="更正经过要由另一人复核",
        )


def coming(person: Person, today: date) -> Iterator[ToDo]:
    """快到期的，全办: for whoever may read the registers."""
    if Power.READ_REGISTERS not in powers_of(person, on=today):
        return
    last = today + timedelta(days=_COMING_DAYS)
    yield from (_due(file) for file in queries.due(person).filter(due_on__lte=last)[:_AT_MOST])


def _due(file: CaseFile) -> ToDo:
    return ToDo(
        _kind(file),
        f"{file.entry.case_number}　{file.due_label}",
        _address(file),
        due_on=file.due_on,
        why="放假安排没有公布，暂算" if file.due_is_provisional else "",
        in_working_days=True,
    )


def _kind(file: CaseFile) -> str:
    return "复议" if file.track == "reconsideration" else "诉讼"


def _address(file: CaseFile) -> str:
    return reverse("remedies:file", args=[file.public_id])

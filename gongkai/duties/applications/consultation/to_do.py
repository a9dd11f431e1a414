"""征求意见的待办. Letters to send, deliveries to note, answers overdue: a paused clock never rests unseen."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from gongkai.agencies.models import Person
from gongkai.agencies.to_do import ToDo
from gongkai.duties.applications.consultation import queries
from gongkai.duties.applications.consultation.standing import Standing, State
from gongkai.rules.regulations_2019.consultation import ANSWER_WORKING_DAYS

_SHOWN = 50
_WHY = {
    State.DRAFT: "发出之前期限照常计算",
    State.SENT: f"登记送达之后才计算{ANSWER_WORKING_DAYS}个工作日",
    State.WAITING: "提出意见的期限（条例第三十二条、第三十四条）",
    State.OVERDUE: "期满后的日子不再停止计算，请确认逾期并继续办理",
}


def waiting(person: Person, today: date) -> Iterator[ToDo]:
    """等我办的: of cases that this person handles; those of no handler are everybody's who keeps the register."""
    for each in queries.waiting(person.agency, today=today, limit=_SHOWN):
        handler = each.consultation.application.handler_id or each.consultation.by_id
        if handler == person.pk and each.state != State.WAITING:
            yield _row(each)


def coming(person: Person, today: date) -> Iterator[ToDo]:
    """全办的征求意见."""
    for each in queries.waiting(person.agency, today=today, limit=_SHOWN):
        if each.state in (State.WAITING, State.OVERDUE):
            yield _row(each)


def _row(each: Standing) -> ToDo:
    case = each.consultation.application
    return ToDo(
        "申请",
        f"{case.register_number}　{each.consultation}：{each.state.label}",
        reverse("consultation:case", args=[case.public_id]),
        due_on=each.answer_by.day if each.answer_by else case.due_on,
        why=_WHY.get(each.state, ""),
        in_working_days=True,
    )

"""征求意见的查询. The consultations of a case as they stand, those of the office that wait, and what is unsettled."""

from datetime import date

from django.db.models import Prefetch, QuerySet

from gongkai.agencies.models import Agency
from gongkai.agencies.working_days import calendar
from gongkai.duties.applications.consultation.models import Answer, Consultation
from gongkai.duties.applications.consultation.standing import Standing, State, opinion_of, standing_of
from gongkai.duties.applications.models import Application, ApplicationEvent
from gongkai.rules.regulations_2019.consultation import Consulted, Heard

_ANSWERS = Prefetch("answers", Answer.objects.select_related("by", "event"))


def consultations(application: Application) -> QuerySet[Consultation]:
    """一件申请的征求意见."""
    return application.consultations.select_related("by", "public_interest__told_by").prefetch_related(
        _ANSWERS, "matters", "documents"
    )


def standings(application: Application, *, today: date) -> tuple[Standing, ...]:
    """一件申请的征求意见的现状."""
    events, days = list(application.events.all()), calendar()
    return tuple(standing_of(each, events, days, today) for each in consultations(application))


def waiting(agency: Agency, *, today: date, limit: int) -> list[Standing]:
    """本机关还在等候意见的, of open cases; the oldest first."""
    found = list(
        Consultation.objects.filter(
            agency=agency,
            is_open=True,
            application__closed_on__isnull=True,
            application__voided_at__isnull=True,
        )
        .select_related("application", "by", "public_interest")
        .prefetch_related(_ANSWERS, Prefetch("application__events", ApplicationEvent.objects.all()))
        .order_by("pk")[:limit]
    )
    if not found:
        return []
    days = calendar()
    return [standing_of(each, each.application.events.all(), days, today) for each in found]


def unsettled(application: Application, *, today: date) -> list[str]:
    """答复前还要办的: consultations without an end, and third parties to be told of a decision against their opinion."""
    said = []
    for each in standings(application, today=today):
        name = str(each.consultation)
        if each.state in (State.DRAFT, State.SENT, State.WAITING, State.OVERDUE):
            said.append(f"{name}{each.state.label}")
        decision = getattr(each.consultation, "public_interest", None)
        if decision and decision.told_on is None:
            said.append(f"{name}决定公开，还没有书面告知第三方（条例第三十二条）")
    return said


def heard_of(matter_id: int, application: Application) -> tuple[Heard, ...]:
    """第三方对这一项说了什么, one each, as far as an answer or a silence is recorded."""
    asked = [
        each
        for each in consultations(application)
        if each.consulted == Consulted.THIRD_PARTY
        and each.withdrawn_at is None
        and matter_id in {matter.pk for matter in each.matters.all()}
    ]
    answers = [next(iter(each.answers.all()), None) for each in asked]
    return tuple(
        Heard(opinion_of(answer), overruled=hasattr(each, "public_interest"))
        for each, answer in zip(asked, answers, strict=True)
        if answer
    )


def shown_name(consultation: Consultation) -> str:
    """名称的写法: agencies in full, a third party by the first character only."""
    name = consultation.unseal("name")
    return f"{name[:1]}某某" if consultation.consulted == Consulted.THIRD_PARTY else name

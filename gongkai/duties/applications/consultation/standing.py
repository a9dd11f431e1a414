"""征求意见到了哪里. State, answering day and effect, computed from the events and the answers; nothing is stored twice."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.duties.applications.consultation.models import Answer, Consultation
from gongkai.duties.applications.fold import standing as standing_events
from gongkai.duties.applications.models import ApplicationEvent
from gongkai.rules.explanation import Step, day_text
from gongkai.rules.regulations_2019.consultation import (
    ConsultationAnswer,
    Consulted,
    Effect,
    Opinion,
    answer_due,
    effect_of,
)
from gongkai.rules.working_days import Calendar, DueDay

Kind = ApplicationEvent.Kind
_REFUSAL = {True: Opinion.REFUSES_WITH_REASON, False: Opinion.REFUSES_WITHOUT_REASON}


class State(StrEnum):
    """状态."""

    DRAFT = "draft"
    SENT = "sent"
    WAITING = "waiting"
    OVERDUE = "overdue"
    ANSWERED = "answered"
    SILENT = "silent"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return {
            "draft": "未发出",
            "sent": "已发出，待登记送达",
            "waiting": "等候意见",
            "overdue": "逾期未提出意见，待确认",
            "answered": "已收到意见",
            "silent": "逾期未提出意见",
            "withdrawn": "已取消",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Part:
    """意见的一部分 and its effect: an opinion that agrees to some of it has two."""

    label: str
    answer: ConsultationAnswer


@dataclass(frozen=True, slots=True)
class Standing:
    """一次征求意见的现状."""

    consultation: Consultation
    state: State
    sent_on: date | None
    delivered_on: date | None
    answered_on: date | None
    answer_by: DueDay | None
    answer: Answer | None
    parts: tuple[Part, ...]

    @property
    def late(self) -> bool:
        """意见在期满之后才到."""
        return bool(self.answered_on and self.answer_by and self.answered_on > self.answer_by.day)

    @property
    def must_withhold(self) -> bool:
        """有第三方不同意公开且理由合理的部分."""
        return any(part.answer.effect is Effect.MUST_WITHHOLD for part in self.parts)

    @property
    def refused_without_reason(self) -> bool:
        """第三方不同意公开而理由不合理: disclosing is decided and told to it."""
        of_third_party = self.consultation.consulted == Consulted.THIRD_PARTY
        return of_third_party and self.answer is not None and self.answer.reasonable is False

    @property
    def may_overrule(self) -> bool:
        """可以决定公开, 还没有决定."""
        decided = hasattr(self.consultation, "public_interest")
        return not decided and (self.must_withhold or self.refused_without_reason)

    def lines(self, calendar: Calendar) -> tuple[str, ...]:
        """怎么算的."""
        steps = [
            Step(f"{day_text(day)}{words}")
            for day, words in (
                (self.sent_on, "发出征求意见书"),
                (self.delivered_on, "送达"),
                (self.answered_on, "收到意见"),
            )
            if day
        ]
        said = [str(step) for step in steps]
        if self.answer_by:
            said += [f"提出意见的期限：{line}" for line in self.answer_by.explanation.lines]
        for part in self.parts:
            said += [f"{part.label}{part.answer.explanation.steps[0]}"]
        return tuple(said)


def standing_of(
    consultation: Consultation, events: Iterable[ApplicationEvent], calendar: Calendar, today: date
) -> Standing:
    """现状, from the events of the application that bear the key."""
    held = [each for each in standing_events(events) if each.consultation_key == consultation.key]
    days = {each.kind: each.happened_on for each in held}
    sent_on, delivered_on = days.get(Kind.CONSULTATION_SENT), days.get(Kind.CONSULTATION_DELIVERED)
    consulted = Consulted(consultation.consulted)
    due = answer_due(consulted, delivered_on, calendar) if delivered_on else None
    answer = next(iter(consultation.answers.all()), None)
    return Standing(
        consultation=consultation,
        state=_state(consultation, sent_on, due, answer, today),
        sent_on=sent_on,
        delivered_on=delivered_on,
        answered_on=days.get(Kind.CONSULTATION_ANSWERED),
        answer_by=due,
        answer=answer,
        parts=parts_of(consultation, answer) if answer else (),
    )


def parts_of(consultation: Consultation, answer: Answer) -> tuple[Part, ...]:
    """意见的效果 (条例第三十二条、第三十四条)."""
    consulted = Consulted(consultation.consulted)
    overruled = hasattr(consultation, "public_interest")

    def refused(label: str) -> Part:
        opinion = _REFUSAL[bool(answer.reasonable)]
        return Part(label, effect_of(consulted, opinion, overruled=overruled))

    match answer.opinion:
        case Answer.Opinion.AGREES:
            return (Part("", effect_of(consulted, Opinion.AGREES)),)
        case Answer.Opinion.SILENT:
            return (Part("", effect_of(consulted, Opinion.SILENT)),)
        case Answer.Opinion.PARTLY:
            return (
                Part("同意的部分：", effect_of(consulted, Opinion.AGREES)),
                refused("不同意的部分："),
            )
    return (refused(""),)


def opinion_of(answer: Answer) -> Opinion:
    """意见, as the rules know it: what is refused in part is refused."""
    match answer.opinion:
        case Answer.Opinion.AGREES:
            return Opinion.AGREES
        case Answer.Opinion.SILENT:
            return Opinion.SILENT
    return _REFUSAL[bool(answer.reasonable)]


def _state(
    consultation: Consultation, sent_on: date | None, due: DueDay | None, answer: Answer | None, today: date
) -> State:
    if consultation.withdrawn_at:
        return State.WITHDRAWN
    if answer:
        return State.SILENT if answer.opinion == Answer.Opinion.SILENT else State.ANSWERED
    if sent_on is None:
        return State.DRAFT
    if due is None:
        return State.SENT
    return State.OVERDUE if today > due.day else State.WAITING

"""答复期限. The day a reply is due, folded from what happened to the application (条例第三十三条).

20 working days from receipt, at most 20 more by extension; days of consultation are not counted, overlapping ones
once; a correction or a payment starts the period afresh and an earlier extension lapses. What was recorded although
the law did not allow it, such as an extension told after the period had ended, is kept and shown but moves nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from gongkai.rules.citation import REGULATIONS
from gongkai.rules.editions import NoEdition
from gongkai.rules.explanation import Explanation, Refusal, day_text
from gongkai.rules.regulations_2019.clock import Clock, ClockState, LateRefusal, apply, objection
from gongkai.rules.regulations_2019.events import Event, Received
from gongkai.rules.regulations_2019.receipt import Receipt
from gongkai.rules.working_days import Calendar, DueDay, Span


class BrokenHistory(ValueError):
    """经过不成立. No receipt, or something dated before it; the message is for the person."""


@dataclass(frozen=True, slots=True)
class Irregularity:
    """记录在案但不合规定的一步: it happened on paper, and changes no period."""

    event: Event
    refusal: Refusal

    @property
    def late(self) -> bool:
        return isinstance(self.refusal, LateRefusal)


@dataclass(frozen=True, slots=True)
class ReplyPeriod:
    """答复期限. ``due`` is None while the applicant has to correct or to pay; then ``waiting_until`` is set.

    Its reasons are worded when somebody reads them.
    """

    state: ClockState
    received: Receipt
    counted_from: date
    due: DueDay | None
    waiting_until: DueDay | None
    waits_from_delivery: bool  # False: for a correction whose notice is not known to have arrived
    correction_notice_due: DueDay
    extended_by: int
    not_counted: tuple[Span, ...]
    replied_on: date | None
    irregularities: tuple[Irregularity, ...]
    reasons: Callable[[], Explanation] = field(repr=False, compare=False)

    @property
    def explanation(self) -> Explanation:
        """怎么算的."""
        return self.reasons()

    @property
    def due_on(self) -> date | None:
        return self.due.day if self.due else None

    @property
    def provisional(self) -> bool:
        """暂算: a day shown here was counted over a year without a holiday notice."""
        return any(day.provisional for day in (self.due, self.waiting_until) if day)

    @property
    def awaiting_confirmation(self) -> bool:
        """待确认."""
        return self.received.awaiting_confirmation

    @property
    def late(self) -> bool:
        """有逾期的延长、补正或者收费告知记录在案."""
        return any(each.late for each in self.irregularities)

    @property
    def replied_in_time(self) -> bool | None:
        """按期答复与否; None before the reply. A reply while no period was running is in time."""
        if self.replied_on is None:
            return None
        return self.due is None or self.replied_on <= self.due.day

    def overdue_on(self, day: date) -> bool:
        """到某日是否已经超期."""
        return self.due is not None and (self.replied_on or day) > self.due.day

    def deemed_abandoned_on(self, day: date) -> bool:
        """到某日是否可以视为放弃申请: the applicant's period to correct or to pay has passed. While it is not known when the
        notice reached the applicant, nobody may be taken to have given up."""
        waiting = self.waiting_until if self.replied_on is None else None
        return waiting is not None and self.waits_from_delivery and day > waiting.day


def reply_period(events: Iterable[Event], calendar: Calendar) -> ReplyPeriod:
    """答复期限 from everything recorded, in any order of recording.

    >>> from gongkai.rules.regulations_2019.consultation import Consulted
    >>> from gongkai.rules.regulations_2019.events import ConsultationAnswered, ConsultationSent
    >>> from gongkai.rules.regulations_2019.receipt import Channel
    >>> period = reply_period(
    ...     [
    ...         Received(date(2026, 3, 2), Channel.IN_PERSON),
    ...         ConsultationSent(date(2026, 3, 9), "1", Consulted.THIRD_PARTY),
    ...         ConsultationAnswered(date(2026, 3, 20), "1"),
    ...     ],
    ...     Calendar(),
    ... )
    >>> for line in period.explanation.lines: print(line)
    2026年3月2日（周一）收到，当面提交（《条例》第三十一条第一项）
    3月2日（周一）为第0日，自3月3日起算20个工作日；清明节4月4日至6日不计（《条例》第三十三条第二款）
    3月9日向第三方发出征求意见书，3月20日收到意见：3月10日至20日不计入（9个工作日）（《条例》第三十三条第三款）
    应于2026年4月13日（周一）前答复
    """
    clock, irregularities = _run(events, calendar)
    due = clock.due()
    return ReplyPeriod(
        state=clock.state,
        received=clock.receipt,
        counted_from=clock.counted_from,
        due=due,
        waiting_until=clock.waiting_until,
        waits_from_delivery=clock.state is not ClockState.AWAITING_CORRECTION
        or clock.correction_delivered_on is not None,
        correction_notice_due=clock.correction_notice_due(),
        extended_by=clock.extended_by,
        not_counted=tuple(span for _, span in clock.pauses()),
        replied_on=clock.replied_on,
        irregularities=irregularities,
        reasons=partial(_explained, clock, due),
    )


def refuse(events: Iterable[Event], event: Event, calendar: Calendar) -> Refusal | None:
    """能不能在此时做这一步: None when it may be done. For the steps offered on screen, before they are recorded."""
    clock, _ = _run(events, calendar)
    return objection(event, clock)


def _explained(clock: Clock, due: DueDay | None) -> Explanation:
    return Explanation(clock.explained(due), clock.conclusion(due))


def _run(events: Iterable[Event], calendar: Calendar) -> tuple[Clock, tuple[Irregularity, ...]]:
    # Sorting is stable: what was recorded first on one day happened first.
    history = sorted(events, key=lambda event: event.on)
    if not any(isinstance(event, Received) for event in history):
        raise BrokenHistory("没有收到申请的记录，无法计算期限，请先登记收到")
    first = history[0]
    if not isinstance(first, Received):
        raise BrokenHistory(f"{day_text(first.on)}的记录早于收到申请之日，请核对日期")
    clock = Clock(first, calendar)
    irregularities: list[Irregularity] = []
    for event in history[1:]:
        refusal = objection(event, clock)
        if refusal is None:
            apply(event, clock)
        else:
            irregularities.append(Irregularity(event, refusal))
            clock.note(event.on, f"的记录不影响期限，因为{refusal.cannot}", refusal.basis)
    received_on = clock.receipt.received_on
    if not REGULATIONS.in_force_on(received_on):
        raise NoEdition(f"{day_text(received_on)}收到的申请适用2007年的条例，期限请按当时的规定另行计算")
    return clock, tuple(irregularities)

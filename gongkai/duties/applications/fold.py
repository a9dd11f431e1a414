"""归总. The one function that writes an application's stored columns, from its events by the rules of the Regulations.

Whoever doubts a status, a due day or an outcome runs ``drift`` and sees whether the events still say so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from gongkai.agencies.access import Refusal
from gongkai.duties.applications.models import Application, ApplicationEvent
from gongkai.rules.editions import NoEdition
from gongkai.rules.regulations_2019 import events as law
from gongkai.rules.regulations_2019.clock import ClockState
from gongkai.rules.regulations_2019.consultation import Consulted
from gongkai.rules.regulations_2019.correction import DEFAULT_APPLICANT_WORKING_DAYS
from gongkai.rules.regulations_2019.receipt import Channel, ConfirmedTooEarly
from gongkai.rules.regulations_2019.reply_period import BrokenHistory, ReplyPeriod, reply_period
from gongkai.rules.working_days import Calendar, OutOfCalendar

Kind = ApplicationEvent.Kind
Status = Application.Status
_STATUS = {
    ClockState.RUNNING: Status.HANDLING,
    ClockState.AWAITING_CORRECTION: Status.AWAITING_CORRECTION,
    ClockState.AWAITING_PAYMENT: Status.AWAITING_PAYMENT,
    ClockState.REPLIED: Status.CLOSED,
}


@dataclass(frozen=True, slots=True)
class Folded:
    """归总的结果: the stored columns, by their names."""

    status: str
    outcome: str
    received_on: date
    due_on: date | None
    waiting_until: date | None
    due_is_provisional: bool
    closed_on: date | None
    closed_late: bool
    fee_collected: Decimal
    version: int


FOLDED_COLUMNS = tuple(Folded.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Written:
    """表格里写的一步: an event of a file's row before there is a record of it. Names and defaults are the model's."""

    kind: str
    happened_on: date
    outcome: str = ""
    working_days: int | None = None
    amount: Decimal | None = None
    until: date | None = None
    delivered_on: date | None = None
    sent_on: date | None = None
    consultation_key: str = ""
    consulted: str = ""
    replaces_id: int | None = None
    pk: int | None = None


Event = ApplicationEvent | Written
Happened = TypeVar("Happened", ApplicationEvent, Written)


def standing(events: Iterable[Happened]) -> list[Happened]:
    """The events that still hold: those that no later entry replaced, without the cancellations themselves."""
    events = list(events)
    replaced = {event.replaces_id for event in events if event.replaces_id}
    held = [event for event in events if event.pk not in replaced and event.kind != Kind.CANCELLED]
    return sorted(held, key=lambda event: (event.happened_on, event.pk or 0))


def in_law(event: Event, channel: str) -> law.Event | None:
    """The event as the rules know it; None for what moves no period."""
    on = event.happened_on
    match event.kind:
        case Kind.RECEIVED:
            return law.Received(on, Channel(channel))
        case Kind.RECEIPT_CONFIRMED:
            return law.ReceiptConfirmed(on)
        case Kind.CORRECTION_ASKED:
            days = event.working_days or DEFAULT_APPLICANT_WORKING_DAYS
            return law.CorrectionAsked(on, event.delivered_on, days)
        case Kind.CORRECTION_DELIVERED:
            return law.CorrectionDelivered(on)
        case Kind.CORRECTED:
            return law.Corrected(on)
        case Kind.CONSULTATION_SENT:
            return law.ConsultationSent(on, event.consultation_key, Consulted(event.consulted))
        case Kind.CONSULTATION_DELIVERED:
            return law.ConsultationDelivered(on, event.consultation_key)
        case Kind.CONSULTATION_ANSWERED:
            return law.ConsultationAnswered(on, event.consultation_key)
        case Kind.EXTENDED:
            return law.Extended(on, event.working_days or 0)
        case Kind.FEE_NOTICED:
            return law.FeeNoticed(on, event.sent_on)
        case Kind.FEE_PAID:
            return law.FeePaid(on)
        case Kind.DEFERRAL_NOTICED:
            return law.DeferralNoticed(on, event.until or on)
        case Kind.REPLIED:
            return law.Replied(on)
    return None


def period_of(events: Sequence[Event], *, channel: str, calendar: Calendar) -> ReplyPeriod:
    """答复期限 with its explanation. Raises Refusal when the history does not hold together."""
    known = [found for event in events if (found := in_law(event, channel))]
    try:
        return reply_period(known, calendar)
    except (BrokenHistory, NoEdition, ConfirmedTooEarly, OutOfCalendar) as error:
        raise Refusal(f"不能登记：{error}。") from None


def fold(events: Iterable[Happened], *, channel: str, calendar: Calendar) -> Folded:
    """归总 everything that happened. Raises Refusal when the events contradict each other."""
    every = list(events)
    held = standing(every)
    period = period_of(held, channel=channel, calendar=calendar)
    ends = [event for event in held if event.kind in (Kind.REPLIED, Kind.CLOSED)]
    if len(ends) > 1:
        raise Refusal("不能登记：这件申请已经办结。如原结果登记有误，请更正原来的登记。")
    end = ends[0] if ends else None
    received_on = period.received.received_on
    if end and end.happened_on < received_on:
        raise Refusal("不能登记：办结日期早于收到日期，请核对。")
    return Folded(
        status=Status.CLOSED if end else _open_status(period),
        outcome=end.outcome if end else "",
        received_on=received_on,
        due_on=period.due_on,
        waiting_until=period.waiting_until.day if period.waiting_until and not end else None,
        due_is_provisional=period.provisional,
        closed_on=end.happened_on if end else None,
        closed_late=bool(end and period.due_on and end.happened_on > period.due_on),
        fee_collected=sum(
            (event.amount or Decimal(0) for event in held if event.kind == Kind.FEE_PAID), Decimal(0)
        ),
        version=len(every),
    )


def write(application: Application, folded: Folded) -> None:
    """Set the folded columns on the row; the caller saves it."""
    for name in FOLDED_COLUMNS:
        setattr(application, name, getattr(folded, name))


def drift(application: Application, calendar: Calendar) -> dict[str, tuple[object, object]]:
    """不一致: stored columns that the events do not bear out, as (stored, folded). Empty when all is well."""
    folded = fold(application.events.all(), channel=application.channel, calendar=calendar)
    return {
        name: (getattr(application, name), getattr(folded, name))
        for name in FOLDED_COLUMNS
        if getattr(application, name) != getattr(folded, name)
    }


def _open_status(period: ReplyPeriod) -> str:
    status = _STATUS[period.state]
    if status == Status.HANDLING and period.awaiting_confirmation:
        return Status.AWAITING_CONFIRMATION
    return status

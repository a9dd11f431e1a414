"""看得到的材料, and how the day of receipt came about: the system's time and the confirmation, side by side (条例第三十一条)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, QuerySet

from gongkai.agencies.models import Person
from gongkai.duties.applications import barcode
from gongkai.duties.applications.counter.models import ReceivedPaper
from gongkai.duties.applications.fold import standing
from gongkai.duties.applications.models import Application, ApplicationEvent
from gongkai.rules.explanation import Explanation
from gongkai.rules.regulations_2019.receipt import Channel, receive


@dataclass(frozen=True, slots=True)
class Arrival:
    """收到的两个时间: each legal day with the moment at which the system was told of it."""

    channel: str
    arrived_on: date
    arrival_recorded_at: datetime
    confirmed_on: date | None
    confirmation_recorded_at: datetime | None
    awaits_confirmation: bool
    explanation: Explanation


def papers_of(application: Application) -> QuerySet[ReceivedPaper]:
    return application.papers.select_related("by", "taken_out_by")


def arrival(application: Application) -> Arrival:
    """收到之日怎么定的."""
    held = standing(application.events.all())
    first = next(event for event in held if event.kind == ApplicationEvent.Kind.RECEIVED)
    confirmed = next((event for event in held if event.kind == ApplicationEvent.Kind.RECEIPT_CONFIRMED), None)
    receipt = receive(
        Channel(application.channel),
        arrived_on=first.happened_on,
        confirmed_on=confirmed.happened_on if confirmed else None,
    )
    return Arrival(
        channel=application.get_channel_display(),
        arrived_on=first.happened_on,
        arrival_recorded_at=first.recorded_at,
        confirmed_on=confirmed.happened_on if confirmed else None,
        confirmation_recorded_at=confirmed.recorded_at if confirmed else None,
        awaits_confirmation=receipt.awaiting_confirmation,
        explanation=receipt.explanation,
    )


def by_scan(person: Person, typed: str) -> list[Application]:
    """扫到的是哪一件: by register number in either writing or by the case's identifier; the standing one first."""
    texts = barcode.numbers(typed)
    own = Application.objects.filter(agency=person.agency_id)
    found = list(
        own.filter(register_number__in=texts).order_by(F("voided_at").asc(nulls_first=True), "-pk")[:5]
    )
    return found or list(own.filter(public_id=texts[-1])[:1])

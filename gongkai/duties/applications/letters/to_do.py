"""文书的待办. What waits for the reviewer, the signatory, and whoever wrote the letter."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse

from gongkai.agencies.access import powers_of
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.agencies.to_do import ToDo
from gongkai.duties.applications.letters.lifecycle import State
from gongkai.duties.applications.letters.models import Delivery, Letter
from gongkai.rules.regulations_2019.delivery import COLLECT_WITHIN_DAYS

_SHOWN = 20
_WHY = {
    State.DRAFT: "退回修改",
    State.REVIEWING: "合法性审核",
    State.SIGNING: "签发",
    State.SIGNED: "编号发出",
    State.ISSUED: "登记送达",
}


def waiting(person: Person, today: date) -> Iterator[ToDo]:
    """等我办的. Due when the reply is: a letter may not make a case late."""
    powers = powers_of(person, on=today)
    mine = Q(pk__in=[])
    if Power.KEEP_REGISTERS in powers:
        own = Q(state__in=[State.SIGNED, State.ISSUED]) | (Q(state=State.DRAFT) & ~Q(returned_because=""))
        mine |= Q(author=person) & own
    if Power.REVIEW_LEGALITY in powers:
        mine |= Q(state=State.REVIEWING) & ~Q(author=person)
    if Power.SIGN_LETTERS in powers:
        mine |= Q(state=State.SIGNING) & ~Q(author=person) & (Q(reviewer__isnull=True) | ~Q(reviewer=person))
    yield from _uncollected(person, powers, today)
    if not mine:
        return
    found = Letter.objects.filter(mine, agency_id=person.agency_id).select_related("application")
    for letter in found.order_by("application__due_on", "pk")[:_SHOWN]:
        yield ToDo(
            kind="文书",
            title=f"{letter.get_kind_display()} 申请{letter.application.register_number}",
            url=reverse("letters:letter", args=[letter.public_id]),
            due_on=letter.application.due_on if letter.state != State.ISSUED else None,
            why=_WHY[State(letter.state)],
            in_working_days=True,
        )


def _uncollected(person: Person, powers: Collection[Power], today: date) -> Iterator[ToDo]:
    """放在门户上没有领取的: sent by post instead, and the first attempt told as not delivered."""
    if Power.KEEP_REGISTERS not in powers:
        return
    waiting = Delivery.objects.filter(
        agency_id=person.agency_id,
        way=Delivery.Way.PORTAL,
        state=Delivery.State.SENT,
        sent_on__lt=today - timedelta(days=COLLECT_WITHIN_DAYS),
        letter__author=person,
    )
    for delivery in waiting.select_related("letter__application").order_by("offered_at", "pk")[:_SHOWN]:
        yield ToDo(
            kind="文书",
            title=f"{delivery.letter.get_kind_display()} 申请{delivery.letter.application.register_number}",
            url=reverse("letters:letter", args=[delivery.letter.public_id]),
            due_on=today,
            why=f"放在门户上{COLLECT_WITHIN_DAYS}天没有领取，请登记未送达，改为邮寄",
        )

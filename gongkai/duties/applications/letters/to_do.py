"""文书的待办. What waits for the reviewer, the signatory, and whoever wrote the letter."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse

from gongkai.agencies.access import powers_of
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.agencies.to_do import ToDo
from gongkai.duties.applications.letters.lifecycle import State
from gongkai.duties.applications.letters.models import Letter

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

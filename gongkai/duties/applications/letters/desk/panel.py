"""案件页的文书栏. What the case's own page shows of its letters: templates/letters/_panel.html with these."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.access import Refusal, may
from gongkai.agencies.models import Person
from gongkai.duties.applications.letters import queries
from gongkai.duties.applications.letters.models import Delivery, Letter
from gongkai.duties.applications.letters.permissions import READERS, require_writer
from gongkai.duties.applications.letters.rooms import ROOMS
from gongkai.duties.applications.matters.queries import answered
from gongkai.duties.applications.models import Application
from gongkai.rules.regulations_2019.letters import KINDS, ends_the_case, kind_for_result


@dataclass(frozen=True, slots=True)
class Row:
    """文书的一行."""

    letter: Letter
    delivered: str
    address: str


@dataclass(frozen=True, slots=True)
class Offer:
    """可以拟的一种, and its address."""

    name: str
    address: str


def panel(case: Application, person: Person) -> dict[str, Any]:
    """``letters`` newest first, ``letter_offers`` the kinds that may be drafted now, ``letters_closed`` why none may."""
    closed = ""
    try:
        require_writer(case, by=person)
    except Refusal as refusal:
        closed = str(refusal)
    if case.voided_at:
        closed = "这件申请已经作废。"
    today = timezone.localdate()
    reads = any(may(person, power, case.agency, on=today) for power in READERS)
    return {
        "letters": [row_of(each, reads=reads) for each in queries.of_case(case)],
        "letter_offers": [] if closed else _offers(case),
        "letters_closed": closed,
        "letters_address": reverse("letters:case", args=[case.public_id]),
    }


def row_of(letter: Letter, *, reads: bool) -> Row:
    return Row(letter, delivered(letter), reverse("letters:letter", args=[letter.public_id]) if reads else "")


def delivered(letter: Letter) -> str:
    """送达情况, in a few words: the last attempt, and how many there were."""
    attempts = list(letter.deliveries.all())
    if not attempts:
        return "还没有登记送达" if letter.is_issued else ""
    last = attempts[-1]
    day = last.delivered_on or last.sent_on
    words = f"{last.get_way_display()}，{last.get_state_display()}"
    if day and last.state != Delivery.State.FAILED:
        words += f" {day:%Y-%m-%d}"
    return words + (f"（第{len(attempts)}次）" if len(attempts) > 1 else "")


def _offers(case: Application) -> list[Offer]:
    final = _final(case)
    is_open = case.status != Application.Status.CLOSED
    return [
        Offer(kind.name, reverse("letters:draft", args=[case.public_id, kind.key]))
        for kind in KINDS
        if kind.key not in ROOMS and (kind.key == final if ends_the_case(kind.key) else is_open)
    ]


def _final(case: Application) -> str:
    """答复书 or 终止办理告知书, by the result that follows from the matters; 答复书 while there is none."""
    if case.status == Application.Status.CLOSED:
        return ""
    found = answered(case).outcome
    return kind_for_result(found.result.key) if found and found.result else "reply"

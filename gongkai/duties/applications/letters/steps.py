"""文书与经过. The step on the case that a letter takes, or the one already taken that it tells of."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from django.db import transaction

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Person
from gongkai.duties.applications import actions
from gongkai.duties.applications.consultation import actions as consultations
from gongkai.duties.applications.fold import standing
from gongkai.duties.applications.letters import rooms
from gongkai.duties.applications.letters.models import Letter
from gongkai.duties.applications.models import Application, ApplicationEvent
from gongkai.rules.regulations_2019.consultation import Consulted

Kind = ApplicationEvent.Kind
STEP_OF: dict[str, str] = {
    "correction": Kind.CORRECTION_ASKED,
    "extension": Kind.EXTENDED,
    "third_party_consultation": Kind.CONSULTATION_SENT,
    "co_maker_consultation": Kind.CONSULTATION_SENT,
    "other_agency_consultation": Kind.CONSULTATION_SENT,
    "fee_notice": Kind.FEE_NOTICED,
    "deferral": Kind.DEFERRAL_NOTICED,
    "reply": Kind.REPLIED,
    "closing": Kind.CLOSED,
}
# Taken on the day that counts for the way of delivery; a fee is due from the day its notice was received.
AWAITING_DELIVERY = frozenset({"reply", "fee_notice"})
_TAKERS: dict[str, Callable[[Letter, date, Person, str], Application]] = {
    "extension": lambda letter, on, by, means: actions.extend_reply(
        letter.application, on=on, by=by, working_days=letter.working_days or 0, note=letter.number
    ),
    "third_party_consultation": lambda letter, on, by, means: actions.consult(
        letter.application, on=on, by=by, key=letter.consultation_key, consulted=Consulted.THIRD_PARTY
    ),
    "co_maker_consultation": lambda letter, on, by, means: actions.consult(
        letter.application, on=on, by=by, key=letter.consultation_key, consulted=Consulted.CO_MAKER
    ),
    "other_agency_consultation": lambda letter, on, by, means: actions.consult(
        letter.application, on=on, by=by, key=letter.consultation_key, consulted=Consulted.OTHER_AGENCY
    ),
    "deferral": lambda letter, on, by, means: actions.defer_reply(
        letter.application, on=on, by=by, until=letter.until or on
    ),
    "reply": lambda letter, on, by, means: actions.reply(
        letter.application, on=on, by=by, outcome=letter.result, delivery_means=means, note=letter.number
    ),
    "closing": lambda letter, on, by, means: actions.close(
        letter.application, on=on, by=by, outcome=letter.result, note=letter.number
    ),
}


def told_already(letter: Letter) -> ApplicationEvent | None:
    """A standing step of the same kind and the same values that no letter tells of yet: agreed to on another screen."""
    kind = STEP_OF.get(letter.kind)
    if kind is None or letter.kind == "reply":
        return None
    for event in reversed(standing(letter.application.events.all())):
        if event.kind == kind and not Letter.objects.filter(event=event).exists() and _same(letter, event):
            return event
    return None


def take(
    letter: Letter,
    *,
    on: date,
    by: Person,
    means: str = "",
    delivered_on: date | None = None,
    sent_on: date | None = None,
) -> ApplicationEvent | None:
    """登记这一步 in the caller's transaction; the letter and the step name each other. None for letters that take none."""
    if letter.origin and letter.kind == "reasons_asked":
        rooms.send(letter.application, letter.kind, letter.origin, on=on, until=None, by=by)
    if letter.kind not in STEP_OF:
        return None
    if earlier := told_already(letter):
        return earlier
    before = letter.application.events.order_by("-pk").values_list("pk", flat=True).first() or 0
    if letter.origin:
        rooms.send(
            letter.application, letter.kind, letter.origin, on=on, until=letter.until, by=by, sent_on=sent_on
        )
    elif letter.kind == "fee_notice":
        actions.notice_fee(
            letter.application, on=on, by=by, amount=letter.amount or Decimal(0), sent_on=sent_on
        )
    elif letter.kind == "correction":  # its period for the applicant runs from the day it reached him
        actions.ask_for_correction(
            letter.application, on=on, by=by, working_days=letter.working_days, delivered_on=delivered_on
        )
    else:
        _TAKERS[letter.kind](letter, on, by, means)
    event = letter.application.events.filter(pk__gt=before, kind=STEP_OF[letter.kind]).order_by("-pk").first()
    if event is None:
        raise Refusal("不能发出：没有登记上申请的这一步，请刷新后重试。")
    return event


def tell_delivered(letter: Letter, *, on: date, by: Person, means: str = "") -> str:
    """送达以后, for the record that the letter tells of: the other side's days begin, a third party has been told.
    Why it could not be entered, "" when it was or need not be."""
    if letter.kind == "third_party_notice" and letter.origin:
        return _tell_third_party(letter, on=on, means=means, by=by)
    if letter.event is None or letter.event.kind not in (Kind.CONSULTATION_SENT, Kind.CORRECTION_ASKED):
        return ""
    held = standing(letter.application.events.all())
    is_correction = letter.event.kind == Kind.CORRECTION_ASKED
    delivered = Kind.CORRECTION_DELIVERED if is_correction else Kind.CONSULTATION_DELIVERED
    if letter.event.delivered_on or any(
        each.kind == delivered and each.consultation_key == ("" if is_correction else letter.consultation_key)
        for each in held
    ):
        return ""
    try:
        with transaction.atomic():
            if is_correction:
                actions.deliver_correction(letter.application, on=on, by=by)
                return ""
            consultation = rooms.consultation_of(
                letter.application, origin=letter.origin, key=letter.consultation_key
            )
            if consultation:
                consultations.deliver(consultation, on=on, by=by)
            else:
                actions.deliver_consultation(letter.application, on=on, by=by, key=letter.consultation_key)
    except Refusal as refusal:
        return str(refusal)
    return ""


def _tell_third_party(letter: Letter, *, on: date, means: str, by: Person) -> str:
    consultation = rooms.consultation_of(letter.application, origin=letter.origin, key="")
    if consultation is None or consultation.public_interest.told_on:
        return ""
    try:
        with transaction.atomic():
            consultations.tell_third_party(consultation, on=on, means=means, by=by)
    except Refusal as refusal:
        return str(refusal)
    return ""


def require_taken_back(letter: Letter) -> None:
    """A step is taken back by two people on the case; only then may its letter be voided."""
    event = letter.event
    while event is not None:
        later = ApplicationEvent.objects.filter(replaces=event).first()
        if later is None:
            break
        event = later
    if event is not None and event.kind != Kind.CANCELLED:
        raise Refusal(
            f"不能作废：这件文书登记的“{event.get_kind_display()}”还在计算期限。请先在申请的经过里提出撤销，"
            "由另一人同意，再作废文书。"
        )


def _same(letter: Letter, event: ApplicationEvent) -> bool:
    return (
        event.working_days == letter.working_days
        and event.amount == letter.amount
        and event.consultation_key == letter.consultation_key
        and (letter.kind != "deferral" or event.until == letter.until)
        and event.outcome == (letter.result if letter.kind == "closing" else "")
    )

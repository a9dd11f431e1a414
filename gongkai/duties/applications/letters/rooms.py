"""案件各室的文书. What a letter says that a room of the case decided already, and the room's own step that the letter takes.

A letter names the record it comes from (``origin``). Its words, addressee, days and sum are that record's; its issue and
its delivery are the room's own steps, so nothing is typed a second time and nothing stands in two places.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import AgencyRecord, Person
from gongkai.duties.applications.consultation import actions as consultations
from gongkai.duties.applications.consultation.models import Consultation
from gongkai.duties.applications.fees import actions as fees
from gongkai.duties.applications.fees.computing import fee_of
from gongkai.duties.applications.fees.models import FeeProposal
from gongkai.duties.applications.frequent import actions as frequent
from gongkai.duties.applications.frequent import queries as frequent_queries
from gongkai.duties.applications.frequent.models import Look, ReasonsAsked
from gongkai.duties.applications.handling import actions as handling
from gongkai.duties.applications.handling.models import Extension
from gongkai.duties.applications.letters.case_facts import amount_text
from gongkai.duties.applications.models import Application
from gongkai.rules.processing_fee_2020.fee import Way
from gongkai.rules.regulations_2019.consultation import Consulted
from gongkai.rules.regulations_2019.correction import DEFAULT_APPLICANT_WORKING_DAYS
from gongkai.rules.regulations_2019.excessive import ExcessiveHandling

CONSULTATION_KINDS = {
    Consulted.THIRD_PARTY: "third_party_consultation",
    Consulted.CO_MAKER: "co_maker_consultation",
    Consulted.OTHER_AGENCY: "other_agency_consultation",
}
_NO_RECORD = "不能拟稿：没有找到这件文书所依据的记录，或者它已经撤回、办结。请刷新页面。"
Given = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Room:
    """一室. ``where`` is its name on the screen; ``asked`` what its records leave for a person to say."""

    where: str
    find: Callable[[Application, str], AgencyRecord | None]
    given: Callable[[Any], Given]
    asked: tuple[str, ...] = ()


def of_record(case: Application, kind: str, origin: str) -> Given:
    """拟稿所需的, from the record; refused when there is none, or none that a letter may still tell of."""
    record = ROOMS[kind].find(case, origin)
    if record is None:
        raise Refusal(_NO_RECORD)
    return ROOMS[kind].given(record)


def ready(case: Application, where: str = "") -> Iterator[tuple[str, AgencyRecord]]:
    """可以拟文书的记录 of one room or of all: each with the kind of its letter, whether or not one was drafted."""
    for name, found in _READY.items():
        if where in ("", name):
            yield from found(case)


def send(
    case: Application,
    kind: str,
    origin: str,
    *,
    on: date,
    until: date | None,
    by: Person,
    sent_on: date | None = None,
) -> None:
    """办这一步, as the room does it."""
    record = ROOMS[kind].find(case, origin)
    match record:
        case Consultation() if kind != "third_party_notice":
            consultations.send(record, on=on, by=by)
        case Extension():
            handling.tell_applicant(record, on=on, by=by)
        case FeeProposal():
            fees.notice(record, on=on, by=by, sent_on=sent_on)
        case Look():
            frequent.ask_for_reasons(case, on=on, by=by)
        case ReasonsAsked():
            frequent.defer(record, on=on, until=until or on, by=by)
        case None:
            raise Refusal("不能发出：这件文书所依据的记录已经撤回或者办结。请作废这件文书。")


def consultation_of(case: Application, *, origin: str, key: str) -> Consultation | None:
    """The consultation that a letter asks for or tells of; by its key where the letter was drafted without it."""
    found = case.consultations.filter(withdrawn_at__isnull=True)
    by_origin = found.filter(public_id=origin).first() if origin else None
    return by_origin or (found.filter(key=key).first() if key else None)


def _consultation(consulted: Consulted) -> Callable[[Application, str], AgencyRecord | None]:
    def find(case: Application, origin: str) -> AgencyRecord | None:
        found: AgencyRecord | None = case.consultations.filter(
            public_id=origin, consulted=consulted, is_open=True
        ).first()
        return found

    return find


def _asked(consultation: Consultation) -> Given:
    return {
        "recipient": consultation.unseal("name"),
        "said": consultation.unseal("asked"),
        "consultation_key": consultation.key,
    }


def _overruled(case: Application, origin: str) -> AgencyRecord | None:
    found: AgencyRecord | None = case.consultations.filter(
        public_id=origin, public_interest__isnull=False, public_interest__told_on__isnull=True
    ).first()
    return found


def _told(consultation: Consultation) -> Given:
    decision = consultation.public_interest
    content, reason = (decision.unseal(name).strip().rstrip("。") for name in ("content", "reason"))
    return {"recipient": consultation.unseal("name"), "said": f"{content}。理由：{reason}"}


def _agreed(case: Application, origin: str) -> AgencyRecord | None:
    found: AgencyRecord | None = case.extensions.filter(
        public_id=origin, state=Extension.State.AGREED
    ).first()
    return found


def _decided(case: Application, origin: str) -> AgencyRecord | None:
    found: AgencyRecord | None = case.fee_proposals.filter(
        public_id=origin, state=FeeProposal.State.DECIDED
    ).first()
    return found


def _standard(proposal: FeeProposal) -> Given:
    steps = "；".join(step.text for step in fee_of(proposal).explanation.steps)
    less = (
        ""
        if proposal.amount == proposal.computed
        else f"；减收后收取{amount_text(proposal.amount or Decimal(0))}元"
    )
    return {"said": f"{Way(proposal.way).label}：{steps}{less}", "amount": proposal.amount}


def _excessive(case: Application, origin: str) -> AgencyRecord | None:
    look: Look | None = frequent_queries.looks(case).first()
    stands = look and look.public_id == origin and look.finding == Look.Finding.EXCESSIVE
    return look if stands and not case.reasons_asked.filter(handling="").exists() else None


def _how_often(look: Look) -> Given:
    return {
        "said": f"当月已提出{look.items_in_month}件，当年已提出{look.items_in_year}件",
        # Article 35 gives no period; the one of a correction is the office's own practice (待核).
        "working_days": DEFAULT_APPLICANT_WORKING_DAYS,
    }


def _to_defer(case: Application, origin: str) -> AgencyRecord | None:
    found: AgencyRecord | None = case.reasons_asked.filter(
        public_id=origin, handling=ExcessiveHandling.DEFER, event__isnull=True
    ).first()
    return found


def _consultations_ready(case: Application) -> Iterator[tuple[str, AgencyRecord]]:
    for consultation in case.consultations.select_related("public_interest"):
        if consultation.is_open:
            yield CONSULTATION_KINDS[Consulted(consultation.consulted)], consultation
        decision = getattr(consultation, "public_interest", None)
        if decision and decision.told_on is None:
            yield "third_party_notice", consultation


def _frequency_ready(case: Application) -> Iterator[tuple[str, AgencyRecord]]:
    look = frequent_queries.looks(case).first()
    if look and _excessive(case, look.public_id):
        yield "reasons_asked", look
    for asked in case.reasons_asked.filter(handling=ExcessiveHandling.DEFER, event__isnull=True):
        yield "deferral", asked


_READY: dict[str, Callable[[Application], Iterator[tuple[str, AgencyRecord]]]] = {
    "征求意见": _consultations_ready,
    "承办": lambda case: (
        ("extension", each) for each in case.extensions.filter(state=Extension.State.AGREED)
    ),
    "收费": lambda case: (
        ("fee_notice", each) for each in case.fee_proposals.filter(state=FeeProposal.State.DECIDED)
    ),
    "申请频次": _frequency_ready,
}
ROOMS = {
    **{
        kind: Room("征求意见", _consultation(consulted), _asked)
        for consulted, kind in CONSULTATION_KINDS.items()
    },
    "third_party_notice": Room("征求意见", _overruled, _told),
    "extension": Room(
        "承办", _agreed, lambda each: {"said": each.unseal("reason"), "working_days": each.working_days}
    ),
    "fee_notice": Room("收费", _decided, _standard, ("how",)),
    "reasons_asked": Room("申请频次", _excessive, _how_often),
    "deferral": Room("申请频次", _to_defer, lambda each: {}, ("said", "until")),
}

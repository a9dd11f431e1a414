"""更正案卷的经过. One person says what is wrong and why; another agrees or not. Both entries stay readable (TIM-06)."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal, may
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.agencies.working_days import calendar
from gongkai.audit.record import record
from gongkai.duties.remedies.actions.holding import follow
from gongkai.duties.remedies.actions.steps import lock, require_file_keeper, require_past, write_event
from gongkai.duties.remedies.fold import fold, refold
from gongkai.duties.remedies.models import CaseEvent, CaseFile, ProposedCorrection
from gongkai.duties.remedies.models.case_files import CANCELLED
from gongkai.registers.actions import require_reason
from gongkai.rules.remedy_cases.events import Kind

AGREEING = (Power.KEEP_REGISTERS, Power.REVIEW_LEGALITY)
_CHANGED = ("happened_on", "until", "served_on", "decision", "working_days")
_KEPT = ("number", "at_time", "place", "by_us", "note", "handed_in")
State = ProposedCorrection.State


def propose(
    event: CaseEvent,
    *,
    reason: str,
    by: Person,
    happened_on: date | None = None,
    until: date | None = None,
    served_on: date | None = None,
    decision: str = "",
    working_days: int | None = None,
    cancel: bool = False,
) -> ProposedCorrection:
    """提出更正. Nothing changes yet; what could not stand is refused at once."""
    reason = require_reason(reason)
    happened_on = happened_on or event.happened_on
    require_past(happened_on)
    with transaction.atomic():
        file = lock(event.file)
        require_correctable(event, file, by=by)
        if cancel and event.kind == Kind.ACCEPTED.value:
            raise Refusal("不能撤销受理（立案）的登记。整件登记有误的，请作废这件案卷。")
        proposal = ProposedCorrection(
            agency=file.agency,
            event=event,
            is_cancellation=cancel,
            happened_on=event.happened_on if cancel else happened_on,
            until=None if cancel else until,
            served_on=None if cancel else served_on,
            decision="" if cancel else decision,
            working_days=None if cancel else working_days,
            reason=reason,
            by=by,
        )
        if not cancel and all(getattr(proposal, name) == getattr(event, name) for name in _CHANGED):
            raise Refusal("不能更正：没有改动。请修改以后再提出。")
        _require_sound(file, proposal)
        try:
            with transaction.atomic():
                proposal.save(force_insert=True)
        except IntegrityError:
            raise Refusal("不能更正：这一条已经有待复核的更正。请先复核原来提出的。") from None
        record("remedies.case_file.correction_proposed", by=by, subject=proposal, reason=reason)
    return proposal


def agree(proposal: ProposedCorrection, *, by: Person) -> CaseFile:
    """同意更正: the new entry replaces the wrong one, and everything is counted anew."""
    with transaction.atomic():
        file = lock(proposal.event.file)
        proposal = _waiting(proposal, file, by=by)
        event = proposal.event
        kept = {name: getattr(event, name) for name in _KEPT}
        write_event(
            file,
            CANCELLED if proposal.is_cancellation else event.kind,
            by=proposal.by,
            agreed_by=by,
            replaces=event,
            reason=proposal.reason,
            **{name: getattr(proposal, name) for name in _CHANGED},
            **kept,
        )
        refold(file, calendar())
        follow(file, by=by)
        _decide(proposal, State.AGREED, by=by)
        record("remedies.case_file.correction_agreed", by=by, subject=proposal, reason=proposal.reason)
    return file


def decline(proposal: ProposedCorrection, *, opinion: str, by: Person) -> ProposedCorrection:
    """不同意更正."""
    opinion = require_reason(opinion, of="不同意更正")
    with transaction.atomic():
        file = lock(proposal.event.file)
        proposal = _waiting(proposal, file, by=by)
        proposal.opinion = opinion
        _decide(proposal, State.DECLINED, by=by)
        record("remedies.case_file.correction_declined", by=by, subject=proposal, reason=opinion)
    return proposal


def require_correctable(event: CaseEvent, file: CaseFile, *, by: Person) -> None:
    """能不能更正这一条: asked before the form opens, and again when it is sent."""
    require_file_keeper(file, by=by)
    if event.kind == CANCELLED or CaseEvent.objects.filter(replaces=event).exists():
        raise Refusal("不能更正：这一条已经被更正过，请更正最新的一条。")


def require_second_person(proposal: ProposedCorrection, *, by: Person) -> None:
    """复核的人: another than who proposed, with one of the powers."""
    today = timezone.localdate()
    answers = [may(by, power, proposal.agency, on=today) for power in AGREEING]
    if not any(answers):
        raise Refusal(str(getattr(answers[0], "reason", "")))
    if proposal.by_id == by.pk:
        raise Refusal("不能复核：更正是您提出的，应当由另一人复核。请其他登记台账的人或者法制审核员办理。")
    if proposal.state != State.WAITING:
        raise Refusal(f"不能复核：这项更正{proposal.get_state_display()}，不能再次办理。")


def _waiting(proposal: ProposedCorrection, file: CaseFile, *, by: Person) -> ProposedCorrection:
    fresh = ProposedCorrection.objects.select_related("event", "by", "agency").get(pk=proposal.pk)
    require_second_person(fresh, by=by)
    if file.entry.voided_at:
        raise Refusal("不能复核：这件案卷已经作废。")
    if CaseEvent.objects.filter(replaces=fresh.event).exists():
        raise Refusal("不能更正：这一条已经被更正过，请更正最新的一条。")
    return fresh


def _decide(proposal: ProposedCorrection, state: str, *, by: Person) -> None:
    proposal.state, proposal.decided_by, proposal.decided_at = state, by, timezone.now()
    proposal.save(update_fields=["state", "decided_by", "decided_at", "opinion"])


def _require_sound(file: CaseFile, proposal: ProposedCorrection) -> None:
    """Fold the history as it would be; raises Refusal."""
    events = list(file.events.all())
    last = max(each.pk for each in events)
    replacing = CaseEvent(
        pk=last + 1,
        file=file,
        kind=CANCELLED if proposal.is_cancellation else proposal.event.kind,
        replaces_id=proposal.event_id,
        **{name: getattr(proposal, name) for name in _CHANGED},
        number=proposal.event.number,
        by_us=proposal.event.by_us,
    )
    fold([*events, replacing], track=file.track, began_simplified=file.began_simplified, calendar=calendar())

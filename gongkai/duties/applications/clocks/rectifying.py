"""更正经过. One person proposes, another agrees; the wrong entry and the reason stay readable (TIM-06)."""

from copy import copy
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Person
from gongkai.agencies.working_days import calendar
from gongkai.audit.record import record
from gongkai.duties.applications import actions
from gongkai.duties.applications.clocks.models import Rectification
from gongkai.duties.applications.fold import fold
from gongkai.duties.applications.models import Application, ApplicationEvent
from gongkai.registers.actions import lock, require_reason

State = Rectification.State


def propose(
    event: ApplicationEvent,
    *,
    reason: str,
    by: Person,
    happened_on: date | None = None,
    outcome: str | None = None,
    cancels: bool = False,
) -> Rectification:
    """提出更正. What could not be corrected so is refused now, not when the second person agrees."""
    reason = require_reason(reason, of="经过的更正")
    with transaction.atomic():
        application = lock(event.application)
        actions.require_rectifiable(event, application, by=by)
        proposal = Rectification(
            agency=event.agency,
            event=event,
            cancels=cancels,
            happened_on=happened_on or event.happened_on,
            outcome=event.outcome if outcome is None else outcome,
            reason=reason,
            by=by,
        )
        _require_holds(application, proposal)
        try:
            with transaction.atomic():
                proposal.save(force_insert=True)
        except IntegrityError:
            raise Refusal("不能提出：这一条已有一项更正在等另一人同意，请先处理它。") from None
        record(
            "applications.rectification.proposed",
            by=by,
            subject=proposal,
            reason=reason,
            detail={"event": event.public_id},
        )
    return proposal


def agree(proposal: Rectification, *, by: Person) -> Application:
    """同意更正: the entry is replaced now, in the name of both."""
    with transaction.atomic():
        proposal = _decide(proposal, State.AGREED, by=by, opinion="")
        event = ApplicationEvent.objects.select_related("application").get(pk=proposal.event_id)
        both: dict[str, Any] = {"reason": proposal.reason, "by": proposal.by, "agreed_by": by}
        if proposal.cancels:
            application = actions.cancel_event(event, **both)
        else:
            application = actions.rectify_event(
                event, happened_on=proposal.happened_on, outcome=proposal.outcome, **both
            )
        record("applications.rectification.agreed", by=by, subject=proposal)
    return application


def decline(proposal: Rectification, *, opinion: str, by: Person) -> Rectification:
    """不同意更正; the one who proposed it may so take it back."""
    opinion = require_reason(opinion, of="不同意更正")
    with transaction.atomic():
        proposal = _decide(proposal, State.DECLINED, by=by, opinion=opinion)
        record("applications.rectification.declined", by=by, subject=proposal, reason=opinion)
    return proposal


def _decide(proposal: Rectification, state: str, *, by: Person, opinion: str) -> Rectification:
    lock(proposal.event.application)
    proposal = Rectification.objects.select_for_update(of=("self",)).select_related("by").get(pk=proposal.pk)
    if proposal.state != State.WAITING:
        raise Refusal(f"不能办理：这项更正{proposal.get_state_display()}。")
    if proposal.by_id == by.pk:
        raise Refusal("不能由提出人自己决定：更正经过要由另一人同意。请本科室的其他人办理。")
    application = proposal.event.application
    actions.require_rectifiable(proposal.event, application, by=by)
    proposal.state, proposal.decided_by = state, by
    proposal.decided_at, proposal.opinion = timezone.now(), opinion
    proposal.save(update_fields=["state", "decided_by", "decided_at", "opinion"])
    return proposal


def _require_holds(application: Application, proposal: Rectification) -> None:
    """The history as it would be then: it must hold together."""
    event = proposal.event
    if proposal.happened_on > timezone.localdate():
        raise Refusal("日期在今天之后，请核对。")
    if proposal.cancels and event.kind == ApplicationEvent.Kind.RECEIVED:
        raise Refusal("不能撤销收到申请的登记。整件登记有误的，请作废这件申请。")
    if not proposal.cancels and (proposal.happened_on, proposal.outcome) == (
        event.happened_on,
        event.outcome,
    ):
        raise Refusal("不能更正：没有改动。请修改日期或者结果后再保存。")
    history = [each for each in application.events.all() if each.pk != event.pk]
    if not proposal.cancels:
        instead = copy(event)
        instead.happened_on, instead.outcome = proposal.happened_on, proposal.outcome
        history.append(instead)
    fold(history, channel=application.channel, calendar=calendar())

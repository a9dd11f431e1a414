"""延期. Proposed with days and reason, agreed by the head of the disclosure office, told to the applicant (条例第三十三条第二款)."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal, require
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.agencies.working_days import calendar
from gongkai.audit.record import record
from gongkai.duties.applications import actions as applications
from gongkai.duties.applications.fold import in_law, standing
from gongkai.duties.applications.handling.actions.commissioning import LONGEST
from gongkai.duties.applications.handling.models import Extension
from gongkai.duties.applications.models import Application, ApplicationEvent
from gongkai.duties.applications.opening import open_case
from gongkai.registers import actions as registers
from gongkai.registers.actions import require_reason
from gongkai.rules.regulations_2019.events import Extended
from gongkai.rules.regulations_2019.reply_period import refuse

State = Extension.State


def propose(application: Application, *, working_days: int, reason: str, by: Person) -> Extension:
    """提出延期. Asked of the rules at once, so that nobody agrees to what the law does not allow."""
    reason = reason.strip()
    if not reason:
        raise Refusal("请写明延长的理由，负责人据此决定是否同意。")
    if len(reason) > LONGEST:
        raise Refusal(f"延长的理由最多{LONGEST}字，请写得简短一些。")
    try:
        with transaction.atomic():
            case = open_case(application, by=by)
            _require_allowed(case, working_days, on=timezone.localdate())
            proposal = Extension(agency=case.agency, application=case, working_days=working_days, by=by)
            proposal.seal("reason", reason)
            proposal.save(force_insert=True)
            record("handling.extension_proposed", by=by, subject=proposal, detail={"days": working_days})
    except IntegrityError:
        raise Refusal("不能提出：这件申请已经有一个延期审批在办。请先办完，或者撤回。") from None
    return proposal


def agree(proposal: Extension, *, by: Person, opinion: str = "") -> Extension:
    """同意延期, by another person with the power. The period is longer only once the applicant is told."""
    with transaction.atomic():
        proposal = _to_decide(proposal, by=by)
        _require_allowed(proposal.application, proposal.working_days, on=timezone.localdate())
        _decide(proposal, State.AGREED, opinion.strip(), by=by)
        record("handling.extension_agreed", by=by, subject=proposal, reason=proposal.opinion)
    return proposal


def decline(proposal: Extension, *, opinion: str, by: Person) -> Extension:
    """不同意延期, with the reason."""
    opinion = require_reason(opinion, of="不同意延期")
    with transaction.atomic():
        proposal = _to_decide(proposal, by=by)
        _decide(proposal, State.DECLINED, opinion, by=by)
        record("handling.extension_declined", by=by, subject=proposal, reason=opinion)
    return proposal


def withdraw(proposal: Extension, *, by: Person) -> Extension:
    """撤回, while the applicant has not been told."""
    with transaction.atomic():
        open_case(proposal.application, by=by)
        proposal = _locked(proposal, State.PROPOSED, State.AGREED)
        proposal.state = State.WITHDRAWN
        proposal.save(update_fields=["state"])
        record("handling.extension_withdrawn", by=by, subject=proposal)
    return proposal


def tell_applicant(proposal: Extension, *, on: date, by: Person) -> Extension:
    """告知申请人: the event of the law, on the day the applicant was told; the days follow."""
    with transaction.atomic():
        case = open_case(proposal.application, by=by)
        proposal = _locked(proposal, State.AGREED)
        if proposal.decided_at and on < timezone.localtime(proposal.decided_at).date():
            raise Refusal("不能登记：告知日期早于负责人同意的日期。延期要先同意、后告知，请核对。")
        agreed_by = proposal.decided_by.name if proposal.decided_by else ""
        applications.extend_reply(
            case, on=on, by=by, working_days=proposal.working_days, note=f"{agreed_by}同意延期"
        )
        proposal.event = case.events.filter(kind=ApplicationEvent.Kind.EXTENDED).latest("pk")
        proposal.state = State.TOLD
        proposal.save(update_fields=["state", "event"])
        record("handling.extension_told", by=by, subject=proposal, detail={"on": on})
    return proposal


def _to_decide(proposal: Extension, *, by: Person) -> Extension:
    require(by, Power.EXTEND_REPLY, proposal.agency, on=timezone.localdate())
    case = registers.lock(proposal.application)
    if case.voided_at or case.closed_on:
        raise Refusal("不能审批：这件申请已经办结或者作废。")
    proposal = _locked(proposal, State.PROPOSED)
    if proposal.by_id == by.pk:
        raise Refusal("不能审批：这是您自己提出的延期，要由另一个有此职权的人决定（条例第三十三条第二款）。")
    return proposal


def _decide(proposal: Extension, state: State, opinion: str, *, by: Person) -> None:
    proposal.state, proposal.opinion = state, opinion[:200]
    proposal.decided_by, proposal.decided_at = by, timezone.now()
    proposal.save(update_fields=["state", "opinion", "decided_by", "decided_at"])


def _locked(proposal: Extension, *states: State) -> Extension:
    found = Extension.objects.select_for_update(of=("self",)).select_related("application", "decided_by")
    proposal = found.get(pk=proposal.pk)
    if proposal.state not in states:
        raise Refusal(f"不能办理：这个延期审批现在是“{proposal.get_state_display()}”，请刷新页面。")
    return proposal


def _require_allowed(case: Application, working_days: int, *, on: date) -> None:
    held = standing(case.events.all())
    known = [found for each in held if (found := in_law(each, case.channel))]
    if objection := refuse(known, Extended(on, working_days), calendar()):
        raise Refusal(str(objection))

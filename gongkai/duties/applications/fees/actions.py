"""收费的办理. Propose by rule, decide as another person, notice, register the payment or the end without one."""

from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal, require
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.powers import Power
from gongkai.audit.record import record
from gongkai.duties.applications import actions as applications
from gongkai.duties.applications.fees.computing import only_tells_where, practice_of, way_already
from gongkai.duties.applications.fees.models import FeeProposal, Practice
from gongkai.duties.applications.models import Application, ApplicationEvent
from gongkai.duties.applications.opening import open_case
from gongkai.registers import actions as registers
from gongkai.registers.actions import require_reason
from gongkai.rules.processing_fee_2020 import local
from gongkai.rules.processing_fee_2020.fee import Way, refuse_way

State = FeeProposal.State
Kind = ApplicationEvent.Kind
MOST_UNITS = 1_000_000  # against a slip of the finger
_LONGEST = 2000


def set_practice(*, way: str, free_items: int, free_pages: int, by: Person) -> Practice:
    """设定收费做法, in the applicant's favour only."""
    require(by, Power.DECIDE_FEE, by.agency, on=timezone.localdate())
    if way and way not in set(Way):
        raise Refusal("请选择计收方式，或者选逐件决定。")
    wanted = local.Practice(Way(way) if way else None, free_items, free_pages)
    if refusal := local.refuse_practice(wanted):
        raise Refusal(str(refusal))
    with transaction.atomic():
        Agency.objects.select_for_update().get(pk=by.agency_id)
        if practice_of(by.agency) == wanted:
            raise Refusal("没有改动，没有保存。")
        practice = Practice.objects.create(
            agency=by.agency, way=way, free_items=free_items, free_pages=free_pages, by=by
        )
        detail = {"way": way, "free_items": free_items, "free_pages": free_pages}
        record("fees.practice_set", by=by, subject=practice, detail=detail)
    return practice


def propose(
    application: Application,
    *,
    way: str,
    units: int,
    by: Person,
    earlier_items: int = 0,
    amount: Decimal | None = None,
    relief: str = "",
) -> FeeProposal:
    """提出收费: the sum by rule, or less with a reason. Nothing is charged until another person decides."""
    if way not in set(Way):
        raise Refusal("请选择计收方式。")
    if not 1 <= units <= MOST_UNITS or not 0 <= earlier_items <= MOST_UNITS:
        raise Refusal("件数、页数不对，请核对。")
    relief = relief.strip()[:_LONGEST]
    chosen = Way(way)
    try:
        with transaction.atomic():
            case = open_case(application, by=by)
            if case.status != Application.Status.HANDLING:
                raise Refusal(f"不能提出收费：这件申请现在“{case.get_status_display()}”，请在办理中时提出。")
            practice = practice_of(case.agency)
            _require_way(case, chosen, practice)
            earlier = earlier_items if chosen is Way.BY_ITEM else 0
            fee = local.local_fee(chosen, units, practice, earlier_this_month=earlier)
            if not fee.yuan:
                raise Refusal(f"不用收费：{fee.explanation.conclusion}。没有超过免收的数量，直接办理即可。")
            proposed = Decimal(fee.yuan) if amount is None else amount
            _require_sum(proposed, fee.yuan, relief)
            proposal = FeeProposal(
                agency=case.agency,
                application=case,
                way=way,
                units=units,
                earlier_items=earlier,
                free_units=practice.free_items if chosen is Way.BY_ITEM else practice.free_pages,
                computed=fee.yuan,
                proposed=proposed,
                by=by,
            )
            proposal.seal("relief", relief)
            proposal.save(force_insert=True)
            detail = {"way": way, "units": units, "computed": fee.yuan, "proposed": str(proposed)}
            record("fees.proposed", by=by, subject=proposal, detail=detail)
    except IntegrityError:
        raise Refusal("不能提出：这件申请已经有一项收费在办。请先办完，或者撤回。") from None
    return proposal


def decide(proposal: FeeProposal, *, amount: Decimal, by: Person, opinion: str = "") -> FeeProposal:
    """决定收多少, by another person: the sum proposed, less with a reason, or nothing."""
    opinion = opinion.strip()
    with transaction.atomic():
        require(by, Power.DECIDE_FEE, proposal.agency, on=timezone.localdate())
        case = registers.lock(proposal.application)
        if case.closed_on or case.voided_at:
            raise Refusal("不能决定：这件申请已经办结或者作废。")
        proposal = _locked(proposal, State.PROPOSED)
        if proposal.by_id == by.pk:
            raise Refusal("不能决定：这是您自己提出的收费，要由另一个有此职权的人决定。")
        if not 0 <= amount <= proposal.computed:
            raise Refusal(
                f"不能决定收取{amount}元：按规定最多{proposal.computed}元。可以减收、免收，不能多收。"
            )
        if amount != proposal.proposed:
            opinion = require_reason(opinion, of="与拟收金额不同的决定")
        proposal.amount, proposal.opinion = amount, opinion[:200]
        proposal.decided_by, proposal.decided_at = by, timezone.now()
        proposal.state = State.DECIDED if amount else State.WAIVED
        proposal.save(update_fields=["amount", "opinion", "decided_by", "decided_at", "state"])
        record("fees.decided", by=by, subject=proposal, reason=opinion, detail={"amount": str(amount)})
    return proposal


def withdraw(proposal: FeeProposal, *, reason: str, by: Person) -> FeeProposal:
    """撤回, while the applicant has not been noticed."""
    reason = require_reason(reason, of="收费的撤回")
    with transaction.atomic():
        open_case(proposal.application, by=by)
        proposal = _locked(proposal, State.PROPOSED, State.DECIDED)
        proposal.state = State.WITHDRAWN
        proposal.save(update_fields=["state"])
        record("fees.withdrawn", by=by, subject=proposal, reason=reason)
    return proposal


def notice(proposal: FeeProposal, *, on: date, by: Person, sent_on: date | None = None) -> FeeProposal:
    """登记收费通知: the period stops; payment is due 20 working days after the applicant received it. ``sent_on``: when it
    was posted, which is the day by which it is in time."""
    with transaction.atomic():
        case = open_case(proposal.application, by=by)
        proposal = _locked(proposal, State.DECIDED)
        if proposal.amount is None or proposal.decided_at is None:
            raise Refusal("不能通知：还没有决定收多少。")
        if (sent_on or on) < timezone.localtime(proposal.decided_at).date():
            raise Refusal("不能登记：通知日期早于决定收费的日期。收费要先决定、后通知，请核对。")
        applications.notice_fee(case, on=on, by=by, amount=proposal.amount, sent_on=sent_on)
        proposal.notice = case.events.filter(kind=Kind.FEE_NOTICED).latest("pk")
        proposal.state = State.NOTICED
        proposal.save(update_fields=["state", "notice"])
        record("fees.noticed", by=by, subject=proposal, detail={"on": on})
    return proposal


def pay(proposal: FeeProposal, *, on: date, voucher: str, by: Person) -> FeeProposal:
    """登记缴费, with the number of the fiscal receipt: the reply period starts afresh."""
    voucher = " ".join(voucher.split())
    if not voucher or len(voucher) > 60:
        raise Refusal("请填写财政票据号，最多60字：缴费要有凭证。")
    with transaction.atomic():
        case = open_case(proposal.application, by=by)
        proposal = _locked(proposal, State.NOTICED)
        if proposal.amount is None or (proposal.notice and on < proposal.notice.happened_on):
            raise Refusal("不能登记：缴费日期早于收费通知的日期，请核对。")
        applications.collect_fee(case, on=on, by=by, amount=proposal.amount)
        proposal.end = case.events.filter(kind=Kind.FEE_PAID).latest("pk")
        proposal.state, proposal.voucher = State.PAID, voucher
        proposal.save(update_fields=["state", "end", "voucher"])
        record("fees.paid", by=by, subject=proposal, detail={"on": on})
    return proposal


def end_unpaid(proposal: FeeProposal, *, by: Person) -> FeeProposal:
    """逾期未缴费: deemed abandoned, and the case ends today, once the payment period has passed."""
    today = timezone.localdate()
    with transaction.atomic():
        case = open_case(proposal.application, by=by)
        proposal = _locked(proposal, State.NOTICED)
        until = case.waiting_until
        if case.status != Application.Status.AWAITING_PAYMENT or until is None:
            raise Refusal("不能登记：这件申请没有在等候缴费，请核对经过。")
        if today <= until:
            raise Refusal(f"不能登记逾期：缴费期限至{until:%Y-%m-%d}，届满后仍未缴费的才视为放弃申请。")
        applications.close(case, on=today, by=by, outcome="other_fee_unpaid", note="逾期未缴纳信息处理费")
        proposal.end = case.events.filter(kind=Kind.CLOSED).latest("pk")
        proposal.state = State.UNPAID
        proposal.save(update_fields=["state", "end"])
        record("fees.unpaid", by=by, subject=proposal, detail={"until": until})
    return proposal


def _require_way(case: Application, way: Way, practice: local.Practice) -> None:
    refusal = refuse_way(way, already=way_already(case), only_tells_where=only_tells_where(case))
    if refusal:
        raise Refusal(str(refusal))
    if practice.way not in (None, way):
        raise Refusal(
            f"不能{way.label}：本机关定为{practice.way.label if practice.way else ''}。请改用本机关的方式。"
        )


def _require_sum(proposed: Decimal, computed: int, relief: str) -> None:
    if not 0 <= proposed <= computed:
        raise Refusal(f"不能收取{proposed}元：按规定最多{computed}元。可以减收、免收，不能多收。")
    if proposed != computed and not relief:
        raise Refusal("减收、免收的，请写明理由。")


def _locked(proposal: FeeProposal, *states: State) -> FeeProposal:
    found = FeeProposal.objects.select_for_update(of=("self",)).select_related("application", "notice")
    proposal = found.get(pk=proposal.pk)
    if proposal.state not in states:
        raise Refusal(f"不能办理：这项收费现在是“{proposal.get_state_display()}”，请刷新页面。")
    return proposal

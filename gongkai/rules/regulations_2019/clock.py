"""期限的钟. What each event does to the reply period, and why the law may not allow it at that moment.

``objection`` and ``apply`` are one pair of functions per event; reply_period.py runs them over the history.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial, singledispatch

from gongkai.rules.citation import REGULATIONS, Certainty, Citation
from gongkai.rules.editions import PROCESSING_FEE_MEASURES
from gongkai.rules.explanation import Explanation, Refusal, Step, day_text
from gongkai.rules.regulations_2019 import consultation, correction, excessive
from gongkai.rules.regulations_2019.events import (
    ConsultationAnswered,
    ConsultationDelivered,
    ConsultationSent,
    Corrected,
    CorrectionAsked,
    CorrectionDelivered,
    DeferralNoticed,
    Event,
    Extended,
    FeeNoticed,
    FeePaid,
    ReceiptConfirmed,
    Received,
    Replied,
)
from gongkai.rules.regulations_2019.receipt import receive
from gongkai.rules.working_days import Calendar, DueDay, Span

REPLY_WORKING_DAYS = 20
LONGEST_EXTENSION = 20
REPLY_BASIS = REGULATIONS.article(33, 2)

PAYMENT_WORKING_DAYS = 20
PAYMENT_BASIS = PROCESSING_FEE_MEASURES.article(6)
# The text of the restart was not at hand.
RESTART_AFTER_PAYMENT_BASIS = PROCESSING_FEE_MEASURES.article(6, certainty=Certainty.FROM_MEMORY)
# That a notice must come before its own period ends follows from the article, which does not say so.
BEFORE_THE_END_BASIS = REGULATIONS.article(33, 2, certainty=Certainty.INFERENCE)


class ClockState(StrEnum):
    """期限的状态."""

    RUNNING = "running"  # 正在计算
    AWAITING_CORRECTION = "awaiting_correction"  # 等申请人补正
    AWAITING_PAYMENT = "awaiting_payment"  # 等申请人缴费
    REPLIED = "replied"  # 已答复


@dataclass(frozen=True, slots=True)
class LateRefusal(Refusal):
    """过了期限的不能. Told apart because a late notice that happened on paper is recorded as late."""


@dataclass(slots=True)
class _Consultation:
    sent: ConsultationSent
    stops_the_clock: bool
    delivered_on: date | None = None
    answered_on: date | None = None


class Clock:
    """一件申请的钟, as it stands after the events applied so far."""

    def __init__(self, received: Received, calendar: Calendar) -> None:
        self.calendar = calendar
        self.state = ClockState.RUNNING
        self.receipt = receive(received.channel, arrived_on=received.on)
        self.counted_from = self.receipt.received_on
        self.restarted = False
        self.correction_asked = False
        self.correction: CorrectionAsked | None = None
        self.correction_delivered_on: date | None = None
        self.extended_by = 0
        self.deferred_until: date | None = None
        self.waiting_until: DueDay | None = None
        self.replied_on: date | None = None
        self.consultations: dict[str, _Consultation] = {}
        self._steps: list[Step] = []

    def note(self, on: date, text: str, basis: Citation | None) -> None:
        """One more line of 「怎么算的」, opened by its day."""
        year = self.receipt.arrived_on.year
        self._steps.append(Step(f"{day_text(on, in_year=year)}{text}", basis, on))

    def restart(self, on: date) -> None:
        """重新起算: a full period from this day; an earlier extension or deferral lapses."""
        self.state = ClockState.RUNNING
        self.counted_from = on
        self.restarted = True
        self.extended_by = 0
        self.deferred_until = None
        self.waiting_until = None

    def wait(self, state: ClockState, until: DueDay) -> None:
        """停住, until the applicant has done his part."""
        self.state = state
        self.waiting_until = until

    def correction_notice_due(self) -> DueDay:
        return correction.notice_due(self.receipt.received_on, self.calendar)

    def pauses(self) -> list[tuple[_Consultation, Span]]:
        """本轮期限内不计算的日子, by consultation. Those over before a restart no longer matter."""
        found = []
        for each in self.consultations.values():
            if not each.stops_the_clock:
                continue
            span = consultation.not_counted(
                each.sent.consulted,
                self.calendar,
                sent_on=each.sent.on,
                delivered_on=each.delivered_on,
                answered_on=each.answered_on,
            )
            if span and span.last > self.counted_from:
                found.append((each, span))
        return found

    def due(self) -> DueDay | None:
        """应答复之日, None while waiting for the applicant."""
        if self.waiting_until:
            return None
        if self.deferred_until:
            return DueDay(self.deferred_until, False, partial(_deferral_explained, self.deferred_until))
        return self.calendar.add_working_days(
            self.counted_from,
            REPLY_WORKING_DAYS + self.extended_by,
            not_counted=[span for _, span in self.pauses()],
            basis=REPLY_BASIS,
        )

    def is_past(self, on: date) -> DueDay | None:
        """The due day, when ``on`` is after it."""
        due = self.due()
        return due if due and on > due.day else None

    def explained(self, due: DueDay | None) -> tuple[Step, ...]:
        """「怎么算的」 in the order of days."""
        steps = [*self.receipt.explanation.steps, *self._steps]
        if due:
            steps += [*self._pause_steps(), *due.explanation.steps]
        counted = sorted(steps, key=lambda step: step.on or self.receipt.arrived_on)
        return tuple(counted)

    def conclusion(self, due: DueDay | None) -> str:
        """最后一句."""
        mark = "（待确认）" if self.receipt.awaiting_confirmation else ""
        if self.state is ClockState.AWAITING_CORRECTION:
            return f"等待申请人补正，补正期限至{self.waiting_until}，收到补正后重新起算{mark}"
        if self.state is ClockState.AWAITING_PAYMENT:
            return f"等待申请人缴费，缴费期限至{self.waiting_until}，缴费后重新起算{mark}"
        if self.replied_on is None:
            return f"应于{due}前答复{mark}"
        if due is None:
            return f"已于{day_text(self.replied_on)}答复，当时没有正在计算的期限{mark}"
        verdict = "逾期" if self.replied_on > due.day else "按期"
        return f"已于{day_text(self.replied_on)}答复，期限至{due}，{verdict}{mark}"

    def _pause_steps(self) -> list[Step]:
        pauses = self.pauses()
        steps = []
        for each, span in pauses:
            text = _consultation_text(each, span, in_year=self.receipt.arrived_on.year)
            in_time = each.answered_on == span.last
            steps.append(consultation.pause_step(span, self.calendar, text, answered=in_time))
        if len(pauses) > 1:
            days = {day for _, span in pauses for day in _working_days(span, self.calendar)}
            text = f"征求意见不计入的日子合计{len(days)}个工作日，重叠的只算一次"
            steps.append(Step(text, consultation.NOT_COUNTED_BASIS, max(each.sent.on for each, _ in pauses)))
        return steps


def _deferral_explained(until: date) -> Explanation:
    step = Step(f"延迟答复至{day_text(until)}", excessive.BASIS, until)
    return Explanation((step,), f"截止{day_text(until)}")


def _consultation_text(each: _Consultation, span: Span, *, in_year: int) -> str:
    text = f"{day_text(each.sent.on, in_year=in_year)}向{each.sent.consulted.label}发出征求意见书"
    if each.delivered_on:
        text += f"，{day_text(each.delivered_on, in_year=in_year)}送达"
    if each.answered_on is None:
        since = "送达" if each.delivered_on else "发出（送达之日未登记）"
        return f"{text}，未收到意见，按{since}后{consultation.ANSWER_WORKING_DAYS}个工作日计"
    text += f"，{day_text(each.answered_on, in_year=in_year)}收到意见"
    if each.answered_on > span.last:
        text += f"，已超过{consultation.ANSWER_WORKING_DAYS}个工作日，只计到期满之日"
    return text


def _working_days(span: Span, calendar: Calendar) -> list[date]:
    return [day for day in span.days if calendar.is_working_day(day)]


def _not_running(clock: Clock, cannot: str, basis: Citation) -> Refusal | None:
    if clock.state is ClockState.REPLIED:
        return Refusal(f"{cannot}：已经答复", basis, "如需更正答复，请另行作出决定")
    if clock.state is ClockState.AWAITING_CORRECTION:
        return Refusal(f"{cannot}：正在等待申请人补正", basis, "请在收到补正之后办理")
    if clock.state is ClockState.AWAITING_PAYMENT:
        return Refusal(f"{cannot}：正在等待申请人缴费", basis, "请在申请人缴费之后办理")
    return None


def _after_the_end(clock: Clock, on: date, cannot: str, basis: Citation) -> Refusal | None:
    due = clock.is_past(on)
    if due is None:
        return None
    return LateRefusal(f"{cannot}：答复期限已于{due}届满", basis, "请尽快答复，并记录超期原因")


@singledispatch
def objection(event: Event, clock: Clock) -> Refusal | None:
    """这一步此时为什么不能做; None when it may be done."""
    raise TypeError(f"不是期限的经过：{event!r}")


@singledispatch
def apply(event: Event, clock: Clock) -> None:
    """这一步使期限怎样变化."""
    raise TypeError(f"不是期限的经过：{event!r}")


@objection.register
def _(event: Received, clock: Clock) -> Refusal | None:
    return Refusal("不能再次登记收到：这件申请已经登记", REGULATIONS.article(31), "另一件申请请另行登记")


@objection.register
def _(event: ReceiptConfirmed, clock: Clock) -> Refusal | None:
    if clock.receipt.awaiting_confirmation:
        return None
    return Refusal("不能确认收到：收到之日已经确定", REGULATIONS.article(31), "收到之日有误的，请作补录更正")


@apply.register
def _(event: ReceiptConfirmed, clock: Clock) -> None:
    clock.receipt = receive(clock.receipt.channel, arrived_on=clock.receipt.arrived_on, confirmed_on=event.on)
    if not clock.restarted:
        clock.counted_from = clock.receipt.received_on


@objection.register
def _(event: CorrectionAsked, clock: Clock) -> Refusal | None:
    cannot, basis = "不能告知补正", correction.NOTICE_BASIS
    if clock.correction_asked:
        return Refusal(f"{cannot}：补正只能一次性告知", basis, "请按现有内容办理，补正后仍不明确的照此答复")
    stopped = _not_running(clock, cannot, basis)
    if stopped:
        return stopped
    notice_due = clock.correction_notice_due()
    if event.on > notice_due.day:
        text = f"{cannot}：{correction.NOTICE_WORKING_DAYS}个工作日的告知期限已于{notice_due}届满"
        return LateRefusal(text, basis, "请按收到的申请办理，答复期限自收到之日起照常计算")
    return None


@apply.register
def _(event: CorrectionAsked, clock: Clock) -> None:
    clock.correction_asked = True
    clock.correction, clock.correction_delivered_on = event, event.delivered_on
    noticed_on = event.delivered_on or event.on
    until = correction.applicant_due(noticed_on, clock.calendar, working_days=event.working_days)
    clock.wait(ClockState.AWAITING_CORRECTION, until)
    unknown = "" if event.delivered_on else "（送达之日未登记，暂从发出之日算）"
    clock.note(event.on, f"告知补正，补正期限至{until}{unknown}", correction.NOTICE_BASIS)


@objection.register
def _(event: CorrectionDelivered, clock: Clock) -> Refusal | None:
    cannot, basis = "不能登记补正告知书送达", correction.APPLICANT_BASIS
    if clock.state is not ClockState.AWAITING_CORRECTION:
        return Refusal(f"{cannot}：没有等待补正的告知", basis, "请先登记告知补正")
    if clock.correction_delivered_on:
        text = f"{cannot}：{day_text(clock.correction_delivered_on)}已经送达"
        return Refusal(text, basis, "日期有误的，请更正原来的登记")
    return None


@apply.register
def _(event: CorrectionDelivered, clock: Clock) -> None:
    days = clock.correction.working_days if clock.correction else correction.DEFAULT_APPLICANT_WORKING_DAYS
    until = correction.applicant_due(event.on, clock.calendar, working_days=days)
    clock.correction_delivered_on = event.on
    clock.wait(ClockState.AWAITING_CORRECTION, until)
    clock.note(event.on, f"补正告知书送达，补正期限从此日起算，至{until}", correction.APPLICANT_BASIS)


@objection.register
def _(event: Corrected, clock: Clock) -> Refusal | None:
    if clock.state is ClockState.AWAITING_CORRECTION:
        return None
    return Refusal(
        "不能登记补正：没有等待补正的告知", correction.NOTICE_BASIS, "申请人补充的材料请作为附件收存"
    )


@apply.register
def _(event: Corrected, clock: Clock) -> None:
    clock.note(event.on, f"收到补正，重新起算{_lapsed(clock)}", correction.NOTICE_BASIS)
    clock.restart(event.on)


def _lapsed(clock: Clock) -> str:
    return f"，此前延长的{clock.extended_by}个工作日不再计算" if clock.extended_by else ""


@objection.register
def _(event: ConsultationSent, clock: Clock) -> Refusal | None:
    basis = event.consulted.basis
    if event.key in clock.consultations:
        return Refusal(f"不能登记征求意见：编号“{event.key}”已经用过", basis, "请换一个编号")
    if clock.state is ClockState.REPLIED:
        return Refusal("不能征求意见：已经答复", basis, "如需更正答复，请另行作出决定")
    return None


@apply.register
def _(event: ConsultationSent, clock: Clock) -> None:
    past = clock.is_past(event.on)
    clock.consultations[event.key] = _Consultation(event, stops_the_clock=past is None)
    if past:
        text = f"向{event.consulted.label}发出征求意见书时答复期限已于{past}届满，不影响期限"
        clock.note(event.on, text, consultation.NOT_COUNTED_BASIS)


@objection.register
def _(event: ConsultationDelivered, clock: Clock) -> Refusal | None:
    known = clock.consultations.get(event.key)
    if (
        known and known.delivered_on
    ):  # a second delivery would move the answering period, and with it the reply
        cannot = f"不能登记送达：编号“{event.key}”已于{day_text(known.delivered_on)}送达"
        return Refusal(cannot, consultation.NOT_COUNTED_BASIS, "日期登记错的，请更正原来的登记")
    return _no_such_consultation(event.key, clock)


@apply.register
def _(event: ConsultationDelivered, clock: Clock) -> None:
    clock.consultations[event.key].delivered_on = event.on


@objection.register
def _(event: ConsultationAnswered, clock: Clock) -> Refusal | None:
    return _no_such_consultation(event.key, clock)


@apply.register
def _(event: ConsultationAnswered, clock: Clock) -> None:
    clock.consultations[event.key].answered_on = event.on


def _no_such_consultation(key: str, clock: Clock) -> Refusal | None:
    known = clock.consultations.get(key)
    basis = consultation.NOT_COUNTED_BASIS
    if known is None:
        return Refusal(f"不能登记：没有编号“{key}”的征求意见", basis, "请先登记发出征求意见书")
    if known.answered_on is not None:
        return Refusal(f"不能登记：编号“{key}”的意见已经收到", basis, "补充意见请作为附件收存")
    return None


@objection.register
def _(event: Extended, clock: Clock) -> Refusal | None:
    cannot, left = "不能延长", LONGEST_EXTENSION - clock.extended_by
    stopped = _not_running(clock, cannot, REPLY_BASIS)
    if stopped:
        return stopped
    if clock.deferred_until:
        return Refusal(f"{cannot}：已经确定延迟答复的期限", excessive.BASIS, "请在已告知的延迟期限内答复")
    if left == 0:
        return Refusal(f"{cannot}：已经延长{LONGEST_EXTENSION}个工作日", REPLY_BASIS, "请在期限内答复")
    if not 1 <= event.working_days <= left:
        text = f"{cannot}{event.working_days}个工作日：合计最多{LONGEST_EXTENSION}个工作日"
        return Refusal(text, REPLY_BASIS, f"请改为1至{left}个工作日")
    return _after_the_end(clock, event.on, cannot, BEFORE_THE_END_BASIS)


@apply.register
def _(event: Extended, clock: Clock) -> None:
    clock.extended_by += event.working_days
    total = REPLY_WORKING_DAYS + clock.extended_by
    text = f"经负责人同意延长{event.working_days}个工作日并告知申请人，合计{total}个工作日"
    clock.note(event.on, text, REPLY_BASIS)


@objection.register
def _(event: FeeNoticed, clock: Clock) -> Refusal | None:
    cannot = "不能发出收费通知"
    if not PROCESSING_FEE_MEASURES.in_force_on(event.on):
        since = day_text(PROCESSING_FEE_MEASURES.in_force_from)
        return Refusal(f"{cannot}：收费办法自{since}起施行", PAYMENT_BASIS, "请免费办理")
    # 在处理期限内发出 (办法第六条): by post the day of posting counts, as for a reply.
    return _not_running(clock, cannot, PAYMENT_BASIS) or _after_the_end(
        clock, event.sent_on or event.on, cannot, PAYMENT_BASIS
    )


@apply.register
def _(event: FeeNoticed, clock: Clock) -> None:
    until = clock.calendar.add_working_days(event.on, PAYMENT_WORKING_DAYS, basis=PAYMENT_BASIS)
    clock.wait(ClockState.AWAITING_PAYMENT, until)
    sent = f"（{day_text(event.sent_on)}发出，以发出之日为准）" if event.sent_on else ""
    clock.note(event.on, f"收费通知送达{sent}，缴费期限至{until}", PAYMENT_BASIS)


@objection.register
def _(event: FeePaid, clock: Clock) -> Refusal | None:
    if clock.state is ClockState.AWAITING_PAYMENT:
        return None
    return Refusal("不能登记缴费：没有等待缴费的通知", PAYMENT_BASIS, "请先登记收费通知")


@apply.register
def _(event: FeePaid, clock: Clock) -> None:
    clock.note(event.on, f"缴清信息处理费，重新起算{_lapsed(clock)}", RESTART_AFTER_PAYMENT_BASIS)
    clock.restart(event.on)


@objection.register
def _(event: DeferralNoticed, clock: Clock) -> Refusal | None:
    cannot = "不能延迟答复"
    refusal = _not_running(clock, cannot, excessive.BASIS) or _after_the_end(
        clock, event.on, cannot, excessive.REASONS_DO_NOT_PAUSE
    )
    if refusal:
        return refusal
    due = clock.due()
    if due and event.until <= due.day:
        text = f"{cannot}：{day_text(event.until)}不晚于答复期限{due}"
        return Refusal(text, excessive.BASIS, "请确定更晚的日期，或者按期答复")
    return None


@apply.register
def _(event: DeferralNoticed, clock: Clock) -> None:
    clock.deferred_until = event.until
    clock.note(event.on, f"告知申请人延迟答复至{day_text(event.until)}", excessive.BASIS)


@objection.register
def _(event: Replied, clock: Clock) -> Refusal | None:
    if clock.state is ClockState.REPLIED:
        return Refusal("不能再次答复：已经答复", REPLY_BASIS, "如需更正答复，请另行作出决定")
    return None


@apply.register
def _(event: Replied, clock: Clock) -> None:
    clock.state = ClockState.REPLIED
    clock.replied_on = event.on
    clock.note(event.on, "答复", None)

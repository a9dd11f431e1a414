"""案件现在怎样. The state of a case, everything that falls due in it, and how it counts, from what happened."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import NoReturn

from gongkai.rules.annual_report_2021.counting import RemedyResult
from gongkai.rules.citation import Certainty, Citation
from gongkai.rules.editions import LITIGATION_LAW, RECONSIDERATION_LAW_2023
from gongkai.rules.explanation import Explanation, Step, day_text
from gongkai.rules.litigation import periods as court
from gongkai.rules.reconsideration_2023 import periods as body
from gongkai.rules.remedy_cases.decisions import CourtDecision, Meaning, OnAppeal, ReconsiderationDecision
from gongkai.rules.remedy_cases.events import COURT_ONLY, Event, Kind, Track
from gongkai.rules.remedy_cases.performance import perform_by
from gongkai.rules.remedy_cases.standing import Deadline, Duty, Hearing, Outcome, Standing, Status
from gongkai.rules.working_days import Calendar, DueDay

_MEMORY = Certainty.FROM_MEMORY
# 复议决定书一经送达即发生法律效力.
EFFECTIVE_ON_SERVICE = RECONSIDERATION_LAW_2023.article(75, 2, certainty=_MEMORY)
HEARING_BASIS: Mapping[Track, Citation] = {
    Track.RECONSIDERATION: RECONSIDERATION_LAW_2023.article(51, certainty=_MEMORY),
    Track.LITIGATION: LITIGATION_LAW.article(3, 3, certainty=_MEMORY),
}
# 中止期间不计入审理期限.
SUSPENSION_BASIS: Mapping[Track, Citation] = {
    Track.RECONSIDERATION: RECONSIDERATION_LAW_2023.article(39, certainty=_MEMORY),
    Track.LITIGATION: LITIGATION_LAW.article(101, certainty=_MEMORY),
}
LONGER_BASIS = LITIGATION_LAW.article(81, certainty=_MEMORY)
_ON_APPEAL = frozenset(each.value for each in OnAppeal)


class BrokenCase(ValueError):
    """经过不成立: what cannot have happened, by which rule, and what to do; the message is for the person."""


def standing(track: Track, events: Iterable[Event], calendar: Calendar, *, simplified: bool) -> Standing:
    """归总 everything that happened, in order. Raises BrokenCase when it does not hold together."""
    case = _Case(track, calendar, simplified)
    for event in events:
        case.take(event)
    return case.as_it_stands()


@dataclass(slots=True)
class _Case:
    track: Track
    calendar: Calendar
    simplified: bool
    filed_on: date | None = None
    accepted_on: date | None = None
    tried_from: date | None = None  # acceptance, or the remand
    served: Event | None = None
    answer_due: DueDay | None = None
    answered_on: date | None = None
    evidence_on: date | None = None
    hearings: dict[int, Hearing] = field(default_factory=dict)
    suspended_on: date | None = None
    suspended_days: int = 0
    lengthened: Event | None = None
    outcome: Outcome | None = None
    first_outcome: Outcome | None = None
    perform_until: date | None = None
    perform_within: int | None = None
    appealed: Event | None = None
    appealed_outcome: Outcome | None = None  # kept after a remand too
    appealed_on: date | None = None
    second: bool = False
    effective_on: date | None = None
    performed_on: date | None = None
    steps: list[Step] = field(default_factory=list)

    def take(self, event: Event) -> None:
        """一步: whether it can have happened now, and what follows from it."""
        if event.kind in COURT_ONLY and self.track is Track.RECONSIDERATION:
            self._refuse(event, "行政复议没有这一步", "请登记在行政诉讼的案卷里")
        if self.accepted_on is None and event.kind not in (Kind.FILED, Kind.ACCEPTED):
            self._refuse(event, "还没有登记受理（立案）", "请先登记受理（立案）的日期")
        _TAKE[event.kind](self, event)
        self.steps.append(
            Step(f"{day_text(event.on)}{event.kind.name_on(self.track)}{self._said(event)}", None, event.on)
        )

    def _said(self, event: Event) -> str:
        words = []
        if event.decision:
            words.append(self._decision_label(event))
        if event.number:
            words.append(f"第{event.number}次")
        if event.served_on and event.served_on != event.on:
            words.append(f"{day_text(event.served_on)}收到")
        if event.until:
            words.append(f"至{day_text(event.until)}")
        if event.working_days:
            words.append(f"限{event.working_days}个工作日内履行")
        return f"（{'，'.join(words)}）" if words else ""

    def _decision_label(self, event: Event) -> str:
        if event.decision in _ON_APPEAL:
            return OnAppeal(event.decision).label
        return self._meaning(event).label

    # 受理、答复 ------------------------------------------------------------------------

    def filed(self, event: Event) -> None:
        if self.filed_on or self.accepted_on:
            self._refuse(event, "已经登记过，或者晚于受理（立案）", "请更正原来的登记")
        self.filed_on = event.on

    def accepted(self, event: Event) -> None:
        if self.accepted_on:
            self._refuse(event, "已经登记过", "日期有误的，请更正原来的登记")
        self.accepted_on = self.tried_from = event.on
        if self.simplified and self.track is Track.RECONSIDERATION:
            self._answer_days(event.on)  # the earlier edition had no such procedure

    def received(self, event: Event) -> None:
        self._require_undecided(event)
        if self.served:
            self._refuse(event, "已经登记过", "日期有误的，请更正原来的登记")
        self.served = event
        self.answer_due = self._answer_due(event)

    def _answer_due(self, event: Event) -> DueDay:
        if self.track is Track.RECONSIDERATION:
            return self._answer_days(event.on)
        try:
            return court.answer_by(
                event.on, self.calendar, simplified=self.simplified, set_by_court=event.until
            )
        except court.NotWithinThePeriod as error:
            raise BrokenCase(f"不能登记：{error}。") from None

    def _answer_days(self, day: date) -> DueDay:
        procedure = body.Procedure.SIMPLIFIED if self.simplified else body.Procedure.ORDINARY
        try:
            return body.answer_by(day, self.calendar, procedure=procedure)
        except body.NoSuchProcedure as error:
            raise BrokenCase(f"不能登记：{error}。") from None

    def made_ordinary(self, event: Event) -> None:
        self._require_undecided(event)
        if not self.simplified:
            self._refuse(event, "本来就是普通程序", "不需要登记")
        self.simplified = False
        # What is not yet answered is answered within the longer period, from the same day: our reading.
        if self.served and self.answered_on is None:
            self.answer_due = self._answer_due(Event(Kind.SERVED, self.served.on))

    def time_given(self, event: Event) -> None:
        self._require_undecided(event)
        until = self._day_set(event)
        if self.answer_due is None or self.evidence_on:
            self._refuse(event, "没有正在等待的举证期限", "请先登记收到副本")
        basis = court.LONGER_EVIDENCE_BASIS
        self.answer_due = court.fixed_day(until, Step("法院准许延期提供证据", basis, event.on))

    def answered(self, event: Event) -> None:
        self._require_served(event)
        if self.answered_on:
            self._refuse(event, "已经登记过", "日期有误的，请更正原来的登记；补充的材料登记为提交证据")
        self.answered_on = event.on

    def evidence_submitted(self, event: Event) -> None:
        self._require_served(event)
        self.evidence_on = self.evidence_on or event.on

    # 听证、中止、延长 --------------------------------------------------------------------

    def hearing_set(self, event: Event) -> None:
        self._require_undecided(event)
        until, number = self._day_set(event), self._number(event)
        known = self.hearings.get(number)
        if known and (known.held_on or known.is_off):
            self._refuse(event, f"第{number}次已经举行或者取消", "请登记为下一次")
        self.hearings[number] = Hearing(number, event.on, until)

    def hearing_held(self, event: Event) -> None:
        known = self._pending_hearing(event)
        self.hearings[known.number] = Hearing(known.number, known.noticed_on, known.on, held_on=event.on)

    def hearing_called_off(self, event: Event) -> None:
        known = self._pending_hearing(event)
        self.hearings[known.number] = Hearing(known.number, known.noticed_on, known.on, is_off=True)

    def suspended(self, event: Event) -> None:
        self._require_undecided(event)
        if self.suspended_on:
            self._refuse(event, "已经中止", "请先登记恢复")
        self.suspended_on = event.on

    def resumed(self, event: Event) -> None:
        if self.suspended_on is None:
            self._refuse(event, "没有中止", "请先登记中止")
        self.suspended_days += (event.on - self.suspended_on).days
        self.suspended_on = None

    def made_longer(self, event: Event) -> None:
        self._require_undecided(event)
        if self.lengthened:
            self._refuse(event, "已经延长过一次", "不能再延长")
        if self.track is Track.RECONSIDERATION and self.simplified:
            self._refuse(event, "简易程序不能延长审理期限", "转为普通程序的，请先登记转为普通程序")
        due = self._decide_due()
        if event.on > due.day:
            self._refuse(event, f"审理期限已于{day_text(due.day)}届满", "请核对日期")
        if self.track is Track.LITIGATION and self._day_set(event) <= due.day:
            self._refuse(event, f"延长后应晚于{day_text(due.day)}", "请核对日期")
        if self.track is Track.LITIGATION:
            self.suspended_days = 0  # the day that was set takes account of what was suspended before it
        self.lengthened = event

    # 决定、上诉、生效、履行 ------------------------------------------------------------------

    def decided(self, event: Event) -> None:
        self._require_undecided(event)
        if self.appealed:
            self._refuse(event, "案件在二审", "请登记二审裁判")
        self._close_with(event, self._meaning(event))

    def withdrawn(self, event: Event) -> None:
        self._require_undecided(event)
        ended = Event(event.kind, event.on, decision="withdrawn", served_on=event.served_on)
        self._close_with(ended, self._meaning(ended))

    def appeal(self, event: Event) -> None:
        if self.effective_on:
            self._refuse(event, "裁判已经生效，不能上诉", "请核对登记的经过")
        if self.appealed:
            self._refuse(event, "已经登记过上诉", "日期有误的，请更正原来的登记")
        if self.outcome is None:
            self._refuse(event, "还没有一审裁判", "请先登记一审裁判")
        due = self._appeal_due(self.outcome)
        if event.by_us and event.on > due.day:
            self._refuse(event, f"上诉期限已于{day_text(due.day)}届满（{court.APPEAL_BASIS}）", "请核对日期")
        self.appealed, self.first_outcome, self.outcome = event, self.outcome, None
        self.appealed_outcome, self.appealed_on = self.first_outcome, event.on
        self._begin_instance()

    def _begin_instance(self) -> None:
        """What stopped or lengthened the last instance does not touch the next."""
        self.suspended_days, self.lengthened = 0, None

    def second_instance(self, event: Event) -> None:
        if self.appealed is None or self.first_outcome is None or self.outcome:
            self._refuse(event, "没有正在审理的上诉", "请先登记上诉")
        first = self.first_outcome
        if event.decision == OnAppeal.REMANDED:
            self._require_going_on(event)
            self.appealed, self.first_outcome = None, None
            self.tried_from, self.simplified = event.on, False
            self._begin_instance()
            return
        self.second = True
        if event.decision in (OnAppeal.AFFIRMED, OnAppeal.APPEAL_WITHDRAWN):
            # A day set by the first instance may be past by now; its number of days runs from taking effect.
            within = event.working_days or self.perform_within
            confirmed = Event(
                event.kind, event.on, event.until, None, first.key, event.served_on, working_days=within
            )
            self._close_with(confirmed, first.meaning)
        else:
            self._close_with(event, self._meaning(event))

    def effective(self, event: Event) -> None:
        outcome = self.outcome
        if outcome is None or self.effective_on:
            self._refuse(event, "没有等待生效的裁判", "没有裁判的请先登记裁判；终审和不能上诉的，送达即生效")
        due = self._appeal_due(outcome)
        if event.on <= due.day:
            self._refuse(
                event,
                f"上诉期限至{day_text(due.day)}才届满（{court.APPEAL_BASIS}）",
                "期满没有上诉的，次日起登记",
            )
        self.effective_on = event.on

    def performed(self, event: Event) -> None:
        if not (self.effective_on and self.outcome and self.outcome.meaning.orders):
            self._refuse(event, "没有生效的、要本机关履行的决定或者裁判", "请先登记决定、裁判及其生效")
        if self.performed_on:
            self._refuse(event, "已经登记过", "日期有误的，请更正原来的登记")
        self.performed_on = event.on

    def _close_with(self, event: Event, meaning: Meaning) -> None:
        served_on = event.served_on or event.on
        if served_on < event.on:
            self._refuse(event, "收到的日期早于作出的日期", "请核对日期")
        if event.until and event.until < served_on:
            self._refuse(event, "履行期限早于收到的日期", "请核对决定、裁判确定的期限")
        if meaning.result not in (RemedyResult.TERMINATED, RemedyResult.WITHDRAWN):
            self._require_going_on(event)
        self.outcome = Outcome(meaning, event.decision, event.on, served_on)
        self.perform_until, self.perform_within = event.until, event.working_days
        final = self.track is Track.RECONSIDERATION or self.second or not meaning.may_be_appealed
        self.effective_on = served_on if final else None

    # 问答 ----------------------------------------------------------------------------

    def _meaning(self, event: Event) -> Meaning:
        try:
            if self.track is Track.RECONSIDERATION:
                return ReconsiderationDecision(event.decision).meaning
            return CourtDecision(event.decision).meaning
        except ValueError:
            self._refuse(event, "没有这种结果", "请从列表中选择结果")

    def _number(self, event: Event) -> int:
        if not event.number:
            self._refuse(event, "没有写明第几次", "请填写次数")
        return event.number

    def _day_set(self, event: Event) -> date:
        if event.until is None or event.until < event.on:
            self._refuse(event, "没有确定的日期，或者早于登记的日期", "请填写确定的日期")
        return event.until

    def _pending_hearing(self, event: Event) -> Hearing:
        number = self._number(event)
        known = self.hearings.get(number)
        if known is None or known.held_on or known.is_off:
            self._refuse(event, f"没有等待举行的第{number}次", "请先登记通知")
        return known

    def _require_undecided(self, event: Event) -> None:
        if self.outcome:
            self._refuse(event, "案件已有决定、裁判", "原登记有误的，请更正原来的登记")

    def _require_going_on(self, event: Event) -> None:
        if self.suspended_on:
            self._refuse(event, "案件正在中止", "请先登记恢复审理")

    def _require_served(self, event: Event) -> None:
        self._require_undecided(event)
        if self.served is None:
            self._refuse(event, "还没有登记收到副本", "请先登记收到副本的日期")

    def _refuse(self, event: Event, why: str, instead: str) -> NoReturn:
        raise BrokenCase(f"不能登记“{event.kind.name_on(self.track)}”：{why}。{instead}。")

    # 期限 ----------------------------------------------------------------------------

    def _appeal_due(self, outcome: Outcome) -> DueDay:
        against = court.Appealed.RULING if outcome.meaning.is_ruling else court.Appealed.JUDGMENT
        return court.appeal_by(outcome.served_on, self.calendar, against=against)

    def _decide_due(self) -> DueDay:
        assert self.tried_from  # noqa: S101 — asked after acceptance only
        if self.appealed:
            due = court.second_instance_by(self.appealed.on, self.calendar)
        elif self.track is Track.LITIGATION:
            due = court.decide_by(self.tried_from, self.calendar, simplified=self.simplified)
        else:
            procedure = body.Procedure.SIMPLIFIED if self.simplified else body.Procedure.ORDINARY
            due = body.decide_by(
                self.tried_from, self.calendar, procedure=procedure, lengthened=bool(self.lengthened)
            )
        if self.track is Track.LITIGATION and self.lengthened and self.lengthened.until:
            due = court.fixed_day(
                self.lengthened.until, Step("批准延长审理期限", LONGER_BASIS, self.lengthened.on)
            )
        if not self.suspended_days:
            return due
        # A day of rest moves the end of the whole period, not the end that it would have had without the suspension.
        longer = self.calendar.add_calendar_days(
            due.counted_to or due.day, self.suspended_days, basis=SUSPENSION_BASIS[self.track]
        )
        return replace(longer, reasons=partial(_one_after_the_other, due, longer))

    def _deadlines(self) -> tuple[Deadline, ...]:
        found: list[Deadline] = []
        ended = self.outcome is not None or self.appealed is not None
        if self.answer_due:
            found += [
                Deadline(Duty.ANSWER, self.answer_due, self.answered_on, is_over=ended),
                Deadline(Duty.EVIDENCE, self.answer_due, self.evidence_on, is_over=ended),
            ]
        found += [
            Deadline(
                Duty.HEARING,
                court.fixed_day(
                    each.on, Step("按通知的日期参加", HEARING_BASIS[self.track], each.noticed_on)
                ),
                each.held_on,
                each.number,
                is_over=each.is_off or self.outcome is not None,
            )
            for each in self.hearings.values()
        ]
        outcome = self.outcome
        decided_on = outcome.on if outcome else None
        found.append(
            Deadline(Duty.DECIDE, self._decide_due(), decided_on, is_over=self.suspended_on is not None)
        )
        first = self.first_outcome or outcome
        if first and self.track is Track.LITIGATION and first.meaning.may_be_appealed:
            by_us = self.appealed.on if self.appealed and self.appealed.by_us else None
            lost = first.result is RemedyResult.RECTIFIED
            over = not lost or self.appealed is not None or self.effective_on is not None
            found.append(Deadline(Duty.APPEAL, self._appeal_due(first), by_us, is_over=over))
        if outcome and self.track is Track.RECONSIDERATION:
            due = court.sue_after_reconsideration_by(outcome.served_on, self.calendar)
            found.append(Deadline(Duty.SUE, due))
        if outcome and self.effective_on and outcome.meaning.orders:
            due = perform_by(
                self.track,
                self.effective_on,
                self.calendar,
                set_until=self.perform_until,
                set_working_days=self.perform_within,
            )
            found.append(Deadline(Duty.PERFORM, due, self.performed_on))
        return tuple(found)

    def _status(self) -> Status:
        outcome = self.outcome
        if outcome is None:
            if self.suspended_on:
                return Status.SUSPENDED
            if self.appealed:
                return Status.ON_APPEAL
            if self.served is None:
                return Status.ACCEPTED
            both = self.answered_on and self.evidence_on
            return Status.IN_TRIAL if both else Status.ANSWERING
        if self.effective_on is None:
            return Status.DECIDED
        if outcome.meaning.orders and self.performed_on is None:
            return Status.PERFORMING
        return Status.CLOSED

    def as_it_stands(self) -> Standing:
        if self.accepted_on is None:
            raise BrokenCase("没有受理（立案）的日期，请先登记。")
        return Standing(
            status=self._status(),
            simplified=self.simplified,
            filed_on=self.filed_on,
            accepted_on=self.accepted_on,
            outcome=self.outcome,
            on_second_instance=self.appealed is not None,
            effective_on=self.effective_on,
            performed_on=self.performed_on,
            deadlines=self._deadlines(),
            hearings=tuple(self.hearings.values()),
            steps=tuple(self.steps),
            appealed_outcome=self.appealed_outcome,
            appealed_on=self.appealed_on,
        )


def _one_after_the_other(period: DueDay, longer: DueDay) -> Explanation:
    """How the period was counted, and then what was suspended; that the first end was a day of rest moves nothing."""
    after = longer.explanation
    return Explanation((*period.explanation.steps[:1], *after.steps), after.conclusion)


_TAKE: dict[Kind, Callable[[_Case, Event], None]] = {
    Kind.FILED: _Case.filed,
    Kind.ACCEPTED: _Case.accepted,
    Kind.SERVED: _Case.received,
    Kind.MADE_ORDINARY: _Case.made_ordinary,
    Kind.TIME_GIVEN: _Case.time_given,
    Kind.ANSWERED: _Case.answered,
    Kind.EVIDENCE_SUBMITTED: _Case.evidence_submitted,
    Kind.HEARING_SET: _Case.hearing_set,
    Kind.HEARING_HELD: _Case.hearing_held,
    Kind.HEARING_CALLED_OFF: _Case.hearing_called_off,
    Kind.SUSPENDED: _Case.suspended,
    Kind.RESUMED: _Case.resumed,
    Kind.LENGTHENED: _Case.made_longer,
    Kind.DECIDED: _Case.decided,
    Kind.WITHDRAWN: _Case.withdrawn,
    Kind.APPEALED: _Case.appeal,
    Kind.SECOND_INSTANCE: _Case.second_instance,
    Kind.EFFECTIVE: _Case.effective,
    Kind.PERFORMED: _Case.performed,
}

"""如果今天…. What a step would do to the period, before anything is recorded or sent (N22). Nothing is written here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongkai.agencies.access import Refusal
from gongkai.agencies.working_days import calendar
from gongkai.duties.applications.fold import Written, in_law, period_of, standing
from gongkai.duties.applications.models import Application, ApplicationEvent
from gongkai.rules.regulations_2019.clock import LONGEST_EXTENSION
from gongkai.rules.regulations_2019.consultation import Consulted
from gongkai.rules.regulations_2019.reply_period import ReplyPeriod, refuse
from gongkai.rules.working_days import Calendar

Kind = ApplicationEvent.Kind
# What may be tried on a page: the steps that move the period and what each is called there.
TRIED: dict[str, str] = {
    Kind.RECEIPT_CONFIRMED: "与申请人确认收到",
    Kind.CORRECTION_ASKED: "发出补正告知",
    Kind.CORRECTION_DELIVERED: "补正告知书送达",
    Kind.CORRECTED: "收到补正",
    Kind.CONSULTATION_SENT: "发出征求意见书",
    Kind.CONSULTATION_ANSWERED: "收到意见",
    Kind.EXTENDED: "告知延长期限",
    Kind.FEE_NOTICED: "发出收费通知",
    Kind.FEE_PAID: "收到缴费",
    Kind.REPLIED: "答复",
}


@dataclass(frozen=True, slots=True)
class Trial:
    """试算. ``after`` is None when the law does not allow the step then; ``refusal`` says why."""

    kind: str
    label: str
    before: ReplyPeriod
    after: ReplyPeriod | None
    refusal: str

    @property
    def words(self) -> str:
        """后果, in one sentence."""
        if self.after is None:
            return self.refusal
        if self.after.replied_on:
            in_time = "按期" if self.after.replied_in_time else "逾期"
            return f"{in_time}答复。"
        if self.after.waiting_until:
            return f"期限停止，等候至{self.after.waiting_until}；收到后重新起算。"
        if self.after.due_on == self.before.due_on:
            return f"期限不变，仍应于{self.after.due}前答复。"
        return f"应于{self.after.due}前答复，原来是{self.before.due or '没有正在计算的期限'}。"


def try_step(
    application: Application,
    kind: str,
    *,
    on: date,
    working_days: int | None = None,
    consultation_key: str = "",
    consulted: str = Consulted.THIRD_PARTY.value,
    until: date | None = None,
) -> Trial:
    """如果在某日做这一步."""
    held = standing(application.events.all())
    step = Written(
        kind,
        on,
        working_days=working_days,
        consultation_key=consultation_key,
        consulted=consulted,
        until=until,
    )
    return _tried(held, step, application.channel, calendar())


def everything(application: Application, *, on: date) -> list[Trial]:
    """如果今天…: every step that could be meant on this day, allowed or closed by law. One reading of the events."""
    held = standing(application.events.all())
    keys = [event.consultation_key for event in held if event.kind == Kind.CONSULTATION_SENT]
    answered = {event.consultation_key for event in held if event.kind == Kind.CONSULTATION_ANSWERED}
    waiting = [key for key in keys if key not in answered]
    days, trials = calendar(), []
    for kind in TRIED:
        if kind == Kind.CONSULTATION_ANSWERED and not waiting:
            continue
        key = waiting[0] if kind == Kind.CONSULTATION_ANSWERED else _new_key(keys)
        step = Written(
            kind,
            on,
            working_days=LONGEST_EXTENSION if kind == Kind.EXTENDED else None,
            consultation_key=key,
            consulted=Consulted.THIRD_PARTY.value,
        )
        trials.append(_tried(held, step, application.channel, days))
    return trials


def _tried(held: list[ApplicationEvent], step: Written, channel: str, days: Calendar) -> Trial:
    label = TRIED.get(step.kind, str(Kind(step.kind).label))
    before = period_of(held, channel=channel, calendar=days)
    earlier = [event for event in held if event.happened_on <= step.happened_on]
    known = [found for event in earlier if (found := in_law(event, channel))]
    new = in_law(step, channel)
    if new is None or not known:
        return Trial(step.kind, label, before, None, "日期早于收到申请之日，不能办理。")
    if objection := refuse(known, new, days):
        return Trial(step.kind, label, before, None, str(objection))
    try:
        after = period_of([*held, step], channel=channel, calendar=days)
    except Refusal as refusal:
        return Trial(step.kind, label, before, None, str(refusal))
    return Trial(step.kind, label, before, after, "")


def _new_key(keys: Iterable[str]) -> str:
    taken = set(keys)
    return next(str(number) for number in range(1, len(taken) + 2) if str(number) not in taken)

"""如果今天…. What a step would do to the period, before anything is recorded or sent (N22). Nothing is written here."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from gongkai.agencies.access import Refusal
from gongkai.agencies.working_days import calendar
from gongkai.duties.applications.fold import Written, in_law, period_of, standing
from gongkai.duties.applications.models import Application, ApplicationEvent
from gongkai.rules.regulations_2019.clock import LONGEST_EXTENSION
from gongkai.rules.regulations_2019.consultation import Consulted, answer_due
from gongkai.rules.regulations_2019.excessive import DEFERRED
from gongkai.rules.regulations_2019.reply import Group
from gongkai.rules.regulations_2019.reply_period import ReplyPeriod, refuse
from gongkai.rules.working_days import Calendar

Kind = ApplicationEvent.Kind
# What may be tried on a page: every step that may be taken, and what each is called there.
TRIED: dict[str, str] = {
    Kind.RECEIPT_CONFIRMED: "与申请人确认收到",
    Kind.CORRECTION_ASKED: "发出补正告知",
    Kind.CORRECTION_DELIVERED: "补正告知书送达",
    Kind.CORRECTED: "收到补正",
    Kind.CONSULTATION_SENT: "发出征求意见书",
    Kind.CONSULTATION_DELIVERED: "征求意见书送达",
    Kind.CONSULTATION_ANSWERED: "收到意见",
    Kind.EXTENDED: "告知延长期限",
    Kind.FEE_NOTICED: "发出收费通知",
    Kind.FEE_PAID: "收到缴费",
    Kind.DEFERRAL_NOTICED: "告知延迟答复",
    Kind.REPLIED: "答复",
    Kind.CLOSED: "不再处理",
}


@dataclass(frozen=True, slots=True)
class Trial:
    """试算. ``after`` is None when the law does not allow the step then; ``refusal`` says why. ``told`` is what else follows."""

    kind: str
    label: str
    before: ReplyPeriod
    after: ReplyPeriod | None
    refusal: str
    told: str = ""

    @property
    def words(self) -> str:
        """后果, in one sentence."""
        if self.after is None:
            return self.refusal
        if self.kind in (Kind.CLOSED, Kind.DEFERRAL_NOTICED):  # neither moves the period to a day known today
            return self.told
        if self.after.replied_on:
            in_time = "按期" if self.after.replied_in_time else "逾期"
            return f"{in_time}答复。"
        if self.after.waiting_until:
            return f"期限停止，等候至{self.after.waiting_until}；收到后重新起算。"
        if self.after.due_on == self.before.due_on:
            return f"期限不变，仍应于{self.after.due}前答复。{self.told}"
        was = f"原来是{self.before.due}" if self.before.due else "现在没有正在计算的期限"
        return f"应于{self.after.due}前答复，{was}。{self.told}"


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
    sent = {event.consultation_key: event for event in held if event.kind == Kind.CONSULTATION_SENT}
    answered = {event.consultation_key for event in held if event.kind == Kind.CONSULTATION_ANSWERED}
    arrived = {event.consultation_key for event in held if event.kind == Kind.CONSULTATION_DELIVERED}
    waiting = {
        Kind.CONSULTATION_DELIVERED: [key for key in sent if key not in answered | arrived],
        Kind.CONSULTATION_ANSWERED: [key for key in sent if key not in answered],
    }
    days, trials = calendar(), []
    for kind in TRIED:
        keys = waiting.get(Kind(kind), [_new_key(sent)])
        if not keys:
            continue
        step = Written(
            kind,
            on,
            working_days=LONGEST_EXTENSION if kind == Kind.EXTENDED else None,
            consultation_key=keys[0],
            consulted=sent[keys[0]].consulted if keys[0] in sent else Consulted.THIRD_PARTY.value,
        )
        trials.append(_tried(held, step, application.channel, days))
    return trials


def _tried(held: list[ApplicationEvent], step: Written, channel: str, days: Calendar) -> Trial:
    label = TRIED.get(step.kind, str(Kind(step.kind).label))
    before = period_of(held, channel=channel, calendar=days)
    if (
        step.kind == Kind.DEFERRAL_NOTICED and step.until is None
    ):  # a day is chosen later: any day that may be
        step = replace(step, until=(before.due_on or step.happened_on) + timedelta(days=1))
    earlier = [event for event in held if event.happened_on <= step.happened_on]
    known = [found for event in earlier if (found := in_law(event, channel))]
    new = in_law(step, channel)
    if not known:
        return Trial(step.kind, label, before, None, "日期早于收到申请之日，不能办理。")
    if new and (objection := refuse(known, new, days)):
        return Trial(step.kind, label, before, None, str(objection))
    try:
        after = period_of([*held, step], channel=channel, calendar=days)
    except Refusal as refusal:
        return Trial(step.kind, label, before, None, str(refusal))
    return Trial(step.kind, label, before, after, "", _told(step, before, days))


def _told(step: Written, before: ReplyPeriod, days: Calendar) -> str:
    """还有什么后果, beside the day on which the reply is due."""
    on = step.happened_on
    match step.kind:
        case Kind.CONSULTATION_DELIVERED:
            consulted = Consulted(step.consulted)
            return f"{consulted.label}应于{answer_due(consulted, on, days)}前提出意见（{consulted.basis}）。"
        case Kind.DEFERRAL_NOTICED:
            return f"{DEFERRED}；延迟的期限要晚于{before.due}。"
        case Kind.CLOSED:
            in_time = "逾期" if before.overdue_on(on) else "按期"
            ended = f"{in_time}办结，不再答复，计入年度报告的“{Group.OTHER.label}”。"
            if before.waiting_until and not before.deemed_abandoned_on(on):
                return f"{ended}等候申请人至{before.waiting_until}，期满以前不能按视为放弃申请办理。"
            return ended
    return ""


def _new_key(keys: Iterable[str]) -> str:
    taken = set(keys)
    return next(str(number) for number in range(1, len(taken) + 2) if str(number) not in taken)

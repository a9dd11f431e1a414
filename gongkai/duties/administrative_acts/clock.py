"""公示的期限. By when a decision is made public, or called back, how long there is, and how that was counted."""

from dataclasses import dataclass, replace
from datetime import date

from gongkai.duties.administrative_acts.models import PublicDecision, PublicState
from gongkai.rules.enforcement_publicity_2019.periods import publish_by, shown_until, withdraw_by
from gongkai.rules.explanation import day_text
from gongkai.rules.working_days import Calendar, DueDay

WAITING = (
    PublicState.NOT_YET,
    PublicState.RETURNED,
    PublicState.REVIEWED,
    PublicState.RELEASING,
    PublicState.CHANGED,  # the first release is on its way, and already out of date
)


@dataclass(frozen=True, slots=True)
class Clock:
    """期限. ``due`` is None where nothing is to be done any more; ``words`` say how it stands."""

    words: str
    due: DueDay | None = None
    is_late: bool = False
    counting: tuple[str, ...] = ()


def clock_of(decision: PublicDecision, calendar: Calendar, *, today: date) -> Clock:
    if decision.is_public:
        return _while_public(decision, calendar, today)
    if decision.public_state not in WAITING:
        return Clock(decision.get_public_state_display())
    if decision.need_not_be_public:
        return Clock("不要求公示")
    if decision.published_on:
        return _shown_before(decision, calendar, today)
    if decision.revoked_on:
        return Clock("决定已撤销或者变更")
    due = publish_by(decision.ACT, decision.decided_on, calendar)
    return _running(due, calendar, today, "公示")


def _shown_before(decision: PublicDecision, calendar: Calendar, today: date) -> Clock:
    """Shown once: here, and called back; or elsewhere, where it is called back too when it was revoked."""
    assert decision.published_on is not None  # noqa: S101 — asked only then
    if decision.withdrawn_on:
        return Clock("已撤回，可以重新公示" if decision.receipt else "已在其他渠道公示并撤回")
    day = day_text(decision.published_on)
    told = f"台账登记已于{day}在其他渠道公示。"
    if decision.revoked_on is None:
        return Clock("已在其他渠道公示", counting=(told,))
    due = withdraw_by(decision.revoked_on, calendar)
    running = _running(due, calendar, today, "在原渠道撤回公示，并在台账登记撤回日期")
    return replace(running, counting=(told, *running.counting))


def _while_public(decision: PublicDecision, calendar: Calendar, today: date) -> Clock:
    if decision.revoked_on or decision.public_state != PublicState.LIVE:
        changed_on = decision.revoked_on or decision.changed_on or today
        return _running(withdraw_by(changed_on, calendar), calendar, today, "撤回或者重新公示")
    until = decision.shown_until
    if until is None or decision.published_on is None:
        return Clock("公示中")
    counted = shown_until(decision.published_on, natural_person=decision.is_natural_person)
    return Clock(f"公示至{until:%Y-%m-%d}", counting=counted.explanation.lines)


def _running(due: DueDay, calendar: Calendar, today: date, to_do: str) -> Clock:
    late = due.day < today
    if late:
        # On the days of rest right after the last day it is late, though no working day has passed.
        passed = calendar.working_days_between(due.day, today)
        words = f"已超期{passed}个工作日" if passed else "已超期"
    elif due.day == today:
        words = "今天到期"
    else:
        words = f"还剩{calendar.working_days_between(today, due.day)}个工作日"
    if due.provisional:
        words += "（暂算）"
    return Clock(words, due, is_late=late, counting=(*due.explanation.lines, f"最迟{due}{to_do}"))

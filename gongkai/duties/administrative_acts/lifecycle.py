"""公示的步骤. Which step may follow which, and by which power; a table, no ORM."""

from dataclasses import dataclass

from gongkai.agencies.access import Refusal
from gongkai.agencies.powers import Power
from gongkai.duties.administrative_acts.models import PublicDecision, PublicState

State = PublicState


@dataclass(frozen=True, slots=True)
class Step:
    """一步: from which states, by which power, what it does, and what must be said with it."""

    name: str
    label: str
    power: Power
    effect: str
    from_: tuple[State, ...] = ()
    while_public: bool = False  # or from any state, as long as readers may see the decision
    never_while_public: bool = False
    in_batches: bool = False
    asks_gate: bool = False  # taken only on a decision that may go out as it is
    danger: bool = False


TO_BE_REVIEWED = (State.NOT_YET, State.RETURNED, State.CHANGED, State.WITHDRAWN)
STEPS = {
    step.name: step
    for step in (
        Step(
            "review",
            "保密审查通过",
            Power.REVIEW_CONFIDENTIALITY,
            "确认下面的内容都可以公开，转发布；此后台账里改动任何一栏，审查作废",
            from_=TO_BE_REVIEWED,
            in_batches=True,
            asks_gate=True,
        ),
        Step(
            "send_back",
            "退回更正",
            Power.REVIEW_CONFIDENTIALITY,
            "请登记人在台账里更正；更正以后重新审查",
            from_=(State.NOT_YET, State.REVIEWED, State.CHANGED, State.WITHDRAWN),
        ),
        Step(
            "keep_back",
            "不公示",
            Power.REVIEW_CONFIDENTIALITY,
            "不送公众侧，理由留存备查；决定仍计入台账和年报",
            from_=(State.NOT_YET, State.RETURNED, State.REVIEWED, State.WITHDRAWN),
            never_while_public=True,
            danger=True,
        ),
        Step(
            "reconsider",
            "恢复待公示",
            Power.REVIEW_CONFIDENTIALITY,
            "不公示、撤回的理由不再存在，重新审查",
            from_=(State.KEPT_BACK, State.WITHDRAWN),
        ),
        Step(
            "publish",
            "发布",
            Power.SIGN_ITEMS,
            "再核对一次审查的内容，送公众侧公示，一分钟内可以查到",
            from_=(State.REVIEWED,),
            in_batches=True,
            asks_gate=True,
        ),
        Step(
            "decline",
            "不予签发，退回",
            Power.SIGN_ITEMS,
            "审查作废，请登记人在台账里更正；更正以后重新审查",
            from_=(State.REVIEWED,),
        ),
        Step(
            "withdraw",
            "撤回公示",
            Power.WITHDRAW_ITEMS,
            "公众侧不再显示，原网址注明撤回的理由",
            while_public=True,
            danger=True,
        ),
    )
}


def closed_because(decision: PublicDecision, name: str) -> str:
    """Why the step cannot be taken where the decision stands, "" when it can."""
    step = STEPS[name]
    if decision.voided_at:
        return f"不能{step.label}：{decision.number}已经作废。"
    if step.never_while_public and decision.may_be_seen:
        return f"不能{step.label}：公众还能看到{decision.number}。请先撤回公示。"
    if decision.public_state in step.from_ or (step.while_public and decision.may_be_seen):
        return ""
    states = [state.label for state in step.from_] + (["公众可以看到"] if step.while_public else [])
    return (
        f"不能{step.label}：{decision.number}现在是“{decision.get_public_state_display()}”，"
        f"{'、'.join(f'“{state}”' for state in states)}的才能{step.label}。请刷新页面。"
    )


def require(decision: PublicDecision, name: str) -> Step:
    if reason := closed_because(decision, name):
        raise Refusal(reason)
    return STEPS[name]

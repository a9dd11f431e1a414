"""专题的步骤. Which step a topic or its submitted version may take, and by which power: a table, no ORM."""

from dataclasses import dataclass

from gongkai.agencies.access import Refusal
from gongkai.agencies.powers import Power
from gongkai.duties.catalogue.topics.models import Topic, TopicVersion

Stage, State = TopicVersion.Stage, Topic.State


@dataclass(frozen=True, slots=True)
class Step:
    """一步: its label, from which stages of the version or states of the topic, by which power, its effect."""

    name: str
    label: str
    power: Power
    effect: str
    from_stages: tuple[TopicVersion.Stage, ...] = ()
    from_states: tuple[Topic.State, ...] = ()
    asks: str = ""  # the words that are asked for; with "*" they are required


STEPS = {
    step.name: step
    for step in (
        Step(
            "submit",
            "送审",
            Power.DRAFT_ITEMS,
            "把最近一次保存的内容送保密审查；送审后再改动，审查即作废",
            from_states=(State.DRAFT, State.OPEN, State.CLOSED, State.WITHDRAWN),
            asks="更新说明",
        ),
        Step(
            "take_back",
            "撤回送审",
            Power.DRAFT_ITEMS,
            "回到起草，已有的审查作废",
            from_stages=(Stage.REVIEW, Stage.SIGN_OFF),
        ),
        Step(
            "pass",
            "审查通过",
            Power.REVIEW_CONFIDENTIALITY,
            "确认正文和每一个图片、文件都可以公开，转签发",
            from_stages=(Stage.REVIEW,),
        ),
        Step(
            "return",
            "退回修改",
            Power.REVIEW_CONFIDENTIALITY,
            "退回起草人，说明理由",
            from_stages=(Stage.REVIEW,),
            asks="理由*",
        ),
        Step(
            "sign",
            "签发并发布",
            Power.SIGN_ITEMS,
            "再核对一次审查的内容，送到公众侧发布",
            from_stages=(Stage.SIGN_OFF,),
        ),
        Step(
            "decline",
            "不予签发，退回",
            Power.SIGN_ITEMS,
            "退回起草人，说明理由；改好以后重新送审、审查",
            from_stages=(Stage.SIGN_OFF,),
            asks="理由*",
        ),
        Step(
            "close",
            "结束专题",
            Power.SIGN_ITEMS,
            "页面上方注明已经结束，仍可阅读",
            from_states=(State.OPEN,),
        ),
        Step(
            "archive",
            "归档",
            Power.SIGN_ITEMS,
            "从首页移到归档专题，仍可阅读",
            from_states=(State.CLOSED,),
        ),
        Step(
            "withdraw",
            "撤回专题",
            Power.WITHDRAW_ITEMS,
            "公众侧不再显示，原网址注明已经撤回",
            from_states=(State.OPEN, State.CLOSED, State.ARCHIVED),
            asks="公开的说明*",
        ),
    )
}


def require_state(topic: Topic, name: str) -> Step:
    """The step, if the topic may take it in its state; otherwise a Refusal that says where it stands."""
    step = STEPS[name]
    if topic.state not in step.from_states:
        needed = "、".join(state.label for state in step.from_states)
        raise Refusal(
            f"不能{step.label}：专题《{topic}》现在是“{topic.get_state_display()}”，{needed}时才能{step.label}。"
        )
    return step


def require_stage(version: TopicVersion, name: str) -> Step:
    step = STEPS[name]
    if version.stage not in step.from_stages:
        needed = "、".join(stage.label for stage in step.from_stages)
        raise Refusal(
            f"不能{step.label}：{version}现在是“{version.get_stage_display()}”，{needed}时才能{step.label}。"
        )
    return step

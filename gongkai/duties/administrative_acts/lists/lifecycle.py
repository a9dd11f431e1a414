"""清单的步骤. Which step may follow which, and by which power; a table, no ORM."""

from dataclasses import dataclass

from gongkai.agencies.access import Refusal
from gongkai.agencies.powers import Power
from gongkai.duties.administrative_acts.lists.models import ListEdition

Stage = ListEdition.Stage


@dataclass(frozen=True, slots=True)
class Step:
    """一步: from which stages, by which power, what it does, and what must be written with it."""

    name: str
    label: str
    power: Power
    effect: str
    from_: tuple[Stage, ...]
    asks: str = ""
    danger: bool = False


STEPS = {
    step.name: step
    for step in (
        Step(
            "take_back",
            "撤回送审",
            Power.KEEP_REGISTERS,
            "这一版不再办理，台账改好以后重新送审",
            (Stage.REVIEW, Stage.SIGN_OFF),
        ),
        Step(
            "pass",
            "保密审查通过",
            Power.REVIEW_CONFIDENTIALITY,
            "确认下面的每一行都可以公开，转签发",
            (Stage.REVIEW,),
        ),
        Step(
            "return",
            "退回",
            Power.REVIEW_CONFIDENTIALITY,
            "退回送审人，说明理由",
            (Stage.REVIEW,),
            asks="理由",
        ),
        Step(
            "sign",
            "签发并发布",
            Power.SIGN_ITEMS,
            "再核对一次审查的内容，送公众侧发布；以前的版次仍可查阅",
            (Stage.SIGN_OFF,),
        ),
        Step(
            "decline",
            "不予签发，退回",
            Power.SIGN_ITEMS,
            "退回送审人，说明理由；改好以后重新送审、审查",
            (Stage.SIGN_OFF,),
            asks="理由",
        ),
        Step(
            "withdraw",
            "撤下",
            Power.WITHDRAW_ITEMS,
            "公众侧不再显示这一版，原网址注明理由；前一版恢复为现行",
            (Stage.PUBLISHED, Stage.SUPERSEDED),
            asks="公开的说明",
            danger=True,
        ),
    )
}


def closed_because(edition: ListEdition, name: str) -> str:
    step = STEPS[name]
    if edition.stage in step.from_:
        return ""
    stages = "、".join(f"“{stage.label}”" for stage in step.from_)
    return f"不能{step.label}：{edition}现在是“{edition.get_stage_display()}”，{stages}的才能{step.label}。请刷新页面。"


def require(edition: ListEdition, name: str) -> Step:
    if reason := closed_because(edition, name):
        raise Refusal(reason)
    return STEPS[name]

"""遮盖的步骤. Which step may follow which, and by which power; a table, no ORM."""

from dataclasses import dataclass

from gongkai.agencies.access import Refusal
from gongkai.agencies.powers import Power
from gongkai.duties.applications.redaction.models import RedactionJob

Stage = RedactionJob.Stage
KEEPERS = (Power.KEEP_REGISTERS,)
REVIEWERS = (Power.REVIEW_LEGALITY, Power.REVIEW_CONFIDENTIALITY)


@dataclass(frozen=True, slots=True)
class Step:
    """一步: from which stages, by one of which powers, what it does, and what must be written with it."""

    name: str
    label: str
    powers: tuple[Power, ...]
    effect: str
    from_: tuple[Stage, ...]
    asks: str = ""
    danger: bool = False


STEPS = {
    step.name: step
    for step in (
        Step("mark", "画框", KEEPERS, "增加或者去掉遮盖框", (Stage.MARKING,)),
        Step("make", "制作", KEEPERS, "按现在的框制作成品，再打开检查，通过后转复核", (Stage.MARKING,)),
        Step(
            "take_back",
            "撤回",
            KEEPERS,
            "成品作废，回到画框，改好以后重新制作",
            (Stage.MAKING, Stage.REVIEW, Stage.AGREED),
            asks="理由",
        ),
        Step(
            "agree",
            "复核通过",
            REVIEWERS,
            "确认该遮盖的都遮盖了，不该遮盖的没有遮盖，理由对应；成品可以使用",
            (Stage.REVIEW,),
        ),
        Step("return", "退回", REVIEWERS, "退回承办人，说明理由；成品作废", (Stage.REVIEW,), asks="理由"),
        Step(
            "abandon",
            "放弃",
            KEEPERS,
            "这份材料不再遮盖，画的框保留可查",
            (Stage.MARKING,),
            asks="理由",
            danger=True,
        ),
    )
}


def closed_because(job: RedactionJob, name: str) -> str:
    step = STEPS[name]
    if job.stage in step.from_:
        return ""
    stages = "、".join(f"“{stage.label}”" for stage in step.from_)
    return f"不能{step.label}：“{job}”现在是“{job.get_stage_display()}”，{stages}的才能{step.label}。请刷新页面。"


def require(job: RedactionJob, name: str) -> Step:
    if reason := closed_because(job, name):
        raise Refusal(reason)
    return STEPS[name]

"""年报的步骤. Which step may follow which, who may take it, and what it leads to; a table, no ORM."""

from dataclasses import dataclass

from gongkai.agencies.access import Refusal
from gongkai.agencies.powers import Power
from gongkai.annual_report.models import Edition

DRAFTING, SUBMITTED, APPROVED, RELEASING, PUBLISHED = Edition.Status


@dataclass(frozen=True, slots=True)
class Step:
    """一步: its name, from which states, to which, by which power, and what the button says of its effect."""

    name: str
    label: str
    from_: tuple[Edition.Status, ...]
    to: Edition.Status
    power: Power | None  # None: the worker takes it, when the public side has answered
    effect: str = ""


STEPS = {
    step.name: step
    for step in (
        Step("write", "保存文字", (DRAFTING,), DRAFTING, Power.COMPILE_REPORT),
        Step("explain", "说明问题", (DRAFTING,), DRAFTING, Power.EXPLAIN_FINDINGS),
        Step(
            "submit",
            "送审",
            (DRAFTING,),
            SUBMITTED,
            Power.COMPILE_REPORT,
            "核对没有差错、警示都有说明后才能送审",
        ),
        Step("take_back", "撤回修改", (SUBMITTED,), DRAFTING, Power.COMPILE_REPORT, "回到编制中"),
        Step("return", "退回", (SUBMITTED,), DRAFTING, Power.APPROVE_REPORT, "退回编制人修改，写明意见"),
        Step(
            "approve",
            "批准定稿",
            (SUBMITTED,),
            APPROVED,
            Power.APPROVE_REPORT,
            "数据和文字定稿，记录所计编号和摘要",
        ),
        Step(
            "reopen", "撤销定稿", (APPROVED,), DRAFTING, Power.APPROVE_REPORT, "尚未发布，回到编制中重新核对"
        ),
        Step(
            "release",
            "发布",
            (APPROVED,),
            RELEASING,
            Power.RELEASE_REPORT,
            "送到公众侧，收到回执后显示为已发布",
        ),
        Step("confirm", "发布完成", (RELEASING,), PUBLISHED, None),
    )
}


def require(edition: Edition, name: str) -> Step:
    """The step, if it may be taken now; otherwise a Refusal that says where the edition stands."""
    step = STEPS[name]
    if edition.status not in step.from_:
        needed = "、".join(status.label for status in step.from_)
        raise Refusal(
            f"不能{step.label}：第{edition.number}版现在是“{edition.get_status_display()}”，{needed}时才能{step.label}。"
        )
    return step

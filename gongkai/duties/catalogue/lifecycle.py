"""信息发布的步骤. Which step may follow which and by which power; a table, no ORM. The route says which reviews apply."""

from dataclasses import dataclass

from gongkai.agencies.access import Refusal
from gongkai.agencies.powers import Power
from gongkai.duties.catalogue.models import Version

Stage = Version.Stage


@dataclass(frozen=True, slots=True)
class Step:
    """一步: its name, from which stages, to which ("" where the route decides), by which power, and its effect."""

    name: str
    label: str
    from_: tuple[Stage, ...]
    to: Stage | None
    power: Power | None  # None: the worker takes it, when the public side has answered
    effect: str = ""


@dataclass(frozen=True, slots=True)
class ReviewStep:
    """一道审查: at which stage, by which power, and what its record is called."""

    stage: Stage
    power: Power
    label: str


REVIEWS = {
    each.stage: each
    for each in (
        ReviewStep(Stage.SECTION_REVIEW, Power.REVIEW_SECTION, "科室审核"),
        ReviewStep(Stage.LEGALITY_REVIEW, Power.REVIEW_LEGALITY, "合法性审核"),
        ReviewStep(Stage.CONFIDENTIALITY_REVIEW, Power.REVIEW_CONFIDENTIALITY, "保密审查"),
        ReviewStep(Stage.SIGN_OFF, Power.SIGN_ITEMS, "签发"),
    )
}
UNDER_REVIEW = (*REVIEWS, Stage.REFERRED)
STEPS = {
    step.name: step
    for step in (
        Step("write", "保存", (Stage.DRAFTING,), Stage.DRAFTING, Power.DRAFT_ITEMS),
        Step(
            "submit",
            "送审",
            (Stage.DRAFTING,),
            None,
            Power.DRAFT_ITEMS,
            "内容定住，审查人看到的就是将要公开的",
        ),
        Step(
            "take_back",
            "撤回修改",
            (*UNDER_REVIEW, Stage.SIGNED),
            Stage.DRAFTING,
            Power.DRAFT_ITEMS,
            "回到起草，已有的审查作废",
        ),
        Step("abandon", "放弃", (Stage.DRAFTING,), Stage.ABANDONED, Power.DRAFT_ITEMS, "不再发布，草稿留存"),
        Step(
            "decide_secrecy",
            "记录确定结果",
            (Stage.REFERRED,),
            None,
            Power.REVIEW_CONFIDENTIALITY,
            "确定不涉密的继续审查，确定涉密的退回并改为不予公开",
        ),
        Step(
            "release",
            "发布",
            (Stage.SIGNED,),
            Stage.RELEASING,
            Power.DRAFT_ITEMS,
            "再核对一次审查和附件，送到公众侧",
        ),
        Step("confirm", "发布完成", (Stage.RELEASING,), Stage.PUBLISHED, None),
    )
}


def require(version: Version, name: str) -> Step:
    """The step, if it may be taken now; otherwise a Refusal that says where the version stands."""
    step = STEPS[name]
    if version.stage not in step.from_:
        needed = "、".join(stage.label for stage in step.from_)
        raise Refusal(
            f"不能{step.label}：{version}现在是“{version.get_stage_display()}”，{needed}时才能{step.label}。"
        )
    require_alone(version, step.label)
    return step


def require_alone(version: Version, to_do: str) -> None:
    """What goes with a batch of 旧站迁入 is reviewed and released with it, and changed only after it was taken out."""
    if version.with_batch:
        raise Refusal(f"不能{to_do}：{version}在“旧站迁入”里随批办理。要单独办理，请先从那一批里移出。")


def next_stage(route: tuple[Stage, ...], after: Stage) -> Stage:
    """The stage that follows in a route; after the last review comes 已签发."""
    position = route.index(after) + 1
    return route[position] if position < len(route) else Stage.SIGNED

"""文书的步骤. Which step may follow which, and by which power; a table, no database."""

from dataclasses import dataclass

from django.db import models

from gongkai.agencies.access import Refusal
from gongkai.agencies.powers import Power


class State(models.TextChoices):
    """文书到了哪一步."""

    DRAFT = "draft", "草稿"
    REVIEWING = "reviewing", "待合法性审核"
    SIGNING = "signing", "待签发"
    SIGNED = "signed", "已签发，待发出"
    ISSUED = "issued", "已发出"
    DELIVERED = "delivered", "已送达"
    VOIDED = "voided", "已作废"


@dataclass(frozen=True, slots=True)
class Step:
    """一步: its label, from where, who may, and what follows from it."""

    name: str
    label: str
    from_: tuple[State, ...]
    power: Power
    consequence: str


_BEFORE_ISSUE = (State.DRAFT, State.REVIEWING, State.SIGNING, State.SIGNED)
STEPS = {
    step.name: step
    for step in (
        Step(
            "submit", "送审", (State.DRAFT,), Power.KEEP_REGISTERS, "核对没有问题的，送合法性审核或者送签发"
        ),
        Step(
            "pass", "审核通过", (State.REVIEWING,), Power.REVIEW_LEGALITY, "转签发；此后内容一改，审核即作废"
        ),
        Step("sign", "签发", (State.SIGNING,), Power.SIGN_LETTERS, "可以编号发出；此后内容一改，签发即作废"),
        Step(
            "return", "退回", (State.REVIEWING, State.SIGNING), Power.SIGN_LETTERS, "回到草稿，由拟稿人修改"
        ),
        Step(
            "issue",
            "编号发出",
            (State.SIGNED,),
            Power.KEEP_REGISTERS,
            "编文号、定成文日期，并登记申请的这一步",
        ),
        Step("edit", "修改", _BEFORE_ISSUE, Power.KEEP_REGISTERS, "回到草稿，已有的审核和签发作废"),
        Step("deliver", "登记送达", (State.ISSUED, State.DELIVERED), Power.KEEP_REGISTERS, "登记一次送达"),
        Step(
            "void",
            "作废",
            (*_BEFORE_ISSUE, State.ISSUED, State.DELIVERED),
            Power.KEEP_REGISTERS,
            "文号保留，不再使用；由它登记的那一步要先撤销",
        ),
    )
}


def require_state(state: str, name: str) -> None:
    """Raise Refusal unless the step may be taken now."""
    step = STEPS[name]
    if state not in step.from_:
        raise Refusal(f"不能{step.label}：这件文书现在是“{State(state).label}”。请刷新页面后再看。")

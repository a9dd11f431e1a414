"""占位. The words in double braces that a template may hold, and which of them it cannot do without."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.duties.applications.letters.case_facts import CaseFacts, amount_text
from gongkai.duties.applications.letters.text import LetterText
from gongkai.rules.explanation import day_text
from gongkai.rules.regulations_2019.letters import LetterKind

PLACEHOLDER = re.compile(r"\{\{\s*([^{}]{1,40}?)\s*\}\}")
CODE = re.compile(r"\{%|%\}|\{#|#\}")


@dataclass(frozen=True, slots=True)
class Placeholder:
    """一个占位 and what the system puts there."""

    name: str
    about: str

    @property
    def written(self) -> str:
        return f"{{{{{self.name}}}}}"


BODY = "正文"
REMEDY = "救济告知"
STANDING = (
    Placeholder("发文机关", "本机关全称"),
    Placeholder("文号", "发出时由系统编号"),
    Placeholder("标题", "这种文书的标题"),
    Placeholder("主送", "收文的人或者单位，带冒号"),
    Placeholder(BODY, "系统拟的正文，单独成段，有几段就成几段"),
    Placeholder(REMEDY, "救济途径和期限，单独成段"),
    Placeholder("落款", "本机关全称"),
    Placeholder("成文日期", "发出的日期"),
    Placeholder("附注", "联系方式，单独成段"),
)
VALUES = (
    Placeholder("申请人", "申请人的姓名或者名称（只用于给申请人的文书）"),
    Placeholder("登记编号", "申请的登记编号"),
    Placeholder("收到日期", "收到申请的日期"),
    Placeholder("答复期限", "现在的答复期限"),
    Placeholder("金额", "收费金额，不带“元”"),
    Placeholder("工作日", "补正、延长、说明理由的工作日数"),
)
ALL = (*STANDING, *VALUES)
KNOWN = frozenset(each.name for each in ALL)
_ALWAYS = ("文号", "主送", BODY, "落款", "成文日期")


def required(kind: LetterKind) -> tuple[str, ...]:
    """不能少的占位 of this kind's template."""
    return (*_ALWAYS, REMEDY) if kind.has_remedy else _ALWAYS


def filling(text: LetterText, facts: CaseFacts) -> Mapping[str, tuple[str, ...]]:
    """What each placeholder stands for; several lines make several paragraphs. Number and day stay open until issue."""
    return {
        "发文机关": (text.issuer,),
        "文号": (text.number,),
        "标题": (text.title,),
        "主送": (text.addressee,),
        BODY: text.paragraphs,
        REMEDY: (text.remedy,) if text.remedy else (),
        "落款": (text.signature,),
        "成文日期": (text.dated,),
        "附注": text.notes,
        "申请人": (facts.applicant,),
        "登记编号": (facts.register_number,),
        "收到日期": (day_text(facts.received_on),),
        "答复期限": (day_text(facts.due_on),) if facts.due_on else (),
        "金额": (amount_text(facts.amount),) if facts.amount is not None else (),
        "工作日": (str(facts.working_days),) if facts.working_days else (),
    }


def last_two(*, number: str, dated: str) -> Mapping[str, tuple[str, ...]]:
    """文号、成文日期: what a finished document still waits for."""
    return {"文号": (number,), "成文日期": (dated,)}

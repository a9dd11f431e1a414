"""扣分和加分指标. The points of the check, as far as they are known; what is not known has no points and is 待核."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from gongkai.rules.citation import Citation
from gongkai.rules.explanation import Explanation, Step
from gongkai.rules.site_indicators_2019.source import FROM_MEMORY, INFERENCE, READ

DEDUCTIBLE_POINTS = 100
BONUS_POINTS = 30
FAILS_BELOW = 60
BONUS_OPENS_ABOVE = 80
# A department of the State Council without public services is scored out of 75, and the result taken times 4/3.
SERVICE_POINTS = 25


class Group(StrEnum):
    """指标大类."""

    PUBLICATION = "publication"
    SERVICES = "services"
    INTERACTION = "interaction"
    FUNCTION = "function"

    @property
    def label(self) -> str:
        return {
            "publication": "发布解读",
            "services": "办事服务",
            "interaction": "互动交流",
            "function": "功能设计",
        }[self.value]


@dataclass(frozen=True, slots=True)
class ScoredItem:
    """扣分指标. ``points`` are taken off for each occurrence; None where the figure is not known."""

    key: str
    group: Group
    label: str
    basis: Citation
    points: int | None = None


SCORED_ITEMS = (
    ScoredItem("overview", Group.PUBLICATION, "概况信息", FROM_MEMORY),
    ScoredItem("functions", Group.PUBLICATION, "机构职能", FROM_MEMORY),
    ScoredItem("leaders", Group.PUBLICATION, "领导信息", FROM_MEMORY),
    ScoredItem("news", Group.PUBLICATION, "动态要闻", FROM_MEMORY),
    ScoredItem("policy_documents", Group.PUBLICATION, "政策文件类一级栏目6个月内未更新", READ, 5),
    ScoredItem("interpretations", Group.PUBLICATION, "政策解读", FROM_MEMORY),
    ScoredItem("service_statistics", Group.SERVICES, "办事统计数据3个月内未更新", READ, 2),
    ScoredItem("service_classes", Group.SERVICES, "办事事项分类", FROM_MEMORY),
    ScoredItem("guide_elements", Group.SERVICES, "办事指南要素", FROM_MEMORY),
    ScoredItem("sample_forms", Group.SERVICES, "表格样表", FROM_MEMORY),
    ScoredItem("submission_status", Group.INTERACTION, "提交信息状态", FROM_MEMORY),
    ScoredItem("answered_messages", Group.INTERACTION, "留言公开2个月内未更新", READ, 3),
    ScoredItem(
        "answers", Group.INTERACTION, "简单常见问题5个工作日内没有有效答复（每个问题）", FROM_MEMORY, 5
    ),
    ScoredItem("message_statistics", Group.INTERACTION, "留言受理反馈情况统计数据", FROM_MEMORY),
    ScoredItem("domain_name", Group.FUNCTION, "域名名称", FROM_MEMORY),
    ScoredItem("site_marks", Group.FUNCTION, "网站标识", FROM_MEMORY),
    ScoredItem("availability", Group.FUNCTION, "可用性", FROM_MEMORY),
    ScoredItem("search", Group.FUNCTION, "搜索", FROM_MEMORY),
    ScoredItem("ipv6", Group.FUNCTION, "IPv6改造", FROM_MEMORY),
    ScoredItem("report_errors", Group.FUNCTION, "“我为政府网站找错”入口", FROM_MEMORY),
)
SCORED_ITEM_BY_KEY = {item.key: item for item in SCORED_ITEMS}

# Deductions inside one indicator never exceed its own points; those are not known, so nothing is capped here.
# 因空白、应更新未更新等原因已按其他指标扣分的，不重复扣分.
NO_DOUBLE_DEDUCTION = READ
SURVEYS_A_YEAR_FOR_BONUS = 6  # 在线调查征集, e-mail not counted; read in a garbled copy, to be checked
SURVEYS_BASIS = INFERENCE


class Verdict(StrEnum):
    """检查结论."""

    FAILED = "failed"
    PASSED = "passed"

    @property
    def label(self) -> str:
        return {"failed": "不合格", "passed": "合格"}[self.value]


@dataclass(frozen=True, slots=True)
class Score:
    """得分. ``unknown`` names the deductions whose points are not known, so that the score is at most this."""

    points: Decimal
    verdict: Verdict
    unknown: tuple[str, ...]
    explanation: Explanation


def score(
    deductions: Mapping[str, int], *, bonus: int = 0, vetoed: bool = False, scores_services: bool = True
) -> Score:
    """按检查指标计分, ``deductions`` being occurrences by item.

    >>> score({"policy_documents": 2, "service_statistics": 1}, bonus=4).points
    Decimal('92')
    >>> score({"answered_messages": 1}, vetoed=True).verdict.label
    '不合格'
    """
    if not 0 <= bonus <= BONUS_POINTS:
        raise ValueError(f"加分应在0至{BONUS_POINTS}之间：{bonus}")
    if vetoed:
        step = Step("有单项否决情形，不再计分", READ)
        return Score(Decimal(0), Verdict.FAILED, (), Explanation((step,), "不合格"))
    counted = {SCORED_ITEM_BY_KEY[key]: times for key, times in deductions.items() if times}
    if not scores_services:
        counted = {item: times for item, times in counted.items() if item.group is not Group.SERVICES}
    unknown = tuple(item.label for item in counted if item.points is None)
    deducted = sum((item.points or 0) * times for item, times in counted.items())
    steps = [Step(f"扣分{deducted}分", READ)]
    points = Decimal(max(0, DEDUCTIBLE_POINTS - deducted))
    if not scores_services:
        out_of = DEDUCTIBLE_POINTS - SERVICE_POINTS
        points = Decimal(max(0, out_of - deducted)) * DEDUCTIBLE_POINTS / out_of
        steps.append(Step(f"没有对外办事服务，按{out_of}分计，折算为百分制", INFERENCE))
    if points > BONUS_OPENS_ABOVE:
        points += bonus
        steps.append(Step(f"扣分后高于{BONUS_OPENS_ABOVE}分，加分{bonus}分", READ))
    verdict = Verdict.PASSED if points >= FAILS_BELOW else Verdict.FAILED
    return Score(
        points, verdict, unknown, Explanation(tuple(steps), f"{round(points, 2)}分，{verdict.label}")
    )

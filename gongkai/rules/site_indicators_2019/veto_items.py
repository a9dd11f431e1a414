"""单项否决. What fails a site or an account outright, and the exact triggers; scoring stops there."""

from dataclasses import dataclass, field
from enum import StrEnum

from gongkai.rules.citation import Citation
from gongkai.rules.site_indicators_2019.source import FROM_MEMORY, READ


class Subject(StrEnum):
    """检查对象."""

    SITE = "site"
    ACCOUNT = "account"

    @property
    def label(self) -> str:
        return {"site": "政府网站", "account": "政务新媒体"}[self.value]


@dataclass(frozen=True, slots=True)
class Trigger:
    """触发情形. ``limits`` are its numbers by name, in the unit that the name says."""

    text: str
    basis: Citation
    limits: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VetoItem:
    """单项否决指标; any one trigger fails the subject."""

    key: str
    subject: Subject
    label: str
    triggers: tuple[Trigger, ...]


_SERIOUS = ("出现严重表述错误", "泄露国家秘密", "发布或者链接反动、暴力、色情等内容")
_SITE_ALSO = (
    "对安全攻击没有及时有效处置，造成严重安全事故",
    "存在弄虚作假行为（如伪造发稿日期）",
    "因建设管理工作不当引发严重负面舆情",
)

SERIOUS_PROBLEM = VetoItem(
    "serious_problem",
    Subject.SITE,
    "安全、泄密事故等严重问题",
    tuple(Trigger(text, READ) for text in (*_SERIOUS, *_SITE_ALSO)),
)
UNREACHABLE = VetoItem(
    "unreachable",
    Subject.SITE,
    "站点无法访问",
    (
        Trigger(
            "监测1周，每天间隔性访问20次以上，超过15秒（含）打不开的次数累计占比达5%（含）以上",
            READ,
            {"watch_days": 7, "visits_a_day": 20, "seconds": 15, "per_cent_failed": 5},
        ),
    ),
)
HOME_PAGE_NOT_UPDATED = VetoItem(
    "home_page_not_updated",
    Subject.SITE,
    "首页不更新",
    (Trigger("监测2周，首页没有信息更新（仅为导航页的，所有二级页面都没有更新）", READ, {"watch_days": 14}),),
)
COLUMNS_NOT_UPDATED = VetoItem(
    "columns_not_updated",
    Subject.SITE,
    "栏目不更新",
    (
        Trigger(
            "2周内未更新的动态、要闻类栏目和6个月内未更新的通知公告、政策文件类一级栏目合计5个以上",
            READ,
            {"columns": 5},
        ),
        Trigger("应更新但长期未更新的栏目10个以上", READ, {"columns": 10}),
        Trigger("空白栏目5个以上", READ, {"columns": 5}),
    ),
)
POOR_INTERACTION = VetoItem(
    "poor_interaction",
    Subject.SITE,
    "互动回应差",
    (
        Trigger("没有提供网上有效咨询建言渠道（信访、纪检举报等专门渠道除外）", READ),
        Trigger(
            "近1年内，政务咨询类栏目中应当回复的有效留言超过3个月没有回应",
            READ,
            {"look_back_months": 12, "months_unanswered": 3},
        ),
    ),
)
SERVICE_OF_NO_USE = VetoItem(
    "service_of_no_use",
    Subject.SITE,
    "服务不实用",
    (
        Trigger("没有提供办事服务", READ),
        Trigger("5个以上办事指南各缺4类以上关键要素", FROM_MEMORY, {"guides": 5, "elements_missing": 4}),
    ),
)
GUIDE_ELEMENTS = (
    "事项名称",
    "设定依据",
    "申请条件",
    "办理材料",
    "办理地点",
    "办理时间",
    "联系电话",
    "办理流程",
)
ACCOUNT_SERIOUS_PROBLEM = VetoItem(
    "account_serious_problem",
    Subject.ACCOUNT,
    "安全、泄密事故等严重问题",
    tuple(Trigger(text, FROM_MEMORY) for text in (*_SERIOUS, "引发严重负面舆情")),
)
ACCOUNT_NOT_UPDATED = VetoItem(
    "account_not_updated",
    Subject.ACCOUNT,
    "内容不更新",
    (
        Trigger("2周内无内容更新", READ, {"watch_days": 14}),
        Trigger("移动客户端无法下载或者使用", FROM_MEMORY),
    ),
)
ACCOUNT_POOR_INTERACTION = VetoItem(
    "account_poor_interaction",
    Subject.ACCOUNT,
    "互动回应差",
    (
        Trigger("没有提供有效互动功能", FROM_MEMORY),
        Trigger("购买“粉丝”、强制要求点赞", FROM_MEMORY),
    ),
)

VETO_ITEMS = (
    SERIOUS_PROBLEM,
    UNREACHABLE,
    HOME_PAGE_NOT_UPDATED,
    COLUMNS_NOT_UPDATED,
    POOR_INTERACTION,
    SERVICE_OF_NO_USE,
    ACCOUNT_SERIOUS_PROBLEM,
    ACCOUNT_NOT_UPDATED,
    ACCOUNT_POOR_INTERACTION,
)


def veto_items_for(subject: Subject) -> tuple[VetoItem, ...]:
    """某类对象的单项否决指标.

    >>> len(veto_items_for(Subject.SITE)), len(veto_items_for(Subject.ACCOUNT))
    (6, 3)
    """
    return tuple(item for item in VETO_ITEMS if item.subject is subject)

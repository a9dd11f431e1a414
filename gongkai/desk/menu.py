"""菜单. Every entry of the desk's menu, its address and the powers that make it appear, in one list."""

from dataclasses import dataclass

from django.urls import reverse

from gongkai.agencies.powers import Power


@dataclass(frozen=True, slots=True)
class Entry:
    """菜单项. Without powers it is there for everybody."""

    label: str
    url_name: str
    powers: tuple[Power, ...] = ()

    @property
    def address(self) -> str:
        return reverse(self.url_name)


@dataclass(frozen=True, slots=True)
class Group:
    label: str
    entries: tuple[Entry, ...]


REPORT_READERS = (Power.COMPILE_REPORT, Power.APPROVE_REPORT, Power.RELEASE_REPORT, Power.READ_REGISTERS)

_REGISTERS = (Power.READ_REGISTERS, Power.KEEP_REGISTERS)

# An app adds its entry here in the commit in which its screen lands.
MENU: tuple[Group, ...] = (
    Group("", (Entry("工作台", "desk:home"),)),
    Group(
        "台账",
        (
            Entry("信息公开", "catalogue:items", _REGISTERS),
            Entry("规范性文件", "catalogue:normative-documents", _REGISTERS),
            Entry("专题", "catalogue:topics", _REGISTERS),
            Entry("公开指南", "catalogue:guide", _REGISTERS),
            Entry("依申请公开", "applications:applications", _REGISTERS),
            Entry("行政复议", "remedies:reconsiderations", _REGISTERS),
            Entry("行政诉讼", "remedies:litigation", _REGISTERS),
            Entry("行政许可", "administrative_acts:licences", _REGISTERS),
            Entry("行政处罚", "administrative_acts:penalties", _REGISTERS),
            Entry("行政强制", "administrative_acts:compulsion", _REGISTERS),
            Entry("收费", "administrative_acts:charges", _REGISTERS),
            Entry("领导信箱", "mailbox:letters", _REGISTERS),
            Entry("网上调查", "participation:surveys", _REGISTERS),
            Entry("意见征集", "participation:calls-for-comments", _REGISTERS),
            Entry("新媒体发布", "channels:posts", _REGISTERS),
            Entry("问题整改", "inspection:faults", _REGISTERS),
            Entry("安全评估", "oversight:assessments", _REGISTERS),
            Entry("运维单位检查", "oversight:operator-checks", _REGISTERS),
            Entry("培训", "oversight:training", _REGISTERS),
        ),
    ),
    Group("年度报告", (Entry("年度报告", "annual_report:list", REPORT_READERS),)),
    Group(
        "安全管理",
        (
            Entry("人员", "agencies:people", (Power.MANAGE_SECURITY,)),
            Entry("科室", "agencies:sections", (Power.MANAGE_SECURITY,)),
            Entry("岗位", "agencies:posts", (Power.MANAGE_SECURITY,)),
            Entry("授权", "agencies:delegations", (Power.MANAGE_SECURITY,)),
        ),
    ),
    Group("安全审计", (Entry("审计记录", "desk:audit_trail", (Power.READ_AUDIT,)),)),
    Group(
        "系统",
        (
            Entry("运行状况", "desk:system", (Power.MANAGE_SYSTEM,)),
            Entry("放假安排", "agencies:holidays", (Power.MANAGE_HOLIDAYS,)),
        ),
    ),
)


def menu_for(powers: frozenset[Power]) -> list[Group]:
    """What a person with these powers sees."""
    groups = [
        Group(group.label, tuple(e for e in group.entries if not e.powers or powers & set(e.powers)))
        for group in MENU
    ]
    return [group for group in groups if group.entries]

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

# An app adds its entry here in the commit in which its screen lands.
MENU: tuple[Group, ...] = (
    Group("", (Entry("工作台", "desk:home"),)),
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

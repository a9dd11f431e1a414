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
    arguments: tuple[str, ...] = ()
    also_below: tuple[str, ...] = ()  # where pages of this section stand that are not below its own address

    @property
    def address(self) -> str:
        return reverse(self.url_name, args=self.arguments)

    def holds(self, path: str) -> int:
        """How much of this address leads to the section: 0 outside it. Every address is below the home page's."""
        if self.address == "/":
            return int(path == "/")
        leading = (self.address, *self.also_below)
        return max(len(part) if path.startswith(part) else 0 for part in leading)


@dataclass(frozen=True, slots=True)
class Group:
    label: str
    entries: tuple[Entry, ...]


REPORT_READERS = (Power.COMPILE_REPORT, Power.APPROVE_REPORT, Power.RELEASE_REPORT, Power.READ_REGISTERS)

TOPIC_OFFICERS = (
    Power.DRAFT_ITEMS,
    Power.REVIEW_CONFIDENTIALITY,
    Power.SIGN_ITEMS,
    Power.WITHDRAW_ITEMS,
)
ITEM_PEOPLE = (
    Power.DRAFT_ITEMS,
    Power.REVIEW_SECTION,
    Power.REVIEW_LEGALITY,
    Power.REVIEW_CONFIDENTIALITY,
    Power.SIGN_ITEMS,
    Power.WITHDRAW_ITEMS,
)
MOVING_IN_PEOPLE = (Power.DRAFT_ITEMS, Power.REVIEW_CONFIDENTIALITY, Power.SIGN_ITEMS)
WITHHOLDING_PEOPLE = (
    Power.DRAFT_ITEMS,
    Power.REVIEW_SECTION,
    Power.REVIEW_CONFIDENTIALITY,
    Power.SIGN_ITEMS,
)
_UPKEEP = (Power.READ_REGISTERS, Power.MANAGE_COLUMNS)
PUBLICITY_PEOPLE = (
    Power.READ_REGISTERS,
    Power.KEEP_REGISTERS,
    Power.REVIEW_CONFIDENTIALITY,
    Power.SIGN_ITEMS,
    Power.WITHDRAW_ITEMS,
)
_REGISTERS = (Power.READ_REGISTERS, Power.KEEP_REGISTERS)
# 一件申请的各页: the tabs of a case stand in the rooms of what they do.
_OF_A_CASE = ("/applications/", "/handling/", "/consultation/", "/fees/", "/letters/cases/")
REDACTION_PEOPLE = (Power.KEEP_REGISTERS, Power.REVIEW_LEGALITY, Power.REVIEW_CONFIDENTIALITY)

# An app adds its entry here in the commit in which its screen lands.
MENU: tuple[Group, ...] = (
    Group("", (Entry("工作台", "desk:home"),)),
    Group(
        "信息发布",
        (
            Entry("信息发布", "catalogue:items", ITEM_PEOPLE),
            Entry("旧站迁入", "moving_in:list", MOVING_IN_PEOPLE),
            Entry("编排专题", "topics:list", TOPIC_OFFICERS),
            Entry("领导信息", "leaders:list", ITEM_PEOPLE),
            Entry("公开指南", "guide:editions", ITEM_PEOPLE),
            Entry("不公开的信息", "withheld:list", WITHHOLDING_PEOPLE),
            Entry("公开职责", "upkeep:duties", _UPKEEP),
            Entry("栏目更新", "upkeep:board", _UPKEEP),
            Entry("规范性文件库", "normative:library", _REGISTERS),
            Entry("公开专栏", "catalogue:disclosure_column", (Power.RELEASE_REPORT,)),
            Entry(
                "行政执法公示", "publicity:list", PUBLICITY_PEOPLE, ("licences",), also_below=("/publicity/",)
            ),
            Entry("清单和统计", "public_lists:list", PUBLICITY_PEOPLE),
            Entry("审查流程", "catalogue:routes", (Power.MANAGE_COLUMNS,)),
            Entry("评估周期", "withheld:practice", (Power.MANAGE_COLUMNS,)),
            Entry("解读要求", "interpretation:practice", (Power.MANAGE_COLUMNS,)),
            Entry("表述词表", "registers:list", _REGISTERS, ("wording",)),
        ),
    ),
    Group(
        "依申请公开",
        (
            Entry("申请台账", "registers:list", _REGISTERS, ("applications",), also_below=_OF_A_CASE),
            Entry("网上收件", "application_intake:list", _REGISTERS),
            Entry("登记申请", "application_counter:register", (Power.KEEP_REGISTERS,)),
            Entry("扫条码", "application_counter:find", _REGISTERS),
            Entry("个人信息权利", "application_rights:list", _REGISTERS),
            Entry("申请的期限", "applications:overdue", _REGISTERS),
            Entry("转主动公开", "turning:list", _REGISTERS),
            Entry("来件登记", "registers:list", _REGISTERS, ("incoming-mail",)),
            Entry("高频申请人", "frequent:list", _REGISTERS),
            Entry("内部期限", "handling:periods", _UPKEEP),
            Entry("信息处理费", "fees:practice", (Power.READ_REGISTERS, Power.DECIDE_FEE)),
            Entry("遮盖", "redaction:list", REDACTION_PEOPLE),
            Entry("发文登记簿", "letters:register", _REGISTERS),
        ),
    ),
    Group(
        "台账",
        (
            Entry("信息公开", "registers:list", _REGISTERS, ("items",)),
            Entry("栏目", "catalogue:columns", (*_REGISTERS, Power.MANAGE_COLUMNS)),
            Entry("规范性文件", "registers:list", _REGISTERS, ("normative-documents",)),
            Entry("专题", "registers:list", _REGISTERS, ("topics",)),
            Entry("公开指南", "registers:list", _REGISTERS, ("guide",)),
            Entry("行政复议", "registers:list", _REGISTERS, ("reconsiderations",)),
            Entry("行政诉讼", "registers:list", _REGISTERS, ("litigation",)),
            Entry("复议诉讼案卷", "remedies:files", _REGISTERS),
            Entry("经验教训", "remedies:lessons", _REGISTERS),
            Entry("法制机构案件", "registers:list", _REGISTERS, ("legal-office-cases",)),
            Entry("行政许可", "registers:list", _REGISTERS, ("licences",)),
            Entry("行政处罚", "registers:list", _REGISTERS, ("penalties",)),
            Entry("行政强制", "registers:list", _REGISTERS, ("compulsion",)),
            Entry("收费", "registers:list", _REGISTERS, ("charges",)),
            Entry("权责事项", "registers:list", _REGISTERS, ("power-items",)),
            Entry("领导信箱", "registers:list", _REGISTERS, ("letters",)),
            Entry("网上调查", "registers:list", _REGISTERS, ("surveys",)),
            Entry("意见征集", "registers:list", _REGISTERS, ("calls-for-comments",)),
            Entry("新媒体发布", "registers:list", _REGISTERS, ("posts",)),
            Entry("新媒体账号", "channels:accounts", _REGISTERS),
            Entry("问题整改", "registers:list", _REGISTERS, ("faults",)),
            Entry("安全评估", "registers:list", _REGISTERS, ("assessments",)),
            Entry("运维单位检查", "registers:list", _REGISTERS, ("operator-checks",)),
            Entry("培训", "registers:list", _REGISTERS, ("training",)),
        ),
    ),
    Group("年度报告", (Entry("年度报告", "annual_report:list", REPORT_READERS),)),
    Group(
        "安全管理",
        (
            Entry("人员", "agencies:people", (Power.MANAGE_SECURITY,), also_below=("/tenures/",)),
            Entry("科室", "agencies:sections", (Power.MANAGE_SECURITY,)),
            Entry("岗位", "agencies:posts", (Power.MANAGE_SECURITY,)),
            Entry("授权", "agencies:delegations", (Power.MANAGE_SECURITY,)),
        ),
    ),
    Group(
        "安全审计",
        (
            Entry("审计记录", "desk:audit_trail", (Power.READ_AUDIT,)),
            Entry("泄露排查", "desk:breach", (Power.READ_AUDIT, Power.MANAGE_SECURITY)),
        ),
    ),
    Group(
        "系统",
        (
            Entry("运行状况", "desk:system", (Power.MANAGE_SYSTEM,)),
            Entry("网站信息", "agencies:site", (Power.MANAGE_SYSTEM,)),
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


def section_of(groups: list[Group], path: str) -> Entry | None:
    """所在的栏目: the entry whose pages this is one of, the nearest where one section stands inside another."""
    holding = [entry for group in groups for entry in group.entries if entry.holds(path)]
    return max(holding, key=lambda entry: entry.holds(path), default=None)

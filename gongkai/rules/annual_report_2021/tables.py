"""年度报告的三张表. Rows, columns and labels exactly as 国办公开办函〔2021〕30号 prints them: 10 + 175 + 15 cells."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TableColumn:
    """表中的一列 (not a 栏目 of the site)."""

    key: str
    label: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """表中的一行; ``group`` is the label one level up, ``part`` the label at the left edge."""

    key: str
    label: str
    group: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class ProactiveRow:
    """表二的一行, in the block of one item of article 20, with columns of its own."""

    key: str
    label: str
    block: str
    columns: tuple[TableColumn, ...]


# 表二 主动公开政府信息情况 ------------------------------------------------------------------

_COUNTS = (
    TableColumn("issued", "本年制发件数"),
    TableColumn("repealed", "本年废止件数"),
    TableColumn("in_force", "现行有效件数"),
)
_DECISIONS = (TableColumn("decisions", "本年处理决定数量"),)
_AMOUNT = (TableColumn("amount_10k_yuan", "本年收费金额（单位：万元）"),)

PROACTIVE_ROWS = (
    ProactiveRow("rules", "规章", "第二十条第（一）项", _COUNTS),
    ProactiveRow("normative_documents", "行政规范性文件", "第二十条第（一）项", _COUNTS),
    ProactiveRow("licence", "行政许可", "第二十条第（五）项", _DECISIONS),
    ProactiveRow("penalty", "行政处罚", "第二十条第（六）项", _DECISIONS),
    ProactiveRow("compulsion", "行政强制", "第二十条第（六）项", _DECISIONS),
    ProactiveRow("charges", "行政事业性收费", "第二十条第（八）项", _AMOUNT),
)

# 表三 收到和处理政府信息公开申请情况 -----------------------------------------------------------

APPLICANT_COLUMNS = (
    TableColumn("natural_person", "自然人"),
    TableColumn("company", "商业企业", "法人或其他组织"),
    TableColumn("research", "科研机构", "法人或其他组织"),
    TableColumn("social_welfare", "社会公益组织", "法人或其他组织"),
    TableColumn("legal_service", "法律服务机构", "法人或其他组织"),
    TableColumn("other_organisation", "其他", "法人或其他组织"),
    TableColumn("total", "总计"),
)
APPLICATIONS_CAPTION = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"

_OUTCOMES = "三、本年度办理结果"
_WITHHELD = "（三）不予公开"
_UNAVAILABLE = "（四）无法提供"
_NOT_PROCESSED = "（五）不予处理"
_OTHER = "（六）其他处理"

APPLICATION_ROWS = (
    TableRow("received", "一、本年新收政府信息公开申请数量"),
    TableRow("carried_in", "二、上年结转政府信息公开申请数量"),
    TableRow("granted", "（一）予以公开", part=_OUTCOMES),
    TableRow("granted_in_part", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", part=_OUTCOMES),
    TableRow("withheld_state_secret", "1.属于国家秘密", _WITHHELD, _OUTCOMES),
    TableRow("withheld_by_law", "2.其他法律行政法规禁止公开", _WITHHELD, _OUTCOMES),
    TableRow("withheld_security_stability", "3.危及“三安全一稳定”", _WITHHELD, _OUTCOMES),
    TableRow("withheld_third_party", "4.保护第三方合法权益", _WITHHELD, _OUTCOMES),
    TableRow("withheld_internal_affairs", "5.属于三类内部事务信息", _WITHHELD, _OUTCOMES),
    TableRow("withheld_deliberative", "6.属于四类过程性信息", _WITHHELD, _OUTCOMES),
    TableRow("withheld_enforcement_file", "7.属于行政执法案卷", _WITHHELD, _OUTCOMES),
    TableRow("withheld_special_enquiry", "8.属于行政查询事项", _WITHHELD, _OUTCOMES),
    TableRow("unavailable_not_held", "1.本机关不掌握相关政府信息", _UNAVAILABLE, _OUTCOMES),
    TableRow("unavailable_must_be_created", "2.没有现成信息需要另行制作", _UNAVAILABLE, _OUTCOMES),
    TableRow("unavailable_still_unclear", "3.补正后申请内容仍不明确", _UNAVAILABLE, _OUTCOMES),
    TableRow("not_processed_petition", "1.信访举报投诉类申请", _NOT_PROCESSED, _OUTCOMES),
    TableRow("not_processed_repeat", "2.重复申请", _NOT_PROCESSED, _OUTCOMES),
    TableRow("not_processed_publication", "3.要求提供公开出版物", _NOT_PROCESSED, _OUTCOMES),
    TableRow("not_processed_excessive", "4.无正当理由大量反复申请", _NOT_PROCESSED, _OUTCOMES),
    TableRow("not_processed_reconfirm", "5.要求行政机关确认或重新出具已获取信息", _NOT_PROCESSED, _OUTCOMES),
    TableRow(
        "other_not_corrected",
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        _OTHER,
        _OUTCOMES,
    ),
    TableRow(
        "other_fee_unpaid",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        _OTHER,
        _OUTCOMES,
    ),
    TableRow("other_remaining", "3.其他", _OTHER, _OUTCOMES),
    TableRow("total", "（七）总计", part=_OUTCOMES),
    TableRow("carried_out", "四、结转下年度继续办理"),
)
# Some reports keep the single row of the 2019 form instead of the three rows of （六）.
OTHER_AS_ONE_ROW = TableRow("other", "（六）其他处理", part=_OUTCOMES)
OUTCOME_ROWS = tuple(row for row in APPLICATION_ROWS if row.part and row.key != "total")

# 表四 政府信息公开行政复议、行政诉讼情况 --------------------------------------------------------

REMEDY_GROUPS = (
    TableColumn("reconsideration", "行政复议"),
    TableColumn("direct_suit", "未经复议直接起诉", "行政诉讼"),
    TableColumn("suit_after_reconsideration", "复议后起诉", "行政诉讼"),
)
REMEDY_COLUMNS = (
    TableColumn("upheld", "结果维持"),
    TableColumn("rectified", "结果纠正"),
    TableColumn("other", "其他结果"),
    TableColumn("pending", "尚未审结"),
    TableColumn("total", "总计"),
)

# 六个部分 ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SectionTitle:
    """报告的一个部分: its key, ordinal and official title."""

    key: str
    ordinal: str
    title: str

    @property
    def heading(self) -> str:
        return f"{self.ordinal}、{self.title}"


SECTIONS = (
    SectionTitle("overview", "一", "总体情况"),
    SectionTitle("proactive", "二", "主动公开政府信息情况"),
    SectionTitle("applications", "三", "收到和处理政府信息公开申请情况"),
    SectionTitle("remedies", "四", "政府信息公开行政复议、行政诉讼情况"),
    SectionTitle("problems", "五", "存在的主要问题及改进情况"),
    SectionTitle("other", "六", "其他需要报告的事项"),
)


def cell_keys() -> tuple[tuple[str, str, str], ...]:
    """全部200格: (table, row, column) in the order of print.

    >>> len(cell_keys())
    200
    """
    proactive = [("proactive", row.key, column.key) for row in PROACTIVE_ROWS for column in row.columns]
    applications = [
        ("applications", row.key, column.key) for row in APPLICATION_ROWS for column in APPLICANT_COLUMNS
    ]
    remedies = [("remedies", group.key, column.key) for group in REMEDY_GROUPS for column in REMEDY_COLUMNS]
    return (*proactive, *applications, *remedies)

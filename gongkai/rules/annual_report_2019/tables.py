"""2019年格式的表. Only 表二 and the row 其他处理 differ from 国办公开办函〔2021〕30号; the rest is the same table."""

from gongkai.rules.annual_report_2021 import tables as form_2021
from gongkai.rules.annual_report_2021.tables import OTHER_AS_ONE_ROW, ProactiveRow, TableColumn

_DOCUMENTS = (
    TableColumn("made", "本年新制作数量"),
    TableColumn("published", "本年新公开数量"),
    TableColumn("total_public", "对外公开总数量"),
)
_MATTERS = (
    TableColumn("items_last_year", "上一年项目数量"),
    TableColumn("change", "本年增/减"),
    TableColumn("decisions", "处理决定数量"),
)
_CHARGES = (TableColumn("items_last_year", "上一年项目数量"), TableColumn("change", "本年增/减"))
_PROCUREMENT = (TableColumn("projects", "采购项目数量"), TableColumn("amount_10k_yuan", "采购总金额"))

PROACTIVE_ROWS = (
    ProactiveRow("rules", "规章", "第二十条第（一）项", _DOCUMENTS),
    ProactiveRow("normative_documents", "规范性文件", "第二十条第（一）项", _DOCUMENTS),
    ProactiveRow("licence", "行政许可", "第二十条第（五）项", _MATTERS),
    ProactiveRow("other_services", "其他对外管理服务事项", "第二十条第（五）项", _MATTERS),
    ProactiveRow("penalty", "行政处罚", "第二十条第（六）项", _MATTERS),
    ProactiveRow("compulsion", "行政强制", "第二十条第（六）项", _MATTERS),
    ProactiveRow("charges", "行政事业性收费", "第二十条第（八）项", _CHARGES),
    ProactiveRow("procurement", "政府集中采购", "第二十条第（九）项", _PROCUREMENT),
)

_SUB_ROWS = ("other_not_corrected", "other_fee_unpaid", "other_remaining")
_FIRST = [row.key for row in form_2021.APPLICATION_ROWS].index(_SUB_ROWS[0])
APPLICATION_ROWS = (
    *form_2021.APPLICATION_ROWS[:_FIRST],
    OTHER_AS_ONE_ROW,
    *form_2021.APPLICATION_ROWS[_FIRST + len(_SUB_ROWS) :],
)
OUTCOME_ROWS = tuple(row for row in APPLICATION_ROWS if row.part and row.key != "total")


def cell_count() -> int:
    """格数: how many numbers the 2019 form asks for, with the tables 三 and 四 that it shares with 2021.

    >>> len(APPLICATION_ROWS)
    23
    >>> cell_count()
    198
    """
    proactive = sum(len(row.columns) for row in PROACTIVE_ROWS)
    return proactive + len(APPLICATION_ROWS) * 7 + 15

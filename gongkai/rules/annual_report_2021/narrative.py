"""文字部分的要求. The title, what the overview covers, and what part six may not leave unsaid.

How these are recognised in somebody else's prose is the report tool's matter.
"""

from dataclasses import dataclass
from datetime import date

from gongkai.rules.annual_report_2021.counting import first_day, last_day
from gongkai.rules.citation import REGULATIONS, REPORT_FORM_2021, Certainty, Citation

# 严格按照条例第五十条的规定确定，不能遗漏，也不宜泛化.
NEITHER_MISSING_NOR_PADDED = REPORT_FORM_2021.whole()
TITLE_BASIS = REPORT_FORM_2021.whole(certainty=Certainty.FROM_MEMORY)


def title(agency: str, year: int) -> str:
    """报告标题.

    >>> title("示例市人民政府国防动员办公室", 2023)
    '示例市人民政府国防动员办公室2023年政府信息公开工作年度报告'
    """
    return f"{agency}{year}年政府信息公开工作年度报告"


def reported_period(year: int) -> tuple[date, date]:
    """统计期."""
    return first_day(year), last_day(year)


@dataclass(frozen=True, slots=True)
class Topic:
    """应当写到的一个方面; ``section`` is the part of the report in which it is written."""

    key: str
    label: str
    section: str
    basis: Citation = NEITHER_MISSING_NOR_PADDED
    governments_only: bool = False


TOPICS = (
    Topic("proactive", "主动公开", "overview"),
    Topic("on_application", "依申请公开", "overview"),
    Topic("management", "政府信息管理", "overview"),
    Topic("platform", "政府信息公开平台建设", "overview"),
    Topic("supervision", "监督保障", "overview"),
    Topic(
        "appraisal",
        "工作考核、社会评议和责任追究结果",
        "overview",
        REGULATIONS.article(50, item=4),
        governments_only=True,
    ),
    # The amount collected under 国办函〔2020〕109号, or that nothing was charged.
    Topic(
        "processing_fee",
        "收取信息处理费情况",
        "other",
        REPORT_FORM_2021.whole(certainty=Certainty.FROM_MEMORY),
    ),
)


def topics_of(section: str, *, is_government: bool) -> tuple[Topic, ...]:
    """某部分应当写到的方面.

    >>> [topic.label for topic in topics_of("overview", is_government=False)]
    ['主动公开', '依申请公开', '政府信息管理', '政府信息公开平台建设', '监督保障']
    """
    return tuple(
        topic
        for topic in TOPICS
        if topic.section == section and (is_government or not topic.governments_only)
    )

"""文字部分的要求. Titles, what the overview covers, and what parts five and six may not leave unsaid."""

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


# 各部分标题 ----------------------------------------------------------------------------------

# Titles that real reports print and nobody should be told off for, by the key of the part.
ACCEPTED_TITLES: dict[str, tuple[str, ...]] = {
    "overview": ("概述", "总体情况概述"),
    "proactive": ("主动公开政府信息的情况", "政府信息主动公开情况"),
    "applications": ("收到和处理政府信息公开申请的情况", "政府信息公开申请的收到和处理情况"),
    "remedies": (
        "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
        "政府信息公开行政复议、行政诉讼的情况",
        "政府信息公开行政复议和行政诉讼情况",
    ),
    "problems": ("存在的主要问题及改进措施", "存在问题及改进情况", "问题和改进", "主要问题和改进情况"),
    "other": ("其他需要报告的情况", "需要报告的其他事项"),
}


# 第一部分 -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Topic:
    """总体情况应当写到的一个方面; ``words`` are those by which its presence is recognised."""

    key: str
    label: str
    words: tuple[str, ...]
    basis: Citation = NEITHER_MISSING_NOR_PADDED
    governments_only: bool = False


OVERVIEW_TOPICS = (
    Topic("proactive", "主动公开", ("主动公开",)),
    Topic("on_application", "依申请公开", ("依申请公开", "依法申请公开", "公开申请")),
    Topic("management", "政府信息管理", ("信息管理", "规范性文件", "保密审查", "动态调整")),
    Topic("platform", "政府信息公开平台建设", ("平台", "网站", "专栏", "新媒体")),
    Topic("supervision", "监督保障", ("监督保障", "监督", "培训", "考核")),
    Topic(
        "appraisal",
        "工作考核、社会评议和责任追究结果",
        ("工作考核", "社会评议", "责任追究"),
        REGULATIONS.article(50, item=4),
        governments_only=True,
    ),
)


def topics_missing(text: str, *, is_government: bool) -> tuple[Topic, ...]:
    """总体情况没有写到的方面; a topic with several results to report must name each of them.

    >>> [topic.label for topic in topics_missing("主动公开……公开申请……平台……监督……", is_government=False)]
    ['政府信息管理']
    """
    return tuple(
        topic
        for topic in OVERVIEW_TOPICS
        if not (all if topic.governments_only else any)(word in text for word in topic.words)
        and (is_government or not topic.governments_only)
    )


# 第五、第六部分 -------------------------------------------------------------------------------

SAYS_NOTHING = frozenset({"无", "没有", "暂无", "无问题", "无其他", "不存在问题"})
PROCESSING_FEE_DUTY = Topic(
    "processing_fee",
    "收取信息处理费情况",
    ("信息处理费",),
    REPORT_FORM_2021.whole(certainty=Certainty.FROM_MEMORY),
)


def says_nothing(text: str) -> bool:
    """第五部分是否等于没有写.

    >>> says_nothing(" 无。 "), says_nothing("解读形式单一，将增加图解。")
    (True, False)
    """
    bare = "".join(text.split()).rstrip("。")
    return not bare or bare in SAYS_NOTHING

"""解读方案. A policy document is organised, signed and released together with its interpretation (三同步); what the plan
says, in which forms, and how much later an interpretation may follow where a place allows it."""

from datetime import date
from enum import StrEnum

from gongkai.rules.citation import Certainty, Instrument
from gongkai.rules.working_days import Calendar, DueDay

RULES_2016 = Instrument(
    title="国务院办公厅印发《关于全面推进政务公开工作的意见》实施细则的通知",
    number="国办发〔2016〕80号",
    short="国办发〔2016〕80号",
    in_force_from=date(2016, 11, 10),
    unconfirmed="标题",
)

TOGETHER_BASIS = RULES_2016.whole()  # 同步组织、同步审签、同步部署
# Places say so of themselves; that the instrument says it too is from memory.
FOLLOW_WORKING_DAYS = 3
FOLLOW_BASIS = RULES_2016.whole(certainty=Certainty.LOCAL)
PLAN_BASIS = RULES_2016.whole(certainty=Certainty.LOCAL)
CONTENTS_OF_A_PLAN = ("解读提纲", "解读形式", "解读渠道", "解读时间")
# What one place asks of an interpretation; offered as an outline, not required.
ELEMENTS = (
    "背景依据",
    "目标任务",
    "主要内容",
    "适用范围",
    "执行标准",
    "注意事项",
    "关键词注释",
    "惠民利民举措",
    "新旧政策差异",
)


class InterpretationForm(StrEnum):
    """解读形式."""

    TEXT = "text"
    PICTURES = "pictures"
    VIDEO = "video"
    QUESTIONS = "questions"
    PRESS_CONFERENCE = "press_conference"
    INTERVIEW = "interview"

    @property
    def label(self) -> str:
        return {
            "text": "文字解读",
            "pictures": "图解",
            "video": "视频",
            "questions": "问答",
            "press_conference": "新闻发布会",
            "interview": "专家访谈",
        }[self.value]


def interpret_by(released_on: date, calendar: Calendar, *, working_days: int = FOLLOW_WORKING_DAYS) -> DueDay:
    """解读最迟公布之日 where it follows the document; a place may be stricter, never looser.

    >>> str(interpret_by(date(2026, 9, 30), Calendar()))
    '2026年10月10日（周六）'
    >>> str(interpret_by(date(2026, 9, 30), Calendar(), working_days=5))
    Traceback (most recent call last):
        ...
    ValueError: 解读最迟在文件公布后3个工作日内公布：5
    """
    if working_days > FOLLOW_WORKING_DAYS:
        raise ValueError(f"解读最迟在文件公布后{FOLLOW_WORKING_DAYS}个工作日内公布：{working_days}")
    return calendar.add_working_days(released_on, working_days, basis=FOLLOW_BASIS)

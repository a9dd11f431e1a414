"""政府信息公开指南. What a guide must say (article 12), and when it is gone over again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.rules.citation import REGULATIONS, Certainty
from gongkai.rules.working_days import Calendar

GUIDE_BASIS = REGULATIONS.article(12)
# 指南应当及时更新; how often it is gone over is not said. A year is proposed; an edition names its own day.
RECHECK_MONTHS = 12
RECHECK_BASIS = REGULATIONS.article(12, certainty=Certainty.INFERENCE)


@dataclass(frozen=True, slots=True)
class Element:
    """一项内容. ``required`` is the law's; the others are asked for where an office has them."""

    key: str
    label: str
    required: bool = True
    is_long: bool = False  # paragraphs, not one line


ELEMENTS = (
    Element("classification", "政府信息的分类", is_long=True),
    Element("arrangement", "编排体系", is_long=True),
    Element("obtaining", "获取方式", is_long=True),
    Element("body_name", "政府信息公开工作机构的名称"),
    Element("office_address", "办公地址"),
    Element("office_hours", "办公时间"),
    Element("telephone", "联系电话"),
    Element("fax", "传真号码"),
    Element("internet", "互联网联系方式"),
    # 国办公开办函〔2017〕19号: the channels for applications and their conditions are said in the guide.
    Element("channels", "申请接收渠道和使用条件", is_long=True),
    Element("postcode", "邮政编码", required=False),
)


def missing(values: Mapping[str, str]) -> tuple[Element, ...]:
    """还缺的内容, in the order of the article.

    >>> [each.label for each in missing({each.key: "有" for each in ELEMENTS if each.key != "fax"})]
    ['传真号码']
    """
    return tuple(each for each in ELEMENTS if each.required and not values.get(each.key, "").strip())


def recheck_on(day: date, calendar: Calendar, *, months: int = RECHECK_MONTHS) -> date:
    """下次复核的日子.

    >>> recheck_on(date(2026, 3, 2), Calendar())
    datetime.date(2027, 3, 2)
    """
    return calendar.add_months(day, months, basis=RECHECK_BASIS).day

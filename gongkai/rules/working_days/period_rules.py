"""期间的算法. The general civil rules on counting a period, by the day it begins.

The Regulations have none of their own, so the general rule is taken: our reading, marked wherever it is cited.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.rules.citation import Certainty, Citation
from gongkai.rules.editions import CIVIL_CODE, CIVIL_PRINCIPLES_1986, CIVIL_PROVISIONS_2017, Edition, Editions


@dataclass(frozen=True, slots=True)
class PeriodRules:
    """期间计算的三条规则."""

    opening_day: Citation  # 开始的当日不计入
    month_end: Citation  # 没有对应日的，月末日为期间的最后一日
    rest_day: Citation  # 最后一日是休假日的，顺延


_PRINCIPLES = Edition(
    PeriodRules(
        opening_day=CIVIL_PRINCIPLES_1986.article(154, 2, certainty=Certainty.FROM_MEMORY),
        month_end=CIVIL_PRINCIPLES_1986.article(154, 2, certainty=Certainty.FROM_MEMORY),
        rest_day=CIVIL_PRINCIPLES_1986.article(154, 3, certainty=Certainty.FROM_MEMORY),
    ),
    CIVIL_PRINCIPLES_1986.in_force_from,
    # The later General Provisions went before them on this point, though both stayed in force until the Code.
    CIVIL_PROVISIONS_2017.in_force_from - timedelta(days=1),
)
_PROVISIONS = Edition(
    PeriodRules(
        opening_day=CIVIL_PROVISIONS_2017.article(201, 1, certainty=Certainty.FROM_MEMORY),
        month_end=CIVIL_PROVISIONS_2017.article(202, certainty=Certainty.FROM_MEMORY),
        rest_day=CIVIL_PROVISIONS_2017.article(203, 1, certainty=Certainty.FROM_MEMORY),
    ),
    CIVIL_PROVISIONS_2017.in_force_from,
    CIVIL_PROVISIONS_2017.in_force_to,
)
_CODE = Edition(
    PeriodRules(
        opening_day=CIVIL_CODE.article(201, 1, certainty=Certainty.INFERENCE),
        month_end=CIVIL_CODE.article(202),
        rest_day=CIVIL_CODE.article(203, 1),
    ),
    CIVIL_CODE.in_force_from,
)

_EDITIONS = Editions("期间计算规则", (_PRINCIPLES, _PROVISIONS, _CODE))


def period_rules(day: date) -> PeriodRules:
    """某日开始的期间适用的规则.

    >>> [str(period_rules(date(year, 6, 1)).rest_day) for year in (2016, 2019, 2026)]
    ['《民法通则》第一百五十四条第三款（待核）', '《民法总则》第二百〇三条第一款（待核）', '《民法典》第二百〇三条第一款']
    """
    return _EDITIONS.on(day)

"""内部期限. Days of the office's own ahead of the reply period, so that opinion, review and signature are there in time.

No law sets them: they are the office's practice and only ever stricter, since each lies before the legal day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from gongkai.rules.citation import REGULATIONS, Certainty
from gongkai.rules.explanation import Explanation, Refusal, Step
from gongkai.rules.regulations_2019.clock import REPLY_WORKING_DAYS
from gongkai.rules.working_days import Calendar, due_text

BASIS = REGULATIONS.article(33, 2, certainty=Certainty.LOCAL)
_DAY = timedelta(days=1)


class Stage(StrEnum):
    """办理的环节, in their order."""

    OPINION = "opinion"
    LEGALITY = "legality"
    SIGN_OFF = "sign_off"

    @property
    def label(self) -> str:
        return {"opinion": "提出承办意见", "legality": "合法性审核", "sign_off": "签发"}[self.value]


# 答复期限之前几个工作日, unless the office has set its own.
PROPOSED: Mapping[Stage, int] = {Stage.OPINION: 5, Stage.LEGALITY: 3, Stage.SIGN_OFF: 2}


@dataclass(frozen=True, slots=True)
class InternalDue:
    """一个环节的内部期限."""

    stage: Stage
    day: date
    explanation: Explanation


def internal_due(stage: Stage, due_on: date, days_before: int, calendar: Calendar) -> InternalDue:
    """内部期限: the working day that has so many working days after it until the legal day.

    >>> print(internal_due(Stage.SIGN_OFF, date(2026, 4, 13), 2, Calendar()).explanation)
    答复期限2026年4月13日（周一）之前2个工作日签发（《条例》第三十三条第二款（地方做法））；应于2026年4月9日（周四）前签发
    """
    day, left = due_on, days_before
    while left or not calendar.is_working_day(day):
        left -= bool(left and calendar.is_working_day(day))
        day -= _DAY
    text = f"答复期限{due_text(due_on, provisional=False)}之前{days_before}个工作日{stage.label}"
    conclusion = f"应于{due_text(day, provisional=False)}前{stage.label}"
    return InternalDue(stage, day, Explanation((Step(text, BASIS, due_on),), conclusion))


def refuse_days_before(days_before: Mapping[Stage, int]) -> Refusal | None:
    """能不能这样定: stricter, never looser, and in the order of the stages.

    >>> str(refuse_days_before({**PROPOSED, Stage.SIGN_OFF: 0}))
    '签发的内部期限不能定为答复期限之前0个工作日（《条例》第三十三条第二款（地方做法））。请定为1至19个工作日。'
    """
    longest = REPLY_WORKING_DAYS - 1
    for stage in Stage:
        if not 1 <= days_before[stage] <= longest:
            text = f"{stage.label}的内部期限不能定为答复期限之前{days_before[stage]}个工作日"
            return Refusal(text, BASIS, f"请定为1至{longest}个工作日")
    stages = list(Stage)
    for earlier, later in pairwise(stages):
        if days_before[earlier] < days_before[later]:
            text = f"{earlier.label}不能晚于{later.label}"
            return Refusal(text, BASIS, f"请把{earlier.label}定得早一些")
    return None

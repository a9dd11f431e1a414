"""补正. The agency asks once, within 7 working days; the reply period starts afresh when the correction arrives
(条例第三十条)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.rules.citation import REGULATIONS, Certainty
from gongkai.rules.explanation import Explanation, Step, day_text
from gongkai.rules.working_days import Calendar, DueDay

NOTICE_WORKING_DAYS = 7
NOTICE_BASIS = REGULATIONS.article(30)

# 条例 says only 合理的补正期限. Local rules often give 15 working days; an agency may choose its own.
DEFAULT_APPLICANT_WORKING_DAYS = 15
APPLICANT_BASIS = REGULATIONS.article(30, certainty=Certainty.FROM_MEMORY)


class CorrectionResult(StrEnum):
    """补正的结果."""

    PENDING = "pending"  # 期限未满，等申请人补正
    CORRECTED = "corrected"  # 按期补正，重新起算
    CORRECTED_LATE = "corrected_late"  # 逾期补正，有正当理由，重新起算
    DEEMED_ABANDONED = "deemed_abandoned"  # 无正当理由逾期不补正，视为放弃申请


@dataclass(frozen=True, slots=True)
class CorrectionAnswer:
    """补正情况的判断, with the day it was to be done by."""

    result: CorrectionResult
    due: DueDay
    explanation: Explanation


def notice_due(received_on: date, calendar: Calendar) -> DueDay:
    """补正告知的期限: 7 working days from receipt."""
    return calendar.add_working_days(received_on, NOTICE_WORKING_DAYS, basis=NOTICE_BASIS)


def applicant_due(
    noticed_on: date, calendar: Calendar, *, working_days: int = DEFAULT_APPLICANT_WORKING_DAYS
) -> DueDay:
    """申请人补正的期限, from the day the notice reached the applicant."""
    return calendar.add_working_days(noticed_on, working_days, basis=APPLICANT_BASIS)


def judge_correction(
    due: DueDay, *, today: date, corrected_on: date | None = None, has_good_reason: bool = False
) -> CorrectionAnswer:
    """申请人补正了没有, and whether the application is deemed abandoned.

    >>> due = applicant_due(date(2026, 3, 9), Calendar())
    >>> judge_correction(due, today=date(2026, 3, 31)).result.value
    'deemed_abandoned'
    """
    if corrected_on is not None and corrected_on <= due.day:
        return _answer(CorrectionResult.CORRECTED, due, f"{day_text(corrected_on)}按期补正，重新起算答复期限")
    if has_good_reason:
        if corrected_on is None:
            return _answer(CorrectionResult.PENDING, due, "逾期有正当理由，等候补正")
        text = f"{day_text(corrected_on)}逾期补正，有正当理由，重新起算答复期限"
        return _answer(CorrectionResult.CORRECTED_LATE, due, text)
    if today <= due.day:
        return _answer(CorrectionResult.PENDING, due, f"补正期限至{due}，尚未届满")
    return _answer(CorrectionResult.DEEMED_ABANDONED, due, "无正当理由逾期不补正，视为放弃申请，不再处理")


def _answer(result: CorrectionResult, due: DueDay, text: str) -> CorrectionAnswer:
    step = Step(f"补正期限至{due}", APPLICANT_BASIS, due.day)
    return CorrectionAnswer(result, due, Explanation((step, Step(text, NOTICE_BASIS)), text))

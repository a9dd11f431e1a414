"""规范性文件的有效期. How long a document lasts unless it is renewed, and when an office is warned that it ends."""

from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.rules.citation import Certainty, Instrument
from gongkai.rules.explanation import Explanation, Step, day_text

MAKING_2018 = Instrument(
    title="国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知",
    number="国办发〔2018〕37号",
    short="国办发〔2018〕37号",
    in_force_from=date(2018, 5, 16),
    unconfirmed="标题",
)
LEGALITY_2018 = Instrument(
    title="国务院办公厅关于全面推行行政规范性文件合法性审核机制的指导意见",
    number="国办发〔2018〕115号",
    short="国办发〔2018〕115号",
    in_force_from=date(2018, 12, 4),
    unconfirmed="标题、日期",
)

LEGALITY_REVIEW_BASIS = LEGALITY_2018.whole()  # every normative document is reviewed before it is decided
# One place's practice; an office may choose otherwise and says why.
USUAL_YEARS = 5
TRIAL_YEARS = 2
TERM_BASIS = MAKING_2018.whole(certainty=Certainty.LOCAL)
TRIAL_WORDS = ("暂行", "试行")
WARN_DAYS = (90, 30)  # house practice: time enough to review a document, and time enough to renew it


@dataclass(frozen=True, slots=True)
class Term:
    """有效期: the last day on which the document is in force, and why."""

    last_day: date
    years: int
    explanation: Explanation


def is_trial(title: str) -> bool:
    """暂行、试行.

    >>> is_trial("示例市人防工程管理办法（试行）"), is_trial("示例市人防工程管理办法")
    (True, False)
    """
    return any(word in title for word in TRIAL_WORDS)


def usual_term(title: str, in_force_from: date) -> Term:
    """通常的有效期: five years, two for a trial, from the day the document comes into force.

    >>> term = usual_term("示例市人防工程管理办法（试行）", date(2026, 3, 1))
    >>> str(term.explanation)
    '名称中有“试行”，有效期2年（国办发〔2018〕37号（地方做法））；自2026年3月1日起施行，有效期至2028年2月29日'
    >>> usual_term("示例市人防工程管理办法", date(2024, 2, 29)).last_day
    datetime.date(2029, 2, 28)
    """
    word = next((word for word in TRIAL_WORDS if word in title), "")
    years = TRIAL_YEARS if word else USUAL_YEARS
    last = _years_later(in_force_from, years) - timedelta(days=1)
    why = f"名称中有“{word}”，有效期{years}年" if word else f"一般文件，有效期{years}年"
    conclusion = f"自{day_text(in_force_from)}起施行，有效期至{day_text(last)}"
    return Term(last, years, Explanation((Step(why, TERM_BASIS, in_force_from),), conclusion))


def warning(lapses_on: date, today: date) -> int | None:
    """到期预警: the narrowest of the warning distances that has been reached; None before the first and after the end.

    >>> [warning(date(2026, 12, 31), day) for day in (date(2026, 9, 1), date(2026, 10, 2), date(2026, 12, 1))]
    [None, 90, 30]
    >>> warning(date(2026, 12, 31), date(2027, 1, 1)) is None
    True
    """
    left = (lapses_on - today).days
    return min((days for days in WARN_DAYS if 0 <= left <= days), default=None)


def _years_later(day: date, years: int) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return date(day.year + years, 3, 1) if is_leap_day else day.replace(year=day.year + years)

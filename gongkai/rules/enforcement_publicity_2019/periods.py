"""执法公示的期限. By when the result of an act is made public, by when a changed penalty is withdrawn, and for how long
it stays."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from gongkai.rules.citation import Certainty, Citation, Instrument
from gongkai.rules.explanation import Explanation, Step, day_text
from gongkai.rules.working_days import Calendar, DueDay

ENFORCEMENT_OPINION = Instrument(
    title="国务院办公厅关于全面推行行政执法公示制度执法全过程记录制度重大执法决定法制审核制度的指导意见",
    number="国办发〔2018〕118号",
    short="国办发〔2018〕118号",
    in_force_from=date(2018, 12, 5),
    unconfirmed="标题、日期",
)
PENALTY_LAW = Instrument(
    title="中华人民共和国行政处罚法（2021年修订）",
    number="主席令第70号",
    short="行政处罚法",
    in_force_from=date(2021, 7, 15),
    unconfirmed="主席令编号、施行日期",
)
LICENCE_LAW = Instrument(
    title="中华人民共和国行政许可法（2019年修正）",
    number="主席令第29号",
    short="行政许可法",
    in_force_from=date(2019, 4, 23),
    unconfirmed="主席令编号、施行日期",
)

LICENCE_IS_PUBLIC = LICENCE_LAW.article(40)
PENALTY_WITH_INFLUENCE_IS_PUBLIC = PENALTY_LAW.article(48, 1)
WITHDRAW_WORKING_DAYS = 3  # 「三日」 of that law are working days (第八十五条)
WITHDRAW_BASIS = PENALTY_LAW.article(48, 2)


class Act(StrEnum):
    """执法行为."""

    LICENCE = "licence"
    PENALTY = "penalty"
    COMPULSION = "compulsion"
    CHARGE = "charge"
    INSPECTION = "inspection"

    @property
    def label(self) -> str:
        return {
            "licence": "行政许可",
            "penalty": "行政处罚",
            "compulsion": "行政强制",
            "charge": "行政收费",
            "inspection": "行政检查",
        }[self.value]


@dataclass(frozen=True, slots=True)
class PublicityPeriod:
    """公示期限."""

    working_days: int
    basis: Citation


_SHORT = PublicityPeriod(7, ENFORCEMENT_OPINION.whole())
_ORDINARY = PublicityPeriod(20, ENFORCEMENT_OPINION.whole())
PERIODS = {
    Act.LICENCE: _SHORT,
    Act.PENALTY: _SHORT,
    Act.COMPULSION: _ORDINARY,
    Act.CHARGE: _ORDINARY,
    Act.INSPECTION: _ORDINARY,
}


def publish_by(act: Act, decided_on: date, calendar: Calendar) -> DueDay:
    """公示的期限, from the day of the decision; other laws prevail.

    >>> [str(publish_by(act, date(2026, 9, 16), Calendar())) for act in (Act.PENALTY, Act.COMPULSION)]
    ['2026年9月24日（周四）', '2026年10月20日（周二）']
    """
    period = PERIODS[act]
    return calendar.add_working_days(decided_on, period.working_days, basis=period.basis)


def overdue_when_decided_by(act: Act, today: date, calendar: Calendar) -> date:
    """已超期的决定中最晚的决定日: whatever was decided on this day or before is late today if it is not public.

    >>> str(overdue_when_decided_by(Act.PENALTY, date(2026, 9, 25), Calendar()))
    '2026-09-16'
    """
    day = today - timedelta(days=PERIODS[act].working_days)
    while publish_by(act, day, calendar).day >= today:
        day -= timedelta(days=1)
    return day


def withdraw_by(changed_on: date, calendar: Calendar) -> DueDay:
    """撤回的期限: a public penalty that was changed, revoked, found unlawful or void is withdrawn within 3 working
    days, and the reasons are made public.

    >>> str(withdraw_by(date(2026, 9, 30), Calendar()))
    '2026年10月10日（周六）'
    """
    return calendar.add_working_days(changed_on, WITHDRAW_WORKING_DAYS, basis=WITHDRAW_BASIS)


# 公示多久 ----------------------------------------------------------------------------------

# One place's practice; an agency sets its own.
RETENTION_YEARS = 5
RETENTION_YEARS_NATURAL_PERSON = 2
RETENTION_BASIS = ENFORCEMENT_OPINION.whole(certainty=Certainty.LOCAL)


@dataclass(frozen=True, slots=True)
class RetentionDay:
    """公示的最后一日."""

    day: date
    explanation: Explanation


def shown_until(published_on: date, *, natural_person: bool) -> RetentionDay:
    """公示到哪一天.

    >>> str(shown_until(date(2024, 3, 1), natural_person=True).explanation)
    '相对人为自然人，公示2年（国办发〔2018〕118号（地方做法））；公示至2026年2月28日'
    """
    years = RETENTION_YEARS_NATURAL_PERSON if natural_person else RETENTION_YEARS
    # The last day shown; a day of rest does not lengthen it, for nobody has to act on it.
    day = _years_later(published_on, years) - timedelta(days=1)
    who = "自然人" if natural_person else "法人或者其他组织"
    step = Step(f"相对人为{who}，公示{years}年", RETENTION_BASIS, published_on)
    return RetentionDay(day, Explanation((step,), f"公示至{day_text(day)}"))


def _years_later(day: date, years: int) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return date(day.year + years, 3, 1) if is_leap_day else day.replace(year=day.year + years)

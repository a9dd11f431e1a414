"""更新周期. How long a class of column may stand without a new item; the last day of each period, by the calendar.

Only the periods read in a text are defaults. An item without a publication time counts as not updated.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from gongkai.rules.citation import Citation
from gongkai.rules.explanation import Explanation, Step, day_text
from gongkai.rules.site_indicators_2019.source import FROM_MEMORY, READ

DAYS_A_WEEK = 7
MONTHS_A_YEAR = 12
_ANY_YEAR = date(2026, 1, 1)  # neither it nor the next has a 29 February: periods are shortest then


class ColumnClass(StrEnum):
    """栏目类别."""

    HOME_PAGE = "home_page"
    NEWS = "news"
    NOTICES = "notices"
    POLICY_DOCUMENTS = "policy_documents"
    INTERPRETATIONS = "interpretations"
    ANSWERED_MESSAGES = "answered_messages"
    SERVICE_STATISTICS = "service_statistics"
    ACCOUNT = "account"

    @property
    def label(self) -> str:
        return {
            "home_page": "首页",
            "news": "动态、要闻类",
            "notices": "通知公告类",
            "policy_documents": "政策文件类",
            "interpretations": "政策解读类",
            "answered_messages": "留言公开",
            "service_statistics": "办事统计数据",
            "account": "政务新媒体账号",
        }[self.value]


@dataclass(frozen=True, slots=True)
class UpdatePeriod:
    """更新周期, in weeks or in months."""

    basis: Citation
    weeks: int = 0
    months: int = 0

    @property
    def label(self) -> str:
        return f"{self.weeks}周" if self.weeks else f"{self.months}个月"

    def last_day(self, updated_on: date) -> date:
        """The last day on which the column is not yet overdue."""
        if self.weeks:
            return updated_on + timedelta(days=self.weeks * DAYS_A_WEEK)
        return _months_later(updated_on, self.months)

    @property
    def fewest_days(self) -> int:
        """最少的天数: a period of one's own that is no longer than this is never the looser one.

        >>> [UPDATE_PERIODS[each].fewest_days for each in (ColumnClass.NEWS, ColumnClass.POLICY_DOCUMENTS)]
        [14, 181]
        """
        days = (_ANY_YEAR + timedelta(days=number) for number in range(366))
        return min((self.last_day(day) - day).days for day in days)


UPDATE_PERIODS = {
    ColumnClass.HOME_PAGE: UpdatePeriod(READ, weeks=2),
    ColumnClass.NEWS: UpdatePeriod(READ, weeks=2),
    ColumnClass.NOTICES: UpdatePeriod(READ, months=6),
    ColumnClass.POLICY_DOCUMENTS: UpdatePeriod(READ, months=6),
    ColumnClass.INTERPRETATIONS: UpdatePeriod(FROM_MEMORY, months=6),
    ColumnClass.ANSWERED_MESSAGES: UpdatePeriod(READ, months=2),
    ColumnClass.SERVICE_STATISTICS: UpdatePeriod(READ, months=3),
    ColumnClass.ACCOUNT: UpdatePeriod(READ, weeks=2),
}


@dataclass(frozen=True, slots=True)
class UpdateDue:
    """应更新的最后一日."""

    day: date
    explanation: Explanation

    def overdue_on(self, today: date) -> bool:
        return today > self.day


def update_by(
    column: ColumnClass | None, updated_on: date, *, own_days: int | None = None, name: str = ""
) -> UpdateDue | None:
    """栏目下一次应在哪一天前更新: the class's period or the office's own, whichever ends first; None without either.

    >>> str(update_by(ColumnClass.POLICY_DOCUMENTS, date(2024, 8, 31)).explanation)
    '政策文件类上次更新于2024年8月31日，应每6个月更新（国办秘函〔2019〕19号）；最迟2025年2月28日更新'
    >>> str(update_by(ColumnClass.NEWS, date(2024, 3, 1), own_days=7).explanation)
    '动态、要闻类上次更新于2024年3月1日，应每2周更新（国办秘函〔2019〕19号）；本机关规定每7天更新；最迟2024年3月8日更新'
    >>> update_by(ColumnClass.NEWS, date(2024, 3, 1)).overdue_on(date(2024, 3, 15))
    False
    >>> update_by(None, date(2024, 3, 1)) is None
    True
    """
    day = last_day(column, updated_on, own_days=own_days)
    if day is None:
        return None
    steps = []
    if column:
        period = UPDATE_PERIODS[column]
        text = f"{column.label}上次更新于{day_text(updated_on)}，应每{period.label}更新"
        steps.append(Step(text, period.basis, updated_on))
    if own_days:
        text = "" if steps else f"{name}上次更新于{day_text(updated_on)}，"
        steps.append(Step(f"{text}本机关规定每{own_days}天更新", None, updated_on))
    return UpdateDue(day, Explanation(tuple(steps), f"最迟{day_text(day)}更新"))


def last_day(column: ColumnClass | None, updated_on: date, *, own_days: int | None = None) -> date | None:
    """不算超期的最后一天, without its explanation: for thousands of days at once."""
    days = [UPDATE_PERIODS[column].last_day(updated_on)] if column else []
    if own_days:
        days.append(updated_on + timedelta(days=own_days))
    return min(days, default=None)


def fault_of_own_period(column: ColumnClass | None, days: int) -> str:
    """本机关的周期为什么不行: stricter than the indicator or as strict, never looser.

    >>> fault_of_own_period(ColumnClass.NEWS, 30)
    '动态、要闻类应每2周更新（国办秘函〔2019〕19号），本机关的周期不能超过14天'
    """
    period = UPDATE_PERIODS[column] if column else None
    if column and period and days > period.fewest_days:
        limit = f"本机关的周期不能超过{period.fewest_days}天"
        return f"{column.label}应每{period.label}更新（{period.basis}），{limit}"
    return ""


def _months_later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, MONTHS_A_YEAR)
    first = date(day.year + years, month + 1, 1)
    following = date(first.year + first.month // MONTHS_A_YEAR, first.month % MONTHS_A_YEAR + 1, 1)
    return min(first + timedelta(days=day.day - 1), following - timedelta(days=1))

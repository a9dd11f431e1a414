"""履行的期限. By when a decision or judgment against the agency is performed, which here means answering again."""

from datetime import date

from gongkai.rules.citation import REGULATIONS, Certainty, Citation
from gongkai.rules.editions import LITIGATION_LAW, RECONSIDERATION_LAW_2023
from gongkai.rules.explanation import Step
from gongkai.rules.litigation.periods import fixed_day
from gongkai.rules.regulations_2019.clock import REPLY_WORKING_DAYS
from gongkai.rules.remedy_cases.events import Track
from gongkai.rules.working_days import Calendar, DueDay

BASIS: dict[Track, Citation] = {
    Track.RECONSIDERATION: RECONSIDERATION_LAW_2023.article(77, 1, certainty=Certainty.FROM_MEMORY),
    Track.LITIGATION: LITIGATION_LAW.article(94, certainty=Certainty.FROM_MEMORY),
}
# Where the decision sets no period, we take that of a reply, from the day it takes effect: our reading.
NO_PERIOD_SET = REGULATIONS.article(33, 2, certainty=Certainty.INFERENCE)
# 责令重新作出的，不得以同一事实和理由作出相同或者基本相同的行政行为，因违反法定程序被撤销的除外.
NOT_THE_SAME_AGAIN: dict[Track, Citation] = {
    Track.RECONSIDERATION: RECONSIDERATION_LAW_2023.article(64, 2, certainty=Certainty.FROM_MEMORY),
    Track.LITIGATION: LITIGATION_LAW.article(71, certainty=Certainty.FROM_MEMORY),
}


def perform_by(
    track: Track,
    effective_on: date,
    calendar: Calendar,
    *,
    set_until: date | None = None,
    set_working_days: int | None = None,
) -> DueDay:
    """重新答复的期限: the day or the working days that the decision sets; without them, those of a reply.

    >>> str(perform_by(Track.LITIGATION, date(2026, 3, 2), Calendar()))
    '2026年3月30日（周一）'
    """
    if set_until:
        return fixed_day(set_until, Step("在决定、裁判确定的期限内履行", BASIS[track], effective_on))
    if set_working_days:
        return calendar.add_working_days(effective_on, set_working_days, basis=BASIS[track])
    return calendar.add_working_days(effective_on, REPLY_WORKING_DAYS, basis=NO_PERIOD_SET)

"""信箱的答复期限. No national statute fixes it; the default is one place's practice, and a letter may have its own."""

from datetime import date
from functools import lru_cache

from gongkai.rules.working_days import Calendar

# 简单事项5个工作日, 一般事项10个工作日, as several cities have it: 地方做法, 待核.
ANSWER_WORKING_DAYS = 10


@lru_cache(maxsize=4096)
def answer_by(received_on: date) -> date:
    """应答复之日."""
    return Calendar().add_working_days(received_on, ANSWER_WORKING_DAYS).day

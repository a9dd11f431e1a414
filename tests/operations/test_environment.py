"""环境变量 and 自查: what the operator is told before anything runs, and from which day on it is a fault."""

from datetime import date

import pytest

from gongkai.config import env
from gongkai.operations import doctor


@pytest.mark.parametrize("typed", ["x", "-5", "1.5", "１０", "9" * 30])
def test_what_is_no_whole_number_is_told_plainly(monkeypatch, typed):
    monkeypatch.setenv("EMAIL_PER_DAY", typed)

    with pytest.raises(SystemExit, match="没有启动：环境变量 EMAIL_PER_DAY 要填整数"):
        env.EMAIL_PER_DAY.number()


def test_a_whole_number_is_taken_and_nothing_means_the_default(monkeypatch):
    monkeypatch.setenv("EMAIL_PER_DAY", "20")
    assert env.EMAIL_PER_DAY.number() == 20
    monkeypatch.delenv("EMAIL_PER_DAY")
    assert env.EMAIL_PER_DAY.number() == 1000


@pytest.mark.parametrize(
    ("today", "level"),
    [
        (date(2096, 11, 30), doctor.WARNING),
        (date(2096, 12, 1), doctor.FAULT),
        (date(2097, 1, 1), doctor.FAULT),
    ],
)
def test_tim_04_the_holidays_of_the_next_year_are_missed_from_the_first_of_december(
    monkeypatch, today, level
):
    """TIM-04: of a year that no notice is shipped for; how it is counted meanwhile is in tests/rules/test_calendar.py."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: today)

    told = {answer.text: answer.level for answer in doctor._holidays()}

    assert told["放假安排：2097年还没有，期限暂算并注明。通知印发后请录入。"] == level

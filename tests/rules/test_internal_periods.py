"""内部期限: the office's own days lie before the legal one, in the order of the stages, on working days."""

from datetime import date, timedelta

import pytest

from gongkai.rules.regulations_2019.internal_periods import (
    PROPOSED,
    Stage,
    internal_due,
    refuse_days_before,
)
from gongkai.rules.working_days import Calendar


@pytest.mark.parametrize("days_before", [1, 2, 3, 5, 19])
def test_the_day_has_just_so_many_working_days_after_it(days_before):
    """TIM-01: over the holidays of 2026 as well."""
    calendar, due_on = Calendar(), date(2026, 1, 5)
    while due_on < date(2026, 12, 31):
        found = internal_due(Stage.OPINION, due_on, days_before, calendar)

        assert calendar.is_working_day(found.day)
        assert calendar.working_days_between(found.day, due_on) == days_before
        due_on += timedelta(days=1)


def test_what_the_office_sets_is_stricter_and_in_order():
    assert refuse_days_before(PROPOSED) is None
    assert "1至19个工作日" in str(refuse_days_before({**PROPOSED, Stage.SIGN_OFF: 0}))
    assert "1至19个工作日" in str(refuse_days_before({**PROPOSED, Stage.OPINION: 20}))
    assert "提出承办意见不能晚于合法性审核" in str(refuse_days_before({**PROPOSED, Stage.OPINION: 2}))

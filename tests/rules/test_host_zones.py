"""TIM-03. The boundary table holds whatever zone the host is set to: the law's days are Beijing's."""

import os
import time

import pytest

from tests.rules import test_deadline_cases as table
from tests.rules.case_tables import rows

CHECKS = {
    "某日是否工作日": table.test_a_day_is_worked_or_not_for_the_reason_given,
    "数工作日": table.test_working_days_are_counted_from_the_day_after_the_start,
    "数自然日和月": table.test_a_period_that_ends_on_a_day_of_rest_ends_on_the_next_working_day,
    "收到申请之日": table.test_the_day_of_receipt_follows_the_channel,
    "某一时刻是哪一天": table.test_the_legal_day_is_the_day_in_beijing,
    "答复期限": table.test_a_reply_is_due_on_the_day_the_history_gives,
}


@pytest.fixture(params=["UTC", "America/New_York", "Pacific/Kiritimati"])
def host(request, monkeypatch):
    before = os.environ.get("TZ")
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    if before is None:
        monkeypatch.delenv("TZ")
    else:
        monkeypatch.setenv("TZ", before)
    time.tzset()


def test_every_row_of_the_boundary_table_holds_on_any_host(host):
    """TIM-02, TIM-03: more than two hundred rows, midnight and leap day among them."""
    count = 0
    for heading, check in CHECKS.items():
        for each in rows(table.DOCUMENT, heading):
            check(each)
            count += 1

    assert count >= 200

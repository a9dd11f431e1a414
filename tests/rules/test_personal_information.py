"""个人信息的保存期限."""

from datetime import date, timedelta

import pytest

from gongkai.rules.personal_information.retention import IDENTITY_PROOF, last_day_kept
from gongkai.rules.personal_information.rights import Right, answer_due, refuse_deletion


@pytest.mark.parametrize("today", [date(2024, 2, 29), date(2026, 11, 30), date(2027, 1, 1)])
def test_a_proof_of_identity_is_kept_for_the_whole_of_its_days(today):
    first_to_go = last_day_kept(today) - timedelta(days=1)

    assert (today - first_to_go).days == IDENTITY_PROOF.days + 1
    assert (today - last_day_kept(today)).days == IDENTITY_PROOF.days


def test_its_time_outlasts_reconsideration_and_suit():
    """60 days for reconsideration, and six months at the longest for a suit (行政复议法第二十条, 行政诉讼法第四十六条)."""
    assert IDENTITY_PROOF.days > 184


def test_it_says_what_goes_when_and_by_which_article():
    assert str(IDENTITY_PROOF) == "身份证明在办结210日后销毁（《个人信息保护法》第十九条（待核））"


def test_each_right_has_its_name_and_its_article():
    assert [(right.label, str(right.basis.article)) for right in Right] == [
        ("查阅、复制", "45"),
        ("更正、补充", "46"),
        ("删除", "47"),
    ]


@pytest.mark.parametrize(
    ("closed_on", "held", "today", "says"),
    [
        (None, False, date(2026, 3, 2), "还在办理"),
        (date(2026, 3, 2), True, date(2027, 3, 2), "暂缓销毁"),
        (date(2026, 3, 2), False, date(2026, 9, 28), "保存到"),
        (date(2026, 3, 2), False, date(2026, 9, 29), ""),
    ],
)
def test_deletion_waits_for_the_end_the_dispute_and_the_210_days(closed_on, held, today, says):
    refused = refuse_deletion(closed_on=closed_on, held=held, today=today)

    assert (says in refused.cannot) if says else refused is None


def test_a_request_is_answered_within_thirty_days():
    assert answer_due(date(2026, 2, 27)) == date(2026, 3, 29)

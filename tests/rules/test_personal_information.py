"""个人信息的保存期限."""

from datetime import date, timedelta

import pytest

from gongkai.rules.personal_information.retention import IDENTITY_PROOF, last_day_kept


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

"""政策解读和规范性文件的期限: terms of documents, warnings before they end, and interpretations that follow."""

from datetime import date

import pytest

from gongkai.rules.citation import Certainty
from gongkai.rules.interpretation_2016.plan import (
    FOLLOW_BASIS,
    PLAN_BASIS,
    TOGETHER_BASIS,
    InterpretationForm,
    interpret_by,
)
from gongkai.rules.normative_documents_2018.term import TERM_BASIS, is_trial, usual_term, warning
from gongkai.rules.working_days import Calendar


@pytest.mark.parametrize(
    ("title", "from_", "years", "last"),
    [
        ("示例市人防工程维护管理办法", date(2026, 3, 1), 5, date(2031, 2, 28)),
        ("示例市人防工程维护管理暂行办法", date(2026, 3, 1), 2, date(2028, 2, 29)),
        ("示例市人防工程维护管理办法（试行）", date(2024, 1, 1), 2, date(2025, 12, 31)),
        ("示例市人防工程维护管理办法", date(2024, 2, 29), 5, date(2029, 2, 28)),
        ("示例市人防工程维护管理办法（试行）", date(2024, 2, 29), 2, date(2026, 2, 28)),
    ],
)
def test_a_document_lasts_five_years_and_a_trial_two(title: str, from_: date, years: int, last: date) -> None:
    term = usual_term(title, from_)

    assert (term.years, term.last_day) == (years, last)
    assert is_trial(title) == (years == 2)


def test_what_is_local_practice_says_so() -> None:
    assert {TERM_BASIS.certainty, FOLLOW_BASIS.certainty, PLAN_BASIS.certainty} == {Certainty.LOCAL}
    assert TOGETHER_BASIS.certainty is Certainty.CONFIRMED


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 10, 1), None),
        (date(2026, 10, 2), 90),
        (date(2026, 11, 30), 90),
        (date(2026, 12, 1), 30),
        (date(2026, 12, 31), 30),
        (date(2027, 1, 1), None),
    ],
)
def test_an_office_is_warned_ninety_and_thirty_days_before_the_last_day(
    today: date, expected: int | None
) -> None:
    assert warning(date(2026, 12, 31), today) == expected


def test_an_interpretation_that_follows_has_three_working_days_at_most() -> None:
    assert interpret_by(date(2026, 3, 2), Calendar()).day == date(2026, 3, 5)
    assert interpret_by(date(2026, 3, 2), Calendar(), working_days=1).day == date(2026, 3, 3)
    with pytest.raises(ValueError, match="最迟"):
        interpret_by(date(2026, 3, 2), Calendar(), working_days=4)


def test_every_form_of_interpretation_has_its_words() -> None:
    assert [form.label for form in InterpretationForm][:4] == ["文字解读", "图解", "视频", "问答"]

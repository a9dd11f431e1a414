"""环境变量: what is no number stops the start with a sentence, not with a traceback."""

import pytest

from gongkai.config import env


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

"""提示的件数: beyond a mark a person is asked to look; nothing else follows (ABU-05)."""

from gongkai.rules.regulations_2019.frequency_marks import Marks, reached


def test_only_beyond_a_mark_is_anything_said():
    assert reached(Marks(), in_month=10, in_year=30) is None
    assert len(reached(Marks(), in_month=11, in_year=30).steps) == 1
    assert len(reached(Marks(), in_month=11, in_year=31).steps) == 2
    assert "本年31件" in str(reached(Marks(), in_month=1, in_year=31))

"""检索式: what was typed, read as words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.portal.search.query import LONGEST, MOST_WORDS, read


def folded(typed):
    return [word.folded for word in read(typed).words]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", []),
        ("  　 ", []),
        ("、。《》", []),
        ("政府信息 公开", ["政府信息", "公开"]),
        ("政府信息　公开", ["政府信息", "公开"]),
        ("公开 公开", ["公开"]),
        ("“公开，透明”", ["公开 透明"]),
        ("「公開」", ["公开"]),
        ('"政府 信息"', ["政府信息"]),
        ("“没有右引号", ["没有右引号"]),
        ("公开、透明", ["公开", "透明"]),
        ("《国防动员》办法", ["国防动员", "办法"]),
        ("王　伟", ["王伟"]),
        ("王 伟 任免", ["王伟", "任免"]),
        ("国办发〔2023〕5号", ["国办发|2023||5|号"]),
        ("国办发 2023 5号", ["国办发", "|2023||5|号"]),
        ("2023 5号", ["|2023||5|号"]),
        ("〔2023〕 5号", ["|2023||5|号"]),
        ("12345号", ["|12345|号"]),
        ("2023年 报告", ["|2023|年", "报告"]),
        ("000014349/2023-00012", ["|000014349||2023||00012|"]),
    ],
)
def test_a_query_is_read_as_words(typed, words):
    assert folded(typed) == words


def test_a_minus_before_a_word_leaves_it_out():
    query = read("公开 -废止 －失效")

    assert [word.folded for word in query.words] == ["公开"]
    assert [word.folded for word in query.without] == ["废止", "失效"]


def test_a_minus_inside_a_word_is_no_minus():
    assert (folded("2023-05"), read("2023-05").without) == (["|2023||05|"], ())


def test_only_letters_and_long_numbers_may_go_on():
    """A year is a whole word; the beginning of an index number finds it."""
    assert [read(typed).words[0].open for typed in ("pdf", "a", "2023", "00001", "2023年")] == [
        True,
        False,
        False,
        True,
        False,
    ]


def test_a_query_too_long_is_read_from_its_beginning():
    long, many = read("长" * 5000), read(" ".join(f"词{number}" for number in range(20)))

    assert (len(long.text), long.too_long) == (LONGEST, True)
    assert (len(many.words), many.too_long) == (MOST_WORDS, True)


@given(st.text())
def test_whatever_is_typed_is_a_query(typed):
    """INP-05: never an error, and nothing in a token that a database would read as more than a word."""
    query = read(typed)

    assert len(query.words) <= MOST_WORDS
    for word in (*query.words, *query.without):
        assert word.tokens
        assert not set("".join(word.tokens)) & set("\"'\\ |#^:*\x00")

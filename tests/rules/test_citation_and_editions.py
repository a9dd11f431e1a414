"""Citations, refusals, explanations and the choice of editions."""

from datetime import date

import pytest

from gongkai.rules.citation import REGULATIONS, Certainty, Citation, Instrument, chinese_number
from gongkai.rules.editions import (
    COURT_INTERPRETATION_EDITIONS,
    DELIVERY_NOTICE_2016,
    INSTRUMENTS,
    RECONSIDERATION_EDITIONS,
    REGULATIONS_EDITIONS,
    Edition,
    Editions,
    NoEdition,
    report_form_of,
)
from gongkai.rules.explanation import Explanation, Refusal, Step, span_text


@pytest.mark.parametrize(
    ("citation", "text"),
    [
        (REGULATIONS.article(33), "《条例》第三十三条"),
        (REGULATIONS.article(33, 2), "《条例》第三十三条第二款"),
        (REGULATIONS.article(31, item=3), "《条例》第三十一条第三项"),
        (REGULATIONS.article(50, 1, 4), "《条例》第五十条第一款第四项"),
        (REGULATIONS.article(30, certainty=Certainty.FROM_MEMORY), "《条例》第三十条（待核）"),
        (REGULATIONS.article(30, certainty=Certainty.INFERENCE), "《条例》第三十条（待核）"),
        (REGULATIONS.article(30, certainty=Certainty.LOCAL), "《条例》第三十条（地方做法）"),
        (REGULATIONS.whole(), "《条例》"),
        (DELIVERY_NOTICE_2016.whole(), "国办公开办函〔2016〕235号"),
    ],
)
def test_a_citation_prints_as_a_letter_would(citation: Citation, text: str) -> None:
    assert str(citation) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九"), (100, "一百"), (101, "一百〇一")],
)
def test_article_numbers_are_written_in_chinese(number: int, text: str) -> None:
    assert chinese_number(number) == text


@pytest.mark.parametrize(("number", "text"), [(110, "一百一十"), (111, "一百一十一"), (999, "九百九十九")])
def test_the_tens_of_a_hundred_are_spoken_in_full(number: int, text: str) -> None:
    assert chinese_number(number) == text


@pytest.mark.parametrize("number", [0, 1000, -3])
def test_no_article_has_such_a_number(number: int) -> None:
    with pytest.raises(ValueError, match="1至999"):
        chinese_number(number)


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2026, 6, 10), date(2026, 6, 10), "6月10日"),
        (date(2026, 4, 4), date(2026, 4, 6), "4月4日至6日"),
        (date(2026, 9, 25), date(2026, 10, 1), "9月25日至10月1日"),
        (date(2026, 12, 30), date(2027, 1, 3), "12月30日至2027年1月3日"),
        (date(2027, 1, 1), date(2027, 1, 3), "2027年1月1日至3日"),
    ],
)
def test_a_span_says_month_and_year_only_where_they_change(first: date, last: date, text: str) -> None:
    assert span_text(first, last, in_year=2026) == text


def test_an_explanation_is_its_steps_and_the_sentence_they_end_in() -> None:
    explanation = Explanation(
        (Step("3月2日收到", REGULATIONS.article(31, item=1)), Step("无依据的一步")), "应答复"
    )

    assert explanation.lines == ("3月2日收到（《条例》第三十一条第一项）", "无依据的一步", "应答复")
    assert str(explanation) == "3月2日收到（《条例》第三十一条第一项）；无依据的一步；应答复"


def test_a_refusal_says_what_by_which_rule_and_what_to_do() -> None:
    refusal = Refusal("不能延长", REGULATIONS.article(33, 2), "请在期限内答复")

    assert str(refusal) == "不能延长（《条例》第三十三条第二款）。请在期限内答复。"


# 版本 ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("editions", "day", "short"),
    [
        (REGULATIONS_EDITIONS, date(2019, 5, 14), "条例（2007）"),
        (REGULATIONS_EDITIONS, date(2019, 5, 15), "条例"),
        (RECONSIDERATION_EDITIONS, date(2023, 12, 31), "行政复议法（2017）"),
        (RECONSIDERATION_EDITIONS, date(2024, 1, 1), "行政复议法"),
        (COURT_INTERPRETATION_EDITIONS, date(2025, 5, 31), "2011年司法解释"),
        (COURT_INTERPRETATION_EDITIONS, date(2025, 6, 1), "2025年司法解释"),
    ],
)
def test_the_edition_in_force_on_the_day_applies(
    editions: Editions[Instrument], day: date, short: str
) -> None:
    assert editions.on(day).short == short


def test_before_the_first_edition_nothing_applies() -> None:
    with pytest.raises(NoEdition, match="2008-04-30没有适用的政府信息公开条例版本"):
        REGULATIONS_EDITIONS.on(date(2008, 4, 30))


@pytest.mark.parametrize(
    ("year", "number"),
    [
        (2018, None),
        (2019, "〔2019〕60号"),
        (2020, "〔2019〕60号"),
        (2021, "〔2021〕30号"),
        (2030, "〔2021〕30号"),
    ],
)
def test_the_form_of_a_report_follows_the_year_reported(year: int, number: str | None) -> None:
    form = report_form_of(year)

    assert (form.number.removeprefix("国办公开办函") if form else None) == number


@pytest.mark.parametrize("first_ends", [None, date(2020, 1, 1), date(2021, 1, 1)])
def test_two_editions_never_apply_on_one_day(first_ends: date | None) -> None:
    with pytest.raises(ValueError, match="示例事项的两个版本在2020-01-01重叠"):
        Editions(
            "示例事项",
            (Edition("甲", date(2019, 1, 1), first_ends), Edition("乙", date(2020, 1, 1))),
        )


def test_between_two_editions_there_may_be_a_gap() -> None:
    editions = Editions(
        "示例事项", (Edition("甲", date(2019, 1, 1), date(2019, 6, 30)), Edition("乙", date(2020, 1, 1)))
    )

    assert (editions.on(date(2019, 6, 30)), editions.on(date(2020, 1, 1))) == ("甲", "乙")
    with pytest.raises(NoEdition):
        editions.on(date(2019, 7, 1))


@pytest.mark.parametrize("instrument", INSTRUMENTS, ids=lambda each: each.short)
def test_an_instrument_is_in_force_from_its_first_day_to_its_last(instrument: Instrument) -> None:
    first, last = instrument.in_force_from, instrument.in_force_to

    assert instrument.in_force_on(first)
    assert not instrument.in_force_on(date.fromordinal(first.toordinal() - 1))
    if last:
        assert instrument.in_force_on(last)
        assert not instrument.in_force_on(date.fromordinal(last.toordinal() + 1))

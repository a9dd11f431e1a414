"""同样的格只读一次. A column's reader says of every cell what ``value_of`` says, however often it stands there."""

import datetime as dt
import sys
import unicodedata
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.spreadsheets.fields import Field, Kind
from gongkai.spreadsheets.values import BadValue, reader, value_of

TODAY = dt.date(2023, 12, 31)
MIDNIGHT = dt.datetime(2023, 3, 2)  # noqa: DTZ001 - a sheet knows no zone
WRITTEN = st.sampled_from(
    ["", " ", "/", "无", "是", "否", "√", "1", "0", "1.0", "1,234.50元", "2.5万元", "-5", "1.005", "很多", "甲", " 乙 ", "丙",
     "2023-03-02", "２０２３－３－２", "2023年2月30日", "2999-01-01", "44987", "#REF!", "https://www.example.gov.cn/", "\u200b",
     "\ud800", True, False, 1, 0, 1.0, 0.0, -0.0, 44987, 44987.5, 2.0**60, float("nan"), float("inf"), None,
     dt.date(2023, 3, 2), MIDNIGHT, MIDNIGHT + dt.timedelta(hours=9, minutes=30), dt.time(8), dt.timedelta(hours=30)]
)  # fmt: skip
CELLS = st.one_of(WRITTEN, st.text(max_size=12), st.integers(), st.floats(), st.dates())
FIELDS = st.builds(
    Field,
    name=st.just("x"),
    label=st.just("栏"),
    kind=st.sampled_from(Kind),
    required=st.booleans(),
    choices=st.sampled_from([{}, {"甲": 1, "乙": "b"}]),
    longest=st.sampled_from([0, 5]),
    may_be_future=st.booleans(),
)


def said(read, cell):
    try:
        value = read(cell)
    except BadValue as fault:
        value = fault
    except (ValueError, OverflowError, ArithmeticError) as error:  # then both must end so
        return type(error)
    return (BadValue, str(value)) if isinstance(value, BadValue) else (type(value), value)


@settings(max_examples=400, deadline=None)
@given(field=FIELDS, unit=st.sampled_from(["", "元", "万元"]), cells=st.lists(CELLS, min_size=1, max_size=10))
def test_a_cell_is_read_the_same_the_first_time_and_the_next(field, unit, cells):
    read = reader(field, unit=unit, today=TODAY)

    for cell in cells + cells[::-1]:
        assert said(read, cell) == said(lambda c: value_of(c, field, unit=unit, today=TODAY), cell)


def test_equal_cells_of_different_kinds_are_read_each_for_itself():
    read = reader(Field("x", "栏", Kind.TEXT), unit="", today=TODAY)

    assert [read(1), read(True), read(1.0), read("1")] == ["1", "True", "1", "1"]


def test_an_amount_read_again_is_the_same_exact_amount():
    read = reader(Field("x", "栏", Kind.YUAN), unit="万元", today=TODAY)

    assert [read(1613.88), read("1613.88元"), read(1613.88)] == [
        Decimal("16138800.00"),
        Decimal("1613.88"),
        Decimal("16138800.00"),
    ]


def test_no_other_character_becomes_the_last_of_a_total():
    """Rows without it are not compared with 合计, 总计, 小计."""
    assert [
        chr(code) for code in range(sys.maxunicode + 1) if "计" in unicodedata.normalize("NFKC", chr(code))
    ] == ["计"]

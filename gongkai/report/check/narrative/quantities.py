"""文字中的数量. Counts, amounts and percentages in Chinese prose, and whether they are exact.

Full-width digits and 中文数字 are read; "余", "近", "多" make a number vague, and a vague number proves nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_MAGNITUDES = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}

# Longer units first. 年, 月, 日, 号 are not units of count here.
_UNITS = (
    "个百分点|百分点|人次|件次|条次|篇次|场次|件|条|次|份|篇|项|期|场|宗|起|例|批|家|户|人|名|个|封|张|页|部|幅|则|处|"
    "元|%|‰|倍"
)
_QUANTITY = re.compile(
    r"(?P<about>将近|接近|大约|超过|多达|不足|近|约|超|逾)?"
    r"(?<![\d.第〔\[])"
    r"(?:(?P<arabic>(?:\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.\d{1,6})?)|(?P<chinese>(?<![第每同逐另某这那唯零〇一二两三四五六七八九十百千万])[零〇一二两三四五六七八九十百千]{1,9}))"
    r"(?P<large>[万亿])?(?P<more>余|多|几)?"
    rf"(?P<unit>{_UNITS})(?!工作日|月|小时|以来)(?P<after>以上|以下|左右|余|多(?!次|项|种))?"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """数量. ``decimals`` counts the printed decimal digits; ``start`` and ``end`` are places in the text."""

    value: Decimal
    unit: str
    start: int
    end: int
    vague: bool = False
    decimals: int = 0

    @property
    def is_percentage(self) -> bool:
        return self.unit == "%"


def quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text in order.

    >>> [(str(q.value), q.unit, q.vague) for q in quantities("公开1,471条，近２０件，三十五份，1613.88万元，50余次")]
    [('1471', '条', False), ('20', '件', True), ('35', '份', False), ('16138800.00', '元', False), ('50', '次', True)]
    """
    return tuple(_read(plain(text)))


def plain(text: str) -> str:
    """半角化, character for character, so that places stay the same."""
    return text.translate(_HALF_WIDTH)


_HALF_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)} | {
    ord("．"): ".",
    ord("％"): "%",
    ord("﹪"): "%",
}


def _read(text: str) -> Iterator[Quantity]:
    for found in _QUANTITY.finditer(text):
        arabic, large = found["arabic"], found["large"]
        value = Decimal(arabic.replace(",", "")) if arabic else chinese_value(found["chinese"])
        if value is None:
            continue
        decimals = len(arabic.partition(".")[2]) if arabic else 0
        money = found["unit"] == "元"
        rounded = bool(large) and not money  # "1.2万条" is a rounded count
        yield Quantity(
            value=value * _LARGE[large] if large else value,
            unit=found["unit"],
            start=found.start(),
            end=found.end(),
            vague=bool(found["about"] or found["more"] or found["after"]) or rounded,
            decimals=decimals,
        )


def chinese_value(text: str) -> Decimal | None:
    """中文数字, up to thousands; ``None`` when the characters form no number.

    >>> [str(chinese_value(t)) for t in ("八", "十", "二十一", "一百零三", "一千二百", "二三")]
    ['8', '10', '21', '103', '1200', 'None']
    """
    total, digit, fresh = 0, 0, True
    for character in text:
        if character in _MAGNITUDES:
            total += (digit if not fresh else 1) * _MAGNITUDES[character]
            digit, fresh = 0, True
        elif not fresh and digit:
            return None  # two digits in a row: "二三件", or a year
        else:
            digit, fresh = _DIGITS[character], False
    return Decimal(total + digit)

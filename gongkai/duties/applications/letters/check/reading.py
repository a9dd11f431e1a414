"""读数. Dates, numbers and amounts as a letter writes them, and texts compared without their spaces and quotes."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from gongkai.rules.regulations_2019.articles import number_read

NUMERAL = "[0-9]{1,6}|[〇零一二两三四五六七八九十百]{1,8}"
_DAY_NUMBER = "[0-9]{1,2}|[一二三四五六七八九十]{1,3}|元(?=月)"
_YEAR = "[0-9]{4}|[〇零一二三四五六七八九]{4}|(?<![0-9])[0-9]{2}"
DAY = rf"(?:{_YEAR})\s*年\s*(?:{_DAY_NUMBER})\s*月\s*(?:{_DAY_NUMBER})\s*[日号]"
_DATE = re.compile(rf"({_YEAR})\s*年\s*({_DAY_NUMBER})\s*月\s*({_DAY_NUMBER})\s*[日号]")
_DATE_IN_NUMBERS = re.compile(
    r"(?<![0-9A-Za-z.\-/])([12][0-9]{3})\s*[-/.．]\s*(1[0-2]|0?[1-9])\s*[-/.．]\s*(3[01]|[12][0-9]|0?[1-9])(?![0-9])"
)
_DAY_OF_NO_YEAR = re.compile(
    rf"(?<![年0-9一二三四五六七八九十])({_DAY_NUMBER})\s*月\s*({_DAY_NUMBER})\s*[日号]"
)
_DOCUMENT_NUMBER = re.compile(
    rf"([一-鿿]{{0,12}}?)(?:[〔\[［（(【<]\s*({_YEAR})\s*[〕\]］）)】>]\s*(?:第\s*)?|字?([0-9]{{4}})(?:-|年?第))"
    rf"({NUMERAL})\s*号"
)
_AMOUNT = re.compile(
    r"¥([0-9][0-9,，]*(?:\.[0-9]+)?)|(?<!第)([0-9][0-9,，]*(?:\.[0-9]+)?|[零〇一二三四五六七八九十百千]{1,12})元(?![/每化制论素旦])"
)
_DAYS = re.compile(rf"({NUMERAL})\s*个?工作日")
_COUNT = re.compile(rf"({NUMERAL})(?:[至到—–\-~～]({NUMERAL}))?(件|页|份|次)")
_IGNORED = re.compile(r"[\s“”\"‘’'「」『』《》〈〉，,。．.；;：:、！!？?（）()]")


def days_in(text: str) -> Iterator[tuple[str, date | None]]:
    """各处日期 as written, in whatever numerals; None for one that no calendar has."""
    for match in _DATE.finditer(text):
        yield match[0], _date(_year(match[1]), *map(_day_number, match.groups()[1:]))
    for match in _DATE_IN_NUMBERS.finditer(text):
        yield match[0], _date(*map(int, match.groups()))


def days_of_no_year_in(text: str) -> Iterator[tuple[str, int, int]]:
    """写了月日没有写年的: as written, month, day."""
    for match in _DAY_OF_NO_YEAR.finditer(text):
        yield match[0], _day_number(match[1]), _day_number(match[2])


def _year(text: str) -> int:
    if not text.isascii():
        return int("".join(str(number_read(each)) for each in text))
    return int(text) if len(text) == 4 else 2000 + int(text)


def _day_number(text: str) -> int:
    return 1 if text == "元" else number_read(text)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def numbers_in(text: str) -> Iterator[tuple[str, str]]:
    """各处编号、文号: as written with the characters before it, and its core 〔2026〕12号."""
    for match in _DOCUMENT_NUMBER.finditer(text):
        core = f"〔{_year(match[2] or match[3])}〕{number_read(match[4].replace('两', '二'))}号"
        yield f"{match[1]}{core}", core


def amounts_in(text: str) -> Iterator[tuple[str, Decimal]]:
    for match in _AMOUNT.finditer(text):
        written = re.sub("[,，]", "", match[1] or match[2])
        yield match[0], Decimal(written) if written[0].isascii() else Decimal(number_read(written))


def working_days_in(text: str) -> Iterator[tuple[str, int]]:
    for match in _DAYS.finditer(text):
        yield match[0], number_read(match[1].replace("两", "二"))


def figures_in(text: str) -> frozenset[object]:
    """The dates, numbers and amounts that a text names, however they are written."""
    return frozenset(value for each in (days_in, numbers_in, amounts_in) for _, value in each(text))


def counts_in(text: str) -> frozenset[tuple[int, str]]:
    """几件、几页: each count with its unit, both ends of “11至30件”.

    >>> sorted(counts_in("11至30件的部分，共提出六十一件"))
    [(11, '件'), (30, '件'), (61, '件')]
    """
    found = set()
    for first, last, unit in _COUNT.findall(text):
        found |= {(number_read(each.replace("两", "二")), unit) for each in (first, last) if each}
    return frozenset(found)


def bare(text: str) -> str:
    """The text without spaces and marks, so that a changed comma changes nothing."""
    return _IGNORED.sub("", text)


def holds(text: str, wanted: str) -> bool:
    return bare(wanted) in bare(text)


def share_of(wanted: str, text: str) -> float:
    """How much of what was wanted stands in the text, pair of characters by pair; 1 for nothing wanted."""
    plain, within = bare(wanted), bare(text)
    if len(plain) < 2:
        return float(plain in within)
    pairs = [plain[at : at + 2] for at in range(len(plain) - 1)]
    there = {within[at : at + 2] for at in range(len(within) - 1)}
    return sum(pair in there for pair in pairs) / len(pairs)

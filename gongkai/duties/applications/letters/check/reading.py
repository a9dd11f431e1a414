"""读数. Dates, numbers and amounts as a letter writes them, and texts compared without their spaces and quotes."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from gongkai.rules.regulations_2019.articles import number_read

NUMERAL = "[0-9〇零一二两三四五六七八九十百]+"
_DATE = re.compile(r"([0-9]{4})\s*年\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*日")
_DATE_IN_CHINESE = re.compile(
    r"([〇零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_DOCUMENT_NUMBER = re.compile(
    r"([一-鿿]{0,12})[〔\[［（(【]\s*([0-9]{4})\s*[〕\]］）)】]\s*(?:第\s*)?([0-9]{1,6})\s*号"
)
_AMOUNT = re.compile(r"([0-9][0-9,，]*(?:\.[0-9]+)?)\s*元(?![/／每])")
_DAYS = re.compile(rf"({NUMERAL})\s*个工作日")
_IGNORED = re.compile(r"[\s“”\"‘’'「」『』《》〈〉，,。．.；;：:、！!？?（）()]")


def days_in(text: str) -> Iterator[tuple[str, date | None]]:
    """各处日期 as written; None for one that no calendar has."""
    for match in _DATE.finditer(text):
        yield match[0], _date(*map(int, match.groups()))
    for match in _DATE_IN_CHINESE.finditer(text):
        year = int("".join(str(number_read(each)) for each in match[1]))
        yield match[0], _date(year, number_read(match[2]), number_read(match[3]))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def numbers_in(text: str) -> Iterator[tuple[str, str]]:
    """各处编号、文号: as written with the characters before it, and its core 〔2026〕12号."""
    for match in _DOCUMENT_NUMBER.finditer(text):
        yield f"{match[1]}〔{match[2]}〕{int(match[3])}号", f"〔{match[2]}〕{int(match[3])}号"


def amounts_in(text: str) -> Iterator[tuple[str, Decimal]]:
    for match in _AMOUNT.finditer(text):
        yield match[0], Decimal(re.sub("[,，]", "", match[1]))


def working_days_in(text: str) -> Iterator[tuple[str, int]]:
    for match in _DAYS.finditer(text):
        yield match[0], number_read(match[1].replace("两", "二"))


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

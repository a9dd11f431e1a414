"""条款是否存在. How many articles an instrument has, how they are divided, and citations read back from a text.

A letter that names an article which does not exist, or an instrument no longer in force, is caught here. Numbers that were
not read in the text of the instrument are left out rather than guessed: what is not listed is not judged.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.rules.citation import REGULATIONS, Instrument, chinese_number
from gongkai.rules.editions import (
    CIVIL_CODE,
    INSTRUMENTS,
    LITIGATION_LAW,
    RECONSIDERATION_LAW_2017,
    RECONSIDERATION_LAW_2023,
    REGULATIONS_2007,
)
from gongkai.rules.regulations_2019.outcome import ARCHIVES_LAW

# 条数. Those of the Regulations were read; the others are general knowledge (待核).
LAST_ARTICLE: dict[Instrument, int] = {
    REGULATIONS: 56,
    REGULATIONS_2007: 38,
    RECONSIDERATION_LAW_2017: 43,
    RECONSIDERATION_LAW_2023: 90,
    LITIGATION_LAW: 103,
    CIVIL_CODE: 1260,
    ARCHIVES_LAW: 53,
}


@dataclass(frozen=True, slots=True)
class Division:
    """一条分几款、几项. An article of one paragraph is cited without it; ``items`` counts those of the whole article."""

    paragraphs: int
    items: int = 0


# Only the articles that letters name and whose text the rules were written from.
DIVISIONS: dict[Instrument, dict[int, Division]] = {
    REGULATIONS: {
        14: Division(1),
        15: Division(1),
        16: Division(2),
        30: Division(1),
        31: Division(1, 3),
        32: Division(1),
        33: Division(3),
        34: Division(1),
        35: Division(1),
        36: Division(1, 7),
        37: Division(1),
        38: Division(1),
        39: Division(2),
        40: Division(1),
        51: Division(1),
    },
}


@dataclass(frozen=True, slots=True)
class Cited:
    """文中的一处引用. ``title`` as it is written; ``instrument`` None when we keep no such instrument."""

    text: str
    title: str
    instrument: Instrument | None
    article: int
    paragraph: int | None
    item: int | None


_NUMBER = "[〇零一二三四五六七八九十百千]{1,9}|[0-9]{1,6}"
_PLACE = rf"第({_NUMBER})条(?:之[一二三])?(?:第({_NUMBER})款)?(?:第?[（(]?({_NUMBER})[）)]?项)?"
_CITATION = re.compile(
    rf"(?:(?:([12][0-9]{{3}})年)?[《〈]([^《》〈〉]{{2,60}})[》〉]|(条例|复议法|诉讼法))(?:[（(]([^（）()]{{1,40}})[）)])?"
    rf"(?:[中的]?(?:规定)?的?)?((?:[、，和及以至到]{{0,2}}{_PLACE})+)"
)
_ONE = re.compile(_PLACE)
# 第十五、十六条 and 第十四至第十六条: the first of a row that writes 条 once.
_ONE_UNIT_FOR_SEVERAL = re.compile(rf"第({_NUMBER})(?=[、和及至到以]{{1,2}}第?(?:{_NUMBER})条)")
_WITHOUT_ITS_SIGN = re.compile(rf"(?<=条)([、和及至到以]{{1,2}})(?=(?:{_NUMBER})条)")
_ITS_NUMBER = re.compile(r"令第?([0-9]+)号")
_ITS_YEAR = re.compile(r"(?<![0-9])([12][0-9]{3})(?:年|$)")
_DIGITS = {character: place for place, character in enumerate("〇一二三四五六七八九")} | {"零": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_SHORT = {
    "条例": "中华人民共和国政府信息公开条例",
    "复议法": "中华人民共和国行政复议法",
    "诉讼法": "中华人民共和国行政诉讼法",
}


def number_read(text: str) -> int:
    """中文数字或者阿拉伯数字.

    >>> [number_read(text) for text in ("三", "十", "三十六", "一百〇二", "一千二百六十", "36")]
    [3, 10, 36, 102, 1260, 36]
    """
    if text.isascii():
        return int(text)
    total, digit = 0, 0
    for character in text:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit


def known_by(title: str, *, on: date) -> Instrument | None:
    """文件名称所指的文件: of several editions the one in force on the day, else the newest.

    >>> known_by("行政复议法", on=date(2023, 5, 1)).number, known_by("某某条例", on=date(2023, 5, 1))
    ('主席令第76号', None)
    """
    wanted = _plain(title)
    found = [each for each in (*INSTRUMENTS, ARCHIVES_LAW) if wanted in _names(each)]
    in_force = [each for each in found if each.in_force_on(on)]
    return next(iter(in_force or sorted(found, key=lambda each: each.in_force_from, reverse=True)), None)


def citations_in(text: str, *, on: date) -> Iterator[Cited]:
    """文中引用的条款, in order; several places after one title are several citations.

    >>> found = citations_in("根据《政府信息公开条例》第三十七条、第三十六条第（三）项的规定", on=date(2026, 3, 2))
    >>> [(each.article, each.paragraph, each.item) for each in found]
    [(37, None, None), (36, None, 3)]
    >>> [each.article for each in citations_in("《政府信息公开条例》第十四至十六条、三十七条", on=date(2026, 3, 2))]
    [14, 16, 37]
    """
    for match in _CITATION.finditer(_spelled_out(text)):
        title = match[2] or match[3]
        beside = f"{match[1]}年" if match[1] else match[4] or ""
        instrument = _edition_named(title, beside) or known_by(title, on=on)
        for place in _ONE.finditer(match[5]):
            paragraph, item = (number_read(each) if each else None for each in place.groups()[1:])
            yield Cited(f"《{title}》{place[0]}", title, instrument, number_read(place[1]), paragraph, item)


def _spelled_out(text: str) -> str:
    """Each article with its own 第…条, so that a row of them is read whole."""
    return _WITHOUT_ITS_SIGN.sub(r"\1第", _ONE_UNIT_FOR_SEVERAL.sub(r"第\1条", text))


def _edition_named(title: str, beside: str) -> Instrument | None:
    """The edition that is named by its number or its year before or after the title; None where neither is said."""
    number, year = _ITS_NUMBER.search(beside), _ITS_YEAR.search(beside)
    if not (number or year):
        return None
    wanted = f"令第{number[1]}号" if number else f"（{year[1]}年" if year else ""
    return next(
        (
            each
            for each in (*INSTRUMENTS, ARCHIVES_LAW)
            if _plain(title) in _names(each) and wanted in f"{each.number}{each.title}"
        ),
        None,
    )


def objection_to(cited: Cited, *, on: date) -> str:
    """这处引用有什么不对, "" when nothing is known against it.

    >>> [found] = citations_in("《中华人民共和国政府信息公开条例》第三十六条第九项", on=date(2026, 3, 2))
    >>> objection_to(found, on=date(2026, 3, 2))
    '《中华人民共和国政府信息公开条例》第三十六条只有七项，没有第九项'
    """
    instrument = cited.instrument
    if instrument is None:
        return ""
    if not instrument.in_force_on(on):
        return _not_in_force(cited, instrument, on)
    name, last = f"《{cited.title}》", LAST_ARTICLE.get(instrument)
    if cited.article < 1 or (last and cited.article > last):
        return f"{name}没有第{cited.article}条" + (f"，共{last}条" if last else "")
    division = DIVISIONS.get(instrument, {}).get(cited.article)
    if division is None:
        return ""
    where = f"{name}第{chinese_number(cited.article)}条"
    if cited.paragraph and cited.paragraph > division.paragraphs:
        return f"{where}只有{chinese_number(division.paragraphs)}款，没有第{_numbered(cited.paragraph)}款"
    if cited.item and not division.items:
        return f"{where}不分项，没有第{_numbered(cited.item)}项"
    if cited.item and cited.item > division.items:
        return f"{where}只有{chinese_number(division.items)}项，没有第{_numbered(cited.item)}项"
    return ""


def _numbered(number: int) -> str:
    """第几款、第几项 as a letter wrote it, which may be any number."""
    return chinese_number(number) if number < 1000 else str(number)


def _not_in_force(cited: Cited, instrument: Instrument, on: date) -> str:
    day = f"{on.year}年{on.month}月{on.day}日"
    if on < instrument.in_force_from:
        return f"《{cited.title}》到{day}还没有施行"
    return f"《{cited.title}》到{day}已经停止施行"


def _names(instrument: Instrument) -> set[str]:
    return {_plain(instrument.title), _plain(instrument.short), instrument.short, instrument.title}


def _plain(title: str) -> str:
    return _SHORT.get(title, title).partition("（")[0].removeprefix("中华人民共和国")

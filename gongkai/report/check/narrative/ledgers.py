"""需要台账的文字. Figures in the prose that only the agency's registers can confirm: TX-11, TX-17.

``registers`` of the examination gives the registers' figures by their Chinese names; without them nothing is judged.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.report.check.catalogue import RULES
from gongkai.report.check.examination import Examination, Sentence
from gongkai.report.check.findings import CannotJudge, Finding, number
from gongkai.report.check.narrative.claims import is_of_another_year, words_after, words_before

Outcome = Iterator[Finding | CannotJudge]

_CHANNEL = re.compile(r"网站|微博|微信|公众号|新媒体|公示栏|公告栏|抖音")
_REGISTERED = re.compile(r"规范性文件|解读|征集|信箱|来信|问卷")
_ABOUT = (
    ("TX-11", _CHANNEL, "各渠道的发布数"),
    ("TX-17", _REGISTERED, "文件、解读、征集、信箱的件数"),
)
# Not the whole year, or not this office.
_SCOPE = re.compile(
    r"其中|季度|\d月|[上下]半年|截至|截止|以来|年来|累计至|同比|较|比上|上年|去年|同期|下属|所属|各[镇乡县区]|直属"
)


@dataclass(frozen=True, slots=True)
class _Named:
    """一种说法 and the register's figure it speaks of."""

    rule: str
    words: re.Pattern[str]
    figure: str


def _named(rule: str, words: str, figure: str) -> _Named:
    return _Named(rule, re.compile(words), figure)


_POSTED = r"[^，；。]{0,12}(?:发布|推送|推文|刊发|发文)"
_NAMES = (
    _named("TX-11", rf"微信[^，；。微]{{0,6}}{_POSTED}", "微信公众号发布"),
    _named("TX-11", rf"微博{_POSTED}", "微博发布"),
    _named("TX-11", rf"(?:抖音|短视频|视频号){_POSTED}", "短视频发布"),
    _named("TX-11", rf"新媒体{_POSTED}", "政务新媒体发布"),
    _named("TX-17", r"公开的?(?:行政)?规范性文件", "公开的规范性文件"),
    _named("TX-17", r"意见征集|征集意见", "意见征集"),
    _named("TX-17", r"(?:网上|网络|问卷|在线)调查", "网上调查"),
    _named("TX-17", r"(?:收到|受理)[^，；。]{0,10}(?:来信|信件)", "收到来信"),
    _named("TX-17", r"(?:办理|办结|答复|回复)[^，；。]{0,10}(?:来信|信件)", "办理来信"),
)


def judge_ledgers(examination: Examination) -> Outcome:
    """Each figure that a register keeps; what none keeps is said once for each rule."""
    registers = examination.registers
    for rule, about, what in _ABOUT:
        unsure: Sentence | None = None
        for sentence in examination.sentences:
            if not sentence.quantities or not about.search(sentence.text):
                continue
            found = [pair for pair in _figures(examination, sentence) if pair[1].rule == rule]
            for index, named in found:
                yield from _compared(examination, sentence, index, named)
            if not found:
                unsure = unsure or sentence
        if unsure:
            why = f"没有本机关台账，不能核对文字中{what}。"
            if registers:
                why = f"台账中没有对应的数，不能核对文字中这一处{what}。"
            yield RULES[rule].cannot_judge(unsure.place(), why)


def _figures(examination: Examination, sentence: Sentence) -> Iterator[tuple[int, _Named]]:
    """Which quantities of the sentence the registers know, and under which name."""
    for index, quantity in enumerate(sentence.quantities):
        lead, tail = words_before(sentence, index), words_after(sentence, index)
        before = sentence.text[: quantity.start]
        if quantity.vague or quantity.is_percentage or is_of_another_year(examination, before):
            continue
        if _SCOPE.search(before):
            continue
        named = next((each for each in _NAMES if each.words.search(lead + tail)), None)
        if named and named.figure in examination.registers:
            yield index, named


def _compared(examination: Examination, sentence: Sentence, index: int, named: _Named) -> Outcome:
    quantity, figure = sentence.quantities[index], examination.registers[named.figure]
    if quantity.value == figure:
        return
    place = sentence.place(quantity.start, quantity.end)
    message = (
        f"文字说“{place.quote}”，而台账中“{named.figure}”为{number(figure)}，"
        f"相差{number(abs(quantity.value - figure))}，请核对文字和台账。"
    )
    yield RULES[named.rule].finding(place, message, left=quantity.value, right=figure)

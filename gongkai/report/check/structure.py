"""结构. The six parts: titles, order, numbers, and whether parts one and five say what they must. F-01 to F-08."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from gongkai.report.check.catalogue import RULES
from gongkai.report.check.examination import SECTION_KEYS, Examination, readable
from gongkai.report.check.findings import CannotJudge, Finding, Level
from gongkai.report.check.wording import Wording, compare, words
from gongkai.report.model import Heading, NoteKind, Place
from gongkai.rules.annual_report_2021.cross_checks.thresholds import EMPTY_SECTION_BELOW
from gongkai.rules.annual_report_2021.tables import SECTIONS

Outcome = Iterator[Finding | CannotJudge]
_TITLES = {section.key: section for section in SECTIONS}
# Other wordings that are in general use. They are told to the reader and held against nobody.
_ACCEPTED = {
    "overview": re.compile(
        r"(?:政府信息公开)?(?:工作)?(?:总体|基本)(?:工作)?情况|(?:总体)?概述|总体概况|工作概况|基本概况"
    ),
    "proactive": re.compile(r"主动公开(?:政府)?信息(?:的)?情况|(?:政府信息)?主动公开(?:工作)?情况"),
    "applications": re.compile(
        r"收到和(?:处理|办理)(?:的)?(?:政府信息公开)?申请(?:的)?情况|收到和处理政府信息公开申请|依申请公开(?:政府信息|工作)?(?:办理)?情况"
        r"|政府信息公开申请(?:的)?(?:收到和)?(?:处理|办理)情况"
    ),
    "remedies": re.compile(
        r"(?:因)?政府信息公开(?:工作)?(?:被)?(?:申请|提起|引起|引发)?(?:的)?行政复议(?:、|和|及|与)?(?:被)?(?:提起)?(?:行政)?诉讼(?:的)?情况|行政复议(?:和|及)?行政诉讼情况"
    ),
    "problems": re.compile(
        r"(?:政府信息公开工作)?(?:存在)?的?(?:主要)?(?:问题|困难|不足)(?:和|及|与|以及)?(?:下一?步)?(?:改进|整改)?(?:情况|措施|打算|方向|意见|计划|思路|工作)?"
    ),
    "other": re.compile(
        r"(?:其他|其它)?需要(?:报告|说明)(?:的)?(?:其他)?(?:事项|情况)|其他(?:应)?(?:当)?报告(?:的)?事项|其他事项"
    ),
}
_NUMBER = re.compile(
    r"(?P<chinese>[一二三四五六七八九十]{1,3}\s*[、.．，,:：])|(?P<part>第[一二三四五六七八九十]{1,2}部分)|(?P<bracket>[（(][一二三四五六七八九十]{1,2}[）)])"
    r"|(?P<arabic>\d{1,2}\s*[、.．，,)）])|(?P<roman>[ⅠⅡⅢⅣⅤⅥ])"
)
_STYLES = {
    "chinese": "“一、”",
    "part": "“第一部分”",
    "bracket": "“（一）”",
    "arabic": "“1.”",
    "roman": "罗马数字",
}
_SUB_TOPIC = re.compile(
    r"(?:政府信息)?主动公开|依申请公开|(?:政府)?信息(?:公开)?管理|(?:政府信息公开)?平台建设|监督保障|(?:政府信息公开)?平台|机构建设|组织领导"
)
_STRAY_BEFORE = re.compile(
    r"^[^一二三四五六七八九十（(第\d]+(?=[一二三四五六七八九十]{1,2}\s*[、.．])|^\d+(?=[一二三四五六七八九十]{1,2}\s*[、.．])"
)
_STRAY_INSIDE = re.compile(
    r"[、.．]{2,}|[A-Za-z#*&@~^_=+|<>{}\\]+|[?？�□■]|[；;，,]$|(?<=[\u4e00-\u9fff])\d+$"
)


def judge_structure(examination: Examination) -> Outcome:
    headings = [heading for heading in examination.report.headings if heading.section]
    split = list(_sub_topics_as_parts(examination))
    yield from _missing_parts(examination, headings)
    yield from _order(headings)
    yield from _titles(headings)
    yield from _stray_characters(examination)
    yield from _numbering(headings)
    yield from split
    if not split:
        yield from _ordinals(headings)
    yield from _problems(examination)
    yield from _overview(examination)
    yield from _hidden_tables(examination)


# F-01, F-03 -------------------------------------------------------------------------------


def _missing_parts(examination: Examination, headings: list[Heading]) -> Outcome:
    """A part is missing when a later one is there; at the end of a document it may just have been cut off."""
    present = {heading.section for heading in headings}
    lost = _titles_were_lost(examination, present)
    last = max((SECTION_KEYS.index(key) for key in present), default=-1)
    for position, key in enumerate(SECTION_KEYS):
        if key in present:
            continue
        title = _TITLES[key].heading
        if position < last and lost:
            yield RULES["F-01"].cannot_judge(Place(section=key), f"文字中没有“{title}”这个标题，{lost}。")
        elif position < last:
            other = _in_its_place(examination, key)
            message = f"缺少“{title}”这一部分，而后面的部分都在。"
            if other:
                message = f"标题“{other}”不是官方格式的标题，应为“{title}”；读不到这一部分。"
            yield RULES["F-01"].finding(
                Place(section=key, quote=other), message, left=other or None, right=title
            )
        elif examination.is_cut or last < 0:
            why = f"文件到“{_TITLES[SECTION_KEYS[last]].title}”为止，不能判断有没有“{title}”。"
            yield RULES["F-01"].cannot_judge(
                Place(section=key), why if last >= 0 else "没有读到任何部分的标题。"
            )
        else:
            why = f"文件到第{position}部分为止，没有读到“{title}”，请核对文件是否完整。"
            yield RULES["F-01"].cannot_judge(Place(section=key), why)


def _titles_were_lost(examination: Examination, present: set[str]) -> str:
    """Whether a text holds several tables without their titles: then whatever made the text has dropped titles."""
    if examination.report.source_format != "text":
        return ""
    tables = [key for key, rows in examination.report.tables.items() if rows and key not in present]
    return "但有它的表或者后面的表，转成文字时可能丢了标题" if len(tables) > 1 else ""


def _in_its_place(examination: Examination, section: str) -> str:
    """The heading that bears the missing part's number between the parts around it, "" when none does."""
    position = SECTION_KEYS.index(section)
    before = ""
    for heading in examination.report.headings:
        if heading.section:
            before = heading.section
        elif heading.ordinal == position + 1 and before == SECTION_KEYS[position - 1]:
            return heading.printed
    return ""


def _order(headings: list[Heading]) -> Outcome:
    for before, after in pairwise(headings):
        due, got = SECTION_KEYS.index(before.section), SECTION_KEYS.index(after.section)
        if got < due:
            message = f"“{after.printed}”排在“{before.printed}”之后，六个部分的次序应与官方格式相同。"
            yield RULES["F-01"].finding(_at(after), message, left=after.printed, right=before.printed)
            return  # the first heading out of order is the cause of what follows
        if got == due:
            message = f"“{after.printed}”与“{before.printed}”重复。"
            yield RULES["F-01"].finding(_at(after), message, left=after.printed, right=before.printed)


def _titles(headings: list[Heading]) -> Outcome:
    for heading in headings:
        official = _TITLES[heading.section].title
        printed = words(_clean(heading.printed))
        if printed == words(official):
            continue
        bare = re.sub(r"[\s，,。：:]", "", _without_number(_clean(heading.printed)))
        accepted = _ACCEPTED[heading.section].fullmatch(bare)
        message = f"标题印作“{heading.printed}”，官方格式为“{_TITLES[heading.section].heading}”"
        if accepted:
            yield RULES["F-03"].finding(
                _at(heading), message + "，属于通行写法。", left=heading.printed, right=official
            )
        elif compare(printed, official) is Wording.SAME:  # "2023年总体情况"
            yield RULES["F-03"].finding(
                _at(heading), message + "，多出的字不影响辨认。", left=heading.printed, right=official
            )
        else:
            yield RULES["F-01"].finding(
                _at(heading), message + "，请改为官方标题。", left=heading.printed, right=official
            )


# F-02, F-04 to F-06 -------------------------------------------------------------------------


def _stray_characters(examination: Examination) -> Outcome:
    for heading in examination.report.headings:
        if not heading.section:
            continue
        printed = heading.printed.strip()
        stray = _STRAY_BEFORE.match(printed) or _STRAY_INSIDE.search(printed)
        if stray:
            message = f"标题“{printed}”有多余字符“{stray[0]}”，请删去。"
            yield RULES["F-02"].finding(
                _at(heading), message, left=printed, right=_TITLES[heading.section].heading
            )


def _numbering(headings: list[Heading]) -> Outcome:
    styles: dict[str, Heading] = {}
    for heading in headings:
        found = _NUMBER.match(_clean(heading.printed))
        if found and found.lastgroup:
            styles.setdefault(found.lastgroup, heading)
    if len(styles) > 1:
        names = "和".join(_STYLES[style] for style in styles)
        odd = list(styles.values())[-1]
        examples = "、".join(f"“{heading.printed}”" for heading in styles.values())
        message = f"六个部分混用了{names}{len(styles)}种序号（{examples}），应统一用“一、二、三、”。"
        yield RULES["F-04"].finding(_at(odd), message, left=Decimal(len(styles)), right=Decimal(1))


def _sub_topics_as_parts(examination: Examination) -> Outcome:
    """F-05: the small headings of part one bear numbers of parts. Only in part one, where they belong."""
    in_overview = False
    found: list[str] = []
    for heading in examination.report.headings:
        if heading.section:
            in_overview = heading.section == "overview"
        elif in_overview and _is_sub_topic(heading.printed):
            found.append(heading.printed)
    for line in readable(examination.report.sections.get("overview", "")).split("\n"):
        if len(line) <= 30 and _is_sub_topic(line) and line not in map(readable, found):
            found.append(line)
    if found:
        message = (
            f"总体情况中的小标题“{'”“'.join(found[:3])}”用了与六个部分相同的序号，应改为“（一）（二）”。"
        )
        place = Place(section="overview", quote=found[0])
        yield RULES["F-05"].finding(place, message, left=Decimal(len(found)), right=Decimal(0))


def _is_sub_topic(line: str) -> bool:
    number = _NUMBER.match(line)
    return bool(number and number.lastgroup in {"chinese", "part"} and _SUB_TOPIC.match(words(line)))


def _ordinals(headings: list[Heading]) -> Outcome:
    """F-06: one finding for a block that is shifted as a whole, one for each number that is wrong by itself."""
    wrong = [
        (heading, SECTION_KEYS.index(heading.section) + 1)
        for heading in headings
        if heading.ordinal is not None and heading.ordinal != SECTION_KEYS.index(heading.section) + 1
    ]
    shifts = {heading.ordinal - due for heading, due in wrong if heading.ordinal is not None}
    unnumbered = [heading for heading in headings if heading.ordinal is None]
    if len(wrong) > 1 and len(shifts) == 1:
        first, due = wrong[0]
        message = (
            f"从“{first.printed}”起{len(wrong)}个标题的序号整体错位{abs(shifts.pop())}位，"
            f"“{_TITLES[first.section].title}”应为第{due}部分。"
        )
        yield RULES["F-06"].finding(
            _at(first),
            message,
            left=_decimal(first.ordinal),
            right=Decimal(due),
            further=tuple(_at(h) for h, _ in wrong[1:]),
        )
    else:
        for heading, due in wrong:
            message = (
                f"“{heading.printed}”的序号与内容不符，官方格式中为“{_TITLES[heading.section].heading}”。"
            )
            yield RULES["F-06"].finding(
                _at(heading), message, left=_decimal(heading.ordinal), right=Decimal(due)
            )
    if unnumbered and len(unnumbered) < len(headings):
        for heading in unnumbered:
            message = f"标题“{heading.printed}”没有序号，官方格式为“{_TITLES[heading.section].heading}”。"
            yield RULES["F-06"].finding(
                _at(heading), message, left=heading.printed, right=_TITLES[heading.section].heading
            )


def _decimal(number: int | None) -> Decimal | None:
    return None if number is None else Decimal(number)


# F-07, F-08, F-11, F-12 ---------------------------------------------------------------------

_EMPTY = re.compile(
    r"(?:本年度?|20\d\d年)?(?:我[局办镇委])?(?:暂)?(?:无|没有|不存在)(?:存在)?(?:主要)?(?:问题|不足|情况)?(?:及改进情况)?"
)


def _problems(examination: Examination) -> Outcome:
    rule, place = RULES["F-07"], Place(section="problems")
    if not any(heading.section == "problems" for heading in examination.report.headings):
        return
    text = readable(examination.report.sections.get("problems", ""))
    bare = re.sub(r"[\W_]+", "", text)
    empty = len(bare) < EMPTY_SECTION_BELOW or bool(_EMPTY.fullmatch(bare))
    if not examination.is_complete("problems"):
        yield rule.cannot_judge(place, "文件在第五部分截断，不能判断是否写了问题和改进。")
    elif empty:
        said = f"只写了“{text}”" if text else "是空的"
        message = f"第五部分{said}，应写明存在的主要问题和改进情况。"
        yield rule.finding(
            Place(section="problems", quote=text),
            message,
            left=Decimal(len(bare)),
            right=Decimal(EMPTY_SECTION_BELOW),
        )
    elif examination.last_year is None:
        yield rule.cannot_judge(place, "没有上一年度报告，不能判断第五部分是否照抄上年。")
    else:
        last = examination.last_year.sections.get("problems", "")
        if _without_years(last) == _without_years(text):
            message = "第五部分与上一年度报告一字不差，请写本年的问题和上年问题的改进情况。"
            yield rule.finding(Place(section="problems", quote=text[:40]), message, level=Level.WARNING)


def _without_years(text: str) -> str:
    return re.sub(r"20\d\d|[\W_]+", "", text)


_COVERAGE = (
    ("主动公开", re.compile(r"主动公开|公开(?:各类)?(?:政府)?信息|公开.{0,12}\d+条|发布.{0,12}信息")),
    ("依申请公开", re.compile(r"依申请|公开申请|信息申请")),
    ("政府信息管理", re.compile(r"信息管理|管理|审核|审查|三审|保密|规范性文件")),
    ("平台建设", re.compile(r"平台|网站|新媒体|专栏|公众号|公报|栏目")),
    ("监督保障", re.compile(r"监督|保障|考核|培训|评议|问责|责任追究|督查|检查|领导小组")),
)
_RESULTS_OF_SUPERVISION = re.compile(r"考核|评议|责任追究|问责|追责")
_TOWNSHIP = re.compile(r"(?:镇|乡|街道|苏木)")


def _overview(examination: Examination) -> Outcome:
    rule, place = RULES["F-08"], Place(section="overview")
    if not any(heading.section == "overview" for heading in examination.report.headings):
        return
    if not examination.is_complete("overview"):
        yield rule.cannot_judge(place, "文件在第一部分截断，不能判断总体情况是否写全。")
        return
    text = readable(examination.report.sections.get("overview", ""))
    lacking = [name for name, pattern in _COVERAGE if not pattern.search(text)]
    county_or_above = examination.is_government and not _TOWNSHIP.search(examination.agency[-8:])
    if county_or_above and "监督保障" not in lacking and not _RESULTS_OF_SUPERVISION.search(text):
        lacking.append("工作考核、社会评议和责任追究结果")
    if lacking:
        message = f"总体情况没有写到{'、'.join(lacking)}，请补写。"
        yield rule.finding(place, message, left="、".join(lacking))


def _hidden_tables(examination: Examination) -> Outcome:
    for note in examination.report.notes:
        if note.kind is NoteKind.TABLE_IS_PICTURE:
            message = "表格是图片或者扫描件，读者不能复制，也不能核对，请改为文字表格。"
            yield RULES["F-11"].finding(note.place, message)
        elif note.kind is NoteKind.SCANNED:
            message = "文件是扫描件或者图片，读数由文字识别得到，请对照原文，并改为有文字的文件公布。"
            yield RULES["F-11"].finding(Place(quote="扫描件"), message)
        elif note.kind is NoteKind.TABLE_BY_SCRIPT:
            message = "网页本身没有表格，要等脚本运行后才显示，请把表格直接写在网页里。"
            yield RULES["F-12"].finding(note.place, message)


def _at(heading: Heading) -> Place:
    return Place(section=heading.section, quote=heading.printed)


def _clean(printed: str) -> str:
    """The heading without stray characters in front, which are a finding of their own."""
    return _STRAY_BEFORE.sub("", printed.strip())


def _without_number(printed: str) -> str:
    return _NUMBER.sub("", printed, count=1)

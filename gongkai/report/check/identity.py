"""年份、名称、联系方式、公布期限. Whether the report is this agency's, of this year, and out in time: F-13 to F-15, F-17."""

import re
from collections.abc import Iterator
from datetime import date

from gongkai.report.check.catalogue import RULES
from gongkai.report.check.examination import PREAMBLE, Examination, normalised, readable
from gongkai.report.check.findings import CannotJudge, Finding, Level
from gongkai.report.model import Place
from gongkai.rules.citation import REPORT_FORM_2019, REPORT_FORM_2021

Outcome = Iterator[Finding | CannotJudge]

# F-13 -------------------------------------------------------------------------------------

_CHINESE_YEAR = re.compile(r"[二][〇○零O0][一二三四五六七八九〇零○]{2}年")
_DIGITS = str.maketrans("〇○零O一二三四五六七八九", "0000123456789")
_PERIOD = re.compile(
    r"(?P<from_year>20\d\d)年(?P<from>\d{1,2}月\d{1,2}日)起?(?:至|到|—|-|–|－|~|～)+(?:(?P<to_year>20\d\d)年|当年|同年)?(?P<to>\d{1,2}月\d{1,2}日)"
)
_OWN_REPORT = re.compile(
    r"(?<!较)(?<!比)(20\d\d)年(?:度)?(?:[^，。；、《》\d]{0,14})?政府信息公开(?:工作)?(?:的)?(?:年度报告|情况报告|情况|年报)"
)
_INTRODUCES = re.compile(r"编制|现将|现公布|现就|如下|本报告|汇报|向社会公")
_CURRENT = re.compile(r"^(?:[（(][一二三四五六七八九十]{1,2}[)）][^。]{0,20}。?)?(20\d\d)年(?:度|全年)?，")
_LOOKS_BACK = re.compile(r"以来|较|比|同期|上年|去年|修订|实施|印发|成立|起施行|至|新条例|机构改革")
_TITLE_YEAR = re.compile(r"(20\d\d)年")
_DATED = re.compile(r"^(20\d\d)年(\d{1,2})月(\d{1,2})日$")


def judge_year(examination: Examination) -> Outcome:
    yield from _period(examination)
    yield from _own_years(examination)
    yield from _basis(examination)
    yield from _signed_too_early(examination)


def _title_year(examination: Examination) -> int | None:
    title = normalised(readable(examination.report.title))
    chinese = _CHINESE_YEAR.search(title)
    found = _TITLE_YEAR.search(title)
    if found:
        return int(found[1])
    return int(chinese[0][:-1].translate(_DIGITS)) if chinese else examination.year


def _period(examination: Examination) -> Outcome:
    rule, year = RULES["F-13"], _title_year(examination)
    for sentence in examination.sentences:
        if sentence.section not in {PREAMBLE, "overview"} and "统计期" not in sentence.text:
            continue
        for found in _PERIOD.finditer(sentence.text):
            if not re.search(r"统计|数据|期限|本报告|本年度报告", sentence.text):
                continue
            years = {int(found["from_year"]), int(found["to_year"] or found["from_year"])}
            if year is not None and years != {year}:
                message = f"标题为{year}年，而统计期写“{found[0]}”，年份不一致。"
                yield rule.finding(sentence.place(*found.span()), message, left=str(year), right=found[0])
            elif (found["from"], found["to"]) != ("1月1日", "12月31日"):
                message = f"统计期写“{found[0]}”，应为1月1日至12月31日。"
                yield rule.finding(
                    sentence.place(*found.span()), message, left=found[0], right="1月1日至12月31日"
                )


def _own_years(examination: Examination) -> Outcome:
    """Another year where the report speaks of itself, or where a part begins with "2022年，"."""
    rule, year = RULES["F-13"], _title_year(examination)
    if year is None:
        return
    for sentence in examination.sentences:
        opens = sentence.section == PREAMBLE or (sentence.section == "overview" and sentence.paragraph == 0)
        if opens and _INTRODUCES.search(sentence.text):
            for found in _OWN_REPORT.finditer(sentence.text):
                if int(found[1]) != year and not _LOOKS_BACK.search(sentence.text[: found.start()][-6:]):
                    message = f"报告为{year}年，正文却写“{found[0]}”，请核对是否沿用了旧稿。"
                    yield rule.finding(sentence.place(*found.span()), message, left=str(year), right=found[1])
                    return
        begins = _CURRENT.match(sentence.text)
        if (
            begins
            and int(begins[1]) < year
            and sentence.section in {"overview", "applications", "remedies", "other"}
            and not _LOOKS_BACK.search(sentence.text)
            and str(year) not in sentence.text
        ):
            message = f"报告为{year}年，正文却写“{sentence.printed[:24]}”，请核对是否沿用了旧稿。"
            yield rule.finding(sentence.place(0, 24), message, left=str(year), right=begins[1])
            return


def _basis(examination: Examination) -> Outcome:
    """The form of 2021 filled in, and the notice of 2019 cited for it."""
    if not examination.is_2021_form or (examination.year or 2021) < 2021:
        return
    prose = re.sub(r"[〔\[（(【﹝]", "〔", re.sub(r"[〕\])）】﹞]", "〕", examination.prose))
    old, new = REPORT_FORM_2019.number, REPORT_FORM_2021.number
    if old in prose and new not in prose:
        message = f"报告用的是2021年格式，所引依据却是“{old}”，现行格式为“{new}”，请改正。"
        section = next(
            (s.section for s in examination.sentences if "60号" in s.text and "2019" in s.text), PREAMBLE
        )
        yield RULES["F-13"].finding(Place(section=section, quote=old), message, left=old, right=new)


def _signed_too_early(examination: Examination) -> Outcome:
    year = examination.year
    for sentence in examination.sentences[-3:]:
        dated = _DATED.match(sentence.text.rstrip("。"))
        if dated and year is not None and (int(dated[1]), int(dated[2])) < (year, 12):
            message = f"落款日期{dated[0]}早于统计期结束（{year}年12月31日），请核对年份。"
            yield RULES["F-13"].finding(sentence.place(), message, left=dated[0], right=f"{year}年12月31日")


# F-14 -------------------------------------------------------------------------------------

# 机构改革: the new name and the old ones that reports still carry.
FORMER_NAMES = {
    "国防动员": ("人民防空办公室", "人防办公室", "人防办"),
    "生态环境": ("环境保护局", "环保局"),
    "自然资源": ("国土资源局",),
    "市场监督管理": ("工商行政管理局", "质量技术监督局", "食品药品监督管理局"),
    "应急管理": ("安全生产监督管理局", "安监局"),
    "卫生健康": ("卫生和计划生育委员会", "卫生和计划生育局", "卫计委", "卫计局"),
    "医疗保障": ("医疗保险管理局",),
    "乡村振兴": ("扶贫开发办公室", "扶贫开发局", "扶贫办"),
    "文化和旅游": ("文化广电新闻出版局", "旅游发展委员会"),
    "退役军人": ("复员退伍军人安置",),
}
_AS_FORMER = re.compile(r"(?:原|前|更名|改名|撤销|组建|整合|划转|并入|机构改革|由)")
_ORGAN_LINE = re.compile(r"^[\u4e00-\u9fff]{3,28}(?:政府|办公室|办公厅|委员会|局|厅|办事处|管委会|中心)$")


def former_names_of(current: str, given: tuple[str, ...]) -> tuple[str, ...]:
    """The old names that go with an agency's current name."""
    known = tuple(old for new, olds in FORMER_NAMES.items() if new in current for old in olds)
    return (*given, *known)


def judge_name(examination: Examination) -> Outcome:
    current = examination.agency_current_name or examination.report.agency
    if not current:
        return
    yield from _name_of_report(examination)
    yield from _former_names(examination, current)
    yield from _signature(examination, current)


def _name_of_report(examination: Examination) -> Outcome:
    current, printed = examination.agency_current_name, examination.report.agency
    if current and printed and not _same_agency(current, printed):
        message = f"报告的机关名称印作“{printed}”，现名为“{current}”。"
        yield RULES["F-14"].finding(
            Place(section="title", quote=printed), message, left=printed, right=current
        )


def _former_names(examination: Examination, current: str) -> Outcome:
    for old in former_names_of(current, tuple(examination.former_names)):
        for sentence in examination.sentences:
            at = sentence.text.find(old)
            if at < 0 or old in current or _AS_FORMER.search(sentence.text[max(0, at - 12) : at]):
                continue
            before = sentence.text[:at]
            in_a_title = before.count("《") > before.count("》")
            another = re.search(r"(?:省|国家|上级|各县|各区)$", before[-2:])
            if in_a_title or another or _AS_FORMER.search(sentence.text[at + len(old) : at + len(old) + 8]):
                continue
            message = f"文中还有旧名“{old}”，现名为“{current}”，请改正。"
            yield RULES["F-14"].finding(sentence.place(at, at + len(old)), message, left=old, right=current)
            break


def _signature(examination: Examination, current: str) -> Outcome:
    for sentence in examination.sentences[-3:]:
        line = sentence.printed.rstrip("。")
        if sentence.section == "other" and _ORGAN_LINE.match(line) and not _same_agency(current, line):
            message = f"落款为“{line}”，与标题的机关“{current}”不一致。"
            yield RULES["F-14"].finding(sentence.place(), message, left=line, right=current)


def _same_agency(one: str, other: str) -> bool:
    """The same name, a shorter form of it, or its office."""
    shorter, longer = sorted(
        (re.sub(r"人民政府|办公室$|办公厅$", "", name) for name in (one, other)), key=len
    )
    rest = iter(longer)
    return shorter in longer or all(character in rest for character in shorter)


# F-15, F-17 -------------------------------------------------------------------------------

_TELEPHONE = re.compile(r"(?<!\d)(?:0\d{2,3}[-—－–（）]?\s?)?\d{7,8}(?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)|12345")
_ADDRESS = re.compile(r"地址|[路街道巷]\d+号|大厦|\d+号楼|邮编|邮政编码")
_WEB = re.compile(r"https?://|www\.|\.gov\.cn|@|网址")


def judge_contact(examination: Examination) -> Outcome:
    """F-15: somebody who has a question must find whom to ask. Whether it is live only a crawl can tell."""
    text = "\n".join(sentence.text for sentence in examination.sentences)
    if not text:
        return
    present = [bool(pattern.search(text)) for pattern in (_TELEPHONE, _ADDRESS, _WEB)]
    if any(present):
        return
    place = Place(section=PREAMBLE)
    begun = any(heading.section == "overview" for heading in examination.report.headings)
    if examination.is_cut:
        yield RULES["F-15"].cannot_judge(place, "文件截断，不能判断后面有没有联系方式。")
    elif examination.report.source_format == "text" and not begun:
        yield RULES["F-15"].cannot_judge(place, "文字的开头不全，不能判断有没有联系方式。")
    else:
        message = "全文没有联系地址、电话或者网址，读者有疑问时不知道问谁，请补写。"
        yield RULES["F-15"].finding(place, message)


_TOWNSHIP = re.compile(r"(?:镇|乡|街道|苏木)(?:人民政府|办事处)$")


def judge_publication(examination: Examination) -> Outcome:
    """F-17: 条例第四十九条: departments by 31 January, the government's own report by 31 March."""
    rule, place = RULES["F-17"], Place(section="title")
    published, year = examination.published_on, examination.year
    if published is None or year is None:
        lacking = "公布日期" if published is None else "报告年份"
        yield rule.cannot_judge(place, f"没有{lacking}，不能判断是否按期公布。")
        return
    township = bool(_TOWNSHIP.search(examination.agency))
    government = examination.is_government and not township
    due = date(year + 1, 3, 31) if government else date(year + 1, 1, 31)
    if published > due:
        who = "政府" if government else "乡镇（街道）" if township else "部门"
        message = (
            f"{published.year}年{published.month}月{published.day}日公布，{who}的年度报告应在{due.year}年{due.month}月{due.day}日前"
            f"公布，晚了{(published - due).days}天。"
        )
        level = Level.WARNING if township else None
        yield rule.finding(place, message, left=published.isoformat(), right=due.isoformat(), level=level)

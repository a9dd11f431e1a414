"""文字中的说法. Which figure of the tables a number in the prose speaks of, and whether it speaks of the whole agency.

A number with a scope word (本级, 代表市政府, 网上, 其中 …), of another year or in a comparison is no claim about a total.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from gongkai.report.check.examination import Examination, Sentence
from gongkai.report.check.narrative.quantities import Quantity


class Subject(StrEnum):
    """所说的数."""

    NEWLY_RECEIVED = "本年新收"
    RECEIVED = "收到申请"
    CARRIED_IN = "上年结转"
    ANSWERED = "答复（办结）"
    CARRIED_OUT = "结转下年度"
    RECONSIDERATION = "行政复议"
    DIRECT_SUIT = "未经复议直接起诉"
    SUIT_AFTER_RECONSIDERATION = "复议后起诉"
    LITIGATION = "行政诉讼"
    REMEDIES = "行政复议和行政诉讼"


APPLICATION_SUBJECTS = frozenset(
    {Subject.NEWLY_RECEIVED, Subject.RECEIVED, Subject.CARRIED_IN, Subject.ANSWERED, Subject.CARRIED_OUT}
)
COUNTING_UNITS = frozenset(["件", "份", "宗", "起", "条", "个", "例", "次", "项"])


@dataclass(frozen=True)
class Claim:
    """一个说法. ``none`` is a claim in words ("未收到", "未发生") that stands for 0."""

    subject: Subject
    value: Decimal
    sentence: Sentence
    start: int
    end: int
    vague: bool = False
    none: bool = False
    result: str = ""  # 维持, 纠正 …: a column of 表四 instead of its total

    @property
    def words(self) -> str:
        start, _ = self.sentence.clause(self.start)
        return self.sentence.printed[start : self.end]


_APPLICATION = re.compile(r"信息公开的?申请|依申请公开|公开申请|申请公开|信息的?申请|依申请")
_ANOTHER_MATTER = re.compile(
    r"信箱|来信|留言|热线|12345|工单|建议|提案|信访件|问政|咨询|投诉件|许可|审批|征求意见|意见征集|收到意见|访谈|来电|来访|评论|问卷|解读|网民|纠错|微博|微信|公众号|政务服务|各类事项"
)
_SCOPE_OF_SENTENCE = re.compile(
    r"本级|本办|代表|其中|各部门|各单位|各镇|各乡|各街道|各县|各区|各市|镇街|县直|市直|区直|下属|所属|上半年|下半年|季度|截至|截止|以来|年来|累计至|历年|同期|作为复议机关|\d月份?[至到—–~－-]\d{1,2}月(?!\d)"
)
_SCOPE_OF_CLAUSE = re.compile(
    r"网上|网络|在线|网站|平台|信函|邮寄|来信|当面|现场|传真|邮件|邮箱|窗口|较|比|上升|下降|增加|减少|增长|多收|少收|平均|\d月"
    r"|自然人|企业|科研机构|公益组织|律师|服务机构"
)
_OFFICE = re.compile(r"政府办|办公室|办公厅")
_ONE_BODY = re.compile(r"[局委办镇厅处县区乡院]$")  # "市公安局2件": one body of several
_YEAR = re.compile(r"(20\d\d)年")
_STOP = "，；。（"

_CARRIED_IN = re.compile(
    r"(?:上|去|往|前)一?年(?:度|底|末)?[^，；。下]{0,4}(?:结转|转入|转接)|结转自?(?:上|去)一?年|年初结转|(?P<year>20\d\d)年度?结转(?!至|到|下|20)"
)
_TO_BE_HANDLED = re.compile(r"结转(?:至|到)?(?:本年|今年|20\d\d年)度?(?:继续)?办理")
_CARRIED_OUT = re.compile(
    r"(?:结转|转入|转至|转到|延至|顺延)[^，；。]{0,8}?(?:下一?年|次年|明年|继续办理|(?P<year>20\d\d)年)|(?:下一?年|次年)度?(?:继续)?结转|结转下"
)
_NEW = re.compile(r"新收|新增|新受理|新接收")
_RECEIVED = re.compile(r"收到|受理|接收|接到|收件|收悉|收取了?政府信息公开申请")
_ANSWERED = re.compile(
    r"(?<!未)(?<!未予)(?<!不)(?<!尚未)(?:答复|办结|办理完毕|办理完成|办毕|处理完毕|回复)(?!率|书)"
    r"|办理结果(?:总计|合计|共计)"
)
_NOT_THE_WHOLE_ANSWER = re.compile(r"公开|不予|部分|延期|延长|逾期|提前|当场|当日|信息不|无法|超期|未按")
_BARE_APPLICATION = re.compile(
    r"(?:信息公开|依申请公开)(?:的)?申请(?:数量|总量|总数|量)?(?:为|共|共计|有|总计|合计)*$"
)

_STILL_OPEN = re.compile(r"(?:尚|仍|还)?(?:正在|未)(?:办|处理|答复)|尚未|在办")
_AT_THE_END = re.compile(r"截[至止]到?(?:(?P<year>20\d\d)年|本年|当年)?度?(?:12月31日|年?底|年?末|年终)")

_REMEDY_MATTER = re.compile(r"信息公开|依申请|政务公开|公开工作")
_HAPPENED = re.compile(r"发生|引发|引起|产生|提起|被|未|无|没有|零|均为")
_AS_RECONSIDERATION_BODY = re.compile(r"复议机关|审理|复议机构|行政复议申请(?!人)[^，。]{0,6}受理|办案")
_RESULTS = {
    "upheld": re.compile(r"维持"),
    "rectified": re.compile(r"纠正|撤销|败诉|确认违法"),
    "other": re.compile(r"其他结果"),
    "pending": re.compile(r"尚未审结|未审结|未结案|审理中"),
}


@lru_cache(maxsize=1)  # the last examination, asked by several rules
def claims(examination: Examination) -> tuple[Claim, ...]:
    """全部说法, in the order of the text."""
    return tuple(claim for sentence in examination.sentences for claim in _claims_of(examination, sentence))


def _claims_of(examination: Examination, sentence: Sentence) -> Iterator[Claim]:
    group: Subject | None = None
    for index, quantity in enumerate(sentence.quantities):
        if quantity.unit not in COUNTING_UNITS:
            continue
        lead, tail = words_before(sentence, index), words_after(sentence, index)
        subject = _remedy(sentence, quantity, lead, tail) or _application(
            examination, sentence, quantity, lead, tail
        )
        result = _result(lead + tail)
        if subject in APPLICATION_SUBJECTS:
            group = None
        elif result:
            subject, group = subject or group, subject or group
        elif subject:
            group = subject
        if subject is None or _is_scoped(examination, sentence, quantity, subject, lead, result):
            continue
        if subject in APPLICATION_SUBJECTS or not result:
            result = ""
        yield Claim(
            subject, quantity.value, sentence, quantity.start, quantity.end, quantity.vague, result=result
        )
    yield from _claims_of_nothing(examination, sentence)


def words_before(sentence: Sentence, index: int) -> str:
    """The words that name a quantity: back to the stop or the quantity before it."""
    quantity = sentence.quantities[index]
    start = max(sentence.text.rfind(mark, 0, quantity.start) for mark in "，；：。（）") + 1
    if index:
        start = max(start, sentence.quantities[index - 1].end)
    return sentence.text[start : quantity.start].lstrip("、和及与")


def words_after(sentence: Sentence, index: int) -> str:
    """The words that follow a quantity up to the next stop: "8份政府信息公开申请"."""
    quantity = sentence.quantities[index]
    stops = [p for mark in "，；：。、（）" if (p := sentence.text.find(mark, quantity.end)) >= 0]
    if index + 1 < len(sentence.quantities):
        stops.append(sentence.quantities[index + 1].start)
    return sentence.text[quantity.end : min(stops, default=len(sentence.text))]


def is_about_applications(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the words up to ``end`` speak of applications, and not of letters, licences or posts."""
    before = sentence.text[:end]
    about = max((m.start() for m in _APPLICATION.finditer(before)), default=-1)
    other = max((m.start() for m in _ANOTHER_MATTER.finditer(before)), default=-1)
    if about >= 0:
        return about >= other
    return other < 0 and (sentence.section == "applications" or "申请" in sentence.topic)


# 依申请公开 --------------------------------------------------------------------------------


def _application(
    examination: Examination, sentence: Sentence, quantity: Quantity, lead: str, tail: str
) -> Subject | None:
    if not is_about_applications(sentence, quantity.start, quantity.end + len(tail)):
        return None
    subject = _application_subject(examination, lead)
    if subject is None and not lead.strip("共有另还尚仍"):
        subject = _application_subject(examination, tail)
        return subject if subject in {Subject.CARRIED_OUT, Subject.CARRIED_IN} else None
    if subject is Subject.RECEIVED and (_carries_out(examination, tail) or _STILL_OPEN.match(tail)):
        return None
    return subject


_NARROWER = re.compile(
    r"撤回|撤销|放弃|重复|补正|延期|延长|转办|指导|协调|疑难|复杂|法院|类型|涉及|(?<!各种)(?<!各类)(?<!多种)(?<!多个)(?<!不同)渠道|模板|类事项|政务服务"
)


def _application_subject(examination: Examination, words: str) -> Subject | None:
    if _NARROWER.search(words):
        return None
    carried_in, received = (
        _carries_in(examination, words),
        bool(_NEW.search(words) or _RECEIVED.search(words)),
    )
    answered = bool(_ANSWERED.search(words))
    if _carries_out(examination, words):
        return Subject.CARRIED_OUT
    if carried_in:
        if answered or "办理" in _TO_BE_HANDLED.sub("", words):
            return None  # 办理上年结转 is not the total
        together = received and re.search(r"新|和|与|及|含|包括|合计|共", words)
        return Subject.RECEIVED if together else Subject.CARRIED_IN
    if answered:
        return None if _NOT_THE_WHOLE_ANSWER.search(_APPLICATION.sub("", words)) else Subject.ANSWERED
    if _NEW.search(words):
        return Subject.NEWLY_RECEIVED
    if received or _BARE_APPLICATION.search(words):
        return Subject.RECEIVED
    return None


def _carries_in(examination: Examination, words: str) -> bool:
    found = _CARRIED_IN.search(words)
    if not found:
        return False
    year = found["year"]
    return year is None or examination.year is None or int(year) == examination.year - 1


def _carries_out(examination: Examination, words: str) -> bool:
    found = _CARRIED_OUT.search(words)
    if not found:
        return False
    year = found["year"]
    return year is None or examination.year is None or int(year) == examination.year + 1


# 行政复议、行政诉讼 ---------------------------------------------------------------------------


def _remedy(sentence: Sentence, quantity: Quantity, lead: str, tail: str) -> Subject | None:
    subject = _remedy_subject(lead)
    if subject is None and not re.search(r"复议|诉|维持|纠正", lead):
        subject = (
            _remedy_subject(tail)
            if re.fullmatch(r".{0,6}(?:发生|引发|引起|有|共|涉及|收到)?", lead)
            else None
        )
    if subject is None or "分别" in lead or _AS_RECONSIDERATION_BODY.search(sentence.text):
        return None
    return subject if _is_about_remedies(sentence) else None


def _is_about_remedies(sentence: Sentence) -> bool:
    if sentence.section == "remedies" or _REMEDY_MATTER.search(sentence.text):
        return True
    # Under the small heading 依申请公开, but not what a legal office does for others.
    return bool(re.search(r"申请|复议", sentence.topic) and _HAPPENED.search(sentence.text))


def _remedy_subject(words: str) -> Subject | None:
    if "直接起诉" in words or "直接提起" in words:
        return Subject.DIRECT_SUIT
    if re.search(r"复议后[^，]{0,4}(?:起诉|诉讼)", words):
        return Subject.SUIT_AFTER_RECONSIDERATION
    reconsidered = "复议" in words
    sued = bool(re.search(r"行政诉讼|诉讼|起诉|应诉", words))
    if reconsidered and sued:
        return Subject.REMEDIES
    if reconsidered:
        return Subject.RECONSIDERATION
    return Subject.LITIGATION if sued else None


def _result(words: str) -> str:
    found = [column for column, pattern in _RESULTS.items() if pattern.search(words)]
    return found[0] if len(found) == 1 else ""


# 范围 --------------------------------------------------------------------------------------


def _is_scoped(
    examination: Examination, sentence: Sentence, quantity: Quantity, subject: Subject, lead: str, result: str
) -> bool:
    before = sentence.text[: quantity.start]
    start, _ = sentence.clause(quantity.start)
    clause = sentence.text[start : quantity.start]
    words = before.replace("其中", "") if result else before
    if subject is Subject.CARRIED_OUT:  # is counted at the end of the year
        words = _AT_THE_END.sub(
            lambda end: "" if end["year"] in (None, str(examination.year)) else end[0], words
        )
    if _SCOPE_OF_SENTENCE.search(words) or _SCOPE_OF_CLAUSE.search(clause):
        return True
    if is_of_an_office(examination, before) or _ONE_BODY.search(lead):
        return True
    if subject in {Subject.CARRIED_IN, Subject.CARRIED_OUT}:
        return False
    if re.search(r"上年|去年|上一年|往年", clause) and subject is not Subject.RECEIVED:
        return True
    return is_of_another_year(examination, before)


def is_of_an_office(examination: Examination, words: str) -> bool:
    """Whether a government's office is meant, in a report that is not that office's own."""
    if examination.is_government:
        return bool(_OFFICE.search(words))
    return "政府办" in words and not _OFFICE.search(examination.agency)


def is_of_another_year(examination: Examination, words: str) -> bool:
    """Whether the last year named in the words is not the year of the report."""
    years = _YEAR.findall(words)
    return bool(years) and examination.year is not None and int(years[-1]) != examination.year


# 没有 --------------------------------------------------------------------------------------

_NOT_OF_IT = (
    r"(?!人|表|书|渠道|[^，；。]{0,8}(?:投诉|举报|费|逾期|超期|积压|复议|诉讼|引发|引起|答复|结转|撤))"
)
_NO_APPLICATION = re.compile(
    rf"(?:未|没有|无|暂无|尚未)(?:再?收到|接到|接收到?|受理|新收|有|产生|发生)?(?:过|任何|到)?[^，；。]{{0,18}}?(?:信息公开|依申请公开|公开)的?申请{_NOT_OF_IT}"
    rf"|零申请|申请(?:数量|件数|数)?(?:均?为|是)(?:0|零)(?![\d.])|(?:未|没有)(?:收到|接到|受理)[^，；。]{{0,12}}申请{_NOT_OF_IT}"
)
_NO_REMEDY = re.compile(
    r"(?:未|没有|无|暂无)(?!经|被|败|正当)[^，；。]{0,34}?(?P<what>(?:行政)?(?:复议|诉讼)[^，；。]{0,20})"
    r"|(?P<zero>(?:行政)?(?:复议|诉讼)[^，；。]{0,16}?(?:均?为(?:0|零)(?![\d.])|(?:均|都)?(?:未|没有)(?:发生|出现|产生)))|零(?P<none>复议|诉讼)"
)
_LOST = re.compile(r"败诉|纠正|纠错|撤销|违法|审结|维持|无效|逾期|超期|不当|问题|不服|引导")
_NO_CARRY_OUT = re.compile(
    r"(?:无|没有|未有|未)[^，；。上去]{0,12}?(?:结转(?:至|到)?下|下一?年度?结转|结转(?:至|到)?次年|转入下|结转到下)"
    r"|无结转(?!自?上)"
)


def _claims_of_nothing(examination: Examination, sentence: Sentence) -> Iterator[Claim]:
    for pattern, of in ((_NO_CARRY_OUT, "carry"), (_NO_APPLICATION, "application"), (_NO_REMEDY, "remedy")):
        for found in pattern.finditer(sentence.text):
            start, end = found.span()
            before = sentence.text[:start]
            if _SCOPE_OF_SENTENCE.search(before) or is_of_another_year(examination, before):
                continue
            if is_of_an_office(examination, before):
                continue
            subject = _subject_of_nothing(sentence, found, of)
            if subject:
                yield Claim(subject, Decimal(0), sentence, start, end, none=True)


def _subject_of_nothing(sentence: Sentence, found: re.Match[str], of: str) -> Subject | None:
    words = found[0]
    if of == "carry":
        return Subject.CARRIED_OUT if is_about_applications(sentence, found.start(), found.end()) else None
    if of == "application":
        # "未收到上级转办的申请" and "无结转申请" are about something narrower.
        narrower = re.search(r"结转|转办|补正|延期|网上|在线|信函|当面|复议|诉讼|不予|逾期", words)
        return None if narrower or _SCOPE_OF_CLAUSE.search(words) else Subject.RECEIVED
    clause = sentence.text[slice(*sentence.clause(found.start()))]
    if _LOST.search(clause) or not _is_about_remedies(sentence) or any(c.isdigit() for c in words[:-1]):
        return None
    return _remedy_subject(words)

"""文字与表. The prose against the tables of the same report: TX-01 to TX-09, TX-18 and T3-15."""

import re
from collections.abc import Iterator
from decimal import Decimal

from gongkai.report.check.catalogue import RULES
from gongkai.report.check.examination import Examination
from gongkai.report.check.findings import CannotJudge, Finding, number
from gongkai.report.check.narrative.claims import (
    APPLICATION_SUBJECTS,
    Claim,
    Subject,
    claims,
    is_about_applications,
    is_of_an_office,
    is_of_another_year,
    words_after,
    words_before,
)
from gongkai.report.model import Place

Outcome = Iterator[Finding | CannotJudge]

_RULE = {
    Subject.NEWLY_RECEIVED: "TX-01",
    Subject.CARRIED_IN: "TX-02",
    Subject.ANSWERED: "TX-03",
    Subject.CARRIED_OUT: "TX-04",
    Subject.RECONSIDERATION: "TX-05",
    Subject.REMEDIES: "TX-05",
    Subject.LITIGATION: "TX-06",
    Subject.DIRECT_SUIT: "TX-06",
    Subject.SUIT_AFTER_RECONSIDERATION: "TX-06",
    Subject.RECEIVED: "TX-07",
}
_ROW = {
    Subject.NEWLY_RECEIVED: ("received", "表三“本年新收”总计"),
    Subject.RECEIVED: ("received", "表三“本年新收”总计"),
    Subject.CARRIED_IN: ("carried_in", "表三“上年结转”总计"),
    Subject.ANSWERED: ("total", "表三“总计（七）”"),
    Subject.CARRIED_OUT: ("carried_out", "表三“结转下年度”总计"),
}
_GROUPS = {
    Subject.RECONSIDERATION: (("reconsideration",), "表四行政复议"),
    Subject.DIRECT_SUIT: (("direct_suit",), "表四未经复议直接起诉"),
    Subject.SUIT_AFTER_RECONSIDERATION: (("suit_after_reconsideration",), "表四复议后起诉"),
    Subject.LITIGATION: (("direct_suit", "suit_after_reconsideration"), "表四两类行政诉讼之和"),
    Subject.REMEDIES: (
        ("reconsideration", "direct_suit", "suit_after_reconsideration"),
        "表四行政复议、行政诉讼之和",
    ),
}
_RESULT_NAMES = {
    "upheld": "结果维持",
    "rectified": "结果纠正",
    "other": "其他结果",
    "pending": "尚未审结",
    "total": "总计",
}


def judge_claims(examination: Examination) -> Outcome:
    """TX-01 to TX-07, TX-09, TX-18: each claim against its figure."""
    for claim in claims(examination):
        if claim.vague:
            yield _vague(claim)
        elif claim.subject in APPLICATION_SUBJECTS:
            yield from _judge_application(examination, claim)
        else:
            yield from _judge_remedy(examination, claim)


def _vague(claim: Claim) -> Finding:
    message = f"“{claim.words}”是约数，没有用来与表中的数核对，建议写准确的数。"
    return RULES["TX-18"].finding(_place(claim), message, left=claim.value)


def _judge_application(examination: Examination, claim: Claim) -> Outcome:
    row, name = _ROW[claim.subject]
    rule = "TX-09" if claim.none and claim.subject is Subject.RECEIVED else _RULE[claim.subject]
    figure = examination.value("applications", row)
    if figure is None:
        yield _no_figure(rule, claim, name)
    elif claim.none:
        if figure != 0:
            yield RULES[rule].finding(
                _place(claim),
                f"文字说“{claim.words}”，而{name}为{number(figure)}件。",
                left=Decimal(0),
                right=figure,
            )
    elif claim.subject is Subject.RECEIVED:
        yield from _judge_received(examination, claim, figure)
    elif claim.value != figure:
        yield _differs(rule, claim, figure, name)


def _judge_received(examination: Examination, claim: Claim, received: Decimal) -> Outcome:
    """TX-07: 收到 may mean 新收, or 新收 and 上年结转 together when the sentence says so."""
    carried_in = examination.value("applications", "carried_in") or Decimal(0)
    together = received + carried_in
    says_so = "结转" in claim.sentence.text
    if claim.value == received or (says_so and claim.value == together):
        return
    if received == 0 and together == 0:
        yield RULES["TX-09"].finding(
            _place(claim),
            f"文字说“{claim.words}”，而表三“本年新收”总计为0，请核对是文字有误还是表中漏填。",
            left=claim.value,
            right=received,
        )
    elif carried_in and claim.value == together:
        message = (
            f"文字说“{claim.words}”，等于新收{number(received)}件与上年结转{number(carried_in)}件之和，"
            "请写明是否包括上年结转。"
        )
        yield RULES["TX-07"].finding(_place(claim), message, left=claim.value, right=received)
    else:
        yield _differs("TX-07", claim, received, "表三“本年新收”总计")


def _judge_remedy(examination: Examination, claim: Claim) -> Outcome:
    groups, name = _GROUPS[claim.subject]
    column = claim.result or "total"
    if claim.result:
        name += f"“{_RESULT_NAMES[column]}”"
    values = [examination.value("remedies", group, column) for group in groups]
    rule = "TX-09" if claim.none else _RULE[claim.subject]
    known = [value for value in values if value is not None]
    if len(known) < len(groups):
        yield _no_figure(rule, claim, name)
        return
    figure = sum(known, Decimal(0))
    if claim.none and figure:
        yield RULES[rule].finding(
            _place(claim),
            f"文字说“{claim.words}”，而{name}为{number(figure)}件。",
            left=Decimal(0),
            right=figure,
        )
    elif not claim.none and claim.value != figure:
        yield _differs(rule, claim, figure, name)


def _differs(rule: str, claim: Claim, figure: Decimal, name: str) -> Finding:
    message = (
        f"文字说“{claim.words}”，而{name}为{number(figure)}件，相差{number(abs(claim.value - figure))}件，"
        "请核对文字和表。"
    )
    return RULES[rule].finding(_place(claim), message, left=claim.value, right=figure)


def _no_figure(rule: str, claim: Claim, name: str) -> CannotJudge:
    return RULES[rule].cannot_judge(_place(claim), f"{name}没有读到数字，不能与“{claim.words}”核对。")


def _place(claim: Claim) -> Place:
    return Place(section=claim.sentence.section, quote=claim.words)


# TX-08 ------------------------------------------------------------------------------------

_ALL_CLOSED = re.compile(
    r"(?:均|全部|都|皆)(?:已)?(?:经)?[^，；。0-9]{0,16}?(?:办结|办理完毕|处理完毕|办理完成|答复完毕|办毕)(?!率)"
    r"|(?:均|全部|都)已?[^，；。0-9]{0,16}?(?:答复|回复)(?!率|书)"
    r"|(?:100%|百分之百)(?:按时|按期|依法|依规|及时|全部)?(?:办结|办理完毕|办理完成)(?!率)"
    r"|(?<!按时)(?<!按期)(?:办结率|办理率)[^，；。]{0,4}100%"
)


def judge_all_closed(examination: Examination) -> Outcome:
    """TX-08: "均已办结" leaves nothing for next year."""
    carried_out = examination.value("applications", "carried_out")
    for sentence in examination.sentences:
        for found in _ALL_CLOSED.finditer(sentence.text):
            if not _speaks_of_every_application(examination, sentence.text, found):
                continue
            if not is_about_applications(sentence, found.start(), found.end()):
                continue
            place = Place(section=sentence.section, quote=sentence.printed[found.start() : found.end()])
            if carried_out is None:
                yield RULES["TX-08"].cannot_judge(place, "表三“结转下年度”没有读到数字，不能核对“均已办结”。")
            elif carried_out > 0:
                message = (
                    f"文字说“{place.quote}”，而表三“结转下年度”总计为{number(carried_out)}件，没有全部办结。"
                )
                yield RULES["TX-08"].finding(place, message, left=Decimal(0), right=carried_out)


def _speaks_of_every_application(examination: Examination, text: str, found: re.Match[str]) -> bool:
    before = text[: found.start()]
    if (
        re.search(r"结转|除|另有|尚有|剩余|本级|本办|代表|其中|各部门|各单位|转办|交办", text)
        or "诉" in before[-12:]
    ):
        return False
    if is_of_an_office(examination, before) or is_of_another_year(examination, before):
        return False
    closed = re.search(r"办结|完毕|完成|办毕|率", found[0])
    return bool(closed or re.search(r"收到|受理|新收|接到", before))


# T3-15 ------------------------------------------------------------------------------------

_WITHDRAWN = re.compile(r"(?:申请人)?[^，；。（]{0,6}(?:撤销|撤回|撤申|主动撤|自主撤|自行撤|放弃申请)")


def judge_withdrawn(examination: Examination) -> Outcome:
    """T3-15: withdrawn applications stand in 其他处理·其他."""
    figure = examination.value("applications", "other_remaining")
    if figure is None:
        figure = examination.value("applications", "other")
    for sentence in examination.sentences:
        for index, quantity in enumerate(sentence.quantities):
            words = words_before(sentence, index) + words_after(sentence, index)
            remark = sentence.text[quantity.end : quantity.end + 16]
            remark = remark[: remark.find("）")] if remark.startswith("（") else ""
            withdrawn = _WITHDRAWN.search(words) or _WITHDRAWN.search(remark)
            if not withdrawn or re.search(r"复议|诉讼|行政行为|许可|机构|撤销率", words):
                continue
            if not is_about_applications(sentence, quantity.start, quantity.end + len(remark) + 8):
                continue
            if quantity.vague or quantity.is_percentage:
                continue
            place = sentence.place(quantity.start, quantity.end)
            if figure is None:
                yield RULES["T3-15"].cannot_judge(
                    place, "表三“其他处理·其他”没有读到数字，不能核对撤回的申请。"
                )
            elif quantity.value > figure:
                message = (
                    f"文字说申请人撤回（撤销）{number(quantity.value)}件，应计入表三“其他处理·其他”，"
                    f"而该行总计为{number(figure)}件，相差{number(quantity.value - figure)}件。"
                )
                yield RULES["T3-15"].finding(place, message, left=quantity.value, right=figure)

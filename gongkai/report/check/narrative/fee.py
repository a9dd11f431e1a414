"""信息处理费. Part six says whether the fee was charged, in how many cases and how much: TX-19.

The fee is not the 行政事业性收费 of 表二, and the two are never compared.
"""

import re
from collections.abc import Iterator

from gongkai.report.check.catalogue import RULES
from gongkai.report.check.examination import Examination, Sentence
from gongkai.report.check.findings import CannotJudge, Finding, number
from gongkai.report.check.narrative.quantities import Quantity
from gongkai.report.model import Place

FIRST_YEAR_WITH_FEE = 2021  # 国办函〔2020〕109号 is in force from 2021-01-01

_FEE = re.compile(
    r"处理费|信息公开[^。；]{0,10}(?:收费|费用)|收取[^。；，]{0,12}费|收费情况|收费通知|产生费用"
)
_NONE = re.compile(r"未|没有|无|零|不收|免收|免费|不存在|[：为是]0(?![.\d])")
_CASES = frozenset(["件", "起", "次", "份", "宗", "例", "个"])


def judge_fee(examination: Examination) -> Iterator[Finding | CannotJudge]:
    rule = RULES["TX-19"]
    year = examination.year or FIRST_YEAR_WITH_FEE
    there = "other" in examination.report.sections or any(
        heading.section == "other" for heading in examination.report.headings
    )
    if not examination.is_2021_form or year < FIRST_YEAR_WITH_FEE or not (there or examination.is_cut):
        return
    if not examination.is_complete("other"):
        yield rule.cannot_judge(
            Place(section="other"), "文件在第六部分之前或者之中截断，不能判断是否写明信息处理费。"
        )
        return
    said = [sentence for sentence in examination.sentences if sentence.section == "other"]
    about_fee = [sentence for sentence in said if _FEE.search(sentence.text)]
    if not about_fee:
        quote = said[0].printed[:40] if said else ""
        message = "第六部分没有写收取信息处理费的情况；收了写件数和金额，没有收也要写明。"
        yield rule.finding(Place(section="other", quote=quote), message)
        return
    yield from _judge_amount(examination, about_fee)


def _judge_amount(examination: Examination, about_fee: list[Sentence]) -> Iterator[Finding]:
    rule = RULES["TX-19"]
    first = about_fee[0]
    charged = next(iter(_amounts(about_fee)), None)
    nothing = any(_NONE.search(sentence.text) for sentence in about_fee)
    if charged is None and not nothing:
        message = f"第六部分写到信息处理费（“{first.printed[:30]}”），但没有写件数和金额，也没有写明未收取。"
        yield rule.finding(first.place(), message)
    cases = any(q.unit in _CASES for sentence in about_fee for q in sentence.quantities)
    if charged is not None and charged.value > 0 and not cases:
        message = f"第六部分写收取信息处理费{number(charged.value)}元，没有写涉及多少件，请补写件数。"
        yield rule.finding(first.place(), message, left=charged.value)
    elsewhere = [
        s
        for s in examination.sentences
        if s.section != "other" and re.search(r"信息处理费", s.text) and any(q.value for q in _amounts([s]))
    ]
    if elsewhere and (charged is None or charged.value == 0) and nothing:
        other = next(q for q in _amounts(elsewhere) if q.value)
        message = f"第六部分说没有收取信息处理费，而另一处写了“{elsewhere[0].printed[:40]}”（{number(other.value)}元），前后不一。"
        yield rule.finding(first.place(), message, right=other.value)


def _amounts(sentences: list[Sentence]) -> Iterator[Quantity]:
    for sentence in sentences:
        for quantity in sentence.quantities:
            if quantity.unit == "元":
                yield quantity

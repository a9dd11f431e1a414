"""必备内容. What a letter of its kind must say beside its decision (rules/regulations_2019/letters.py)."""

from collections.abc import Callable, Iterator
from datetime import date

from gongkai.duties.applications.letters.case_facts import CaseFacts
from gongkai.duties.applications.letters.check.findings import Finding
from gongkai.duties.applications.letters.check.matters import ENOUGH
from gongkai.duties.applications.letters.check.reading import (
    amounts_in,
    counts_in,
    days_in,
    figures_in,
    holds,
    share_of,
    working_days_in,
)
from gongkai.duties.applications.letters.text import LetterText
from gongkai.rules.regulations_2019.clock import PAYMENT_WORKING_DAYS, REPLY_WORKING_DAYS
from gongkai.rules.regulations_2019.letters import ANSWER_DAYS, AddressedTo, contents_of
from gongkai.rules.regulations_2019.reply import LetterElement

# What follows when the other side does nothing, or who agreed: the words that must stand there.
CONSEQUENCES = {
    "correction": "视为放弃申请",
    "extension": "政府信息公开工作机构负责人同意",
    "third_party_consultation": "逾期未提出意见",
    "co_maker_consultation": "视为同意公开",
    "reasons_asked": "不予处理",
}
# What follows for another kind: in this one it tells the reader something untrue.
OTHER_CONSEQUENCES = {
    "third_party_consultation": ("视为同意", "视为不同意"),
    "co_maker_consultation": ("视为不同意", "决定是否公开"),
    "other_agency_consultation": ("视为同意", "视为不同意"),
    "correction": ("不予公开", "不予处理"),
    "fee_notice": ("不予公开",),
}
_CONSULTATIONS = ("third_party_consultation", "co_maker_consultation", "other_agency_consultation")


def days_of(facts: CaseFacts) -> int | None:
    """The working days that this kind of letter tells the reader."""
    return {
        "receipt": REPLY_WORKING_DAYS,
        "fee_notice": PAYMENT_WORKING_DAYS,
        **dict.fromkeys(_CONSULTATIONS, ANSWER_DAYS),
    }.get(facts.kind, facts.working_days)


def look(text: LetterText, facts: CaseFacts) -> Iterator[Finding]:
    body = "\n".join(text.paragraphs)
    for element in contents_of(facts.kind, facts.result):
        said = _SAID.get(element.key)
        if said and not said(body, facts):
            yield _missing(element)
    for other in OTHER_CONSEQUENCES.get(facts.kind, ()):
        if other not in facts.said and holds(body, other):
            yield Finding("contents", "正文", f"“{other}”不是这种文书的后果", "请改正后果")
    if facts.kind == "correction" and not any(holds(body, each) for each in ("无正当理由", "没有正当理由")):
        yield _missing(LetterElement("consequence", "无正当理由逾期不补正的，才视为放弃申请"))
    if facts.kind == "third_party_notice":
        yield from _why_overruled(body.replace(facts.said, ""), facts)
    if facts.letter_kind.addressed_to is not AddressedTo.APPLICANT and not holds(body, facts.register_number):
        yield _missing(LetterElement("application", "申请的登记编号"))


def _why_overruled(own: str, facts: CaseFacts) -> Iterator[Finding]:
    """第三方的理由合理的, 只有公共利益能越过它；不合理的，不用公共利益作理由（条例第三十二条）."""
    why, other = ("公共利益", "不合理") if facts.refused_with_reason else ("不合理", "公共利益")
    if not holds(own, why) or holds(own, other):
        problem = "为什么越过第三方的意见，写得与记录不一致"
        yield Finding("contents", "正文", problem, f"记录的是：{_OVERRULED[facts.refused_with_reason]}")


_OVERRULED = {True: "不公开会对公共利益造成重大影响", False: "第三方不同意公开的理由不合理"}


def _missing(element: LetterElement) -> Finding:
    return Finding("contents", "正文", f"没有写明{element.label}，或者与记录不一致", "请补上")


def _application(body: str, facts: CaseFacts) -> bool:
    return holds(body, facts.register_number) and _says(body, facts.received_on)


def _subject(body: str, facts: CaseFacts) -> bool:
    if facts.letter_kind.addressed_to is AddressedTo.APPLICANT:
        return all(holds(body, matter.text) for matter in facts.matters)
    return share_of(facts.said, body) >= ENOUGH


def _said(body: str, facts: CaseFacts) -> bool:
    return (
        bool(facts.said)
        and share_of(facts.said, body) >= ENOUGH
        and figures_in(facts.said) <= figures_in(body)
        and counts_in(facts.said) <= counts_in(body)
    )


def _days(body: str, facts: CaseFacts) -> bool:
    return days_of(facts) in {number for _, number in working_days_in(body)}


def _until(body: str, facts: CaseFacts) -> bool:
    return facts.until is None or _says(body, facts.until)


def _due(body: str, facts: CaseFacts) -> bool:
    return _days(body, facts) and (facts.due_on is None or _says(body, facts.due_on))


def _amount(body: str, facts: CaseFacts) -> bool:
    return facts.amount is not None and facts.amount in {amount for _, amount in amounts_in(body)}


def _says(body: str, day: date) -> bool:
    """The day, in whatever numerals."""
    return day in {each for _, each in days_in(body)}


_WAYS = ("提供", "获取", "附件", "查阅", "查询", "查看", "下载", "领取")
_SAID: dict[str, Callable[[str, CaseFacts], bool]] = {
    "application": _application,
    "subject": _subject,
    "said": _said,
    "working_days": lambda body, facts: _days(body, facts) and _until(body, facts),
    "until": _until,
    "reply_due": _due,
    "consequence": lambda body, facts: holds(body, CONSEQUENCES[facts.kind]),
    "amount": _amount,
    "standard": _said,
    "how_to_pay": lambda body, facts: bool(facts.how) and share_of(facts.how, body) >= ENOUGH,
    "pay_by": lambda body, facts: _days(body, facts) and holds(body, "视为放弃申请"),
    "third_party_opinion": lambda body, facts: holds(body, "第三方") and holds(body, "征求"),
    "information": lambda body, facts: any(holds(body, word) for word in _WAYS),
}

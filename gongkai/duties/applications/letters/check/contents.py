"""必备内容. What a letter of its kind must say beside its decision (rules/regulations_2019/letters.py)."""

from collections.abc import Callable, Iterator

from gongkai.duties.applications.letters.case_facts import CaseFacts, amount_text
from gongkai.duties.applications.letters.check.findings import Finding
from gongkai.duties.applications.letters.check.matters import ENOUGH
from gongkai.duties.applications.letters.check.reading import holds, share_of, working_days_in
from gongkai.duties.applications.letters.text import LetterText
from gongkai.rules.explanation import day_text
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
    if facts.letter_kind.addressed_to is not AddressedTo.APPLICANT and not holds(body, facts.register_number):
        yield _missing(LetterElement("application", "申请的登记编号"))


def _missing(element: LetterElement) -> Finding:
    return Finding("contents", "正文", f"没有写明{element.label}，或者与记录不一致", "请补上")


def _application(body: str, facts: CaseFacts) -> bool:
    return holds(body, facts.register_number) and day_text(facts.received_on) in body.replace(" ", "")


def _subject(body: str, facts: CaseFacts) -> bool:
    if facts.letter_kind.addressed_to is AddressedTo.APPLICANT:
        return all(holds(body, matter.text) for matter in facts.matters)
    return share_of(facts.said, body) >= ENOUGH


def _said(body: str, facts: CaseFacts) -> bool:
    return bool(facts.said) and share_of(facts.said, body) >= ENOUGH


def _days(body: str, facts: CaseFacts) -> bool:
    return days_of(facts) in {number for _, number in working_days_in(body)}


def _until(body: str, facts: CaseFacts) -> bool:
    return facts.until is None or day_text(facts.until) in body


def _due(body: str, facts: CaseFacts) -> bool:
    return _days(body, facts) and (facts.due_on is None or day_text(facts.due_on) in body)


def _amount(body: str, facts: CaseFacts) -> bool:
    return facts.amount is not None and f"{amount_text(facts.amount)}元" in body.replace(",", "")


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
    "information": lambda body, facts: any(holds(body, word) for word in ("提供", "获取", "附件")),
}

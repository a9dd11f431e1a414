"""文书的种类. Every letter of a case beside its reply: to whom, by which article, and what it must contain.

What a reply contains follows from its result (reply.py); the sentences of both stand in letter_words.py.
"""

from dataclasses import dataclass
from enum import StrEnum

from gongkai.rules.citation import REGULATIONS, Certainty, Citation
from gongkai.rules.editions import PROCESSING_FEE_MEASURES
from gongkai.rules.processing_fee_2020.payment import ALSO_ADVISED, NOTICE_CONTENTS
from gongkai.rules.regulations_2019.consultation import ANSWER_WORKING_DAYS
from gongkai.rules.regulations_2019.reply import (
    APPLICANT,
    APPLICATION,
    BASIS,
    REMEDY,
    RESULT_BY_KEY,
    SIGNATURE,
    SUBJECT,
    Group,
    LetterElement,
)


class AddressedTo(StrEnum):
    """发给谁."""

    APPLICANT = "applicant"
    THIRD_PARTY = "third_party"
    CO_MAKER = "co_maker"
    OTHER_AGENCY = "other_agency"

    @property
    def label(self) -> str:
        return {
            "applicant": "申请人",
            "third_party": "第三方",
            "co_maker": "共同制作机关",
            "other_agency": "其他机关",
        }[self.value]


ADDRESSEE = LetterElement("addressee", "收文的第三方或者机关的名称")
INFORMATION_IN_QUESTION = LetterElement("subject", "征求意见的政府信息")
REPLY_DUE = LetterElement("reply_due", "答复期限")
TO_CORRECT = LetterElement("said", "需要补正的事项")
CORRECT_BY = LetterElement("working_days", "补正期限")
IF_NOT_CORRECTED = LetterElement("consequence", "逾期不补正的后果")
EXTENDED_BY = LetterElement("working_days", "延长的工作日数")
WHY_EXTENDED = LetterElement("said", "延长的理由")
AGREED_BY_THE_HEAD = LetterElement("consequence", "经政府信息公开工作机构负责人同意的说明")
ANSWER_BY = LetterElement("working_days", "提出意见的期限")
IF_SILENT = LetterElement("consequence", "逾期未提出意见的后果")
DISCLOSED_TO_OTHERS = LetterElement("said", "决定公开的内容和理由")
WHAT_REASONS = LetterElement("said", "需要说明理由的情况")
IF_NO_REASONS = LetterElement("consequence", "不说明或者理由不合理的后果")
DEFERRED_TO = LetterElement("until", "延迟答复的期限")
WHY_DEFERRED = LetterElement("said", "不能按期答复的理由")


@dataclass(frozen=True, slots=True)
class LetterKind:
    """一种文书. ``sign`` is the last character of the 字 it is numbered under; ``own`` what it says beside the usual."""

    key: str
    title: str
    sign: str
    addressed_to: AddressedTo
    basis: tuple[Citation, ...]
    own: tuple[LetterElement, ...]
    has_remedy: bool = False

    @property
    def name(self) -> str:
        """短名, for lists."""
        return _NAMES[self.key]

    @property
    def contents(self) -> tuple[LetterElement, ...]:
        """应当写明的内容, in the order of a letter. A reply's own part follows from its result."""
        who = (
            (APPLICANT, APPLICATION, SUBJECT)
            if self.addressed_to is AddressedTo.APPLICANT
            else (ADDRESSEE, INFORMATION_IN_QUESTION)
        )
        return (*who, BASIS, *self.own, *((REMEDY,) if self.has_remedy else ()), SIGNATURE)


_NAMES = {
    "receipt": "登记回执",
    "correction": "补正告知书",
    "extension": "延期告知书",
    "third_party_consultation": "征求第三方意见书",
    "third_party_notice": "告知第三方书",
    "co_maker_consultation": "征求共同制作机关意见书",
    "other_agency_consultation": "会商函",
    "fee_notice": "收费通知",
    "reasons_asked": "要求说明理由告知书",
    "deferral": "延迟答复告知书",
    "reply": "答复书",
    "closing": "终止办理告知书",
}
_TO_APPLICANT = AddressedTo.APPLICANT

KINDS = (
    LetterKind(
        "receipt",
        "政府信息公开申请登记回执",
        "收",
        _TO_APPLICANT,
        (REGULATIONS.article(31), REGULATIONS.article(33, 2)),
        (REPLY_DUE,),
    ),
    LetterKind(
        "correction",
        "政府信息公开申请补正告知书",
        "补",
        _TO_APPLICANT,
        (REGULATIONS.article(30),),
        (TO_CORRECT, CORRECT_BY, IF_NOT_CORRECTED),
    ),
    LetterKind(
        "extension",
        "延长政府信息公开答复期限告知书",
        "延",
        _TO_APPLICANT,
        (REGULATIONS.article(33, 2),),
        (WHY_EXTENDED, EXTENDED_BY, AGREED_BY_THE_HEAD),
    ),
    LetterKind(
        "third_party_consultation",
        "政府信息公开征求第三方意见书",
        "征",
        AddressedTo.THIRD_PARTY,
        (REGULATIONS.article(32),),
        (ANSWER_BY, IF_SILENT),
    ),
    LetterKind(
        "third_party_notice",
        "公开政府信息告知第三方书",
        "知",
        AddressedTo.THIRD_PARTY,
        (REGULATIONS.article(32),),
        (DISCLOSED_TO_OTHERS,),
        has_remedy=True,
    ),
    LetterKind(
        "co_maker_consultation",
        "政府信息公开征求共同制作机关意见书",
        "协",
        AddressedTo.CO_MAKER,
        (REGULATIONS.article(34),),
        (ANSWER_BY, IF_SILENT),
    ),
    LetterKind(
        "other_agency_consultation",
        "政府信息公开征求意见会商函",
        "商",
        AddressedTo.OTHER_AGENCY,
        (REGULATIONS.article(33, 3),),
        (ANSWER_BY,),  # the article gives neither a period nor what silence means
    ),
    LetterKind(
        "fee_notice",
        "政府信息公开信息处理费收费通知书",
        "费",
        _TO_APPLICANT,
        (REGULATIONS.article(42), PROCESSING_FEE_MEASURES.article(6)),
        (*NOTICE_CONTENTS[1:], *ALSO_ADVISED),
    ),
    LetterKind(
        "reasons_asked",
        "要求说明政府信息公开申请理由告知书",
        "询",
        _TO_APPLICANT,
        (REGULATIONS.article(35),),
        (WHAT_REASONS, IF_NO_REASONS),
    ),
    LetterKind(
        "deferral",
        "政府信息公开申请延迟答复告知书",
        "迟",
        _TO_APPLICANT,
        (REGULATIONS.article(35),),
        (WHY_DEFERRED, DEFERRED_TO),
    ),
    LetterKind("reply", "政府信息公开申请答复书", "复", _TO_APPLICANT, (), (), has_remedy=True),
    LetterKind("closing", "政府信息公开申请终止办理告知书", "终", _TO_APPLICANT, (), (), has_remedy=True),
)
KIND_BY_KEY = {kind.key: kind for kind in KINDS}
ANSWER_DAYS = ANSWER_WORKING_DAYS

# No article asks for it. Offices have refusals looked at by their legality reviewers before a leader signs.
LEGALITY_REVIEW_BASIS = REGULATIONS.article(36, certainty=Certainty.LOCAL)
_REVIEWED = frozenset({Group.GRANTED_IN_PART, Group.WITHHELD, Group.UNAVAILABLE, Group.NOT_PROCESSED})


def contents_of(kind: str, result: str = "") -> tuple[LetterElement, ...]:
    """应当写明的内容 of one letter: of its kind, and of its result where it has one.

    >>> [element.key for element in contents_of("deferral")]
    ['applicant', 'application', 'subject', 'basis', 'said', 'until', 'signature']
    >>> [element.key for element in contents_of("reply", "not_processed_repeat")][4:]
    ['earlier_reply', 'remedy', 'signature']
    """
    return RESULT_BY_KEY[result].letter if result else KIND_BY_KEY[kind].contents


def ends_the_case(kind: str) -> bool:
    """Whether the letter is the last one: a reply, or the note that the case is closed without one."""
    return kind in ("reply", "closing")


def kind_for_result(result: str) -> str:
    """答复书，或者没有答复而办结的终止办理告知书.

    >>> kind_for_result("granted"), kind_for_result("other_fee_unpaid")
    ('reply', 'closing')
    """
    return "reply" if RESULT_BY_KEY[result].letter_is_required else "closing"


def wants_legality_review(kind: str, result: str = "") -> bool:
    """要不要合法性审核: what refuses the applicant something, and what overrules a third party.

    >>> wants_legality_review("reply", "granted"), wants_legality_review("reply", "withheld_internal_affairs")
    (False, True)
    """
    if kind == "third_party_notice":
        return True
    return bool(result) and RESULT_BY_KEY[result].group in _REVIEWED

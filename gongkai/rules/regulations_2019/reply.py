"""答复. The 21 results of an application: legal basis, what the letter must contain, road to a remedy, row of the report.

A result's key is the key of its row in 表三, so that no table between the two can go wrong. How several matters or an
ending without a reply become one result stands in outcome.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from gongkai.rules.annual_report_2021.tables import OUTCOME_ROWS, TableRow
from gongkai.rules.citation import REGULATIONS, REPORT_FORM_2021, Certainty, Citation
from gongkai.rules.editions import PROCESSING_FEE_MEASURES
from gongkai.rules.regulations_2019.remedy_notice import Refusing


class Group(StrEnum):
    """结果的大类, as the report groups them."""

    GRANTED = "granted"
    GRANTED_IN_PART = "granted_in_part"
    WITHHELD = "withheld"
    UNAVAILABLE = "unavailable"
    NOT_PROCESSED = "not_processed"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {
            "granted": "予以公开",
            "granted_in_part": "部分公开",
            "withheld": "不予公开",
            "unavailable": "无法提供",
            "not_processed": "不予处理",
            "other": "其他处理",
        }[self.value]


@dataclass(frozen=True, slots=True)
class LetterElement:
    """告知书的一项必备内容."""

    key: str
    label: str


APPLICANT = LetterElement("applicant", "申请人的姓名或者名称")
APPLICATION = LetterElement("application", "收到申请的日期和申请编号")
SUBJECT = LetterElement("subject", "申请公开的内容")
BASIS = LetterElement("basis", "作出答复所依据的条款")
REMEDY = LetterElement("remedy", "救济途径和期限")
SIGNATURE = LetterElement("signature", "机关名称、印章和日期")

INFORMATION = LetterElement("information", "所公开的政府信息，或者获取的方式、途径和时间")
REASONS = LetterElement("reasons", "不予公开的理由")
THE_REST_REFUSED = LetterElement("the_rest_refused", "不予公开的部分及其理由")
PROHIBITING_LAW = LetterElement("prohibiting_law", "禁止公开的法律、行政法规名称和条款")
THIRD_PARTY_OPINION = LetterElement("third_party_opinion", "征求第三方意见的情况")
GOVERNING_LAW = LetterElement("governing_law", "规定查询办法的法律、行政法规和办理途径")
SEARCH = LetterElement("search", "检索情况和信息不存在的说明，或者负责公开的机关名称、联系方式")
NOT_READY = LetterElement("not_ready", "没有现成信息、需要加工或者分析的说明")
STILL_UNCLEAR = LetterElement("still_unclear", "补正情况和仍不明确之处")
NOT_AN_APPLICATION = LetterElement("not_an_application", "不作为政府信息公开申请处理的说明和相应渠道")
EARLIER_REPLY = LetterElement("earlier_reply", "此前答复的文号和日期")
WHERE_PUBLISHED = LetterElement("where_published", "公开出版物的获取途径")
REASONS_ASKED = LetterElement("reasons_asked", "要求说明理由的情况和理由不合理之处")
ALREADY_HELD = LetterElement("already_held", "申请人已获取该信息的说明")
CORRECTION_NOTICE = LetterElement("correction_notice", "补正告知的日期、补正期限和逾期的事实")
FEE_NOTICE = LetterElement("fee_notice", "收费通知的日期、缴费期限和逾期的事实")
REASON_FOR_CLOSING = LetterElement("reason_for_closing", "终止办理的原因")

IN_EVERY_LETTER = (APPLICANT, APPLICATION, SUBJECT, BASIS, SIGNATURE)


@dataclass(frozen=True, slots=True)
class Result:
    """一种办理结果. ``key`` is the row of 表三; ``own`` what its letter must contain beside IN_EVERY_LETTER."""

    key: str
    name: str
    group: Group
    basis: tuple[Citation, ...]
    own: tuple[LetterElement, ...]
    refusing: Refusing = Refusing.NOT
    letter_is_required: bool = True

    @property
    def letter(self) -> tuple[LetterElement, ...]:
        """告知书应当写明的内容, in the order of a letter."""
        return (*IN_EVERY_LETTER[:-1], *self.own, REMEDY, SIGNATURE)

    @property
    def row(self) -> TableRow:
        """年度报告表三中的行."""
        return next(row for row in OUTCOME_ROWS if row.key == self.key)


_PRACTICE = Certainty.FROM_MEMORY
_REFUSED = REGULATIONS.article(36, item=3)
_NO_ARTICLE = REPORT_FORM_2021.whole(certainty=Certainty.FROM_MEMORY)  # known from the row alone


def _withheld(key: str, name: str, *basis: Citation, own: tuple[LetterElement, ...] = ()) -> Result:
    return Result(key, name, Group.WITHHELD, (*basis, _REFUSED), (REASONS, *own), Refusing.WHOLLY)


RESULTS = (
    Result(
        "granted",
        "予以公开",
        Group.GRANTED,
        (REGULATIONS.article(36, item=2), REGULATIONS.article(36, item=1, certainty=_PRACTICE)),
        (INFORMATION,),
    ),
    Result(
        "granted_in_part",
        "部分公开",
        Group.GRANTED_IN_PART,
        (REGULATIONS.article(37), _REFUSED),
        (INFORMATION, THE_REST_REFUSED),
        Refusing.PARTLY,
    ),
    _withheld("withheld_state_secret", "属于国家秘密", REGULATIONS.article(14)),
    _withheld("withheld_by_law", "其他法律行政法规禁止公开", REGULATIONS.article(14), own=(PROHIBITING_LAW,)),
    _withheld("withheld_security_stability", "危及“三安全一稳定”", REGULATIONS.article(14)),
    _withheld(
        "withheld_third_party",
        "保护第三方合法权益",
        REGULATIONS.article(15),
        REGULATIONS.article(32),
        own=(THIRD_PARTY_OPINION,),
    ),
    _withheld("withheld_internal_affairs", "属于三类内部事务信息", REGULATIONS.article(16, 1)),
    _withheld("withheld_deliberative", "属于四类过程性信息", REGULATIONS.article(16, 2)),
    _withheld("withheld_enforcement_file", "属于行政执法案卷", REGULATIONS.article(16, 2)),
    Result(
        "withheld_special_enquiry",
        "属于行政查询事项",
        Group.WITHHELD,
        (REGULATIONS.article(36, item=7),),
        (GOVERNING_LAW,),
    ),
    Result(
        "unavailable_not_held",
        "本机关不掌握相关政府信息",
        Group.UNAVAILABLE,
        (REGULATIONS.article(36, item=4), REGULATIONS.article(36, item=5, certainty=_PRACTICE)),
        (SEARCH,),
    ),
    Result(
        "unavailable_must_be_created",
        "没有现成信息需要另行制作",
        Group.UNAVAILABLE,
        (REGULATIONS.article(38),),
        (NOT_READY,),
    ),
    Result(
        "unavailable_still_unclear",
        "补正后申请内容仍不明确",
        Group.UNAVAILABLE,
        (REGULATIONS.article(30),),
        (STILL_UNCLEAR,),
    ),
    Result(
        "not_processed_petition",
        "信访举报投诉类申请",
        Group.NOT_PROCESSED,
        (REGULATIONS.article(39, 1),),
        (NOT_AN_APPLICATION,),
    ),
    Result(
        "not_processed_repeat",
        "重复申请",
        Group.NOT_PROCESSED,
        (REGULATIONS.article(36, item=6),),
        (EARLIER_REPLY,),
    ),
    Result(
        "not_processed_publication",
        "要求提供公开出版物",
        Group.NOT_PROCESSED,
        (REGULATIONS.article(39, 2),),
        (WHERE_PUBLISHED,),
    ),
    Result(
        "not_processed_excessive",
        "无正当理由大量反复申请",
        Group.NOT_PROCESSED,
        (REGULATIONS.article(35),),
        (REASONS_ASKED,),
    ),
    Result(
        "not_processed_reconfirm",
        "要求行政机关确认或重新出具已获取信息",
        Group.NOT_PROCESSED,
        (_NO_ARTICLE,),
        (ALREADY_HELD,),
    ),
    Result(
        "other_not_corrected",
        "逾期不补正",
        Group.OTHER,
        (REGULATIONS.article(30),),
        (CORRECTION_NOTICE,),
        letter_is_required=False,
    ),
    Result(
        "other_fee_unpaid",
        "逾期未缴费",
        Group.OTHER,
        (REGULATIONS.article(42), PROCESSING_FEE_MEASURES.article(6)),
        (FEE_NOTICE,),
        letter_is_required=False,
    ),
    Result(
        "other_remaining",
        "其他",
        Group.OTHER,
        (_NO_ARTICLE,),
        (REASON_FOR_CLOSING,),
        letter_is_required=False,
    ),
)
RESULT_BY_KEY = {result.key: result for result in RESULTS}


def refusing_of(results: Sequence[str]) -> Refusing:
    """几项答复合起来的拒绝程度: what is refused under articles 14 to 16 goes to reconsideration first, whatever the main
    ground or the row of the report; the rest of the letter may go to court.

    >>> refusing_of(["granted", "unavailable_not_held"]).value, refusing_of(["withheld_by_law", "granted"]).value
    ('not', 'partly')
    """
    each = {RESULT_BY_KEY[key].refusing for key in results}
    if each == {Refusing.WHOLLY}:
        return Refusing.WHOLLY
    return Refusing.NOT if each <= {Refusing.NOT} else Refusing.PARTLY


def missing_elements(result: Result, present: frozenset[str]) -> tuple[LetterElement, ...]:
    """告知书的缺项.

    >>> given = frozenset({"applicant", "application", "subject", "basis", "signature", "reasons"})
    >>> [element.label for element in missing_elements(RESULT_BY_KEY["withheld_by_law"], given)]
    ['禁止公开的法律、行政法规名称和条款', '救济途径和期限']
    """
    return tuple(element for element in result.letter if element.key not in present)

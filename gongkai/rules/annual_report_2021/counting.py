"""统计口径. In which year, row and column a record counts. The facts of every register follow these functions.

The filling rules of the notice were not at hand: what is not printed on the form is our reading and carries its mark.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from gongkai.rules.citation import REGULATIONS, REPORT_FORM_2021, Certainty, Citation, Instrument
from gongkai.rules.regulations_2019.reply import RESULT_BY_KEY

CO_DEFENDANT_NOTICE = Instrument(
    title="国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告填报问题的解释",
    number="国办公开办函〔2016〕201号",
    short="国办公开办函〔2016〕201号",
    in_force_from=date(2016, 9, 1),
    unconfirmed="标题",
)
_PRINTED = REPORT_FORM_2021.whole()
_OUR_READING = REPORT_FORM_2021.whole(certainty=Certainty.INFERENCE)
_PRACTICE = REPORT_FORM_2021.whole(certainty=Certainty.FROM_MEMORY)


@dataclass(frozen=True, slots=True)
class CountingRule:
    """一条口径, in the words that an officer reads beside a figure."""

    key: str
    text: str
    basis: Citation

    def __str__(self) -> str:
        return f"{self.text}（{self.basis}）"


PERIOD = CountingRule("period", "统计期为1月1日至12月31日", _OUR_READING)
RECEIVED = CountingRule(
    "received",
    "新收按收到日（条例第三十一条）在统计期内计；网络、传真申请按双方确认之日",
    REGULATIONS.article(31, certainty=Certainty.INFERENCE),
)
CARRIED_IN = CountingRule("carried_in", "上年结转为此前收到、至上年12月31日尚未办结的", _OUR_READING)
HANDLED = CountingRule("handled", "办理结果按作出决定之日在统计期内计，与收到的年份无关", _OUR_READING)
CARRIED_OUT = CountingRule(
    "carried_out", "结转下年度为至12月31日尚未办结的，包括等候补正、缴费、征求意见的", _OUR_READING
)
COUNTED_ONCE = CountingRule(
    "counted_once", "一件申请只计一种结果；区分处理的只计部分公开，不计其他情形", _PRINTED
)
AS_REGISTERED = CountingRule("as_registered", "一件申请有多项内容的，按登记的件数计", _OUR_READING)
BY_APPLICANT = CountingRule(
    "by_applicant", "按申请人身份计：律师以本人名义申请计自然人，律师事务所计法律服务机构", _PRACTICE
)
REMEDY_DECIDED = CountingRule(
    "remedy_decided", "复议、诉讼结果按作出决定、裁判之日在统计期内计", _OUR_READING
)
REMEDY_PENDING = CountingRule("remedy_pending", "尚未审结为至12月31日没有结果的", _OUR_READING)
REMEDY_APPEALED = CountingRule(
    "remedy_appealed",
    "一审裁判以后、12月31日以前没有上诉的，这一年按一审结果计；以后上诉的，二审裁判计入裁判那一年；表四不分审级",
    _OUR_READING,
)
REMEDY_OTHER = CountingRule(
    "remedy_other", "不予受理、驳回起诉、终止、撤回申请或者撤诉的计其他结果", _OUR_READING
)
CO_DEFENDANT = CountingRule(
    "co_defendant",
    "复议机关作共同被告的，只由作出原行政行为的机关计，复议机关不计",
    CO_DEFENDANT_NOTICE.whole(),
)
DOCUMENT_ISSUED = CountingRule("document_issued", "制发按印发日期在统计期内计，不论是否公开", _OUR_READING)
DOCUMENT_REPEALED = CountingRule(
    "document_repealed", "废止按停止施行之日在统计期内计，包括有效期届满失效的", _OUR_READING
)
DOCUMENT_IN_FORCE = CountingRule("document_in_force", "现行有效为12月31日仍在施行的", _OUR_READING)
DECISIONS = CountingRule(
    "decisions", "许可、处罚、强制按作出决定的件数计，不论是否公开，不是事项数", _OUR_READING
)
CHARGES = CountingRule("charges", "收费金额按收取之日在统计期内合计，单位万元", _OUR_READING)

COUNTING_RULES = (
    PERIOD,
    RECEIVED,
    CARRIED_IN,
    HANDLED,
    CARRIED_OUT,
    COUNTED_ONCE,
    AS_REGISTERED,
    BY_APPLICANT,
    REMEDY_DECIDED,
    REMEDY_PENDING,
    REMEDY_APPEALED,
    REMEDY_OTHER,
    CO_DEFENDANT,
    DOCUMENT_ISSUED,
    DOCUMENT_REPEALED,
    DOCUMENT_IN_FORCE,
    DECISIONS,
    CHARGES,
)


@dataclass(frozen=True, slots=True)
class CountedIn:
    """计入: a row or column, and the rule by which the record stands in it."""

    place: str
    rule: CountingRule


def first_day(year: int) -> date:
    return date(year, 1, 1)


def last_day(year: int) -> date:
    return date(year, 12, 31)


# 表三 --------------------------------------------------------------------------------------


def application_rows(
    year: int, *, received_on: date, closed_on: date | None = None, result: str = ""
) -> tuple[CountedIn, ...]:
    """一件申请在某年度表三中计入的各行. ``closed_on`` is the day of the decision, or of the closing without one.

    >>> rows = application_rows(2023, received_on=date(2022, 12, 20), closed_on=date(2023, 1, 9), result="granted")
    >>> [counted.place for counted in rows]
    ['carried_in', 'granted', 'total']
    >>> [counted.place for counted in application_rows(2022, received_on=date(2022, 12, 20))]
    ['received', 'carried_out']
    """
    if (closed_on is None) != (not result) or (result and result not in RESULT_BY_KEY):
        raise ValueError("办结的申请须有办结日期和21种结果之一，未办结的两者都没有")
    if closed_on is not None and closed_on < received_on:
        raise ValueError(f"办结日期{closed_on}早于收到日期{received_on}，请核对")
    if received_on > last_day(year) or (closed_on is not None and closed_on < first_day(year)):
        return ()
    first = (
        CountedIn("received", RECEIVED)
        if received_on >= first_day(year)
        else CountedIn("carried_in", CARRIED_IN)
    )
    if closed_on is None or closed_on > last_day(year):
        return (first, CountedIn("carried_out", CARRIED_OUT))
    return (first, CountedIn(result, HANDLED), CountedIn("total", COUNTED_ONCE))


# 表四 --------------------------------------------------------------------------------------


class RemedyResult(StrEnum):
    """复议、诉讼的结果, as they happen; table four has three columns for them."""

    UPHELD = "upheld"
    RECTIFIED = "rectified"
    NOT_ACCEPTED = "not_accepted"
    DISMISSED = "dismissed"
    TERMINATED = "terminated"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return {
            "upheld": "维持、驳回请求",
            "rectified": "撤销、变更、确认违法、责令履行",
            "not_accepted": "不予受理",
            "dismissed": "驳回起诉",
            "terminated": "终止",
            "withdrawn": "撤回申请或者撤诉",
        }[self.value]

    @property
    def column(self) -> CountedIn:
        """结果维持、结果纠正 or 其他结果."""
        if self in (RemedyResult.UPHELD, RemedyResult.RECTIFIED):
            return CountedIn(self.value, REMEDY_DECIDED)
        return CountedIn("other", REMEDY_OTHER)


@dataclass(frozen=True, slots=True)
class FirstInstance:
    """被上诉的一审裁判: what stood until the appeal, and so at the end of every year before it."""

    decided_on: date
    result: RemedyResult
    appealed_on: date


def remedy_columns(
    year: int,
    *,
    accepted_on: date,
    decided_on: date | None = None,
    result: RemedyResult | None = None,
    first_instance: FirstInstance | None = None,
    only_as_reconsideration_body: bool = False,
) -> tuple[CountedIn, ...]:
    """一件复议或者诉讼在某年度表四中计入的各列, of the group that the case belongs to.

    >>> [c.place for c in remedy_columns(2023, accepted_on=date(2023, 11, 1))]
    ['pending', 'total']
    >>> remedy_columns(2023, accepted_on=date(2023, 11, 1), only_as_reconsideration_body=True)
    ()
    >>> first = FirstInstance(date(2023, 12, 20), RemedyResult.UPHELD, appealed_on=date(2024, 1, 4))
    >>> [c.place for c in remedy_columns(2023, accepted_on=date(2023, 7, 3), first_instance=first)]
    ['upheld', 'total']
    >>> [c.place for c in remedy_columns(2024, accepted_on=date(2023, 7, 3), first_instance=first)]
    ['pending', 'total']
    """
    if (decided_on is None) != (result is None):
        raise ValueError("审结的案件须有审结日期和结果，未审结的两者都没有")
    if only_as_reconsideration_body or accepted_on > last_day(year):
        return ()
    if first_instance and first_instance.appealed_on > last_day(year):
        decided_on, result = first_instance.decided_on, first_instance.result
    if decided_on is None or result is None or decided_on > last_day(year):
        return (CountedIn("pending", REMEDY_PENDING), CountedIn("total", REMEDY_PENDING))
    if decided_on < first_day(year):
        return ()
    return (result.column, CountedIn("total", REMEDY_DECIDED))


# 表二 --------------------------------------------------------------------------------------


def document_columns(year: int, *, issued_on: date, ceased_on: date | None = None) -> tuple[CountedIn, ...]:
    """一件规章或者规范性文件在某年度表二中计入的各列. ``ceased_on`` is the first day on which it no longer applies.

    >>> [c.place for c in document_columns(2023, issued_on=date(2018, 5, 1), ceased_on=date(2023, 5, 1))]
    ['repealed']
    >>> [c.place for c in document_columns(2023, issued_on=date(2023, 5, 1))]
    ['issued', 'in_force']
    """
    columns = []
    if first_day(year) <= issued_on <= last_day(year):
        columns.append(CountedIn("issued", DOCUMENT_ISSUED))
    if ceased_on is not None and first_day(year) <= ceased_on <= last_day(year):
        columns.append(CountedIn("repealed", DOCUMENT_REPEALED))
    if issued_on <= last_day(year) and (ceased_on is None or ceased_on > last_day(year)):
        columns.append(CountedIn("in_force", DOCUMENT_IN_FORCE))
    return tuple(columns)


def decision_counts(year: int, *, decided_on: date) -> bool:
    """一件许可、处罚、强制决定是否计入某年度表二."""
    return decided_on.year == year


YUAN_IN_10K = 10_000


def in_10k_yuan(yuan: Decimal) -> Decimal:
    """元换算为万元, exactly: the table allows decimals and the figure is never rounded here.

    >>> in_10k_yuan(Decimal("16138800")), in_10k_yuan(Decimal("0.00"))
    (Decimal('1613.88'), Decimal('0'))
    """
    amount = (yuan / YUAN_IN_10K).normalize()
    return amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount

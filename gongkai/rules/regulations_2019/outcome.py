"""结果归类. How what happened becomes one result: a single matter, several matters, or an ending without a reply."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.rules.citation import REGULATIONS, REPORT_FORM_2021, Certainty, Citation, Instrument
from gongkai.rules.editions import PROCESSING_FEE_MEASURES
from gongkai.rules.explanation import Explanation, Step
from gongkai.rules.regulations_2019.reply import RESULT_BY_KEY, RESULTS, Group, Result

COUNTED_ONCE = REPORT_FORM_2021.whole()  # 区分处理的，只计这一情形，不计其他情形
_OUR_READING = REPORT_FORM_2021.whole(certainty=Certainty.INFERENCE)
_PRACTICE = REPORT_FORM_2021.whole(certainty=Certainty.FROM_MEMORY)

ARCHIVES_LAW = Instrument(
    title="中华人民共和国档案法（2020年修订）",
    number="主席令第47号",
    short="档案法",
    in_force_from=date(2021, 1, 1),
    unconfirmed="主席令编号",
)
# The article says who answers; that the case then counts as 其他 is our reading.
ARCHIVES = ARCHIVES_LAW.article(15, 2, certainty=Certainty.INFERENCE)


class NotAResult(ValueError):
    """不能归类. The message is for the person."""


@dataclass(frozen=True, slots=True)
class Situation:
    """一种情形 and the result it leads to; ``result`` is empty when the case stays open."""

    key: str
    label: str
    result: str
    basis: Citation


SITUATIONS = (
    # 公开
    Situation("provided", "提供了所申请的信息", "granted", REGULATIONS.article(36, item=2)),
    Situation(
        "already_public",
        "信息已经主动公开，告知获取的方式、途径",
        "granted",
        REGULATIONS.article(36, item=1, certainty=Certainty.FROM_MEMORY),
    ),
    Situation("will_be_provided", "告知获取的方式、途径和时间", "granted", REGULATIONS.article(36, item=2)),
    Situation(
        "public_interest",
        "第三方不同意，但不公开会对公共利益造成重大影响，决定公开",
        "granted",
        REGULATIONS.article(32),
    ),
    Situation(
        "co_maker_silent",
        "共同制作机关逾期未提出意见，视为同意，予以公开",
        "granted",
        REGULATIONS.article(34),
    ),
    Situation(
        "severed", "含有不应当公开的内容，区分处理后提供其余部分", "granted_in_part", REGULATIONS.article(37)
    ),
    # 不予公开
    Situation("secret", "依法确定为国家秘密", "withheld_state_secret", REGULATIONS.article(14)),
    Situation("prohibited", "法律、行政法规禁止公开", "withheld_by_law", REGULATIONS.article(14)),
    Situation(
        "security",
        "公开后可能危及国家安全、公共安全、经济安全、社会稳定",
        "withheld_security_stability",
        REGULATIONS.article(14),
    ),
    Situation(
        "third_party_refuses", "第三方不同意公开且有合理理由", "withheld_third_party", REGULATIONS.article(32)
    ),
    Situation(
        "third_party_silent",
        "第三方逾期未提出意见，本机关依照条例决定不予公开",
        "withheld_third_party",
        REGULATIONS.article(32),
    ),
    Situation(
        "internal",
        "人事管理、后勤管理、内部工作流程信息",
        "withheld_internal_affairs",
        REGULATIONS.article(16, 1),
    ),
    Situation(
        "deliberative",
        "讨论记录、过程稿、磋商信函、请示报告",
        "withheld_deliberative",
        REGULATIONS.article(16, 2),
    ),
    Situation("case_file", "行政执法案卷信息", "withheld_enforcement_file", REGULATIONS.article(16, 2)),
    Situation(
        "special_enquiry",
        "工商、不动产登记资料等，有关法律、行政法规对获取有特别规定",
        "withheld_special_enquiry",
        REGULATIONS.article(36, item=7),
    ),
    # 无法提供
    Situation("not_found", "经检索没有所申请的信息", "unavailable_not_held", REGULATIONS.article(36, item=4)),
    Situation(
        "another_agency",
        "不属于本机关负责公开",
        "unavailable_not_held",
        REGULATIONS.article(36, item=5, certainty=Certainty.FROM_MEMORY),
    ),
    Situation(
        "must_be_created", "需要对现有信息加工、分析", "unavailable_must_be_created", REGULATIONS.article(38)
    ),
    Situation(
        "still_unclear", "申请人作了补正，内容仍不明确", "unavailable_still_unclear", REGULATIONS.article(30)
    ),
    # 不予处理
    Situation(
        "petition", "以申请的形式进行信访、投诉、举报", "not_processed_petition", REGULATIONS.article(39, 1)
    ),
    Situation(
        "repeat", "已经答复，重复申请公开相同信息", "not_processed_repeat", REGULATIONS.article(36, item=6)
    ),
    Situation(
        "publication",
        "要求提供公报、报刊、书籍等公开出版物",
        "not_processed_publication",
        REGULATIONS.article(39, 2),
    ),
    Situation(
        "excessive", "大量、反复申请，说明的理由不合理", "not_processed_excessive", REGULATIONS.article(35)
    ),
    Situation("reconfirm", "要求确认或者重新出具已经获取的信息", "not_processed_reconfirm", _PRACTICE),
    # 其他处理
    Situation(
        "not_corrected", "无正当理由逾期不补正，视为放弃申请", "other_not_corrected", REGULATIONS.article(30)
    ),
    Situation(
        "fee_unpaid",
        "逾期未缴纳信息处理费，视为放弃申请",
        "other_fee_unpaid",
        PROCESSING_FEE_MEASURES.article(6),
    ),
    Situation("withdrawn", "申请人自己撤回申请", "other_remaining", _PRACTICE),
    Situation("unreachable", "无法与申请人取得联系", "other_remaining", _PRACTICE),
    Situation("enquiry", "内容为业务咨询，不是申请公开政府信息", "other_remaining", _PRACTICE),
    Situation("party_affairs", "申请的是党务信息等，不是政府信息", "other_remaining", _PRACTICE),
    Situation("archives", "已移交档案馆且移交期届满，告知按档案利用规定办理", "other_remaining", ARCHIVES),
    Situation("merged", "并入同一申请人的另一申请办理", "other_remaining", _PRACTICE),
    # 未办结
    Situation("being_corrected", "年末仍在等申请人补正", "", _OUR_READING),
    Situation("deferred", "理由合理，已告知延迟答复，尚未答复", "", REGULATIONS.article(35)),
    Situation("being_consulted", "年末仍在征求第三方意见", "", REGULATIONS.article(33, 3)),
)
SITUATION_BY_KEY = {situation.key: situation for situation in SITUATIONS}


@dataclass(frozen=True, slots=True)
class Outcome:
    """归类的结论. ``result`` is None while the case is open; ``is_proposal`` asks the officer to confirm the main ground."""

    result: Result | None
    explanation: Explanation
    is_proposal: bool = False


def outcome_of(situation: str) -> Outcome:
    """一种情形的结果.

    >>> str(outcome_of("withdrawn").explanation)
    '申请人自己撤回申请（《年度报告格式（2021）》（待核））；计入“3.其他”'
    >>> outcome_of("being_corrected").result is None
    True
    """
    found = SITUATION_BY_KEY[situation]
    step = Step(found.label, found.basis)
    if not found.result:
        return Outcome(None, Explanation((step,), "尚未办结，计入“四、结转下年度继续办理”"))
    return _counted(RESULT_BY_KEY[found.result], step)


def outcome_of_matters(results: Sequence[str], *, main_ground: str = "") -> Outcome:
    """多项内容一并申请的结果, each matter given by the key of its own result.

    Any part disclosed makes it 部分公开, counted there only. With nothing disclosed the officer names the main ground;
    the first in statutory order is proposed.

    >>> outcome_of_matters(["granted", "withheld_deliberative"]).result.name
    '部分公开'
    >>> proposed = outcome_of_matters(["unavailable_not_held", "withheld_third_party"])
    >>> proposed.result.name, proposed.is_proposal
    ('保护第三方合法权益', True)
    """
    unknown = [key for key in (*results, *filter(None, [main_ground])) if key not in RESULT_BY_KEY]
    if not results or unknown:
        raise NotAResult(f"没有这样的办理结果：{'、'.join(unknown) or '（空）'}，请从21种结果中选择")
    kinds = [result for result in RESULTS if result.key in results]  # in statutory order, each once
    if len(kinds) == 1:
        return _counted(kinds[0], Step(f"各项内容结果相同：{kinds[0].name}", _OUR_READING))
    if any(result.group in (Group.GRANTED, Group.GRANTED_IN_PART) for result in kinds):
        return _counted(
            RESULT_BY_KEY["granted_in_part"],
            Step("部分内容公开，其余不公开或者无法提供，只计部分公开", COUNTED_ONCE),
        )
    names = "、".join(result.name for result in kinds)
    if not main_ground:
        step = Step(f"各项内容都没有公开（{names}），按法定顺序建议以第一项为主要理由", _OUR_READING)
        return _counted(kinds[0], step, is_proposal=True)
    if main_ground not in results:
        raise NotAResult(
            f"主要理由“{RESULT_BY_KEY[main_ground].name}”不在各项结果之中（{names}），请从中选择"
        )
    return _counted(
        RESULT_BY_KEY[main_ground], Step(f"各项内容都没有公开（{names}），由承办人确定主要理由", _OUR_READING)
    )


def _counted(result: Result, step: Step, *, is_proposal: bool = False) -> Outcome:
    label = result.row.label.partition("（区分")[0]
    return Outcome(result, Explanation((step,), f"计入“{label}”"), is_proposal)

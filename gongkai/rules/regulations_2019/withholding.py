"""不予公开的理由. The grounds of articles 14 to 16, what each needs in evidence, its exceptions, and the review of article 18."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.rules.citation import REGULATIONS, Certainty, Citation
from gongkai.rules.explanation import Explanation, Step, day_text
from gongkai.rules.working_days import Calendar

# The Regulations say only 定期评估审查. Twelve months are proposed; an agency may choose a shorter interval.
REVIEW_MONTHS = 12
REVIEW_BASIS = REGULATIONS.article(18, certainty=Certainty.INFERENCE)

DISCLOSE_THE_REST = REGULATIONS.article(37)
REFER_WHEN_UNSURE = REGULATIONS.article(17)


class Force(StrEnum):
    """不公开的效力."""

    MUST = "must"  # 不予公开
    UNLESS = "unless"  # 不得公开，但有例外
    MAY = "may"  # 可以不予公开

    @property
    def label(self) -> str:
        return {"must": "不予公开", "unless": "不得公开，法定例外除外", "may": "可以不予公开"}[self.value]

    @property
    def is_discretionary(self) -> bool:
        return self is Force.MAY


@dataclass(frozen=True, slots=True)
class GroundException:
    """例外: when the information is disclosed although the ground is present."""

    text: str
    basis: Citation


@dataclass(frozen=True, slots=True)
class Ground:
    """一项理由. ``kinds`` are the law's own heads under it; ``evidence`` is what the file must hold for it."""

    key: str
    name: str
    basis: Citation
    force: Force
    evidence: tuple[str, ...]
    result: str  # the row of the annual report and the key of the result
    kinds: tuple[str, ...] = ()
    exceptions: tuple[GroundException, ...] = ()


_UNLESS_LAW_REQUIRES = GroundException(
    "法律、法规、规章规定上述信息应当公开的，从其规定", REGULATIONS.article(16, 2)
)

GROUNDS = (
    Ground(
        "STATE_SECRET",
        "国家秘密",
        REGULATIONS.article(14),
        Force.MUST,
        ("定密依据和密级、保密期限的记载", "期满或者可以解密的，解密审核意见"),
        "withheld_state_secret",
    ),
    Ground(
        "PROHIBITED_BY_LAW",
        "法律、行政法规禁止公开",
        REGULATIONS.article(14),
        Force.MUST,
        ("禁止公开的法律或者行政法规的名称和条款",),
        "withheld_by_law",
    ),
    Ground(
        "SECURITY_OR_STABILITY",
        "公开后可能危及三安全一稳定",
        REGULATIONS.article(14),
        Force.MUST,
        ("可能危及哪一项、如何危及的具体说明",),
        "withheld_security_stability",
        ("国家安全", "公共安全", "经济安全", "社会稳定"),
    ),
    Ground(
        "THIRD_PARTY",
        "商业秘密、个人隐私等，公开会对第三方合法权益造成损害",
        REGULATIONS.article(15),
        Force.UNLESS,
        ("征求意见书及其送达记录", "第三方的书面意见，或者逾期未提出意见的记录", "对合法权益造成损害的说明"),
        "withheld_third_party",
        ("商业秘密", "个人隐私", "其他合法权益"),
        (
            GroundException("第三方同意公开", REGULATIONS.article(15)),
            GroundException(
                "不公开会对公共利益造成重大影响，决定公开的，将公开的内容和理由书面告知第三方",
                REGULATIONS.article(32),
            ),
        ),
    ),
    Ground(
        "INTERNAL_AFFAIRS",
        "三类内部事务信息",
        REGULATIONS.article(16, 1),
        Force.MAY,
        ("属于哪一类内部事务的说明", "决定不予公开的考虑"),
        "withheld_internal_affairs",
        ("人事管理", "后勤管理", "内部工作流程"),
    ),
    Ground(
        "DELIBERATIVE",
        "四类过程性信息",
        REGULATIONS.article(16, 2),
        Force.MAY,
        ("属于哪一类过程性信息、形成于哪一决定之前的说明", "决定不予公开的考虑"),
        "withheld_deliberative",
        ("讨论记录", "过程稿", "磋商信函", "请示报告"),
        (_UNLESS_LAW_REQUIRES,),
    ),
    Ground(
        "ENFORCEMENT_FILE",
        "行政执法案卷信息",
        REGULATIONS.article(16, 2),
        Force.MAY,
        ("所属案卷的名称和编号", "决定不予公开的考虑"),
        "withheld_enforcement_file",
        (),
        (_UNLESS_LAW_REQUIRES,),
    ),
)
GROUND_BY_KEY = {ground.key: ground for ground in GROUNDS}


@dataclass(frozen=True, slots=True)
class ReviewDay:
    """下次评估审查的日期, with its reason."""

    day: date
    explanation: Explanation


def next_review(decided_on: date, calendar: Calendar, *, months: int = REVIEW_MONTHS) -> ReviewDay:
    """下次评估审查: withheld items are looked at again, and disclosed when circumstances have changed.

    >>> str(next_review(date(2025, 3, 3), Calendar()).explanation)
    '2025年3月3日决定不予公开，每12个月评估审查一次（《条例》第十八条（待核））；2026年3月3日前评估审查'
    """
    due = calendar.add_months(decided_on, months, basis=REVIEW_BASIS)
    step = Step(f"{day_text(decided_on)}决定不予公开，每{months}个月评估审查一次", REVIEW_BASIS, decided_on)
    return ReviewDay(due.day, Explanation((step,), f"{day_text(due.day)}前评估审查"))

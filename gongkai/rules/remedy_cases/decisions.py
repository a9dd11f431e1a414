"""决定和裁判. Each way in which a case over disclosure ends, how table four counts it, and whether the agency must act.

The articles are cited from memory (待核) unless law.md has them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.rules.annual_report_2021.counting import RemedyResult
from gongkai.rules.citation import Certainty, Citation
from gongkai.rules.editions import LITIGATION_LAW, RECONSIDERATION_LAW_2017, RECONSIDERATION_LAW_2023

_R17, _R23, _L = RECONSIDERATION_LAW_2017, RECONSIDERATION_LAW_2023, LITIGATION_LAW
_MEMORY = Certainty.FROM_MEMORY
_DECIDED_2017 = _R17.article(28, 1, certainty=_MEMORY)
_ENDED_2017 = _R17.article(25, certainty=_MEMORY)


@dataclass(frozen=True, slots=True)
class Meaning:
    """一种决定的含义."""

    label: str
    result: RemedyResult
    basis: Citation
    orders: bool = False  # the agency must answer again or act
    is_ruling: bool = False  # 裁定, not 判决
    may_be_appealed: bool = True


class ReconsiderationDecision(StrEnum):
    """复议决定的种类."""

    UPHELD = "upheld"
    CLAIM_REJECTED = "claim_rejected"
    DISMISSED = "dismissed"
    REVOKED = "revoked"
    REVOKED_ANEW = "revoked_anew"
    CHANGED = "changed"
    UNLAWFUL = "unlawful"
    ORDERED = "ordered"
    VOID = "void"
    SETTLED = "settled"
    TERMINATED = "terminated"
    WITHDRAWN = "withdrawn"

    @property
    def meaning(self) -> Meaning:
        return RECONSIDERATION_DECISIONS[self]


class CourtDecision(StrEnum):
    """裁判的种类."""

    CLAIM_REJECTED = "claim_rejected"
    DISMISSED = "dismissed"
    REVOKED = "revoked"
    REVOKED_ANEW = "revoked_anew"
    ORDERED = "ordered"
    CHANGED = "changed"
    UNLAWFUL = "unlawful"
    VOID = "void"
    TERMINATED = "terminated"
    WITHDRAWN = "withdrawn"

    @property
    def meaning(self) -> Meaning:
        return COURT_DECISIONS[self]


class OnAppeal(StrEnum):
    """二审对一审裁判的处理. Whatever else the court of second instance decides is one of CourtDecision."""

    AFFIRMED = "affirmed"
    REMANDED = "remanded"
    APPEAL_WITHDRAWN = "appeal_withdrawn"

    @property
    def label(self) -> str:
        return {
            "affirmed": "驳回上诉、维持原判",
            "remanded": "撤销原判、发回重审",
            "appeal_withdrawn": "准许撤回上诉",
        }[self.value]

    @property
    def basis(self) -> Citation:
        return _L.article(89, 1, certainty=_MEMORY)


_Up, _Put, _End = RemedyResult.UPHELD, RemedyResult.RECTIFIED, RemedyResult.TERMINATED
_R, _C = ReconsiderationDecision, CourtDecision


def _reconsidered(
    label: str, result: RemedyResult, article: int, paragraph: int | None = None, *, orders: bool = False
) -> Meaning:
    basis = _R23.article(article, paragraph, certainty=_MEMORY)
    return Meaning(label, result, basis, orders, may_be_appealed=False)


RECONSIDERATION_DECISIONS: Mapping[ReconsiderationDecision, Meaning] = {
    _R.UPHELD: _reconsidered("维持", _Up, 68),
    _R.CLAIM_REJECTED: _reconsidered("驳回复议请求", _Up, 69),
    _R.DISMISSED: _reconsidered("驳回复议申请", RemedyResult.DISMISSED, 33),
    _R.REVOKED: _reconsidered("撤销或者部分撤销", _Put, 64, 1),
    _R.REVOKED_ANEW: _reconsidered("撤销并责令重新作出", _Put, 64, 1, orders=True),
    _R.CHANGED: _reconsidered("变更", _Put, 63),
    _R.UNLAWFUL: _reconsidered("确认违法", _Put, 65),
    _R.ORDERED: _reconsidered("责令限期履行", _Put, 66, orders=True),
    _R.VOID: _reconsidered("确认无效", _Put, 67),
    _R.SETTLED: _reconsidered("调解", _End, 73),
    _R.TERMINATED: _reconsidered("终止", _End, 41),
    _R.WITHDRAWN: _reconsidered("申请人撤回而终止", RemedyResult.WITHDRAWN, 41),
}


def _judgment(label: str, result: RemedyResult, article: int, *, orders: bool = False) -> Meaning:
    return Meaning(label, result, _L.article(article, certainty=_MEMORY), orders)


def _ruling(label: str, result: RemedyResult, article: int, *, may_be_appealed: bool) -> Meaning:
    basis = _L.article(article, certainty=_MEMORY)
    return Meaning(label, result, basis, is_ruling=True, may_be_appealed=may_be_appealed)


COURT_DECISIONS: Mapping[CourtDecision, Meaning] = {
    _C.CLAIM_REJECTED: _judgment("驳回诉讼请求", _Up, 69),
    _C.DISMISSED: _ruling("驳回起诉", RemedyResult.DISMISSED, 49, may_be_appealed=True),
    _C.REVOKED: _judgment("撤销或者部分撤销", _Put, 70),
    _C.REVOKED_ANEW: _judgment("撤销并判决重新作出", _Put, 70, orders=True),
    _C.ORDERED: _judgment("判决限期履行", _Put, 72, orders=True),
    _C.CHANGED: _judgment("变更", _Put, 77),
    _C.UNLAWFUL: _judgment("确认违法", _Put, 74),
    _C.VOID: _judgment("确认无效", _Put, 75),
    _C.TERMINATED: _ruling("终结诉讼", _End, 101, may_be_appealed=False),
    _C.WITHDRAWN: _ruling("准许撤诉", RemedyResult.WITHDRAWN, 62, may_be_appealed=False),
}


def basis_of(decision: ReconsiderationDecision, *, accepted_on: date) -> Citation:
    """复议决定的依据, by the edition in force when the case was accepted.

    >>> str(basis_of(ReconsiderationDecision.UPHELD, accepted_on=date(2023, 12, 29)))
    '《行政复议法（2017）》第二十八条第一款（待核）'
    """
    if _R23.in_force_on(accepted_on):
        return decision.meaning.basis
    ended = decision in (_R.TERMINATED, _R.WITHDRAWN, _R.SETTLED)
    return _ENDED_2017 if ended else _DECIDED_2017

"""谁是被告. The agency of the act, the reconsideration body, or both (行政诉讼法第二十六条)."""

from dataclasses import dataclass
from enum import StrEnum

from gongkai.rules.citation import Certainty, Citation
from gongkai.rules.editions import LITIGATION_LAW
from gongkai.rules.explanation import Explanation, Step
from gongkai.rules.litigation.interpretation import LITIGATION_INTERPRETATION_2018
from gongkai.rules.remedy_cases.decisions import ReconsiderationDecision


class Reconsidered(StrEnum):
    """复议的情形, as far as the defendant depends on it."""

    NOT = "not"  # 没有经过复议
    MAINTAINED = "maintained"  # 复议机关决定维持
    ALTERED = "altered"  # 复议机关改变原行政行为
    NO_DECISION = "no_decision"  # 法定期限内没有作出决定，起诉原行政行为
    INACTION = "inaction"  # 法定期限内没有作出决定，起诉复议机关不作为

    @property
    def label(self) -> str:
        return {
            "not": "没有经过复议",
            "maintained": "复议维持",
            "altered": "复议改变",
            "no_decision": "复议期限内没有决定，起诉原行政行为",
            "inaction": "复议期限内没有决定，起诉复议机关不作为",
        }[self.value]


class Defendant(StrEnum):
    """被告."""

    AGENCY = "agency"
    BODY = "body"

    @property
    def label(self) -> str:
        return {"agency": "作出原行政行为的机关", "body": "复议机关"}[self.value]


@dataclass(frozen=True, slots=True)
class Defendants:
    """被告 and why it is these."""

    parties: tuple[Defendant, ...]
    explanation: Explanation

    @property
    def jointly(self) -> bool:
        return len(self.parties) > 1


_LAW = LITIGATION_LAW
_MEMORY = Certainty.FROM_MEMORY
_RULES: dict[Reconsidered, tuple[tuple[Defendant, ...], Citation]] = {
    Reconsidered.NOT: ((Defendant.AGENCY,), _LAW.article(26, 1, certainty=_MEMORY)),
    Reconsidered.MAINTAINED: (
        (Defendant.AGENCY, Defendant.BODY),
        _LAW.article(26, 2, certainty=_MEMORY),
    ),
    Reconsidered.ALTERED: ((Defendant.BODY,), _LAW.article(26, 2, certainty=_MEMORY)),
    Reconsidered.NO_DECISION: ((Defendant.AGENCY,), _LAW.article(26, 3, certainty=_MEMORY)),
    Reconsidered.INACTION: ((Defendant.BODY,), _LAW.article(26, 3, certainty=_MEMORY)),
}
# 驳回复议请求视为维持；确认违法属于改变，但以违反法定程序为由的除外; both from the interpretation, so 待核.
_MAINTAINED_BASIS = LITIGATION_INTERPRETATION_2018.article(133, certainty=_MEMORY)
_ALTERED_BASIS = LITIGATION_INTERPRETATION_2018.article(22, certainty=_MEMORY)
_Kind = ReconsiderationDecision
_READ_AS: dict[ReconsiderationDecision, tuple[Reconsidered, Step | None]] = {
    _Kind.UPHELD: (Reconsidered.MAINTAINED, None),
    _Kind.CLAIM_REJECTED: (Reconsidered.MAINTAINED, Step("驳回复议请求的，视为维持", _MAINTAINED_BASIS)),
    _Kind.REVOKED: (Reconsidered.ALTERED, None),
    _Kind.REVOKED_ANEW: (Reconsidered.ALTERED, None),
    _Kind.CHANGED: (Reconsidered.ALTERED, None),
    _Kind.ORDERED: (Reconsidered.ALTERED, None),
    _Kind.VOID: (Reconsidered.ALTERED, Step("确认无效的，属于改变", _ALTERED_BASIS)),
    _Kind.UNLAWFUL: (
        Reconsidered.ALTERED,
        Step("确认违法的，属于改变；以违反法定程序为由的除外，请核对决定书", _ALTERED_BASIS),
    ),
}


def defendants(reconsidered: Reconsidered, *notes: Step) -> Defendants:
    """被告是谁.

    >>> [party.label for party in defendants(Reconsidered.MAINTAINED).parties]
    ['作出原行政行为的机关', '复议机关']
    """
    parties, basis = _RULES[reconsidered]
    names = "、".join(party.label for party in parties)
    conclusion = f"{names}为共同被告" if len(parties) > 1 else f"{names}为被告"
    return Defendants(parties, Explanation((*notes, Step(f"{reconsidered.label}的", basis)), conclusion))


def defendants_after(decision: ReconsiderationDecision) -> Defendants | None:
    """复议决定以后的被告. None: dismissed, terminated, withdrawn or settled; nothing in the act was judged, so a person
    must look at what is sued over."""
    if decision not in _READ_AS:
        return None
    reconsidered, note = _READ_AS[decision]
    return defendants(reconsidered, *([note] if note else []))

"""征求意见. Whom the agency asks, how long they have, what their answer or silence means, and which days are not
counted in the reply period (条例第三十二条、第三十三条第三款、第三十四条)."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from gongkai.rules.citation import REGULATIONS, Certainty, Citation
from gongkai.rules.explanation import Explanation, Step, span_text
from gongkai.rules.working_days import Calendar, DueDay, Span

ANSWER_WORKING_DAYS = 15
NOT_COUNTED_BASIS = REGULATIONS.article(33, 3)
# Without an answer the time "needed" ends with the answering period, the stricter reading.
SILENCE_BASIS = REGULATIONS.article(33, 3, certainty=Certainty.INFERENCE)


class Consulted(StrEnum):
    """征求谁的意见."""

    THIRD_PARTY = "third_party"
    CO_MAKER = "co_maker"
    OTHER_AGENCY = "other_agency"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def basis(self) -> Citation:
        """The article that gives the answering period."""
        return _BASES[self]


_LABELS = {
    Consulted.THIRD_PARTY: "第三方",
    Consulted.CO_MAKER: "共同制作机关",
    Consulted.OTHER_AGENCY: "其他机关",
}
_BASES = {
    Consulted.THIRD_PARTY: REGULATIONS.article(32),
    Consulted.CO_MAKER: REGULATIONS.article(34),
    # Article 33 speaks of other agencies without a period; that of article 34 is taken: our reading.
    Consulted.OTHER_AGENCY: REGULATIONS.article(34, certainty=Certainty.INFERENCE),
}


class Opinion(StrEnum):
    """意见."""

    AGREES = "agrees"  # 同意公开
    REFUSES_WITH_REASON = "refuses_with_reason"  # 不同意公开且有合理理由
    REFUSES_WITHOUT_REASON = "refuses_without_reason"  # 不同意公开但没有合理理由
    SILENT = "silent"  # 逾期未提出意见


class Effect(StrEnum):
    """意见的效果."""

    MAY_DISCLOSE = "may_disclose"  # 可以公开
    MUST_WITHHOLD = "must_withhold"  # 不予公开，公共利益需要的除外
    AGENCY_DECIDES = "agency_decides"  # 由行政机关依照条例决定
    DEEMED_AGREED = "deemed_agreed"  # 视为同意公开


@dataclass(frozen=True, slots=True)
class ConsultationAnswer:
    """意见的效果 with its reason, and whether disclosing against the opinion needs a written notice to its giver."""

    effect: Effect
    must_notify: bool
    explanation: Explanation


_EFFECTS: dict[tuple[Consulted, Opinion], tuple[Effect, str]] = {
    (Consulted.THIRD_PARTY, Opinion.AGREES): (Effect.MAY_DISCLOSE, "第三方同意公开，可以公开"),
    (Consulted.THIRD_PARTY, Opinion.REFUSES_WITH_REASON): (
        Effect.MUST_WITHHOLD,
        "第三方不同意公开且有合理理由，不予公开；不公开可能对公共利益造成重大影响的，可以决定公开并书面告知第三方",
    ),
    (Consulted.THIRD_PARTY, Opinion.REFUSES_WITHOUT_REASON): (
        Effect.AGENCY_DECIDES,
        "第三方不同意公开但没有合理理由，不能以第三方不同意为由不予公开；决定公开的，将内容和理由书面告知第三方",
    ),
    (Consulted.THIRD_PARTY, Opinion.SILENT): (
        Effect.AGENCY_DECIDES,
        "第三方逾期未提出意见，由行政机关依照条例决定是否公开",
    ),
    (Consulted.CO_MAKER, Opinion.AGREES): (Effect.MAY_DISCLOSE, "共同制作机关同意公开，可以公开"),
    (Consulted.CO_MAKER, Opinion.SILENT): (Effect.DEEMED_AGREED, "共同制作机关逾期未提出意见，视为同意公开"),
}
_OTHERWISE = (Effect.AGENCY_DECIDES, "意见供参考，由受理申请的行政机关依照条例决定是否公开")


def answer_due(consulted: Consulted, delivered_on: date, calendar: Calendar) -> DueDay:
    """提出意见的期限: 15 working days from the day the letter was received."""
    return calendar.add_working_days(delivered_on, ANSWER_WORKING_DAYS, basis=consulted.basis)


def effect_of(consulted: Consulted, opinion: Opinion, *, overruled: bool = False) -> ConsultationAnswer:
    """意见或者沉默的效果. ``overruled``: it was decided to disclose against a third party's refusal.

    >>> effect_of(Consulted.CO_MAKER, Opinion.SILENT).explanation.conclusion
    '共同制作机关逾期未提出意见，视为同意公开'
    """
    effect, text = _EFFECTS.get((consulted, opinion), _OTHERWISE)
    told = overruled and consulted is Consulted.THIRD_PARTY and opinion in _REFUSED
    if told:
        effect, text = Effect.MAY_DISCLOSE, _OVERRULED[opinion]
    return ConsultationAnswer(effect, told, Explanation((Step(text, consulted.basis),), text))


_OVERRULED = {
    Opinion.REFUSES_WITH_REASON: (
        "不公开可能对公共利益造成重大影响，可以决定公开，并将决定公开的内容和理由书面告知第三方"
    ),
    Opinion.REFUSES_WITHOUT_REASON: "不同意的理由不合理，已经决定公开，将决定公开的内容和理由书面告知第三方",
}
_REFUSED = frozenset(_OVERRULED)
# 以第三方不同意为由的说法, as an officer writes it; what says in the same breath that the reason fails does not rest on it.
_RESTS_ON_A_REFUSAL = re.compile(
    r"第三方[^，。；]{0,12}?(?:不同意|不愿意?|不希望|反对|拒绝)(?![^。；]{0,12}(?:不合理|没有合理|无合理|不成立))"
)


def rests_on_a_refusal(text: str) -> bool:
    """写的是不是第三方不同意公开.

    >>> [rests_on_a_refusal(each) for each in ("第三方明确表示不同意公开", "第三方不同意公开，但理由不合理", "涉及商业秘密")]
    [True, False, False]
    """
    return bool(_RESTS_ON_A_REFUSAL.search("".join(text.split())))


@dataclass(frozen=True, slots=True)
class Heard:
    """一个第三方的意见. ``overruled``: it was decided to disclose all the same, to be told to the third party."""

    opinion: Opinion
    overruled: bool = False


def objection_to_deciding(
    *, discloses: bool, situation: str, heard: Sequence[Heard], reasons: str = ""
) -> str:
    """这样决定与第三方的意见合不合, "" when it is, or when no third party was asked. ``heard``: one of each third party.

    >>> objection_to_deciding(discloses=False, situation="third_party_refuses", heard=[Heard(Opinion.AGREES)])
    '第三方同意公开，不能以第三方不同意为由不予公开（条例第十五条）'
    """
    if not heard:
        return ""
    opinions = {each.opinion for each in heard}
    to_overrule = {each.opinion for each in heard if not each.overruled}
    withholding = Opinion.REFUSES_WITH_REASON in to_overrule
    if discloses and withholding:
        return (
            "第三方不同意公开且有合理理由，不予公开；不公开可能对公共利益造成重大影响的，"
            "先登记公共利益的决定（条例第三十二条）"
        )
    if situation == "third_party_refuses" and not withholding:
        return _why_no_refusal(opinions)
    if situation == "third_party_silent" and Opinion.SILENT not in opinions:
        return "第三方已经提出意见，不是逾期未提出意见（条例第三十二条）"
    if not discloses and rests_on_a_refusal(reasons) and not withholding:
        return f"说明里写第三方不同意公开，但是：{_why_no_refusal(opinions)}"
    if (discloses or situation == "severed") and Opinion.REFUSES_WITHOUT_REASON in to_overrule:
        return "第三方不同意公开、理由不合理的，先登记决定公开，书面告知第三方（条例第三十二条）"
    return ""


def _why_no_refusal(opinions: Collection[Opinion]) -> str:
    """为什么不能以第三方不同意为由."""
    if Opinion.REFUSES_WITH_REASON in opinions:
        return "已经决定公开并告知第三方，不能再以第三方不同意为由不予公开（条例第三十二条）"
    if Opinion.REFUSES_WITHOUT_REASON in opinions:
        return "第三方不同意公开但没有合理理由，不能以此为由不予公开；应当公开，并书面告知第三方（条例第十五条、第三十二条）"
    if Opinion.AGREES in opinions:
        return "第三方同意公开，不能以第三方不同意为由不予公开（条例第十五条）"
    return "第三方逾期未提出意见，不是不同意公开（条例第三十二条）"


def not_counted(
    consulted: Consulted,
    calendar: Calendar,
    *,
    sent_on: date,
    delivered_on: date | None,
    answered_on: date | None,
) -> Span | None:
    """不计算在内的日子, from the day after sending to the day of the answer, at most to the end of the answering
    period. While no delivery is recorded the period is counted from sending. None when the answer came that day.

    >>> str(not_counted(Consulted.THIRD_PARTY, Calendar(), sent_on=date(2026, 3, 9), delivered_on=None,
    ...     answered_on=date(2026, 3, 20)))
    '2026年3月10日至20日'
    """
    limit = answer_due(consulted, delivered_on or sent_on, calendar).day
    last = limit if answered_on is None else min(answered_on, limit)
    return Span(sent_on + timedelta(days=1), last) if last > sent_on else None


def pause_step(span: Span, calendar: Calendar, text: str, *, answered: bool) -> Step:
    """停算的一步, as 「怎么算的」 prints it."""
    days = span_text(span.first, span.last, in_year=span.first.year)
    return Step(
        f"{text}：{days}不计入（{calendar.working_days_in(span)}个工作日）",
        NOT_COUNTED_BASIS if answered else SILENCE_BASIS,
        span.first - timedelta(days=1),
    )

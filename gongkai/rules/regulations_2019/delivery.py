"""答复是否按期. The day a reply counts as made, by the way it was delivered (国办公开办函〔2016〕235号)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.rules.citation import REGULATIONS, Certainty, Citation
from gongkai.rules.editions import DELIVERY_NOTICE_2016
from gongkai.rules.explanation import Explanation, Refusal, Step, day_text
from gongkai.rules.working_days import DueDay


class DeliveryMeans(StrEnum):
    """送达方式."""

    DIRECT = "direct"
    ENTRUSTED = "entrusted"
    POST = "post"
    ELECTRONIC = "electronic"

    @property
    def label(self) -> str:
        return _WORDS[self][0]


_WORDS = {
    DeliveryMeans.DIRECT: ("直接送达", "申请人签收之日"),
    DeliveryMeans.ENTRUSTED: ("委托其他行政机关代为送达", "申请人签收之日"),
    DeliveryMeans.POST: ("邮寄送达", "交邮之日"),
    DeliveryMeans.ELECTRONIC: ("电子方式", "发出之日"),
}


# 门户领取: no rule names these numbers. Whoever has not collected within a week is written to by post; after a season what is
# offered is taken off the public side, and the agency still has it.
COLLECT_WITHIN_DAYS = 7
OFFERED_FOR_DAYS = 90
OFFER_BASIS = REGULATIONS.article(40, certainty=Certainty.INFERENCE)


@dataclass(frozen=True, slots=True)
class Timeliness:
    """是否按期. ``day`` is the one that counts."""

    day: date
    in_time: bool
    explanation: Explanation


def _basis(means: DeliveryMeans) -> Citation:
    if means is DeliveryMeans.ELECTRONIC:
        # The notice knows three ways; the Regulations allow an electronic form. That sending counts is our reading.
        return REGULATIONS.article(40, certainty=Certainty.INFERENCE)
    return DELIVERY_NOTICE_2016.whole()


def refuse_posting(*, by_postal_enterprise: bool, recipient_pays: bool) -> Refusal | None:
    """能不能这样邮寄: through the postal enterprise only, never at the recipient's cost; None when it may go.

    >>> str(refuse_posting(by_postal_enterprise=False, recipient_pays=False))
    '不能交其他快递企业寄送（国办公开办函〔2016〕235号）。请通过邮政企业寄送。'
    """
    basis = DELIVERY_NOTICE_2016.whole()
    if not by_postal_enterprise:
        return Refusal("不能交其他快递企业寄送", basis, "请通过邮政企业寄送")
    return Refusal("不能到付", basis, "请由本机关付邮费") if recipient_pays else None


def judge_timeliness(means: DeliveryMeans, *, counted_on: date, due: DueDay) -> Timeliness:
    """按期与否. ``counted_on`` is the day of signing (direct, entrusted), of posting, or of sending."""
    label, counts = _WORDS[means]
    step = Step(f"{label}，以{counts}为准：{day_text(counted_on)}", _basis(means), counted_on)
    in_time = counted_on <= due.day
    verdict = f"期限至{due}，{'按期' if in_time else '逾期'}"
    return Timeliness(counted_on, in_time, Explanation((step,), verdict))

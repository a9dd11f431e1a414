"""经过. What can happen to an application that moves its reply period, each with the legal day it happened on."""

from dataclasses import dataclass
from datetime import date

from gongkai.rules.regulations_2019.consultation import Consulted
from gongkai.rules.regulations_2019.correction import DEFAULT_APPLICANT_WORKING_DAYS
from gongkai.rules.regulations_2019.receipt import Channel


@dataclass(frozen=True, slots=True)
class Received:
    """收到申请: the day it arrived by its channel."""

    on: date
    channel: Channel


@dataclass(frozen=True, slots=True)
class ReceiptConfirmed:
    """双方确认收到."""

    on: date


@dataclass(frozen=True, slots=True)
class CorrectionAsked:
    """告知补正. The applicant's period runs from delivery, or from ``on`` while no delivery is recorded."""

    on: date
    delivered_on: date | None = None
    working_days: int = DEFAULT_APPLICANT_WORKING_DAYS


@dataclass(frozen=True, slots=True)
class CorrectionDelivered:
    """补正告知书送达申请人, where that became known after the notice was recorded."""

    on: date


@dataclass(frozen=True, slots=True)
class Corrected:
    """收到补正, in time or accepted for a good reason."""

    on: date


@dataclass(frozen=True, slots=True)
class ConsultationSent:
    """发出征求意见书; ``key`` tells several consultations apart."""

    on: date
    key: str
    consulted: Consulted


@dataclass(frozen=True, slots=True)
class ConsultationDelivered:
    """征求意见书送达."""

    on: date
    key: str


@dataclass(frozen=True, slots=True)
class ConsultationAnswered:
    """收到意见."""

    on: date
    key: str


@dataclass(frozen=True, slots=True)
class Extended:
    """延长答复期限, agreed by the head of the disclosure office and told to the applicant on this day."""

    on: date
    working_days: int


@dataclass(frozen=True, slots=True)
class FeeNoticed:
    """收费通知 received by the applicant; ``sent_on`` the day it was posted or sent, where that is another."""

    on: date
    sent_on: date | None = None


@dataclass(frozen=True, slots=True)
class FeePaid:
    """缴清信息处理费."""

    on: date


@dataclass(frozen=True, slots=True)
class DeferralNoticed:
    """告知延迟答复 until the day named (条例第三十五条)."""

    on: date
    until: date


@dataclass(frozen=True, slots=True)
class Replied:
    """答复, on the day that counts for its way of delivery."""

    on: date


Event = (
    Received
    | ReceiptConfirmed
    | CorrectionAsked
    | CorrectionDelivered
    | Corrected
    | ConsultationSent
    | ConsultationDelivered
    | ConsultationAnswered
    | Extended
    | FeeNoticed
    | FeePaid
    | DeferralNoticed
    | Replied
)

"""收到申请之日. On which day an application counts as received, by the channel it came through (条例第三十一条)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum

from gongkai.rules.citation import REGULATIONS, Certainty, Citation
from gongkai.rules.editions import RECEIPT_NOTICE_2015
from gongkai.rules.explanation import Explanation, Step, day_text, weekday_text

# China has kept UTC+8 without summer time since 1991; a fixed offset needs no time-zone data on the host.
BEIJING = timezone(timedelta(hours=8), "北京时间")


class Channel(StrEnum):
    """申请渠道."""

    IN_PERSON = "in_person"
    ORAL = "oral"
    REGISTERED_POST = "registered_post"
    ORDINARY_POST = "ordinary_post"
    OTHER_OFFICE = "other_office"
    ONLINE = "online"
    EMAIL = "email"
    FAX = "fax"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def needs_confirmation(self) -> bool:
        """The day counts only once both sides, or the applicant, have confirmed it."""
        return self not in (Channel.IN_PERSON, Channel.ORAL, Channel.REGISTERED_POST)


_LABELS = {
    Channel.IN_PERSON: "当面提交",
    Channel.ORAL: "口头提出、代为填写",
    Channel.REGISTERED_POST: "邮寄（签收）",
    Channel.ORDINARY_POST: "平常信函",
    Channel.OTHER_OFFICE: "寄到本机关其他机构或者人员",
    Channel.ONLINE: "互联网渠道",
    Channel.EMAIL: "电子邮件",
    Channel.FAX: "传真",
}
_BASES: dict[Channel, Citation] = {
    Channel.IN_PERSON: REGULATIONS.article(31, item=1),
    # The day the form is filled in for the applicant, by the rule for handing in: our reading.
    Channel.ORAL: REGULATIONS.article(29, certainty=Certainty.INFERENCE),
    Channel.REGISTERED_POST: REGULATIONS.article(31, item=2),
    Channel.ORDINARY_POST: REGULATIONS.article(31, item=2),
    Channel.OTHER_OFFICE: RECEIPT_NOTICE_2015.whole(),
    Channel.ONLINE: REGULATIONS.article(31, item=3),
    # The 2015 notice took the day the mail system received it; the later Regulations prevail: our reading.
    Channel.EMAIL: REGULATIONS.article(31, item=3, certainty=Certainty.INFERENCE),
    Channel.FAX: REGULATIONS.article(31, item=3),
}


class ConfirmedTooEarly(ValueError):
    """确认早于到达. The message is for the person."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """收到. Until the confirmation, ``received_on`` is the day of arrival and the answer is 待确认."""

    channel: Channel
    arrived_on: date
    received_on: date
    awaiting_confirmation: bool
    confirmed_late: bool
    explanation: Explanation

    @property
    def confirm_on(self) -> date | None:
        """应当确认的日子: the day of arrival, on which the alarm rings; None when nothing is to be confirmed."""
        return self.arrived_on if self.awaiting_confirmation else None


def day_in_beijing(moment: datetime) -> date:
    """某一时刻的北京日期, which is the legal day wherever the computer stands.

    >>> day_in_beijing(datetime(2025, 12, 31, 16, 0, tzinfo=timezone.utc)).isoformat()
    '2026-01-01'
    """
    if moment.tzinfo is None:
        raise ValueError("时刻没有注明时区，无法确定是哪一天")
    return moment.astimezone(BEIJING).date()


def receive(channel: Channel, *, arrived_on: date, confirmed_on: date | None = None) -> Receipt:
    """收到申请之日.

    ``arrived_on`` is the day of handing in, of signing for the letter, or on which the disclosure office itself got
    it; ``confirmed_on`` the day of confirmation, ignored for the channels that need none.

    >>> str(receive(Channel.FAX, arrived_on=date(2025, 12, 31), confirmed_on=date(2026, 1, 5)).received_on)
    '2026-01-05'
    """
    arrival = Step(
        f"{day_text(arrived_on)}（{weekday_text(arrived_on)}）收到，{channel.label}",
        _BASES[channel],
        arrived_on,
    )
    if not channel.needs_confirmation:
        return _receipt(channel, arrived_on, arrived_on, (arrival,))
    if confirmed_on is None:
        steps = (arrival, Step("尚未确认，暂按到达之日起算", on=arrived_on))
        return _receipt(channel, arrived_on, arrived_on, steps, awaiting=True)
    if confirmed_on < arrived_on:
        raise ConfirmedTooEarly(
            f"确认之日（{day_text(confirmed_on)}）不能早于到达之日（{day_text(arrived_on)}），请核对后重填"
        )
    confirmation = Step(
        f"{day_text(confirmed_on, in_year=arrived_on.year)}确认，以确认之日为收到之日", on=confirmed_on
    )
    return _receipt(channel, arrived_on, confirmed_on, (arrival, confirmation))


def _receipt(
    channel: Channel, arrived_on: date, received_on: date, steps: tuple[Step, ...], *, awaiting: bool = False
) -> Receipt:
    return Receipt(
        channel=channel,
        arrived_on=arrived_on,
        received_on=received_on,
        awaiting_confirmation=awaiting,
        # Same-day confirmation is a duty; a later day is right where the applicant could not be reached.
        confirmed_late=received_on > arrived_on,
        explanation=Explanation(
            steps, f"收到申请之日：{day_text(received_on)}" + ("（待确认）" if awaiting else "")
        ),
    )

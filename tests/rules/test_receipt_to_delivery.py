"""Receipt, correction, consultation, excessive applications and delivery: what the case tables do not show."""

from datetime import date, datetime

import pytest

from gongkai.rules.explanation import Explanation
from gongkai.rules.regulations_2019 import consultation, correction, delivery, excessive
from gongkai.rules.regulations_2019.consultation import Consulted, Effect, Opinion
from gongkai.rules.regulations_2019.delivery import DeliveryMeans
from gongkai.rules.regulations_2019.excessive import ExcessiveHandling
from gongkai.rules.regulations_2019.receipt import Channel, ConfirmedTooEarly, day_in_beijing, receive
from gongkai.rules.working_days import Calendar, DueDay

CALENDAR = Calendar()


def test_a_confirmation_before_the_arrival_is_refused() -> None:
    with pytest.raises(ConfirmedTooEarly, match="不能早于到达之日"):
        receive(Channel.FAX, arrived_on=date(2026, 3, 2), confirmed_on=date(2026, 3, 1))


def test_the_confirmation_is_due_the_day_the_application_arrives() -> None:
    """The alarm of the same day (TIM-02)."""
    assert receive(Channel.ONLINE, arrived_on=date(2026, 3, 7)).confirm_on == date(2026, 3, 7)


def test_a_receipt_cites_the_item_of_its_channel() -> None:
    receipt = receive(Channel.EMAIL, arrived_on=date(2025, 12, 31), confirmed_on=date(2026, 1, 4))

    assert receipt.explanation.lines == (
        "2025年12月31日（周三）收到，电子邮件（《条例》第三十一条第三项（待核））",
        "2026年1月4日确认，以确认之日为收到之日",
        "收到申请之日：2026年1月4日",
    )


@pytest.mark.parametrize("channel", Channel)
def test_every_channel_has_its_label_and_its_article(channel: Channel) -> None:
    receipt = receive(channel, arrived_on=date(2026, 3, 2))

    assert channel.label in receipt.explanation.steps[0].text
    assert receipt.explanation.steps[0].basis is not None


def test_a_moment_without_time_zone_has_no_legal_day() -> None:
    with pytest.raises(ValueError, match="没有注明时区"):
        day_in_beijing(datetime(2026, 3, 2, 9))  # noqa: DTZ001 the point of the test


def test_the_applicants_default_period_carries_its_mark() -> None:
    due = correction.applicant_due(date(2026, 3, 9), CALENDAR)

    assert due.day == date(2026, 3, 30)
    assert "（《条例》第三十条（待核））" in due.explanation.lines[0]


def test_the_judgement_of_a_correction_says_how_long_there_was() -> None:
    due = correction.applicant_due(date(2026, 3, 9), CALENDAR)

    answer = correction.judge_correction(due, today=date(2026, 3, 31))

    assert str(answer.explanation).startswith("补正期限至2026年3月30日（周一）")
    assert answer.explanation.conclusion == "无正当理由逾期不补正，视为放弃申请，不再处理"


@pytest.mark.parametrize("consulted", Consulted)
@pytest.mark.parametrize("opinion", Opinion)
def test_every_opinion_has_an_effect_and_an_article(consulted: Consulted, opinion: Opinion) -> None:
    answer = consultation.effect_of(consulted, opinion)

    assert answer.explanation.steps[0].basis == consulted.basis
    assert not answer.must_notify


def test_only_a_third_partys_refusal_can_be_overruled_and_is_told() -> None:
    overridden = {
        (consulted, opinion)
        for consulted in Consulted
        for opinion in Opinion
        if consultation.effect_of(consulted, opinion, overruled=True).must_notify
    }

    refusals = (Opinion.REFUSES_WITH_REASON, Opinion.REFUSES_WITHOUT_REASON)
    assert overridden == {(Consulted.THIRD_PARTY, each) for each in refusals}


def test_a_reasoned_refusal_withholds() -> None:
    answer = consultation.effect_of(Consulted.THIRD_PARTY, Opinion.REFUSES_WITH_REASON)

    assert answer.effect is Effect.MUST_WITHHOLD


@pytest.mark.parametrize(
    ("accepted", "in_time", "handling"),
    [
        (False, True, ExcessiveHandling.NOT_PROCESSED),
        (False, False, ExcessiveHandling.NOT_PROCESSED),
        (True, True, ExcessiveHandling.REPLY),
        (True, False, ExcessiveHandling.DEFER),
    ],
)
def test_excessive_applications_are_handled_by_their_reasons(
    accepted: bool, in_time: bool, handling: ExcessiveHandling
) -> None:
    answer = excessive.handle_excessive(reasons_accepted=accepted, can_reply_in_time=in_time)

    assert answer.handling is handling
    assert answer.explanation.lines[0].endswith("答复期限照常计算（《条例》第三十五条（待核））")


def test_a_reply_goes_by_the_postal_enterprise_at_the_agencys_cost() -> None:
    refusals = {
        (postal, collect): delivery.refuse_posting(by_postal_enterprise=postal, recipient_pays=collect)
        for postal in (True, False)
        for collect in (True, False)
    }

    assert refusals[True, False] is None
    assert str(refusals[True, True]) == "不能到付（国办公开办函〔2016〕235号）。请由本机关付邮费。"
    assert refusals[False, True] == refusals[False, False]


def test_the_judgement_of_a_delivery_says_which_day_counted() -> None:
    due = DueDay(date(2026, 3, 30), False, lambda: Explanation((), ""))

    timeliness = delivery.judge_timeliness(DeliveryMeans.POST, counted_on=date(2026, 3, 30), due=due)

    assert str(timeliness.explanation) == (
        "邮寄送达，以交邮之日为准：2026年3月30日（国办公开办函〔2016〕235号）；期限至2026年3月30日（周一），按期"
    )

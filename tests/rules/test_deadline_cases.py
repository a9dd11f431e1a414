"""docs/officers/期限案例.md, executed row by row (TIM-01, TIM-02, TIM-03)."""

import re
from collections.abc import Callable
from datetime import date, datetime

import pytest

from gongkai.rules.explanation import Explanation
from gongkai.rules.regulations_2019 import consultation, correction, delivery
from gongkai.rules.regulations_2019.clock import ClockState
from gongkai.rules.regulations_2019.consultation import Consulted, Effect, Opinion
from gongkai.rules.regulations_2019.correction import CorrectionResult
from gongkai.rules.regulations_2019.delivery import DeliveryMeans
from gongkai.rules.regulations_2019.events import (
    ConsultationAnswered,
    ConsultationDelivered,
    ConsultationSent,
    Corrected,
    CorrectionAsked,
    DeferralNoticed,
    Event,
    Extended,
    FeeNoticed,
    FeePaid,
    ReceiptConfirmed,
    Received,
    Replied,
)
from gongkai.rules.regulations_2019.receipt import Channel, day_in_beijing, receive
from gongkai.rules.regulations_2019.reply_period import ReplyPeriod, reply_period
from gongkai.rules.working_days import Calendar, DueDay
from tests.rules.case_tables import Row, cases, rows

DOCUMENT = "期限案例.md"
CALENDAR = Calendar()
CHANNELS = {channel.label: channel for channel in Channel}
CONSULTED = {consulted.label: consulted for consulted in Consulted}

day = date.fromisoformat


def yes_no(value: bool) -> str:
    return "是" if value else "否"


@pytest.mark.parametrize("case", cases(DOCUMENT, "某日是否工作日"))
def test_a_day_is_worked_or_not_for_the_reason_given(case: Row) -> None:
    answer = CALENDAR.is_working_day(day(case["日期"]))

    assert (yes_no(bool(answer)), answer.reason, yes_no(answer.provisional)) == (
        case["工作日"],
        case["原因"],
        case["暂算"],
    )


@pytest.mark.parametrize("case", cases(DOCUMENT, "数工作日"))
def test_working_days_are_counted_from_the_day_after_the_start(case: Row) -> None:
    due = CALENDAR.add_working_days(day(case["起算日"]), int(case["工作日数"]))

    assert (due.day, yes_no(due.provisional)) == (day(case["到期日"]), case["暂算"])


@pytest.mark.parametrize("case", cases(DOCUMENT, "数自然日和月"))
def test_a_period_that_ends_on_a_day_of_rest_ends_on_the_next_working_day(case: Row) -> None:
    count, unit = re.fullmatch(r"(\d+)(日|个月)", case["长度"]).groups()  # type: ignore[union-attr]
    add = CALENDAR.add_calendar_days if unit == "日" else CALENDAR.add_months

    due = add(day(case["起算日"]), int(count))

    assert (due.day, yes_no(due.provisional)) == (day(case["到期日"]), case["暂算"])
    assert ("顺延" in str(due.explanation)) == (case["顺延"] == "是")


@pytest.mark.parametrize("case", cases(DOCUMENT, "收到申请之日"))
def test_the_day_of_receipt_follows_the_channel(case: Row) -> None:
    confirmed_on = day(case["确认"]) if case["确认"] else None

    receipt = receive(CHANNELS[case["渠道"]], arrived_on=day(case["到达"]), confirmed_on=confirmed_on)

    assert receipt.received_on == day(case["收到之日"])
    assert yes_no(receipt.awaiting_confirmation) == case["待确认"]
    assert yes_no(receipt.confirmed_late) == case["晚于到达"]
    assert (receipt.confirm_on is None) == (case["待确认"] == "否")


@pytest.mark.parametrize("case", cases(DOCUMENT, "某一时刻是哪一天"))
def test_the_legal_day_is_the_day_in_beijing(case: Row) -> None:
    assert day_in_beijing(datetime.fromisoformat(case["时刻"])) == day(case["日期"])


CORRECTION_RESULTS = {
    "按期补正": CorrectionResult.CORRECTED,
    "等待补正": CorrectionResult.PENDING,
    "视为放弃": CorrectionResult.DEEMED_ABANDONED,
    "逾期补正、有正当理由": CorrectionResult.CORRECTED_LATE,
}


@pytest.mark.parametrize("case", cases(DOCUMENT, "补正"))
def test_a_correction_is_asked_and_made_within_its_periods(case: Row) -> None:
    due = correction.applicant_due(day(case["告知"]), CALENDAR, working_days=int(case["补正工作日数"]))

    answer = correction.judge_correction(
        due,
        today=day(case["今天"]),
        corrected_on=day(case["补正"]) if case["补正"] else None,
        has_good_reason=case["正当理由"] == "是",
    )

    assert correction.notice_due(day(case["收到"]), CALENDAR).day == day(case["告知期限"])
    assert due.day == day(case["补正期限"])
    assert answer.result is CORRECTION_RESULTS[case["结果"]]


OPINIONS = {
    "同意": Opinion.AGREES,
    "不同意有理由": Opinion.REFUSES_WITH_REASON,
    "不同意没有理由": Opinion.REFUSES_WITHOUT_REASON,
    "沉默": Opinion.SILENT,
}
EFFECTS = {
    "可以公开": Effect.MAY_DISCLOSE,
    "不予公开": Effect.MUST_WITHHOLD,
    "行政机关决定": Effect.AGENCY_DECIDES,
    "视为同意公开": Effect.DEEMED_AGREED,
}


@pytest.mark.parametrize("case", cases(DOCUMENT, "征求意见期限和效果"))
def test_an_opinion_or_silence_has_the_effect_of_its_article(case: Row) -> None:
    consulted = CONSULTED[case["征求"]]

    due = consultation.answer_due(consulted, day(case["对方收到"]), CALENDAR)
    answer = consultation.effect_of(consulted, OPINIONS[case["意见"]], overruled=case["公共利益"] == "是")

    assert due.day == day(case["提出意见期限"])
    assert answer.effect is EFFECTS[case["效果"]]
    assert yes_no(answer.must_notify) == case["须书面告知"]


# The language of the column 经过: each phrase and the event it stands for.
PHRASES: dict[str, Callable[[date, str], Event]] = {
    r"确认收到": lambda on, _: ReceiptConfirmed(on),
    r"告知补正": lambda on, _: CorrectionAsked(on),
    r"告知补正（(\d+)个工作日）": lambda on, days: CorrectionAsked(on, working_days=int(days)),
    r"收到补正": lambda on, _: Corrected(on),
    r"征求第三方（(.)）": lambda on, key: ConsultationSent(on, key, Consulted.THIRD_PARTY),
    r"征求共同制作机关（(.)）": lambda on, key: ConsultationSent(on, key, Consulted.CO_MAKER),
    r"征求其他机关（(.)）": lambda on, key: ConsultationSent(on, key, Consulted.OTHER_AGENCY),
    r"送达（(.)）": lambda on, key: ConsultationDelivered(on, key),
    r"收到意见（(.)）": lambda on, key: ConsultationAnswered(on, key),
    r"延长(\d+)个工作日": lambda on, days: Extended(on, int(days)),
    r"收费通知": lambda on, _: FeeNoticed(on),
    r"收费通知（(\d{4}-\d{2}-\d{2})发出）": lambda on, sent: FeeNoticed(on, day(sent)),
    r"缴费": lambda on, _: FeePaid(on),
    r"延迟答复至(\S+)": lambda on, until: DeferralNoticed(on, day(until)),
    r"答复": lambda on, _: Replied(on),
}


def event_of(text: str) -> Event:
    on, phrase = text.split(" ")
    for pattern, make in PHRASES.items():
        match = re.fullmatch(pattern, phrase)
        if match:
            return make(day(on), "".join(match.groups()))
    raise AssertionError(f"经过里看不懂的写法：{text}")


def history_of(case: Row) -> list[Event]:
    received = Received(day(case["收到"]), CHANNELS[case["渠道"]])
    return [received, *(event_of(text) for text in case["经过"].split("；") if text)]


def result_of(period: ReplyPeriod) -> str:
    """The period in the words of the column 结果."""
    marks = ("（暂算）" if period.provisional else "") + (
        "（待确认）" if period.awaiting_confirmation else ""
    )
    if period.state is ClockState.REPLIED:
        limit = f"期限{period.due_on}" if period.due else "没有正在计算的期限"
        return f"{limit}，{'按期' if period.replied_in_time else '逾期'}{marks}"
    if period.waiting_until:
        waiting = "等待补正" if period.state is ClockState.AWAITING_CORRECTION else "等待缴费"
        return f"{waiting}，{period.waiting_until.day}止{marks}"
    return f"{period.due_on}前答复{marks}"


@pytest.mark.parametrize("case", cases(DOCUMENT, "答复期限"))
def test_a_reply_is_due_on_the_day_the_history_gives(case: Row) -> None:
    assert result_of(reply_period(history_of(case), CALENDAR)) == case["结果"]


@pytest.mark.parametrize("case", cases(DOCUMENT, "怎么算的"))
def test_the_explanation_reads_as_officers_were_shown(case: Row) -> None:
    period = reply_period(history_of(case), CALENDAR)

    assert period.explanation.lines == tuple(case["怎么算的"].split("<br>"))


MEANS = {means.label: means for means in DeliveryMeans}


@pytest.mark.parametrize("case", cases(DOCUMENT, "送达和按期"))
def test_a_reply_is_in_time_by_the_day_that_counts_for_its_delivery(case: Row) -> None:
    due = DueDay(day(case["期限"]), False, lambda: Explanation((), ""))

    timeliness = delivery.judge_timeliness(
        MEANS[case["送达方式"]], counted_on=day(case["签收或者交邮"]), due=due
    )

    assert ("按期" if timeliness.in_time else "逾期") == case["结果"]


def test_the_boundary_tables_hold_at_least_two_hundred_rows() -> None:
    """TIM-03."""
    headings = ("某日是否工作日", "数工作日", "数自然日和月", "某一时刻是哪一天")

    assert sum(len(rows(DOCUMENT, heading)) for heading in headings) >= 200


def test_the_deadline_cases_number_at_least_one_hundred_and_twenty() -> None:
    headings = ("补正", "征求意见期限和效果", "答复期限", "送达和按期")

    assert sum(len(rows(DOCUMENT, heading)) for heading in headings) >= 120

"""The clock of an application: refusals, records against the rule, explanations, and a second fold (TIM-01, TIM-07)."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.rules.editions import NoEdition
from gongkai.rules.regulations_2019.clock import ClockState, LateRefusal, apply, objection
from gongkai.rules.regulations_2019.consultation import Consulted
from gongkai.rules.regulations_2019.events import (
    ConsultationAnswered,
    ConsultationDelivered,
    ConsultationSent,
    Corrected,
    CorrectionAsked,
    CorrectionDelivered,
    DeferralNoticed,
    Event,
    Extended,
    FeeNoticed,
    FeePaid,
    ReceiptConfirmed,
    Received,
    Replied,
)
from gongkai.rules.regulations_2019.receipt import Channel
from gongkai.rules.regulations_2019.reply_period import BrokenHistory, refuse, reply_period
from gongkai.rules.working_days import Calendar, Span
from tests.rules.second_calendar import days, nth_working_day

CALENDAR = Calendar()
RECEIVED = Received(date(2026, 3, 2), Channel.IN_PERSON)  # due 2026-03-30
ASKED = CorrectionAsked(date(2026, 3, 6))
REACHED = CorrectionDelivered(date(2026, 3, 6))
THIRD_PARTY = ConsultationSent(date(2026, 3, 9), "1", Consulted.THIRD_PARTY)
FEE = FeeNoticed(date(2026, 3, 16))
REPLIED = Replied(date(2026, 3, 20))


def test_a_corrected_application_starts_the_period_afresh() -> None:
    period = reply_period([RECEIVED, ASKED, Corrected(date(2026, 3, 16))], CALENDAR)

    assert period.state is ClockState.RUNNING
    assert period.counted_from == date(2026, 3, 16)
    assert period.due_on == date(2026, 4, 14)


def test_the_order_of_recording_does_not_matter() -> None:
    events: list[Event] = [
        RECEIVED,
        THIRD_PARTY,
        ConsultationAnswered(date(2026, 3, 20), "1"),
        Extended(date(2026, 4, 1), 5),
    ]

    assert reply_period(reversed(events), CALENDAR) == reply_period(events, CALENDAR)


@pytest.mark.parametrize(
    ("events", "step", "sentence"),
    [
        (
            [RECEIVED],
            Received(date(2026, 3, 3), Channel.FAX),
            "不能再次登记收到：这件申请已经登记（《条例》第三十一条）。另一件申请请另行登记。",
        ),
        (
            [RECEIVED],
            ReceiptConfirmed(date(2026, 3, 3)),
            "不能确认收到：收到之日已经确定（《条例》第三十一条）。收到之日有误的，请作补录更正。",
        ),
        (
            [RECEIVED, ASKED, Corrected(date(2026, 3, 9))],
            CorrectionAsked(date(2026, 3, 10)),
            "不能告知补正：补正只能一次性告知（《条例》第三十条）。请按现有内容办理，补正后仍不明确的照此答复。",
        ),
        (
            [RECEIVED],
            CorrectionAsked(date(2026, 3, 12)),
            "不能告知补正：7个工作日的告知期限已于2026年3月11日（周三）届满（《条例》第三十条）。"
            "请按收到的申请办理，答复期限自收到之日起照常计算。",
        ),
        (
            [RECEIVED, Replied(date(2026, 3, 4))],
            ASKED,
            "不能告知补正：已经答复（《条例》第三十条）。如需更正答复，请另行作出决定。",
        ),
        (
            [RECEIVED],
            Corrected(date(2026, 3, 9)),
            "不能登记补正：没有等待补正的告知（《条例》第三十条）。申请人补充的材料请作为附件收存。",
        ),
        (
            [RECEIVED, THIRD_PARTY],
            ConsultationSent(date(2026, 3, 10), "1", Consulted.CO_MAKER),
            "不能登记征求意见：编号“1”已经用过（《条例》第三十四条）。请换一个编号。",
        ),
        (
            [RECEIVED, REPLIED],
            ConsultationSent(date(2026, 3, 23), "1", Consulted.THIRD_PARTY),
            "不能征求意见：已经答复（《条例》第三十二条）。如需更正答复，请另行作出决定。",
        ),
        (
            [RECEIVED],
            ConsultationDelivered(date(2026, 3, 10), "1"),
            "不能登记：没有编号“1”的征求意见（《条例》第三十三条第三款）。请先登记发出征求意见书。",
        ),
        (
            [RECEIVED, THIRD_PARTY, ConsultationAnswered(date(2026, 3, 10), "1")],
            ConsultationAnswered(date(2026, 3, 12), "1"),
            "不能登记：编号“1”的意见已经收到（《条例》第三十三条第三款）。补充意见请作为附件收存。",
        ),
        (
            [RECEIVED, Extended(date(2026, 3, 10), 15)],
            Extended(date(2026, 3, 12), 6),
            "不能延长6个工作日：合计最多20个工作日（《条例》第三十三条第二款）。请改为1至5个工作日。",
        ),
        (
            [RECEIVED],
            Extended(date(2026, 3, 12), 0),
            "不能延长0个工作日：合计最多20个工作日（《条例》第三十三条第二款）。请改为1至20个工作日。",
        ),
        (
            [RECEIVED, Extended(date(2026, 3, 10), 20)],
            Extended(date(2026, 3, 12), 1),
            "不能延长：已经延长20个工作日（《条例》第三十三条第二款）。请在期限内答复。",
        ),
        (
            [RECEIVED],
            Extended(date(2026, 3, 31), 10),
            "不能延长：答复期限已于2026年3月30日（周一）届满（《条例》第三十三条第二款（待核））。"
            "请尽快答复，并记录超期原因。",
        ),
        (
            [RECEIVED, DeferralNoticed(date(2026, 3, 20), until=date(2026, 6, 30))],
            Extended(date(2026, 3, 23), 10),
            "不能延长：已经确定延迟答复的期限（《条例》第三十五条）。请在已告知的延迟期限内答复。",
        ),
        (
            [RECEIVED, ASKED],
            Extended(date(2026, 3, 9), 10),
            "不能延长：正在等待申请人补正（《条例》第三十三条第二款）。请在收到补正之后办理。",
        ),
        (
            [RECEIVED, FEE],
            Extended(date(2026, 3, 17), 10),
            "不能延长：正在等待申请人缴费（《条例》第三十三条第二款）。请在申请人缴费之后办理。",
        ),
        (
            [RECEIVED],
            FeeNoticed(date(2026, 3, 31)),
            "不能发出收费通知：答复期限已于2026年3月30日（周一）届满（《信息处理费管理办法》第六条）。"
            "请尽快答复，并记录超期原因。",
        ),
        (
            [Received(date(2020, 12, 15), Channel.IN_PERSON)],
            FeeNoticed(date(2020, 12, 31)),
            "不能发出收费通知：收费办法自2021年1月1日起施行（《信息处理费管理办法》第六条）。请免费办理。",
        ),
        (
            [RECEIVED],
            FeePaid(date(2026, 3, 20)),
            "不能登记缴费：没有等待缴费的通知（《信息处理费管理办法》第六条）。请先登记收费通知。",
        ),
        (
            [RECEIVED],
            DeferralNoticed(date(2026, 3, 20), until=date(2026, 3, 30)),
            "不能延迟答复：2026年3月30日不晚于答复期限2026年3月30日（周一）（《条例》第三十五条）。"
            "请确定更晚的日期，或者按期答复。",
        ),
        (
            [RECEIVED],
            DeferralNoticed(date(2026, 3, 31), until=date(2026, 6, 30)),
            "不能延迟答复：答复期限已于2026年3月30日（周一）届满（《条例》第三十五条（待核））。"
            "请尽快答复，并记录超期原因。",
        ),
        (
            [RECEIVED, REPLIED],
            Replied(date(2026, 3, 23)),
            "不能再次答复：已经答复（《条例》第三十三条第二款）。如需更正答复，请另行作出决定。",
        ),
    ],
)
def test_a_step_the_law_does_not_allow_is_refused_and_recording_it_moves_nothing(
    events: list[Event], step: Event, sentence: str
) -> None:
    before = reply_period(events, CALENDAR)

    refusal = refuse(events, step, CALENDAR)
    after = reply_period([*events, step], CALENDAR)

    assert str(refusal) == sentence
    assert (after.state, after.due_on, after.waiting_until, after.not_counted, after.replied_on) == (
        before.state,
        before.due_on,
        before.waiting_until,
        before.not_counted,
        before.replied_on,
    )
    assert [(each.event, each.refusal) for each in after.irregularities] == [(step, refusal)]
    assert after.late == isinstance(refusal, LateRefusal)


@pytest.mark.parametrize(
    ("events", "step"),
    [
        ([RECEIVED], CorrectionAsked(date(2026, 3, 11))),
        ([RECEIVED], Extended(date(2026, 3, 30), 20)),
        ([RECEIVED], FeeNoticed(date(2026, 3, 30))),
        ([RECEIVED], DeferralNoticed(date(2026, 3, 30), until=date(2026, 3, 31))),
        ([RECEIVED, ASKED], Corrected(date(2026, 3, 9))),
        ([RECEIVED, FEE], FeePaid(date(2026, 3, 17))),
        ([RECEIVED], THIRD_PARTY),
        ([RECEIVED, THIRD_PARTY], ConsultationDelivered(date(2026, 3, 10), "1")),
        ([RECEIVED, THIRD_PARTY], ConsultationAnswered(date(2026, 3, 10), "1")),
        ([Received(date(2026, 3, 2), Channel.FAX)], ReceiptConfirmed(date(2026, 3, 2))),
        ([RECEIVED], REPLIED),
    ],
)
def test_a_step_on_its_last_day_is_allowed(events: list[Event], step: Event) -> None:
    assert refuse(events, step, CALENDAR) is None
    assert reply_period([*events, step], CALENDAR).irregularities == ()


def test_a_late_extension_stays_on_record_and_the_case_stays_overdue() -> None:
    """TIM-07."""
    period = reply_period([RECEIVED, Extended(date(2026, 3, 31), 10), Replied(date(2026, 4, 10))], CALENDAR)

    assert period.late
    assert period.extended_by == 0
    assert period.replied_in_time is False
    assert period.overdue_on(date(2026, 4, 10))
    assert "3月31日的记录不影响期限，因为不能延长：答复期限已于2026年3月30日（周一）届满" in str(
        period.explanation
    )


@pytest.mark.parametrize(("today", "overdue"), [(date(2026, 3, 30), False), (date(2026, 3, 31), True)])
def test_an_unanswered_application_is_overdue_from_the_day_after(today: date, overdue: bool) -> None:
    assert reply_period([RECEIVED], CALENDAR).overdue_on(today) is overdue


def test_a_reply_in_time_is_never_overdue_later() -> None:
    assert not reply_period([RECEIVED, REPLIED], CALENDAR).overdue_on(date(2027, 1, 1))


def test_nothing_is_overdue_while_the_applicant_has_to_act() -> None:
    period = reply_period([RECEIVED, ASKED], CALENDAR)

    assert not period.overdue_on(date(2026, 12, 1))
    assert period.replied_in_time is None


@pytest.mark.parametrize(
    ("events", "last"),
    [([RECEIVED, ASKED, REACHED], date(2026, 3, 27)), ([RECEIVED, FEE], date(2026, 4, 14))],
    ids=["补正", "缴费"],
)
def test_an_application_is_deemed_abandoned_the_day_after_the_applicants_period(
    events: list[Event], last: date
) -> None:
    period = reply_period(events, CALENDAR)

    assert not period.deemed_abandoned_on(last)
    assert period.deemed_abandoned_on(last + timedelta(days=1))


def test_an_application_already_answered_is_not_abandoned() -> None:
    period = reply_period([RECEIVED, ASKED, REPLIED], CALENDAR)

    assert not period.deemed_abandoned_on(date(2026, 12, 1))
    assert period.explanation.conclusion == "已于2026年3月20日答复，当时没有正在计算的期限"


def test_the_applicants_period_runs_from_delivery_of_the_notice() -> None:
    period = reply_period(
        [RECEIVED, CorrectionAsked(date(2026, 3, 6), delivered_on=date(2026, 3, 10), working_days=5)],
        CALENDAR,
    )

    assert str(period.waiting_until) == "2026年3月17日（周二）"
    assert str(period.correction_notice_due) == "2026年3月11日（周三）"


def test_a_delivery_that_becomes_known_later_moves_the_applicants_period() -> None:
    """Until then the earlier day is shown, and nobody is taken to have given up."""
    asked = [RECEIVED, CorrectionAsked(date(2026, 3, 6), working_days=5)]
    unknown = reply_period(asked, CALENDAR)
    known = reply_period([*asked, CorrectionDelivered(date(2026, 3, 10))], CALENDAR)

    assert (str(unknown.waiting_until), str(known.waiting_until)) == (
        "2026年3月13日（周五）",
        "2026年3月17日（周二）",
    )
    assert (unknown.waits_from_delivery, known.waits_from_delivery) == (False, True)
    assert not unknown.deemed_abandoned_on(date(2026, 12, 1))
    assert known.deemed_abandoned_on(date(2026, 3, 18))
    again = refuse(
        [*asked, CorrectionDelivered(date(2026, 3, 10))], CorrectionDelivered(date(2026, 3, 11)), CALENDAR
    )
    assert "已经送达" in str(again)
    assert "没有等待补正的告知" in str(refuse([RECEIVED], REACHED, CALENDAR))


def test_a_consultation_is_delivered_once():
    told = ConsultationDelivered(date(2026, 3, 10), "1")

    refused = refuse([RECEIVED, THIRD_PARTY, told], ConsultationDelivered(date(2026, 3, 12), "1"), CALENDAR)

    assert refused is not None
    assert "已于" in refused.cannot
    assert "更正" in refused.instead


def test_a_history_without_receipt_is_refused() -> None:
    with pytest.raises(BrokenHistory, match="没有收到申请的记录"):
        reply_period([ASKED], CALENDAR)


def test_a_record_before_the_receipt_is_refused() -> None:
    with pytest.raises(BrokenHistory, match="2026年2月27日的记录早于收到申请之日"):
        reply_period([RECEIVED, Replied(date(2026, 2, 27))], CALENDAR)


def test_an_application_received_under_the_old_regulations_is_not_judged_by_the_new() -> None:
    with pytest.raises(NoEdition, match="2019年5月14日收到的申请适用2007年的条例"):
        reply_period([Received(date(2019, 5, 14), Channel.IN_PERSON)], CALENDAR)


@pytest.mark.parametrize("function", [objection, apply])
def test_what_is_no_event_is_a_programming_error(function: object) -> None:
    with pytest.raises(TypeError, match="不是期限的经过"):
        function("收到", None)  # type: ignore[operator]


# 怎么算的 ---------------------------------------------------------------------------------


def test_the_explanation_tells_correction_fee_extension_and_deferral_in_order() -> None:
    period = reply_period(
        [
            RECEIVED,
            Extended(date(2026, 3, 4), 10),
            ASKED,
            Corrected(date(2026, 3, 16)),
            Extended(date(2026, 3, 18), 5),
            FeeNoticed(date(2026, 3, 20)),
            FeePaid(date(2026, 3, 27)),
            DeferralNoticed(date(2026, 4, 1), until=date(2026, 6, 30)),
            Replied(date(2026, 6, 30)),
        ],
        CALENDAR,
    )

    assert period.explanation.lines == (
        "2026年3月2日（周一）收到，当面提交（《条例》第三十一条第一项）",
        "3月4日经负责人同意延长10个工作日并告知申请人，合计30个工作日（《条例》第三十三条第二款）",
        "3月6日告知补正，补正期限至2026年3月27日（周五）（送达之日未登记，暂从发出之日算）（《条例》第三十条）",
        "3月16日收到补正，重新起算，此前延长的10个工作日不再计算（《条例》第三十条）",
        "3月18日经负责人同意延长5个工作日并告知申请人，合计25个工作日（《条例》第三十三条第二款）",
        "3月20日收费通知送达，缴费期限至2026年4月20日（周一）（《信息处理费管理办法》第六条）",
        "3月27日缴清信息处理费，重新起算，此前延长的5个工作日不再计算（《信息处理费管理办法》第六条（待核））",
        "4月1日告知申请人延迟答复至2026年6月30日（《条例》第三十五条）",
        "6月30日答复",
        "延迟答复至2026年6月30日（《条例》第三十五条）",
        "已于2026年6月30日答复，期限至2026年6月30日（周二），按期",
    )


def test_the_explanation_counts_overlapping_pauses_once() -> None:
    period = reply_period(
        [
            RECEIVED,
            THIRD_PARTY,
            ConsultationSent(date(2026, 3, 11), "2", Consulted.CO_MAKER),
            ConsultationAnswered(date(2026, 4, 10), "2"),
        ],
        CALENDAR,
    )

    assert period.explanation.lines[2:] == (
        "3月9日向第三方发出征求意见书，未收到意见，按发出（送达之日未登记）后15个工作日计：3月10日至30日不计入（15个工作日）"
        "（《条例》第三十三条第三款（待核））",
        "3月11日向共同制作机关发出征求意见书，4月10日收到意见，已超过15个工作日，只计到期满之日："
        "3月12日至4月1日不计入（15个工作日）（《条例》第三十三条第三款（待核））",
        "征求意见不计入的日子合计17个工作日，重叠的只算一次（《条例》第三十三条第三款）",
        "应于2026年4月23日（周四）前答复",
    )
    assert period.not_counted == (
        Span(date(2026, 3, 10), date(2026, 3, 30)),
        Span(date(2026, 3, 12), date(2026, 4, 1)),
    )


def test_a_delivered_consultation_is_counted_from_its_delivery() -> None:
    period = reply_period([RECEIVED, THIRD_PARTY, ConsultationDelivered(date(2026, 3, 12), "1")], CALENDAR)

    assert period.explanation.lines[2] == (
        "3月9日向第三方发出征求意见书，3月12日送达，未收到意见，按送达后15个工作日计："
        "3月10日至4月2日不计入（18个工作日）（《条例》第三十三条第三款（待核））"
    )


def test_a_consultation_after_the_end_is_told_and_pauses_nothing() -> None:
    period = reply_period(
        [RECEIVED, ConsultationSent(date(2026, 4, 1), "1", Consulted.THIRD_PARTY)], CALENDAR
    )

    assert period.not_counted == ()
    assert "4月1日向第三方发出征求意见书时答复期限已于2026年3月30日（周一）届满，不影响期限" in str(
        period.explanation
    )


@pytest.mark.parametrize(
    ("events", "conclusion"),
    [
        (
            [RECEIVED, ASKED],
            "等待申请人补正，补正期限至2026年3月27日（周五），收到补正后重新起算",
        ),
        (
            [RECEIVED, FEE],
            "等待申请人缴费，缴费期限至2026年4月14日（周二），缴费后重新起算",
        ),
        ([RECEIVED, Replied(date(2026, 3, 31))], "已于2026年3月31日答复，期限至2026年3月30日（周一），逾期"),
        ([Received(date(2026, 3, 2), Channel.ONLINE)], "应于2026年3月30日（周一）前答复（待确认）"),
        ([Received(date(2026, 12, 7), Channel.IN_PERSON)], "应于2027年1月5日（周二）（暂算）前答复"),
    ],
)
def test_the_conclusion_is_one_sentence_with_its_marks(events: list[Event], conclusion: str) -> None:
    assert reply_period(events, CALENDAR).explanation.conclusion == conclusion


def test_a_confirmation_after_a_restart_leaves_the_restart_alone() -> None:
    period = reply_period(
        [
            Received(date(2026, 3, 2), Channel.FAX),
            ASKED,
            Corrected(date(2026, 3, 9)),
            ReceiptConfirmed(date(2026, 3, 10)),
        ],
        CALENDAR,
    )

    assert period.counted_from == date(2026, 3, 9)
    assert period.received.received_on == date(2026, 3, 10)
    assert not period.awaiting_confirmation


# 第二种算法 --------------------------------------------------------------------------------

receipts = st.dates(date(2019, 5, 15), date(2026, 6, 30))


@st.composite
def consultations(draw: st.DrawFn) -> list[tuple[int, int | None]]:
    """Days after receipt of sending and of the answer, if any."""
    return draw(
        st.lists(
            st.tuples(st.integers(0, 15), st.none() | st.integers(1, 30)).map(
                lambda pair: (pair[0], None if pair[1] is None else pair[0] + pair[1])
            ),
            max_size=4,
        )
    )


def check_the_second_fold(start: date, asked: list[tuple[int, int | None]], extension: int) -> None:
    """Sets of days and one list of all working days, instead of events and spans."""
    events: list[Event] = [Received(start, Channel.IN_PERSON)]
    paused: set[date] = set()
    for number, (sent, answered) in enumerate(asked):
        sent_on = start + timedelta(days=sent)
        limit, _ = nth_working_day(sent_on, 15)
        last = limit if answered is None else min(limit, start + timedelta(days=answered))
        paused |= days(sent_on + timedelta(days=1), last)
        events.append(ConsultationSent(sent_on, str(number), Consulted.THIRD_PARTY))
        if answered is not None:
            events.append(ConsultationAnswered(start + timedelta(days=answered), str(number)))
    if extension:
        events.append(Extended(start, extension))

    period = reply_period(events, CALENDAR)

    assert (period.due_on, period.provisional) == nth_working_day(start, 20 + extension, paused)


@settings(max_examples=200)
@given(start=receipts, asked=consultations(), extension=st.integers(0, 20))
def test_a_second_fold_finds_the_same_day(
    start: date, asked: list[tuple[int, int | None]], extension: int
) -> None:
    check_the_second_fold(start, asked, extension)


@pytest.mark.prove
@settings(max_examples=20_000)
@given(start=receipts, asked=consultations(), extension=st.integers(0, 20))
def test_a_second_fold_finds_the_same_day_twenty_thousand_times(
    start: date, asked: list[tuple[int, int | None]], extension: int
) -> None:
    """TIM-01."""
    check_the_second_fold(start, asked, extension)


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """Anything people might have put on record, in any order, allowed or not."""
    start = draw(st.dates(date(2019, 5, 15), date(2026, 12, 31)))
    on = st.integers(0, 120).map(lambda n: start + timedelta(days=n))
    key = st.sampled_from("甲乙")
    some = st.one_of(
        st.builds(ReceiptConfirmed, on),
        st.builds(CorrectionAsked, on, working_days=st.integers(5, 20)),
        st.builds(CorrectionDelivered, on),
        st.builds(Corrected, on),
        st.builds(ConsultationSent, on, key, st.sampled_from(Consulted)),
        st.builds(ConsultationDelivered, on, key),
        st.builds(ConsultationAnswered, on, key),
        st.builds(Extended, on, st.integers(-1, 25)),
        st.builds(FeeNoticed, on),
        st.builds(FeePaid, on),
        st.builds(DeferralNoticed, on, until=on),
        st.builds(Replied, on),
    )
    return [Received(start, draw(st.sampled_from(Channel))), *draw(st.lists(some, max_size=12))]


@settings(max_examples=200)
@given(events=histories())
def test_any_history_has_a_period_that_holds_together(events: list[Event]) -> None:
    period = reply_period(events, CALENDAR)

    assert (period.due is None) == (period.waiting_until is not None)
    assert 0 <= period.extended_by <= 20
    assert period.counted_from >= period.received.arrived_on
    assert (period.replied_on is not None) == (period.state is ClockState.REPLIED)
    assert len(period.irregularities) < len(events)
    assert period.explanation.conclusion


@settings(max_examples=100)
@given(events=histories(), answered_after=st.integers(0, 60))
def test_what_is_refused_now_is_what_is_irregular_when_recorded(
    events: list[Event], answered_after: int
) -> None:
    """The button and the clock never disagree."""
    last = max(event.on for event in events)
    step = Replied(last + timedelta(days=answered_after))

    refusal = refuse(events, step, CALENDAR)
    recorded = reply_period([*events, step], CALENDAR)

    assert (refusal is None) == (step not in [each.event for each in recorded.irregularities])

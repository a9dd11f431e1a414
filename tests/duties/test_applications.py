"""依申请公开. Steps on an application, what the law refuses, corrections, and the fold against the events."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest

from gongkai.agencies.access import Refusal
from gongkai.agencies.working_days import calendar
from gongkai.audit.models import Entry
from gongkai.duties.applications import actions
from gongkai.duties.applications.fold import drift
from gongkai.duties.applications.models import Application, ApplicationEvent
from gongkai.registers.models import Change
from gongkai.rules.regulations_2019.consultation import Consulted
from tests.factories.agencies import PersonFactory, SectionFactory, keeper
from tests.factories.applications import application, replied

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return keeper()


def state_of(case: Application) -> tuple[object, ...]:
    case.refresh_from_db()
    return (
        case.status,
        case.outcome,
        case.due_on,
        case.closed_on,
        case.version,
        case.events.count(),
        Entry.objects.count(),
    )


def test_an_application_handed_in_is_due_in_twenty_working_days(clerk):
    case = application(clerk)

    assert (case.status, case.received_on, case.due_on) == ("handling", date(2023, 3, 2), date(2023, 3, 30))
    assert case.register_number == "〔2023〕1号"


def test_numbers_go_on_within_the_year_and_begin_anew_in_the_next(clerk):
    numbers = [
        application(clerk, received_on=day).register_number
        for day in (date(2023, 1, 3), date(2023, 2, 1), date(2024, 1, 2))
    ]

    assert numbers == ["〔2023〕1号", "〔2023〕2号", "〔2024〕1号"]


def test_a_number_used_by_the_old_register_is_not_given_again(clerk):
    application(clerk, register_number="〔2023〕1号")

    assert application(clerk).register_number == "〔2023〕2号"


def test_an_online_application_counts_from_its_confirmation(clerk):
    case = application(clerk, channel="online", received_on=date(2022, 12, 31))
    assert (case.status, case.received_on) == ("awaiting_confirmation", date(2022, 12, 31))

    case = actions.confirm_receipt(case, on=date(2023, 1, 3), by=clerk)

    assert (case.status, case.received_on, case.due_on) == ("handling", date(2023, 1, 3), date(2023, 2, 3))


def test_a_corrected_application_starts_the_period_afresh(clerk):
    case = application(clerk)
    case = actions.ask_for_correction(case, on=date(2023, 3, 6), by=clerk, working_days=15)
    assert (case.status, case.due_on, case.waiting_until) == ("awaiting_correction", None, date(2023, 3, 27))

    case = actions.receive_correction(case, on=date(2023, 3, 15), by=clerk)

    assert (case.status, case.due_on, case.waiting_until) == ("handling", date(2023, 4, 13), None)


def test_days_of_consultation_are_not_counted(clerk):
    case = application(clerk)
    case = actions.consult(case, on=date(2023, 3, 6), by=clerk, key="1", consulted=Consulted.THIRD_PARTY)
    case = actions.receive_opinion(case, on=date(2023, 3, 13), by=clerk, key="1")

    assert case.due_on == date(2023, 4, 7)


def test_a_reply_closes_the_application_with_its_result(clerk):
    case = replied(clerk, on=date(2023, 3, 30))

    assert (case.status, case.outcome, case.closed_on, case.closed_late) == (
        "closed",
        "granted",
        date(2023, 3, 30),
        False,
    )


def test_a_reply_after_the_period_is_late(clerk):
    assert replied(clerk, on=date(2023, 3, 31)).closed_late is True


def test_a_fee_paid_is_kept_with_the_case_and_starts_the_period_afresh(clerk):
    case = application(clerk)
    case = actions.notice_fee(case, on=date(2023, 3, 6), by=clerk, amount=Decimal(100))
    case = actions.collect_fee(case, on=date(2023, 3, 15), by=clerk, amount=Decimal(100))

    assert (case.fee_collected, case.due_on) == (Decimal(100), date(2023, 4, 13))


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        (lambda case, by: actions.reply(case, on=date(2023, 4, 3), by=by, outcome="granted"), "已经办结"),
        (
            lambda case, by: actions.extend_reply(case, on=date(2023, 3, 21), by=by, working_days=5),
            "已经办结",
        ),
        (
            lambda case, by: actions.close(case, on=date(2023, 4, 3), by=by, outcome="other_remaining"),
            "已经办结",
        ),
    ],
    ids=["reply", "extend", "close"],
)
def test_a_closed_application_takes_no_further_step(clerk, step, sentence):
    case = replied(clerk)
    before = state_of(case)

    with pytest.raises(Refusal, match=sentence):
        step(case, clerk)

    assert state_of(case) == before


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        (lambda case, by: actions.extend_reply(case, on=date(2023, 3, 31), by=by, working_days=5), "届满"),
        (
            lambda case, by: actions.extend_reply(case, on=date(2023, 3, 20), by=by, working_days=21),
            "最多20个工作日",
        ),
        (lambda case, by: actions.ask_for_correction(case, on=date(2023, 3, 14), by=by), "告知期限已于"),
        (
            lambda case, by: actions.receive_correction(case, on=date(2023, 3, 14), by=by),
            "没有等待补正的告知",
        ),
        (
            lambda case, by: actions.collect_fee(case, on=date(2023, 3, 14), by=by, amount=Decimal(1)),
            "没有等待缴费",
        ),
        (
            lambda case, by: actions.reply(case, on=date(2023, 3, 1), by=by, outcome="granted"),
            "早于收到申请之日",
        ),
        (
            lambda case, by: actions.reply(case, on=date(2023, 3, 9), by=by, outcome="no_such_result"),
            "没有这种办理结果",
        ),
        (
            lambda case, by: actions.reply(case, on=date(2023, 3, 9), by=by, outcome="other_not_corrected"),
            "登记为不再处理",
        ),
        (
            lambda case, by: actions.close(case, on=date(2023, 3, 9), by=by, outcome="granted"),
            "应当答复申请人",
        ),
        (lambda case, by: actions.reply(case, on=date(2999, 1, 1), by=by, outcome="granted"), "今天之后"),
    ],
)
def test_what_the_regulations_do_not_allow_is_refused_and_changes_nothing(clerk, step, sentence):
    case = application(clerk)
    before = state_of(case)

    with pytest.raises(Refusal, match=sentence):
        step(case, clerk)

    assert state_of(case) == before


def test_a_late_extension_that_happened_on_paper_is_recorded_and_moves_nothing(clerk):
    case = application(clerk)

    case = actions.extend_reply(case, on=date(2023, 3, 31), by=clerk, working_days=10, late_on_paper=True)

    assert (case.due_on, case.events.count()) == (date(2023, 3, 30), 2)


def test_tim_06_a_wrong_day_is_replaced_by_an_entry_with_a_reason(clerk):
    case = replied(clerk, on=date(2023, 3, 31))
    wrong = case.events.get(kind="replied")

    case = actions.rectify_event(
        wrong,
        happened_on=date(2023, 3, 30),
        reason="回执上是30日",
        by=clerk,
        agreed_by=keeper(agency=clerk.agency),
    )

    assert (case.closed_on, case.closed_late) == (date(2023, 3, 30), False)
    assert case.events.get(pk=wrong.pk).happened_on == date(2023, 3, 31)
    assert Change.objects.get().reason == "回执上是30日"


def test_a_correction_needs_a_reason(clerk):
    case = replied(clerk)
    before = state_of(case)

    with pytest.raises(Refusal, match="请写明原因"):
        actions.rectify_event(
            case.events.get(kind="replied"),
            outcome="granted_in_part",
            reason=" ",
            by=clerk,
            agreed_by=keeper(agency=clerk.agency),
        )

    assert state_of(case) == before


def test_tim_06_nobody_corrects_an_entry_alone(clerk):
    case = replied(clerk)
    before = state_of(case)

    with pytest.raises(Refusal, match="要由另一人同意"):
        actions.cancel_event(case.events.get(kind="replied"), reason="登错", by=clerk, agreed_by=clerk)
    with pytest.raises(Refusal, match="其他机关"):
        actions.cancel_event(case.events.get(kind="replied"), reason="登错", by=clerk, agreed_by=keeper())

    assert state_of(case) == before


def test_what_was_replaced_cannot_be_replaced_again(clerk):
    case = replied(clerk)
    wrong = case.events.get(kind="replied")
    actions.rectify_event(
        wrong, outcome="granted_in_part", reason="区分处理", by=clerk, agreed_by=keeper(agency=clerk.agency)
    )
    before = state_of(case)

    with pytest.raises(Refusal, match="已经被更正过"):
        actions.rectify_event(
            wrong,
            happened_on=date(2023, 3, 21),
            reason="再改",
            by=clerk,
            agreed_by=keeper(agency=clerk.agency),
        )

    assert state_of(case) == before


def test_cancelling_a_reply_entered_by_mistake_opens_the_case_again(clerk):
    case = replied(clerk)

    case = actions.cancel_event(
        case.events.get(kind="replied"), reason="登错了案件", by=clerk, agreed_by=keeper(agency=clerk.agency)
    )

    assert (case.status, case.outcome, case.closed_on) == ("handling", "", None)


def test_tim_06_days_and_results_cannot_be_set_on_the_case_itself(clerk):
    case = replied(clerk)
    before = state_of(case)

    for name, value in {
        "closed_on": date(2023, 3, 3),
        "outcome": "granted",
        "received_on": date(2023, 1, 1),
    }.items():
        with pytest.raises(Refusal, match="更正相应的经过"):
            actions.rectify_particulars(case, changes={name: value}, reason="改", by=clerk)
    with pytest.raises(Refusal, match="由系统记录"):
        actions.rectify_particulars(case, changes={"recorded_at": None}, reason="改", by=clerk)

    assert state_of(case) == before


def test_pii_03_the_applicant_is_sealed_in_the_row(clerk):
    case = application(clerk, applicant_name="示例甲", applicant_contact="示例电话", description="示例内容")
    stored = Application.objects.filter(pk=case.pk).values().get()

    assert not any("示例" in str(value) for value in stored.values())
    assert (case.unseal("applicant_name"), case.unseal("description")) == ("示例甲", "示例内容")


def test_another_section_does_not_register_or_step(clerk):
    mine, theirs = SectionFactory(agency=clerk.agency), SectionFactory(agency=clerk.agency)
    case = application(clerk, section=theirs)
    stranger = keeper(agency=clerk.agency, section=mine)
    before = state_of(case)

    with pytest.raises(Refusal, match="只能登记本科室的"):
        actions.reply(case, on=date(2023, 3, 9), by=stranger, outcome="granted")
    with pytest.raises(Refusal, match="只能登记本科室的"):
        application(stranger, section=theirs)

    assert state_of(case) == before
    assert Application.objects.count() == 1


def test_acl_08_another_agency_does_not_step(clerk):
    case = application(clerk)
    before = state_of(case)

    with pytest.raises(Refusal, match="其他机关"):
        actions.reply(case, on=date(2023, 3, 9), by=keeper(), outcome="granted")

    assert state_of(case) == before


def test_nobody_registers_without_the_power():
    person = PersonFactory()

    with pytest.raises(Refusal, match="登记台账"):
        application(person)

    assert (Application.objects.count(), Entry.objects.count()) == (0, 0)


def test_aud_02_every_step_leaves_one_audit_line(clerk):
    case = replied(clerk)
    actions.cancel_event(
        case.events.get(kind="replied"), reason="登错", by=clerk, agreed_by=keeper(agency=clerk.agency)
    )

    assert list(Entry.objects.order_by("sequence").values_list("action", flat=True)) == [
        "applications.application.entered",
        "applications.application.replied",
        "applications.application.rectified",
    ]


STEPS = (
    lambda case, on, by, pick: actions.ask_for_correction(case, on=on, by=by),
    lambda case, on, by, pick: actions.receive_correction(case, on=on, by=by),
    lambda case, on, by, pick: actions.consult(
        case, on=on, by=by, key=str(pick.random())[:10], consulted=Consulted.THIRD_PARTY
    ),
    lambda case, on, by, pick: actions.extend_reply(case, on=on, by=by, working_days=pick.randint(1, 20)),
    lambda case, on, by, pick: actions.notice_fee(case, on=on, by=by, amount=Decimal(40)),
    lambda case, on, by, pick: actions.collect_fee(case, on=on, by=by, amount=Decimal(40)),
    lambda case, on, by, pick: actions.reply(
        case, on=on, by=by, outcome=pick.choice(["granted", "withheld_by_law"])
    ),
    lambda case, on, by, pick: actions.close(case, on=on, by=by, outcome="other_remaining"),
    lambda case, on, by, pick: actions.cancel_event(
        pick.choice(list(case.events.all())), reason="登错", by=by, agreed_by=keeper(agency=by.agency)
    ),
    lambda case, on, by, pick: actions.rectify_event(
        pick.choice(list(case.events.all())),
        happened_on=on,
        reason="日期登错",
        by=by,
        agreed_by=keeper(agency=by.agency),
    ),
)


@pytest.mark.parametrize("seed", range(12))
def test_tim_07_after_any_history_the_columns_are_what_the_events_say(clerk, seed):
    pick = random.Random(seed)
    case = application(clerk, received_on=date(2023, 1, 3) + timedelta(days=pick.randint(0, 60)))
    taken = 0

    for _ in range(25):
        on = case.received_on + timedelta(days=pick.randint(0, 60))
        try:
            case = pick.choice(STEPS)(case, on, clerk, pick)
            taken += 1
        except Refusal:
            case.refresh_from_db()

    assert taken > 0
    assert drift(case, calendar()) == {}
    assert case.version == ApplicationEvent.objects.filter(application=case).count() == taken + 1

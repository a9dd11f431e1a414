"""期限: what a step would do before it is taken, corrections by two people, recounts, reminders."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import HolidayNotice
from gongkai.agencies.standard_posts import HEAD_OF_DISCLOSURE_OFFICE
from gongkai.agencies.working_days import calendar
from gongkai.audit.models import Entry
from gongkai.desk.home import WAITING, to_dos
from gongkai.duties.applications import actions
from gongkai.duties.applications.clocks import recounting, rectifying, tasks, to_do, what_if
from gongkai.duties.applications.clocks.models import Counted, Recount, Rectification, Reminder
from gongkai.duties.applications.clocks.reminding import remind
from gongkai.duties.applications.desk.forms import OFFERED
from gongkai.duties.applications.fold import drift
from gongkai.duties.applications.models import Application, ApplicationEvent
from gongkai.outbox.models import OutboxItem
from gongkai.registers.models import Change
from gongkai.rules.regulations_2019.consultation import Consulted
from tests.factories.agencies import PersonFactory, SectionFactory, keeper
from tests.factories.applications import application, replied
from tests.factories.people import a_person

pytestmark = pytest.mark.django_db
Kind = ApplicationEvent.Kind


@pytest.fixture
def clerk():
    return keeper(email="jia@example.gov.cn")


@pytest.fixture
def second(clerk):
    return keeper(agency=clerk.agency)


def kept() -> tuple[object, ...]:
    return (
        list(
            Application.objects.order_by("pk").values_list(
                "status", "due_on", "closed_on", "outcome", "version"
            )
        ),
        ApplicationEvent.objects.count(),
        list(Rectification.objects.values_list("state", "decided_by")),
        Change.objects.count(),
        Entry.objects.count(),
    )


# 如果今天… (N22)


def test_what_a_step_would_do_is_told_and_nothing_is_kept(clerk):
    case = application(clerk)
    before = kept()

    extended = what_if.try_step(case, Kind.EXTENDED, on=date(2023, 3, 20), working_days=20)
    corrected = what_if.try_step(case, Kind.CORRECTION_ASKED, on=date(2023, 3, 6))
    late = what_if.try_step(case, Kind.EXTENDED, on=date(2023, 3, 31), working_days=5)

    assert (extended.before.due_on, extended.after.due_on) == (date(2023, 3, 30), date(2023, 4, 27))
    assert "应于2023年4月27日（周四）前答复" in extended.words
    assert corrected.after.due_on is None
    assert "期限停止" in corrected.words
    assert late.after is None
    assert "期限" in late.refusal
    assert kept() == before


def test_a_trial_and_the_step_itself_come_to_the_same(clerk):
    case = application(clerk)
    trial = what_if.try_step(case, Kind.EXTENDED, on=date(2023, 3, 20), working_days=7)

    case = actions.extend_reply(case, on=date(2023, 3, 20), by=clerk, working_days=7)

    assert case.due_on == trial.after.due_on


def test_everything_that_could_be_meant_today_is_tried_in_one_reading(clerk, django_assert_num_queries):
    case = application(clerk)

    with django_assert_num_queries(2):  # the events, and the years entered on the desk
        trials = what_if.everything(case, on=date(2023, 3, 20))

    said = {trial.kind: trial for trial in trials}
    assert said[Kind.REPLIED].words == "按期答复。"
    assert said[Kind.CORRECTION_ASKED].after is None
    assert not {Kind.CONSULTATION_DELIVERED, Kind.CONSULTATION_ANSWERED} & set(said)  # nobody has been asked
    assert set(said) == set(OFFERED) - {Kind.CONSULTATION_DELIVERED, Kind.CONSULTATION_ANSWERED}
    assert "以告知申请人的延迟期限为答复期限" in said[Kind.DEFERRAL_NOTICED].words
    assert "要晚于2023年3月30日（周四）" in said[Kind.DEFERRAL_NOTICED].words
    assert said[Kind.CLOSED].words == "按期办结，不再答复，计入年度报告的“其他处理”。"


def test_every_step_open_today_says_what_follows(clerk):
    """N22: at each point of a case, no step is offered without its consequence."""
    case = application(clerk)
    on = date(2023, 3, 6)
    asked = actions.consult(case, on=on, by=clerk, consulted=Consulted.THIRD_PARTY, key="1")
    noticed = actions.ask_for_correction(application(clerk), on=on, by=clerk, working_days=10)

    for each in (application(clerk), asked, noticed):
        trials = what_if.everything(each, on=date(2023, 3, 8))
        assert [trial.label for trial in trials if not trial.words] == []
    said = {trial.kind: trial.words for trial in what_if.everything(asked, on=date(2023, 3, 8))}
    assert (
        "第三方应于2023年3月29日（周三）前提出意见（《条例》第三十二条）" in said[Kind.CONSULTATION_DELIVERED]
    )
    said = {trial.kind: trial.words for trial in trials}
    assert "期满以前不能按视为放弃申请办理" in said[Kind.CLOSED]
    assert said[Kind.DEFERRAL_NOTICED].startswith("不能延迟答复：正在等待申请人补正")


# 更正要两个人 (TIM-06)


def test_tim_06_a_correction_takes_effect_when_another_person_agrees(clerk, second):
    case = replied(clerk, on=date(2023, 3, 31))
    wrong = case.events.get(kind="replied")
    proposal = rectifying.propose(wrong, happened_on=date(2023, 3, 30), reason="回执上是30日", by=clerk)
    case.refresh_from_db()
    assert (case.closed_on, case.closed_late) == (date(2023, 3, 31), True)

    case = rectifying.agree(proposal, by=second)

    assert (case.closed_on, case.closed_late) == (date(2023, 3, 30), False)
    instead = wrong.replaced_by
    assert (instead.by, instead.agreed_by, instead.reason) == (clerk, second, "回执上是30日")


def test_tim_06_nobody_agrees_to_a_proposal_of_his_own(clerk, second):
    proposal = rectifying.propose(
        replied(clerk).events.get(kind="replied"), cancels=True, reason="登错", by=clerk
    )
    before = kept()

    for act in (
        lambda: rectifying.agree(proposal, by=clerk),
        lambda: rectifying.decline(proposal, opinion="不改了", by=clerk),
    ):
        with pytest.raises(Refusal, match="不能由提出人自己决定"):
            act()
    with pytest.raises(Refusal, match="其他机关"):
        rectifying.agree(proposal, by=keeper())

    assert kept() == before


def test_what_is_declined_changes_nothing_but_the_proposal(clerk, second):
    case = replied(clerk)
    proposal = rectifying.propose(case.events.get(kind="replied"), cancels=True, reason="登错", by=clerk)

    rectifying.decline(proposal, opinion="回执齐全，没有登错", by=second)

    case.refresh_from_db()
    assert (case.status, case.events.count()) == ("closed", 2)
    with pytest.raises(Refusal, match="未同意"):
        rectifying.agree(proposal, by=second)


@pytest.mark.parametrize(
    ("kind", "values", "words"),
    [
        ("replied", {"happened_on": date(2023, 3, 20)}, "没有改动"),
        ("replied", {"happened_on": date(2023, 3, 1)}, "早于"),
        ("replied", {"happened_on": date(2999, 1, 1)}, "今天之后"),
        ("replied", {"cancels": True, "reason": "  "}, "请写明原因"),
        ("received", {"cancels": True}, "不能撤销收到申请"),
        ("received", {"happened_on": date(2023, 3, 21)}, "早于"),
    ],
)
def test_what_cannot_be_corrected_so_is_refused_when_it_is_proposed(clerk, kind, values, words):
    case = replied(clerk)
    before = kept()

    with pytest.raises(Refusal, match=words):
        rectifying.propose(case.events.get(kind=kind), by=clerk, **{"reason": "登错", **values})

    assert kept() == before


def test_an_entry_has_one_proposal_at_a_time(clerk, second):
    event = replied(clerk).events.get(kind="replied")
    rectifying.propose(event, cancels=True, reason="登错", by=clerk)
    before = kept()

    with pytest.raises(Refusal, match="已有一项更正"):
        rectifying.propose(event, happened_on=date(2023, 3, 21), reason="登错", by=second)

    assert kept() == before


# 放假安排变了，重算 (N6, TIM-04)


def a_day_off(year: int, day: str, name: str = "临时放假") -> HolidayNotice:
    """The year as shipped, with one more day off."""
    shipped = calendar().year(year)
    holidays = [
        {
            "name": each.name,
            "first": each.first.isoformat(),
            "last": each.last.isoformat(),
            "made_up": [made.isoformat() for made in each.made_up],
        }
        for each in shipped.holidays
    ]
    return HolidayNotice.objects.create(
        year=year,
        notice="示例通知",
        entered_by=PersonFactory(),
        holidays=[*holidays, {"name": name, "first": day, "last": day, "made_up": []}],
    )


def test_tim_04_a_new_notice_is_counted_for_every_open_case_and_moves_none_before_a_person_agrees(clerk):
    open_case, closed = application(clerk), replied(clerk)
    assert recounting.recount(clerk.agency) is None
    a_day_off(2023, "2023-03-15")

    made = recounting.recount(clerk.agency)

    assert made.counted == 1
    line = made.lines.get()
    assert (line.application, line.column, line.stored, line.counted) == (
        open_case,
        "due_on",
        "2023-03-30",
        "2023-03-31",
    )
    open_case.refresh_from_db()
    assert open_case.due_on == date(2023, 3, 30)

    assert recounting.agree(made, by=clerk) == 1
    open_case.refresh_from_db()
    assert open_case.due_on == date(2023, 3, 31)
    assert drift(open_case, calendar()) == {}
    assert recounting.recount(clerk.agency) is None
    closed.refresh_from_db()
    assert closed.due_on == date(2023, 3, 30)


def test_a_recount_is_agreed_to_by_the_whole_offices_keepers_alone_and_once(clerk):
    application(clerk)
    a_day_off(2023, "2023-03-15")
    made = recounting.recount(clerk.agency)
    before = kept()

    for by, words in (
        (keeper(agency=clerk.agency, section=SectionFactory(agency=clerk.agency)), "不限科室"),
        (keeper(), "其他机关"),
    ):
        with pytest.raises(Refusal, match=words):
            recounting.agree(made, by=by)
    assert kept() == before

    recounting.agree(made, by=clerk)
    with pytest.raises(Refusal, match="已同意"):
        recounting.agree(made, by=clerk)


def test_the_head_of_the_disclosure_office_finds_a_recount_and_agrees_to_it(clerk):
    """With the standard posts nobody keeps the registers of every section: without the head nobody could agree."""
    case = application(clerk)
    a_day_off(2023, "2023-03-15")
    made = recounting.recount(clerk.agency)
    head = a_person(clerk.agency, *HEAD_OF_DISCLOSURE_OFFICE.powers)

    assert [each.url for each in to_do.waiting(head, timezone.localdate())] == [
        reverse("applications:recount", args=[made.public_id])
    ]
    assert recounting.agree(made, by=head) == 1

    case.refresh_from_db()
    assert not list(recounting.differences(clerk.agency, calendar()))


def test_a_calendar_that_changed_again_is_counted_again_before_anybody_agrees(clerk):
    case = application(clerk)
    first = a_day_off(2023, "2023-03-15")
    made = recounting.recount(clerk.agency)
    first.delete()
    a_day_off(2023, "2023-03-16", name="另一天")

    with pytest.raises(Refusal, match="又有变化"):
        recounting.agree(made, by=clerk)

    again = recounting.recount(clerk.agency)
    made.refresh_from_db()
    assert (made.state, again.state) == (Recount.State.REPLACED, Recount.State.WAITING)
    case.refresh_from_db()
    assert case.due_on == date(2023, 3, 30)


def test_counting_twice_makes_one_recount(clerk):
    application(clerk)
    a_day_off(2023, "2023-03-15")

    assert recounting.recount(clerk.agency) == recounting.recount(clerk.agency)
    assert Recount.objects.count() == 1


def test_tim_07_a_stored_column_that_the_events_do_not_bear_out_comes_to_light(clerk):
    case = application(clerk)
    Application.objects.filter(pk=case.pk).update(due_on=date(2030, 1, 1), due_is_provisional=True)

    made = recounting.recount(clerk.agency)

    assert {line.column for line in made.lines.all()} == {"due_on", "due_is_provisional"}


def test_the_worker_counts_once_a_day_and_again_when_the_calendar_changes(clerk):
    application(clerk)
    keeper()  # an agency without open cases

    assert [tasks.arrange(date(2023, 3, 6)) for _ in range(2)] == [1, 0]
    assert OutboxItem.objects.get().payload == {"agency": clerk.agency.public_id}
    a_day_off(2023, "2023-03-15")
    assert tasks.arrange(date(2023, 3, 6)) == 1
    assert tasks.arrange(date(2023, 3, 7)) == 1
    assert Counted.objects.count() == 1


# 提醒 (TIM-09)


def test_tim_09_reminders_go_out_five_three_one_working_days_before_and_on_the_day(clerk, settings):
    settings.MAIL_URL = "smtp://127.0.0.1:1"
    application(clerk)  # due on Thursday, 30 March
    days = [date(2023, 3, day) for day in range(20, 32)]

    sent = {day.day: remind(clerk.agency, today=day) + remind(clerk.agency, today=day) for day in days}

    assert {day: count for day, count in sent.items() if count} == {23: 1, 27: 1, 29: 1, 30: 1}
    letters = [item.payload["subject"] for item in OutboxItem.objects.filter(kind="mail.send").order_by("pk")]
    assert [letter.partition("1号")[2] for letter in letters] == [
        "还剩5个工作日",
        "还剩3个工作日",
        "还剩1个工作日",
        "今天到期",
    ]


def test_tim_09_days_without_a_worker_are_caught_up_with_by_one_letter(clerk, settings):
    """Away from the 21st to the 28th: two marks have passed."""
    settings.MAIL_URL = "smtp://127.0.0.1:1"
    application(clerk)

    sent = [remind(clerk.agency, today=date(2023, 3, day)) for day in (20, 28, 28, 29, 30, 31)]

    assert sent == [0, 1, 0, 1, 1, 0]
    assert "还剩2个工作日" in OutboxItem.objects.filter(kind="mail.send").earliest("pk").payload["subject"]


def test_tim_09_the_handler_is_reminded_and_nobody_else(clerk, second):
    case = application(clerk)
    Application.objects.filter(pk=case.pk).update(handler=second)

    remind(clerk.agency, today=date(2023, 3, 30))

    assert [each.person for each in Reminder.objects.all()] == [second]


def test_what_is_closed_waits_for_the_applicant_or_is_void_is_not_reminded_of(clerk):
    replied(clerk)
    actions.ask_for_correction(application(clerk), on=date(2023, 3, 6), by=clerk)
    actions.void_application(application(clerk), reason="登重了", by=clerk)

    assert remind(clerk.agency, today=date(2023, 3, 30)) == 0


# 待办


def test_a_case_stands_once_among_what_waits_and_once_among_what_comes(clerk):
    """Handling lists the cases themselves; the clock adds the receipts to confirm and what the applicant let pass."""
    today = timezone.localdate()
    due, fax = application(clerk, received_on=today), application(clerk, channel="fax", received_on=today)
    lapsed = actions.ask_for_correction(application(clerk), on=date(2023, 3, 6), by=clerk)

    numbers = [each.title.split("\u3000")[0] for each in to_dos(WAITING, clerk, today) if each.kind == "申请"]
    of_the_clock = [each.title for each in to_do.waiting(clerk, today)]

    told = {title.split("\u3000")[0] for title in of_the_clock}
    assert told == {fax.register_number, lapsed.register_number}
    assert numbers.count(due.register_number) <= 1
    coming = [each.title.split("\u3000")[0] for each in to_do.coming(clerk, today)]
    assert len(coming) == len(set(coming))
    assert lapsed.register_number in coming

"""交办、协办: asked with a day, answered in time or late, reminded exactly once on each of four days."""

from datetime import date, timedelta
from functools import partial

import pytest
import time_machine

from gongkai.agencies.access import Refusal
from gongkai.agencies.working_days import calendar
from gongkai.duties.applications import actions as applications
from gongkai.duties.applications.handling import actions, reminders, tasks, to_do
from gongkai.duties.applications.handling.models import Commission, CommissionReminder
from gongkai.duties.applications.handling.panel import words_of
from gongkai.outbox.models import OutboxItem
from tests.duties.applications.handling.office import TODAY, at, kept
from tests.duties.at_once import at_once

pytestmark = pytest.mark.django_db
DUE = date(2026, 3, 20)  # nine working days from Monday the 9th


@pytest.fixture
def given(office, case):
    return commissioned(office, case)


def commissioned(office, case, **values):
    asked = {"section": office.archive, "person": office.archivist, "asked": "请查验收材料", "answer_by": DUE}
    return actions.commission(case, by=office.clerk, **{**asked, **values})


def letters() -> list[str]:
    return [each.payload["subject"] for each in OutboxItem.objects.filter(kind="mail.send").order_by("pk")]


@pytest.fixture
def _mail(settings, tmp_path):
    settings.MAIL_URL, settings.MAIL_FROM = f"file://{tmp_path}", "gongkai@example.gov.cn"


def test_what_is_asked_is_sealed_and_answered_by_whoever_was_asked(office, given):
    """PII-03."""
    assert "验收" not in given.asked
    with time_machine.travel(at(date(2026, 3, 24)), tick=False):
        given = actions.answer(given, answer="查到一件", by=office.archivist)

    assert (given.unseal("asked"), given.unseal("answer")) == ("请查验收材料", "查到一件")
    assert words_of(given, calendar()) == "已答复，迟2个工作日"


def test_a_unit_outside_answers_through_whoever_keeps_after_it(office, case):
    given = commissioned(office, case, section=None, unit="示例市档案馆", person=office.clerk)

    given = actions.answer(given, answer="无此件", on=TODAY, by=office.clerk)

    assert (str(given), words_of(given, calendar())) == ("协办示例市档案馆", "已答复")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"asked": " "}, "请填写要求办理的内容"),
        ({"answer_by": date(2026, 3, 6)}, "早于今天"),
        ({"answer_by": date(2026, 4, 1)}, "晚于答复期限2026-03-30"),
        ({"unit": "示例市档案馆"}, "请选填一项"),
        ({"section": None}, "请选填一项"),
    ],
)
def test_a_commission_that_cannot_be_is_refused(office, case, values, words):
    before = kept(Commission, OutboxItem)

    with pytest.raises(Refusal, match=words):
        commissioned(office, case, **values)

    assert kept(Commission, OutboxItem) == before


def test_only_whoever_was_asked_answers_and_once(office, given):
    stranger = office.head
    before = kept(Commission)
    with pytest.raises(Refusal, match="登记台账"):
        actions.answer(given, answer="无", by=stranger)
    with pytest.raises(Refusal, match="早于交办日期"):
        actions.answer(given, answer="无", on=date(2026, 3, 6), by=office.archivist)
    assert kept(Commission) == before

    actions.answer(given, answer="有", by=office.archivist)
    before = kept(Commission)
    for act in (
        partial(actions.answer, given, answer="无", by=office.archivist),
        partial(actions.call_back, given, reason="不需要了", by=office.clerk),
    ):
        with pytest.raises(Refusal, match="已于2026-03-09答复"):
            act()
    assert kept(Commission) == before


def test_a_closed_case_wants_no_answer(office, case, given):
    applications.close(case, on=TODAY, by=office.clerk, outcome="other_remaining")
    before = kept(Commission)

    with pytest.raises(Refusal, match="已经办结"):
        actions.answer(given, answer="有", by=office.archivist)

    assert kept(Commission) == before
    assert list(to_do.waiting(office.archivist, TODAY)) == []


def test_what_is_called_back_waits_for_nobody(office, given):
    assert [each.kind for each in to_do.waiting(office.archivist, TODAY)] == ["交办"]

    actions.call_back(given, reason="已由别处提供", by=office.clerk)

    given.refresh_from_db()
    assert words_of(given, calendar()) == "已收回：已由别处提供"
    assert list(to_do.waiting(office.archivist, TODAY)) == []


@pytest.mark.usefixtures("_mail")
def test_reminders_go_out_on_four_days_once_each_however_often_the_worker_looks(office, given):
    """TIM-09: 5, 3, 1 working days before and on the day; also after a restart, with looks all day long."""
    written, day = [], TODAY
    while day <= DUE + timedelta(days=3):
        for hour in (7, 8, 12, 23):
            count = CommissionReminder.objects.count()
            with time_machine.travel(at(day, hour), tick=False):
                tasks.arrange(at(day, hour))
            if CommissionReminder.objects.count() > count:
                written.append((day, hour))
        day += timedelta(days=1)

    assert written == [
        (date(2026, 3, 13), 8),
        (date(2026, 3, 17), 8),
        (date(2026, 3, 19), 8),
        (date(2026, 3, 20), 8),
    ]
    assert letters() == [
        "公开申请交办：请于2026-03-20前办理",
        "公开申请交办提醒：还剩5个工作日",
        "公开申请交办提醒：还剩3个工作日",
        "公开申请交办提醒：还剩1个工作日",
        "公开申请交办提醒：今天到期",
    ]


@pytest.mark.usefixtures("_mail")
def test_a_day_without_a_worker_is_caught_up_with_once(office, given):
    """TIM-09: the worker was away from Friday to Wednesday; two marks have passed, one letter goes out."""
    assert reminders.remind(date(2026, 3, 18)) == 1
    assert reminders.remind(date(2026, 3, 18)) == 0
    assert letters()[-1] == "公开申请交办提醒：还剩2个工作日"


@pytest.mark.usefixtures("_mail")
def test_a_mark_that_had_passed_when_it_was_asked_is_no_mark(office, case):
    commissioned(office, case, answer_by=date(2026, 3, 12))

    assert [reminders.remind(date(2026, 3, day)) for day in (9, 10, 11, 12, 13)] == [0, 0, 1, 1, 0]


def test_with_mail_off_nothing_is_noted_and_nothing_is_lost(office, given, settings, tmp_path):
    settings.MAIL_URL = ""
    assert (reminders.remind(date(2026, 3, 13)), CommissionReminder.objects.count()) == (0, 0)

    settings.MAIL_URL, settings.MAIL_FROM = f"file://{tmp_path}", "gongkai@example.gov.cn"
    assert reminders.remind(date(2026, 3, 13)) == 1


@pytest.mark.usefixtures("_mail")
@pytest.mark.django_db(transaction=True)
def test_two_workers_send_one_reminder(office, given):
    """TIM-09, REL-04."""
    for day in (13, 17, 19, 20):
        at_once(*[partial(reminders.remind, date(2026, 3, day)) for _ in range(3)])

    assert CommissionReminder.objects.count() == 4
    assert len(letters()) == 5


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_is_kept(office, given):
    """REL-03."""
    answers = at_once(
        partial(actions.answer, given, answer="甲", by=office.archivist),
        partial(actions.answer, given, answer="乙", by=office.clerk),
    )

    assert sorted(answer == "done" for answer in answers) == [False, True]
    assert "已于2026-03-09答复" in next(answer for answer in answers if answer != "done")

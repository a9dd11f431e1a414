"""待办和提醒. What falls due stands on the home page and in the calendar; letters go once a person (TIM-09)."""

from datetime import date

import pytest

from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.desk import home
from gongkai.duties.remedies import actions, reminding, to_do
from gongkai.duties.remedies.models import Reminder
from gongkai.outbox.models import OutboxItem
from tests.duties.remedies.files import a_reconsideration, overturned, served
from tests.factories.agencies import SectionFactory, keeper
from tests.factories.applications import replied
from tests.factories.people import a_person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 16)


@pytest.fixture
def clerk():
    return keeper(email="jia@example.gov.cn")


@pytest.fixture
def _mail(settings, tmp_path):
    settings.MAIL_URL = f"file://{tmp_path}/mail"


def titles(found):
    return [(each.kind, each.title, each.due_on) for each in found]


def test_what_falls_due_waits_for_its_handler(clerk):
    colleague = keeper(agency=clerk.agency)
    mine = served(a_reconsideration(clerk, handler=clerk), clerk)

    assert titles(to_do.waiting(clerk, TODAY)) == [
        ("复议", "示府复〔2026〕1号　提交书面答复", date(2026, 3, 20))
    ]
    assert titles(to_do.waiting(colleague, TODAY)) == []
    assert titles(to_do.coming(colleague, TODAY)) == titles(to_do.waiting(clerk, TODAY))
    assert home.waiting(clerk, TODAY).rows[0].due == "还剩4个工作日"
    actions.void_file(mine, reason="重复立卷", by=clerk)
    assert titles(to_do.waiting(clerk, TODAY)) == []


def test_what_nobody_was_given_waits_for_the_keepers_of_its_section(clerk):
    section = SectionFactory(agency=clerk.agency)
    inside = keeper(agency=clerk.agency, section=section)
    elsewhere = keeper(agency=clerk.agency, section=SectionFactory(agency=clerk.agency))
    served(a_reconsideration(clerk, section=section), clerk)

    counts = [len(titles(to_do.waiting(each, TODAY))) for each in (inside, elsewhere, clerk)]
    assert counts == [1, 0, 1]
    assert titles(to_do.waiting(keeper(), TODAY)) == []
    assert titles(to_do.coming(a_person(clerk.agency), TODAY)) == []


def test_an_overturned_reply_and_a_correction_wait_too(clerk):
    second = a_person(clerk.agency, Power.REVIEW_LEGALITY)
    file = overturned(clerk, application=replied(clerk), handler=clerk)
    actions.propose(
        file.events.get(kind="decided"),
        happened_on=date(2026, 4, 23),
        served_on=date(2026, 4, 28),
        decision="revoked_anew",
        reason="笔误",
        by=clerk,
    )

    assert titles(to_do.waiting(clerk, TODAY)) == [
        ("复议", "示府复〔2026〕1号　履行", date(2026, 5, 28)),
        ("复议", "示府复〔2026〕1号　重新办理申请", None),
    ]
    assert titles(to_do.waiting(second, TODAY)) == [("复议", "示府复〔2026〕1号　复核更正", None)]


@pytest.mark.usefixtures("_mail")
def test_letters_go_at_five_three_and_one_working_days_and_on_the_day(clerk):
    """TIM-09."""
    served(a_reconsideration(clerk, handler=clerk), clerk)  # due on Friday, 20 March
    days = [date(2026, 3, day) for day in range(9, 24)]

    written = {day: reminding.remind(day) + reminding.remind(day) for day in days}

    assert {day.day: count for day, count in written.items() if count} == {13: 1, 17: 1, 19: 1, 20: 1}
    assert list(Reminder.objects.order_by("pk").values_list("days_left", flat=True)) == [5, 3, 1, 0]
    letters = [item.payload for item in OutboxItem.objects.filter(kind="mail.send")]
    assert len(letters) == 4
    assert {letter["person"] for letter in letters} == {clerk.public_id}
    assert not any("jia@example.gov.cn" in str(letter) for letter in letters)


def test_without_a_handler_the_keepers_are_told(clerk):
    section = SectionFactory(agency=clerk.agency)
    inside = keeper(agency=clerk.agency, section=section)
    served(a_reconsideration(clerk, section=section), clerk)
    served(a_reconsideration(clerk), clerk)

    reminding.remind(date(2026, 3, 13))

    assert list(Reminder.objects.order_by("file", "person").values_list("file", "person")) == sorted(
        (file, person)
        for file, people in zip(
            Reminder.objects.order_by("file").values_list("file", flat=True).distinct(),
            ([inside.pk], [clerk.pk, inside.pk]),
            strict=True,
        )
        for person in people
    )


def test_who_has_left_is_told_nothing(clerk):
    gone = keeper(agency=clerk.agency)
    served(a_reconsideration(clerk, handler=gone), clerk)
    Person.objects.filter(pk=gone.pk).update(is_active=False)

    reminding.remind(date(2026, 3, 13))

    assert [each.person for each in Reminder.objects.all()] == [clerk]

"""夜间检查: one open finding of a kind, told once to whoever keeps it, closed by itself when it is mended."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.audit.models import Entry
from gongkai.duties.catalogue.statutory import duties
from gongkai.duties.catalogue.upkeep import actions, checking, hurry, queries, tasks, to_do
from gongkai.duties.catalogue.upkeep.models import Check, Finding
from gongkai.host_clock.models import Doubt, HostClock
from gongkai.outbox.models import OutboxItem
from gongkai.outbox.worker import run_waiting
from tests.duties.catalogue.upkeep.conftest import TODAY, at, days_ago
from tests.factories.people import a_person

pytestmark = pytest.mark.django_db
Kind = Finding.Kind


@pytest.fixture(autouse=True)
def _mail(settings, tmp_path):
    settings.MAIL_URL, settings.MAIL_FROM = f"file://{tmp_path / 'mail'}", "gongkai@example.gov.cn"


@pytest.fixture
def quiet(office):
    """Every duty said not to concern the agency, so that only columns are found."""
    for duty in duties(office.agency):
        actions.leave_out(duty.key, reason="示例", by=office.manager)
    return office


def night(now, later=0):
    """The worker's night: arranged, then done."""
    now.move_to(at(TODAY + timedelta(days=later), 2))
    tasks.arrange(timezone.now())
    while run_waiting():
        pass


def letters():
    return list(OutboxItem.objects.filter(kind="mail.send").order_by("pk"))


def to(letter):
    return Person.objects.get(public_id=letter.payload["person"]).name


def test_an_overdue_column_is_found_told_once_and_closed_when_it_is_updated(quiet, now):
    column = quiet.column(owner=quiet.owner)
    quiet.item(column, days_ago(15))

    night(now)
    night(now, later=1)

    (finding,) = Finding.objects.all()
    assert (finding.kind, finding.column, finding.since) == (Kind.COLUMN_OVERDUE, column, TODAY)
    assert finding.text.endswith("最迟2026年11月24日更新")
    (letter,) = letters()
    assert to(letter) == "甲示例"
    assert letter.payload["subject"] == "公开提醒：1处需要办理"
    assert "栏目超期：工作动态。" in letter.payload["text"]
    assert finding.reminded_at is not None

    quiet.item(column, TODAY + timedelta(days=1))
    night(now, later=2)

    finding.refresh_from_db()
    assert finding.closed_at is not None
    assert [(each.opened, each.closed) for each in Check.objects.order_by("checked_on")] == [
        (1, 0),
        (0, 0),
        (0, 1),
    ]


def test_what_is_overdue_again_is_a_finding_of_its_own(quiet, now):
    column = quiet.column(owner=quiet.owner)
    quiet.item(column, days_ago(15))
    night(now)
    quiet.item(column, TODAY)
    night(now, later=1)
    night(now, later=16)

    kinds = [(each.kind, each.closed_at is None) for each in Finding.objects.order_by("pk")]
    assert kinds == [(Kind.COLUMN_OVERDUE, False), (Kind.COLUMN_OVERDUE, True)]
    assert len(letters()) == 2


def test_a_person_gets_one_letter_for_all_that_is_new(quiet, now):
    for name in ("工作动态", "要闻"):
        quiet.item(quiet.column(name, owner=quiet.owner), days_ago(20))

    night(now)

    assert [letter.payload["subject"] for letter in letters()] == ["公开提醒：2处需要办理"]


def test_without_an_owner_the_drafters_of_the_section_are_told_and_else_who_manages_columns(quiet, now):
    quiet.item(quiet.column("工作动态"), days_ago(20))
    quiet.item(quiet.column("信息化", owner_section=quiet.centre), days_ago(20))

    night(now)

    assert {to(letter): letter.payload["text"].count("栏目超期") for letter in letters()} == {
        "甲示例": 1,
        "戊示例": 1,
    }


def test_an_owner_who_has_left_is_not_told(quiet, now):
    quiet.item(quiet.column(owner=quiet.owner), days_ago(20))
    Person.objects.filter(pk=quiet.owner.pk).update(is_active=False)

    night(now)

    assert [to(letter) for letter in letters()] == ["戊示例"]


def test_a_duty_is_told_to_its_owner_and_a_gap_to_who_hands_down(office, now):
    office.handed_down(period_days=10)
    office.item(office.column("预决算", "policy_documents"), days_ago(11), article_20_duty="budgets")

    night(now)

    by_kind = {kind: Finding.objects.filter(kind=kind).count() for kind in (Kind.DUTY_OVERDUE, Kind.DUTY_GAP)}
    assert by_kind == {Kind.DUTY_OVERDUE: 1, Kind.DUTY_GAP: 21}
    told = {to(letter): letter.payload["text"] for letter in letters()}
    assert "职责超期：（七）财政预算、决算信息" in told["甲示例"]
    assert told["戊示例"].count("职责没有落实") == 21


def test_hurried_filling_is_found_told_nobody_and_gone_after_thirty_days(quiet, now):
    column = quiet.column("通知公告", "notices", owner=quiet.owner)
    for _ in range(6):
        quiet.item(column, days_ago(3))

    night(now)

    (finding,) = Finding.objects.all()
    assert (finding.kind, finding.since, finding.closed_at) == (Kind.COLUMN_HURRIED, days_ago(3), None)
    assert letters() == []
    night(now, later=28)
    finding.refresh_from_db()
    assert finding.closed_at is not None


@pytest.mark.parametrize("by_mail", [True, False])
def test_filling_in_a_hurry_after_our_own_reminder_shows(quiet, now, settings, by_mail):
    """On the desk it stands either way; only what a letter was written about has a time of it."""
    settings.MAIL_URL = settings.MAIL_URL if by_mail else ""
    column = quiet.column(owner=quiet.owner)
    for number in range(20):
        quiet.item(column, days_ago(20 + 14 * number))
    night(now)
    assert (Finding.objects.get().reminded_at is not None) is by_mail
    for minute in range(0, 50, 10):
        quiet.item(column, TODAY, entered=at(TODAY, 9, minute))

    counts = queries.days(quiet.agency, first=days_ago(400), last=TODAY)
    signs = hurry.signs(quiet.agency, [column], counts, first=days_ago(30), last=TODAY)

    assert [sign.text for sign in signs[column.pk]] == [
        "2026年11月25日有通知或者提醒，11月25日一小时内发布5条"
    ]


def test_the_check_is_arranged_once_a_night_and_not_before_one_oclock(quiet, now):
    quiet.column()
    now.move_to(at(TODAY, 0, 59))
    tasks.arrange(timezone.now())
    assert not Check.objects.exists()

    now.move_to(at(TODAY, 1))
    tasks.arrange(timezone.now())
    tasks.arrange(timezone.now())

    assert OutboxItem.objects.filter(kind="upkeep.check").count() == 1


def test_a_check_done_twice_finds_nothing_twice(quiet, now):
    quiet.item(quiet.column(owner=quiet.owner), days_ago(20))
    night(now)
    done = Check.objects.get()

    checking.check(done.public_id)
    said = StringIO()
    call_command("check_columns", "--list", stdout=said)
    assert "新发现0处，已改好0处，现在没有改好的1处。\n  栏目超期：工作动态：" in said.getvalue()

    assert Finding.objects.count() == 1
    assert len(letters()) == 1
    assert Entry.objects.filter(action="upkeep.check.done").count() == 2

    HostClock.objects.create(name="host", newest=timezone.now(), doubt=Doubt.SET_BACK)
    with pytest.raises(CommandError):  # TIM-05: nothing that only the date asks for
        call_command("check_columns")
    assert Entry.objects.filter(action="upkeep.check.done").count() == 2


def test_what_is_overdue_or_nearly_stands_on_the_owners_list_with_its_day(quiet):
    late, nearly = quiet.column(owner=quiet.owner), quiet.column("要闻", owner=quiet.owner)
    quiet.item(late, days_ago(16))
    quiet.item(nearly, days_ago(12))
    quiet.item(quiet.column("正常栏目", owner=quiet.owner), TODAY)

    found = list(to_do.waiting(quiet.owner, TODAY))

    assert [(each.title, each.due_on) for each in found] == [
        ("工作动态　16天没有更新", days_ago(2)),
        ("要闻　12天没有更新", days_ago(-2)),
    ]
    assert list(to_do.waiting(quiet.reviewer, TODAY)) == []
    assert len(list(to_do.coming(quiet.reviewer, TODAY))) == 2
    assert list(to_do.coming(quiet.owner, TODAY)) == []  # neither reads registers nor manages columns


def test_a_keeper_of_a_duty_sees_it_and_a_manager_sees_the_gaps(office):
    office.handed_down()

    assert [each.title for each in to_do.waiting(office.owner, TODAY)] == ["（七）财政预算、决算信息　空白"]
    assert [each.title for each in to_do.waiting(office.manager, TODAY)] == ["公开职责有21项没有落实"]


def test_somebody_of_another_section_is_not_asked(quiet):
    quiet.item(quiet.column(), days_ago(20))
    elsewhere = a_person(quiet.agency, Power.DRAFT_ITEMS, name="丁示例", section=quiet.centre)

    assert list(to_do.waiting(elsewhere, TODAY)) == []
    assert len(list(to_do.waiting(quiet.owner, TODAY))) == 1

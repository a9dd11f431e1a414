"""TIM-05: the host's clock set back or ahead is noticed and told; no deadline is shortened or hidden by it, nothing is done
because of it, and the stored order holds."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.actions.sign_in import disable_if_unused
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.audit.models import Entry
from gongkai.audit.proof import prove
from gongkai.duties.applications import actions
from gongkai.duties.applications.models import Application
from gongkai.host_clock import queries
from gongkai.host_clock.actions import confirm, look
from gongkai.host_clock.judging import LONGEST_SILENCE, TOLERANCE, judge
from gongkai.host_clock.models import Doubt, HostClock
from gongkai.host_clock.reading import Reading, read
from gongkai.host_clock.tasks import Watch
from gongkai.operations.doctor import FAULT, FINE
from gongkai.operations.doctor import _clock as doctors_answer
from gongkai.operations.worker import _is_due
from gongkai.outbox.daily_cap import HELD
from gongkai.outbox.models import OutboxItem
from gongkai.outbox.worker import run_waiting
from tests.factories.agencies import keeper
from tests.factories.applications import application
from tests.factories.people import a_person, enter

NOW = datetime(2026, 3, 20, 2, 0, tzinfo=UTC)
HOUR, DAY, YEAR = timedelta(hours=1), timedelta(days=1), timedelta(days=365)
SHIFTS = {
    f"{way} {name}": sign * by
    for way, sign in (("back", -1), ("ahead", 1))
    for name, by in (("an hour", HOUR), ("a day", DAY), ("a year", YEAR))
}
SECOND = timedelta(seconds=1)


def reading(at=NOW, *, ran_for=100.0, boot="第一次开机"):
    return Reading(at, boot, ran_for)


# 判断


@pytest.mark.parametrize(
    ("now", "doubt"),
    [
        (reading(NOW + HOUR, ran_for=3700), None),  # an hour later, by the machine's own count too
        (reading(NOW + HOUR - TOLERANCE, ran_for=3700), None),  # a mild correction
        (reading(NOW + HOUR + TOLERANCE, ran_for=3700), None),
        (
            reading(NOW + HOUR - TOLERANCE - SECOND, ran_for=3700),
            Doubt.SET_BACK,
        ),  # later than before, and yet
        (reading(NOW + HOUR + TOLERANCE + SECOND, ran_for=3700), Doubt.JUMPED),
        (reading(NOW - TOLERANCE, boot="第二次开机"), None),
        (reading(NOW - TOLERANCE - SECOND, boot="第二次开机"), Doubt.SET_BACK),
        (reading(NOW + LONGEST_SILENCE, boot="第二次开机"), None),  # switched off over the holidays
        (reading(NOW + LONGEST_SILENCE + SECOND, boot="第二次开机"), Doubt.JUMPED),
        (reading(NOW + HOUR, ran_for=3.0), None),  # counts from anew under the same name: started anew
        (reading(NOW + DAY, boot="", ran_for=101.0), None),  # the system does not tell
    ],
)
def test_tim_05_what_is_noticed_and_what_is_a_mild_correction(now, doubt):
    found = judge(reading(), now)

    assert (found and found.doubt) == doubt


def test_tim_05_the_newest_entry_is_a_measure_also_on_the_first_look():
    assert judge(None, reading(), stored=NOW + HOUR).doubt == Doubt.SET_BACK
    assert judge(None, reading(), stored=NOW + TOLERANCE) is None


def test_the_machine_tells_how_long_it_has_run():
    first, second = read(), read()

    assert first.boot == second.boot
    assert first.ran_for <= second.ran_for
    assert judge(first, second) is None


# 后果


@pytest.mark.django_db
@pytest.mark.parametrize("shift", SHIFTS.values(), ids=SHIFTS)
def test_tim_05_it_is_told_everywhere_and_no_deadline_is_shortened_or_hidden(client, shift):
    with time_machine.travel(NOW, tick=False):
        clerk = keeper()
        late = application(clerk, received_on=date(2026, 2, 2))  # due on 11 March
        soon = application(clerk, received_on=date(2026, 3, 2))
        due = {case.pk: case.due_on for case in (late, soon)}
        administrator = a_person(clerk.agency, administrator="system")
        assert look("示例主机", reading())

    with time_machine.travel(NOW + shift, tick=False) as traveller:
        assert not look("示例主机", reading(NOW + shift, ran_for=110))
        assert not look("示例主机", reading(NOW + shift, ran_for=140)), "told once"
        before = Entry.objects.order_by("-sequence").first()
        assert before.action == f"host_clock.{'set_back' if shift < timedelta() else 'jumped'}"
        step = date(2026, 3, 6) if timezone.localdate() > date(2026, 3, 6) else timezone.localdate()
        if step.year == 2026:
            actions.ask_for_correction(soon, on=step, by=clerk)

        enter(client, clerk)
        page = client.get(reverse("applications:overdue"), {"show": "late"})
        home = client.get(reverse("desk:home"))
        case = client.get(reverse("applications:case", args=[late.public_id])).content.decode()
        health = client.get(reverse("desk:health"))
        enter(client, administrator)
        system = client.get(reverse("desk:system"))
        assert late.register_number in page.content.decode()
        assert "已超期" in case
        assert "服务器的时间不可信" in home.content.decode()
        assert (health.status_code, health.content) == (503, b"host clock\n")
        assert "都停着" in system.content.decode()
        assert [answer.level for answer in doctors_answer()] == [FAULT]
        assert Application.objects.get(pk=late.pk).due_on == due[late.pk]

        enter(client, administrator)
        client.post(reverse("desk:confirm_clock"), {"reason": ""})
        assert not queries.in_order(), "not without a word on how it was checked"
        client.post(reverse("desk:confirm_clock"), {"reason": "10:32与国家授时中心一致"})
        traveller.shift(timedelta(seconds=30))
        assert look("示例主机", reading(NOW + shift + 30 * SECOND, ran_for=170))
        assert [answer.level for answer in doctors_answer()] == [FINE]
        assert client.get(reverse("desk:health")).status_code == 200

    entries = list(Entry.objects.order_by("sequence"))
    assert [entry.sequence for entry in entries] == list(range(1, len(entries) + 1))
    assert Entry.objects.filter(action__startswith="host_clock.").count() == 2
    assert prove("default").holds


@pytest.mark.django_db
def test_tim_05_put_right_again_it_goes_on_by_itself_and_the_alarm_stays_until_confirmed():
    with time_machine.travel(NOW, tick=False) as traveller:
        clerk = keeper()
        look("示例主机", reading())
        traveller.shift(YEAR)
        look("示例主机", reading(NOW + YEAR, ran_for=110))
        application(clerk, received_on=date(2026, 3, 2))  # an entry a year ahead of its time
        traveller.move_to(NOW + 60 * SECOND)

        assert look("示例主机", reading(NOW + 60 * SECOND, ran_for=160))

        assert queries.in_order()
        assert "现在的时间已经接上" in queries.alarm()
        assert confirm(by=clerk, reason="已核对")
        assert (queries.alarm(), queries.to_confirm()) == ("", False)
        assert not confirm(by=clerk, reason="已核对")
    assert list(
        Entry.objects.filter(action__startswith="host_clock.")
        .order_by("sequence")
        .values_list("action", flat=True)
    ) == ["host_clock.jumped", "host_clock.restored", "host_clock.confirmed"]


@pytest.mark.django_db
def test_tim_05_without_a_worker_the_desk_sees_a_clock_behind_the_newest_entry():
    with time_machine.travel(NOW, tick=False) as traveller:
        application(keeper(), received_on=date(2026, 3, 2))
        assert queries.health().good
        traveller.shift(-HOUR)

        found = queries.health()

    assert not found.good
    assert "最近一条审计记录" in found.words


@pytest.mark.django_db
def test_tim_05_a_year_ahead_disables_nobody_and_releases_nothing_before_its_time(settings):
    settings.OUTBOX_TASKS = {"put": f"{__name__}.put"}
    with time_machine.travel(NOW, tick=False) as traveller:
        person = keeper(last_seen_at=NOW)
        OutboxItem.objects.create(kind="put", payload={"name": "scheduled"}, not_before=NOW + DAY)
        OutboxItem.objects.create(kind="put", payload={"name": "at once"})
        look("示例主机", reading())
        traveller.shift(YEAR)
        look("示例主机", reading(NOW + YEAR, ran_for=110))

        assert not disable_if_unused(person)
        run_waiting(on_time=queries.in_order())
        traveller.move_to(NOW + DAY)
        look("示例主机", reading(NOW + DAY, ran_for=100 + DAY.total_seconds()))
        assert done == ["at once"]
        run_waiting(on_time=queries.in_order())

    assert done == ["at once", "scheduled"]
    assert Person.objects.get(pk=person.pk).is_active


@pytest.mark.django_db
def test_tim_05_a_pause_counted_by_a_clock_that_ran_ahead_is_over(settings):
    """Tried, or held by the day's cap, while it was next year: not done only then."""
    settings.OUTBOX_TASKS = {"put": f"{__name__}.put"}
    with time_machine.travel(NOW, tick=False):
        later = NOW + YEAR
        OutboxItem.objects.create(kind="put", payload={"name": "tried"}, attempts=1, not_before=later)
        OutboxItem.objects.create(kind="put", payload={"name": "held"}, failure=HELD, not_before=later)
        OutboxItem.objects.create(kind="put", payload={"name": "next year"}, not_before=later)

        run_waiting()

    assert done == ["tried", "held"]


def test_tim_05_rounds_do_not_wait_for_a_clock_that_was_set_back_to_come_round_again():
    assert _is_due(NOW, NOW - YEAR, HOUR)
    assert _is_due(NOW, NOW + HOUR, HOUR)
    assert not _is_due(NOW, NOW + HOUR - SECOND, HOUR)


@pytest.mark.django_db
def test_a_worker_looks_at_once_when_the_clock_moves_and_not_at_every_turn(django_assert_num_queries):
    with time_machine.travel(NOW, tick=False) as traveller:
        watch = Watch("示例主机")
        assert watch.go()
        with django_assert_num_queries(0):
            assert watch.go()
        traveller.shift(HOUR)
        assert not watch.go()
        traveller.shift(-HOUR)
        assert watch.go()
        assert HostClock.objects.get().found == Doubt.JUMPED
        assert confirm(by=keeper(), reason="已核对")
        traveller.shift(HOUR)
        assert not watch.go(), "also before the first look after a confirmation"


@pytest.mark.django_db
def test_ses_01_a_session_of_a_clock_that_ran_ahead_ends(client):
    """TIM-05: it would not fall idle for a year."""
    with time_machine.travel(NOW + YEAR, tick=False) as traveller:
        enter(client, a_person(keeper().agency, Power.READ_REGISTERS))
        assert client.get(reverse("desk:home")).status_code == 200
        traveller.move_to(NOW)
        assert client.get(reverse("desk:home")).status_code == 302
        assert "服务器的时间调整过" in client.get(reverse("agencies:log_in")).content.decode()


done: list = []


def put(payload):
    done.append(payload["name"])


@pytest.fixture(autouse=True)
def _nothing_done():
    done.clear()

"""TIM-09 with two real workers: time goes by day after day, and again and again one of them is killed, mostly just when a
reminder or a letter has been written. On files and on PostgreSQL; the letters arrive by SMTP."""

import random
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.policy import default

import pytest

from tests.duties.applications.handling.office import at
from tests.gateways.mail_server import Box, Loopback
from tests.host_clock.set_by_hand import WITHOUT, Operator, SetByHand, library
from tests.portal.intake.a_portal import from_models

pytestmark = [
    pytest.mark.prove,
    pytest.mark.skipif(library() is None, reason=WITHOUT),
    pytest.mark.filterwarnings("ignore:.*:DeprecationWarning:aiosmtpd"),
]
# Friday the 20th is the day; 14 and 15, 21 and 22 are Saturdays and Sundays.
MARKS = {13: 5, 17: 3, 19: 1, 20: 0}
DAYS = (12, 13, 14, 16, 17, 18, 19, 20, 21, 22)
KILLS_A_DAY = 4
_PATIENCE = 1200  # seconds for one day
_OPENED = """
from datetime import date
from gongkai.agencies.models import Agency
from gongkai.duties.applications.handling import actions
from tests.duties.applications.handling.office import Office
from tests.duties.remedies.files import a_reconsideration, served
from tests.factories.people import a_person
office = Office(agency=Agency.objects.get())
a_person(office.agency, administrator="system", username="admin")
case = office.case(received_on=date(2026, 2, 14), section=office.section)
assert case.due_on == date(2026, 3, 20)
served(a_reconsideration(office.archivist, handler=office.archivist), office.archivist)
actions.commission(office.case(), section=office.archive, person=office.archivist, asked="请查验收材料",
                   answer_by=date(2026, 3, 20), by=office.clerk)
answer = [office.clerk.public_id, office.archivist.public_id]
"""
_SEEN = """
from gongkai.agencies.models import Person
from gongkai.duties.applications.clocks.models import Counted, Reminder
from gongkai.duties.applications.handling.models import CommissionReminder
from gongkai.duties.remedies.models import Reminder as CaseReminder
from gongkai.host_clock.actions import confirm
from gongkai.host_clock.queries import in_order
from gongkai.outbox.models import OutboxItem
confirmed = confirm(by=Person.objects.get(username="admin"), reason="与国家授时中心一致")
mail = OutboxItem.objects.filter(kind="mail.send")
answer = {
    "in order": in_order(),
    "counted": [str(day) for day in Counted.objects.values_list("on", flat=True)],
    "cases": list(Reminder.objects.order_by("pk").values_list("application", "person__public_id", "working_days_left")),
    "commissions": list(CommissionReminder.objects.order_by("pk").values_list("commission", "person__public_id", "days_before")),
    "files": list(CaseReminder.objects.order_by("pk").values_list("file", "person__public_id", "days_left")),
    "letters": [(each.payload["person"], each.payload["subject"], each.payload["key"]) for each in mail],
    "not done": mail.exclude(status="done").count(),
}
"""
_PROVED = """
from gongkai.audit.proof import prove
answer = [prove(alias, anchors=[]).holds for alias in ("default", "public")]
"""


class Workers:
    """两个后台; whichever is killed is started again."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._environment, self.kills = environment, 0
        self._running = [self._start(), self._start()]

    def kill(self, which: int) -> None:
        self._running[which].kill()
        self._running[which].wait()
        self._running[which] = self._start()
        self.kills += 1

    def end(self) -> None:
        for each in self._running:
            each.kill()
            each.wait()

    def _start(self) -> subprocess.Popen:
        words = [sys.executable, "-m", "gongkai", "serve", "worker"]
        return subprocess.Popen(words, env=self._environment, stderr=subprocess.DEVNULL)


@pytest.fixture
def box():
    found = Box()
    controller = Loopback(found, hostname="127.0.0.1", port=0)
    controller.start()
    found.port = controller.port
    yield found
    controller.stop()


def test_tim_09_two_workers_killed_again_and_again_remind_once(tmp_path, box, record_property):
    chance, clock = random.Random(9), SetByHand(tmp_path)
    _turn_to(clock, 9)
    mail = {"EMAIL_URL": f"smtp://127.0.0.1:{box.port}", "EMAIL_FROM": "gongkai@example.gov.cn"}
    environment = from_models(tmp_path / "home", **clock.surroundings, **mail)
    operator = Operator(environment)
    clerk, archivist = operator.ask(_OPENED)
    workers = Workers(environment)
    try:
        for day in DAYS:
            _turn_to(clock, day)
            _a_day(day, operator, workers, chance)
        seen = operator.ask(_SEEN)
        assert operator.ask(_PROVED) == [True, True]
    finally:
        workers.end()
        operator.end()

    marks = list(MARKS.values())
    assert workers.kills >= KILLS_A_DAY * len(DAYS)
    people = {person for _, person, _ in seen["cases"]}
    assert len(people) == 2
    assert clerk in people
    assert Counter(mark for _, _, mark in seen["cases"]) == Counter(marks * 2)
    assert len({tuple(row) for row in seen["cases"]}) == len(seen["cases"])
    for kind in ("commissions", "files"):
        assert [(person, mark) for _, person, mark in seen[kind]] == [(archivist, mark) for mark in marks]
    reminding = [each for each in seen["letters"] if "还剩" in each[1] or "今天到期" in each[1]]
    assert len(reminding) == 3 * len(marks)
    assert len({(person, subject) for person, subject, _ in reminding}) == len(reminding)
    assert seen["not done"] == 0
    arrived = Counter(message_from_bytes(each[2], policy=default)["Message-ID"] for each in box.arrived)
    assert set(arrived) == {f"<{key}@example.gov.cn>" for _, _, key in seen["letters"]}
    twice = sum(count - 1 for count in arrived.values())
    record_property("kills, letters, sent again", (workers.kills, len(arrived), twice))
    print(f"{workers.kills} kills, {len(arrived)} letters, {twice} sent again")  # noqa: T201


def _turn_to(clock: SetByHand, day: int) -> None:
    """Half past eight on this day of March 2026, in Beijing."""
    clock.set(at(date(2026, 3, day), 8) + timedelta(minutes=30) - datetime.now(UTC))


def _a_day(day: int, operator: Operator, workers: Workers, chance: random.Random) -> None:
    """Until what this day brings is written, and the workers have been killed often enough."""
    end, kills, before, left = time.monotonic() + _PATIENCE, 0, None, 2
    last = len([mark for mark in MARKS if mark <= day])
    while True:
        seen = operator.ask(_SEEN)
        written = [len(seen["cases"]), len(seen["commissions"]), len(seen["files"]), seen["not done"]]
        is_done = written[:3] == [2 * last, last, last] and seen["counted"] == [f"2026-03-{day:02}"]
        if is_done and seen["in order"] and kills >= KILLS_A_DAY:
            left -= seen["not done"] == 0 or day != DAYS[-1]
            if not left:
                return
        if before and (written != before or chance.random() < 0.03 or (is_done and kills < KILLS_A_DAY)):
            workers.kill(chance.randrange(2))
            kills += 1
        before = written
        assert time.monotonic() < end, (day, seen)
        time.sleep(chance.random() * 0.4)

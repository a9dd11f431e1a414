"""TIM-05 on a running installation: worker, doctor and desk in processes whose clock is set by hand, both databases."""

import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.host_clock.set_by_hand import WITHOUT, Operator, SetByHand, library
from tests.portal.intake.a_portal import from_models

pytestmark = [pytest.mark.prove, pytest.mark.skipif(library() is None, reason=WITHOUT)]
HOUR, DAY, YEAR = timedelta(hours=1), timedelta(days=1), timedelta(days=365)
SHIFTS = {
    f"{way} {name}": sign * by
    for way, sign in (("back", -1), ("ahead", 1))
    for name, by in (("an hour", HOUR), ("a day", DAY), ("a year", YEAR))
}
_PATIENCE = 600  # seconds
_OPENED = """
from datetime import timedelta
from django.utils import timezone
from gongkai.agencies.models import Agency
from tests.factories.agencies import keeper
from tests.factories.applications import application
from tests.factories.people import a_person
clerk = keeper(agency=Agency.objects.get(), username="clerk")
a_person(clerk.agency, administrator="system", username="admin")
today = timezone.localdate()
for days in (90, 10):
    case = application(clerk, received_on=today - timedelta(days=days))
answer = None
"""
_SEEN = """
from django.test import Client
from django.utils import timezone
from gongkai.agencies.models import Person
from gongkai.audit.models import Entry
from gongkai.audit.proof import prove
from gongkai.duties.applications.models import Application
from gongkai.host_clock.models import HostClock
from tests.factories.applications import application
from tests.factories.people import enter
clerk = Person.objects.get(username="clerk")
new = application(clerk, received_on=timezone.localdate()) if takes_a_step else None
def get(address, **given):
    return enter(Client(headers={"host": "127.0.0.1"}), clerk).get(address, given)
entries = list(Entry.objects.order_by("sequence").values_list("sequence", "action"))
told = [each for each in entries if each[1].startswith("host_clock.")]
step = new and Entry.objects.get(subject__endswith=new.public_id).sequence
old = Application.objects.order_by("pk")[:2]
answer = {
    "now": timezone.now().timestamp(),
    "doubt": list(HostClock.objects.values_list("doubt", flat=True)),
    "due": [str(case.due_on) for case in old],
    "late is listed": old[0].register_number in get("/applications/due/", show="late").content.decode(),
    "home tells": "服务器的时间不可信" in get("/").content.decode(),
    "health": Client(headers={"host": "127.0.0.1"}).get("/health").status_code,
    "the step comes after": new is None or step > told[-1][0],
    "sequences": [number for number, _ in entries] == list(range(1, len(entries) + 1)),
    "chain holds": prove("default", anchors=[]).holds,
    "told": [action for _, action in told],
    "active": Person.objects.filter(is_active=False).count() == 0,
}
"""
_CONFIRMED = """
from gongkai.agencies.models import Person
from gongkai.host_clock.actions import confirm
answer = confirm(by=Person.objects.get(username="admin"), reason="与国家授时中心一致")
"""
_HEALTH = """
from gongkai.host_clock.queries import health
answer = [health().good, health().words]
"""


class Installation:
    def __init__(self, clock: SetByHand, environment: dict[str, str]) -> None:
        self.clock, self.environment, self.operator = clock, environment, Operator(environment)
        self.worker: subprocess.Popen | None = None

    def start(self) -> None:
        words = [sys.executable, "-m", "gongkai", "serve", "worker"]
        self.worker = subprocess.Popen(words, env=self.environment, stderr=subprocess.DEVNULL)

    def stop(self) -> None:
        if self.worker:
            assert self.worker.poll() is None, "the worker bore it"
            self.worker.kill()
            self.worker.wait()
            self.worker = None

    def doctor(self) -> str:
        """What the operator reads about the clock."""
        done = subprocess.run(
            [sys.executable, "-m", "gongkai", "doctor"],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        return next(line for line in done.stdout.splitlines() if "主机时钟" in line)

    def until(self, *, good: bool, words: str) -> None:
        end = time.monotonic() + _PATIENCE
        while (said := self.operator.ask(_HEALTH))[0] is not good or words not in said[1]:
            assert time.monotonic() < end, said
            time.sleep(0.5)

    def seen(self, *, takes_a_step: bool = False) -> dict:
        return self.operator.ask(f"takes_a_step = {takes_a_step}\n{_SEEN}")

    def put_right(self) -> None:
        """The clock is put right, then a person confirms it."""
        self.clock.set(timedelta())
        self.until(good=False, words="已经接上")
        assert self.operator.ask(_CONFIRMED)
        self.until(good=True, words="与已存的时刻相接")


@pytest.fixture(scope="module")
def installation(tmp_path_factory) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("clock")
    clock = SetByHand(folder)
    made = Installation(clock, from_models(folder / "home", **clock.surroundings))
    made.operator.ask(_OPENED)
    yield made
    made.stop()
    made.operator.end()


@pytest.fixture
def running(installation) -> Installation:
    """With a worker that has looked at the clock."""
    if installation.worker is None:
        installation.start()
        end = time.monotonic() + _PATIENCE
        while installation.seen()["doubt"] != [""]:
            assert time.monotonic() < end
    return installation


@pytest.mark.parametrize("shift", SHIFTS.values(), ids=SHIFTS)
def test_tim_05_set_while_the_worker_runs(running, shift):
    wrong = "被拨回" if shift < timedelta() else "往前跳"
    before = running.seen()
    assert (before["doubt"], before["home tells"], before["health"]) == ([""], False, 200)

    running.clock.set(shift)
    running.until(good=False, words=wrong)
    assert running.doctor().startswith("✗")
    _holds(running, before, shift)
    running.put_right()


@pytest.mark.parametrize("shift", [HOUR, -HOUR], ids=["ahead", "back"])
def test_tim_05_set_while_the_worker_is_down(running, shift):
    """By an hour: back, it is still later than all that is stored, but for the worker's own last look."""
    before = running.seen()
    running.stop()
    running.clock.set(shift)
    running.start()
    running.until(good=False, words="被拨回" if shift < timedelta() else "往前跳")
    _holds(running, before, shift)
    running.put_right()


def _holds(installation, before, shift):
    found = installation.seen(takes_a_step=True)
    assert abs(found["now"] - time.time() - shift.total_seconds()) < 60, "the clock was set"
    assert found["due"] == before["due"], "no deadline is shortened"
    assert found["late is listed"], "none is hidden"
    assert found["home tells"]
    assert found["health"] == 503
    assert found["the step comes after"]
    assert found["sequences"]
    assert found["chain holds"]
    assert found["told"][-1] == f"host_clock.{'set_back' if shift < timedelta() else 'jumped'}"
    assert found["active"], "nobody was disabled"

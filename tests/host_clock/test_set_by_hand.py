"""TIM-05 on a running installation: worker, doctor and desk in processes whose clock is set by hand, both databases."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from tests.host_clock.set_by_hand import WITHOUT, SetByHand, library
from tests.portal.intake.a_portal import prepared, run

pytestmark = [pytest.mark.prove, pytest.mark.skipif(library() is None, reason=WITHOUT)]
HOUR, DAY, YEAR = timedelta(hours=1), timedelta(days=1), timedelta(days=365)
SHIFTS = {
    f"{way} {name}": sign * by
    for way, sign in (("back", -1), ("ahead", 1))
    for name, by in (("an hour", HOUR), ("a day", DAY), ("a year", YEAR))
}
_PATIENCE = 120  # seconds
_OPENED = """
import json
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
"""
_SEEN = """
import json
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
new = application(clerk, received_on=timezone.localdate()) if {takes_a_step} else None
def get(address, **given):
    return enter(Client(headers={{"host": "127.0.0.1"}}), clerk).get(address, given)
entries = list(Entry.objects.order_by("sequence").values_list("sequence", "action"))
told = [each for each in entries if each[1].startswith("host_clock.")]
step = new and Entry.objects.get(subject__endswith=new.public_id).sequence
old = Application.objects.order_by("pk")[:2]
print(json.dumps({{
    "now": timezone.now().timestamp(),
    "doubt": list(HostClock.objects.values_list("doubt", flat=True)),
    "due": [str(case.due_on) for case in old],
    "late is listed": old[0].register_number in get("/applications/due/", show="late").content.decode(),
    "home tells": "服务器的时间不可信" in get("/").content.decode(),
    "health": Client(headers={{"host": "127.0.0.1"}}).get("/health").status_code,
    "the step comes after": new is None or step > told[-1][0],
    "sequences": [number for number, _ in entries] == list(range(1, len(entries) + 1)),
    "chain holds": prove("default", anchors=[]).holds,
    "told": [action for _, action in told],
    "active": Person.objects.filter(is_active=False).count() == 0,
}}))
"""
_CONFIRMED = """
from gongkai.agencies.models import Person
from gongkai.host_clock.actions import confirm
assert confirm(by=Person.objects.get(username="admin"), reason="与国家授时中心一致")
"""


class Installation:
    def __init__(self, clock: SetByHand, environment: dict[str, str]) -> None:
        self.clock, self.environment = clock, environment

    def doctor(self) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "gongkai", "doctor"],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        return next(line for line in done.stdout.splitlines() if "主机时钟" in line)

    def until(self, mark: str) -> str:
        """The doctor's line about the clock, once it begins with the mark."""
        end = time.monotonic() + _PATIENCE
        while not (line := self.doctor()).startswith(mark):
            assert time.monotonic() < end, line
        return line

    def seen(self, *, takes_a_step: bool = False) -> dict:
        return json.loads(run(self.environment, "desk", _SEEN.format(takes_a_step=takes_a_step)))

    def confirm(self) -> None:
        run(self.environment, "desk", _CONFIRMED)

    @contextmanager
    def worker(self) -> Iterator[subprocess.Popen]:
        words = [sys.executable, "-m", "gongkai", "serve", "worker"]
        process = subprocess.Popen(words, env=self.environment, stderr=subprocess.DEVNULL)
        try:
            yield process
            assert process.poll() is None, "the worker bore it"
        finally:
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def installation(tmp_path_factory) -> Installation:
    folder = tmp_path_factory.mktemp("clock")
    clock = SetByHand(folder)
    made = Installation(clock, prepared(folder / "home", **clock.surroundings))
    run(made.environment, "desk", _OPENED)
    return made


@pytest.mark.parametrize("shift", SHIFTS.values(), ids=SHIFTS)
def test_tim_05_set_while_the_worker_runs_and_while_it_is_down(installation, shift):
    wrong = "被拨回" if shift < timedelta() else "往前跳"
    with installation.worker():
        installation.until("✓")
        before = installation.seen()
        assert (before["doubt"], before["home tells"], before["health"]) == ([""], False, 200)

        installation.clock.set(shift)
        assert wrong in installation.until("✗")
        _holds(installation, before, shift)

        installation.clock.set(timedelta())
        assert "现在的时间已经接上" in _until_it_goes_on(installation)
        installation.confirm()
        installation.until("✓")

    installation.clock.set(shift)
    with installation.worker():
        assert wrong in installation.until("✗")
        _holds(installation, before, shift)
    installation.clock.set(timedelta())
    with installation.worker():
        _until_it_goes_on(installation)
        installation.confirm()
        installation.until("✓")


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


def _until_it_goes_on(installation) -> str:
    end = time.monotonic() + _PATIENCE
    while "已经接上" not in (line := installation.doctor()):
        assert time.monotonic() < end, line
    return line

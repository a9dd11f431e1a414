"""REL-04: what must happen is recorded with the business, done at least once, and shelved after five failures."""

import json
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from gongkai.operations.doctor import FAULT, FINE
from gongkai.operations.doctor import _outbox as doctors_answers
from gongkai.outbox.actions import enqueue, try_again
from gongkai.outbox.daily_cap import held
from gongkai.outbox.models import OutboxItem
from gongkai.outbox.worker import ATTEMPTS, BROKEN_OFF, run_next, run_waiting
from tests.operations.conftest import surroundings

pytestmark = pytest.mark.django_db
done: list = []


def put(payload):
    done.append(payload["name"])
    return {"version": 1}


def fail(payload):
    raise ConnectionError("公众侧没有应答")


def note_receipt(payload, receipt):
    done.append((payload["name"], receipt["version"]))


@pytest.fixture(autouse=True)
def _tasks(settings):
    done.clear()
    settings.OUTBOX_TASKS = {"put": f"{__name__}.put", "fail": f"{__name__}.fail"}
    settings.OUTBOX_RECEIPTS = {"put": f"{__name__}.note_receipt"}


def test_an_item_is_done_and_its_receipt_kept():
    enqueue("put", {"name": "a"})

    assert run_waiting() == 1

    item = OutboxItem.objects.get()
    assert (item.status, item.receipt, item.attempts) == ("done", {"version": 1}, 1)
    assert done == ["a", ("a", 1)]


def test_a_withdrawal_overtakes_what_waits():
    enqueue("put", {"name": "a"})
    enqueue("put", {"name": "withdrawal"}, urgent=True)

    run_waiting()

    assert done[0] == "withdrawal"


def test_a_failure_is_tried_again_later_and_shelved_after_five_times():
    enqueue("fail", {})
    for attempt in range(1, ATTEMPTS + 1):
        assert run_next()
        item = OutboxItem.objects.get()
        assert item.attempts == attempt
        assert not run_next(), "not before its pause is over"
        OutboxItem.objects.update(not_before=timezone.now() - timedelta(seconds=1))

    assert (item.status, item.failure) == ("shelved", "ConnectionError: 公众侧没有应答")
    assert not run_next()


def test_a_poisoned_item_does_not_hold_up_the_others():
    enqueue("fail", {})
    enqueue("put", {"name": "b"})

    run_waiting()

    assert ("b", 1) in done


def test_an_item_whose_worker_died_is_done_again():
    enqueue("put", {"name": "a"})
    OutboxItem.objects.update(attempts=1, not_before=timezone.now() - timedelta(seconds=1))

    run_waiting()

    assert OutboxItem.objects.get().status == "done"


def test_one_whose_worker_died_at_the_last_attempt_is_shelved_and_the_doctor_says_so():
    """REL-04: an attempt counts when it begins, not when somebody lived to tell of it."""
    enqueue("put", {"name": "a"})
    enqueue("put", {"name": "b"})
    OutboxItem.objects.filter(payload__name="a").update(attempts=ATTEMPTS)

    run_waiting()

    assert ("b", 1) in done
    item = OutboxItem.objects.get(payload__name="a")
    assert (item.status, item.attempts, item.failure) == ("shelved", ATTEMPTS, BROKEN_OFF)
    assert "其中1项每次都使后台中断，请先查看后台日志和内存" in next(doctors_answers()).text
    assert try_again(item, by=None)
    run_waiting()
    assert OutboxItem.objects.get(pk=item.pk).status == "done"


def test_rel_04_a_task_that_kills_its_worker_is_shelved_and_a_stopped_worker_gives_its_task_back(tmp_path):
    """In processes that are really killed and really asked to stop."""
    environment = surroundings(tmp_path, DJANGO_SETTINGS_MODULE="gongkai.config.settings")
    words = [sys.executable, "-m", "tests.outbox.dying"]
    told = subprocess.run(words, env=environment, capture_output=True, text=True, check=False, timeout=300)
    assert told.returncode == 0, told.stderr

    seen = json.loads(told.stdout)
    assert seen["killed"] == [*[-signal.SIGKILL] * ATTEMPTS, 0, 0]
    assert seen["stopped"] == 7
    assert seen["rows"] == [
        ["kill", "shelved", ATTEMPTS, BROKEN_OFF],
        ["put", "done", 1, ""],
        ["stay", "waiting", 0, ""],
    ]
    assert seen["waits"] == "None"


def test_an_unknown_kind_is_refused_and_nothing_is_written():
    with pytest.raises(ValueError, match="没有这种待发事项"):
        enqueue("unknown", {})

    assert not OutboxItem.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_written():
    with pytest.raises(RuntimeError, match="同一事务"):
        enqueue("put", {"name": "a"})

    assert not OutboxItem.objects.exists()


class TestDailyCap:
    """ABU-06: so many letters a day, the others on the next; an alarm says so and nothing is lost or shelved."""

    @pytest.fixture(autouse=True)
    def _cap(self, settings):
        settings.OUTBOX_COUNTED, settings.OUTBOX_PER_DAY = frozenset({"put"}), 2

    def test_above_it_they_wait_for_the_next_day_and_the_machinery_says_so(self, settings):
        settings.OUTBOX_TASKS["other"] = f"{__name__}.put"
        with time_machine.travel("2026-11-30T23:59:00+08:00", tick=False):
            for name in "abcd":
                enqueue("put", {"name": name})
            enqueue("other", {"name": "uncounted"})
            assert run_waiting() == 5
            assert [name for name in done if isinstance(name, str)] == ["a", "b", "uncounted"]
            assert run_waiting() == 0
            assert (held().count, "2封等到次日再发" in held().words) == (2, True)
            assert [answer.level for answer in doctors_answers()] == [FAULT, FINE]
            waiting = OutboxItem.objects.filter(status="waiting")
            assert list(waiting.values_list("attempts", flat=True)) == [0, 0]

        with time_machine.travel("2026-12-01T00:00:00+08:00", tick=False):
            run_waiting()
            assert [name for name in done if isinstance(name, str)][-2:] == ["c", "d"]
            assert held().count == 0

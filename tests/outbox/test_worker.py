"""REL-04: what must happen is recorded with the business, done at least once, and shelved after five failures."""

from datetime import timedelta

import pytest
from django.utils import timezone

from gongkai.outbox.actions import enqueue
from gongkai.outbox.models import OutboxItem
from gongkai.outbox.worker import ATTEMPTS, run_next, run_waiting

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


def test_an_unknown_kind_is_refused_and_nothing_is_written():
    with pytest.raises(ValueError, match="没有这种待发事项"):
        enqueue("unknown", {})

    assert not OutboxItem.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_written():
    with pytest.raises(RuntimeError, match="同一事务"):
        enqueue("put", {"name": "a"})

    assert not OutboxItem.objects.exists()

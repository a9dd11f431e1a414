"""TIM-09: each reminder once a person, however often the worker dies and wherever: here it dies at one statement after the
other, in one process; test_two_workers.py kills real ones.

What is once is the reminder and its waiting letter. A worker that dies after the mail server took the letter and before that
is noted sends it again, under the same Message-ID, by which mail systems know it for the same.
"""

from collections import Counter
from contextlib import suppress
from datetime import date, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from gongkai.duties.applications.clocks import tasks as clocks
from gongkai.duties.applications.clocks.models import Reminder
from gongkai.duties.applications.handling import actions
from gongkai.duties.applications.handling import tasks as handling
from gongkai.duties.applications.handling.models import CommissionReminder
from gongkai.duties.remedies import tasks as remedies
from gongkai.duties.remedies.models import Reminder as CaseReminder
from gongkai.outbox.actions import try_again
from gongkai.outbox.models import OutboxItem
from gongkai.outbox.worker import run_waiting
from tests.duties.applications.handling.office import TODAY, Office, at
from tests.duties.remedies.files import a_reconsideration, served
from tests.gateways.mail_server import Box, Loopback

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:.*:DeprecationWarning:aiosmtpd"),
]
DUE = date(2026, 3, 20)  # a Friday
MARKS = {date(2026, 3, 13): 5, date(2026, 3, 17): 3, date(2026, 3, 19): 1, DUE: 0}


class Killed(BaseException):
    """突然中断: nothing catches it, and the transaction is rolled back as the database does with a lost connection."""


class Death:
    """Comes with the statement of this number."""

    def __init__(self, number: int) -> None:
        self.left = number

    def __call__(self, execute, sql, params, many, context):
        self.left -= 1
        if self.left == 0:
            raise Killed
        return execute(sql, params, many, context)


@pytest.fixture
def box(settings):
    found = Box()
    controller = Loopback(found, hostname="127.0.0.1", port=0)
    controller.start()
    settings.MAIL_URL, settings.MAIL_FROM = f"smtp://127.0.0.1:{controller.port}", "gongkai@example.gov.cn"
    yield found
    controller.stop()


def one_round():
    """What the worker does every few minutes, and the waiting items."""
    now = timezone.now()
    handling.arrange(now)
    clocks.arrange(timezone.localdate())
    remedies.remind(now)
    run_waiting()


def put_back() -> int:
    """What died five times and was shelved, as the system administrator puts it back."""
    return sum(try_again(item, by=None) for item in OutboxItem.objects.filter(status="shelved"))


def test_tim_09_once_a_person_wherever_the_worker_dies(box):
    with time_machine.travel(at(TODAY), tick=False) as traveller:
        office = Office()
        case = office.case(received_on=date(2026, 2, 14), section=office.section)  # due on the 20th of March
        assert case.due_on == DUE
        served(a_reconsideration(office.archivist, handler=office.archivist), office.archivist)
        actions.commission(
            office.case(),
            section=office.archive,
            person=office.archivist,
            asked="请查验收材料",
            answer_by=DUE,
            by=office.clerk,
        )
        one_round()
        box.arrived.clear()
        OutboxItem.objects.all().delete()

        for day in MARKS:
            traveller.move_to(at(day))
            number, deaths = 0, 0
            while number is not None:
                number += 3 if day == min(MARKS) else 13
                with connection.execute_wrapper(death := Death(number)), suppress(Killed):
                    one_round()
                if death.left > 0:
                    break
                deaths += 1
                traveller.shift(
                    timedelta(minutes=6)
                )  # longer than a letter is held for the worker that took it
            assert deaths > 3
            while run_waiting() or put_back():
                pass

    of_the_case = [(office.clerk, mark) for mark in MARKS.values()] + [
        (office.colleague, mark) for mark in MARKS.values()
    ]
    assert Counter((row.person, row.working_days_left) for row in Reminder.objects.all()) == Counter(
        of_the_case
    )
    once = Counter((office.archivist, mark) for mark in MARKS.values())
    assert Counter((row.person, row.days_before) for row in CommissionReminder.objects.all()) == once
    assert Counter((row.person, row.days_left) for row in CaseReminder.objects.all()) == once

    letters = OutboxItem.objects.filter(kind="mail.send")
    assert {letter.status for letter in letters} == {"done"}
    written = Counter((letter.payload["person"], letter.payload["subject"]) for letter in letters)
    assert set(written.values()) == {1}
    assert len(letters) == 3 * len(MARKS), "the colleague has no address"
    arrived = Counter(message_from_bytes(each[2], policy=default)["Message-ID"] for each in box.arrived)
    assert set(arrived) == {f"<{letter.payload['key']}@example.gov.cn>" for letter in letters}

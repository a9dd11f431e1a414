"""申请的导入: what a row says happened is folded as the events that are then kept."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest

from gongkai.agencies.access import Refusal
from gongkai.agencies.working_days import calendar
from gongkai.duties.applications.fold import fold, in_law
from gongkai.duties.applications.models import CHANNELS, OUTCOMES, ApplicationEvent
from gongkai.duties.applications.registers import _events

pytestmark = pytest.mark.django_db
DETAILS = ("kind", "happened_on", "outcome", "working_days", "amount")


def row(pick):
    """A row as it may be written, good or bad: days in any order, columns that miss each other."""
    received = date(2019, 5, 10) + timedelta(days=pick.randrange(1_800))

    def day():
        return received + timedelta(days=pick.randint(-3, 60)) if pick.random() < 0.4 else None

    names = (
        "confirmed_on",
        "correction_asked_on",
        "corrected_on",
        "extended_on",
        "fee_noticed_on",
        "fee_paid_on",
    )
    ended = pick.random() < 0.7
    return {
        "received_on": received,
        **{name: day() for name in names},
        "extended_days": pick.choice([None, 5, 20, 30]),
        "fee": pick.choice([None, None, Decimal("12.50"), Decimal(0)]),
        "replied_on": received + timedelta(days=pick.randint(-2, 60)) if ended else None,
        "outcome": pick.choice(OUTCOMES)[0] if ended or pick.random() < 0.05 else None,
    }


def said(work):
    try:
        return work()
    except Refusal as refusal:
        return str(refusal)


def test_a_row_and_its_kept_events_are_folded_alike():
    pick, days = random.Random(2023), calendar()
    refused = 0
    for _ in range(2_000):
        values, (channel, _label) = row(pick), pick.choice(CHANNELS)
        written = said(lambda values=values: _events(values))
        if isinstance(written, str):
            refused += 1
            continue
        kept = [ApplicationEvent(**{name: getattr(step, name) for name in DETAILS}) for step in written]

        ours, models = (
            said(lambda steps=steps, channel=channel: fold(steps, channel=channel, calendar=days))
            for steps in (written, kept)
        )

        assert ours == models
        assert [in_law(step, channel) for step in written] == [in_law(step, channel) for step in kept]
        refused += isinstance(ours, str)
    assert 200 < refused < 1_800  # both good and bad rows were compared

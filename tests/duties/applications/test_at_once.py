"""两人同时办理同一件申请. One wins, the other is told; nothing is lost and no column drifts (REL-03)."""

from datetime import date, timedelta
from functools import partial

import pytest

from gongkai.agencies.working_days import calendar
from gongkai.duties.applications import actions
from gongkai.duties.applications.clocks import rectifying
from gongkai.duties.applications.fold import drift
from gongkai.duties.applications.matters import actions as matters
from gongkai.duties.applications.models import Application
from gongkai.rules.regulations_2019.consultation import Consulted
from tests.duties.at_once import at_once
from tests.factories.agencies import keeper
from tests.factories.applications import application, replied

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5
ON = date(2023, 3, 20)


@pytest.fixture
def two():
    first = keeper()
    return first, keeper(agency=first.agency)


def assert_answered_once(answers, sentence):
    assert sorted(answer == "done" for answer in answers) == [False, True]
    assert sentence in next(answer for answer in answers if answer != "done")


def as_kept(case):
    case = Application.objects.get(pk=case.pk)
    assert drift(case, calendar()) == {}
    return case


# Each transition of a case: what must have happened before it, and the step that two people take at once.
ASKED, SENT = date(2023, 3, 6), date(2023, 3, 7)
KEY = {"key": "1", "consulted": Consulted.THIRD_PARTY}
asked = partial(actions.ask_for_correction, on=ASKED)
consulted = partial(actions.consult, on=SENT, **KEY)
noticed = partial(actions.notice_fee, on=SENT, amount=40)
delivered = partial(actions.deliver_consultation, on=ASKED + timedelta(2), key="1")
TRANSITIONS = {
    "confirmed": ((), partial(actions.confirm_receipt, on=ASKED)),
    "asked to correct": ((), asked),
    "corrected": ((asked,), partial(actions.receive_correction, on=ON)),
    "consulted": ((), consulted),
    "delivered": ((consulted,), delivered),
    "answered": ((consulted, delivered), partial(actions.receive_opinion, on=ON, key="1")),
    "extended": ((), partial(actions.extend_reply, on=ON, working_days=20)),
    "noticed of a fee": ((), noticed),
    "paid": ((noticed,), partial(actions.collect_fee, on=ON, amount=40)),
    "deferred": ((), partial(actions.defer_reply, on=ON, until=date(2023, 6, 1))),
    "replied": ((), partial(actions.reply, on=ON, outcome="granted")),
    "closed": ((), partial(actions.close, on=ON, outcome="other_remaining")),
    "voided": ((), partial(actions.void_application, reason="登重了")),
}


def race(two, name):
    before, step = TRANSITIONS[name]
    case = application(two[0], channel="fax" if name == "confirmed" else "in_person")
    for earlier in before:
        case = earlier(case, by=two[0])
    events = case.events.count()

    answers = at_once(*(partial(step, case, by=by) for by in two))

    assert_answered_once(answers, "")
    assert as_kept(case).events.count() == events + (name != "voided")


@pytest.mark.parametrize("name", TRANSITIONS)
def test_rel_03_each_transition_taken_twice_at_once_stands_once(two, name):
    race(two, name)


@pytest.mark.prove
@pytest.mark.parametrize("name", TRANSITIONS)
def test_rel_03_five_hundred_times_each(two, name):
    for _ in range(500):
        race(two, name)


def test_rel_03_a_reply_and_its_withdrawal_exclude_each_other(two):
    for _ in range(ROUNDS):
        case = application(two[0])

        answers = at_once(
            lambda case=case: actions.reply(case, on=ON, by=two[0], outcome="granted"),
            lambda case=case: actions.close(case, on=ON, by=two[1], outcome="other_remaining"),
        )

        assert_answered_once(answers, "已经办结")
        assert as_kept(case).events.count() == 2


def test_rel_03_a_matter_decided_while_the_reply_goes_out_is_in_it_or_refused(two):
    for _ in range(ROUNDS):
        case = application(two[0], matters=["工程名录"])
        matter = case.matters.get()
        matters.decide(matter, situation="provided", by=two[0])

        at_once(
            lambda case=case: actions.reply(case, on=ON, by=two[0], outcome="granted"),
            lambda matter=matter: matters.decide(
                matter,
                situation="secret",
                ground="STATE_SECRET",
                reasons="已定密",
                by=two[1],
            ),
        )

        case, result = as_kept(case), case.matters.get().result
        assert case.outcome in ("", result)


def test_rel_03_two_people_agree_to_one_correction_once(two):
    for _ in range(ROUNDS):
        case = replied(two[0])
        third = keeper(agency=two[0].agency)
        proposal = rectifying.propose(case.events.get(kind="replied"), cancels=True, reason="登错", by=two[0])

        answers = at_once(*(lambda by=by, p=proposal: rectifying.agree(p, by=by) for by in (two[1], third)))

        assert_answered_once(answers, "已同意")
        assert as_kept(case).events.count() == 3


def test_rel_02_numbers_given_at_once_are_never_the_same(two):
    for _ in range(ROUNDS):
        answers = at_once(*(lambda by=by: application(by) for by in two))

        assert answers == ["done", "done"]
    numbers = list(Application.objects.values_list("register_number", flat=True))
    assert len(set(numbers)) == len(numbers) == 2 * ROUNDS

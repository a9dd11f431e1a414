"""两人同时办理同一件申请. One wins, the other is told; nothing is lost and no column drifts (REL-03)."""

from datetime import date

import pytest

from gongkai.agencies.working_days import calendar
from gongkai.duties.applications import actions
from gongkai.duties.applications.clocks import rectifying
from gongkai.duties.applications.fold import drift
from gongkai.duties.applications.matters import actions as matters
from gongkai.duties.applications.models import Application
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


@pytest.mark.parametrize(
    ("act", "sentence", "events"),
    [
        (lambda case, by: actions.reply(case, on=ON, by=by, outcome="granted"), "已经办结", 2),
        (lambda case, by: actions.close(case, on=ON, by=by, outcome="other_remaining"), "已经办结", 2),
        (lambda case, by: actions.extend_reply(case, on=ON, by=by, working_days=20), "延长", 2),
        (lambda case, by: actions.ask_for_correction(case, on=date(2023, 3, 6), by=by), "补正", 2),
        (lambda case, by: actions.void_application(case, reason="登重了", by=by), "作废", 1),
    ],
)
def test_rel_03_one_step_taken_twice_at_once_stands_once(two, act, sentence, events):
    for _ in range(ROUNDS):
        case = application(two[0])

        answers = at_once(*(lambda by=by, case=case: act(case, by) for by in two))

        assert_answered_once(answers, sentence)
        assert as_kept(case).version == events


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

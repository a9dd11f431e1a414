"""两人同时办理. One wins, the other is told; nothing is lost and the columns still follow from the events (REL-03)."""

from datetime import date

import pytest

from gongkai.agencies.working_days import calendar
from gongkai.duties.applications.models import Application
from gongkai.duties.remedies import actions
from gongkai.duties.remedies.fold import drift
from gongkai.duties.remedies.models import CaseFile, Evidence, ProposedCorrection
from gongkai.rules.remedy_cases.events import Kind
from tests.duties.at_once import at_once
from tests.duties.remedies.files import a_reconsideration, a_suit, overturned, served, step
from tests.factories import registers as entries
from tests.factories.agencies import keeper
from tests.factories.applications import replied

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5


@pytest.fixture
def two():
    first = keeper()
    return first, keeper(agency=first.agency)


def answered_once(answers, sentence):
    assert sorted(answer == "done" for answer in answers) == [False, True]
    assert sentence in next(answer for answer in answers if answer != "done")


def no_drift(file):
    file = CaseFile.objects.get(pk=file.pk)
    assert drift(file, calendar()) == {}
    return file


@pytest.mark.parametrize(
    ("kind", "on", "values", "sentence"),
    [
        (Kind.SERVED, date(2026, 3, 6), {}, "已经登记过"),
        (Kind.SUSPENDED, date(2026, 3, 6), {}, "已经中止"),
        (Kind.LENGTHENED, date(2026, 3, 6), {}, "已经延长过"),
        (Kind.DECIDED, date(2026, 3, 6), {"decision": "upheld"}, "已经结案"),
        (Kind.WITHDRAWN, date(2026, 3, 6), {}, "已经结案"),
    ],
)
def test_one_step_entered_twice_stands_once(two, kind, on, values, sentence):
    for _ in range(ROUNDS):
        file = a_reconsideration(two[0])

        answers = at_once(*(lambda by=by, file=file: step(file, kind, on, by, **values) for by in two))

        answered_once(answers, sentence)
        assert no_drift(file).version == 2


def test_two_different_steps_on_the_same_page_conflict(two):
    for _ in range(ROUNDS):
        file = served(a_suit(two[0]), two[0])
        seen = file.version

        answers = at_once(
            lambda file=file, seen=seen: step(file, Kind.ANSWERED, date(2026, 3, 10), two[0], version=seen),
            lambda file=file, seen=seen: step(
                file, Kind.DECIDED, date(2026, 3, 10), two[1], version=seen, decision="unlawful"
            ),
        )

        answered_once(answers, "其他人登记了新的经过")
        assert no_drift(file).version == 3


def test_an_appeal_and_taking_effect_exclude_each_other(two):
    for _ in range(ROUNDS):
        file = step(a_suit(two[0]), Kind.DECIDED, date(2026, 6, 10), two[0], decision="unlawful")

        answers = at_once(
            lambda file=file: step(file, Kind.APPEALED, date(2026, 6, 30), two[0]),
            lambda file=file: step(file, Kind.EFFECTIVE, date(2026, 6, 30), two[1]),
        )

        assert sorted(answer == "done" for answer in answers) == [False, True]
        assert no_drift(file).status in ("on_appeal", "closed")


def test_a_correction_is_agreed_or_declined_but_not_both(two):
    third = keeper(agency=two[0].agency)
    for _ in range(ROUNDS):
        file = served(a_reconsideration(two[0]), two[0])
        proposal = actions.propose(
            file.events.get(kind="served"), happened_on=date(2026, 3, 9), reason="笔误", by=two[0]
        )

        answers = at_once(
            lambda proposal=proposal: actions.agree(proposal, by=two[1]),
            lambda proposal=proposal: actions.decline(proposal, opinion="原件如此", by=third),
        )

        assert sorted(answer == "done" for answer in answers) == [False, True]
        stands = ProposedCorrection.objects.get(pk=proposal.pk).state == "agreed"
        assert no_drift(file).version == (3 if stands else 2)


def test_an_entry_is_taken_over_once(two):
    for _ in range(ROUNDS):
        entry = entries.LitigationFactory(agency=two[0].agency, accepted_on=date(2026, 3, 2))

        answers = at_once(*(lambda by=by, entry=entry: actions.take_over(entry, by=by) for by in two))

        answered_once(answers, "已经立了案卷")
        assert CaseFile.objects.filter(litigation=entry).count() == 1


def test_an_application_is_handled_again_once(two):
    for _ in range(ROUNDS):
        case = replied(two[0], received_on=date(2026, 1, 5), on=date(2026, 1, 28))
        file = overturned(two[0], application=case)

        answers = at_once(*(lambda by=by, file=file: actions.handle_again(file, by=by) for by in two))

        answered_once(answers, "已经按这件案卷重新办理过")
        assert Application.objects.filter(handled_again_from=case).count() == 1


def test_two_files_over_one_application_begin_it_anew_once(two):
    case = replied(two[0], received_on=date(2026, 1, 5), on=date(2026, 1, 28))
    files = [overturned(two[0], application=case) for _ in two]

    answers = at_once(
        *(
            lambda by=by, file=file: actions.handle_again(file, by=by)
            for by, file in zip(two, files, strict=True)
        )
    )

    answered_once(answers, "已经重新办理过")
    assert Application.objects.filter(handled_again_from=case).count() == 1


def test_rows_listed_and_moved_at_once_keep_their_order(two, settings, tmp_path):
    settings.FILES_FOLDER = tmp_path / "files"
    file = a_reconsideration(two[0])
    first = actions.add_evidence(file, title="甲", by=two[0])
    actions.add_evidence(file, title="乙", by=two[0])

    at_once(
        lambda: actions.move_evidence(first, "down", by=two[0]),
        lambda: actions.add_evidence(file, title="丙", by=two[1]),
        lambda: actions.add_evidence(file, title="丁", by=two[0]),
    )

    rows = list(Evidence.objects.filter(file=file).order_by("position").values_list("position", "title"))
    assert [position for position, _ in rows] == [1, 2, 3, 4]
    assert [title for _, title in rows][:2] == ["乙", "甲"]

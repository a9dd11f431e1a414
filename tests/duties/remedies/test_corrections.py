"""更正经过. One proposes, another agrees; what could not stand is refused; both entries stay readable (TIM-06)."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from gongkai.agencies.access import Refusal
from gongkai.agencies.powers import Power
from gongkai.agencies.working_days import calendar
from gongkai.duties.remedies import actions
from gongkai.duties.remedies.fold import drift
from gongkai.duties.remedies.models import CaseEvent, CaseFile, ProposedCorrection
from gongkai.rules.remedy_cases.events import Kind
from tests.duties.remedies.files import a_reconsideration, a_suit, served, state_of, step
from tests.factories.agencies import keeper
from tests.factories.people import a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return keeper()


@pytest.fixture
def second(clerk):
    return a_person(clerk.agency, Power.REVIEW_LEGALITY, name="乙示例")


def everything(file):
    return (
        *state_of(file),
        list(ProposedCorrection.objects.values_list("pk", "state", "decided_by_id", "opinion")),
    )


def test_nothing_changes_until_another_agrees(clerk, second):
    file = served(a_reconsideration(clerk), clerk)
    event = file.events.get(kind="served")

    proposal = actions.propose(event, happened_on=date(2026, 3, 9), reason="签收单为9日", by=clerk)
    assert CaseFile.objects.get().due_on == date(2026, 3, 20)

    file = actions.agree(proposal, by=second)

    assert file.due_on == date(2026, 3, 23)
    new = CaseEvent.objects.get(replaces=event)
    assert (new.by, new.agreed_by, new.reason) == (clerk, second, "签收单为9日")
    assert (file.events.count(), file.version) == (3, 3)
    assert drift(file, calendar()) == {}


def test_a_corrected_decision_counts_anew(clerk, second):
    file = step(a_reconsideration(clerk), Kind.DECIDED, date(2026, 4, 24), clerk, decision="upheld")
    event = file.events.get(kind="decided")

    proposal = actions.propose(
        event,
        happened_on=event.happened_on,
        decision="revoked_anew",
        working_days=10,
        reason="录错",
        by=clerk,
    )
    file = actions.agree(proposal, by=second)

    assert (file.status, file.entry.result, file.must_answer_again) == ("performing", "rectified", True)


def test_an_entry_that_never_happened_is_cancelled(clerk, second):
    file = served(a_reconsideration(clerk), clerk)

    proposal = actions.propose(file.events.get(kind="served"), cancel=True, reason="没有收到", by=clerk)
    file = actions.agree(proposal, by=second)

    assert (file.status, file.due_on, file.version) == ("accepted", None, 3)
    with pytest.raises(Refusal, match="已经被更正过"):
        actions.propose(
            CaseEvent.objects.get(kind="cancelled"), happened_on=date(2026, 3, 3), reason="再改", by=clerk
        )


def test_a_correction_keeps_the_order_of_one_day(clerk, second):
    file = served(a_reconsideration(clerk), clerk)
    file = step(file, Kind.ANSWERED, date(2026, 3, 9), clerk)

    proposal = actions.propose(
        file.events.get(kind="served"), happened_on=date(2026, 3, 9), reason="签收单为9日", by=clerk
    )

    assert actions.agree(proposal, by=second).due_on == date(2026, 3, 23)


@pytest.mark.parametrize(
    ("kind", "values", "sentence"),
    [
        ("served", {"happened_on": date(2026, 3, 6), "reason": "没有改"}, "没有改动"),
        ("served", {"happened_on": date(2026, 3, 20), "reason": "改到答复以后"}, "还没有登记收到副本"),
        ("served", {"cancel": True, "reason": "后面还有答复"}, "还没有登记收到副本"),
        ("served", {"happened_on": date(2099, 1, 1), "reason": "将来"}, "在今天之后"),
        ("served", {"happened_on": date(2026, 3, 5), "reason": " "}, "请写明原因"),
        ("accepted", {"cancel": True, "reason": "没有受理"}, "不能撤销受理"),
        ("accepted", {"happened_on": date(2026, 3, 7), "reason": "晚于收到"}, "还没有登记受理"),
    ],
)
def test_what_could_not_stand_is_not_proposed(clerk, kind, values, sentence):
    file = step(served(a_reconsideration(clerk), clerk), Kind.ANSWERED, date(2026, 3, 10), clerk)
    before = everything(file)

    with pytest.raises(Refusal, match=sentence):
        actions.propose(file.events.get(kind=kind), by=clerk, **values)

    assert everything(file) == before


def test_only_another_with_the_power_decides(clerk, second):
    file = served(a_reconsideration(clerk), clerk)
    event = file.events.get(kind="served")
    proposal = actions.propose(event, happened_on=date(2026, 3, 9), reason="签收单为9日", by=clerk)
    reader = a_person(clerk.agency, Power.READ_REGISTERS)
    before = everything(file)

    for person, sentence in ((clerk, "另一人复核"), (reader, "没有"), (keeper(), "其他机关")):
        for act in (
            lambda person=person: actions.agree(proposal, by=person),
            lambda person=person: actions.decline(proposal, opinion="不对", by=person),
        ):
            with pytest.raises(Refusal, match=sentence):
                act()
    with pytest.raises(Refusal, match="请写明原因"):
        actions.decline(proposal, opinion="", by=second)
    with pytest.raises(Refusal, match="已经有待复核的更正"):
        actions.propose(event, happened_on=date(2026, 3, 10), reason="又改", by=clerk)

    assert everything(file) == before


def test_what_was_declined_is_done_with_and_may_be_proposed_again(clerk, second):
    file = served(a_reconsideration(clerk), clerk)
    event = file.events.get(kind="served")
    proposal = actions.propose(event, happened_on=date(2026, 3, 9), reason="签收单为9日", by=clerk)

    actions.decline(proposal, opinion="原件是6日", by=second)

    before = everything(file)
    with pytest.raises(Refusal, match="不能再次办理"):
        actions.agree(proposal, by=second)
    assert everything(file) == before
    assert actions.propose(event, happened_on=date(2026, 3, 9), reason="又查到签收单", by=clerk)


def test_what_no_longer_stands_when_it_is_agreed_changes_nothing(clerk, second):
    file = served(a_reconsideration(clerk), clerk)
    proposal = actions.propose(
        file.events.get(kind="served"), happened_on=date(2026, 3, 12), reason="签收单为12日", by=clerk
    )
    file = step(file, Kind.ANSWERED, date(2026, 3, 10), clerk)
    before = everything(file)

    with pytest.raises(Refusal, match="还没有登记收到副本"):
        actions.agree(proposal, by=second)

    assert everything(file) == before


def test_a_voided_file_takes_no_correction(clerk, second):
    file = served(a_reconsideration(clerk), clerk)
    proposal = actions.propose(
        file.events.get(kind="served"), happened_on=date(2026, 3, 9), reason="签收单为9日", by=clerk
    )
    actions.void_file(file, reason="重复立卷", by=clerk)
    before = everything(file)

    with pytest.raises(Refusal, match="已经作废"):
        actions.agree(proposal, by=second)

    assert everything(file) == before


def test_the_database_wants_two_people_too(clerk):
    """Whatever the code forgets."""
    file = served(a_suit(clerk), clerk)
    event = file.events.get(kind="served")
    values = {
        "agency": file.agency,
        "file": file,
        "kind": "served",
        "happened_on": date(2026, 3, 9),
        "by": clerk,
    }

    for wrong in (
        {"replaces": event, "reason": "改", "agreed_by": clerk},
        {"replaces": event, "reason": "改"},
        {"replaces": event, "agreed_by": keeper()},
        {"kind": "cancelled"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            CaseEvent.objects.create(**{**values, **wrong})

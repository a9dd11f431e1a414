"""延期和内部期限: two people, then the applicant; the office's own days only ever earlier."""

from datetime import date
from functools import partial

import pytest
import time_machine

from gongkai.agencies.access import Refusal
from gongkai.agencies.powers import Power
from gongkai.duties.applications.handling import actions, queries, to_do
from gongkai.duties.applications.handling.models import Extension, InternalPeriod
from gongkai.rules.regulations_2019.internal_periods import PROPOSED, Stage
from tests.duties.applications.handling.office import TODAY, at, kept
from tests.duties.at_once import at_once
from tests.factories.people import a_person

pytestmark = pytest.mark.django_db
DUE, EXTENDED = date(2026, 3, 30), date(2026, 4, 14)


@pytest.fixture
def proposal(office, case):
    return actions.propose(case, working_days=10, reason="卷宗较多", by=office.clerk)


def test_the_period_is_longer_once_the_applicant_is_told(office, case, proposal):
    """TIM-01: agreed by the head, it is not yet longer."""
    assert "卷宗" not in proposal.reason
    proposal = actions.agree(proposal, opinion="同意", by=office.head)
    case.refresh_from_db()
    assert case.due_on == DUE

    proposal = actions.tell_applicant(proposal, on=TODAY, by=office.clerk)

    case.refresh_from_db()
    assert (case.due_on, proposal.state) == (EXTENDED, "told")
    assert (proposal.event.kind, proposal.event.working_days) == ("extended", 10)


def test_nobody_agrees_to_his_own(office, case):
    """ACL-04: author ≠ who agrees, whatever powers he holds."""
    both = a_person(office.agency, Power.KEEP_REGISTERS, Power.EXTEND_REPLY, name="两职")
    proposal = actions.propose(case, working_days=10, reason="卷宗较多", by=both)
    before = kept(Extension)

    with pytest.raises(Refusal, match="您自己提出的"):
        actions.agree(proposal, by=both)

    assert kept(Extension) == before


def test_what_may_not_be_is_refused_and_changes_nothing(office, case, proposal):
    acts = {
        "最多20个工作日": partial(actions.propose, case, working_days=21, reason="多", by=office.clerk),
        "已经有一个延期审批": partial(actions.propose, case, working_days=5, reason="多", by=office.clerk),
        "同意延期答复": partial(actions.agree, proposal, by=office.clerk),
        "请写明原因": partial(actions.decline, proposal, opinion="", by=office.head),
        "现在是“待负责人同意”": partial(actions.tell_applicant, proposal, on=TODAY, by=office.clerk),
    }
    for words, act in acts.items():
        before = kept(Extension)
        with pytest.raises(Refusal, match=words):
            act()
        assert kept(Extension) == before


def test_told_after_the_period_has_ended_is_refused(office, case, proposal):
    proposal = actions.agree(proposal, by=office.head)
    with time_machine.travel(at(date(2026, 3, 31)), tick=False):
        before = kept(Extension)
        with pytest.raises(Refusal, match="届满"):
            actions.tell_applicant(proposal, on=date(2026, 3, 31), by=office.clerk)
        assert kept(Extension) == before


def test_told_before_it_was_agreed_is_refused(office, proposal):
    with time_machine.travel(at(date(2026, 3, 11)), tick=False):
        proposal = actions.agree(proposal, by=office.head)
        before = kept(Extension)
        with pytest.raises(Refusal, match="先同意、后告知"):
            actions.tell_applicant(proposal, on=TODAY, by=office.clerk)
        assert kept(Extension) == before


def test_declined_or_withdrawn_leaves_room_for_another(office, case, proposal):
    actions.decline(proposal, opinion="抓紧办理", by=office.head)
    second = actions.propose(case, working_days=5, reason="征求意见", by=office.clerk)
    actions.withdraw(second, by=office.clerk)

    assert [each.state for each in case.extensions.all()] == ["withdrawn", "declined"]


@pytest.mark.django_db(transaction=True)
def test_of_two_decisions_at_once_one_stands(office, proposal):
    """REL-03."""
    deputy = a_person(office.agency, Power.EXTEND_REPLY, name="周副主任")
    answers = at_once(
        partial(actions.agree, proposal, by=office.head),
        partial(actions.decline, proposal, opinion="不必", by=deputy),
    )

    assert sorted(answer == "done" for answer in answers) == [False, True]


def test_internal_days_lie_before_the_legal_one_and_can_be_set_earlier(office, case):
    manager = a_person(office.agency, Power.MANAGE_COLUMNS, name="黄管理")
    assert queries.days_before(office.agency) == PROPOSED
    before = kept(InternalPeriod)
    with pytest.raises(Refusal, match="不能定为"):
        actions.set_internal_periods({Stage.SIGN_OFF: 0}, by=manager)
    with pytest.raises(Refusal, match="没有改动"):
        actions.set_internal_periods(PROPOSED, by=manager)
    with pytest.raises(Refusal, match="管理栏目"):
        actions.set_internal_periods({Stage.OPINION: 8}, by=office.clerk)
    assert kept(InternalPeriod) == before

    actions.set_internal_periods({Stage.OPINION: 8}, by=manager)

    assert queries.days_before(office.agency)[Stage.OPINION] == 8


def test_the_handler_is_told_the_internal_day_first(office):
    case = office.case(matters=["甲", "乙"])
    actions.assign(case, handler=office.clerk, by=office.clerk)

    (row,) = to_do.waiting(office.clerk, TODAY)

    assert (row.due_on, row.in_working_days) == (date(2026, 3, 23), True)
    assert row.title == f"{case.register_number}　2项待提出承办意见"
    assert "2026-03-30" in row.why


def test_the_head_sees_what_waits_for_him_and_the_clerk_what_to_tell(office, case, proposal):
    assert [each.title for each in to_do.waiting(office.head, TODAY)] == [
        f"{case.register_number}　延期待同意"
    ]

    actions.agree(proposal, by=office.head)

    assert list(to_do.waiting(office.head, TODAY)) == []
    titles = [each.title for each in to_do.waiting(office.clerk, TODAY)]
    assert f"{case.register_number}　延期已同意，待告知申请人" in titles

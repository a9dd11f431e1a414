"""分办、移交、退回: one handler at a time, everybody before him known, two people at once told apart."""

from functools import partial

import pytest

from gongkai.agencies.access import Refusal
from gongkai.duties.applications.handling import actions
from gongkai.duties.applications.handling.models import Assignment
from tests.duties.applications.handling.office import Office, kept
from tests.duties.at_once import at_once
from tests.factories.people import a_person

pytestmark = pytest.mark.django_db


def test_a_case_goes_to_a_person_and_back(office, case):
    first = actions.assign(case, handler=office.clerk, by=office.clerk)
    second = actions.hand_over(
        case, handler=office.colleague, reason="出差", seen=first.public_id, by=office.clerk
    )
    actions.give_back(case, reason="已返岗", seen=second.public_id, by=office.colleague)

    case.refresh_from_db()
    assert (case.handler, case.section) == (office.clerk, office.section)
    assert [(each.kind, each.handler.name, each.reason) for each in case.assignments.all()] == [
        ("returned", "林承办", "已返岗"),
        ("handed_over", "周同事", "出差"),
        ("assigned", "林承办", ""),
    ]


def test_another_section_takes_the_case_over_and_its_steps_with_it(office, case):
    first = actions.assign(case, handler=office.clerk, by=office.clerk)
    actions.hand_over(
        case, handler=office.archivist, reason="档案事项", seen=first.public_id, by=office.clerk
    )

    case.refresh_from_db()
    assert case.section == office.archive
    before = kept(Assignment)
    with pytest.raises(Refusal, match="档案室"):
        actions.give_back(case, reason="收回", seen=case.assignments.first().public_id, by=office.clerk)
    assert kept(Assignment) == before
    actions.give_back(case, reason="不属于本室", seen=case.assignments.first().public_id, by=office.archivist)
    case.refresh_from_db()
    assert (case.handler, case.section) == (office.clerk, office.section)


def refusals(office, case):
    """What is refused, and the words of it."""
    stranger = a_person(office.agency, name="无职权")
    elsewhere = Office.__new__(Office)
    elsewhere.agency = type(office.agency).objects.create(name="示例市第二局", short_name="二局")
    foreign = a_person(elsewhere.agency, name="外单位")
    give = partial(actions.assign, case, by=office.clerk)
    return {
        "没有“登记台账”职权": partial(give, handler=stranger),
        "其他机关": partial(give, handler=foreign),
        "不是档案室的人": partial(give, handler=office.clerk, section=office.archive),
        "这期间有人改过": partial(give, handler=office.clerk, seen="0" * 20),
        "还没有分办，请先分办": partial(
            actions.hand_over, case, handler=office.clerk, reason="出差", by=office.clerk
        ),
        "还没有分办。": partial(actions.give_back, case, reason="不办", by=office.clerk),
        "请写明原因": partial(actions.hand_over, case, handler=office.clerk, reason=" ", by=office.clerk),
        "没有“登记台账”职权，不能办理": partial(actions.assign, case, handler=office.clerk, by=office.head),
    }


def test_what_may_not_be_is_refused_and_changes_nothing(office, case):
    for words, act in refusals(office, case).items():
        before = kept(Assignment)
        with pytest.raises(Refusal, match=words):
            act()
        assert kept(Assignment) == before


def test_nobody_before_means_nobody_to_give_back_to(office, case):
    first = actions.assign(case, handler=office.clerk, by=office.clerk)
    before = kept(Assignment)

    with pytest.raises(Refusal, match="此前没有别人"):
        actions.give_back(case, reason="不办", seen=first.public_id, by=office.clerk)

    assert kept(Assignment) == before


@pytest.mark.django_db(transaction=True)
def test_of_two_who_assign_at_once_one_wins(office, case):
    """REL-03."""
    answers = at_once(
        partial(actions.assign, case, handler=office.clerk, by=office.clerk),
        partial(actions.assign, case, handler=office.colleague, by=office.colleague),
    )

    assert sorted(answer == "done" for answer in answers) == [False, True]
    assert "这期间有人改过" in next(answer for answer in answers if answer != "done")
    assert case.assignments.count() == 1


@pytest.mark.prove
@pytest.mark.django_db(transaction=True)
def test_rel_03_of_two_who_hand_over_at_once_one_wins_five_hundred_times(office):
    for _ in range(500):
        case = office.case()
        first = actions.assign(case, handler=office.clerk, by=office.clerk)
        hand_over = partial(actions.hand_over, case, reason="出差", seen=first.public_id)

        answers = at_once(
            partial(hand_over, handler=office.archivist, by=office.clerk),
            partial(hand_over, handler=office.colleague, by=office.colleague),
        )

        assert sorted(answer == "done" for answer in answers) == [False, True]
        case.refresh_from_db()
        assert case.assignments.count() == 2
        assert case.handler == case.assignments.first().handler

"""职权. Held by post, lent by delegation, never mixed with an administrator's (ACL-03)."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from gongkai.agencies.access import Allowed, Refusal, Refused, holders, known_once, may, powers_of, require
from gongkai.agencies.actions.posts import appoint, delegate, end_tenure, save_post
from gongkai.agencies.models import Delegation, Person, Post, PostPower, Tenure
from gongkai.agencies.powers import BY_ADMINISTRATOR, Power
from gongkai.audit.models import Entry
from tests.factories.people import a_person, an_agency

DAY = date(2026, 3, 2)
pytestmark = pytest.mark.django_db


@pytest.fixture
def agency():
    return an_agency()


@pytest.fixture
def administrator(agency):
    return a_person(agency, name="吴安全", administrator="security")


def lend(holder, receiver, power, first=DAY, last=DAY):
    return Delegation.objects.create(
        power=power, holder=holder, delegate=receiver, from_on=first, to_on=last, reason="出差"
    )


def test_a_post_gives_its_powers_from_its_first_day_to_its_last(agency):
    person = a_person(agency)
    post = Post.objects.create(agency=agency, name="信息公开专员")
    PostPower.objects.create(post=post, power=Power.COMPILE_REPORT)
    Tenure.objects.create(person=person, post=post, from_on=DAY, to_on=date(2026, 3, 4))

    answers = [bool(may(person, Power.COMPILE_REPORT, agency, on=date(2026, 3, day))) for day in (1, 2, 4, 5)]

    assert answers == [False, True, True, False]


def test_a_refusal_names_the_power_and_who_has_it(agency):
    a_person(agency, Power.APPROVE_REPORT, name="陈主任")
    person = a_person(agency, Power.COMPILE_REPORT)

    answer = may(person, Power.APPROVE_REPORT, agency, on=DAY)

    assert answer == Refused("没有“批准年报”职权，不能办理。有此职权的：陈主任。")


def test_a_power_that_nobody_holds_says_whom_to_ask(agency):
    person = a_person(agency)

    answer = may(person, Power.APPROVE_REPORT, agency, on=DAY)

    assert answer == Refused("没有“批准年报”职权，不能办理。有此职权的：目前没有人，请安全管理员配置。")


def test_another_agencys_matter_is_refused_whatever_one_holds(agency):
    """ACL-02."""
    other = an_agency(name="示例市教育局", short_name="市教育局")
    person = a_person(agency, Power.COMPILE_REPORT)

    assert not may(person, Power.COMPILE_REPORT, other, on=DAY)


def test_a_holder_lends_a_power_for_a_time(agency):
    holder = a_person(agency, Power.APPROVE_REPORT, name="陈主任")
    receiver = a_person(agency)
    lend(holder, receiver, Power.APPROVE_REPORT, DAY, date(2026, 3, 4))

    answers = [may(receiver, Power.APPROVE_REPORT, agency, on=date(2026, 3, day)) for day in (1, 2, 4, 5)]

    assert answers[1] == Allowed("授权")
    assert [bool(answer) for answer in answers] == [False, True, True, False]


def test_a_loan_ends_on_the_day_the_lender_loses_the_power(agency):
    holder = a_person(agency, Power.APPROVE_REPORT, name="陈主任")
    receiver = a_person(agency)
    lend(holder, receiver, Power.APPROVE_REPORT, DAY, date(2026, 12, 31))
    Tenure.objects.filter(person=holder).update(to_on=date(2026, 3, 10))

    assert may(receiver, Power.APPROVE_REPORT, agency, on=date(2026, 3, 10))
    assert not may(receiver, Power.APPROVE_REPORT, agency, on=date(2026, 3, 11))


def test_what_was_lent_cannot_be_lent_on(agency):
    holder = a_person(agency, Power.APPROVE_REPORT, name="陈主任")
    receiver, third = a_person(agency), a_person(agency)
    lend(holder, receiver, Power.APPROVE_REPORT)
    lend(receiver, third, Power.APPROVE_REPORT)

    assert may(receiver, Power.APPROVE_REPORT, agency, on=DAY)
    assert not may(third, Power.APPROVE_REPORT, agency, on=DAY)


def test_a_disabled_lender_lends_nothing(agency):
    holder = a_person(agency, Power.APPROVE_REPORT, name="陈主任")
    receiver = a_person(agency)
    lend(holder, receiver, Power.APPROVE_REPORT)
    Person.objects.filter(pk=holder.pk).update(is_active=False)

    assert not may(receiver, Power.APPROVE_REPORT, agency, on=DAY)


@pytest.mark.parametrize("power", list(Power))
def test_the_list_of_ones_powers_agrees_with_every_single_answer(agency, power):
    lender = a_person(agency, Power.EXPORT_REGISTERS)
    people = [
        a_person(agency, Power.COMPILE_REPORT, Power.READ_REGISTERS),
        *(a_person(agency, administrator=kind) for kind in BY_ADMINISTRATOR),
    ]
    lend(lender, people[0], Power.EXPORT_REGISTERS)

    for person in people:
        assert (power in powers_of(person, on=DAY)) == bool(may(person, power, agency, on=DAY))


def test_no_two_administrators_share_a_power_and_none_handles_a_case():
    """ACL-03."""
    held = [power for powers in BY_ADMINISTRATOR.values() for power in powers]
    cases = set(Power) - {Power.MANAGE_SYSTEM, Power.MANAGE_SECURITY, Power.READ_AUDIT, Power.MANAGE_HOLIDAYS}

    assert len(held) == len(set(held))
    assert not cases & set(held)


@pytest.mark.parametrize("kind", list(BY_ADMINISTRATOR))
def test_an_administrator_holds_no_case_power_even_with_a_loan(agency, kind):
    """ACL-03."""
    holder = a_person(agency, *[p for p in Power if p not in set().union(*BY_ADMINISTRATOR.values())])
    administrator = a_person(agency, administrator=kind)
    for power in (Power.READ_REGISTERS, Power.READ_APPLICANTS, Power.APPROVE_REPORT):
        lend(holder, administrator, power)

        assert not may(administrator, power, agency, on=DAY)


def test_the_database_gives_no_post_the_power_to_administer(agency):
    """ACL-03."""
    post = Post.objects.create(agency=agency, name="信息公开专员")

    for power in (Power.MANAGE_SECURITY, Power.MANAGE_SYSTEM, Power.READ_AUDIT):
        with pytest.raises(IntegrityError), transaction.atomic():
            PostPower.objects.create(post=post, power=power)
    assert post.powers.count() == 0


def test_the_database_gives_no_administrator_a_post(agency, administrator):
    """ACL-03."""
    post = Post.objects.create(agency=agency, name="信息公开专员")

    with pytest.raises(IntegrityError), transaction.atomic():
        Tenure.objects.create(person=administrator, post=post, from_on=DAY)

    assert Tenure.objects.count() == 0


def test_the_database_makes_no_post_holder_an_administrator(agency):
    """ACL-03."""
    person = a_person(agency, Power.READ_REGISTERS)

    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(administrator="audit")

    assert Person.objects.get(pk=person.pk).administrator == ""


def test_the_database_knows_one_office_of_administrator_a_person(agency):
    """ACL-03."""
    person = a_person(agency)

    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(administrator="sys+audit")


def test_appointing_an_administrator_is_refused_politely(agency, administrator):
    """ACL-03."""
    auditor = a_person(agency, name="郑审计", administrator="audit")
    post = Post.objects.create(agency=agency, name="信息公开专员")

    with pytest.raises(Refusal, match="郑审计是审计管理员，不能任办件岗位"):
        appoint(auditor, post=post, from_on=DAY, to_on=None, by=administrator)

    assert Tenure.objects.count() == 0
    assert Entry.objects.filter(action="tenure.began").count() == 0


def test_a_post_cannot_be_given_an_administrators_power(agency, administrator):
    """ACL-03."""
    with pytest.raises(Refusal, match="只随管理员身份"):
        save_post(None, name="全能岗", section=None, powers=[Power.READ_AUDIT], by=administrator)

    assert Post.objects.count() == 0


def test_a_loan_of_what_one_does_not_hold_is_refused(agency, administrator):
    holder, receiver = a_person(agency, Power.READ_REGISTERS, name="陈主任"), a_person(agency)

    with pytest.raises(Refusal, match="陈主任在2026-03-02没有“批准年报”的岗位职权"):
        delegate(
            Power.APPROVE_REPORT,
            holder=holder,
            delegate=receiver,
            from_on=DAY,
            to_on=DAY,
            reason="出差",
            by=administrator,
        )

    assert Delegation.objects.count() == 0


def test_taking_a_power_from_a_post_takes_it_from_its_holder_at_once(agency, administrator):
    person = a_person(agency, Power.COMPILE_REPORT, Power.READ_REGISTERS)
    post = person.tenures.get().post

    save_post(post, name=post.name, section=None, powers=[Power.READ_REGISTERS], by=administrator)

    assert powers_of(person, on=DAY) == {Power.READ_REGISTERS}
    entry = Entry.objects.get(action="post.saved")
    assert entry.detail == '{"given":[],"taken":["compile_report"]}'


def test_only_the_security_administrator_changes_posts(agency):
    person = a_person(agency, Power.COMPILE_REPORT)
    tenure = person.tenures.get()

    with pytest.raises(Refusal):
        end_tenure(tenure, to_on=DAY, by=person)

    assert Tenure.objects.get().to_on is None


def test_holders_are_those_whom_the_answer_allows(agency, administrator):
    a_person(agency)
    chief = a_person(agency, Power.APPROVE_REPORT, name="陈主任")

    assert list(holders(Power.APPROVE_REPORT, agency, on=DAY)) == [chief]
    assert list(holders(Power.MANAGE_SECURITY, agency, on=DAY)) == [administrator]


def test_require_raises_the_refusal_that_may_words(agency):
    person = a_person(agency)

    with pytest.raises(Refusal, match="没有“编制年报”职权"):
        require(person, Power.COMPILE_REPORT, agency, on=DAY)


def test_known_once_gives_the_same_answers_and_forgets_them_afterwards(agency, django_assert_num_queries):
    person = a_person(agency, Power.READ_REGISTERS)

    with known_once():
        assert may(person, Power.READ_REGISTERS, agency, on=DAY)
        assert not may(person, Power.SIGN_ITEMS, agency, on=DAY)
        with django_assert_num_queries(0):
            assert may(person, Power.READ_REGISTERS, agency, on=DAY)
        assert not may(person, Power.READ_REGISTERS, an_agency(name="另一个机关"), on=DAY)
    with django_assert_num_queries(1):
        assert may(person, Power.READ_REGISTERS, agency, on=DAY)

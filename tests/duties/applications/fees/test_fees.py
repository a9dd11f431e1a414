"""信息处理费: computed by rule, decided by another person, noticed, paid or deemed abandoned on the day that counts."""

from datetime import date
from decimal import Decimal
from functools import partial

import pytest
import time_machine
from django.db import IntegrityError, transaction

from gongkai.agencies.access import Refusal
from gongkai.agencies.powers import Power
from gongkai.duties.applications import actions as applications
from gongkai.duties.applications.fees import actions
from gongkai.duties.applications.fees.computing import computed, fee_of, pages_to_supply
from gongkai.duties.applications.fees.models import FeeProposal, Practice
from gongkai.duties.applications.fees.panel import panel
from gongkai.duties.applications.frequent.counting import earlier_in_month
from gongkai.duties.applications.handling import to_do
from gongkai.duties.applications.matters import actions as matters
from tests.duties.applications.handling.office import TODAY, at, kept
from tests.duties.at_once import at_once
from tests.factories.people import a_person

pytestmark = pytest.mark.django_db
PAY_BY = date(2026, 4, 7)  # 20 working days from 9 March, the feast of Qingming between
RECORDS = (FeeProposal, Practice)


def proposed(office, case, **values):
    given = {"way": "by_page", "units": 101}
    return actions.propose(case, by=office.clerk, **{**given, **values})


def decided(office, case, **values):
    proposal = proposed(office, case, **values)
    return actions.decide(proposal, amount=proposal.proposed, by=office.head)


def noticed(office, case):
    return actions.notice(decided(office, case), on=TODAY, by=office.clerk)


def test_a_fee_from_the_rule_to_the_payment(office, case):
    proposal = noticed(office, case)
    case.refresh_from_db()
    assert (case.status, case.waiting_until) == ("awaiting_payment", PAY_BY)
    assert panel(case, office.clerk).rows[0].pay_by.day == PAY_BY

    paid_on = date(2026, 3, 16)
    with time_machine.travel(at(paid_on), tick=False):
        proposal = actions.pay(proposal, on=paid_on, voucher="示财票0001", by=office.clerk)

    case.refresh_from_db()
    assert (proposal.state, proposal.amount, proposal.end.amount) == ("paid", Decimal(720), Decimal(720))
    assert (case.status, case.fee_collected, case.due_on) == ("handling", Decimal(720), date(2026, 4, 14))
    assert str(fee_of(proposal).yuan) in str(fee_of(proposal).explanation)


def test_unpaid_it_ends_the_day_after_the_period_and_not_before(office, case):
    proposal = noticed(office, case)
    with time_machine.travel(at(PAY_BY), tick=False):
        before = kept(*RECORDS)
        with pytest.raises(Refusal, match="缴费期限至2026-04-07"):
            actions.end_unpaid(proposal, by=office.clerk)
        assert kept(*RECORDS) == before

    after = date(2026, 4, 8)
    with time_machine.travel(at(after), tick=False):
        titles = [each.title.split("　")[1] for each in to_do.waiting(office.clerk, after)]
        assert "逾期未缴费，待登记" in titles
        proposal = actions.end_unpaid(proposal, by=office.clerk)

    case.refresh_from_db()
    assert (case.status, case.outcome, case.closed_on, case.closed_late) == (
        "closed",
        "other_fee_unpaid",
        after,
        False,
    )
    assert (proposal.state, proposal.end.kind) == ("unpaid", "closed")


def test_nobody_is_taken_to_have_given_up_before_the_period_ends_or_after_he_has_paid(office, case):
    """109号第六条, 条例第三十条: the step of the case asks itself, whichever page or letter takes it."""
    proposal = noticed(office, case)

    def end(on):
        return applications.close(case, on=on, by=office.clerk, outcome="other_fee_unpaid")

    with time_machine.travel(at(PAY_BY), tick=False):
        before = kept(*RECORDS)
        with pytest.raises(Refusal, match=r"缴费期限至2026年4月7日.*还没有届满"):
            end(PAY_BY)
        assert kept(*RECORDS) == before
        actions.pay(proposal, on=PAY_BY, voucher="示财票1", by=office.clerk)
    after = date(2026, 4, 8)
    with time_machine.travel(at(after), tick=False), pytest.raises(Refusal, match="申请人已经缴费"):
        end(after)


def test_items_of_the_month_are_counted_by_the_name(office):
    """An application without matters is one item; other months and other people do not count."""
    for day, name, asked in (
        (date(2026, 2, 27), "张示例", 5),
        (date(2026, 3, 2), "张示例", 8),
        (date(2026, 3, 3), "李示例", 9),
        (date(2026, 3, 4), "张示例", 0),
    ):
        office.case(received_on=day, applicant_name=name, matters=[f"第{n}件" for n in range(asked)])
    case = office.case(
        received_on=date(2026, 3, 5), applicant_name="张示例", matters=[f"件{n}" for n in range(4)]
    )

    assert (earlier_in_month(case).applications, earlier_in_month(case).items) == (2, 9)
    by_item = computed(case).fees[0]
    assert (by_item.yuan, by_item.units) == (300, 4)


def test_pages_to_supply_are_counted_from_the_page_decisions(office):
    case = office.case(matters=["材料"])
    document = matters.list_document(case.matters.get(), title="验收材料", pages=50, by=office.clerk)
    matters.decide_pages(document, first=1, last=40, fate="disclosed", by=office.clerk)
    matters.decide_pages(document, first=36, last=45, fate="withheld", ground="THIRD_PARTY", by=office.clerk)

    assert pages_to_supply(case) == 35
    assert computed(case).fees[1].yuan == 50


def test_the_decider_may_charge_less_or_nothing_but_never_more(office, case):
    proposal = proposed(office, case)
    before = kept(*RECORDS)
    with pytest.raises(Refusal, match="最多720元"):
        actions.decide(proposal, amount=Decimal(721), opinion="多收", by=office.head)
    with pytest.raises(Refusal, match="请写明原因"):
        actions.decide(proposal, amount=Decimal(100), by=office.head)
    assert kept(*RECORDS) == before

    proposal = actions.decide(proposal, amount=Decimal(0), opinion="申请人困难", by=office.head)

    assert (proposal.state, proposal.amount) == ("waived", Decimal(0))
    with pytest.raises(Refusal, match="现在是“决定不收费”"):
        actions.notice(proposal, on=TODAY, by=office.clerk)


def test_the_database_itself_refuses_more_than_the_rule_and_one_person_for_both(office, case):
    proposal = decided(office, case)
    for values in ({"amount": Decimal(721)}, {"decided_by": office.clerk}):
        with pytest.raises(IntegrityError), transaction.atomic():
            FeeProposal.objects.filter(pk=proposal.pk).update(**values)


def test_relief_is_sealed(office, case):
    """PII-03."""
    proposal = proposed(office, case, amount=Decimal(100), relief="低保家庭")

    assert "低保" not in str(FeeProposal.objects.values().get())
    assert panel(case, office.head).rows[0].relief == "低保家庭"
    assert proposal.computed == 720


def refusals(office, case):
    """What is refused, with its words."""
    both = a_person(office.agency, Power.KEEP_REGISTERS, Power.DECIDE_FEE, name="两职")
    own = actions.propose(office.case(), way="by_page", units=101, by=both)
    waiting = decided(office, office.case())
    stopped = applications.ask_for_correction(office.case(), on=TODAY, by=office.clerk)
    paid = noticed(office, office.case())
    actions.pay(paid, on=TODAY, voucher="示财票0001", by=office.clerk)
    told = office.case(matters=["已公开的"])
    matters.decide(
        told.matters.get(),
        situation="already_public",
        reasons="https://www.example.gov.cn/1",
        by=office.clerk,
    )
    return {
        "不用收费": partial(proposed, office, case, units=30),
        "减收、免收的，请写明理由": partial(proposed, office, case, amount=Decimal(1)),
        "可以减收、免收，不能多收": partial(proposed, office, case, amount=Decimal(9999)),
        "请选择计收方式": partial(proposed, office, case, way="by_hour"),
        "请核对": partial(proposed, office, case, units=0),
        "现在“待补正”": partial(proposed, office, stopped),
        "不能再按件计收": partial(proposed, office, paid.application, way="by_item", earlier_items=30),
        "获取途径，不能按量计收": partial(proposed, office, told),
        "您自己提出的": partial(actions.decide, own, amount=Decimal(720), by=both),
        "没有“决定信息处理费”职权": partial(actions.decide, own, amount=Decimal(720), by=office.clerk),
        "早于决定收费": partial(actions.notice, waiting, on=date(2026, 3, 6), by=office.clerk),
        "请填写财政票据号": partial(actions.pay, waiting, on=TODAY, voucher=" ", by=office.clerk),
        "已经有一项收费": partial(proposed, office, waiting.application),
        "不能少于30页": partial(actions.set_practice, way="", free_items=10, free_pages=5, by=office.head),
        "没有改动": partial(actions.set_practice, way="", free_items=10, free_pages=30, by=office.head),
    }


def test_what_may_not_be_is_refused_and_changes_nothing(office, case):
    for words, act in refusals(office, case).items():
        before = kept(*RECORDS)
        with pytest.raises(Refusal, match=words):
            act()
        assert kept(*RECORDS) == before, words


def test_the_office_may_leave_more_free_and_keep_to_one_way(office, case):
    actions.set_practice(way="by_page", free_items=10, free_pages=100, by=office.head)

    with pytest.raises(Refusal, match="本机关定为按量计收"):
        proposed(office, case, way="by_item", units=20)
    proposal = proposed(office, case)
    assert (proposal.computed, proposal.free_units) == (20, 100)
    assert "前100页免收" in str(fee_of(proposal).explanation)


def test_an_earlier_proposal_keeps_its_own_reasons_after_a_change_of_practice(office, case):
    proposal = proposed(office, case)
    actions.set_practice(way="", free_items=10, free_pages=100, by=office.head)

    assert fee_of(proposal).yuan == proposal.computed == 720


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", ["propose", "decide", "pay"])
def test_of_two_at_once_one_wins(office, case, step):
    """REL-03."""
    if step == "propose":
        acts = [
            partial(actions.propose, case, way="by_page", units=101, by=each)
            for each in (office.clerk, office.colleague)
        ]
    elif step == "decide":
        proposal, deputy = proposed(office, case), a_person(office.agency, Power.DECIDE_FEE, name="周副主任")
        acts = [
            partial(actions.decide, proposal, amount=Decimal(720), by=each) for each in (office.head, deputy)
        ]
    else:
        proposal = noticed(office, case)
        acts = [
            partial(actions.pay, proposal, on=TODAY, voucher=f"示财票{n}", by=office.clerk) for n in range(2)
        ]
    answers = at_once(*acts)

    assert sorted(answer == "done" for answer in answers) == [False, True]
    case.refresh_from_db()
    assert case.events.filter(kind="fee_paid").count() == (step == "pay")


def test_each_sees_what_waits_for_him(office, case):
    def titles(person):
        return [each.title.split("　")[1] for each in to_do.waiting(person, TODAY) if "收费" in each.title]

    proposal = proposed(office, case)
    assert (titles(office.head), titles(office.clerk)) == (["收费待决定"], [])
    actions.decide(proposal, amount=proposal.proposed, by=office.head)
    assert (titles(office.head), titles(office.clerk)) == ([], ["收费已决定，待通知申请人"])

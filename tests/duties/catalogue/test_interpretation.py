"""三同步. A policy document and its interpretation are planned, reviewed and released together, or the reason is reviewed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.powers import Power
from gongkai.duties.catalogue import actions, release_gate
from gongkai.duties.catalogue.content import hash_of
from gongkai.duties.catalogue.interpretation import actions as interpretation
from gongkai.duties.catalogue.interpretation.content import plan_of
from gongkai.duties.catalogue.interpretation.models import InterpretationPlan, InterpretationPractice
from gongkai.duties.catalogue.interpretation.queries import explained, following
from gongkai.duties.catalogue.interpretation.queries import planned as planned_items
from gongkai.duties.catalogue.interpretation.to_do import waiting
from gongkai.duties.catalogue.models import Version
from gongkai.outbox.models import OutboxItem
from gongkai.outbox.worker import run_waiting
from gongkai.portal.models import Interpreted, PublishedItem
from tests.duties.catalogue.documents import (
    EXEMPT,
    PLAN,
    a_pair,
    a_signed_pair,
    exempted,
    interpreted,
    planned,
    released,
)
from tests.factories.people import a_person

pytestmark = pytest.mark.django_db(databases=["default", "public"])


def unmet(version):
    return [each.label for each in release_gate.requirements(version) if not each.is_met]


def public_titles():
    return sorted(PublishedItem.objects.values_list("title", flat=True))


def test_a_policy_and_its_interpretation_go_out_in_one_public_transaction(office):
    policy, explanation = a_signed_pair(office)
    policy = released(office, policy)
    explanation.refresh_from_db()

    assert (policy.stage, explanation.stage) == ("published", "published")
    assert explanation.item.live is True
    [row] = OutboxItem.objects.filter(kind="catalogue.release")
    assert [each["version"] for each in row.payload["beside"]] == [explanation.public_id]
    link = Interpreted.objects.get()
    assert (link.interpretation.key, link.document) == (explanation.item.public_id, policy.item.public_id)
    assert explanation.receipt["url"] == f"/items/{explanation.item.public_id}/"


def test_if_the_interpretation_cannot_be_released_the_policy_is_not_public_either(office):
    policy, explanation = a_signed_pair(office)
    actions.publish(policy, by=office.clerk)
    Version.objects.filter(pk=explanation.pk).update(body="<p>换了内容。</p>")
    run_waiting()

    assert PublishedItem.objects.count() == 0
    for version in (policy, explanation):  # both come back to their authors together
        version.refresh_from_db()
        assert version.stage == "drafting"


def test_a_policy_without_a_plan_is_not_submitted(office):
    with pytest.raises(Refusal, match="还没有解读方案"):
        actions.submit(policy := office.policy_without_plan(), by=office.clerk)

    policy.refresh_from_db()
    assert policy.stage == "drafting"


def test_a_policy_whose_interpretation_is_not_drafted_is_not_submitted(office):
    policy = planned(office, office.policy_without_plan())
    with pytest.raises(Refusal, match="还没有起草解读"):
        actions.submit(policy, by=office.clerk)

    interpretation.begin(policy, by=office.clerk)
    with pytest.raises(Refusal, match="还没有写，或者已经放弃"):
        actions.submit(policy, by=office.clerk)

    policy.refresh_from_db()
    assert policy.stage == "drafting"


@pytest.mark.parametrize("name", ["outline", "channel", "responsible", "forms"])
def test_a_plan_names_what_how_where_and_who(office, name):
    policy = planned(office, office.policy_without_plan(), **{name: [] if name == "forms" else ""})
    interpreted(office, policy)

    with pytest.raises(Refusal, match="解读方案没有填写"):
        actions.submit(policy, by=office.clerk)


def test_a_policy_is_not_released_before_its_interpretation_is_signed(office):
    policy, explanation = a_pair(office)
    policy = office.signed(policy)
    assert unmet(policy) == ["解读同步签发"]

    with pytest.raises(Refusal, match="政策解读（起草）还没有签发"):
        actions.publish(policy, by=office.clerk)
    run_waiting()
    assert PublishedItem.objects.count() == 0

    office.signed(explanation)
    assert unmet(policy) == []


def test_an_interpretation_does_not_go_out_before_its_policy(office):
    _, explanation = a_pair(office)
    explanation = office.signed(explanation)
    assert unmet(explanation) == ["解读的文件"]

    with pytest.raises(Refusal, match="还没有公开，也没有签发"):
        actions.publish(explanation, by=office.clerk)
    with pytest.raises(Refusal, match="还没有公开，也没有签发"):
        actions.schedule(explanation, at=timezone.now() + timedelta(hours=1), by=office.clerk)

    run_waiting()
    assert PublishedItem.objects.count() == 0


def test_it_does_not_matter_on_which_of_the_two_the_release_is_asked_for(office):
    policy, explanation = a_signed_pair(office)
    released(office, explanation)

    policy.refresh_from_db()
    assert policy.stage == "published"
    assert len(public_titles()) == 2


def test_a_scheduled_policy_takes_its_interpretation_along(office):
    policy, _ = a_signed_pair(office)
    actions.schedule(policy, at=timezone.now() + timedelta(hours=1), by=office.clerk)
    OutboxItem.objects.update(not_before=None)
    run_waiting()

    assert len(public_titles()) == 2


def test_a_policy_with_a_reason_for_no_interpretation_is_released_alone(office):
    policy = exempted(office, office.policy_without_plan())
    released(office, office.signed(policy))

    assert public_titles() == ["关于试鸣防空警报的公告"]


CHANGES = {
    "outline": "换了提纲",
    "forms": ["video"],
    "channel": "换了渠道",
    "timing": "following",
    "responsible": "另一个科",
}


def test_pub_02_a_plan_changed_after_review_stops_the_release(office):
    """Even one changed behind the actions' back, straight in the database."""
    policy, _ = a_signed_pair(office)
    for name, value in CHANGES.items():
        InterpretationPlan.objects.filter(version=policy).update(**{name: value})
        with pytest.raises(Refusal, match="内容与送审时不一致"):
            actions.publish(policy, by=office.clerk)
        InterpretationPlan.objects.filter(version=policy).update(**{name: PLAN[name]})

    run_waiting()
    assert PublishedItem.objects.count() == 0
    assert hash_of(policy) == policy.content_hash


def test_pub_02_a_reason_changed_after_review_stops_the_release(office):
    policy = office.signed(exempted(office, office.policy_without_plan()))
    InterpretationPlan.objects.update(exempt_because="另一个理由")

    with pytest.raises(Refusal, match="内容与送审时不一致"):
        actions.publish(policy, by=office.clerk)

    assert PublishedItem.objects.count() == 0


def test_pub_02_a_link_changed_after_review_stops_the_release_on_either_side(office):
    policy, explanation = a_signed_pair(office)
    before = hash_of(policy), hash_of(explanation)
    plan_of(policy).interpretations.clear()
    explanation.interprets.all().delete()

    assert hash_of(policy) != before[0]
    assert hash_of(explanation) != before[1]


def test_plan_and_links_stay_as_they_are_while_the_policy_is_reviewed(office):
    policy, explanation = a_pair(office)
    policy = actions.submit(policy, by=office.clerk)
    seen = interpretation.seen(plan_of(policy))
    acts = (
        lambda: interpretation.save_plan(policy, values=PLAN, having_seen=seen, by=office.clerk),
        lambda: interpretation.begin(policy, by=office.clerk),
        lambda: interpretation.unlink(explanation.item, document=policy.item, by=office.clerk),
    )
    for act in acts:
        with pytest.raises(Refusal, match="待科室审核"):
            act()

    assert planned_items(policy) == [explanation.item]
    assert hash_of(policy) == policy.content_hash


def test_what_somebody_else_planned_meanwhile_is_not_overwritten(office):
    policy = office.policy_without_plan()
    seen = interpretation.seen(None)
    planned(office, policy)

    with pytest.raises(Refusal, match="别人刚刚改过解读方案"):
        interpretation.save_plan(policy, values=EXEMPT, having_seen=seen, by=office.clerk)

    assert plan_of(policy).outline == PLAN["outline"]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "请填写解读方案"),
        ({**PLAN, "exempt_because": "不需要"}, "只能填写一项"),
        ({**PLAN, "outline": "长" * 1001}, "最多1000字"),
    ],
)
def test_a_plan_that_says_nothing_or_two_things_is_refused(office, values, sentence):
    policy = office.policy_without_plan()

    with pytest.raises(Refusal, match=sentence):
        interpretation.save_plan(
            policy, values=values, having_seen=interpretation.seen(None), by=office.clerk
        )

    assert plan_of(policy) is None


def test_the_database_keeps_plan_and_exemption_apart(office):
    policy = planned(office, office.policy_without_plan())

    with pytest.raises(IntegrityError), transaction.atomic():
        InterpretationPlan.objects.filter(version=policy).update(exempt_because="不需要")


def test_an_item_of_another_kind_has_no_plan(office):
    with pytest.raises(Refusal, match="只有政策文件"):
        planned(office, notice := office.draft())

    assert plan_of(notice) is None
    assert "解读方案" not in [each.label for each in release_gate.requirements(notice)]


def test_one_interpretation_explains_two_policies_and_all_three_go_out_together(office):
    first, explanation = a_pair(office)
    second = planned(
        office, office.policy_without_plan(title="第二个文件", document_number="示防〔2026〕2号")
    )
    interpretation.link(explanation, document=second.item, by=office.clerk)
    for version in (first, explanation):
        office.signed(version)
    first.refresh_from_db()
    assert unmet(first) == ["解读同步签发"]
    with pytest.raises(Refusal, match="《第二个文件》（起草）"):
        actions.publish(first, by=office.clerk)

    office.signed(second)
    released(office, first)

    assert len(public_titles()) == 3
    assert {each.document for each in Interpreted.objects.all()} == {
        first.item.public_id,
        second.item.public_id,
    }


def test_one_policy_has_several_interpretations(office):
    policy, explanation = a_pair(office)
    another = interpreted(office, policy)
    actions.write(another, values={"title": "一图读懂"}, edits=another.edits, by=office.clerk)
    for version in (policy, explanation, another):
        office.signed(version)
    released(office, policy)

    assert len(public_titles()) == 3


def test_an_interpretation_of_a_policy_that_is_public_is_released_by_itself(office):
    policy = released(office, office.signed(exempted(office, office.policy_without_plan())))
    later = interpreted(office, policy)
    assert explained(later) == [policy.item]

    released(office, office.signed(later))

    assert Interpreted.objects.get().document == policy.item.public_id


def test_a_given_up_interpretation_leaves_the_plan(office):
    policy, explanation = a_pair(office)
    actions.abandon(explanation, by=office.clerk)
    with pytest.raises(Refusal, match="已经放弃"):
        actions.submit(policy, by=office.clerk)

    interpretation.unlink(explanation.item, document=policy.item, by=office.clerk)

    assert planned_items(policy) == []


def test_a_further_version_keeps_the_plan_and_the_public_interpretation(office):
    policy, explanation = a_signed_pair(office)
    policy = released(office, policy)
    second = actions.revise(policy.item, by=office.clerk)
    second = actions.write(second, values={"change_note": "改正日期"}, edits=0, by=office.clerk)

    assert [item.pk for item in planned_items(second)] == [explanation.item_id]
    assert released(office, office.signed(second)).stage == "published"
    assert len(public_titles()) == 2


def test_interpretations_of_another_agencys_documents_cannot_be_claimed(office):
    from tests.factories.people import an_agency

    explanation = office.draft("interpretation", title="解读")
    foreign = office.policy_without_plan().item
    foreign.agency = an_agency(code="22000000000000000X", name="示例市另一机关")
    foreign.save()

    with pytest.raises(Refusal, match="只能选择本机关"):
        interpretation.link(explanation, document=foreign, by=office.clerk)

    assert explained(explanation) == []


# 跟进公布 ------------------------------------------------------------------------------------


def test_an_interpretation_follows_only_where_the_office_allows_it(office):
    policy, _ = a_pair(office, timing="following")

    with pytest.raises(Refusal, match="本机关要求解读与文件同时公布"):
        actions.submit(policy, by=office.clerk)


def test_an_interpretation_that_may_follow_is_owed_within_three_working_days(office):
    interpretation.set_practice(may_follow=True, within_days=3, by=office.keeper)
    policy, explanation = a_pair(office, timing="following")
    policy = released(office, office.signed(policy))
    assert public_titles() == ["关于试鸣防空警报的公告"]

    Version.objects.filter(pk=policy.pk).update(released_at=datetime(2026, 9, 30, 2, 0, tzinfo=UTC))
    [owed] = following(office.clerk)
    assert (owed.interpretation, owed.due.day) == (explanation.item, date(2026, 10, 10))
    assert [each.due_on for each in waiting(office.clerk, date(2026, 10, 9))] == [date(2026, 10, 10)]
    assert list(waiting(office.head, date(2026, 10, 9))) == []

    released(office, office.signed(explanation))
    assert following(office.clerk) == []


@pytest.mark.parametrize("days", [0, 4])
def test_no_office_allows_more_than_the_rule(office, days):
    with pytest.raises(Refusal, match="最迟在文件公布后3个工作日内"):
        interpretation.set_practice(may_follow=True, within_days=days, by=office.keeper)

    assert InterpretationPractice.objects.count() == 0


def test_acl_01_only_who_manages_columns_sets_what_the_office_allows(office):
    with pytest.raises(Refusal, match="管理栏目和审查流程"):
        interpretation.set_practice(may_follow=True, within_days=3, by=office.clerk)

    assert InterpretationPractice.objects.count() == 0


def test_acl_02_another_section_plans_nothing_for_this_ones_document(office):
    from tests.factories.agencies import SectionFactory

    other = a_person(
        office.agency,
        Power.DRAFT_ITEMS,
        name="庚示例",
        section=SectionFactory(agency=office.agency, name="法规科"),
    )
    policy = office.policy_without_plan()

    with pytest.raises(Refusal, match="由综合科办理"):
        interpretation.save_plan(policy, values=PLAN, having_seen=interpretation.seen(None), by=other)

    assert plan_of(policy) is None

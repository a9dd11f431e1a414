"""不公开的信息. Determined by somebody else than the author, assessed when it is due, turned to disclosure by a draft."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.powers import Power
from gongkai.agencies.working_days import calendar
from gongkai.audit.models import Entry
from gongkai.duties.catalogue import actions
from gongkai.duties.catalogue import queries as items
from gongkai.duties.catalogue.models import Attribute, Version
from gongkai.duties.catalogue.withheld.actions import assess, determine, set_practice
from gongkai.duties.catalogue.withheld.models import Assessment, AssessmentPractice, Withholding
from gongkai.duties.catalogue.withheld.queries import further, is_disclosing, kept, months_of, withheld
from gongkai.duties.catalogue.withheld.to_do import coming, waiting
from gongkai.outbox.models import OutboxItem
from gongkai.portal.models import PublishedItem
from gongkai.rules.regulations_2019.withholding import REVIEW_MONTHS, next_review
from tests.factories.agencies import SectionFactory
from tests.factories.people import a_person, enter

pytestmark = pytest.mark.django_db(databases=["default", "public"])
GROUND = "条例第十六条第一款，内部事务信息"


def a_draft(office, **values):
    return office.draft(**{"attribute": "withheld", "attribute_ground": GROUND} | values)


def determined(office, **values):
    version = a_draft(office, **values)
    return determine(version, having_seen=version.edits, by=office.head)


def fall_due(withholding, day):
    """As if it had been determined a year before that day."""
    Withholding.objects.filter(pk=withholding.pk).update(determined_on=day - timedelta(days=365), due_on=day)
    withholding.refresh_from_db()


def test_what_is_determined_is_kept_and_due_again(office):
    withholding = determined(office)

    today = timezone.localdate()
    assert (withholding.attribute, withholding.ground) == ("withheld", GROUND)
    assert withholding.due_on == next_review(today, calendar(), months=REVIEW_MONTHS).day
    assert (withholding.determined_by, withholding.section) == (office.head, office.section)
    version = Version.objects.get()
    assert version.stage == "abandoned"
    assert version.body == "<p>九月十八日试鸣防空警报。</p>"
    assert version.item.attribute == Attribute.WITHHELD
    assert not items.waiting_for(office.clerk).exists()
    assert not OutboxItem.objects.filter(kind="catalogue.release").exists()
    assert Entry.objects.get(action="withheld.item.determined").reason == GROUND


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"attribute": "proactive"}, "主动公开"),
        ({"attribute_ground": ""}, "没有写属性依据"),
    ],
)
def test_a_draft_that_says_no_ground_is_not_determined(office, values, why):
    version = a_draft(office, **values)

    with pytest.raises(Refusal, match=why):
        determine(version, having_seen=version.edits, by=office.head)
    version.refresh_from_db()
    assert (version.stage, Withholding.objects.count()) == ("drafting", 0)


def test_the_author_does_not_determine(office):
    """Statements: ACL-04."""
    both = a_person(
        office.agency, Power.DRAFT_ITEMS, Power.REVIEW_SECTION, name="又写又审", section=office.section
    )
    version = a_draft(office)
    Version.objects.filter(pk=version.pk).update(author=both)

    with pytest.raises(Refusal, match="起草人"):
        determine(version, having_seen=version.edits, by=both)
    assert not Withholding.objects.exists()


def test_nobody_else_determines(office):
    """Statements: ACL-01."""
    elsewhere = a_person(
        office.agency, Power.REVIEW_SECTION, name="别的科室", section=SectionFactory(agency=office.agency)
    )
    version = a_draft(office)

    for person in (office.clerk, office.leader, elsewhere):
        with pytest.raises(Refusal):
            determine(version, having_seen=version.edits, by=person)
    assert not Withholding.objects.exists()


def test_a_text_changed_meanwhile_is_read_again(office):
    version = a_draft(office)
    actions.write(version, values={"body": "<p>改过。</p>"}, edits=version.edits, by=office.clerk)

    with pytest.raises(Refusal, match="刚刚改过"):
        determine(version, having_seen=version.edits, by=office.head)
    assert not Withholding.objects.exists()


def test_what_is_public_or_closed_is_not_determined(office):
    version = office.published()
    further = actions.revise(version.item, by=office.clerk)
    further = actions.write(
        further,
        values={"attribute": "withheld", "attribute_ground": GROUND},
        edits=further.edits,
        by=office.clerk,
    )

    with pytest.raises(Refusal, match="请先撤回"):
        determine(further, having_seen=further.edits, by=office.head)
    with pytest.raises(Refusal, match="现在是"):
        determine(version, having_seen=version.edits, by=office.head)
    assert PublishedItem.objects.count() == 1
    assert not Withholding.objects.exists()


# 定期评估 ------------------------------------------------------------------------------------


def test_kept_on_it_is_due_a_period_later(office):
    withholding, today = determined(office), timezone.localdate()
    fall_due(withholding, today)

    made = assess(withholding, outcome="keep", reason="内部分工没有变化", by=office.clerk)

    withholding.refresh_from_db()
    following = next_review(today, calendar(), months=REVIEW_MONTHS).day
    assert (made.was_due_on, made.assessed_on, made.next_on) == (today, today, following)
    assert withholding.due_on == following
    assert kept(office.head, today=today).count() == 1


def test_turned_to_disclosure_it_goes_the_way_of_every_draft(office):
    withholding = determined(office)

    made = assess(withholding, outcome="disclose", reason="项目已经完成，不再敏感", by=office.clerk)

    assert made.next_on is None
    draft = Version.objects.get(stage="drafting")
    assert (draft.item, draft.number, draft.attribute) == (withholding.item, 2, "proactive")
    assert draft.attribute_ground == ""
    assert draft.body == "<p>九月十八日试鸣防空警报。</p>"
    assert not PublishedItem.objects.exists()
    assert is_disclosing(withholding)
    assert further(withholding, items.versions(office.clerk)) == draft
    assert not kept(office.head, today=timezone.localdate()).exists()
    office.published(draft)
    assert PublishedItem.objects.get().key == withholding.item.public_id
    assert not kept(office.head, today=timezone.localdate()).exists()


def test_a_draft_that_was_given_up_leaves_it_withheld(office):
    withholding = determined(office)
    assess(withholding, outcome="disclose", reason="情况变化", by=office.clerk)
    actions.abandon(Version.objects.get(stage="drafting"), by=office.clerk)

    assert kept(office.head, today=timezone.localdate()).get() == withholding
    assess(withholding, outcome="keep", reason="又有了理由", by=office.clerk)
    assert [each.outcome for each in Assessment.objects.all()] == ["disclose", "keep"]


def test_determined_anew_it_is_kept_anew(office):
    withholding = determined(office)
    assess(withholding, outcome="disclose", reason="情况变化", by=office.clerk)
    draft = Version.objects.get(stage="drafting")
    draft = actions.write(
        draft,
        values={"attribute": "on_application", "attribute_ground": "按申请提供"},
        edits=draft.edits,
        by=office.clerk,
    )

    again = determine(draft, having_seen=draft.edits, by=office.head)

    assert again.pk == withholding.pk
    assert (again.attribute, again.version) == ("on_application", draft)
    assert kept(office.head, today=timezone.localdate()).get() == withholding


@pytest.mark.parametrize(
    ("who", "reason", "why"),
    [("clerk", "  ", "写明理由"), ("clerk", "字" * 301, "最多300字"), ("leader", "没有变化", "没有")],
)
def test_an_assessment_that_does_not_hold_changes_nothing(office, who, reason, why):
    """Statements: ACL-01."""
    withholding = determined(office)
    due_on = withholding.due_on

    with pytest.raises(Refusal, match=why):
        assess(withholding, outcome="disclose", reason=reason, by=getattr(office, who))
    withholding.refresh_from_db()
    assert (withholding.due_on, Assessment.objects.count(), Version.objects.count()) == (due_on, 0, 1)


def test_another_section_does_not_assess(office):
    elsewhere = a_person(
        office.agency, Power.DRAFT_ITEMS, name="别的科室", section=SectionFactory(agency=office.agency)
    )
    withholding = determined(office)

    with pytest.raises(Refusal, match="由综合科评估"):
        assess(withholding, outcome="keep", reason="没有变化", by=elsewhere)
    assert not withheld(elsewhere, today=timezone.localdate()).exists()
    assert not Assessment.objects.exists()


def test_it_is_not_turned_to_disclosure_twice(office):
    withholding = determined(office)
    assess(withholding, outcome="disclose", reason="情况变化", by=office.clerk)

    with pytest.raises(Refusal, match="已经转为主动公开"):
        assess(withholding, outcome="keep", reason="没有变化", by=office.clerk)
    assert Assessment.objects.count() == 1


def test_the_database_wants_a_ground_and_a_next_day(office):
    withholding, today = determined(office), timezone.localdate()

    with pytest.raises(IntegrityError), transaction.atomic():
        Withholding.objects.update(ground="")
    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.create(
            agency=office.agency,
            withholding=withholding,
            assessed_on=today,
            was_due_on=today,
            outcome="keep",
            reason="没有变化",
            by=office.clerk,
        )


# 待办 ----------------------------------------------------------------------------------------


def test_the_owner_is_reminded_from_the_day(office):
    withholding = determined(office)
    due = date(2027, 3, 2)
    fall_due(withholding, due)

    assert list(waiting(office.clerk, due - timedelta(days=1))) == []
    told = next(waiting(office.clerk, due))
    assert (told.kind, told.due_on) == ("评估", due)
    assert withholding.item.title not in told.title
    assert "第十八条" in told.why
    assert list(waiting(office.head, due)) == []


def test_the_head_is_told_what_is_to_be_determined(office, client):
    """The list and the item say that it is kept, not that it was given up."""
    head_elsewhere = a_person(
        office.agency, Power.REVIEW_SECTION, name="别的科室", section=SectionFactory(agency=office.agency)
    )
    a_draft(office, attribute_ground="")
    version, today = a_draft(office), timezone.localdate()

    [told] = waiting(office.head, today)
    assert (told.kind, told.url) == ("不公开", f"/catalogue/items/{version.public_id}/")
    assert version.title not in told.title
    assert [list(waiting(each, today)) for each in (office.clerk, head_elsewhere, office.leader)] == [[]] * 3

    enter(client, office.head)
    assert f"可以确定的：{office.head.name}" in client.get(told.url).content.decode()
    determine(version, having_seen=version.edits, by=office.head)
    assert list(waiting(office.head, today)) == []
    for page in (told.url, "/catalogue/items/"):
        said = client.get(page).content.decode()
        assert ("不公开，留存" in said, "已放弃" in said) == (True, False)


def test_the_heads_see_what_is_overdue(office):
    withholding = determined(office)
    due = date(2027, 3, 2)
    fall_due(withholding, due)

    for person in (office.head, office.leader, office.reviewer):
        assert [each.due_on for each in coming(person, due - timedelta(days=30))] == [due]
        assert list(coming(person, due - timedelta(days=31))) == []
    assert list(coming(office.lawyer, due)) == []


# 评估周期 ------------------------------------------------------------------------------------


def test_an_office_may_look_more_often(office):
    set_practice(by=office.keeper, months=6)

    withholding = determined(office)

    assert months_of(office.agency) == 6
    assert withholding.due_on == next_review(timezone.localdate(), calendar(), months=6).day


@pytest.mark.parametrize("months", [0, REVIEW_MONTHS + 1])
def test_it_does_not_look_less_often(office, months):
    with pytest.raises(Refusal, match="评估周期"):
        set_practice(by=office.keeper, months=months)
    assert (months_of(office.agency), AssessmentPractice.objects.count()) == (REVIEW_MONTHS, 0)


def test_only_who_manages_columns_sets_it(office):
    with pytest.raises(Refusal):
        set_practice(by=office.clerk, months=6)
    assert not AssessmentPractice.objects.exists()

"""领导信息. From a draft to the public list, replaced by a further version, taken down after the last day in office."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.powers import Power
from gongkai.audit.models import Entry
from gongkai.duties.catalogue import actions
from gongkai.duties.catalogue.concerns import concerns
from gongkai.duties.catalogue.content import hash_of
from gongkai.duties.catalogue.leaders import tasks
from gongkai.duties.catalogue.leaders.actions import leave, reorder, save_profile, take_down
from gongkai.duties.catalogue.leaders.models import Departure, Placement, Profile
from gongkai.duties.catalogue.leaders.queries import names, over
from gongkai.duties.catalogue.release_gate import objections, requirements
from gongkai.outbox.models import OutboxItem
from gongkai.outbox.worker import run_waiting
from gongkai.portal.models import PublishedFile, PublishedItem, PublishedLeader
from gongkai.portal.search.models import SearchEntry
from tests.duties.catalogue.leaders.staff import IN_OFFICE_FROM, a_leader
from tests.factories.people import a_person

pytestmark = pytest.mark.django_db(databases=["default", "public"])


def shown():
    return list(PublishedLeader.objects.values_list("name", flat=True))


def test_a_reviewed_leader_is_listed_with_post_and_work(office):
    version = office.published(a_leader(office, photo=True))

    leader = PublishedLeader.objects.get()
    assert (leader.name, leader.post, leader.position) == ("庚示例", "党组成员、副主任", 20)
    assert leader.work == "分管指挥通信工作。\n联系示例区。"
    assert leader.item.key == version.item.public_id
    for words in ("分管指挥通信工作", "曾任示例区人防办主任", f"/files/{leader.photo}"):
        assert words in leader.item.html
    assert PublishedFile.objects.filter(sha256=leader.photo).exists()
    assert leader.item.duty == "organisation"


def test_the_order_is_the_one_that_was_reviewed(office):
    office.published(a_leader(office, "辛示例", position=30))
    office.published(a_leader(office, "壬示例", position=10))
    office.published(a_leader(office, "癸示例", position=20))

    assert shown() == ["壬示例", "癸示例", "辛示例"]


def test_the_order_is_changed_in_one_step_and_no_page_is_reviewed_again(office):
    first, second, third = (
        office.published(a_leader(office, name, position=position))
        for name, position in (("壬示例", 10), ("癸示例", 20), ("辛示例", 30))
    )
    keys = [each.item.public_id for each in (first, second, third)]
    manager = a_person(office.agency, Power.MANAGE_COLUMNS, name="戊示例")

    for positions, by, why in (
        ({keys[0]: 0}, manager, "1到999的"),
        ({"0" * 20: 5}, manager, "名单已经变化"),
        ({keys[0]: 5}, office.clerk, "栏目"),
    ):
        with pytest.raises(Refusal, match=why):
            reorder(positions, by=by)
    assert not Placement.objects.exists()

    assert reorder({keys[0]: 30, keys[1]: 20, keys[2]: 10}, by=manager) == 2
    assert reorder({keys[0]: 30}, by=manager) == 0
    while run_waiting():
        pass
    assert shown() == ["辛示例", "癸示例", "壬示例"]
    third.refresh_from_db()
    assert hash_of(third) == third.content_hash

    again = actions.revise(third.item, by=office.clerk)  # keeps the place it has
    again = actions.write(again, values={"change_note": "改简历"}, edits=again.edits, by=office.clerk)
    office.published(again)
    assert Profile.objects.get(version=again).position == 10
    assert shown() == ["辛示例", "癸示例", "壬示例"]


def test_a_page_without_its_sheet_is_not_reviewed(office):
    version = actions.begin(by=office.clerk, title="庚示例", kind="leader", main_column=office.column)

    with pytest.raises(Refusal, match="任职信息"):
        actions.submit(version, by=office.clerk)
    version.refresh_from_db()
    assert version.stage == "drafting"


def test_the_title_holds_the_name(office):
    version = a_leader(office)
    save_profile(version, values={"name": "别的名字"}, by=office.clerk)

    with pytest.raises(Refusal, match="标题里没有姓名"):
        actions.submit(version, by=office.clerk)


def test_a_photograph_that_was_removed_is_asked_for_again(office):
    version = a_leader(office, photo=True)
    actions.detach(version, sha256=Profile.objects.get().photo, by=office.clerk)

    with pytest.raises(Refusal, match="照片已经不在附件里"):
        actions.submit(version, by=office.clerk)


@pytest.mark.parametrize(
    "change",
    [
        {"name": "庚例示"},
        {"post": "主任"},
        {"work": "分管别的工作"},
        {"position": 1},
        {"in_office_from": date(2024, 5, 7)},
        {"in_office_until": date(2030, 1, 1)},
        {"photo": "0" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_change_after_review_voids_it(office, change):
    """Statements: PUB-02."""
    version = office.signed(a_leader(office))
    reviewed = hash_of(version)
    Profile.objects.update(**change)

    assert hash_of(version) != reviewed
    with pytest.raises(Refusal):
        actions.publish(version, by=office.clerk)
    assert not PublishedItem.objects.exists()
    assert not OutboxItem.objects.filter(kind="catalogue.release").exists()


def test_what_is_under_review_is_not_filled_in_any_more(office):
    version = actions.submit(a_leader(office), by=office.clerk)

    with pytest.raises(Refusal):
        save_profile(version, values={"post": "主任"}, by=office.clerk)
    assert Profile.objects.get().post == "党组成员、副主任"


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"in_office_until": IN_OFFICE_FROM - timedelta(days=1)}, "早于任职日期"),
        ({"photo": "0" * 64}, "没有这张照片"),
        ({"name": ""}, "姓名"),
        ({"work": "分" * 1001}, "分工"),
    ],
)
def test_what_does_not_fit_is_refused(office, values, why):
    version = a_leader(office)

    with pytest.raises(Refusal, match=why):
        save_profile(version, values=values, by=office.clerk)
    profile = Profile.objects.get()
    assert (profile.name, profile.in_office_until, profile.photo) == ("庚示例", None, "")


def test_another_kind_of_item_has_no_such_sheet(office):
    with pytest.raises(Refusal, match="领导信息"):
        save_profile(office.draft(), values={"name": "庚示例"}, by=office.clerk)
    assert not Profile.objects.exists()


def test_personal_numbers_in_the_division_of_work_are_seen(office):
    """Statements: PII-04."""
    version = a_leader(office, work="分管指挥通信，手机13800138000")

    assert any(each.where == "分工" and each.is_open for each in concerns(version))


# 生效日期 ------------------------------------------------------------------------------------


def test_nobody_is_public_before_the_first_day_in_office(office):
    tomorrow = timezone.localdate() + timedelta(days=1)
    version = office.signed(a_leader(office, in_office_from=tomorrow))

    with pytest.raises(Refusal, match=f"自{tomorrow}起任职"):
        actions.publish(version, by=office.clerk)
    run_waiting()
    assert not PublishedItem.objects.exists()
    assert not SearchEntry.objects.exists()
    assert objections(requirements(version, on=tomorrow)) == []


def test_the_release_waits_for_the_first_day(office):
    tomorrow = timezone.localdate() + timedelta(days=1)
    version = office.signed(a_leader(office, in_office_from=tomorrow))
    at = timezone.make_aware(datetime.combine(tomorrow, datetime.min.time()))

    actions.schedule(version, at=at, by=office.clerk)
    run_waiting()

    version.refresh_from_db()
    assert (version.stage, version.scheduled_for) == ("signed", at)
    assert OutboxItem.objects.get(kind="catalogue.publish_scheduled").not_before == at
    assert not PublishedItem.objects.exists()


def test_it_is_not_scheduled_for_a_day_before(office):
    in_a_week = timezone.localdate() + timedelta(days=7)
    version = office.signed(a_leader(office, in_office_from=in_a_week))

    with pytest.raises(Refusal, match=f"自{in_a_week}起任职"):
        actions.schedule(version, at=timezone.now() + timedelta(days=1), by=office.clerk)
    version.refresh_from_db()
    assert version.scheduled_for is None


def test_after_the_last_day_the_page_is_gone_everywhere(office, client):
    """Statements: PUB-06."""
    last = timezone.localdate() + timedelta(days=3)
    version = office.published(a_leader(office, in_office_until=last))

    assert (take_down(today=last), shown()) == (0, ["庚示例"])
    assert take_down(today=last + timedelta(days=1)) == 1
    run_waiting()

    assert shown() == []
    assert not PublishedItem.objects.exists()
    assert not SearchEntry.objects.exists()
    version.item.refresh_from_db()
    assert (version.item.state, version.item.live) == ("withdrawn", False)
    assert Profile.objects.get().name == "庚示例"
    entry = Entry.objects.filter(action="catalogue.item.withdrawn").get()
    assert "任职期满" in entry.reason
    assert take_down(today=last + timedelta(days=2)) == 0


def test_who_leaves_is_shown_until_the_last_day(office):
    version = office.published(a_leader(office))
    last = timezone.localdate() + timedelta(days=1)

    leave(version, last_day=last, reason="示任〔2026〕3号", by=office.leader)

    run_waiting()
    assert shown() == ["庚示例"]
    assert over(last) == []
    assert take_down(today=last + timedelta(days=1)) == 1
    run_waiting()
    assert shown() == []


def test_who_left_before_is_taken_down_at_once(office):
    version = office.published(a_leader(office))

    leave(
        version, last_day=timezone.localdate() - timedelta(days=1), reason="示任〔2026〕3号", by=office.leader
    )

    run_waiting()
    assert shown() == []


@pytest.mark.parametrize(
    ("changes", "who", "why"),
    [
        ({}, "clerk", "没有"),
        ({"reason": " "}, "leader", "依据"),
        ({"reason": "字" * 301}, "leader", "最多300字"),
        ({"last_day": date(2024, 5, 5)}, "leader", "早于任职日期"),
    ],
)
def test_a_departure_that_does_not_hold_changes_nothing(office, changes, who, why):
    """Statements: ACL-01."""
    version = office.published(a_leader(office))
    values = {"last_day": timezone.localdate(), "reason": "示任〔2026〕3号"} | changes

    with pytest.raises(Refusal, match=why):
        leave(version, by=getattr(office, who), **values)
    run_waiting()
    assert (shown(), Departure.objects.count()) == (["庚示例"], 0)


def test_nobody_leaves_who_is_not_shown(office):
    with pytest.raises(Refusal, match="没有列出"):
        leave(a_leader(office), last_day=timezone.localdate(), reason="示任〔2026〕3号", by=office.leader)
    assert not Departure.objects.exists()


def test_a_further_version_replaces_the_public_one(office):
    version = office.published(a_leader(office, photo=True))
    last = timezone.localdate() + timedelta(days=30)
    leave(version, last_day=last, reason="示任〔2026〕3号", by=office.leader)

    further = actions.revise(version.item, by=office.clerk)

    copied = Profile.objects.get(version=further)
    assert (copied.name, copied.in_office_until) == ("庚示例", last)
    assert copied.photo
    save_profile(further, values={"post": "主任", "in_office_until": None}, by=office.clerk)
    assert PublishedLeader.objects.get().post == "党组成员、副主任"
    actions.write(further, values={"change_note": "职务变动"}, edits=further.edits, by=office.clerk)
    office.published(further)
    leader = PublishedLeader.objects.get()
    assert leader.post == "主任"
    assert take_down(today=last + timedelta(days=1)) == 0


def test_who_comes_back_is_listed_again(office):
    version = office.published(a_leader(office))
    leave(
        version, last_day=timezone.localdate() - timedelta(days=1), reason="示任〔2026〕3号", by=office.leader
    )
    run_waiting()
    further = actions.revise(version.item, by=office.clerk)
    save_profile(further, values={"in_office_until": None}, by=office.clerk)
    actions.write(further, values={"change_note": "重新任职"}, edits=further.edits, by=office.clerk)

    office.published(further)

    assert shown() == ["庚示例"]


def test_the_worker_looks_once_a_day(office):
    today = timezone.localdate()
    tasks.arrange(today)
    tasks.arrange(today)
    assert OutboxItem.objects.filter(kind="leaders.take_down").count() == 1
    tasks.arrange(today + timedelta(days=1))
    assert OutboxItem.objects.filter(kind="leaders.take_down").count() == 2


def test_the_worker_takes_down_who_has_left(office):
    version = office.published(a_leader(office))
    leave(version, last_day=timezone.localdate(), reason="示任〔2026〕3号", by=office.leader)
    Departure.objects.update(last_day=timezone.localdate() - timedelta(days=1))

    tasks.take_down_who_left({})
    run_waiting()

    assert shown() == []


# 表述检查 ------------------------------------------------------------------------------------


def test_the_wording_check_knows_who_is_in_office(office):
    version = office.published(a_leader(office))
    assert set(names(office.agency)) == {"庚示例党组成员", "党组成员庚示例", "庚示例副主任", "副主任庚示例"}
    letter = office.draft(body="<p>副主任庚示列出席并讲话。</p>")

    told = [each.found for each in concerns(letter) if "庚示例" in each.found.advice]

    assert [found.shown for found in told] == ["副主任庚示列"]
    leave(
        version, last_day=timezone.localdate() - timedelta(days=1), reason="示任〔2026〕3号", by=office.leader
    )
    assert names(office.agency) == ()
